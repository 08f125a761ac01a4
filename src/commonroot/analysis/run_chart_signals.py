"""Stretches of weeks that a stable school would rarely show.

Every single week and every mean of five and of nine weeks is compared with what
the school's own level and logging days lead one to expect. How far is far is not
read from a table but from simulated stable schools, treated exactly as the real one:
they bunch, they carry over from week to week and they have a season, since one year
of one school cannot tell its own season from a change. Formulas, measured
false alarms and power: docs/methods/run-chart.md.
"""

from dataclasses import dataclass

import numpy as np

from commonroot.analysis.run_chart_stable import (
    SEASON,
    Numbers,
    estimate_dispersion,
    estimate_season,
    fade,
    simulate_stable,
)

# What is compared with what, and how many weeks each stretch has.
WIDTHS = {"around": 1, "five": 5, "nine": 9, "onward": 9}
NEIGHBOURS = 9
# Five in a hundred, less one for what simulated schools only come near to.
LARGEST_PROBABILITY = 0.04
# Half of the year must have come round twice before a season is read from the chart.
WEEKS_TO_KNOW_A_SEASON = 78


@dataclass(frozen=True)
class Stretch:
    """Neighbouring weeks, first to last, whose whole-chart probability is small.

    `score` is in standard deviations of a stable school, above or below expected.

    >>> Stretch(3, 7, score=3.2, probability=0.01).width
    5
    """

    first: int
    last: int
    score: float
    probability: float

    @property
    def width(self) -> int:
        """Count the weeks in the stretch."""
        return self.last - self.first + 1

    def touches(self, other: "Stretch") -> bool:
        """Say whether two stretches overlap or lie side by side.

        >>> Stretch(3, 7, 3.2, 0.01).touches(Stretch(8, 8, -2.9, 0.04))
        True
        """
        return self.first <= other.last + 1 and other.first <= self.last + 1


def find_stretches(
    counts: Numbers, days: Numbers, times: Numbers, *, seed: int, replicates: int
) -> list[Stretch]:
    """Find the stretches that at most 4 % of stable charts match, strongest first.

    `counts` are incidents, `days` logging days (all above 0), `times` weeks since the
    first, breaks counted; at least one incident. The real chart is one row among its
    replicates in every step, so the probability of a stretch is (1 + replicates
    anywhere as striking) / (1 + replicates): Westfall & Young's (1993) smallest p,
    over the four comparisons of `score_all`, high and low.

    >>> steady = np.array([9.0, 11, 10, 8, 12, 10, 9, 11, 50, 10, 9, 11, 10, 8])
    >>> found = find_stretches(
    ...     steady, np.full(14, 5.0), np.arange(14.0), seed=1, replicates=999
    ... )
    >>> found[0].first, found[0].last, found[0].probability < 0.05
    (8, 8, True)
    """
    charts = np.vstack([counts, simulate_stable(counts, days, times, seed, replicates)])
    scores = score_all(charts, days, times)
    peaks = np.stack([each.max(axis=1) for each in scores.values()])
    smallest = share_as_large(peaks, peaks).min(axis=0)
    found = []
    for row, ((comparison, sign), each) in enumerate(scores.items()):
        shares = share_as_large(peaks[row : row + 1], each[:1])[0]
        # A lasting change leans on every start near its own: only the best may speak.
        best = each[0] == each[0].max() if comparison == "onward" else True
        for first in np.flatnonzero((each[0] > 0) & best):
            probability = float(np.mean(smallest <= shares[first]))
            last = int(first) + WIDTHS[comparison] - 1
            signed = sign * float(each[0, first])
            found.append(Stretch(int(first), last, signed, probability))
    rare = [one for one in found if one.probability <= LARGEST_PROBABILITY]
    return sorted(rare, key=lambda one: (one.probability, -abs(one.score)))


def expect(charts: Numbers, days: Numbers, times: Numbers) -> Numbers:
    """Expect each week's incidents: each chart's own level times logging days.

    A chart whose weeks lie 78 weeks or more apart also brings its own season, shrunk.

    >>> expect(np.array([[3.0, 5.0, 1.0]]), np.array([5.0, 5.0, 2.0]), np.arange(3.0))
    array([[3.75, 3.75, 1.5 ]])
    """
    level = charts.sum(axis=1, keepdims=True) / days.sum()
    flat = level * days
    if times[-1] - times[0] < WEEKS_TO_KNOW_A_SEASON:
        return np.asarray(flat)
    return np.asarray(flat * estimate_season(charts, flat, times))


def score_all(
    charts: Numbers, days: Numbers, times: Numbers
) -> dict[tuple[str, int], Numbers]:
    """Score every stretch of every chart, by comparison and sign (1 high, -1 low).

    Single weeks are compared with the nine weeks on either side, which season and slow
    change hardly touch; five and nine weeks with the chart's own expected line; and,
    for a change that lasts, all weeks from one on with all before it: that one
    stands under the first nine weeks of the change.

    >>> scores = score_all(np.eye(12), np.full(12, 5.0), np.arange(12.0))
    >>> scores["nine", -1].shape
    (12, 4)
    """
    expected = expect(charts, days, times)
    dispersion = estimate_dispersion(charts, days, times)
    seen_and_likely = {
        "around": (charts, expect_from_neighbours(charts, expected)),
        "five": (add_up(charts, 5), add_up(expected, 5)),
        "nine": (add_up(charts, 9), add_up(expected, 9)),
        "onward": add_up_onward(charts, expected),
    }
    scores = {}
    for comparison, (seen, likely) in seen_and_likely.items():
        high = score(seen, likely, dispersion, WIDTHS[comparison])
        scores[comparison, 1], scores[comparison, -1] = high, -high
    return scores


def add_up_onward(charts: Numbers, expected: Numbers) -> tuple[Numbers, Numbers]:
    """Add up all weeks from each one on, and what the weeks before lead one to expect.

    Both sides need nine weeks; a week with fewer before it is compared with itself.

    >>> ones = np.ones((1, 18))
    >>> seen, likely = add_up_onward(np.arange(18.0)[np.newaxis], ones)
    >>> seen[0, 9], likely[0, 9], (seen - likely)[0, :9].any()
    (np.float64(117.0), np.float64(36.0), np.False_)
    """
    starts = slice(0, charts.shape[1] - 8)
    before = (np.cumsum(charts, axis=1) - charts)[:, starts]
    before_expected = (np.cumsum(expected, axis=1) - expected)[:, starts]
    seen = charts.sum(axis=1, keepdims=True) - before
    after_expected = expected.sum(axis=1, keepdims=True) - before_expected
    likely = after_expected * before / np.maximum(before_expected, 1e-9)
    likely[:, :9] = seen[:, :9]
    return seen, likely


def expect_from_neighbours(charts: Numbers, expected: Numbers) -> Numbers:
    """Bring the expected line of each week to the level of the weeks around it.

    >>> expect_from_neighbours(np.array([[3.0, 0, 9]]), np.array([[4.0, 4, 4]]))
    array([[4.5, 6. , 1.5]])
    """
    weeks = np.arange(charts.shape[1])
    apart = np.abs(weeks[:, np.newaxis] - weeks)
    near = ((apart > 0) & (apart <= NEIGHBOURS)).astype(np.float64)
    return np.asarray(expected * (charts @ near) / np.maximum(expected @ near, 1e-9))


def score(seen: Numbers, likely: Numbers, dispersion: Numbers, width: int) -> Numbers:
    """Score sums of weeks, one for each stretch: how far above or below the likely.

    The root of the incidents (plus 3/8) less the root of the likely ones, over the
    chart's own dispersion, then in standard deviations over all charts for the very
    same weeks. Roots make highs and lows comparable (Anscombe 1948, Biometrika
    35:246-254).

    >>> few = np.array([[4.0, 4.0], [1.0, 9.0]])
    >>> score(few, np.full((2, 2), 4.0), np.full(2, 0.1), 1).round(6).tolist()
    [[1.0, -1.0], [-1.0, 1.0]]
    """
    away = np.sqrt(seen + 3 / 8) - np.sqrt(likely + 3 / 8)
    season = 0.0 if width == 1 else SEASON**2 / 2
    bunching = fade(np.arange(width, dtype=np.float64)).mean()
    scatter = 1 + likely * (dispersion[:, np.newaxis] * bunching + season)
    away /= np.sqrt(scatter)
    spread = np.maximum(away.std(axis=0), 1e-9)
    return np.asarray((away - away.mean(axis=0)) / spread)


def add_up(charts: Numbers, width: int) -> Numbers:
    """Add up every `width` neighbouring weeks.

    >>> add_up(np.array([[1.0, 2.0, 3.0]]), 2)
    array([[3., 5.]])
    """
    windows = np.lib.stride_tricks.sliding_window_view(charts, width, axis=1)
    return np.asarray(windows.sum(axis=2))


def share_as_large(charts: Numbers, values: Numbers) -> Numbers:
    """Say, row by row, what share of the charts' figures is at least each value.

    Equal up to rounding counts as equal.

    >>> share_as_large(np.array([[1.0, 2.0, 3.0, 4.0]]), np.array([[3.0, 9.0]]))
    array([[0.5, 0. ]])
    """
    return np.stack(
        [
            1 - np.searchsorted(np.sort(row), wanted - 1e-9) / len(row)
            for row, wanted in zip(charts, values, strict=True)
        ]
    )
