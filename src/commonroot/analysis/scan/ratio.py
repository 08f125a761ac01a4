"""How many times the expected, corrected for having been picked as the hottest.

A slice is listed because its count came out high, so the plain ratio is mostly too
high. A weak prior pulls it back, the more the fewer incidents there are, and the
bunching of incidents in students makes its interval as wide as it has to be.
"""

import math
from dataclasses import dataclass

import numpy as np

PRIOR_SPREAD = 0.9
RATIOS = np.exp(np.linspace(math.log(0.1), math.log(150.0), 2000))


@dataclass(frozen=True)
class Ratio:
    """A ratio with its 95 % interval."""

    value: float
    low: float
    high: float


def estimate_ratio(incidents: float, expected: float, bunching: float) -> Ratio:
    """Estimate seen over expected, shrunk towards 1.

    Poisson likelihood of incidents / bunching, where bunching is the variance of the
    count over its mean (incidents of one student come together), and a prior on the
    logarithm of the ratio that is normal with mean 0 and spread 0.9. Gives the middle
    of the posterior and the 2.5 and 97.5 % points. What it does to ratios of known
    size is measured by bench/scan_honesty.py (docs/methods/scan.md).

    >>> found = estimate_ratio(36, 6, 1.3)
    >>> round(found.value, 1), round(found.low, 1), round(found.high, 1)
    (5.5, 3.6, 7.8)
    """
    logs = np.log(RATIOS)
    means = RATIOS * expected / bunching
    posterior = (
        incidents / bunching * np.log(means) - means - logs**2 / (2 * PRIOR_SPREAD**2)
    )
    weights = np.exp(posterior - posterior.max())
    cumulated = np.cumsum(weights) / weights.sum()
    low, middle, high = np.exp(np.interp([0.025, 0.5, 0.975], cumulated, logs))
    return Ratio(float(middle), float(low), float(high))
