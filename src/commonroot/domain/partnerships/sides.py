"""Both sides of a partnership: why somebody may see or do something there."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet

from commonroot.domain.network.choices import PlaceKind
from commonroot.domain.network.models import Person, Place, Role
from commonroot.domain.network.queries import held_now
from commonroot.domain.network.sight import Rule, find_reason, places_where
from commonroot.domain.partnerships.models import Partnership


def partnerships_where(viewer: Person, rule: Rule) -> QuerySet[Partnership]:
    """List the partnerships that a rule reaches, from the district's side or the partner's."""
    places = places_where(viewer, rule).values("pk")
    return Partnership.objects.filter(Q(district__in=places) | Q(partner__in=places))


def find_part_reason(person: Person, rule: Rule, partnership: Partnership) -> str:
    """Say why somebody may do this with a partnership; empty when they may not."""
    sides = (partnership.district, partnership.partner)
    reasons = (find_reason(person, rule, side) for side in sides)
    return next((str(reason) for reason in reasons if reason), "")


def need_part_reason(by: Person, rule: Rule, partnership: Partnership) -> str:
    """Say why somebody may do this with a partnership; raises PermissionDenied otherwise."""
    reason = find_part_reason(by, rule, partnership)
    if not reason:
        raise PermissionDenied
    return reason


def list_people_who(rule: Rule, partnership: Partnership) -> list[Person]:
    """List the people of both sides whom a rule lets do something, by name."""
    sides = [partnership.district_id, partnership.partner_id]
    around = Q(place__contents__place__in=sides, kind__in=rule.within)
    here = Q(place__in=sides, kind__in=rule.here)
    roles = held_now(Role.objects.filter(around | here, person__is_active=True))
    return list(Person.objects.filter(roles__in=roles).distinct())


def find_network(district: Place) -> Place:
    """Find whose list of stages holds for a district: its region's, else the widest place's."""
    around = Place.objects.filter(contents__place=district).exclude(
        kind=PlaceKind.PARTNER
    )
    region = around.filter(kind=PlaceKind.REGION).first()
    return region or around.filter(above=None).first() or district


def list_partners(district: Place) -> QuerySet[Place]:
    """List who a district may have a partnership with: partner organizations, its regions."""
    return Place.objects.filter(
        Q(kind=PlaceKind.PARTNER) | Q(kind=PlaceKind.REGION, contents__place=district)
    ).distinct()


def list_schools(district: Place) -> QuerySet[Place]:
    """List the schools of a district, by name."""
    return Place.objects.filter(
        kind=PlaceKind.SCHOOL, surroundings__around=district
    ).order_by("name")
