"""How the same slice moved where nothing was changed."""

import math

from commonroot.analysis.check.series import Elsewhere

USUAL_SPREAD = 0.2
USUAL_DISPERSION = 1.5


def measure_drift(elsewhere: Elsewhere | None) -> tuple[float, float]:
    """Give the logarithm of how the slice's odds moved elsewhere, and its variance.

    Few incidents say little: the estimate is pulled towards no movement, as if
    movements were normal with a spread of 0.2, and what is left unknown is kept: almost
    all of it where there were hardly any incidents. Without anywhere to look there is no
    movement, and doubt about it is left to the reader.

    >>> measure_drift(None)
    (0.0, 0.0)
    >>> drift, variance = measure_drift(Elsewhere(400, 4000, 300, 4000))
    >>> round(drift, 2), round(variance, 3)
    (-0.23, 0.008)
    """
    if elsewhere is None:
        return 0.0, 0.0
    counts = {name: count + 0.5 for name, count in vars(elsewhere).items()}
    before = math.log(counts["target_before"] / counts["rest_before"])
    after = math.log(counts["target_after"] / counts["rest_after"])
    noise = USUAL_DISPERSION * sum(1 / each for each in counts.values())
    kept = USUAL_SPREAD**2 / (USUAL_SPREAD**2 + noise)
    return kept * (after - before), kept * noise
