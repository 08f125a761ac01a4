"""What may be told of a pattern: counted by rows, and hidden where it gives others away."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from commonroot.analysis import pattern_words
from commonroot.analysis.disclosure import FEWEST_STUDENTS, is_small
from commonroot.analysis.scan import Pattern
from commonroot.analysis.scan.ratio import estimate_ratio
from commonroot.briefs.facts import Facts
from commonroot.briefs.rows import NOT_RECORDED, Scope
from commonroot.briefs.scan_baselines import RECENT_DAYS
from commonroot.briefs.scan_columns import Table
from commonroot.intake.fields import GROUP

Conditions = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Told:
    """One pattern as it may be shown; its numbers are None where they are protected."""

    pattern: Pattern
    protected: bool
    about_groups: bool
    schools: int | None
    schools_in_all: int
    strongest: str | None
    rows: NDArray[np.bool_]

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
                "This names a group of students. Ask what the school does, not what is the "
                "matter with the group."
            )
        return " ".join(told)

    @property
    def sentence(self) -> str:
        """Say what the pattern is, and how often luck alone would do as much."""
        return f"{self.finding} {pattern_words.describe_luck(self.pattern.p_adjusted)}"


def tell(
    pattern: Pattern, table: Table, scope: Scope, facts: Facts, listed: list[Told]
) -> Told:
    """Count a pattern as the sheet counts, and decide whether its numbers may be shown."""
    conditions = tuple(c for c in pattern.conditions if c[0] != "recent")
    held = [matches(scope.rows, table, name, value) for name, value in conditions]
    recent = scope.rows["date"] > table.first + dt.timedelta(
        days=int(table.date.max()) - RECENT_DAYS
    )
    year = np.logical_and.reduce(held)
    inside = year & recent.to_numpy() if pattern.baseline == "history" else year
    recounted = recount(pattern, table, scope, held, year, inside)
    everything = np.ones(len(inside), dtype=np.bool_)
    margins = [*held, everything, *list_grid_cells(scope, table, conditions)]
    if pattern.baseline == "history":
        margins += [recent.to_numpy(), year]
    neither = ~np.logical_or.reduce(held)
    protected = (
        is_small(recounted.incidents, recounted.students)
        or any(is_hidden(name, value, facts, table) for name, value in conditions)
        or hides_grid_cell(facts, table, conditions)
        or any(gives_away(scope.rows, each, inside) for each in margins)
        or any(gives_away(scope.rows, each, year) for each in held)
        or gives_away(scope.rows, neither, ~neither)
        or any(overlaps_badly(scope.rows, inside, other.rows) for other in listed)
    )
    looked_at = recent.to_numpy() if pattern.baseline == "history" else everything
    holding, strongest = compare_schools(pattern, table, scope, inside, held, looked_at)
    return Told(
        recounted,
        bool(protected),
        any(name.startswith(GROUP) for name, _ in conditions),
        holding,
        len(table.schools),
        strongest,
        inside,
    )


def matches(
    rows: pl.DataFrame, table: Table, name: str, value: str
) -> NDArray[np.bool_]:
    """Say of every row whether a condition holds."""
    column, values = table.filters[name, value]
    found = rows[column].is_in(list(values)).fill_null(value=False)
    return np.asarray(found.to_numpy(), dtype=np.bool_)


def count_rows(rows: pl.DataFrame, mask: NDArray[np.bool_]) -> tuple[int, int]:
    """Count the incidents and students of some rows."""
    chosen = rows.filter(pl.Series(mask))
    return chosen["event"].n_unique(), chosen["student"].drop_nulls().n_unique()


def recount(
    pattern: Pattern,
    table: Table,
    scope: Scope,
    held: Sequence[NDArray[np.bool_]],
    year: NDArray[np.bool_],
    inside: NDArray[np.bool_],
) -> Pattern:
    """Count a pattern's incidents by all their rows, as everywhere on the sheet.

    An incident with students of two grades counts for both, and each record of a fight
    for itself. What is expected grows as its shares do.
    """
    events, rows = table.events, scope.rows
    incidents, students = count_rows(rows, inside)
    weeks = rows.filter(pl.Series(inside))["week"].n_unique()
    whole = count_rows(rows, np.ones(len(inside), dtype=np.bool_))[0] / events.size
    coded = [
        events.codes[events.place(name)]
        == events.columns[events.place(name)].values.index(value)
        for name, value in pattern.conditions
        if name != "recent"
    ]
    if pattern.baseline == "history":
        both = np.logical_and.reduce(coded)
        factor = count_rows(rows, year)[0] / max(1, int(both.sum()))
    elif pattern.baseline == "exposure":
        factor = whole
    else:
        factor = whole ** (1 - len(held))
        for mask, own in zip(held, coded, strict=True):
            factor *= count_rows(rows, mask)[0] / max(1, int(own.sum()))
    expected = pattern.expected * factor
    return replace(
        pattern,
        incidents=incidents,
        students=students,
        weeks=weeks,
        expected=expected,
        ratio=estimate_ratio(incidents, expected, pattern.bunching),
    )


def gives_away(
    rows: pl.DataFrame, margin: NDArray[np.bool_], inside: NDArray[np.bool_]
) -> bool:
    """Would a margin without the pattern, told by subtraction, be 1 to 4 students?"""
    chosen = rows.filter(pl.Series(margin))
    rest = chosen.filter(
        ~chosen["event"].is_in(
            rows.filter(pl.Series(inside))["event"].unique().implode()
        )
    )
    incidents = rest["event"].n_unique()
    return incidents > 0 and is_small(
        incidents, rest["student"].drop_nulls().n_unique()
    )


def overlaps_badly(
    rows: pl.DataFrame, inside: NDArray[np.bool_], other: NDArray[np.bool_]
) -> bool:
    """Is one pattern within another, with 1 to 4 students between them?"""
    if not (inside & ~other).any():
        return gives_away(rows, other, inside)
    if not (other & ~inside).any():
        return gives_away(rows, inside, other)
    return False


def list_grid_cells(
    scope: Scope, table: Table, conditions: Conditions
) -> list[NDArray[np.bool_]]:
    """List the cell of the grid of places and hours that a pattern lies in."""
    told = dict(conditions)
    if "location" not in told or "time" not in told:
        return []
    column, values = table.filters["time", told["time"]]
    place = matches(scope.rows, table, "location", told["location"])
    if column != "half_hour":
        return [place & matches(scope.rows, table, "time", told["time"])]
    hours = [f"{str(value)[:2]}:00" for value in values]
    return [place & scope.rows["hour"].is_in(hours).fill_null(value=False).to_numpy()]


def hides_grid_cell(facts: Facts, table: Table, conditions: Conditions) -> bool:
    """Is a cell of the grid hidden at the pattern's place and time?"""
    told = dict(conditions)
    if "location" not in told:
        return False
    wanted: set[str] = set()
    for name in ("time", "part_of_day"):
        if name in told:
            column, values = table.filters[name, told[name]]
            wanted |= {
                f"{str(value)[:2]}:00" if column == "half_hour" else str(value)
                for value in values
            }
    shown = facts.situations.table("situation")
    return any(
        isinstance(key, tuple)
        and key[0] == told["location"]
        and key[1] in wanted
        and cell.protected
        for key, cell in shown.items()
    )


def is_hidden(name: str, value: str, facts: Facts, table: Table) -> bool:
    """Is a condition's own number hidden on the sheet?"""
    column, values = table.filters[name, value]
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
    pattern: Pattern,
    table: Table,
    scope: Scope,
    inside: NDArray[np.bool_],
    held: Sequence[NDArray[np.bool_]],
    looked_at: NDArray[np.bool_],
) -> tuple[int | None, str | None]:
    """Count the schools in which the pattern is above what its shares would give.

    Only schools with 5 or more students in the slice count, and name one.
    """
    if len(table.schools) < 2:
        return None, None
    found: list[tuple[float, str]] = []
    named = scope.rows["school"].cast(pl.String)
    for name in table.schools:
        mine = (named == name).fill_null(value=False).to_numpy()
        incidents, students = count_rows(scope.rows, inside & mine)
        size = count_rows(scope.rows, mine)[0]
        if not size or students < FEWEST_STUDENTS:
            continue
        usual = float(count_rows(scope.rows, mine & looked_at)[0])
        for each in held:
            usual *= count_rows(scope.rows, each & mine)[0] / size
        if incidents > usual > 0:
            found.append((estimate_ratio(incidents, usual, pattern.bunching).low, name))
    strongest = max(found)[1] if found else None
    return len(found), strongest if strongest != NOT_RECORDED else None
