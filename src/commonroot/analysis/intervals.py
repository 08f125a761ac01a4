"""Intervals for shares: how far a share, or two shares, may be from what we saw.

Plain numbers in, a pair (low, high) out. `fairness` gives them their words.
"""

import math
from collections.abc import Callable
from statistics import NormalDist
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Ratio = TypeVar("Ratio", float, NDArray[np.float64])

# Ratios of risks between e^-50 and e^50 are all that doubles can tell apart here.
WIDEST_LOG_RATIO = 50.0
HALVINGS = 100

# With this many degrees of freedom or more, nothing of Student's t lies further
# out than this that a double could tell from nothing.
MANY_DEGREES = 60.0
WIDEST_T = 60.0
STEPS_OF_T = 40_000


def check_confidence(confidence: float) -> None:
    """Refuse a confidence that is not between 0 and 1 with a ValueError.

    >>> check_confidence(95)
    Traceback (most recent call last):
    ...
    ValueError: The confidence has to lie between 0 and 1, such as 0.95.
    """
    if not 0 < confidence < 1:
        raise ValueError("The confidence has to lie between 0 and 1, such as 0.95.")


def find_normal_quantile(confidence: float) -> float:
    """Give the number of standard errors on each side for a confidence.

    >>> round(find_normal_quantile(0.95), 4)
    1.96
    """
    check_confidence(confidence)
    return NormalDist().inv_cdf((1 + confidence) / 2)


def find_t_quantile(confidence: float, degrees: float) -> float:
    """Give Student's t for a confidence and degrees of freedom (1 or more).

    The standard library has no t, so we integrate its density. With
    t = sqrt(degrees) tan(angle) the density is cos(angle)^(degrees - 1), which
    is smooth and leaves no tail to cut off.

    >>> round(find_t_quantile(0.95, 10), 3)
    2.228
    """
    check_confidence(confidence)
    widest = math.pi / 2
    if degrees > MANY_DEGREES:
        widest = math.atan(WIDEST_T / math.sqrt(degrees))
    angles = np.linspace(0, widest, STEPS_OF_T + 1)
    density = np.cos(angles) ** (degrees - 1)
    area = np.concatenate([[0.0], np.cumsum(density[1:] + density[:-1])])
    angle = float(np.interp(confidence * area[-1], area, angles))
    return math.sqrt(degrees) * math.tan(angle)


def find_wilson_interval(
    count: int, total: int, confidence: float
) -> tuple[float, float]:
    """Find Wilson's score interval for a share: never below 0 or above 1.

    >>> low, high = find_wilson_interval(81, 263, 0.95)
    >>> round(low, 4), round(high, 4)
    (0.2553, 0.3662)

    Source: Wilson (1927), JASA 22:209-212; method 3 of Newcombe (1998),
    Statistics in Medicine 17:857-872.
    """
    quantile = find_normal_quantile(confidence)
    share = count / total
    squared = quantile**2
    middle = share + squared / (2 * total)
    spread = quantile * math.sqrt(
        share * (1 - share) / total + squared / (4 * total**2)
    )
    scale = 1 + squared / total
    # At 0 and 1 the limits are exact; the formula would leave a rounding error.
    low = 0.0 if count == 0 else (middle - spread) / scale
    high = 1.0 if count == total else (middle + spread) / scale
    return low, high


def find_difference_interval(
    count: int, total: int, other_count: int, other_total: int, confidence: float
) -> tuple[float, float]:
    """Find Newcombe's interval for one share minus another.

    It joins the two Wilson intervals, so it stays between -1 and 1 and never
    shrinks to a point.

    >>> low, high = find_difference_interval(56, 70, 48, 80, 0.95)
    >>> round(low, 4), round(high, 4)
    (0.0524, 0.3339)

    Source: method 10 of Newcombe (1998), Statistics in Medicine 17:873-890.
    """
    share, other_share = count / total, other_count / other_total
    low, high = find_wilson_interval(count, total, confidence)
    other_low, other_high = find_wilson_interval(other_count, other_total, confidence)
    difference = share - other_share
    return (
        difference - math.hypot(share - low, other_high - other_share),
        difference + math.hypot(high - share, other_share - other_low),
    )


def find_ratio_interval(
    count: int, total: int, other_count: int, other_total: int, confidence: float
) -> tuple[float, float]:
    """Find Koopman's score interval for one share divided by another.

    It holds every ratio that a score test would not reject. A zero on top makes
    the low end 0, a zero below makes the high end infinite, and two zeros say
    nothing at all: from 0 to infinity.

    >>> low, high = find_ratio_interval(7, 34, 1, 34, 0.95)
    >>> round(low, 4), round(high, 4)
    (1.2209, 42.5757)

    Source: Koopman (1984), Biometrics 40:513-517, by halving rather than by his
    iteration. Example: Perondi et al. (2004) in Fagerland, Lydersen & Laake
    (2017), chapter 4.
    """
    quantile = find_normal_quantile(confidence)

    def excess(log_ratio: float) -> float:
        return _score(count, total, other_count, other_total, log_ratio)

    low = 0.0 if count == 0 else _cross(excess, quantile)
    high = math.inf if other_count == 0 else _cross(excess, -quantile)
    return low, high


def _score(
    count: int, total: int, other_count: int, other_total: int, log_ratio: float
) -> float:
    """How many standard errors the counts lie above a ratio; falls as it rises."""
    ratio = math.exp(log_ratio)
    other_share = find_likeliest_share(count, total, other_count, other_total, ratio)
    share = ratio * other_share
    gap = count / total - ratio * other_count / other_total
    variance = (
        share * (1 - share) / total
        + ratio**2 * other_share * (1 - other_share) / other_total
    )
    if variance <= 0:
        return math.copysign(math.inf, gap) if gap else 0.0
    return float(gap / math.sqrt(variance))


def find_likeliest_share(
    count: int, total: int, other_count: int, other_total: int, ratio: Ratio
) -> Ratio:
    """Give the other share that fits the counts best, were the ratio known.

    The smaller root of Koopman's quadratic, written so that nothing cancels.
    Takes one ratio or an array of them.

    >>> find_likeliest_share(5, 10, 10, 40, 2.0)
    0.25
    """
    square = ratio * (total + other_total)
    linear = ratio * (total + other_count) + count + other_total
    constant = count + other_count
    # Never below 0 but for rounding, when every student has an incident.
    root: Ratio = abs(linear**2 - 4 * square * constant) ** 0.5
    return 2 * constant / (linear + root)


def _cross(falling: Callable[[float], float], level: float) -> float:
    """The ratio at which a falling score of the log ratio passes a level."""
    below, above = -WIDEST_LOG_RATIO, WIDEST_LOG_RATIO
    for _ in range(HALVINGS):
        middle = (below + above) / 2
        if falling(middle) > level:
            below = middle
        else:
            above = middle
    return math.exp((below + above) / 2)
