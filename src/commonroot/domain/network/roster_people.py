"""What would become of the people of a roster, and of their roles."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from commonroot.domain.network.actions import need_to_give
from commonroot.domain.network.choices import PlaceKind, RoleKind
from commonroot.domain.network.models import Person, Place, Role
from commonroot.domain.network.role_words import fits, read_role
from commonroot.domain.network.roster_places import LONGEST_NAME, PlannedPlace
from commonroot.domain.network.sight import today
from commonroot.intake.labels import label_key
from commonroot.intake.roster import RosterPerson, RosterRole

LONGEST_EMAIL = 254
PIECE = 1_000


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


@dataclass
class PlannedPerson:
    """What would become of one person. `ending` are roles that would end."""

    told: RosterPerson
    email: str = ""
    known: Person | None = None
    roles: list[PlannedRole] = field(default_factory=list)
    ending: list[Role] = field(default_factory=list)
    reason: str = ""

    @property
    def fate(self) -> str:
        """Say in a word what would become of them."""
        if self.reason:
            return "left_out"
        return "known" if self.known else "new"


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


def plan_people(
    people: Iterable[RosterPerson],
    places: Mapping[str, PlannedPlace],
    by: Person,
    scope: Place,
) -> list[PlannedPerson]:
    """Plan everybody, each by their e-mail."""
    planned = [plan_person(each) for each in people]
    refuse_twins(planned)
    find_known(planned)
    giver = RoleGiver(by)
    held = find_held(planned)
    ending = find_ending(planned, scope)
    for person in planned:
        person.roles = list(plan_roles(person, places, giver, held))
        if not person.told.active and not person.reason:
            person.reason = _("The file says that they no longer work there.")
            person.ending = ending.get(person.email, [])
        elif not person.reason and all(role.reason for role in person.roles):
            person.reason = _("They have no role that can be given here.")
    return planned


def plan_person(told: RosterPerson) -> PlannedPerson:
    """Plan one person by themselves."""
    email = (told.email or "").lower()
    planned = PlannedPerson(told, email)
    if not email:
        planned.reason = _("There is no e-mail to know them by.")
    elif not told.name or len(told.name) > LONGEST_NAME:
        planned.reason = _("Their name is missing, or longer than 120 letters.")
    elif not is_email(email):
        planned.reason = _("The e-mail cannot be one.")
    return planned


def is_email(email: str) -> bool:
    """Can letters be sent to this address?"""
    try:
        validate_email(email)
    except ValidationError:
        return False
    return len(email) <= LONGEST_EMAIL


def refuse_twins(planned: list[PlannedPerson]) -> None:
    """Put rows of one person together; leave out another person with the same e-mail."""
    first: dict[str, PlannedPerson] = {}
    for person in planned:
        if person.reason:
            continue
        earlier = first.setdefault(person.email, person)
        if earlier is person:
            continue
        if label_key(earlier.told.name) != label_key(person.told.name):
            person.reason = _("Somebody else in the file has this e-mail.")
        elif earlier.told.active and not person.told.active:
            person.reason = _("Another row says that they work there.")
        elif person.told.active and not earlier.told.active:
            earlier.reason = _("Another row says that they work there.")
            first[person.email] = person
        else:
            put_together(earlier, person)


def put_together(kept: PlannedPerson, again: PlannedPerson) -> None:
    """Give the roles of a person's second row to the first."""
    roles = kept.told.roles + again.told.roles
    kept.told = replace(kept.told, roles=roles)
    again.told = replace(again.told, roles=())
    again.reason = _("Another row is of the same person, and has these roles now.")


def find_known(planned: Iterable[PlannedPerson]) -> None:
    """Find who is known already; an account that was closed stays closed."""
    asked = [person for person in planned if not person.reason]
    emails = sorted({person.email for person in asked})
    known: dict[str, Person] = {}
    for start in range(0, len(emails), PIECE):
        piece = emails[start : start + PIECE]
        known |= {each.email: each for each in Person.objects.filter(email__in=piece)}
    for person in asked:
        person.known = known.get(person.email)
        if person.known is not None and not person.known.is_active:
            person.reason = _("Their account here is closed.")


def find_held(planned: Iterable[PlannedPerson]) -> set[tuple[str, str, object]]:
    """Find the roles, now and later, of those who are known: e-mail, kind and place."""
    people = [person.known.pk for person in planned if person.known]
    held: set[tuple[str, str, object]] = set()
    for start in range(0, len(people), PIECE):
        roles = Role.objects.filter(person__in=people[start : start + PIECE])
        held |= set(
            roles.exclude(last__lt=today()).values_list(
                "person__email", "kind", "place"
            )
        )
    return held


def find_ending(
    planned: Iterable[PlannedPerson], scope: Place
) -> dict[str, list[Role]]:
    """Find the roles that a roster gave to those who no longer work there."""
    gone = {
        person.email
        for person in planned
        if not (person.told.active or person.reason) and person.known
    }
    found: dict[str, list[Role]] = {}
    given = Role.objects.filter(
        person__email__in=gone,
        given_by_roster__isnull=False,
        place__surroundings__around=scope,
    ).exclude(last__lt=today())
    for role in given.select_related("person", "place"):
        found.setdefault(role.person.email, []).append(role)
    return found


def plan_roles(
    person: PlannedPerson,
    places: Mapping[str, PlannedPlace],
    giver: RoleGiver,
    held: set[tuple[str, str, object]],
) -> Iterator[PlannedRole]:
    """Plan every role of one person."""
    said: set[tuple[object, object]] = set()
    for told in person.told.roles:
        role = plan_role(told, places.get(told.place), giver)
        same = (role.kind, told.place)
        if person.reason or not person.told.active:
            role.reason, role.with_person = _("The person is left out."), True
        elif not role.reason and same in said:
            role.reason = _("Another role of the file is the same here.")
        if not role.reason:
            said.add(same)
            where = role.place.known.pk if role.place and role.place.known else None
            role.is_known = (person.email, str(role.kind), where) in held
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
