"""What a file can be compared with: the baselines that its rows and companions allow."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from commonroot.analysis.scan import (
    Events,
    Exposures,
    assume_exposure,
    assume_independence,
    look_back,
)
from commonroot.analysis.scan.baseline import Baseline, choose_columns
from commonroot.analysis.scan.events import keep_events
from commonroot.briefs.rows import Scope
from commonroot.briefs.scan_columns import Table
from commonroot.intake import Enrolment, SchoolDays
from commonroot.intake.fields import GROUP

RECENT_DAYS = 28
FEWEST_EARLIER_DAYS = 56
SEASON_DAYS = 14


def prepare(
    name: str,
    table: Table,
    depth: int,
    scope: Scope,
    enrolment: Enrolment | None,
    school_days: SchoolDays | None,
) -> Baseline | str:
    """Prepare a baseline, or say why it cannot be had."""
    if name == "independence":
        return assume_independence(
            table.events, deepest=depth, root=find_root(table.events)
        )
    if name == "history":
        return prepare_history(table, depth)
    return prepare_exposure(table, depth, scope, enrolment, school_days)


def find_root(events: Events) -> str | None:
    """Name the column of places, if there is one."""
    return "location" if any(c.name == "location" for c in events.columns) else None


def prepare_history(table: Table, depth: int) -> Baseline | str:
    """Prepare the last four weeks beside the same year's earlier ones.

    Month and term are left out: they tell what is recent. Earlier years tell the
    season: the same weeks of the year, and two on each side.
    """
    last = int(table.date.max())
    year = table.year[int(table.date.argmax())]
    this_year = table.year == year
    recent = table.date > last - RECENT_DAYS
    first = int(table.date[this_year].min())
    if (
        last - RECENT_DAYS - first < FEWEST_EARLIER_DAYS
        or not (~recent[this_year]).any()
    ):
        return (
            "The history baseline needs at least 12 weeks of one school year: the last 4, and 8 "
            "before them."
        )
    names = [
        column.name
        for column in table.events.columns
        if column.name not in ("month", "term") and not column.name.startswith(GROUP)
    ]
    if not names:
        return "The file says too little of each incident to compare weeks."
    chosen = choose_columns(table.events, names)
    ago = (last - table.date) % 364
    season = (ago < RECENT_DAYS + SEASON_DAYS) | (ago > 364 - SEASON_DAYS)
    return look_back(
        keep_events(chosen, this_year),
        recent[this_year],
        deepest=min(depth, 2),
        earlier=chosen.codes[:, ~this_year] if (~this_year).any() else None,
        same_season=season[~this_year] if (~this_year).any() else None,
    )


@dataclass(frozen=True)
class Denominators:
    """What is known of how many students and days there are, for columns of the scan.

    `shares` is by column; `enrolled` has one code of a grade for each student, and
    `open_days` says which weekdays of each week were school days.
    """

    shares: Mapping[str, tuple[float, ...]]
    enrolled: tuple[int, ...] = ()
    open_days: NDArray[np.bool_] | None = None


def prepare_exposure(
    table: Table,
    depth: int,
    scope: Scope,
    enrolment: Enrolment | None,
    school_days: SchoolDays | None,
) -> Baseline | str:
    """Prepare what students by grade, school days by weekday and minutes would give."""
    if len(set(table.school.tolist())) > 1 or len(set(table.year.tolist())) > 1:
        return (
            "The exposure baseline looks at one school in one school year. Choose them with "
            "--school, --from and --to."
        )
    known = find_denominators(table, scope, enrolment, school_days)
    if not known.shares:
        return (
            "The exposure baseline needs to know how many students, days or minutes there are: "
            "give --enrolment with grades, --calendar with the school days of this school, or bells "
            "in the --mapping. If you did: the school's name has to be the same in all files (a "
            "mapping can rename it)."
        )
    chosen = keep_exposed(table.events, known)
    return assume_exposure(
        chosen,
        Exposures(
            of_students="grade" if "grade" in known.shares else None,
            enrolled=known.enrolled,
            of_clock="time" if "time" in known.shares else None,
            of_days="weekday" if "weekday" in known.shares else None,
            open_days=known.open_days,
        ),
        deepest=depth,
        root=find_root(chosen),
    )


def find_denominators(
    table: Table,
    scope: Scope,
    enrolment: Enrolment | None,
    school_days: SchoolDays | None,
) -> Denominators:
    """Find what is known of the one school and year of a table."""
    events = table.events
    names = [column.name for column in events.columns]
    school = table.schools[0] if table.schools and table.schools[0] != "None" else None
    shares: dict[str, tuple[float, ...]] = {}
    enrolled: tuple[int, ...] = ()
    open_days: NDArray[np.bool_] | None = None
    if enrolment is not None and "grade" in names:
        year = str(scope.rows["school_year"].max())
        grades = enrolment.of_school(school, year).grades()
        values = events.columns[events.place("grade")].values
        numbers = [grades.get(value, 0) for value in values]
        if sum(numbers):
            shares["grade"] = tuple(number / sum(numbers) for number in numbers)
            enrolled = tuple(
                code for code, number in enumerate(numbers) for _ in range(number)
            )
    if school_days is not None and "weekday" in names:
        open_days = mark_open_days(table, school_days, school, scope)
        if open_days.any():
            shares["weekday"] = tuple(
                map(float, open_days.sum(axis=0) / open_days.sum())
            )
    clock = share_minutes(events, scope.bell_minutes)
    if clock:
        shares["time"] = clock
    return Denominators(shares, enrolled, open_days)


def mark_open_days(
    table: Table, school_days: SchoolDays, school: str | None, scope: Scope
) -> NDArray[np.bool_]:
    """Mark the school days: shape (weeks of the table, values of its weekday)."""
    events = table.events
    values = events.columns[events.place("weekday")].values
    marked = np.zeros((int(events.week.max()) + 1, len(values)), dtype=np.bool_)
    for day in school_days.between(school, scope.first, scope.last):
        week, name = (day - table.first).days // 7, f"{day:%A}"
        if 0 <= week < len(marked) and name in values:
            marked[week, values.index(name)] = True
    return marked


def keep_exposed(events: Events, known: Denominators) -> Events:
    """Keep what the denominators are about, and their columns alone in their blocks."""
    keep = np.ones(events.size, dtype=np.bool_)
    for name, shares in known.shares.items():
        keep &= np.array(shares)[events.codes[events.place(name)]] > 0
    if "weekday" in known.shares and known.open_days is not None:
        keep &= known.open_days[events.week, events.codes[events.place("weekday")]]
    blocks = {events.columns[events.place(name)].block for name in known.shares}
    kept = [
        column.name
        for column in events.columns
        if column.name in known.shares
        or (column.block not in blocks and not column.name.startswith(GROUP))
    ]
    chosen = keep_events(choose_columns(events, kept), keep)
    columns = tuple(
        replace(column, shares=known.shares[column.name])
        if column.name in known.shares
        else column
        for column in chosen.columns
    )
    return replace(chosen, columns=columns)


def share_minutes(
    events: Events, minutes: Mapping[str, int]
) -> tuple[float, ...] | None:
    """Give each bell period's share of the minutes; None without bells."""
    times = [column for column in events.columns if column.name == "time"]
    if not times or not minutes:
        return None
    known = [minutes.get(value, 0) for value in times[0].values]
    return tuple(each / sum(known) for each in known) if sum(known) else None
