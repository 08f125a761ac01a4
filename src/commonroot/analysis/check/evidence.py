"""How strongly the weeks since a change speak against a given ratio.

Everything is conditional on how many incidents were recorded in each week, so a week
that was bad, short or half recorded everywhere in the school cancels.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from commonroot.analysis.check.series import Week

ALPHA = 0.05
USUAL_DISPERSION, USUAL_WEIGHT = 1.5, 6.0
BLOCK = 4


@dataclass(frozen=True)
class Table:
    """Incidents in the slice and in the rest, before and after."""

    target_before: float
    rest_before: float
    target_after: float
    rest_after: float

    def score(self, ratio: float) -> tuple[float, float]:
        """Give the score and the information about the logarithm of the odds ratio.

        Against the claim that the slice's odds after the change are `ratio` times those
        before: seen less expected in the slice after the change, and the variance of
        that, given all margins (Mantel & Haenszel 1959), once the rest before has been
        divided by `ratio`. The tea that a lady tasted, three of four told right:

        >>> Table(1, 3, 3, 1).score(1)
        (1.0, 0.5714285714285714)
        """
        rest_before = self.rest_before / ratio
        before = self.target_before + rest_before
        after = self.target_after + self.rest_after
        target = self.target_before + self.target_after
        everything = before + after
        if everything <= 1 or not before or not after:
            return 0.0, 0.0
        rest = everything - target
        information = (
            before * after * target * rest / (everything**2 * (everything - 1))
        )
        return self.target_after - after * target / everything, information


@dataclass(frozen=True)
class Evidence:
    """A table, how much its weeks scatter, and what the calendar did elsewhere.

    `dispersion` is the variance of a week over a binomial one. `drift` is the logarithm
    of how the slice moved elsewhere, `drift_variance` what is not known of that. `plan`
    is the information at which the question is sharpest, fixed before looking.
    """

    table: Table
    dispersion: float
    plan: float
    drift: float = 0.0
    drift_variance: float = 0.0

    def weigh(self, log_ratio: float, picked: float = 1.0) -> tuple[float, float]:
        """Give a Brownian motion's place and time under the claim of a ratio.

        `picked` is how much of the slice's height before is left once it is corrected
        for having been picked because it was high.
        """
        claim = math.exp(log_ratio + self.drift) * picked
        score, information = self.table.score(claim)
        if not information:
            return 0.0, 0.0
        time = 1 / (self.dispersion / information + self.drift_variance)
        return score / information * time, time

    def excess(self, log_ratio: float, picked: float = 1.0) -> float:
        """Say how far outside the boundary a claim lies: below 0 inside, with its side.

        Positive: the slice is above what the claim allows; negative: below; 0: inside.
        """
        place, time = self.weigh(log_ratio, picked)
        over = abs(place) - bound(time, self.plan)
        return math.copysign(over, place) if over > 0 else 0.0


def bound(time: float, plan: float, alpha: float = ALPHA) -> float:
    """Bound a Brownian motion for all time, except with probability `alpha`.

    The two-sided normal mixture (Robbins 1970; Howard et al. 2021, eq. 14):
    sqrt((t + r) log((t + r) / (alpha^2 r))), where r makes it narrowest about t = plan.

    >>> round(bound(10, 10), 2)
    9.6
    """
    narrowest = plan / (2 * math.log(1 / alpha) + math.log(1 + 2 * math.log(1 / alpha)))
    whole = time + narrowest
    return math.sqrt(whole * math.log(whole / (alpha**2 * narrowest)))


def sum_weeks(earlier: Sequence[Week], after: Sequence[Week]) -> Table:
    """Sum the weeks before and after into a table."""
    return Table(
        sum(week.target for week in earlier),
        sum(week.rest for week in earlier),
        sum(week.target for week in after),
        sum(week.rest for week in after),
    )


def measure_dispersion(*periods: Sequence[Week]) -> float:
    """Measure how much more the slice's share scatters than a binomial one.

    Pearson's chi-square over its degrees of freedom, each period with its own share,
    pulled towards 1.5 as if six weeks had shown that, and never below 1. Measured over
    weeks, and over four weeks at a time, which a share that wanders slowly scatters
    more; the larger counts.

    >>> steady = Week(target=4, rest=36, logging_days=5, school_days=5)
    >>> measure_dispersion([steady] * 30)
    1.0
    """
    return max(
        measure_scatter([list(weeks) for weeks in periods]),
        measure_scatter([join_weeks(weeks, BLOCK) for weeks in periods]),
    )


def join_weeks(weeks: Sequence[Week], size: int) -> list[Week]:
    """Join weeks into longer stretches; what is left over at the end stays out."""
    return [
        Week(*(sum(column) for column in zip(*map(vars_of, piece), strict=True)))
        for piece in (
            weeks[start : start + size]
            for start in range(0, len(weeks) - size + 1, size)
        )
    ]


def vars_of(week: Week) -> tuple[int, int, int, int]:
    """Give a week's four numbers."""
    return week.target, week.rest, week.logging_days, week.school_days


def measure_scatter(periods: Sequence[Sequence[Week]]) -> float:
    """Measure the scatter of stretches about their own period's share."""
    squares, freedom = USUAL_WEIGHT * USUAL_DISPERSION, USUAL_WEIGHT
    for weeks in periods:
        told = [(week.target, week.target + week.rest) for week in weeks]
        told = [(target, whole) for target, whole in told if whole]
        share = sum(target for target, _ in told) / max(1, sum(n for _, n in told))
        if not 0 < share < 1:
            continue
        squares += sum(
            (target - whole * share) ** 2 / (whole * share * (1 - share))
            for target, whole in told
        )
        freedom += len(told) - 1
    return max(1.0, squares / freedom)
