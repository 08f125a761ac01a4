"""Reading paths, badges and who may teach what, always for somebody."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection

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
)
from commonroot.domain.learning.path_rules import SEE_AGREED_PATHS, SEE_PATHS
from commonroot.domain.network.choices import PlaceKind
from commonroot.domain.network.models import Person, Place, Role
from commonroot.domain.network.queries import held_now
from commonroot.domain.network.sight import current_roles, places_where

TWO_YEARS = dt.timedelta(days=2 * 366)


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
