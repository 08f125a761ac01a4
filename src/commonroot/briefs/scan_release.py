"""What may be told of a pattern: counted by rows, and released beside the sheet's tables."""

import datetime as dt
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from commonroot.analysis import pattern_words
from commonroot.analysis.disclosure import (
    FEWEST_STUDENTS,
    CountedCell,
    Shown,
    release_slices,
)
from commonroot.analysis.disclosure.seal import UnreleasedError, require_released
from commonroot.analysis.scan import Pattern
from commonroot.analysis.scan.ratio import Ratio, estimate_ratio
from commonroot.briefs.facts import Facts
from commonroot.briefs.rows import NOT_RECORDED, Scope
from commonroot.briefs.scan_baselines import RECENT_DAYS
from commonroot.briefs.scan_columns import Table
from commonroot.briefs.scan_parts import (
    Condition,
    Flags,
    Parts,
    divide,
    list_reachable,
)
from commonroot.engines import Value
from commonroot.intake.fields import GROUP
from commonroot.languages import gettext as _

GRID = "hour"
EXTRA = {GRID: "time", "recent": "calendar"}
Conditions = tuple[tuple[str, str], ...]
RECENT = ("recent", "recent")


@dataclass(frozen=True)
class Told:
    """One pattern as it may be shown; where it is protected it carries no number.

    Raises UnreleasedError when its count has not been released.
    """

    pattern: Pattern
    counted: Shown
    about_groups: bool
    schools: int | None
    schools_in_all: int
    strongest: str | None

    def __post_init__(self) -> None:
        """Refuse a count that was not released, and a number beside a hidden one."""
        require_released(self.counted, Shown)
        own = (self.pattern.incidents, self.pattern.students)
        if own != ((0, 0) if self.protected else self.counted_numbers):
            raise UnreleasedError("a pattern's numbers are not those of its release")

    @property
    def counted_numbers(self) -> tuple[int | None, int | None]:
        """Give the released numbers of incidents and students."""
        return self.counted.incidents, self.counted.students

    @property
    def protected(self) -> bool:
        """Are its numbers hidden?"""
        return self.counted.protected

    @property
    def finding(self) -> str:
        """Say what the pattern is, in plain words."""
        told = [pattern_words.describe_pattern(self.pattern, hidden=self.protected)]
        if self.schools is not None:
            told.append(
                pattern_words.describe_schools(
                    self.schools, self.schools_in_all, self.strongest
                )
            )
        if self.about_groups:
            told.append(
                _(
                    "This names a group of students. Ask what the school does, not what is "
                    "the matter with the group."
                )
            )
        return " ".join(told)

    @property
    def sentence(self) -> str:
        """Say what the pattern is, and how often luck alone would do as much."""
        return f"{self.finding} {pattern_words.describe_luck(self.pattern.p_adjusted)}"


def tell_all(
    patterns: Sequence[Pattern], table: Table, scope: Scope, facts: Facts
) -> tuple[Told, ...]:
    """Count patterns as the sheet counts, and release them beside the sheet's tables."""
    if not patterns:
        return ()
    rows = Rows(scope, table)
    counted = [recount(pattern, table, rows) for pattern in patterns]
    shown = release_patterns(counted, table, rows, facts)
    return tuple(
        Told(
            pattern if not cell.protected else scrub(pattern),
            cell,
            any(name.startswith(GROUP) for name, _ in pattern.conditions),
            *compare_schools(pattern, table, rows),
        )
        for pattern, cell in zip(counted, shown, strict=True)
    )


def scrub(pattern: Pattern) -> Pattern:
    """Take the numbers of people out of a pattern."""
    none = Ratio(0.0, 0.0, 0.0)
    return replace(
        pattern,
        incidents=0,
        students=0,
        weeks=0,
        expected=0.0,
        ratio=none,
        score=0.0,
        bunching=0.0,
    )


class Rows:
    """A sheet's rows, and which of them meet a condition."""

    def __init__(self, scope: Scope, table: Table) -> None:
        self.frame, self.table = scope.rows, table
        self.met: dict[tuple[str, str], Flags] = {}
        self.everything = np.ones(self.frame.height, bool)

    def meeting(self, name: tuple[str, str]) -> Flags:
        """Say of every row whether it meets a condition."""
        if name not in self.met:
            self.met[name] = self.find(*name)
        return self.met[name]

    def find(self, name: str, value: str) -> Flags:
        """Find the rows of a value, of the last weeks, or of an hour of the grid."""
        if name == "recent":
            start = self.table.first + dt.timedelta(
                days=int(self.table.date.max()) - RECENT_DAYS
            )
            return (self.frame["date"] > start).to_numpy()
        column, values = (
            ("hour", (value,)) if name == GRID else self.filter(name, value)
        )
        found = self.frame[column].is_in(list(values)).fill_null(value=False)
        return np.asarray(found.to_numpy(), dtype=np.bool_)

    def filter(self, name: str, value: str) -> tuple[str, tuple[Value, ...]]:
        """Give the rows' column of a condition, and its values."""
        return self.table.filters[name, value]

    def meeting_all(self, names: Sequence[tuple[str, str]]) -> Flags:
        """Say of every row whether it meets all of some conditions."""
        found: Flags = np.logical_and.reduce(
            [self.everything, *map(self.meeting, names)]
        )
        return found

    def count(self, mask: Flags) -> tuple[int, int]:
        """Count the incidents and students of some rows."""
        chosen = self.frame.filter(pl.Series(mask))
        return chosen["event"].n_unique(), chosen["student"].drop_nulls().n_unique()


def recount(pattern: Pattern, table: Table, rows: Rows) -> Pattern:
    """Count a pattern's incidents by all their rows, as everywhere on the sheet.

    An incident with students of two grades counts for both, and each record of a fight
    for itself. What is expected grows as its shares do.
    """
    events = table.events
    conditions = [each for each in pattern.conditions if each != RECENT]
    inside = rows.meeting_all(pattern.conditions)
    incidents, students = rows.count(inside)
    weeks = rows.frame.filter(pl.Series(inside))["week"].n_unique()
    whole = rows.count(rows.everything)[0] / events.size
    coded = [
        events.codes[events.place(name)]
        == events.columns[events.place(name)].values.index(value)
        for name, value in conditions
    ]
    if pattern.baseline == "history":
        both = np.logical_and.reduce(coded)
        factor = rows.count(rows.meeting_all(conditions))[0] / max(1, int(both.sum()))
    elif pattern.baseline == "exposure":
        factor = whole
    else:
        factor = whole ** (1 - len(conditions))
        for name, own in zip(conditions, coded, strict=True):
            factor *= rows.count(rows.meeting(name))[0] / max(1, int(own.sum()))
    expected = pattern.expected * factor
    return replace(
        pattern,
        incidents=incidents,
        students=students,
        weeks=weeks,
        expected=expected,
        ratio=estimate_ratio(incidents, expected, pattern.bunching),
    )


def release_patterns(
    patterns: Sequence[Pattern], table: Table, rows: Rows, facts: Facts
) -> list[Shown]:
    """Release patterns beside the margins and the grid that the sheet has told.

    A pattern named by something that is hidden itself is hidden; all others are asked
    about together. Beside a pattern of recent weeks the same slice of the whole period
    is told, for that is what it is compared with.
    """
    named = [tuple(dict.fromkeys(each.conditions)) for each in patterns]
    grid = [list_grid_cells(each, table) for each in named]
    conditions = dict.fromkeys(
        each
        for some in (*named, *(c for cells in grid for c in cells))
        for each in some
    )
    blocks = {column.name: column.block for column in table.events.columns}
    parts = divide(
        {
            name: Condition(
                blocks.get(name[0], EXTRA.get(name[0], name[0])), rows.meeting(name)
            )
            for name in conditions
        },
        number(rows.frame["event"]),
        number(rows.frame["student"]),
    )
    margins = list_margins(parts, grid, table, facts)
    slices: dict[Hashable, list[CountedCell]] = {
        at: []
        if any(is_hidden(name, table, facts) for name in names)
        or any(hides_cell(cell, facts) for cell in grid[at])
        else list_slice(parts, at, names, pattern.incidents)
        for at, (pattern, names) in enumerate(zip(patterns, named, strict=True))
    }
    told = [parts.count(at, chosen) for at, chosen in enumerate(margins)]
    shown = release_slices(slices, told, list_reachable(parts, named, margins))
    return [shown[at] for at in range(len(patterns))]


def list_margins(
    parts: Parts, grid: Sequence[Sequence[Conditions]], table: Table, facts: Facts
) -> list[Flags]:
    """List what the sheet tells: everything, the conditions, the cells of the grid."""
    cells = dict.fromkeys(each for some in grid for each in some)
    return [
        np.ones(len(parts.incidents), bool),
        *(
            parts.meeting(name)
            for name in parts.names
            if not is_hidden(name, table, facts)
        ),
        *(parts.meeting_all(cell) for cell in cells if tells_cell(cell, facts)),
    ]


def list_slice(
    parts: Parts, key: Hashable, names: Conditions, incidents: int
) -> list[CountedCell]:
    """List what a pattern tells: itself, and what recent weeks are compared with."""
    inside = parts.count(key, parts.meeting_all(names))
    told = [replace(inside, incidents=incidents)]
    if RECENT in names:
        whole = parts.meeting_all([name for name in names if name != RECENT])
        told.append(parts.count(key, whole))
    return told


def number(values: pl.Series) -> NDArray[np.int64]:
    """Number the values of a column; -1 where there is none."""
    ranks = values.rank("dense").cast(pl.Int64).fill_null(0).to_numpy() - 1
    return np.asarray(ranks, dtype=np.int64)


def list_grid_cells(names: Conditions, table: Table) -> list[Conditions]:
    """List the cells of the grid of places and hours that a pattern lies in."""
    told = dict(names)
    if "location" not in told:
        return []
    place = ("location", told["location"])
    found: list[Conditions] = []
    for name in ("time", "part_of_day"):
        if name in told:
            column, values = table.filters[name, told[name]]
            if column == "half_hour":
                hours = dict.fromkeys(f"{str(value)[:2]}:00" for value in values)
                found += [(place, (GRID, hour)) for hour in hours]
            else:
                found.append((place, (name, told[name])))
    return found


def find_grid_cell(cell: Conditions, facts: Facts) -> Shown | None:
    """Find a cell of the grid; there is none for a place that is not in it."""
    (_, place), (_, hour) = cell
    return facts.situations.table("situation").get((place, hour))


def hides_cell(cell: Conditions, facts: Facts) -> bool:
    """Is a cell of the grid hidden?"""
    shown = find_grid_cell(cell, facts)
    return shown is not None and shown.protected


def tells_cell(cell: Conditions, facts: Facts) -> bool:
    """Is a cell of the grid told?"""
    shown = find_grid_cell(cell, facts)
    return shown is not None and not shown.protected


def is_hidden(condition: tuple[str, str], table: Table, facts: Facts) -> bool:
    """Is a condition's own number hidden on the sheet?"""
    name = condition[0]
    if condition not in table.filters:
        return False
    column, values = table.filters[condition]
    if name in ("location", "time", "part_of_day"):
        shown = facts.situations.table("location" if name == "location" else "time")
    elif name in ("weekday", "month", "term"):
        shown = facts.calendar.table("weekday" if name == "weekday" else "month")
    elif column in facts.simple:
        shown = facts.simple[column].table(column)
    else:
        return False
    return any(str(each) not in shown or shown[str(each)].protected for each in values)


def compare_schools(
    pattern: Pattern, table: Table, rows: Rows
) -> tuple[int | None, int, str | None]:
    """Count the schools in which the pattern is above what its shares would give.

    Only schools with 5 or more students in the slice count, and name one. Gives that
    number, all schools, and where it is seen most clearly.
    """
    if len(table.schools) < 2:
        return None, len(table.schools), None
    inside = rows.meeting_all(pattern.conditions)
    history = RECENT in pattern.conditions
    looked_at = rows.meeting(RECENT) if history else rows.everything
    held = [rows.meeting(each) for each in pattern.conditions if each != RECENT]
    found: list[tuple[float, str]] = []
    named = rows.frame["school"].cast(pl.String)
    for name in table.schools:
        mine = (named == name).fill_null(value=False).to_numpy()
        incidents, students = rows.count(inside & mine)
        size = rows.count(mine)[0]
        if not size or students < FEWEST_STUDENTS:
            continue
        usual = float(rows.count(mine & looked_at)[0])
        for each in held:
            usual *= rows.count(each & mine)[0] / size
        if incidents > usual > 0:
            found.append((estimate_ratio(incidents, usual, pattern.bunching).low, name))
    strongest = max(found)[1] if found else None
    return (
        len(found),
        len(table.schools),
        strongest if strongest != NOT_RECORDED else None,
    )
