"""A school's calendar and its number of students, and the files that tell them."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower

from commonroot.domain.network.choices import FileState, SchoolFileKind


class SchoolYear(models.Model):
    """One school year of a school, from its first to its last day."""

    school = models.ForeignKey(
        "network.Place", models.CASCADE, related_name="school_years"
    )
    name = models.CharField(max_length=12)
    first = models.DateField()
    last = models.DateField()

    class Meta:
        """The newest first, each once."""

        ordering = ("-first",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school", "name"], name="school_year_once")
        ]

    def __str__(self) -> str:
        """Give the name."""
        return self.name


class SchoolDay(models.Model):
    """An instructional day of a school."""

    school = models.ForeignKey(
        "network.Place", models.CASCADE, related_name="school_days"
    )
    day = models.DateField()

    class Meta:
        """Each once."""

        ordering = ("day",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school", "day"], name="school_day_once")
        ]

    def __str__(self) -> str:
        """Give the day."""
        return self.day.isoformat()


class Enrolment(models.Model):
    """How many students a school had: of a grade, of a group, or in all."""

    school = models.ForeignKey(
        "network.Place", models.CASCADE, related_name="enrolment"
    )
    school_year = models.CharField(max_length=12)
    column = models.CharField(max_length=80, blank=True)
    value = models.CharField(max_length=80, blank=True)
    students = models.PositiveIntegerField()
    counted_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200)

    class Meta:
        """Each count once."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["school", "school_year", "column", "value"],
                name="enrolment_once",
            )
        ]

    def __str__(self) -> str:
        """Name what is counted."""
        return f"{self.school_year} {self.column} {self.value}"


class Staffing(models.Model):
    """How many educators, licensed and classified, worked at a school in a school year."""

    school = models.ForeignKey("network.Place", models.CASCADE, related_name="staffing")
    school_year = models.CharField(max_length=12)
    educators = models.PositiveIntegerField()
    told_on = models.DateField()
    source = models.CharField(max_length=200)

    class Meta:
        """Each school year once, the newest first."""

        ordering = ("-school_year",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["school", "school_year"], name="staffing_once"
            )
        ]

    def __str__(self) -> str:
        """Name what is counted."""
        return f"{self.school_year}: {self.educators}"


class Term(models.Model):
    """A stretch of a school year: a semester, a term, a grading period."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    school_year = models.ForeignKey(SchoolYear, models.CASCADE, related_name="terms")
    name = models.CharField(max_length=60)
    first = models.DateField()
    last = models.DateField()

    class Meta:
        """In order; one name in a year."""

        ordering = ("first", "-last")
        constraints: ClassVar = [
            models.UniqueConstraint("school_year", Lower("name"), name="term_once"),
            models.CheckConstraint(
                condition=models.Q(last__gte=models.F("first")),
                name="term_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        """Give the name."""
        return self.name


class BellPeriod(models.Model):
    """A period of a school's day, in minutes after midnight."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    school = models.ForeignKey(
        "network.Place", models.CASCADE, related_name="bell_periods"
    )
    name = models.CharField(max_length=60)
    start = models.PositiveSmallIntegerField()
    end = models.PositiveSmallIntegerField()

    class Meta:
        """In the order of the day; one name in a school."""

        ordering = ("start",)
        constraints: ClassVar = [
            models.UniqueConstraint("school", Lower("name"), name="bell_period_once"),
            models.CheckConstraint(
                condition=models.Q(end__gt=models.F("start"), end__lte=24 * 60),
                name="bell_period_ends_after_it_begins",
            ),
        ]

    @property
    def span(self) -> str:
        """Say from when to when, as 08:00-08:50."""
        return f"{write_clock(self.start)}-{write_clock(self.end)}"

    def __str__(self) -> str:
        """Give the name."""
        return self.name


def write_clock(minute: int) -> str:
    """Write a minute after midnight as a clock shows it.

    >>> write_clock(485)
    '08:05'
    """
    return f"{minute // 60:02d}:{minute % 60:02d}"


class SchoolFile(models.Model):
    """A calendar or an enrolment that somebody gave for a school.

    `draft` holds what was read between reading and the yes, and is empty after. The
    file itself is never kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=12, choices=SchoolFileKind)
    school = models.ForeignKey(
        "network.Place", models.CASCADE, related_name="school_files"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    name = models.CharField(max_length=200)
    state = models.CharField(
        max_length=12, choices=FileState, default=FileState.WAITING
    )
    given = models.DateTimeField(auto_now_add=True)
    decided = models.DateTimeField(null=True, blank=True)
    report = models.JSONField(default=dict)
    draft = models.JSONField(null=True)

    class Meta:
        """The newest first."""

        ordering = ("-given",)

    def __str__(self) -> str:
        """Name the file."""
        return self.name
