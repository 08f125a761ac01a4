"""The scan: search every slice, ask chance how far it goes, and list what remains."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from commonroot.analysis.scan import kernels
from commonroot.analysis.scan.baseline import Baseline, hold_all
from commonroot.analysis.scan.large import LARGE, TableScorer
from commonroot.analysis.scan.listing import (
    Candidate,
    Verdict,
    choose,
    count_students,
    find_candidates,
    measure_bunching,
)
from commonroot.analysis.scan.ratio import Ratio, estimate_ratio
from commonroot.analysis.scan.replicates import (
    Numbers,
    Scorer,
    Searched,
    score_replicates,
)

ALPHA = 0.05
MOST_LISTED = 5
FEWEST_INCIDENTS = 5
FEWEST_STUDENTS = 3
LEAST_TYPICAL = 2.0
TYPICAL_LEFT_OUT = 2


@dataclass(frozen=True)
class Options:
    """How to search: replicates, seed, and what may be listed."""

    replicates: int = 999
    seed: int = 1
    stop_early: bool = True
    alpha: float = ALPHA
    most_listed: int = MOST_LISTED
    fewest_incidents: int = FEWEST_INCIDENTS
    fewest_students: int = FEWEST_STUDENTS
    threads: int = 1


@dataclass(frozen=True)
class Pattern:
    """A slice with more incidents than its baseline expects, which survived the searched.

    `p_adjusted` is the probability that chance alone gives a score this large
    anywhere in the search. `ratio` is corrected for having been picked.
    """

    conditions: tuple[tuple[str, str], ...]
    incidents: int
    expected: float
    ratio: Ratio
    p_adjusted: float
    score: float
    students: int
    weeks: int
    both_halves: bool
    bunching: float
    baseline: str


@dataclass(frozen=True)
class Visible:
    """How large a pattern would have to be at one depth for the scan to name it.

    Where `expected` incidents are expected, `incidents` is the smallest number that
    would be named, and `often_seen` the size of a pattern that is named 8 times in 10.
    """

    depth: int
    expected: float
    incidents: int
    often_seen: int


@dataclass(frozen=True)
class Found:
    """What a search found, and how much it looked at."""

    slices: int
    depths: tuple[int, ...]
    patterns: tuple[Pattern, ...]
    visible: tuple[Visible, ...]
    verdict: Verdict


def search(
    baseline: Baseline,
    options: Options | None = None,
    *,
    progress: Callable[[float], Any] = lambda share: None,
) -> Found:
    """Search every slice of a baseline's table.

    The probability of naming any slice when nothing stands out is at most
    `options.alpha`, over all slices and depths together (docs/methods/scan.md).
    """
    options = options or Options()
    events, layout = baseline.events, baseline.layout
    depths = tuple(sorted({len(chosen) for chosen in layout.sets}))
    if not layout.cells or not events.size:
        return Found(
            0, depths, (), (), Verdict(np.zeros((0, 5)), depths, options.alpha)
        )
    searched = Searched(
        layout,
        baseline.expected,
        baseline.varies,
        baseline.named,
        options.fewest_incidents,
        options.fewest_students,
    )
    told = np.zeros((layout.cells, 4))
    make_scorer = TableScorer if events.size > LARGE else Scorer
    observed = make_scorer(events, searched).score(events.codes, told)
    largest = score_replicates(
        events,
        searched,
        baseline.redeal,
        make_scorer,
        replicates=options.replicates,
        seed=options.seed,
        threads=options.threads,
        hopeless=lambda largest: (
            options.stop_early and is_hopeless(observed, largest, depths, options)
        ),
        progress=progress,
    )
    progress(1.0)
    verdict = Verdict(largest, depths, options.alpha)
    candidates = find_candidates(baseline, told, verdict, options.fewest_students)
    kept = choose(baseline, candidates, verdict, options.most_listed)
    return Found(
        int(baseline.named.sum()),
        depths,
        tuple(describe(baseline, candidate, verdict) for candidate in kept),
        tuple(
            visible
            for depth in depths
            if (visible := find_smallest(baseline, verdict, depth)) is not None
        ),
        verdict,
    )


def is_hopeless(
    observed: Numbers, largest: Numbers, depths: tuple[int, ...], options: Options
) -> bool:
    """Can nothing be named any more, whatever the replicates to come?

    So it is once more replicates reach the largest observed score of every depth than
    all of them together may (Besag and Clifford 1991). The list is then the one that all
    replicates would have given: empty.
    """
    allowed = options.alpha / len(depths) * (options.replicates + 1) - 1
    return all(
        int((largest[:, depth] >= observed[depth]).sum()) > allowed for depth in depths
    )


def describe(baseline: Baseline, candidate: Candidate, verdict: Verdict) -> Pattern:
    """Describe a listed slice."""
    events = baseline.events
    inside = hold_all(events, candidate.conditions)
    incidents = int(inside.sum())
    bunching = measure_bunching(events, inside)
    return Pattern(
        tuple(
            (events.columns[at].name, events.columns[at].values[code])
            for at, code in candidate.conditions
        ),
        incidents,
        candidate.expected,
        estimate_ratio(incidents, candidate.expected, bunching),
        verdict.adjust(candidate.score, candidate.depth),
        candidate.score,
        count_students(events, inside),
        len(np.unique(events.week[inside])),
        holds_in_halves(baseline, candidate),
        bunching,
        baseline.name,
    )


def holds_in_halves(baseline: Baseline, candidate: Candidate) -> bool:
    """Is the slice above its expected share in both halves of the period?

    The halves have the same number of incidents, or nearly; for the history baseline
    they are halves of the recent weeks.
    """
    events = baseline.events
    looked_at = baseline.looked_at
    middle = np.median(events.week[looked_at])
    inside = hold_all(events, candidate.conditions)
    first = looked_at & (events.week <= middle)
    second = looked_at & (events.week > middle)
    return all(
        bool(half.any())
        and inside[half].sum() > candidate.expected * half.sum() / looked_at.sum()
        for half in (first, second)
    )


def find_needed(usual: float, varies: float, critical: float) -> int:
    """Find the smallest count in a cell whose score passes a critical value.

    >>> find_needed(6.0, 0.77, 8.0)
    17
    """
    if not math.isfinite(critical) or usual <= 0:
        return 0
    low = high = math.ceil(usual)
    while kernels.score_cell(float(high), usual, varies) <= critical:
        low, high = high, 2 * high + 1
    while high - low > 1:
        middle = (low + high) // 2
        passes = kernels.score_cell(float(middle), usual, varies) > critical
        low, high = (low, middle) if passes else (middle, high)
    return high


def find_smallest(baseline: Baseline, verdict: Verdict, depth: int) -> Visible | None:
    """Find how large a pattern of middling size has to be; None where nothing is searched.

    Middling: the median of what is expected, over the slices that expect 2 or more
    (else over the largest twentieth), and of those the nearest of 1, 2, 5, 10, 20 ...
    The critical value is rounded up, so that neither tells of a hidden count. The
    heaviest student is taken to have 2 of the incidents.
    """
    critical = verdict.critical(depth)
    cells = np.concatenate(
        [
            np.arange(baseline.layout.cells)[baseline.layout.part(number)]
            for number, chosen in enumerate(baseline.layout.sets)
            if len(chosen) == depth
        ]
    )
    named = cells[baseline.named[cells]]
    if not len(named) or not math.isfinite(critical):
        return None
    expected = baseline.expected[named]
    typical = expected[expected >= min(LEAST_TYPICAL, np.quantile(expected, 0.95))]
    usual = round_to_ladder(float(np.median(typical)))
    needed = TYPICAL_LEFT_OUT + find_needed(usual, 1.0, math.ceil(critical))
    needed = max(needed, FEWEST_INCIDENTS)
    return Visible(depth, usual, needed, needed + math.ceil(0.85 * math.sqrt(needed)))


def round_to_ladder(value: float) -> float:
    """Give the nearest of 1, 2, 5, 10, 20, 50 ..., at least 1.

    >>> round_to_ladder(0.3), round_to_ladder(6.1), round_to_ladder(160)
    (1.0, 5.0, 200.0)
    """
    steps = [step * 10.0**power for power in range(7) for step in (1, 2, 5)]
    return min(steps, key=lambda step: abs(math.log(max(value, 1e-9) / step)))
