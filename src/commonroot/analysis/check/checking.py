"""The check of one change: the way from weeks to one of five answers."""

import enum
import math
from collections.abc import Callable
from dataclasses import dataclass

from commonroot.analysis.check.drift import NOWHERE, Moves, measure_drift
from commonroot.analysis.check.evidence import (
    Evidence,
    Table,
    measure_dispersion,
    sum_weeks,
)
from commonroot.analysis.check.recording import find_recording_change
from commonroot.analysis.check.series import Series

FEWEST_WEEKS_BEFORE, FEWEST_BEFORE = 6, 5
FEWEST_WEEKS_AFTER, FEWEST_EXPECTED = 3, 4.0
PLANNED_WEEKS = 12
WIDEST = math.log(100)
STEPS = 40


class Verdict(enum.StrEnum):
    """What a check answers."""

    HELPED = "helped"
    DID_NOT_HELP = "did_not_help"
    GOT_WORSE = "got_worse"
    TOO_EARLY = "too_early"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True)
class Check:
    """What can be said of a change.

    `ratio` is the slice's share of all incidents (as odds) since the change over what
    its past and its comparison predict, with an interval that holds at every look of
    the year at once (95 %). `expected` is how many incidents were predicted since the
    change, `seen` how many there were. `reason` names why nothing is told: few_before,
    few_after, days, rest; or is empty.
    """

    verdict: Verdict
    weeks_before: int
    weeks_after: int
    seen: int
    expected: float
    dispersion: float
    ratio: float | None = None
    low: float | None = None
    high: float | None = None
    reason: str = ""


def check_change(
    series: Series,
    *,
    goal: float = 0.75,
    picked: float = 1.0,
    elsewhere: Moves = NOWHERE,
    planned_weeks: int = PLANNED_WEEKS,
) -> Check:
    """Check a change against what its own past and its comparison predict.

    `goal` is the ratio that the team hoped for (0.75: a quarter less), `picked` how much
    of the slice's earlier height is left after correcting for having been picked (the
    scan's ratio over seen by expected), `elsewhere` how the slice moved where nothing was
    changed (`weigh_moves`), `planned_weeks` when the team means to look.
    May be asked every week: see docs/methods/check.md.

    >>> from commonroot.analysis.check.series import Week
    >>> before = [Week(target=8, rest=40, logging_days=5, school_days=5)] * 18
    >>> since = [Week(target=2, rest=40, logging_days=5, school_days=5)] * 12
    >>> check_change(Series(before + since, before=18)).verdict
    <Verdict.HELPED: 'helped'>
    """
    earlier, after = series.earlier, series.after
    table = sum_weeks(earlier, after)
    drift, drift_variance = measure_drift(elsewhere)
    expected = expect_after(table, math.exp(drift) * picked)
    evidence = Evidence(
        table,
        measure_dispersion(earlier, after),
        plan_information(series, planned_weeks),
        drift,
        drift_variance,
    )
    reason = find_reason(series, expected)
    if reason:
        quiet = reason in ("few_before", "few_after")
        verdict = Verdict.TOO_EARLY if quiet else Verdict.CANNOT_TELL
        return describe(series, verdict, expected, evidence, reason=reason)
    picked = min(1.0, picked)
    return describe(
        series,
        judge(evidence, goal, picked),
        expected,
        evidence,
        ratio=table.target_after / expected,
        low=find_end(lambda claim: evidence.excess(claim) > 0, -1),
        high=find_end(lambda claim: evidence.excess(claim, picked) < 0, 1),
    )


def describe(
    series: Series,
    verdict: Verdict,
    expected: float,
    evidence: Evidence,
    *,
    reason: str = "",
    ratio: float | None = None,
    low: float | None = None,
    high: float | None = None,
) -> Check:
    """Put together what is said of a change."""
    return Check(
        verdict=verdict,
        weeks_before=len(series.earlier),
        weeks_after=len(series.after),
        seen=round(evidence.table.target_after),
        expected=expected,
        dispersion=evidence.dispersion,
        ratio=ratio,
        low=low,
        high=high,
        reason=reason,
    )


def judge(evidence: Evidence, goal: float, picked: float) -> Verdict:
    """Judge by claims that the weeks contradict.

    What was picked because it was high comes down by itself: a change helped only if the
    slice fell below the corrected height, and made it worse only if it rose above the
    height that was seen.
    """
    if evidence.excess(0.0, picked) < 0:
        return Verdict.HELPED
    if evidence.excess(0.0) > 0:
        return Verdict.GOT_WORSE
    if evidence.excess(math.log(goal)) > 0:
        return Verdict.DID_NOT_HELP
    return Verdict.TOO_EARLY


def find_reason(series: Series, expected: float) -> str:
    """Find why nothing can be told yet, or at all."""
    earlier, after = series.earlier, series.after
    if (
        len(earlier) < FEWEST_WEEKS_BEFORE
        or sum(week.target for week in earlier) < FEWEST_BEFORE
    ):
        return "few_before"
    changed = find_recording_change(
        earlier, after, series.weeks[: series.before], series.weeks[series.before :]
    )
    if changed and len(series.weeks) - series.before >= FEWEST_WEEKS_AFTER:
        return changed
    if len(after) < FEWEST_WEEKS_AFTER or expected < FEWEST_EXPECTED:
        return "few_after"
    return ""


def expect_after(table: Table, moved: float) -> float:
    """Predict the slice's incidents since the change, had it gone on as the rest did."""
    if not table.rest_before:
        return 0.0
    return table.target_before / table.rest_before * table.rest_after * moved


def plan_information(series: Series, planned_weeks: int) -> float:
    """Foresee the information at the planned look, from the weeks before alone."""
    earlier = series.earlier
    table = sum_weeks(earlier, [])
    share = planned_weeks / max(1, len(earlier))
    planned = Table(
        table.target_before,
        table.rest_before,
        table.target_before * share,
        table.rest_before * share,
    )
    return max(0.5, planned.score(1.0)[1] / measure_dispersion(earlier))


def find_end(excluded: Callable[[float], bool], side: int) -> float:
    """Find where claims begin to be excluded, going outwards to one side.

    Gives the ratio at the end of the interval; 0 or infinity when nothing is excluded.
    """
    inside, outside = -side * WIDEST, side * WIDEST
    if not excluded(outside):
        return math.inf if side > 0 else 0.0
    for _ in range(STEPS):
        middle = (inside + outside) / 2
        if excluded(middle):
            outside = middle
        else:
            inside = middle
    return math.exp((inside + outside) / 2)
