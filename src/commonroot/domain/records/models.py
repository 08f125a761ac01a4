"""Imports, entries, incidents and their versions; what is kept how long, and what went."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models

from commonroot.domain.network.models import Place
from commonroot.domain.records.choices import EntriesCount, ErasureKind, ImportState

YEARS_KEPT = 3


class Import(models.Model):
    """One file that somebody gave for a school: what it would do, and what it did.

    `draft` holds what the file would write between reading and the yes, and is empty
    after; `compared` is the line of the log of the last change of what the file was compared
    with. The file itself is never kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    school = models.ForeignKey(Place, models.PROTECT, related_name="imports")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="imports"
    )
    name = models.CharField(max_length=200)
    state = models.CharField(
        max_length=12, choices=ImportState, default=ImportState.WAITING
    )
    given = models.DateTimeField(auto_now_add=True)
    decided = models.DateTimeField(null=True, blank=True)
    report = models.JSONField()
    plan = models.JSONField()
    mapping = models.TextField()
    bells = models.JSONField(default=dict)
    draft = models.BinaryField(null=True)
    compared = models.PositiveBigIntegerField(default=0)

    class Meta:
        """The newest first."""

        ordering = ("-given",)

    def __str__(self) -> str:
        """Name the file."""
        return self.name


class Telling(models.Model):
    """What a file says: the key, day and digest of each incident in it.

    There from its reading on, for as long as it waits or is taken in.
    """

    given = models.OneToOneField(Import, models.CASCADE, related_name="telling")
    packed = models.BinaryField()

    def __str__(self) -> str:
        """Name it by its file."""
        return str(self.given_id)


class Incident(models.Model):
    """One incident of a school, by the key that its rows have in every file.

    `current` is the version that counts; there is none when every import that told of
    it has been undone.
    """

    school = models.ForeignKey(Place, models.PROTECT, related_name="incidents")
    key = models.CharField(max_length=24)
    current = models.ForeignKey(
        "Version", models.SET_NULL, null=True, related_name="current_of"
    )

    class Meta:
        """Each once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school", "key"], name="incident_once")
        ]

    def __str__(self) -> str:
        """Name it by its key, which means nothing."""
        return self.key


class Entry(models.Model):
    """An incident that somebody entered by hand. Its key is made by the device that sends it.

    So that an entry that is sent twice is kept once.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    school = models.ForeignKey(Place, models.PROTECT, related_name="entries")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="entries"
    )
    incident = models.OneToOneField(Incident, models.CASCADE, related_name="entry")
    entered = models.DateTimeField(auto_now_add=True)
    taken_back = models.DateTimeField(null=True, blank=True)

    class Meta:
        """The newest first."""

        ordering = ("-entered",)

    def __str__(self) -> str:
        """Name it by its key, which means nothing."""
        return str(self.id)


class Version(models.Model):
    """What one import, or one entry, says of one incident: its canonical rows."""

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="versions")
    written_by = models.ForeignKey(
        Import, models.PROTECT, null=True, related_name="versions"
    )
    entry = models.ForeignKey(Entry, models.CASCADE, null=True, related_name="versions")
    day = models.DateField(db_index=True)
    school_year = models.CharField(max_length=12)
    rows = models.TextField()
    digest = models.CharField(max_length=64)

    class Meta:
        """In the order of writing; each was written by an import or by an entry."""

        ordering = ("pk",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(written_by__isnull=True)
                ^ models.Q(entry__isnull=True),
                name="version_has_one_writer",
            )
        ]

    def __str__(self) -> str:
        """Name it by its day."""
        return self.day.isoformat()


class RecordingBreak(models.Model):
    """School days on which nobody recorded, as the school itself says."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    school = models.ForeignKey(Place, models.CASCADE, related_name="recording_breaks")
    first = models.DateField()
    last = models.DateField()

    class Meta:
        """The newest first, each once."""

        ordering = ("-first",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(last__gte=models.F("first")),
                name="recording_break_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["school", "first", "last"], name="recording_break_once"
            ),
        ]

    def __str__(self) -> str:
        """Give the days."""
        return f"{self.first.isoformat()} to {self.last.isoformat()}"


class SchoolRule(models.Model):
    """How a school keeps its records. A school without one has the defaults."""

    school = models.OneToOneField(
        Place, models.CASCADE, primary_key=True, related_name="records_rule"
    )
    years_kept = models.PositiveSmallIntegerField(default=YEARS_KEPT)
    entries_count = models.CharField(
        max_length=12, choices=EntriesCount, default=EntriesCount.UNTIL_A_FILE
    )

    def __str__(self) -> str:
        """Say it."""
        return f"{self.years_kept} school years"


class KeptYear(models.Model):
    """What is left of a school year whose detail is gone: its released numbers."""

    school = models.ForeignKey(Place, models.PROTECT, related_name="kept_years")
    school_year = models.CharField(max_length=12)
    kept = models.DateTimeField(auto_now_add=True)
    document = models.JSONField(null=True)

    class Meta:
        """The newest year first, each once."""

        ordering = ("-school_year",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["school", "school_year"], name="kept_year_once"
            )
        ]

    def __str__(self) -> str:
        """Name the year."""
        return self.school_year


class Erasure(models.Model):
    """A report of what went: how much of it, when and why, and nothing that it said."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    school = models.ForeignKey(Place, models.PROTECT, related_name="erasures")
    kind = models.CharField(max_length=12, choices=ErasureKind)
    school_year = models.CharField(max_length=12, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True)
    at = models.DateTimeField(auto_now_add=True)
    reason = models.CharField(max_length=200, blank=True)
    report = models.JSONField()

    class Meta:
        """The newest first."""

        ordering = ("-at",)

    def __str__(self) -> str:
        """Name what it was."""
        return self.get_kind_display()


class ErasedStudent(models.Model):
    """A digest of the key of a student who was erased, so that no file brings it back."""

    school = models.ForeignKey(Place, models.CASCADE, related_name="erased_students")
    digest = models.CharField(max_length=64)

    class Meta:
        """Each once."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["school", "digest"], name="erased_student_once"
            )
        ]

    def __str__(self) -> str:
        """Name nobody."""
        return self.digest[:8]
