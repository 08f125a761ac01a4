"""Imports, incidents, and every version of each that an import has written."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models

from commonroot.domain.network.models import Place
from commonroot.domain.records.choices import ImportState


class Import(models.Model):
    """One file that somebody gave for a school: what it would do, and what it did.

    `draft` holds the canonical rows between reading and the yes, and is empty after.
    The file itself is never kept.
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

    class Meta:
        """The newest first."""

        ordering = ("-given",)

    def __str__(self) -> str:
        """Name the file."""
        return self.name


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


class Version(models.Model):
    """What one import says of one incident: its canonical rows, without numbers of rows."""

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="versions")
    written_by = models.ForeignKey(Import, models.PROTECT, related_name="versions")
    day = models.DateField(db_index=True)
    school_year = models.CharField(max_length=12)
    rows = models.TextField()
    digest = models.CharField(max_length=64)

    class Meta:
        """In the order of writing."""

        ordering = ("pk",)

    def __str__(self) -> str:
        """Name it by its day."""
        return self.day.isoformat()
