"""What a roster holds: places, people with their roles, and sessions. Never students."""

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from commonroot.intake.roster.rules import Breach


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
class Roster:
    """All that was taken from one bundle or file, and what was not as it should be.

    `students` counts the students, of whom nothing else is kept. `dropped` names the
    columns and files that were not read, passwords among them.
    """

    places: tuple[RosterPlace, ...] = ()
    people: tuple[RosterPerson, ...] = ()
    sessions: tuple[RosterSession, ...] = ()
    breaches: tuple[Breach, ...] = ()
    students: int = 0
    dropped: tuple[str, ...] = ()
