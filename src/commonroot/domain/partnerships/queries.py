"""Reading partnerships, always for somebody; and which schools take part, for counting."""

import datetime as dt
import uuid

from django.db.models import Prefetch, Q, QuerySet

from commonroot.domain.network.choices import PlaceKind
from commonroot.domain.network.models import Person, Place
from commonroot.domain.network.sight import Rule, current_roles, today
from commonroot.domain.partnerships.choices import StepState, UsualStage
from commonroot.domain.partnerships.models import (
    Partnership,
    PayLine,
    ReadinessNote,
    Renewal,
    SchoolPart,
    Stage,
    StageReached,
    Step,
    StepTurn,
    WholeSchool,
)
from commonroot.domain.partnerships.rules import (
    KEEP_PARTNERSHIP,
    KEEP_PAYERS,
    PLAN_PARTNERSHIP,
    SEE_PARTNERSHIP,
    SEE_SCHOOL_PART,
)
from commonroot.domain.partnerships.sides import partnerships_where
from commonroot.domain.partnerships.years import find_autumn


def within_days(first: dt.date, last: dt.date) -> Q:
    """Make the condition that a stretch of days meets the days from a first to a last."""
    return Q(first__lte=last) & (Q(last__isnull=True) | Q(last__gte=first))


def find_partnership(
    viewer: Person, key: uuid.UUID, rule: Rule = SEE_PARTNERSHIP
) -> Partnership | None:
    """Find a partnership that a rule lets somebody see or keep."""
    found = partnerships_where(viewer, rule).filter(pk=key)
    return found.select_related("partner", "district__above").first()


def list_partnerships(viewer: Person) -> QuerySet[Partnership]:
    """List the partnerships that somebody may see, with stages and schools, by district."""
    parts = SchoolPart.objects.select_related("school").prefetch_related("wholes")
    return (
        partnerships_where(viewer, SEE_PARTNERSHIP)
        .select_related("partner", "district")
        .prefetch_related(
            Prefetch("parts", parts),
            Prefetch(
                "stages_reached", StageReached.objects.select_related("stage", "by")
            ),
        )
        .order_by("district__name", "-first_year", "partner__name")
    )


def list_parts_of(school: Place) -> QuerySet[SchoolPart]:
    """List a school's own parts in partnerships, the newest first, for whoever may see them.

    The page asks before whether its reader may see the school's part.
    """
    return (
        SchoolPart.objects.filter(school=school)
        .select_related("partnership__partner", "partnership__district", "school")
        .prefetch_related("wholes", "partnership__stages_reached__stage")
        .order_by("-first")
    )


def list_own_schools(viewer: Person) -> QuerySet[Place]:
    """List the schools that somebody leads, and whose own part they may therefore see."""
    places = [
        role.place_id
        for role in current_roles(viewer)
        if role.kind in SEE_SCHOOL_PART.here
    ]
    return Place.objects.filter(pk__in=places, kind=PlaceKind.SCHOOL)


def find_partnership_of(viewer: Person, district: Place) -> Partnership | None:
    """Find the newest partnership of a district that somebody may see."""
    found = partnerships_where(viewer, SEE_PARTNERSHIP).filter(district=district)
    return found.order_by("-first_year").first()


def list_steps(partnership: Partnership) -> QuerySet[Step]:
    """List the steps of a plan with what became of them, by their day."""
    turns = StepTurn.objects.select_related("by")
    return (
        Step.objects.filter(partnership=partnership)
        .select_related("owner")
        .prefetch_related(Prefetch("turns", turns))
    )


def list_readiness(partnership: Partnership) -> QuerySet[ReadinessNote]:
    """List what was noticed of schools' readiness, by school, the newest first."""
    found = ReadinessNote.objects.filter(partnership=partnership)
    return found.select_related("school", "by")


def find_step(viewer: Person, key: uuid.UUID) -> Step | None:
    """Find a step of a plan that somebody works on."""
    reached = partnerships_where(viewer, PLAN_PARTNERSHIP)
    found = Step.objects.filter(pk=key, partnership__in=reached)
    return found.select_related("partnership__district", "partnership__partner").first()


def find_note(viewer: Person, key: uuid.UUID) -> ReadinessNote | None:
    """Find a readiness note that somebody may take back."""
    reached = partnerships_where(viewer, PLAN_PARTNERSHIP)
    found = ReadinessNote.objects.filter(pk=key, partnership__in=reached)
    return found.select_related("partnership__district", "partnership__partner").first()


def find_stage_reached(viewer: Person, key: uuid.UUID) -> StageReached | None:
    """Find a stage that was reached, for somebody who may take it back."""
    reached = partnerships_where(viewer, KEEP_PARTNERSHIP)
    found = StageReached.objects.filter(pk=key, partnership__in=reached)
    return found.select_related("partnership__district", "partnership__partner").first()


def find_part(viewer: Person, key: uuid.UUID) -> SchoolPart | None:
    """Find a school's part in a partnership that somebody keeps."""
    reached = partnerships_where(viewer, KEEP_PARTNERSHIP)
    found = SchoolPart.objects.filter(pk=key, partnership__in=reached)
    return found.select_related(
        "school", "partnership__district", "partnership__partner"
    ).first()


def find_renewal(viewer: Person, key: uuid.UUID) -> Renewal | None:
    """Find a renewal of a partnership that somebody keeps."""
    reached = partnerships_where(viewer, KEEP_PARTNERSHIP)
    found = Renewal.objects.filter(pk=key, partnership__in=reached)
    return found.select_related("partnership__district", "partnership__partner").first()


def find_pay_line(viewer: Person, key: uuid.UUID) -> PayLine | None:
    """Find a line of who pays for what, for somebody who may take it back."""
    reached = partnerships_where(viewer, KEEP_PAYERS)
    found = PayLine.objects.filter(pk=key, partnership__in=reached)
    return found.select_related("partnership__district", "partnership__partner").first()


def list_stages(network: Place) -> list[Stage]:
    """List a network's stages, the retired too; the usual ones where it has none yet.

    Those that are not kept yet have the keys of the usual stages to be named by.
    """
    kept = list(Stage.objects.filter(network=network))
    return kept or [
        Stage(network=network, position=position, usual=usual)
        for position, usual in enumerate(UsualStage, start=1)
    ]


def number_stages(partnerships: list[Partnership]) -> dict[object, int]:
    """Number the stages of the lists that partnerships go by, each list from one.

    A stage that was taken off its list has no number there.
    """
    reached = StageReached.objects.filter(partnership__in=partnerships)
    numbers: dict[object, int] = {}
    counts: dict[object, int] = {}
    for stage in Stage.objects.filter(
        network__in=reached.values("stage__network"), retired=False
    ):
        counts[stage.network_id] = counts.get(stage.network_id, 0) + 1
        numbers[stage.pk] = counts[stage.network_id]
    return numbers


def list_open(
    partnerships: list[Partnership],
) -> tuple[list[Step], list[Renewal]]:
    """List the open steps and renewals of partnerships, each by its day."""
    steps = Step.objects.filter(partnership__in=partnerships, state=StepState.OPEN)
    renewals = Renewal.objects.filter(partnership__in=partnerships, ending="")
    return list(steps.select_related("owner")), list(renewals.select_related("owner"))


def find_stage_on(partnership: Partnership, on: dt.date) -> StageReached | None:
    """Find the furthest stage that a partnership had reached by a day."""
    reached = [each for each in partnership.stages_reached.all() if each.day <= on]
    return max(reached, key=lambda each: (each.stage.position, each.day), default=None)


def find_whole(part: SchoolPart, on: dt.date | None = None) -> WholeSchool | None:
    """Find since when a school is a whole school partner, if it is on a day."""
    day = on or today()
    return next(
        (
            each
            for each in part.wholes.all()
            if each.first <= day and (each.last is None or each.last >= day)
        ),
        None,
    )


def whole_school_partners(around: Place, on: dt.date) -> QuerySet[Place]:
    """List the whole school partners within a place on a day, by name.

    A school counts once, while it takes part and its partnership's years have not ended.
    """
    days = within_days(on, on)
    wholes = WholeSchool.objects.filter(
        days,
        part__in=SchoolPart.objects.filter(days),
        part__partnership__first_year__lte=find_autumn(on),
        part__partnership__last_year__gte=find_autumn(on),
    )
    return Place.objects.filter(
        surroundings__around=around, parts_in_partnerships__wholes__in=wholes
    ).distinct()


def schools_served(around: Place, first: dt.date, last: dt.date) -> QuerySet[Place]:
    """List the schools within a place that took part on some day of a stretch, by name.

    Each counts once, whatever its parts, and only in its partnership's years.
    """
    parts = SchoolPart.objects.filter(
        within_days(first, last),
        partnership__first_year__lte=find_autumn(last),
        partnership__last_year__gte=find_autumn(first),
    )
    return Place.objects.filter(
        surroundings__around=around, parts_in_partnerships__in=parts
    ).distinct()
