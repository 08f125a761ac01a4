"""Whose voices a team has, beside who works and studies in its school. Never a score."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet

from commonroot.domain.network.choices import MemberKind, RoleKind, Shift
from commonroot.domain.network.group_queries import current_memberships
from commonroot.domain.network.models import Group, Person, Place, Role
from commonroot.domain.network.queries import held_now
from commonroot.domain.network.rules import INVITE, SEE_PEOPLE
from commonroot.domain.network.sight import places_where
from commonroot.domain.teams.models import Wish

VOICES = {
    RoleKind.PRINCIPAL: MemberKind.ADMINISTRATOR,
    RoleKind.EDUCATOR: MemberKind.LICENSED,
    RoleKind.CAREGIVER_LEAD: MemberKind.CAREGIVER,
}


@dataclass(frozen=True)
class Area:
    """A part of the school or of the day in which people of one kind work.

    `members` are those of them who are on the team.
    """

    name: str
    members: list[str]


@dataclass(frozen=True)
class Seat:
    """One kind of member: who is on the team, and who works in the school.

    `others` are people with a role here whom the viewer may see and who are not on the
    team; `areas` are departments of the school, `shifts` the times of day at which people
    of this kind work, as far as that is written down; `wish` is when the team asked for one.
    """

    kind: MemberKind
    members: list[str]
    areas: list[Area] = field(default_factory=list)
    shifts: list[Area] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    wish: Wish | None = None

    @property
    def is_missing(self) -> bool:
        """Say whether nobody on the team brings this voice."""
        return not self.members


def compare_seats(viewer: Person, team: Group) -> list[Seat]:
    """Set a team's members beside the voices that its school has, as the viewer may see them."""
    roles = list(roles_within(team.place))
    members = list(current_memberships().filter(group=team))
    known = {each.person_id: find_voice(each.person_id, roles) for each in members}
    voices = {
        each.person_id: each.member_kind or known[each.person_id] for each in members
    }
    names = {each.person_id: each.person.name for each in members}
    seen = set(places_where(viewer, SEE_PEOPLE).values_list("pk", flat=True))
    wishes = {wish.member_kind: wish for wish in team.wishes.all()}
    return [
        Seat(
            kind,
            [names[key] for key, voice in voices.items() if voice == kind],
            list_areas(team.place, [r for r in roles if read_voice(r) == kind], names),
            list_shifts([r for r in roles if read_voice(r) == kind], names),
            sorted(
                {
                    role.person.name
                    for role in roles
                    if read_voice(role) == kind
                    and role.person_id not in voices
                    and role.place_id in seen
                }
            ),
            wishes.get(kind.value),
        )
        for kind in MemberKind
    ]


def roles_within(place: Place) -> QuerySet[Role]:
    """List the roles of today at a school and in its departments."""
    roles = Role.objects.filter(
        place__surroundings__around=place, person__is_active=True
    )
    return held_now(roles).select_related("person", "place")


def read_voice(role: Role) -> str:
    """Read whose voice a role brings; nothing where it does not say."""
    return role.member_kind or VOICES.get(RoleKind(role.kind), "")


def find_voice(person: uuid.UUID, roles: Iterable[Role]) -> str:
    """Find whose voice somebody brings, out of their roles."""
    found = (read_voice(role) for role in roles if role.person_id == person)
    return next((voice for voice in found if voice), "")


def list_areas(
    place: Place, roles: list[Role], names: dict[uuid.UUID, str]
) -> list[Area]:
    """List the departments in which roles are held, with who of the team works there."""
    areas: dict[str, list[str]] = {}
    for role in roles:
        if role.place_id != place.pk:
            there = areas.setdefault(role.place.name, [])
            if role.person_id in names:
                there.append(names[role.person_id])
    return [Area(name, sorted(there)) for name, there in sorted(areas.items())]


def list_shifts(roles: list[Role], names: dict[uuid.UUID, str]) -> list[Area]:
    """List the times of day at which roles are held, with who of the team works then."""
    return [
        Area(
            str(shift.label),
            sorted(
                {
                    names[role.person_id]
                    for role in roles
                    if role.shift == shift and role.person_id in names
                }
            ),
        )
        for shift in Shift
        if any(role.shift == shift for role in roles)
    ]


def list_inviters(team: Group) -> list[Person]:
    """List who may invite somebody to the school: its principal, else the nearest who may."""
    around = list(team.place.surroundings.values_list("around", flat=True))
    roles = held_now(
        Role.objects.filter(
            place__in=around,
            kind__in=INVITE.here | INVITE.within,
            person__is_active=True,
        )
    ).select_related("person")
    ranks = (
        [
            each
            for each in roles
            if each.kind in INVITE.here and each.place_id == team.place_id
        ],
        [each for each in roles if each.kind == RoleKind.DISTRICT_LEADER],
        [each for each in roles if each.kind in INVITE.within],
    )
    nearest: list[Role] = next((rank for rank in ranks if rank), [])
    return list({each.person_id: each.person for each in nearest}.values())
