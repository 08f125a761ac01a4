"""Teams: their meetings, what is said in them, cycles, changes, checks and stories."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from commonroot.domain.network.choices import MemberKind
from commonroot.domain.network.models import Group, Place
from commonroot.domain.network.things import Thing, by_somebody
from commonroot.domain.teams.choices import (
    Done,
    Duty,
    Ending,
    Goal,
    Helped,
    HowMany,
    MeetingState,
    Section,
    Whom,
)


class TeamDuty(models.Model):
    """Who has a duty in a team's meetings, and who stands in."""

    team = models.ForeignKey(Group, models.CASCADE, related_name="duties")
    duty = models.CharField(max_length=16, choices=Duty)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+"
    )
    backup = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        """Each once in a team."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["team", "duty"], name="duty_once")
        ]

    def __str__(self) -> str:
        """Say who does what."""
        return f"{self.get_duty_display()}: {self.person}"


class Feed(models.Model):
    """The address at which a team's dates can be followed. Only its digest is kept."""

    team = models.OneToOneField(Group, models.CASCADE, related_name="feed")
    token_digest = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        """Name it without its token."""
        return f"feed of {self.team}"


class Agreement(Thing):
    """What a team has agreed on, and when it looks at it again."""

    team = models.ForeignKey(Group, models.CASCADE, related_name="agreements")
    text = models.CharField(max_length=300)
    agreed = models.DateField()
    review = models.DateField()
    ended = models.DateField(null=True, blank=True)

    class Meta:
        """The oldest first."""

        ordering = ("agreed", "pk")

    def __str__(self) -> str:
        """Give the words."""
        return self.text


class Meeting(Thing):
    """One meeting of a team.

    `section` is the part that it is at, since `section_began`; `spent` holds the seconds
    that were given to each part before. The clock is the server's, for all screens.
    """

    team = models.ForeignKey(Group, models.CASCADE, related_name="meetings")
    day = models.DateField()
    starts = models.TimeField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(default=45)
    state = models.CharField(
        max_length=12, choices=MeetingState, default=MeetingState.PLANNED
    )
    began = models.DateTimeField(null=True, blank=True)
    ended = models.DateTimeField(null=True, blank=True)
    section = models.CharField(max_length=16, choices=Section, blank=True)
    section_began = models.DateTimeField(null=True, blank=True)
    spent = models.JSONField(default=dict)
    present = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="+"
    )
    guests = models.CharField(max_length=200, blank=True)
    ratings = models.JSONField(default=list)
    decided = models.BooleanField(default=False)
    reminded = models.DateField(null=True, blank=True)

    class Meta:
        """The newest first; a team meets once a day."""

        ordering = ("-day",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["team", "day"], name="meeting_once_a_day")
        ]

    def __str__(self) -> str:
        """Give the day."""
        return self.day.isoformat()


class Note(Thing):
    """A line of the minutes. It is added, and taken back, never written over."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="notes")
    section = models.CharField(max_length=16, choices=Section)
    text = models.CharField(max_length=600)
    by = by_somebody()
    at = models.DateTimeField(auto_now_add=True)
    taken_back = models.DateTimeField(null=True, blank=True)

    class Meta:
        """As they were said."""

        ordering = ("at",)

    def __str__(self) -> str:
        """Give the words."""
        return self.text


class CoachNote(Thing):
    """What a coach tells the facilitator before a meeting."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="coach_notes")
    text = models.CharField(max_length=600)
    by = by_somebody()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """As they were written."""

        ordering = ("at",)

    def __str__(self) -> str:
        """Give the words."""
        return self.text


class Cycle(Thing):
    """One trip of a team from a pattern to a check.

    `conditions` are the slice as the scan names it; empty when the team names a pattern
    of its own. `picked` is how much of the slice's height is left once it is corrected
    for having been picked. The statement is the team's, prefilled from the pattern.
    `factors` are keys of the usual lines, and lines of the team's own as they were written.
    """

    team = models.ForeignKey(Group, models.CASCADE, related_name="cycles")
    opened_in = models.ForeignKey(
        Meeting, models.SET_NULL, null=True, related_name="cycles"
    )
    opened = models.DateField()
    conditions = models.JSONField(default=dict)
    sentence = models.CharField(max_length=600, blank=True)
    picked = models.FloatField(default=1.0)
    what = models.CharField(max_length=200)
    where = models.CharField(max_length=200)
    when = models.CharField(max_length=200)
    who = models.CharField(max_length=200, blank=True)
    how_often = models.CharField(max_length=200, blank=True)
    since = models.CharField(max_length=200, blank=True)
    why = models.CharField(max_length=600, blank=True)
    is_subjective = models.BooleanField(default=False)
    factors = models.JSONField(default=list)
    ending = models.CharField(max_length=12, choices=Ending, blank=True)
    ended = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_in = models.ForeignKey(
        Meeting, models.SET_NULL, null=True, related_name="ended_cycles"
    )
    learned = models.CharField(max_length=600, blank=True)
    follows = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="followed_by"
    )

    class Meta:
        """The newest first."""

        ordering = ("-opened", "-pk")

    def __str__(self) -> str:
        """Say what and where."""
        return f"{self.what}, {self.where}"


class Voice(Thing):
    """What students or families said of a pattern, or who will ask them, or why nobody."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="voices")
    whom = models.CharField(max_length=12, choices=Whom)
    how_many = models.CharField(max_length=8, choices=HowMany, blank=True)
    how = models.CharField(max_length=200, blank=True)
    heard = models.CharField(max_length=600, blank=True)
    asker = models.CharField(max_length=120, blank=True)
    by_when = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        """One of each in a cycle."""

        ordering = ("-whom",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cycle", "whom"], name="voice_once")
        ]

    def __str__(self) -> str:
        """Say whose."""
        return str(self.get_whom_display())


class Change(Thing):
    """One small test of change.

    `planned_weeks` is when the team meant to look, as it was agreed: it stays when the
    review is moved, because the check is sharpest there. `asked` is when whoever sees to
    it was last asked whether it was done.
    """

    cycle = models.OneToOneField(Cycle, models.CASCADE, related_name="change")
    what = models.CharField(max_length=300)
    where = models.CharField(max_length=200, blank=True)
    when = models.CharField(max_length=200, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="changes"
    )
    start = models.DateField()
    done_when = models.CharField(max_length=300)
    goal = models.CharField(max_length=6, choices=Goal, default=Goal.HALF)
    review = models.DateField()
    planned_weeks = models.PositiveSmallIntegerField(default=12)
    agreed_in = models.ForeignKey(
        Meeting, models.SET_NULL, null=True, related_name="changes"
    )
    agreed_at = models.DateTimeField(null=True, blank=True)
    asked = models.DateField(null=True, blank=True)
    seen_by = models.CharField(max_length=300, blank=True)

    class Meta:
        """The newest first."""

        ordering = ("-start",)

    def __str__(self) -> str:
        """Give the words."""
        return self.what


class DoneReport(Thing):
    """Did we do it? One answer, on one day."""

    change = models.ForeignKey(Change, models.CASCADE, related_name="done_reports")
    done = models.CharField(max_length=12, choices=Done)
    words = models.CharField(max_length=300, blank=True)
    on = models.DateField()
    by = by_somebody()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """The newest first."""

        ordering = ("-on", "-at")

    def __str__(self) -> str:
        """Give the answer."""
        return str(self.get_done_display())


class CheckResult(Thing):
    """Did it help? One look that a team took, and what could be said on that day."""

    change = models.ForeignKey(Change, models.CASCADE, related_name="checks")
    helped = models.CharField(max_length=16, choices=Helped)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    ratio = models.FloatField(null=True)
    weeks_before = models.PositiveSmallIntegerField(default=0)
    weeks_after = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=16, blank=True)
    on = models.DateField()
    in_meeting = models.ForeignKey(
        Meeting, models.SET_NULL, null=True, related_name="checks"
    )
    by = by_somebody()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """The newest first."""

        ordering = ("-on", "-at")

    def __str__(self) -> str:
        """Give the answer."""
        return str(self.get_helped_display())


class Story(Thing):
    """What one school learned, as it chose to share it with the others."""

    change = models.OneToOneField(Change, models.CASCADE, related_name="story")
    title = models.CharField(max_length=120)
    place = models.CharField(max_length=80, blank=True)
    time = models.CharField(max_length=80, blank=True)
    grades = models.CharField(max_length=40, blank=True)
    tried = models.CharField(max_length=600)
    happened = models.CharField(max_length=12, choices=Done)
    helped = models.CharField(max_length=16, choices=Helped)
    words = models.TextField(max_length=2000, blank=True)
    whose_words = models.CharField(max_length=120, blank=True)
    consent = models.BooleanField(default=False)
    names_school = models.BooleanField(default=False)
    shared = models.DateField()
    shared_at = models.DateTimeField(null=True, blank=True)
    withdrawn = models.DateField(null=True, blank=True)
    by = by_somebody()

    class Meta:
        """The newest first."""

        ordering = ("-shared", "-pk")

    def __str__(self) -> str:
        """Give the title."""
        return self.title


class SystemFactor(Thing):
    """A line of a network's own list of what a school's system may contribute."""

    region = models.ForeignKey(Place, models.CASCADE, related_name="system_factors")
    text = models.CharField(max_length=200)

    class Meta:
        """As they were added; each once."""

        ordering = ("text",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["region", "text"], name="factor_once")
        ]

    def __str__(self) -> str:
        """Give the words."""
        return self.text


class LastLook(models.Model):
    """When somebody looked through their teams: what is new is what came since.

    `opened` is when they last did, `since` from when on things are shown as new.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+"
    )
    since = models.DateTimeField()
    opened = models.DateTimeField()

    def __str__(self) -> str:
        """Say whose."""
        return f"last look of {self.person_id}"


class Wish(Thing):
    """A voice that a team asked for and could not invite by itself, and when it asked."""

    team = models.ForeignKey(Group, models.CASCADE, related_name="wishes")
    member_kind = models.CharField(max_length=16, choices=MemberKind)
    by = by_somebody()
    on = models.DateField()

    class Meta:
        """Each voice once; asking again moves the day."""

        ordering = ("member_kind",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["team", "member_kind"], name="wish_once")
        ]

    def __str__(self) -> str:
        """Say whose voice."""
        return str(self.get_member_kind_display())
