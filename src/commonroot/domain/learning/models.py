"""Workshops: their names, series, sessions, who teaches, who comes and for how long."""

import secrets
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower

from commonroot.domain.learning.choices import (
    CheckInWay,
    Part,
    SeatState,
    SeriesState,
    Side,
    Standing,
    Work,
)
from commonroot.domain.learning.path_models import (
    IssuedBadge,
    Path,
    PathReflection,
    PathStage,
    Signature,
)
from commonroot.domain.learning.practice_models import (
    DateFeed,
    Material,
    Recommendation,
    Tool,
    ToolChoice,
)
from commonroot.domain.learning.room_models import (
    AgreementAnswer,
    AgreementReview,
    CircleWord,
    RepairNote,
    RoomAgreement,
)
from commonroot.domain.network.models import Place
from commonroot.domain.network.things import Thing, by_somebody

__all__ = [
    "AgreementAnswer",
    "AgreementReview",
    "Attendance",
    "CircleWord",
    "DateFeed",
    "Facilitation",
    "Interpreter",
    "IssuedBadge",
    "Material",
    "Path",
    "PathReflection",
    "PathStage",
    "Recommendation",
    "RepairNote",
    "RoomAgreement",
    "Seat",
    "Series",
    "Session",
    "Signature",
    "Tool",
    "ToolChoice",
    "Workshop",
    "WorkshopName",
]


def make_code() -> str:
    """Make a code for a door: nobody guesses it."""
    return secrets.token_urlsafe(18)


class Workshop(Thing):
    """Something people learn together, whatever it is called where it is held."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="workshops")
    name = models.CharField(max_length=160)
    about = models.TextField(max_length=2000, blank=True)

    class Meta:
        """By name."""

        ordering = ("name",)

    def __str__(self) -> str:
        """Give the name."""
        return self.name


class WorkshopName(models.Model):
    """Another name of the same workshop."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="names")
    name = models.CharField(max_length=160)

    class Meta:
        """Each once."""

        ordering = ("name",)
        constraints: ClassVar = [
            models.UniqueConstraint("workshop", Lower("name"), name="name_once")
        ]

    def __str__(self) -> str:
        """Give the name."""
        return self.name


class Series(Thing):
    """A workshop as it is offered once: to whom, in which sessions, for how many.

    `place` is whom it is for: a school, a district, a region. `name` is what it is called
    this time, empty for the workshop's own name.
    """

    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="series")
    place = models.ForeignKey(Place, models.PROTECT, related_name="series")
    name = models.CharField(max_length=160, blank=True)
    state = models.CharField(
        max_length=12, choices=SeriesState, default=SeriesState.PLANNED
    )
    capacity = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        """By workshop."""

        ordering = ("workshop__name", "pk")
        verbose_name_plural = "series"

    def __str__(self) -> str:
        """Give the name."""
        return self.name or self.workshop.name


class Interpreter(Thing):
    """Somebody who interprets a language in a series; `who` may not be known yet."""

    series = models.ForeignKey(Series, models.CASCADE, related_name="interpreters")
    language = models.CharField(max_length=40)
    who = models.CharField(max_length=120, blank=True)

    class Meta:
        """By language."""

        ordering = ("language", "who", "pk")

    def __str__(self) -> str:
        """Give the language, which everybody may know; never who."""
        return self.language


class Session(Thing):
    """One sitting of a series. `held` is when it was said to have taken place.

    `code` opens the page on which people check in, on the day of the session alone.
    """

    series = models.ForeignKey(Series, models.CASCADE, related_name="sessions")
    day = models.DateField()
    starts = models.TimeField()
    minutes = models.PositiveSmallIntegerField()
    where = models.CharField(max_length=200, blank=True)
    held = models.DateTimeField(null=True, blank=True)
    code = models.CharField(
        max_length=32, default=make_code, unique=True, editable=False
    )

    class Meta:
        """As they come."""

        ordering = ("day", "starts")

    def __str__(self) -> str:
        """Give the day."""
        return self.day.isoformat()


class Facilitation(models.Model):
    """Who teaches a session, in which part, and from which side they come."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="facilitations")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="facilitations"
    )
    part = models.CharField(max_length=16, choices=Part)
    side = models.CharField(max_length=8, choices=Side)

    class Meta:
        """Each once in a session."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["session", "person"], name="facilitator_once"
            )
        ]

    def __str__(self) -> str:
        """Say who and what."""
        return f"{self.person}: {self.get_part_display()}"


class Seat(Thing):
    """Somebody's place in a series: a person of the network, or a guest by name.

    `school` is where they work. `waited_since` orders the waiting list, `answered` is when
    they said yes or no themselves. A guest with an `email` answers by a letter, whose
    token is kept as a digest; `work` is what they do, which an account tells by its roles.
    Needs are told to those who prepare the series, and to
    nobody else.
    """

    series = models.ForeignKey(Series, models.CASCADE, related_name="seats")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="seats",
    )
    guest = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    token_digest = models.CharField(max_length=64, null=True, blank=True, unique=True)
    school = models.ForeignKey(
        Place, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=12, choices=SeatState)
    standing = models.CharField(max_length=8, choices=Standing, blank=True)
    work = models.CharField(max_length=16, choices=Work, blank=True)
    language = models.CharField(max_length=40, blank=True)
    access = models.CharField(max_length=200, blank=True)
    food = models.CharField(max_length=200, blank=True)
    invited_by = by_somebody()
    waited_since = models.DateTimeField(null=True, blank=True)
    answered = models.DateTimeField(null=True, blank=True)

    class Meta:
        """A person has one seat in a series."""

        ordering = ("waited_since", "guest", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["series", "person"],
                condition=models.Q(person__isnull=False),
                name="seat_once",
            )
        ]

    def __str__(self) -> str:
        """Give the name."""
        return self.guest or str(self.person)


class Attendance(models.Model):
    """That somebody was in a session, and for how many minutes of it.

    `is_whole` says that they were there for all of it, however long it turns out to be.
    """

    session = models.ForeignKey(Session, models.CASCADE, related_name="attendances")
    seat = models.ForeignKey(Seat, models.CASCADE, related_name="attendances")
    minutes = models.PositiveSmallIntegerField()
    is_whole = models.BooleanField(default=False)
    way = models.CharField(max_length=8, choices=CheckInWay)
    by = by_somebody()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Each once in a session."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "seat"], name="attendance_once")
        ]

    def __str__(self) -> str:
        """Say who was there."""
        return f"{self.seat}, {self.session}"
