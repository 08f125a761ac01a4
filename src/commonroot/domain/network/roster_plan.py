"""What a roster would do: to places, to people and their roles, to school years."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from commonroot.domain.network.choices import PlaceKind
from commonroot.domain.network.models import Person, Place, SchoolYear
from commonroot.domain.network.roster_people import PlannedPerson, plan_people
from commonroot.domain.network.roster_places import PlaceBook, PlannedPlace
from commonroot.domain.network.roster_roles import PlannedRole
from commonroot.intake.dates import name_school_year
from commonroot.intake.roster import Roster, RosterSession

SCHOOL_YEAR = "schoolYear"
TERMS = ("semester", "term", "gradingPeriod")
LONGEST_TERM = 60
Counts = dict[str, dict[str, int]]


@dataclass
class PlannedYear:
    """A school year of one school, with the terms that it would get."""

    school: PlannedPlace
    name: str
    first: dt.date
    last: dt.date
    known: SchoolYear | None
    terms: list[RosterSession]


@dataclass(frozen=True)
class RosterPlan:
    """All that would be done, and what is left out."""

    places: list[PlannedPlace]
    people: list[PlannedPerson]
    years: list[PlannedYear]

    @property
    def roles(self) -> list[PlannedRole]:
        """List every role of the roster."""
        return [role for person in self.people for role in person.roles]

    @property
    def changes_something(self) -> bool:
        """Would anything be different afterwards?"""
        counts = self.count()
        return any(
            counts[what].get(how, 0)
            for what in counts
            for how in ("new", "renamed", "ended", "terms")
        )

    def count(self) -> Counts:
        """Count what would be done. New, known and left out are all there was."""
        return {
            "places": {
                **count_fates(self.places),
                "renamed": sum(bool(each.new_name) for each in self.places),
            },
            "people": count_fates(self.people),
            "roles": {
                **count_fates(self.roles),
                "lowered": sum(is_lowered(each) for each in self.roles),
                "ended": sum(len(person.ending) for person in self.people),
            },
            "years": {
                "new": sum(each.known is None for each in self.years),
                "known": sum(each.known is not None for each in self.years),
                "terms": sum(len(each.terms) for each in self.years),
            },
        }


def is_lowered(role: PlannedRole) -> bool:
    """Would a role be given that is less than what the file says?"""
    return role.instead is not None and not role.reason


def count_fates(
    planned: Iterable[PlannedPlace | PlannedPerson | PlannedRole],
) -> dict[str, int]:
    """Count how many are new, known and left out, and all."""
    fates = Counter(each.fate for each in planned)
    named = {name: fates[name] for name in ("new", "known", "left_out")}
    return {**named, "all": fates.total()}


def plan_roster(roster: Roster, *, by: Person, place: Place) -> RosterPlan:
    """Say what a roster would do within a place, if somebody took it in now."""
    places = PlaceBook(place).plan_all(roster.places)
    people = plan_people(roster.people, places, by, place)
    years = list(plan_years(roster.sessions, places.values()))
    return RosterPlan(list(places.values()), people, years)


def plan_years(
    sessions: Iterable[RosterSession], places: Iterable[PlannedPlace]
) -> Iterator[PlannedYear]:
    """Plan the school years of every school that is taken."""
    years: dict[str, RosterSession] = {}
    terms: dict[str, list[RosterSession]] = {}
    for session in sessions:
        if session.kind == SCHOOL_YEAR:
            years.setdefault(name_middle(session), session)
        elif session.kind in TERMS:
            terms.setdefault(name_middle(session), []).append(session)
    schools = [
        each for each in places if each.kind == PlaceKind.SCHOOL and not each.reason
    ]
    ids = [school.known.pk for school in schools if school.known]
    there = {
        (each.school_id, each.name): each
        for each in SchoolYear.objects.filter(
            school__in=ids, name__in=years
        ).prefetch_related("terms")
    }
    for school in schools:
        for name, session in years.items():
            known = there.get((school.known.pk, name)) if school.known else None
            missing = known is None or not known.terms.all()
            own = choose_terms(terms.get(name, ())) if missing else []
            yield PlannedYear(school, name, session.first, session.last, known, own)


def name_middle(session: RosterSession) -> str:
    """Name the school year in which the middle of a session lies.

    >>> days = dt.date(2025, 6, 30), dt.date(2026, 6, 12)
    >>> name_middle(RosterSession("y1", "This year", "schoolYear", *days))
    '2025-26'
    """
    return name_school_year(session.first + (session.last - session.first) / 2)


def choose_terms(terms: Iterable[RosterSession]) -> list[RosterSession]:
    """Choose terms with a name that fits, each name once."""
    named: dict[str, RosterSession] = {}
    for term in terms:
        if 0 < len(term.name) <= LONGEST_TERM:
            named.setdefault(term.name.lower(), term)
    return list(named.values())
