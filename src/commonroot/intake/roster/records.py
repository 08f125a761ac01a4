"""What a roster holds: places, people with their roles, and sessions. Never students."""

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from commonroot.intake.roster.rules import Breach
from commonroot.languages import gettext as _
from commonroot.languages import ngettext


@dataclass(frozen=True)
class RosterPlace:
    """One place: a district, a school, a department and so on.

    `key` is the sender's own key, and `above` the key of the place that this one
    belongs to. `kind` is one of district, school, department, region, state, national
    and other.
    """

    key: str
    kind: str
    name: str
    number: str | None = None
    above: str | None = None


class RosterRole(NamedTuple):
    """What somebody does at a place, in the sender's word, and from when to when."""

    role: str
    place: str
    first: dt.date | None = None
    last: dt.date | None = None


@dataclass(frozen=True)
class RosterPerson:
    """One adult of the staff. `active` is False for who is deleted or switched off."""

    key: str
    name: str
    email: str | None = None
    roles: tuple[RosterRole, ...] = ()
    active: bool = True


@dataclass(frozen=True)
class RosterSession:
    """A stretch of the school year: schoolYear, semester, term, gradingPeriod or other."""

    key: str
    name: str
    kind: str
    first: dt.date
    last: dt.date
    above: str | None = None


@dataclass(frozen=True)
class Unread:
    """Something that was not read: a column, rows of a kind, a file, or other files.

    `kind` says which: column (`what` is its header), place (`what` is its number),
    family, extension, file, or others (`what` is how many). `rows` counts the rows in
    which a password was.
    """

    file: str
    kind: str = "file"
    what: str = ""
    rows: int = 0

    def __str__(self) -> str:
        """Name it.

        >>> print(Unread("users.csv", "column", "password", 3))
        users.csv: password (filled in 3 rows)
        """
        if self.kind == "file":
            return self.file
        if self.kind == "others":
            return _("files that are not of OneRoster: {number}").format(
                number=self.what
            )
        return f"{self.file}: {self.say_part()}{tell_filled(self.rows)}"

    def say_part(self) -> str:
        """Say which part of the file it is."""
        if self.kind == "family":
            return _("rows of parents, guardians and relatives")
        if self.kind == "extension":
            return _("roles that are not of the standard (ext:)")
        if self.kind == "place":
            return _("column {number}").format(number=self.what)
        return self.what


def tell_filled(rows: int) -> str:
    """Say in how many rows a password was, if in any.

    >>> tell_filled(0), tell_filled(1), tell_filled(1200)
    ('', ' (filled in 1 row)', ' (filled in 1,200 rows)')
    """
    if not rows:
        return ""
    return ngettext(
        " (filled in {rows:,} row)", " (filled in {rows:,} rows)", rows
    ).format(rows=rows)


@dataclass(frozen=True)
class Roster:
    """All that was taken from one bundle or file, and what was not as it should be.

    `students` counts the students, of whom nothing else is kept. `unread` has the
    columns and files that were not read, passwords among them.
    """

    places: tuple[RosterPlace, ...] = ()
    people: tuple[RosterPerson, ...] = ()
    sessions: tuple[RosterSession, ...] = ()
    breaches: tuple[Breach, ...] = ()
    students: int = 0
    unread: tuple[Unread, ...] = ()

    @property
    def dropped(self) -> tuple[str, ...]:
        """Name what was not read, in the language that is spoken."""
        return tuple(map(str, self.unread))
