"""Reading groups, always for somebody."""

import uuid

from django.db.models import Prefetch, Q, QuerySet

from commonroot.domain.network.models import Group, Membership, Person, Place, Role
from commonroot.domain.network.queries import held_now
from commonroot.domain.network.rules import KEEP_GROUPS, SEE_PEOPLE
from commonroot.domain.network.sight import places_where, today


def current_memberships() -> QuerySet[Membership]:
    """List the memberships of today, by the person's name."""
    day = today()
    return (
        Membership.objects.filter(
            Q(last__isnull=True) | Q(last__gte=day), first__lte=day
        )
        .select_related("person")
        .order_by("person__name")
    )


def groups_seen_by(viewer: Person, place: Place) -> QuerySet[Group]:
    """List the groups of a place whose people somebody may see, with their members."""
    return show_members(
        Group.objects.filter(place=place, place__in=places_where(viewer, SEE_PEOPLE))
    )


def show_members(groups: QuerySet[Group]) -> QuerySet[Group]:
    """Read the members of today with the groups."""
    return groups.prefetch_related(
        Prefetch("memberships", current_memberships(), to_attr="members")
    )


def find_group(viewer: Person, key: uuid.UUID, *, to_keep: bool) -> Group | None:
    """Find a group that somebody may see, or keep."""
    rule = KEEP_GROUPS if to_keep else SEE_PEOPLE
    groups = Group.objects.filter(pk=key, place__in=places_where(viewer, rule))
    return show_members(groups).select_related("place").first()


def find_membership(
    viewer: Person, group: uuid.UUID, person: uuid.UUID
) -> Membership | None:
    """Find somebody's membership of today in a group that the viewer may keep."""
    return (
        current_memberships()
        .filter(group=group, person=person)
        .filter(group__place__in=places_where(viewer, KEEP_GROUPS))
        .select_related("group__place", "person")
        .first()
    )


def people_for(group: Group) -> QuerySet[Person]:
    """List who could be a member: whoever holds a role at the place or within, and is none yet."""
    roles = held_now(Role.objects.filter(place__surroundings__around=group.place_id))
    members = current_memberships().filter(group=group).values("person")
    return (
        Person.objects.filter(roles__in=roles, is_active=True)
        .exclude(pk__in=members)
        .distinct()
    )
