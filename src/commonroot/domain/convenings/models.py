"""Convenings: teams that come, the day, and the words and plans that stay."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from commonroot.domain.convenings.choices import (
    AgendaKind,
    Answer,
    Audience,
    GuestKind,
    Listed,
    Outcome,
    ThanksFor,
    WordsKind,
)
from commonroot.domain.convenings.table_models import Question, Table, Thought
from commonroot.domain.network.models import Place
from commonroot.domain.network.things import Thing, by_somebody

__all__ = [
    "AgendaPart",
    "Convening",
    "ConveningAgreement",
    "Guest",
    "MadeConnection",
    "Naming",
    "Plan",
    "Question",
    "SchoolTeam",
    "Table",
    "Thanks",
    "Thought",
    "Words",
]


class Convening(Thing):
    """The yearly gathering of a region's school teams.

    `version` counts the agendas that were published, `changed` says what is new in the
    last one. What is changed after it is read by others when it is published again.
    """

    place = models.ForeignKey(Place, models.PROTECT, related_name="convenings")
    name = models.CharField(max_length=120)
    day = models.DateField()
    starts = models.TimeField(null=True, blank=True)
    where = models.CharField(max_length=200, blank=True)
    follows = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="followed_by"
    )
    version = models.PositiveSmallIntegerField(default=0)
    changed = models.CharField(max_length=200, blank=True)
    # The parts of the day as they were published, as `tell_parts` gives them.
    published_parts = models.JSONField(default=list, blank=True)

    class Meta:
        """The newest first; one a day at a place."""

        ordering = ("-day",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place", "day"], name="convening_once")
        ]

    def __str__(self) -> str:
        """Give the name."""
        return self.name


class SchoolTeam(Thing):
    """A school's team at a convening, with seats for students and caregivers."""

    convening = models.ForeignKey(Convening, models.CASCADE, related_name="teams")
    school = models.ForeignKey(Place, models.PROTECT, related_name="convening_teams")
    answer = models.CharField(max_length=12, choices=Answer, default=Answer.INVITED)
    student_seats = models.PositiveSmallIntegerField(default=2)
    caregiver_seats = models.PositiveSmallIntegerField(default=2)

    class Meta:
        """By school; each once."""

        ordering = ("school__name",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["convening", "school"], name="team_once")
        ]

    def __str__(self) -> str:
        """Name the school."""
        return self.school.name


class Guest(Thing):
    """Somebody of a school's team who comes.

    Of a student only a first name is kept, and whether a caregiver said yes. Needs are for
    those who prepare the day. Nobody is photographed who did not say that they may be.
    """

    team = models.ForeignKey(SchoolTeam, models.CASCADE, related_name="guests")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=12, choices=GuestKind)
    access = models.CharField(max_length=200, blank=True)
    food = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=40, blank=True)
    listed = models.CharField(max_length=12, choices=Listed, default=Listed.PREPARERS)
    photos = models.BooleanField(default=False)
    caregiver_said_yes = models.BooleanField(default=False)
    came = models.DateTimeField(null=True, blank=True)

    class Meta:
        """By name."""

        ordering = ("name",)

    def __str__(self) -> str:
        """Give the name."""
        return self.name


class AgendaPart(Thing):
    """One part of the day."""

    convening = models.ForeignKey(Convening, models.CASCADE, related_name="parts")
    kind = models.CharField(max_length=16, choices=AgendaKind)
    title = models.CharField(max_length=120, blank=True)
    starts = models.TimeField()
    minutes = models.PositiveSmallIntegerField()
    room = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=40, blank=True)

    class Meta:
        """By the clock."""

        ordering = ("starts", "room")

    def __str__(self) -> str:
        """Give the title."""
        return self.title or str(self.get_kind_display())


class ConveningAgreement(Thing):
    """What those who come agree on, dated, and when they look at it again."""

    convening = models.ForeignKey(Convening, models.CASCADE, related_name="agreements")
    text = models.CharField(max_length=200)
    proposed_by = by_somebody()
    agreed = models.DateField(null=True, blank=True)
    review = models.DateField()
    ended = models.DateField(null=True, blank=True)

    class Meta:
        """As they came."""

        ordering = ("agreed", "pk")

    def __str__(self) -> str:
        """Give the words."""
        return self.text


class Words(Thing):
    """A reflection, a shift, a celebration or an intention, read by whom its writer chose.

    `quotable` says that it may be quoted outside, as `whose`. A celebration is read by
    others when everybody who is named in it with an account has said yes, and `reminded`
    is when an intention came back to its writer.
    """

    convening = models.ForeignKey(Convening, models.CASCADE, related_name="words")
    team = models.ForeignKey(
        SchoolTeam, models.SET_NULL, null=True, blank=True, related_name="words"
    )
    by = by_somebody()
    kind = models.CharField(max_length=12, choices=WordsKind)
    text = models.CharField(max_length=800)
    evidence = models.CharField(max_length=300, blank=True)
    named_said_yes = models.BooleanField(default=False)
    audience = models.CharField(max_length=8, choices=Audience, default=Audience.ME)
    quotable = models.BooleanField(default=False)
    whose = models.CharField(max_length=80, blank=True)
    reminded = models.DateField(null=True, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """As they were written."""

        ordering = ("at", "pk")

    def __str__(self) -> str:
        """Name the kind, and no word."""
        return str(self.get_kind_display())


class Naming(Thing):
    """That somebody is named in a celebration, and what they said to it."""

    words = models.ForeignKey(Words, models.CASCADE, related_name="namings")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+"
    )
    said_yes = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Each once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["words", "person"], name="named_once")
        ]

    def __str__(self) -> str:
        """Name who is named."""
        return str(self.person)


class Plan(Thing):
    """What a team means to do next year. It comes back by itself in the autumn."""

    team = models.ForeignKey(SchoolTeam, models.CASCADE, related_name="plans")
    aim = models.CharField(max_length=200)
    first_step = models.CharField(max_length=200)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="plans"
    )
    by_when = models.DateField()
    support = models.CharField(max_length=200, blank=True)
    is_shared = models.BooleanField(default=False)
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)
    happened = models.CharField(max_length=400, blank=True)
    told = models.DateField(null=True, blank=True)
    reminded = models.DateField(null=True, blank=True)

    class Meta:
        """By when."""

        ordering = ("by_when", "pk")

    def __str__(self) -> str:
        """Give the aim."""
        return self.aim


class Thanks(Thing):
    """A thank-you of the gratitude circle."""

    convening = models.ForeignKey(Convening, models.CASCADE, related_name="thanks")
    by = by_somebody()
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
    )
    text = models.CharField(max_length=300)
    read_by = models.CharField(max_length=8, choices=ThanksFor)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """As they were said."""

        ordering = ("at",)

    def __str__(self) -> str:
        """Say whom it is for."""
        return str(self.to or "")


class MadeConnection(Thing):
    """Two who met there: why, and when they are in touch next. For its writer alone."""

    convening = models.ForeignKey(
        Convening, models.CASCADE, related_name="made_connections"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    other = models.CharField(max_length=120)
    why = models.CharField(max_length=200)
    next_contact = models.DateField()
    done = models.DateField(null=True, blank=True)

    class Meta:
        """By when."""

        ordering = ("next_contact",)

    def __str__(self) -> str:
        """Name the other."""
        return self.other
