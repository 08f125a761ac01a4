"""What stands out: the scan of a sheet's incidents, released like everything else."""

import datetime as dt
import math
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from commonroot.analysis import pattern_words
from commonroot.analysis.disclosure import FEWEST_STUDENTS, is_small
from commonroot.analysis.scan import (
    Events,
    Exposures,
    Found,
    Options,
    Pattern,
    Visible,
    assume_exposure,
    assume_independence,
    look_back,
    search,
)
from commonroot.analysis.scan.baseline import Baseline, choose_columns
from commonroot.analysis.scan.events import keep_events
from commonroot.analysis.scan.listing import count_students
from commonroot.analysis.scan.ratio import estimate_ratio
from commonroot.briefs.facts import Facts, list_groups
from commonroot.briefs.rows import NOT_RECORDED, BriefError, Scope
from commonroot.briefs.scan_columns import Table, list_sources, make_table
from commonroot.engines import Engine
from commonroot.intake import Enrolment, SchoolDays
from commonroot.intake.fields import GROUP

Conditions = tuple[tuple[str, str], ...]
ALPHA = 0.05
BASELINES = ("independence", "exposure", "history")
USUAL = ("independence", "history")
FEWEST_INCIDENTS = 30
RECENT_DAYS = 28
FEWEST_EARLIER_DAYS = 56
SEASON_DAYS = 14
FEWEST_IN_GROUP = 10
MOST_THREADS = 4
LIST_LENGTH = 5
EXPOSED = ("grade", "weekday", "time")


@dataclass(frozen=True)
class ScanRequest:
    """How to scan: how deep, how often chance is asked, beside what, with which seed.

    `given` are baselines somebody asked for: if one of them cannot be had, that is
    an error. The `usual` ones are left out when they cannot be had.
    """

    depth: int = 3
    replicates: int = 999
    seed: int = 1
    given: tuple[str, ...] = ()
    groups: bool = False


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


@dataclass(frozen=True)
class StandingOut:
    """What a scan found. `reason` says why nothing was tested, if nothing was."""

    slices: int
    columns: tuple[str, ...]
    depth: int
    baselines: tuple[str, ...]
    replicates: int
    seed: int
    visible: tuple[Visible, ...]
    patterns: tuple[Told, ...]
    reason: str | None = None

    @property
    def sentence(self) -> str:
        """Say what there is, or that nothing stands out."""
        if self.reason:
            return self.reason
        if not self.patterns:
            return pattern_words.describe_nothing(self.visible)
        return ""


def scan_scope(
    engine: Engine,
    scope: Scope,
    facts: Facts,
    request: ScanRequest,
    *,
    enrolment: Enrolment | None = None,
    school_days: SchoolDays | None = None,
    progress: Callable[[float], Any] = lambda share: None,
) -> StandingOut:
    """Scan a sheet's incidents and release what stands out.

    Raises `BriefError` when a baseline that was asked for cannot be had.
    """
    groups = list_groups(scope) if request.groups else []
    table = make_table(engine, list_sources(scope.time_column, groups))
    wanted = request.given or USUAL
    refused = refuse(table, facts)
    if refused:
        return empty(table, request, wanted, refused)
    if groups:
        table = hide_small_groups(table)
    prepared: list[Baseline] = []
    for name in wanted:
        made = prepare(name, table, request, scope, enrolment, school_days)
        if isinstance(made, str):
            if request.given:
                raise BriefError(made)
        else:
            prepared.append(made)
    need_replicates(request.replicates, prepared)
    options = Options(
        replicates=request.replicates,
        seed=request.seed,
        alpha=ALPHA / max(1, len(prepared)),
        fewest_students=FEWEST_STUDENTS,
        threads=min(MOST_THREADS, os.cpu_count() or 1),
    )
    found = [
        search(baseline, options, progress=part_of(progress, number, len(prepared)))
        for number, baseline in enumerate(prepared)
    ]
    patterns = sorted(
        (
            replace(each, p_adjusted=min(1.0, each.p_adjusted * len(prepared)))
            for one in found
            for each in one.patterns
        ),
        key=lambda pattern: (pattern.p_adjusted, -pattern.score, pattern.conditions),
    )
    listed: list[Told] = []
    for pattern in drop_doubles(patterns)[:LIST_LENGTH]:
        listed.append(tell(pattern, table, scope, facts, listed))
    return StandingOut(
        sum(one.slices for one in found),
        tuple(column.name for column in table.events.columns),
        request.depth,
        tuple(baseline.name for baseline in prepared),
        request.replicates,
        request.seed,
        choose_visible(found, prepared),
        tuple(listed),
    )


def part_of(
    progress: Callable[[float], Any], number: int, parts: int
) -> Callable[[float], Any]:
    """Tell the progress of one part as progress of the whole."""
    return lambda share: progress((number + share) / parts)


def choose_visible(
    found: Sequence[Found], prepared: Sequence[Baseline]
) -> tuple[Visible, ...]:
    """Choose whose smallest visible sizes to tell: those of independence, if searched."""
    names = [baseline.name for baseline in prepared]
    if not names:
        return ()
    at = names.index("independence") if "independence" in names else 0
    return found[at].visible


def need_replicates(replicates: int, prepared: Sequence[Baseline]) -> None:
    """Refuse so few replicates that nothing could ever be named."""
    depths = max(
        (len({len(s) for s in each.layout.sets}) for each in prepared), default=1
    )
    fewest = math.ceil(depths * len(prepared) / ALPHA)
    if replicates < fewest:
        raise BriefError(
            f"With {replicates} replicates nothing could ever be named at this depth with "
            f"{len(prepared)} baselines. Ask for --replicates {fewest} or more."
        )


def drop_doubles(patterns: Sequence[Pattern]) -> list[Pattern]:
    """Drop what a stronger pattern of another baseline already says."""
    kept: list[Pattern] = []
    for pattern in patterns:
        own = bare(pattern)
        if not any(bare(other) <= own or own <= bare(other) for other in kept):
            kept.append(pattern)
    return kept


def bare(pattern: Pattern) -> frozenset[tuple[str, str]]:
    """Give a pattern's conditions without the recent weeks."""
    return frozenset(pattern.conditions) - {("recent", "recent")}


def refuse(table: Table, facts: Facts) -> str | None:
    """Say why nothing can be tested; None when it can."""
    if facts.totals.incidents is None:
        return "Fewer than 5 students were involved, so nothing is said about what stands out."
    if not facts.keyed:
        return (
            "The file has no student number, so nobody can tell one student's many records from "
            "a pattern of the school, and no test would be honest. The counts above are all that "
            "can be said."
        )
    if table.events.size < FEWEST_INCIDENTS:
        return (
            f"There are {table.events.size} incidents. With fewer than {FEWEST_INCIDENTS} no "
            "pattern of any size can be told from chance."
        )
    if len({column.block for column in table.events.columns}) < 2:
        return "The file says too little of each incident (place, time, grade ...) to compare."
    return None


def empty(
    table: Table, request: ScanRequest, wanted: Sequence[str], reason: str
) -> StandingOut:
    """Give a scan that tested nothing."""
    columns = tuple(column.name for column in table.events.columns)
    return StandingOut(
        0, columns, request.depth, tuple(wanted), 0, request.seed, (), (), reason
    )


def hide_small_groups(table: Table) -> Table:
    """Name no group of students of which fewer than ten are on record."""
    events = table.events
    columns = []
    for at, column in enumerate(events.columns):
        if column.name.startswith(GROUP):
            large = [
                count_students(events, events.codes[at] == code) >= FEWEST_IN_GROUP
                for code in range(len(column.values))
            ]
            listed = tuple(
                bool(named and big)
                for named, big in zip(column.listed, large, strict=True)
            )
            column = replace(column, listed=listed)
        columns.append(column)
    return replace(table, events=replace(events, columns=tuple(columns)))


def prepare(
    name: str,
    table: Table,
    request: ScanRequest,
    scope: Scope,
    enrolment: Enrolment | None,
    school_days: SchoolDays | None,
) -> Baseline | str:
    """Prepare a baseline, or say why it cannot be had."""
    if name == "independence":
        return assume_independence(
            table.events, deepest=request.depth, root=find_root(table.events)
        )
    if name == "history":
        return prepare_history(table, request)
    return prepare_exposure(table, request, scope, enrolment, school_days)


def find_root(events: Events) -> str | None:
    """Name the column of places, if there is one."""
    return "location" if any(c.name == "location" for c in events.columns) else None


def prepare_history(table: Table, request: ScanRequest) -> Baseline | str:
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
        deepest=min(request.depth, 2),
        earlier=chosen.codes[:, ~this_year] if (~this_year).any() else None,
        same_season=season[~this_year] if (~this_year).any() else None,
    )


def prepare_exposure(
    table: Table,
    request: ScanRequest,
    scope: Scope,
    enrolment: Enrolment | None,
    school_days: SchoolDays | None,
) -> Baseline | str:
    """Prepare what enrolment by grade and school days by weekday would give."""
    if len(set(table.school.tolist())) > 1 or len(set(table.year.tolist())) > 1:
        return (
            "The exposure baseline looks at one school in one school year. Choose them with "
            "--school, --from and --to."
        )
    events, keep = table.events, np.ones(table.events.size, dtype=np.bool_)
    shares: dict[str, tuple[float, ...]] = {}
    enrolled: tuple[int, ...] = ()
    open_days: NDArray[np.bool_] | None = None
    names = [column.name for column in events.columns]
    school = table.schools[0] if table.schools and table.schools[0] != "None" else None
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
        days = school_days.between(school, scope.first, scope.last)
        values = events.columns[events.place("weekday")].values
        open_days = np.zeros((int(events.week.max()) + 1, len(values)), dtype=np.bool_)
        for day in days:
            week, name = (day - table.first).days // 7, f"{day:%A}"
            if 0 <= week < len(open_days) and name in values:
                open_days[week, values.index(name)] = True
        if open_days.any():
            shares["weekday"] = tuple(
                map(float, open_days.sum(axis=0) / open_days.sum())
            )
            codes = events.codes[events.place("weekday")]
            keep &= open_days[events.week, codes]
    clock = share_minutes(events, scope.bell_minutes)
    if clock:
        shares["time"] = clock
    if not shares:
        return (
            "The exposure baseline needs to know how many students, days or minutes there are: "
            "give --enrolment with grades, --calendar with the school days of this school, or bells "
            "in the --mapping. If you did: the school's name has to be the same in all files (a "
            "mapping can rename it)."
        )
    for name, known in shares.items():
        keep &= np.array(known)[events.codes[events.place(name)]] > 0
    blocks = {events.columns[events.place(name)].block for name in shares}
    kept = [
        column.name
        for column in events.columns
        if column.name in shares
        or (column.block not in blocks and not column.name.startswith(GROUP))
    ]
    chosen = keep_events(choose_columns(events, kept), keep)
    columns = tuple(
        replace(column, shares=shares[column.name]) if column.name in shares else column
        for column in chosen.columns
    )
    return assume_exposure(
        replace(chosen, columns=columns),
        Exposures(
            of_students="grade" if "grade" in shares else None,
            enrolled=enrolled,
            of_clock="time" if "time" in shares else None,
            of_days="weekday" if "weekday" in shares else None,
            open_days=open_days,
        ),
        deepest=request.depth,
        root=find_root(chosen),
    )


def share_minutes(
    events: Events, minutes: Mapping[str, int]
) -> tuple[float, ...] | None:
    """Give each bell period's share of the minutes; None without bells."""
    times = [column for column in events.columns if column.name == "time"]
    if not times or not minutes:
        return None
    known = [minutes.get(value, 0) for value in times[0].values]
    return tuple(each / sum(known) for each in known) if sum(known) else None


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


def make_scan_document(found: StandingOut) -> dict[str, Any]:
    """Make the JSON document of `commonroot scan --json`."""
    return {
        "version": 1,
        "searched": {
            "slices": found.slices,
            "columns": list(found.columns),
            "depth": found.depth,
            "baseline": "+".join(found.baselines),
            "replicates": found.replicates,
            "seed": found.seed,
        },
        "smallest_visible": {
            str(each.depth): {
                "expected": each.expected,
                "incidents": each.incidents,
                "seen_8_times_in_10": each.often_seen,
            }
            for each in found.visible
        },
        "patterns": make_patterns(found),
        "sentence": found.sentence,
    }


def make_patterns(found: StandingOut) -> list[dict[str, Any]]:
    """Make the list of patterns for JSON."""
    return [make_pattern(told) for told in found.patterns]


def make_pattern(told: Told) -> dict[str, Any]:
    """Make one pattern for JSON; a protected number is null."""
    pattern, hidden = told.pattern, told.protected
    return {
        "slice": {n: v for n, v in pattern.conditions if n != "recent"},
        "incidents": None if hidden else pattern.incidents,
        "expected": None if hidden else round(pattern.expected, 1),
        "ratio": None if hidden else round(pattern.ratio.value, 1),
        "ratio_95": None
        if hidden
        else [round(pattern.ratio.low, 1), round(pattern.ratio.high, 1)],
        "p_adjusted": round(pattern.p_adjusted, 4),
        "students": None if hidden else pattern.students,
        "weeks": None if hidden else pattern.weeks,
        "both_halves": pattern.both_halves,
        "baseline": pattern.baseline,
        **(
            {"schools": told.schools, "of_schools": told.schools_in_all}
            if told.schools is not None
            else {}
        ),
        **({"strongest": told.strongest} if told.strongest else {}),
        **({"groups": True} if told.about_groups else {}),
        **({"protected": True} if hidden else {}),
        "sentence": told.sentence,
    }
