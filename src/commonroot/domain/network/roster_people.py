"""What would become of the people of a roster."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from commonroot.domain.network.models import Person, Place, Role
from commonroot.domain.network.roster_places import LONGEST_NAME, PlannedPlace
from commonroot.domain.network.roster_roles import PlannedRole, RoleGiver, plan_roles
from commonroot.domain.network.sight import today
from commonroot.intake.labels import label_key
from commonroot.intake.roster import RosterPerson

LONGEST_EMAIL = 254
PIECE = 1_000


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
        person.roles = list(
            plan_roles(
                person.told.roles,
                email=person.email,
                is_left_out=bool(person.reason) or not person.told.active,
                places=places,
                giver=giver,
                held=held,
            )
        )
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
