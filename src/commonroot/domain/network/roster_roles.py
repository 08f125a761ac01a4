"""What would become of the roles of a roster: never more than somebody may give by hand."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from commonroot.domain.network.actions import need_to_give
from commonroot.domain.network.choices import PlaceKind, RoleKind
from commonroot.domain.network.models import Person, Place
from commonroot.domain.network.role_words import fits, read_role
from commonroot.domain.network.roster_places import PlannedPlace
from commonroot.domain.network.sight import today
from commonroot.intake.roster import RosterRole


@dataclass
class PlannedRole:
    """What would become of one role. `instead` tells of a role that was not given.

    `with_person` says that it is left out only because the person is.
    """

    told: RosterRole
    place: PlannedPlace | None = None
    kind: RoleKind | None = None
    instead: RoleKind | None = None
    first: dt.date | None = None
    is_known: bool = False
    with_person: bool = False
    reason: str = ""

    @property
    def fate(self) -> str:
        """Say in a word what would become of it."""
        if self.reason:
            return "left_out"
        return "known" if self.is_known else "new"


class RoleGiver:
    """What somebody may give where, asked once for each role and place."""

    def __init__(self, by: Person) -> None:
        self.by = by
        self.answers: dict[tuple[RoleKind, object], bool] = {}

    def may_give(self, kind: RoleKind, place: Place) -> bool:
        """May a role be given at a place?"""
        asked = (kind, place.pk)
        if asked not in self.answers:
            try:
                need_to_give(self.by, kind, place)
                self.answers[asked] = True
            except PermissionDenied:
                self.answers[asked] = False
        return self.answers[asked]


def plan_roles(
    told: Iterable[RosterRole],
    *,
    email: str,
    is_left_out: bool,
    places: Mapping[str, PlannedPlace],
    giver: RoleGiver,
    held: set[tuple[str, str, object]],
) -> Iterator[PlannedRole]:
    """Plan every role of one person; none is given to somebody who is left out."""
    said: set[tuple[object, object]] = set()
    for each in told:
        role = plan_role(each, places.get(each.place), giver)
        same = (role.kind, each.place)
        if email == giver.by.email and not role.reason:
            role.reason = _("Nobody gives a role to themselves.")
        if is_left_out:
            role.reason, role.with_person = _("The person is left out."), True
        elif not role.reason and same in said:
            role.reason = _("Another role of the file is the same here.")
        if not role.reason:
            said.add(same)
            where = role.place.known.pk if role.place and role.place.known else None
            role.is_known = (email, str(role.kind), where) in held
        yield role


def plan_role(
    told: RosterRole, place: PlannedPlace | None, giver: RoleGiver
) -> PlannedRole:
    """Plan one role: never more than whoever gives the roster may give by hand."""
    role = PlannedRole(told, place, first=max(today(), told.first or today()))
    meant = read_role(told.role)
    if place is None or place.reason:
        role.reason = _("Its place is left out, or not named.")
    elif meant is None:
        role.reason = _("Nobody knows what this role means here.")
    elif told.last is not None and told.last < (role.first or today()):
        role.reason = _("It has ended.")
    else:
        role.kind = choose_kind(meant, place, giver)
        role.instead = meant if role.kind not in (meant, None) else None
        if role.kind is None:
            role.reason = _("You may not give this role here.")
    return role


def choose_kind(
    meant: RoleKind, place: PlannedPlace, giver: RoleGiver
) -> RoleKind | None:
    """Choose what is given: what is meant, or less, or nothing."""
    assert place.kind is not None
    for kind in (meant, RoleKind.EDUCATOR):
        fitting = fits(kind, PlaceKind(place.kind))
        if fitting and giver.may_give(kind, place.standing):
            return kind
    return None
