"""Reading places and people, always for somebody."""

import uuid

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from commonroot.domain.network.choices import PlaceKind
from commonroot.domain.network.models import (
    BellPeriod,
    Invitation,
    Person,
    Place,
    Role,
    RosterImport,
    SchoolFile,
    Term,
)
from commonroot.domain.network.rules import (
    IMPORT_ROSTER,
    INVITE,
    KEEP_CALENDAR,
    SEE_PEOPLE,
    SEE_PLACE,
)
from commonroot.domain.network.sight import Rule, current_roles, places_where, today


def places_seen_by(viewer: Person) -> QuerySet[Place]:
    """List the places that somebody may see."""
    return places_where(viewer, SEE_PLACE).select_related("above", "county")


def find_place(viewer: Person, key: uuid.UUID, rule: Rule = SEE_PLACE) -> Place | None:
    """Find a place at which a rule holds for somebody; None hides that there is one."""
    return (
        places_where(viewer, rule)
        .select_related("above", "county")
        .filter(pk=key)
        .first()
    )


def roles_seen_by(viewer: Person, place: Place) -> QuerySet[Role]:
    """List the current roles at a place, if its people may be seen."""
    if not places_where(viewer, SEE_PEOPLE).filter(pk=place.pk).exists():
        return Role.objects.none()
    return held_now(place.roles.all()).order_by("person__name").select_related("person")


def held_now(roles: QuerySet[Role]) -> QuerySet[Role]:
    """Keep the roles that are held today."""
    day = today()
    return roles.filter(first__lte=day).exclude(last__lt=day)


def people_seen_by(viewer: Person) -> QuerySet[Person]:
    """List the people with a role at a place whose people somebody may see."""
    places = places_where(viewer, SEE_PEOPLE)
    roles = held_now(Role.objects.filter(place__in=places)).select_related("place")
    return (
        Person.objects.filter(roles__in=roles, is_active=True)
        .distinct()
        .prefetch_related(Prefetch("roles", queryset=roles, to_attr="roles_seen"))
    )


def invitations_seen_by(viewer: Person) -> QuerySet[Invitation]:
    """List the invitations that wait for an answer, at places where one may invite."""
    return Invitation.objects.filter(
        accepted=None,
        expires__gt=timezone.now(),
        place__in=places_where(viewer, INVITE),
    ).select_related("place")


def rosters_seen_by(viewer: Person, place: Place) -> QuerySet[RosterImport]:
    """List the rosters that were given at a place, without what they say."""
    return (
        RosterImport.objects.filter(
            place=place, place__in=places_where(viewer, IMPORT_ROSTER)
        )
        .select_related("by")
        .defer("draft")
    )


def find_roster(viewer: Person, key: uuid.UUID) -> RosterImport | None:
    """Find a roster at a place for which somebody may give one."""
    return (
        RosterImport.objects.filter(
            pk=key, place__in=places_where(viewer, IMPORT_ROSTER)
        )
        .select_related("place", "by")
        .first()
    )


def find_school_file(viewer: Person, key: uuid.UUID) -> SchoolFile | None:
    """Find a file of a school whose calendar somebody may keep."""
    return (
        SchoolFile.objects.filter(
            pk=key, school__in=places_where(viewer, KEEP_CALENDAR)
        )
        .select_related("school", "by")
        .first()
    )


def find_term(viewer: Person, key: uuid.UUID) -> Term | None:
    """Find a term of a school whose calendar somebody may keep."""
    return (
        Term.objects.filter(
            pk=key, school_year__school__in=places_where(viewer, KEEP_CALENDAR)
        )
        .select_related("school_year__school")
        .first()
    )


def find_bell_period(viewer: Person, key: uuid.UUID) -> BellPeriod | None:
    """Find a bell period of a school whose calendar somebody may keep."""
    return (
        BellPeriod.objects.filter(
            pk=key, school__in=places_where(viewer, KEEP_CALENDAR)
        )
        .select_related("school")
        .first()
    )


def read_bells_of(school: Place) -> dict[str, str]:
    """Read a school's bell schedule as a mapping has it: name and "08:00-08:50"."""
    return {each.name: each.span for each in school.bell_periods.all()}


def list_counties(place: Place) -> QuerySet[Place]:
    """List the counties of the region that a place lies in."""
    around = place.surroundings.values("around")
    return Place.objects.filter(kind=PlaceKind.COUNTY, above__in=around)


def list_above(place: Place) -> list[Place]:
    """List the places around a place, the widest first."""
    found = []
    above = place.above
    while above is not None:
        found.append(above)
        above = above.above
    return found[::-1]


def networks_of(viewer: Person) -> QuerySet[Place]:
    """List the places at the top of the networks in which somebody has a role."""
    places = [role.place_id for role in current_roles(viewer)]
    return Place.objects.filter(above=None, contents__place__in=places).distinct()
