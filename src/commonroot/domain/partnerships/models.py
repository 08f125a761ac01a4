"""Partnerships: their stages, plan, schools, renewals, and who pays for what."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from commonroot.domain.network.models import Place
from commonroot.domain.network.school_years import name_year
from commonroot.domain.network.things import Thing, by_somebody
from commonroot.domain.partnerships.choices import (
    PartnerSide,
    RenewalEnd,
    StepState,
    Turn,
    UsualStage,
)

OWNER = settings.AUTH_USER_MODEL


def ends_after_it_begins(name: str) -> models.CheckConstraint:
    """Make the rule that a stretch of days does not end before it begins."""
    condition = Q(last__isnull=True) | Q(last__gte=F("first"))
    return models.CheckConstraint(condition=condition, name=name)


class Partnership(Thing):
    """Some years of a partner organization, or a region, with a district.

    `first_year` and `last_year` are school years, each by the autumn in which it begins.
    """

    partner = models.ForeignKey(
        Place, models.PROTECT, related_name="partnerships_as_partner"
    )
    district = models.ForeignKey(Place, models.PROTECT, related_name="partnerships")
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()

    class Meta:
        """By district, the newest first."""

        ordering = ("district__name", "-first_year", "partner__name")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year")),
                name="partnership_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["partner", "district", "first_year"], name="partnership_once"
            ),
        ]

    def __str__(self) -> str:
        """Say who with whom."""
        return f"{self.partner}, {self.district}"

    @property
    def span(self) -> str:
        """Give its years: "2023-24 – 2026-27"."""
        first, last = name_year(self.first_year), name_year(self.last_year)
        return first if first == last else f"{first} – {last}"


class Stage(Thing):
    """A stage of a network's list: a usual one by its key, or one in its own words.

    `words` of a usual stage are those a network gave it instead. A stage that is
    `retired` is offered no more, and stays where it was reached.
    """

    network = models.ForeignKey(
        Place, models.CASCADE, related_name="partnership_stages"
    )
    position = models.PositiveSmallIntegerField()
    usual = models.CharField(max_length=16, choices=UsualStage, blank=True)
    words = models.CharField(max_length=120, blank=True)
    retired = models.BooleanField(default=False)

    class Meta:
        """From the first to the last."""

        ordering = ("position", "pk")

    def __str__(self) -> str:
        """Give its words, a usual one's in the reader's language."""
        return self.words or str(self.get_usual_display())


class StageReached(Thing):
    """That a partnership reached a stage, when, and by what one can tell."""

    partnership = models.ForeignKey(
        Partnership, models.CASCADE, related_name="stages_reached"
    )
    stage = models.ForeignKey(Stage, models.PROTECT, related_name="reached")
    day = models.DateField()
    evidence = models.CharField(max_length=600)
    by = by_somebody()

    class Meta:
        """In the order of the stages; each once in a partnership."""

        ordering = ("stage__position", "stage")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["partnership", "stage"], name="stage_reached_once"
            )
        ]

    def __str__(self) -> str:
        """Name the stage."""
        return str(self.stage)


class Step(Thing):
    """A dated step of the plan, and who of which side sees to it.

    `owner` is a person of the network; `who` names anybody else.
    """

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="steps")
    what = models.CharField(max_length=300)
    side = models.CharField(max_length=8, choices=PartnerSide)
    owner = models.ForeignKey(
        OWNER, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    who = models.CharField(max_length=120, blank=True)
    by_when = models.DateField()
    state = models.CharField(max_length=8, choices=StepState, default=StepState.OPEN)

    class Meta:
        """By the day."""

        ordering = ("by_when", "what", "pk")

    def __str__(self) -> str:
        """Give the words."""
        return self.what

    @property
    def whose(self) -> str:
        """Name who sees to it."""
        return self.owner.name if self.owner else self.who


class StepTurn(Thing):
    """What became of a step on one day, with a line; nothing of it is written over."""

    step = models.ForeignKey(Step, models.CASCADE, related_name="turns")
    turn = models.CharField(max_length=8, choices=Turn)
    line = models.CharField(max_length=300)
    before = models.DateField()
    on = models.DateField()
    by = by_somebody()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """As they came."""

        ordering = ("at", "pk")

    def __str__(self) -> str:
        """Say what became of it."""
        return f"{self.get_turn_display()}: {self.line}"


class SchoolPart(Thing):
    """That a school takes part in a partnership, from a first day to a last one."""

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="parts")
    school = models.ForeignKey(
        Place, models.PROTECT, related_name="parts_in_partnerships"
    )
    first = models.DateField()
    last = models.DateField(null=True, blank=True)

    class Meta:
        """By school."""

        ordering = ("school__name", "first")
        constraints: ClassVar = [
            ends_after_it_begins("school_part_ends_after_it_begins")
        ]

    def __str__(self) -> str:
        """Name the school."""
        return str(self.school)


class WholeSchool(Thing):
    """That a school is a whole school partner, from a first day to a last one."""

    part = models.ForeignKey(SchoolPart, models.CASCADE, related_name="wholes")
    first = models.DateField()
    last = models.DateField(null=True, blank=True)

    class Meta:
        """As they came."""

        ordering = ("first",)
        constraints: ClassVar = [
            ends_after_it_begins("whole_school_ends_after_it_begins")
        ]

    def __str__(self) -> str:
        """Say which school and since when."""
        return f"{self.part}, {self.first.isoformat()}"


class ReadinessNote(Thing):
    """What somebody noticed of a school's readiness. Its school and its peers do not see it."""

    partnership = models.ForeignKey(
        Partnership, models.CASCADE, related_name="readiness_notes"
    )
    school = models.ForeignKey(Place, models.PROTECT, related_name="readiness_notes")
    day = models.DateField()
    text = models.CharField(max_length=600)
    by = by_somebody()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """By school, the newest first."""

        ordering = ("school__name", "-day", "-at")

    def __str__(self) -> str:
        """Name the school and the day, not the words."""
        return f"{self.school}, {self.day.isoformat()}"


class Renewal(Thing):
    """A day on which both sides talk about going on, and what came of it.

    `reminded` is when somebody was last written to.
    """

    partnership = models.ForeignKey(
        Partnership, models.CASCADE, related_name="renewals"
    )
    day = models.DateField()
    about = models.CharField(max_length=300, blank=True)
    owner = models.ForeignKey(
        OWNER, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reminded = models.DateField(null=True, blank=True)
    ending = models.CharField(max_length=12, choices=RenewalEnd, blank=True)
    line = models.CharField(max_length=300, blank=True)
    settled = models.DateField(null=True, blank=True)

    class Meta:
        """By the day."""

        ordering = ("day", "pk")

    def __str__(self) -> str:
        """Give the day."""
        return self.day.isoformat()


class PayLine(Thing):
    """Who pays for what in which school year; an amount only as somebody wrote it."""

    partnership = models.ForeignKey(
        Partnership, models.CASCADE, related_name="pay_lines"
    )
    year = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=200)
    payer = models.CharField(max_length=120)
    amount = models.CharField(max_length=80, blank=True)
    by = by_somebody()

    class Meta:
        """By year."""

        ordering = ("year", "what", "pk")

    def __str__(self) -> str:
        """Say who pays for what."""
        return f"{self.what}: {self.payer}"

    @property
    def year_name(self) -> str:
        """Write the school year."""
        return name_year(self.year)
