"""Reading paths and their evidence, always for somebody."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from commonroot.domain.learning.choices import Part
from commonroot.domain.learning.models import (
    Attendance,
    Facilitation,
    Seat,
    Session,
    Workshop,
)
from commonroot.domain.learning.path_models import (
    IssuedBadge,
    Path,
    PathReflection,
    PathStage,
    Signature,
)
from commonroot.domain.learning.path_rules import SEE_AGREED_PATHS, SEE_PATHS
from commonroot.domain.network.choices import PlaceKind
from commonroot.domain.network.models import Person, Place, Role
from commonroot.domain.network.queries import held_now
from commonroot.domain.network.sight import current_roles, places_where

TWO_YEARS = dt.timedelta(days=2 * 366)
NEEDS = ("attended", "co_facilitated", "led_with_others", "led_alone", "mentored")


@dataclass(frozen=True)
class Taught:
    """One session that somebody taught: what, in which part, with whom, how long."""

    day: dt.date
    workshop: str
    part: Part
    beside: tuple[str, ...]
    minutes: int


@dataclass(frozen=True)
class Evidence:
    """What the records say of somebody's way, as counts and one by one."""

    counts: Mapping[str, int]
    taught: Sequence[Taught]
    attended_minutes: int

    def meets(self, stage: PathStage) -> bool:
        """Say whether the records hold what a stage asks for."""
        return all(self.counts[need] >= getattr(stage, need) for need in NEEDS)


def gather_evidence(person: Person) -> Evidence:
    """Gather what sessions say of somebody: those that were held alone."""
    own = Facilitation.objects.filter(
        person=person, session__held__isnull=False
    ).select_related("session__series__workshop")
    others = defaultdict(list)
    for each in (
        Facilitation.objects.filter(session__in=own.values("session"))
        .exclude(person=person)
        .exclude(part=Part.OBSERVER)
        .select_related("person")
    ):
        others[each.session_id].append(each.person.name)
    taught = [
        Taught(
            each.session.day,
            str(each.session.series),
            Part(each.part),
            tuple(sorted(others[each.session_id])),
            each.session.minutes,
        )
        for each in own.order_by("-session__day")
    ]
    present = Attendance.objects.filter(
        seat__person=person, session__held__isnull=False
    )
    led = [each for each in taught if each.part == Part.LEAD]
    counts = {
        "attended": present.count(),
        "co_facilitated": sum(each.part == Part.CO_FACILITATOR for each in taught),
        "led_with_others": sum(bool(each.beside) for each in led),
        "led_alone": sum(not each.beside for each in led),
        "mentored": count_mentored(person),
    }
    minutes = present.aggregate(whole=Sum("minutes"))["whole"] or 0
    return Evidence(counts, taught, minutes)


def count_mentored(person: Person) -> int:
    """Count those whom somebody went along with to a stage that both signed."""
    own = Signature.objects.filter(
        path=OuterRef("path"),
        stage=OuterRef("stage"),
        by=OuterRef("path__person"),
        taken_back=None,
    )
    signed = Signature.objects.filter(
        Exists(own), by=person, as_mentor=True, taken_back=None
    )
    return signed.values("path").distinct().count()


def paths_of(viewer: Person) -> QuerySet[Path]:
    """List the paths that somebody walks, or goes along with as a mentor."""
    if not current_roles(viewer).exists():
        return Path.objects.none()
    return Path.objects.filter(Q(person=viewer) | Q(mentor=viewer)).select_related(
        "person", "mentor", "region"
    )


def find_path(viewer: Person, key: uuid.UUID) -> Path | None:
    """Find a path of one's own, or that one mentors."""
    return paths_of(viewer).filter(pk=key).first()


def paths_planned_by(viewer: Person) -> QuerySet[Path]:
    """List the paths that a director plans with."""
    return Path.objects.filter(
        region__in=places_where(viewer, SEE_PATHS)
    ).select_related("person", "mentor", "region")


def find_planned(viewer: Person, key: uuid.UUID) -> Path | None:
    """Find a path that a director plans with."""
    return paths_planned_by(viewer).filter(pk=key).first()


def paths_agreed_for(viewer: Person) -> QuerySet[Path]:
    """List the paths of one's own staff who agreed that their employer may see it."""
    places = places_where(viewer, SEE_AGREED_PATHS)
    staff = held_now(
        Role.objects.filter(
            place__in=places,
            person=OuterRef("person"),
            first__lte=OuterRef("employer_agreed"),
        )
    )
    return Path.objects.filter(Exists(staff), employer_may_see=True).select_related(
        "person", "mentor", "region"
    )


def reflections_seen_by(viewer: Person, path: Path) -> QuerySet[PathReflection]:
    """List the reflections of a path: for a mentor those since they go along."""
    found = path.reflections.select_related("by")
    if viewer.pk == path.mentor_id and viewer.pk != path.person_id:
        return found.filter(Q(by=viewer) | Q(at__gte=path.mentored_since))
    return found


def list_stages(region: Place) -> QuerySet[PathStage]:
    """List the stages of a region in their order."""
    return PathStage.objects.filter(region=region)


@dataclass(frozen=True)
class Standing:
    """A stage of a path: who signed it, and whether the records hold what it asks for."""

    stage: PathStage
    person_signed: Signature | None
    mentor_signed: Signature | None
    has_evidence: bool

    @property
    def is_reached(self) -> bool:
        """Say whether both signed it."""
        return self.person_signed is not None and self.mentor_signed is not None


def list_standing(path: Path, evidence: Evidence) -> list[Standing]:
    """List the stages of a path with what both signed."""
    standing = list(path.signatures.filter(taken_back=None).select_related("by"))

    def find(stage: PathStage, *, as_mentor: bool) -> Signature | None:
        return next(
            (
                each
                for each in standing
                if each.stage_id == stage.pk and each.as_mentor == as_mentor
            ),
            None,
        )

    return [
        Standing(
            stage,
            find(stage, as_mentor=False),
            find(stage, as_mentor=True),
            evidence.meets(stage),
        )
        for stage in list_stages(path.region)
    ]


@dataclass(frozen=True)
class Ready:
    """Where somebody stands, and whether the evidence for the next stage is there."""

    path: Path
    reached: PathStage | None
    following: PathStage | None
    is_ready: bool


def tell_ready(path: Path) -> Ready:
    """Tell what somebody reached, and whether they are ready for what follows."""
    stages = list_standing(path, gather_evidence(path.person))
    reached, following, is_ready = None, None, False
    for each in stages:
        if each.is_reached:
            reached = each.stage
            continue
        following, is_ready = each.stage, each.has_evidence
        break
    return Ready(path, reached, following, is_ready)


def sessions_without_lead(
    places: Collection[Place] | QuerySet[Place], on: dt.date
) -> QuerySet[Session]:
    """List the coming sessions of places that nobody leads yet."""
    led = Facilitation.objects.filter(part=Part.LEAD).values("session")
    return (
        Session.objects.filter(day__gte=on, held=None, series__place__in=places)
        .exclude(series__state="called_off")
        .exclude(pk__in=led)
        .select_related("series__workshop", "series__place")
    )


def workshops_without_lead(places: QuerySet[Place], on: dt.date) -> QuerySet[Workshop]:
    """List the workshops that nobody led within two years, and nobody is to lead."""
    led = Facilitation.objects.filter(part=Part.LEAD).filter(
        Q(session__held__isnull=False, session__day__gt=on - TWO_YEARS)
        | Q(session__held=None, session__day__gte=on)
    )
    return (
        Workshop.objects.filter(place__in=places)
        .exclude(pk__in=led.values("session__series__workshop"))
        .select_related("place")
    )


def count_held_minutes(seat: Seat) -> int:
    """Count the minutes that somebody was in the sessions of a series that were held."""
    present = seat.attendances.filter(session__held__isnull=False)
    return present.aggregate(whole=Sum("minutes"))["whole"] or 0


def list_void_numbers() -> list[int]:
    """List the numbers of badges that no longer count.

    Those that were taken back, and those that say more than the records do now.
    """
    held = (
        Attendance.objects.filter(seat=OuterRef("seat"), session__held__isnull=False)
        .order_by()
        .values("seat")
        .annotate(whole=Sum("minutes"))
        .values("whole")
    )
    issued = IssuedBadge.objects.annotate(now=Coalesce(Subquery(held), 0))
    void = issued.filter(Q(revoked__isnull=False) | Q(now__lt=F("minutes")))
    return list(void.order_by("number").values_list("number", flat=True))


def districts_on_one(
    places: QuerySet[Place], on: dt.date
) -> list[tuple[Place, Person]]:
    """List the districts whose people one person alone taught in the last year.

    By what was held for a district, and by where people came from to what was held for
    more than one.
    """
    led = Facilitation.objects.filter(
        part=Part.LEAD,
        session__held__isnull=False,
        session__day__gt=on - dt.timedelta(days=365),
        session__day__lte=on,
    )
    leads = defaultdict(set)
    for around in (
        "session__series__place__surroundings__around",
        "session__attendances__seat__school__surroundings__around",
    ):
        inside = {
            f"{around}__kind": PlaceKind.DISTRICT,
            f"{around}__in": places.values("pk"),
        }
        rows = led.filter(**inside).values_list(around, "person").distinct()
        for district, person in rows:
            leads[district].add(person)
    alone = {
        district: people.copy().pop()
        for district, people in leads.items()
        if len(people) == 1
    }
    names = Person.objects.in_bulk(alone.values())
    found = Place.objects.filter(pk__in=alone, kind=PlaceKind.DISTRICT).order_by("name")
    return [(district, names[alone[district.pk]]) for district in found]


def seats_of(viewer: Person) -> list[tuple[Seat, float]]:
    """List the seats in which somebody was present at all, with their hours, by workshop."""
    seats = (
        Seat.objects.filter(person=viewer, attendances__session__held__isnull=False)
        .select_related("series__workshop", "series__place")
        .annotate(minutes=Sum("attendances__minutes"))
        .order_by("series__workshop__name", "pk")
    )
    return [(each, round(each.minutes / 60, 1)) for each in seats]


def find_badge_seat(viewer: Person, key: uuid.UUID) -> Seat | None:
    """Find the seat of a badge of one's own, also after one's last role, to take it back."""
    found = Seat.objects.filter(pk=key, person=viewer, issued_badge__isnull=False)
    return found.select_related("series__workshop", "series__place").first()


def find_attended_seat(viewer: Person, key: uuid.UUID) -> Seat | None:
    """Find a series that one attended oneself, by one's seat in it."""
    if not current_roles(viewer).exists():
        return None
    found = Seat.objects.filter(
        pk=key, person=viewer, attendances__session__held__isnull=False
    )
    return found.select_related("series__workshop", "series__place").first()
