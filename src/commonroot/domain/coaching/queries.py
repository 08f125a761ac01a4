"""Reading visits, always for somebody. Whoever is not one of the two finds none."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from commonroot.domain.coaching.choices import VisitState
from commonroot.domain.coaching.models import Visit, VisitNote
from commonroot.domain.coaching.rules import (
    BE_VISITED,
    SEE_SHOWN_FOCUS,
    SEE_VISIT_COUNTS,
    VISIT,
)
from commonroot.domain.network.models import Person, Place, Role
from commonroot.domain.network.queries import held_now
from commonroot.domain.network.sight import current_roles, places_where


def visits_of(viewer: Person) -> QuerySet[Visit]:
    """List one's own visits: as a coach where one coaches now, as a teacher for as long as
    one has an account, so that whoever has left can still read and erase their words.
    """
    if not viewer.is_active:
        return Visit.objects.none()
    coached = places_where(viewer, VISIT).values("pk")
    return Visit.objects.filter(
        Q(pair__coach=viewer, school__in=coached) | Q(pair__teacher=viewer)
    ).select_related("pair__coach", "pair__teacher", "school", "asked_by")


def visits_at_work(viewer: Person) -> QuerySet[Visit]:
    """List the visits that somebody takes part in: one's own, as long as one has a role."""
    own = visits_of(viewer)
    return own if current_roles(viewer).exists() else own.none()


def find_following(visit: Visit) -> Visit | None:
    """Find the visit in which the two look again: one that may come about, or did."""
    states = (VisitState.ASKED, VisitState.AGREED, VisitState.HELD)
    return visit.followed_by.filter(state__in=states).order_by("-day").first()


def find_visit(viewer: Person, key: uuid.UUID) -> Visit | None:
    """Find one of one's own visits."""
    return visits_of(viewer).filter(pk=key).first()


def find_own_note(viewer: Person, key: uuid.UUID) -> VisitNote | None:
    """Find a line that one wrote oneself in one of one's own visits."""
    found = VisitNote.objects.filter(
        pk=key, by=viewer, visit__in=visits_of(viewer).values("pk")
    )
    return found.select_related("visit__pair", "visit__school").first()


def list_coaches(school: Place) -> list[Person]:
    """List who may visit at a school now."""
    around = school.surroundings.values("around")
    return list_people(
        held_now(Role.objects.filter(kind__in=VISIT.within, place__in=around))
    )


def list_teachers(viewer: Person) -> list[tuple[Person, Place]]:
    """List the teachers whom somebody may offer a visit, each with their school."""
    roles = held_now(
        Role.objects.filter(
            kind__in=BE_VISITED.here,
            place__in=places_where(viewer, VISIT).values("pk"),
            person__is_active=True,
        )
    ).exclude(person=viewer)
    rows = roles.select_related("person", "place").order_by(
        "place__name", "person__name"
    )
    return list({(role.person, role.place): None for role in rows})


def list_people(roles: QuerySet[Role]) -> list[Person]:
    """List the people who hold roles, each once, by name."""
    people = Person.objects.filter(pk__in=roles.values("person"), is_active=True)
    return list(people.order_by("name"))


def visits_held(around: Place, first: dt.date, last: dt.date) -> QuerySet[Visit]:
    """List the visits held at a place or inside it from one day to another: for counting.

    No name and no word may be told of them.
    """
    return Visit.objects.filter(
        school__surroundings__around=around,
        state=VisitState.HELD,
        day__range=(first, last),
    )


@dataclass(frozen=True)
class VisitMinutes:
    """The minutes of visits by people from outside a school's district, and by its own."""

    outside: int
    own: int


def count_visit_minutes(around: Place, first: dt.date, last: dt.date) -> VisitMinutes:
    """Count the minutes of visits held at a place, by where whoever visited comes from.

    A coach with a role in the school's district, or inside it, on the day of the visit is
    the district's own; everybody else comes from outside.
    """
    role = Role.objects.filter(
        Q(last=None) | Q(last__gte=OuterRef("day")),
        person=OuterRef("pair__coach"),
        place__surroundings__around=OuterRef("school__above"),
        first__lte=OuterRef("day"),
    )
    rows = (
        visits_held(around, first, last)
        .annotate(is_own=Exists(role))
        .order_by()
        .values("is_own")
        .annotate(whole=Sum("minutes"))
    )
    found = {row["is_own"]: row["whole"] for row in rows}
    return VisitMinutes(found.get(False, 0), found.get(True, 0))


def visits_shown_to(viewer: Person, school: Place) -> QuerySet[Visit]:
    """List the visits of which a school's principal may see with whom and what focus.

    Those of teachers who still work there: whoever left is nobody's to look up.
    """
    return (
        Visit.objects.filter(
            school=school,
            school__in=places_where(viewer, SEE_SHOWN_FOCUS),
            is_shown=True,
            state__in=(VisitState.AGREED, VisitState.HELD),
            pair__teacher__in=held_now(Role.objects.filter(place=school)).values(
                "person"
            ),
        )
        .select_related("pair__coach", "pair__teacher")
        .order_by("-day")
    )


@dataclass(frozen=True)
class VisitCount:
    """How many visits a school had from one day to another."""

    school: Place
    visits: int


def count_visits(viewer: Person, first: dt.date, last: dt.date) -> list[VisitCount]:
    """Count the visits held in the schools whose counts somebody may see, by name."""
    schools = places_where(viewer, SEE_VISIT_COUNTS).filter(kind="school")
    held = Q(visits__state=VisitState.HELD, visits__day__range=(first, last))
    rows = Place.objects.filter(pk__in=schools.values("pk")).annotate(
        held=Count("visits", filter=held)
    )
    return [VisitCount(each, each.held) for each in rows.order_by("name")]
