"""Who is of the staff, who is a student, and what everybody does where."""

from collections.abc import Container
from dataclasses import dataclass, field

from commonroot.intake.roster.checks import Row, read_email
from commonroot.intake.roster.records import RosterPerson, RosterRole, Unread
from commonroot.intake.roster.references import split_keys
from commonroot.intake.roster.rules import Breaches
from commonroot.intake.roster.standard import EXTENSION

STUDENT = "student"
FAMILY = ("guardian", "parent", "relative")


@dataclass
class RoleBook:
    """What is known of everybody's roles, by the key of the user.

    Whoever is a student in any row is a student, whatever else they are.
    """

    seen: set[str] = field(default_factory=set)
    students: set[str] = field(default_factory=set)
    staff: dict[str, list[RosterRole]] = field(default_factory=dict)
    primaries: set[tuple[str, str]] = field(default_factory=set)
    dropped: set[Unread] = field(default_factory=set)

    def note_student(self, row: Row) -> None:
        """Note who a row of roles.csv or users.csv speaks of, be it usable or not."""
        user = row.text("userSourcedId") or row.key
        if row.text("role"):
            self.seen.add(user)
        if row.text("role").casefold() == STUDENT:
            self.students.add(user)

    def note(self, file: str, user: str, role: str) -> bool:
        """Note somebody's role; is it one of the staff?"""
        if role in FAMILY:
            self.dropped.add(Unread(file, "family"))
        elif role.startswith(EXTENSION):
            self.dropped.add(Unread(file, "extension"))
        elif role != STUDENT:
            self.staff.setdefault(user, [])
            return True
        return False

    def take_role(self, row: Row, found: Breaches) -> None:
        """Take a row of roles.csv."""
        user, place = row.text("userSourcedId"), row.text("orgSourcedId")
        role = row.text("role")
        is_staff = self.note(row.standard.file, user, role)
        if row.deleted:
            return
        if row.cells["roleType"] == "primary":
            if (user, place) in self.primaries:
                found.add(row.standard.file, row.number, "primary-twice")
            self.primaries.add((user, place))
        if is_staff:
            days = row.day("beginDate"), row.day("endDate")
            self.staff[user].append(RosterRole(role, place, *days))

    def take_user(self, row: Row) -> None:
        """Take the role and the places that a row of users.csv has in 1.1."""
        role = row.text("role")
        if self.note(row.standard.file, row.key, role):
            self.staff[row.key] += [
                RosterRole(role, place) for place in split_keys(row, "orgSourcedIds")
            ]

    def roles_of(self, user: str, places: Container[str]) -> tuple[RosterRole, ...]:
        """Give somebody's roles at the places that were taken, each once."""
        roles = self.staff.get(user, [])
        return tuple(dict.fromkeys(role for role in roles if role.place in places))


def make_person(row: Row) -> RosterPerson:
    """Make a person of a row of users.csv, without roles."""
    names = (row.text("givenName"), row.text("familyName"))
    return RosterPerson(
        key=row.key,
        name=" ".join(" ".join(names).split()),
        email=read_email(row.text("email")) or None,
        active=row.text("enabledUser") == "true" and not row.deleted,
    )
