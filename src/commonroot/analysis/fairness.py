"""Fairness: are students of one group met with incidents more often than the rest?

Counts of students go in, a value with its interval comes out. We examine the
system: a ratio is a fact about what was recorded, never about a kind of child.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from commonroot.analysis import intervals, shrinkage


@dataclass(frozen=True)
class Estimate:
    """A value and the range that the counts leave open.

    `value` is None where the counts define none. A ratio to a rest without any
    incident is infinite (`math.inf`), and so is its high end.
    """

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Comparison:
    """One group beside all other students of the same school.

    Counts are of students: those with at least one incident, and those enrolled.

    >>> Comparison(students=9, enrolled=12, rest_students=1, rest_enrolled=0)
    Traceback (most recent call last):
    ...
    ValueError: There have to be students enrolled in the group and in the rest.
    """

    students: int
    enrolled: int
    rest_students: int
    rest_enrolled: int

    def __post_init__(self) -> None:
        if self.enrolled <= 0 or self.rest_enrolled <= 0:
            raise ValueError(
                "There have to be students enrolled in the group and in the rest."
            )
        _check_counts(self.students, self.enrolled)
        _check_counts(self.rest_students, self.rest_enrolled)

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """The four counts in the order of the fields."""
        return self.students, self.enrolled, self.rest_students, self.rest_enrolled

    @property
    def risk(self) -> float:
        """Share of the group with at least one incident."""
        return self.students / self.enrolled

    @property
    def rest_risk(self) -> float:
        """Share of all other students with at least one incident."""
        return self.rest_students / self.rest_enrolled


def estimate_risk(
    students: int, enrolled: int, *, confidence: float = 0.95
) -> Estimate:
    """Estimate the share of enrolled students with at least one incident.

    >>> risk = estimate_risk(3, 30)
    >>> risk.value, round(risk.low, 3), round(risk.high, 3)
    (0.1, 0.035, 0.256)

    Also called the risk index. Interval: Wilson (1927). Raises ValueError when
    the counts cannot be, or the confidence is not between 0 and 1.
    """
    if enrolled <= 0:
        raise ValueError("There have to be students enrolled.")
    _check_counts(students, enrolled)
    low, high = intervals.find_wilson_interval(students, enrolled, confidence)
    return Estimate(students / enrolled, low, high)


def estimate_risk_ratio(
    comparison: Comparison, *, confidence: float = 0.95
) -> Estimate:
    """Estimate how many times as likely an incident is in the group as in the rest.

    Six of 20 students against 20 of 280 is a ratio of 4.2, and the counts are
    also content with any ratio from 1.8 to 8.6.

    >>> ratio = estimate_risk_ratio(Comparison(6, 20, 20, 280))
    >>> round(ratio.value, 2), round(ratio.low, 2), round(ratio.high, 2)
    (4.2, 1.84, 8.58)

    Nobody in the group makes the low end 0. Nobody in the rest makes value and
    high end infinite; nobody in either leaves the value None and everything
    open. Interval: Koopman (1984), Biometrics 40:513-517.
    """
    low, high = intervals.find_ratio_interval(*comparison.counts, confidence)
    return Estimate(_divide(comparison.risk, comparison.rest_risk), low, high)


def estimate_risk_difference(
    comparison: Comparison, *, confidence: float = 0.95
) -> Estimate:
    """Estimate the group's risk minus the rest's, as a share from -1 to 1.

    >>> difference = estimate_risk_difference(Comparison(6, 20, 20, 280))
    >>> [round(part, 3) for part in (difference.low, difference.high)]
    [0.07, 0.449]

    Interval: method 10 of Newcombe (1998), Statistics in Medicine 17:873-890.
    """
    low, high = intervals.find_difference_interval(*comparison.counts, confidence)
    return Estimate(comparison.risk - comparison.rest_risk, low, high)


def estimate_raw_difference(
    comparison: Comparison, *, confidence: float = 0.95
) -> Estimate:
    """Estimate how many students of the group would not be here at the rest's risk.

    The unit is students with at least one incident; below 0 means fewer than
    the rest's risk would give. Each end is the risk difference times enrolment.

    >>> extra = estimate_raw_difference(Comparison(6, 20, 20, 280))
    >>> [round(part, 1) for part in (extra.value, extra.low, extra.high)]
    [4.6, 1.4, 9.0]

    Source: "raw differential representation" of Girvan, McIntosh & Smolkowski
    (2019), Educational Psychologist 54(1).
    """
    low, high = intervals.find_difference_interval(*comparison.counts, confidence)
    enrolled = comparison.enrolled
    value = enrolled * (comparison.risk - comparison.rest_risk)
    return Estimate(value, enrolled * low, enrolled * high)


def shrink_risk_ratios(
    comparisons: Sequence[Comparison], *, confidence: float = 0.95
) -> tuple[Estimate, ...]:
    """Estimate one group's risk ratio in each of several schools, all together.

    A small school's ratio leans on the network's, a large one's on its own
    counts; so does the interval. Values are posterior medians, in the order
    given. A school alone is held only by the weak prior around 1: its ratio is
    pulled towards 1. A school without any incident gets the network's.

    >>> hot, calm = Comparison(6, 20, 20, 280), Comparison(2, 25, 20, 250)
    >>> alone, = shrink_risk_ratios([hot])
    >>> together = shrink_risk_ratios([hot, calm, calm, calm])[0]
    >>> round(alone.value, 2), round(together.value, 2)
    (3.34, 2.17)

    The model, its priors and its sources are told in `shrinkage`.
    """
    if not comparisons:
        return ()
    intervals.check_confidence(confidence)
    levels = (0.5, (1 - confidence) / 2, (1 + confidence) / 2)
    tables = [comparison.counts for comparison in comparisons]
    quantiles = shrinkage.shrink_log_ratios(tables, levels)
    return tuple(Estimate(*(math.exp(part) for part in row)) for row in quantiles)


def estimate_incident_rate_ratio(
    group_counts: Mapping[int, int],
    rest_counts: Mapping[int, int],
    *,
    confidence: float = 0.95,
) -> Estimate:
    """Estimate incidents per student in the group over incidents in the rest.

    A histogram maps a number of incidents to the number of enrolled students
    with so many; students with none belong in it. The student is the unit: one
    child with 30 incidents is one child, so the spread is measured between
    students, never taken from the number of incidents as a Poisson count would.

    >>> group = {0: 20, 1: 6, 2: 3, 14: 1}
    >>> ratio = estimate_incident_rate_ratio(group, {0: 240, 1: 40, 3: 15, 6: 5})
    >>> round(ratio.value, 2), round(ratio.low, 2), round(ratio.high, 2)
    (2.26, 0.72, 7.1)

    Group or rest without any incident: the range is 0 to infinity, and the
    value 0, infinite, or None where both are without. Raises ValueError when a
    count is negative or nobody is enrolled. Interval: t on the log ratio, with
    the variance of a ratio of means and Welch's (1947) degrees of freedom.
    """
    intervals.check_confidence(confidence)
    group, rest = _Sample.of(group_counts), _Sample.of(rest_counts)
    value = _divide(group.mean, rest.mean)
    variance = group.log_variance + rest.log_variance
    if value is None or math.isinf(variance):
        return Estimate(value, 0.0, math.inf)
    quantile = intervals.find_t_quantile(confidence, _count_degrees(group, rest))
    margin = math.exp(quantile * math.sqrt(variance))
    return Estimate(value, value / margin, value * margin)


@dataclass(frozen=True)
class _Sample:
    """Incidents per student: how many students, their mean and their variance."""

    students: int
    mean: float
    variance: float

    @classmethod
    def of(cls, histogram: Mapping[int, int]) -> "_Sample":
        if any(key < 0 or times < 0 for key, times in histogram.items()):
            raise ValueError("Numbers of incidents and of students cannot be negative.")
        students = sum(histogram.values())
        if students == 0:
            raise ValueError("There have to be students enrolled.")
        mean = sum(key * times for key, times in histogram.items()) / students
        squares = sum(times * (key - mean) ** 2 for key, times in histogram.items())
        variance = squares / (students - 1) if students > 1 else math.inf
        return cls(students, mean, variance)

    @property
    def log_variance(self) -> float:
        """Variance of the logarithm of the mean.

        Never less than for scattered single incidents: a handful of students
        who happen to have the same number is luck, not precision.
        """
        if self.mean == 0:
            return math.inf
        return max(self.variance, self.mean) / (self.students * self.mean**2)


def _count_degrees(group: _Sample, rest: _Sample) -> float:
    """Welch's (1947) degrees of freedom for the sum of two variances."""
    parts = group.log_variance, rest.log_variance
    spread = parts[0] ** 2 / (group.students - 1) + parts[1] ** 2 / (rest.students - 1)
    return sum(parts) ** 2 / spread


def _divide(share: float, other_share: float) -> float | None:
    """The ratio; infinite over zero, and None where zero meets zero."""
    if other_share > 0:
        return share / other_share
    return math.inf if share > 0 else None


def _check_counts(students: int, enrolled: int) -> None:
    if not 0 <= students <= enrolled:
        raise ValueError(
            "The number of students with an incident has to lie between 0 and"
            " the number enrolled."
        )
