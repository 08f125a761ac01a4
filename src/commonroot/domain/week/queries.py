"""Somebody's week, gathered from every area: each area tells what it holds for them."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from commonroot.domain.coaching.coming import find_coming as find_visits
from commonroot.domain.connections.coming import find_coming as find_connections
from commonroot.domain.convenings.coming import find_coming as find_convenings
from commonroot.domain.highlights.coming import find_coming as find_years
from commonroot.domain.learning.coming import find_coming as find_learning
from commonroot.domain.network.choices import PlaceKind
from commonroot.domain.network.coming import Coming, ComingKind
from commonroot.domain.network.models import Person, Place
from commonroot.domain.partnerships.coming import find_coming as find_partnerships
from commonroot.domain.teams.coming import find_coming as find_teams
from commonroot.domain.week.papers import add_papers

DAYS = 7
Finder = Callable[[Person, dt.date, dt.date], list[Coming]]
FINDERS: Sequence[Finder] = (
    find_teams,
    find_visits,
    find_learning,
    find_convenings,
    find_connections,
    find_partnerships,
    find_years,
)


@dataclass(frozen=True)
class Day:
    """One day: whom one meets by the clock, and the same place by place.

    `route` are its schools, each once, by the first time that one is at each; `by_place`
    has the meetings in that order, so that whoever follows it drives once to each.
    """

    day: dt.date
    meetings: list[Coming]
    due: list[Coming]
    route: list[Place]
    by_place: list[tuple[Place | None, list[Coming]]]


@dataclass(frozen=True)
class Week:
    """One week of somebody: what waits from before, its days, and what to bring."""

    first: dt.date
    last: dt.date
    waiting: list[Coming]
    days: list[Day]
    bring: list[Coming]

    @property
    def is_empty(self) -> bool:
        """Say whether nothing at all comes up."""
        return not self.waiting and not self.days


def monday_of(day: dt.date) -> dt.date:
    """Give the Monday of a day's week.

    >>> monday_of(dt.date(2026, 11, 26))
    datetime.date(2026, 11, 23)
    """
    return day - dt.timedelta(days=day.weekday())


def gather_week(viewer: Person, day: dt.date) -> Week:
    """Gather the week in which a day lies, for whoever looks and for nobody else."""
    first = monday_of(day)
    last = first + dt.timedelta(days=DAYS - 1)
    told = [each for find in FINDERS for each in find(viewer, first, last)]
    found = sorted(add_papers(viewer, told), key=order)
    inside = [each for each in found if first <= each.day <= last]
    days = sorted({each.day for each in inside})
    return Week(
        first,
        last,
        [each for each in found if each.day < first],
        [lay_out(day, [each for each in inside if each.day == day]) for day in days],
        list_bring(inside),
    )


def order(each: Coming) -> tuple[dt.date, dt.time, str, str]:
    """Order by day and clock; what has no time comes first."""
    place = each.place.name if each.place else ""
    return each.day, each.starts or dt.time.min, place, each.words


def lay_out(day: dt.date, found: list[Coming]) -> Day:
    """Lay one day out: meetings by the clock, what is due, and the way from school to school."""
    meetings = [each for each in found if each.kind == ComingKind.MEETING]
    by_place = group_by_place(meetings)
    route = [
        place
        for place, _meetings in by_place
        if place is not None and place.kind == PlaceKind.SCHOOL
    ]
    due = [each for each in found if each.kind != ComingKind.MEETING]
    return Day(day, meetings, due, route, by_place)


def group_by_place(
    meetings: Sequence[Coming],
) -> list[tuple[Place | None, list[Coming]]]:
    """Group meetings by their place, in the order of the first time at each.

    A place at which nothing has a time comes last.
    """
    groups: dict[Place | None, list[Coming]] = {}
    for each in meetings:
        groups.setdefault(each.place, []).append(each)

    def begin(group: tuple[Place | None, list[Coming]]) -> dt.time:
        return min(each.starts or dt.time.max for each in group[1])

    return sorted(groups.items(), key=begin)


def list_bring(found: Sequence[Coming]) -> list[Coming]:
    """List what to bring, each thing for a place once."""
    seen: set[tuple[str, object]] = set()
    bring = []
    for each in found:
        what = (each.bring, each.bring_key or each.key)
        if each.bring and what not in seen:
            seen.add(what)
            bring.append(each)
    return bring
