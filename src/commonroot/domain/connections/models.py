"""Profiles in the directory, matching rounds, who is in them, and who meets whom."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from commonroot.domain.connections.choices import (
    CURRENT,
    Audience,
    Helps,
    MatchState,
    Met,
    Prompt,
    RoundState,
    Standing,
    TagKind,
    Work,
)
from commonroot.domain.network.models import Place
from commonroot.domain.network.things import Thing, by_somebody


def for_audience() -> "models.CharField[str, str]":
    """Say who may see a field: those one is matched with, until its owner says more."""
    return models.CharField(
        max_length=8, choices=Audience, default=Audience.MATCHES.value
    )


class Profile(Thing):
    """What somebody who chose to be in the directory says of themselves.

    `place` is where they work; `school`, `district` and `network` lie around it, written
    down so that an audience is one comparison. `reach` is shown to a match after both
    said yes, and to nobody else.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="profile"
    )
    place = models.ForeignKey(Place, models.CASCADE, related_name="directory_profiles")
    school = models.ForeignKey(
        Place, models.CASCADE, null=True, blank=True, related_name="+"
    )
    district = models.ForeignKey(
        Place, models.CASCADE, null=True, blank=True, related_name="+"
    )
    network = models.ForeignKey(Place, models.CASCADE, related_name="+")
    offer = models.CharField(max_length=600, blank=True)
    ask = models.CharField(max_length=600, blank=True)
    work = models.CharField(max_length=12, choices=Work, blank=True)
    reach = models.CharField(max_length=200, blank=True)
    offer_to = for_audience()
    ask_to = for_audience()
    practices_to = for_audience()
    work_to = for_audience()
    grade_spans_to = for_audience()
    languages_to = for_audience()
    hours_to = for_audience()
    place_to = for_audience()
    changed = models.DateField(auto_now=True)

    class Meta:
        """By name."""

        ordering = ("person__name", "pk")

    def __str__(self) -> str:
        """Say whose."""
        return str(self.person)


class ProfileTag(models.Model):
    """One of several choices of a profile."""

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="tags")
    kind = models.CharField(max_length=12, choices=TagKind)
    value = models.CharField(max_length=120)

    class Meta:
        """In a settled order; each once."""

        ordering = ("kind", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["profile", "kind", "value"], name="profile_tag_once"
            )
        ]

    def __str__(self) -> str:
        """Give the value."""
        return self.value


class Practice(Thing):
    """A line of a network's own list of practices, or a usual one that it put aside."""

    region = models.ForeignKey(Place, models.CASCADE, related_name="network_practices")
    text = models.CharField(max_length=120)
    is_aside = models.BooleanField(default=False)

    class Meta:
        """By its words; each once."""

        ordering = ("text",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["region", "text"], name="practice_once")
        ]

    def __str__(self) -> str:
        """Give the words."""
        return self.text


class Round(Thing):
    """A matching round for a place and all within it.

    `first` to `last` is the time in which its pairs meet: whoever evaluates somebody at
    any moment of it is never matched with them. People join until `join_by`, and look at
    their lists until `strike_by`. On `ask_first` and `ask_second` pairs are asked how
    it goes.
    """

    place = models.ForeignKey(Place, models.CASCADE, related_name="matching_rounds")
    name = models.CharField(max_length=120)
    state = models.CharField(max_length=12, choices=RoundState, default=RoundState.OPEN)
    join_by = models.DateField()
    strike_by = models.DateField()
    first = models.DateField()
    last = models.DateField()
    ask_first = models.DateField()
    ask_second = models.DateField()
    opened_by = by_somebody()
    settled = models.DateTimeField(null=True, blank=True)

    class Meta:
        """The newest first."""

        ordering = ("-join_by", "name", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(last__gte=models.F("first"))
                & models.Q(strike_by__gte=models.F("join_by")),
                name="round_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        """Give the name."""
        return self.name


class Participant(Thing):
    """Somebody in a round: new, with limits, or seasoned, with a capacity.

    `goes_first` says that they were left without a match the last time. `told_unmatched`
    is when they were told so in this round.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="participants")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="round_participations"
    )
    standing = models.CharField(max_length=8, choices=Standing)
    capacity = models.PositiveSmallIntegerField(default=1)
    takes_third = models.BooleanField(default=False)
    only_near = models.BooleanField(default=False)
    not_own_school = models.BooleanField(default=False)
    only_language = models.CharField(max_length=8, blank=True)
    goes_first = models.BooleanField(default=False)
    joined = models.DateField()
    told_unmatched = models.DateField(null=True, blank=True)
    left = models.DateField(null=True, blank=True)

    class Meta:
        """By name; each once in a round."""

        ordering = ("person__name", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "person"], name="participant_once")
        ]

    def __str__(self) -> str:
        """Say who."""
        return str(self.person)


class ListedName(Thing):
    """Somebody on somebody's list. Who struck whom is known to the one who did, alone."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="listed")
    other = models.ForeignKey(Participant, models.CASCADE, related_name="+")
    place_on_list = models.PositiveSmallIntegerField()
    is_struck = models.BooleanField(default=False)

    class Meta:
        """The best first; each once on a list."""

        ordering = ("participant", "place_on_list")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["participant", "other"], name="listed_once")
        ]

    def __str__(self) -> str:
        """Say nothing of it."""
        return "a line of a list"


class Match(Thing):
    """Two people who may meet: the reason for it, and what each said.

    `reasons` are pairs of a kind and a value, as they were on the day. A row stays when
    a match ends, so that the same two are not matched again; the words go.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="matches")
    new = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="matches_as_new"
    )
    seasoned = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="matches_as_seasoned"
    )
    state = models.CharField(
        max_length=12, choices=MatchState, default=MatchState.PROPOSED
    )
    reasons = models.JSONField(default=list)
    is_third = models.BooleanField(default=False)
    made = models.DateField()
    new_said_yes = models.DateField(null=True, blank=True)
    seasoned_said_yes = models.DateField(null=True, blank=True)
    ended = models.DateField(null=True, blank=True)
    meets_on = models.DateField(null=True, blank=True)
    meets_at = models.TimeField(null=True, blank=True)
    asked_first = models.DateField(null=True, blank=True)
    asked_second = models.DateField(null=True, blank=True)

    class Meta:
        """The newest first; somebody new has one match at a time in a round."""

        ordering = ("-made", "new__name", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["round", "new"],
                condition=models.Q(state__in=[each.value for each in CURRENT]),
                name="one_match_at_a_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(new=models.F("seasoned")),
                name="match_of_two_people",
            ),
        ]

    def __str__(self) -> str:
        """Say how it stands, without names."""
        return str(self.get_state_display())


class Question(Thing):
    """A short question before somebody says yes, and its answer. For the two alone."""

    match = models.ForeignKey(Match, models.CASCADE, related_name="questions")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    text = models.CharField(max_length=300)
    asked = models.DateTimeField(auto_now_add=True)
    answer = models.CharField(max_length=600, blank=True)
    answered = models.DateTimeField(null=True, blank=True)

    class Meta:
        """As they were asked."""

        ordering = ("asked", "pk")

    def __str__(self) -> str:
        """Give the words."""
        return self.text


class FollowUp(Thing):
    """What one of the two said when they were asked how it goes. Seen by them alone."""

    match = models.ForeignKey(Match, models.CASCADE, related_name="follow_ups")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+"
    )
    prompt = models.CharField(max_length=16, choices=Prompt)
    met = models.CharField(max_length=8, choices=Met)
    helps = models.CharField(max_length=16, choices=Helps, blank=True)
    on = models.DateField()

    class Meta:
        """As they were asked; a later answer takes the place of an earlier one."""

        ordering = ("on", "prompt")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["match", "person", "prompt"], name="follow_up_once"
            )
        ]

    def __str__(self) -> str:
        """Give the answer."""
        return str(self.get_met_display())
