"""What stands out: the scan of a sheet's incidents, released like everything else."""

import math
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from commonroot.analysis import pattern_words
from commonroot.analysis.disclosure import FEWEST_STUDENTS
from commonroot.analysis.scan import (
    Found,
    Options,
    Pattern,
    Visible,
    search,
)
from commonroot.analysis.scan.baseline import Baseline
from commonroot.analysis.scan.listing import count_students
from commonroot.briefs.facts import Facts, list_groups
from commonroot.briefs.rows import BriefError, Scope
from commonroot.briefs.scan_baselines import prepare
from commonroot.briefs.scan_columns import Table, list_sources, make_table
from commonroot.briefs.scan_release import Told, tell_all
from commonroot.engines import Engine
from commonroot.intake import Enrolment, SchoolDays
from commonroot.intake.fields import GROUP
from commonroot.languages import gettext as _

ALPHA = 0.05
BASELINES = ("independence", "exposure", "history")
USUAL = ("independence", "history")
FEWEST_INCIDENTS = 30
FEWEST_IN_GROUP = 10
MOST_THREADS = 4
LIST_LENGTH = 5


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
        made = prepare(name, table, request.depth, scope, enrolment, school_days)
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
    listed = drop_doubles(patterns)[:LIST_LENGTH]
    return StandingOut(
        sum(one.slices for one in found),
        tuple(column.name for column in table.events.columns),
        request.depth,
        tuple(baseline.name for baseline in prepared),
        request.replicates,
        request.seed,
        choose_visible(found, prepared),
        tell_all(listed, table, scope, facts),
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
        return _(
            "Fewer than 5 students were involved, so nothing is said about what stands out."
        )
    if not facts.keyed:
        return _(
            "The records have no student number, so nobody can tell one student's many records from "
            "a pattern of the school, and no test would be honest. The counts above are all that "
            "can be said."
        )
    if table.events.size < FEWEST_INCIDENTS:
        return _(
            "There are {incidents} incidents. With fewer than {fewest} no pattern of any size "
            "can be told from chance."
        ).format(incidents=table.events.size, fewest=FEWEST_INCIDENTS)
    if len({column.block for column in table.events.columns}) < 2:
        return _(
            "The file says too little of each incident (place, time, grade ...) to compare."
        )
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
