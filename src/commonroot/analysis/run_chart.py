"""A weekly run chart of incidents at one school, honest about signals.

The familiar rules call a change in most *stable* school series, so their figures
are described here and never judged by. A signal is claimed only when a stable
school would show something as striking on at most one chart in twenty; see
`run_chart_signals` for how, and `docs/methods/run-chart.md` for what was measured.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise
from math import comb, log2
from statistics import median
from typing import Literal

import numpy as np

from commonroot.analysis.run_chart_signals import Stretch, find_stretches

# Below twelve points the published charts are not defined either (docs/methods/run-chart.md).
FEWEST_WEEKS = 12
# A chart with more than three stories to tell is not read in one meeting.
MOST_SIGNALS = 3
SHAPES = {1: "one week", 5: "five weeks", 9: "nine weeks"}


@dataclass(frozen=True)
class Week:
    """One week at one school: its first day, its incidents, its logging days.

    Logging days are the school days of that week on which recording was on. A week
    with none is a week we know nothing about, whatever its count says.

    >>> Week(date(2025, 9, 1), incidents=7, logging_days=4).logging_days
    4
    """

    start: date
    incidents: int
    logging_days: int


@dataclass(frozen=True)
class Signal:
    """A stretch of weeks that a stable school would rarely show.

    `first` and `last` are indexes into the weeks given, both inside the stretch.
    `probability` is the share of stable charts showing anything as striking anywhere.
    "nine weeks" also marks the first nine weeks of a change that lasts.
    """

    first: int
    last: int
    direction: Literal["higher", "lower"]
    shape: str
    probability: float


@dataclass(frozen=True)
class FamiliarRules:
    """The figures of the Anhøj rules: to be described, never used as a verdict.

    The published rule speaks of a shift when `longest_run` is above its limit or
    `crossings` is below `fewest_crossings`. `points` are those off the median.
    """

    points: int
    longest_run: int
    longest_run_limit: int
    crossings: int
    fewest_crossings: int


@dataclass(frozen=True)
class RunChart:
    """The weeks, their median, and what may honestly be said about them.

    `reason_for_no_signal` is None exactly when there is a signal.
    """

    weeks: tuple[Week, ...]
    median: float | None
    signals: tuple[Signal, ...]
    familiar: FamiliarRules | None
    reason_for_no_signal: str | None


def draw_run_chart(
    weeks: Sequence[Week], *, seed: int = 1, replicates: int = 999
) -> RunChart:
    """Draw the run chart of a school's weeks, with the signals that may be claimed.

    Weeks without a logging day stay in the chart and are passed over in every
    figure. Expected incidents are in proportion to logging days, so a short week is
    not a low week; the median is of plain counts, as on any run chart. The same
    weeks, seed and replicates always give the same chart.

    >>> from datetime import timedelta
    >>> counts = [10] * 18 + [40] + [10] * 17
    >>> monday = date(2025, 9, 1)
    >>> weeks = [Week(monday + timedelta(7 * i), n, 5) for i, n in enumerate(counts)]
    >>> chart = draw_run_chart(weeks)
    >>> chart.median
    10.0
    >>> [(s.first, s.last, s.direction, s.shape) for s in chart.signals]
    [(18, 18, 'higher', 'one week')]
    >>> draw_run_chart(weeks[:11]).reason_for_no_signal
    'too few weeks'

    Raises ValueError when weeks are out of order or repeated, when a figure is
    negative, or when fewer than 19 replicates are asked for (5 % needs 19).

    Method: docs/methods/run-chart.md.
    """
    _refuse_impossible(weeks, replicates)
    logged = [index for index, week in enumerate(weeks) if week.logging_days > 0]
    counts = [weeks[index].incidents for index in logged]
    reason = _reason_not_to_look(counts)
    signals: tuple[Signal, ...] = ()
    if reason is None:
        stretches = _find_in([weeks[index] for index in logged], seed, replicates)
        signals = _claim(stretches, logged)
        reason = None if signals else "ordinary weeks and a season could look like this"
    return RunChart(
        weeks=tuple(weeks),
        median=float(median(counts)) if counts else None,
        signals=signals,
        familiar=describe_familiar_rules(counts),
        reason_for_no_signal=reason,
    )


def describe_familiar_rules(values: Sequence[float]) -> FamiliarRules | None:
    """Count runs and crossings of the median, with the limits of the Anhøj rules.

    Points on the median are passed over: they neither end a run nor lengthen it.
    None when no point lies off the median.

    >>> figures = describe_familiar_rules([5, 9, 6, 3, 2, 1, 8])
    >>> figures.points, figures.longest_run, figures.crossings
    (6, 3, 2)
    >>> figures.longest_run_limit, figures.fewest_crossings
    (6, 1)
    >>> describe_familiar_rules([4, 4, 4]) is None
    True

    Source: Anhøj & Olesen (2014), PLoS ONE 9:e113825; limits for n points off the
    median: round(log2 n) + 3, and the 5 % point of a binomial (n - 1, 1/2).
    """
    if not values:
        return None
    centre = median(values)
    above = [value > centre for value in values if value != centre]
    if not above:
        return None
    runs = [len(list(run)) for _, run in groupby(above)]
    return FamiliarRules(
        points=len(above),
        longest_run=max(runs),
        longest_run_limit=round(log2(len(above))) + 3,
        crossings=len(runs) - 1,
        fewest_crossings=_five_percent_point_of_coins(len(above) - 1),
    )


def _five_percent_point_of_coins(tosses: int) -> int:
    """Find the smallest k with P(heads <= k) of at least 5 %, in whole numbers."""
    heads, ways = 0, 1
    while 20 * ways < 2**tosses:
        heads += 1
        ways += comb(tosses, heads)
    return heads


def _refuse_impossible(weeks: Sequence[Week], replicates: int) -> None:
    if any(later.start <= week.start for week, later in pairwise(weeks)):
        raise ValueError("weeks must be in order of time, each one once")
    if any(week.incidents < 0 or week.logging_days < 0 for week in weeks):
        raise ValueError("incidents and logging days cannot be negative")
    if replicates < 19:
        raise ValueError("a probability of 5 % needs at least 19 replicates")


def _reason_not_to_look(counts: Sequence[int]) -> str | None:
    if len(counts) < FEWEST_WEEKS:
        return "too few weeks"
    return None if any(counts) else "no incidents"


def _find_in(logged: Sequence[Week], seed: int, replicates: int) -> list[Stretch]:
    start = logged[0].start
    return find_stretches(
        np.array([week.incidents for week in logged], dtype=float),
        np.array([week.logging_days for week in logged], dtype=float),
        np.array([(week.start - start).days / 7 for week in logged]),
        seed=seed,
        replicates=replicates,
    )


def _claim(stretches: Sequence[Stretch], logged: Sequence[int]) -> tuple[Signal, ...]:
    """Keep the strongest of every group that touch, in order of time."""
    kept: list[Stretch] = []
    for stretch in stretches:
        if not any(stretch.touches(stronger) for stronger in kept):
            kept.append(stretch)
    strongest = sorted(kept[:MOST_SIGNALS], key=lambda stretch: stretch.first)
    return tuple(
        Signal(
            first=logged[stretch.first],
            last=logged[stretch.last],
            direction="higher" if stretch.score > 0 else "lower",
            shape=SHAPES[stretch.width],
            probability=stretch.probability,
        )
        for stretch in strongest
    )
