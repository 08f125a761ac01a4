"""Profiles that people choose to have, rounds of matching, and who was matched."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from commonroot.domain.connections.choices import (
    Audience,
    MatchState,
    Met,
    Moment,
    RoundState,
    Side,
)
from commonroot.domain.network.models import Place
from commonroot.domain.network.things import Thing, by_somebody


class Practice(Thing):
    """A line of a network's own list of practices that people offer or ask for."""

    region = models.ForeignKey(Place, models.CASCADE, related_name="practices")
    text = models.CharField(max_length=80)

    class Meta:
        """By name; each once."""

        ordering = ("text",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["region", "text"], name="practice_once")
        ]

    def __str__(self) -> str:
        """Give the words."""
        return self.text


class Profile(Thing):
    """What somebody chooses to tell of themselves. Without one they are in no list.

    `audiences` says of each field who may read it. `contact` is for matches that both
    confirmed, and for nobody else.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="profile"
    )
    school = models.ForeignKey(Place, models.PROTECT, related_name="+")
    offers = models.CharField(max_length=400, blank=True)
    asks = models.CharField(max_length=400, blank=True)
    practices = models.ManyToManyField(Practice, blank=True, related_name="+")
    spans = models.JSONField(default=list)
    languages = models.CharField(max_length=120, blank=True)
    hours = models.JSONField(default=list)
    contact = models.CharField(max_length=200, blank=True)
    audiences = models.JSONField(default=dict)

    class Meta:
        """By name."""

        ordering = ("person__name",)

    def __str__(self) -> str:
        """Say whose."""
        return str(self.person)

    def find_audience(self, field: str) -> Audience:
        """Find who may read a field; matches alone where nothing is said."""
        return Audience(self.audiences.get(field, Audience.MATCHES))


class Round(Thing):
    """One round in which new and seasoned people are matched."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="rounds")
    name = models.CharField(max_length=120)
    closes = models.DateField()
    state = models.CharField(max_length=8, choices=RoundState, default=RoundState.OPEN)
    settled = models.DateField(null=True, blank=True)

    class Meta:
        """The newest first."""

        ordering = ("-closes", "name")

    def __str__(self) -> str:
        """Give the name."""
        return self.name


class Joining(Thing):
    """Somebody in a round. `capacity` is for how many a seasoned person has room.

    `waited` says that they found nobody in the round before: they go first.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="joinings")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="joinings"
    )
    side = models.CharField(max_length=8, choices=Side)
    capacity = models.PositiveSmallIntegerField(default=1)
    waited = models.BooleanField(default=False)
    struck = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="+"
    )

    class Meta:
        """Each once in a round."""

        ordering = ("person__name",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "person"], name="joining_once")
        ]

    def __str__(self) -> str:
        """Say who."""
        return str(self.person)


class Match(Thing):
    """Two people whom a round proposed to one another, and what each said."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="matches")
    new = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="matches_as_new"
    )
    seasoned = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="matches_as_seasoned"
    )
    reasons = models.JSONField(default=list)
    state = models.CharField(
        max_length=12, choices=MatchState, default=MatchState.PROPOSED
    )
    new_said = models.BooleanField(default=False)
    seasoned_said = models.BooleanField(default=False)
    confirmed = models.DateField(null=True, blank=True)

    class Meta:
        """Two are matched once, ever."""

        ordering = ("-confirmed", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["new", "seasoned"], name="match_once")
        ]

    def __str__(self) -> str:
        """Name both."""
        return f"{self.new}, {self.seasoned}"


class Message(Thing):
    """A short question or answer between two before they confirm, for the two alone."""

    match = models.ForeignKey(Match, models.CASCADE, related_name="messages")
    by = by_somebody()
    text = models.CharField(max_length=400)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """As they were written."""

        ordering = ("at",)

    def __str__(self) -> str:
        """Give the words."""
        return self.text


class FollowUp(Thing):
    """How it goes between two, as one of them says at one moment."""

    match = models.ForeignKey(Match, models.CASCADE, related_name="follow_ups")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+"
    )
    moment = models.CharField(max_length=16, choices=Moment)
    asked = models.DateField()
    met = models.CharField(max_length=8, choices=Met, blank=True)
    helps = models.CharField(max_length=300, blank=True)

    class Meta:
        """Each moment once for each of the two."""

        ordering = ("asked",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["match", "person", "moment"], name="follow_up_once"
            )
        ]

    def __str__(self) -> str:
        """Name the moment."""
        return str(self.get_moment_display())
