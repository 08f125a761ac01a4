"""How the same slice moved where nothing was changed: other schools, and last year."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from commonroot.analysis.check.series import Elsewhere

USUAL_SPREAD, OWN_SPREAD = 0.2, 0.1
USUAL_DISPERSION = 1.5


@dataclass(frozen=True)
class Moves:
    """How a slice's odds moved at some places, weighed; more places are added to it.

    `weight` is the sum of the places' precisions, `total` the sum of their movements
    (logarithms) times these. Neither is a count of incidents, and no place can be told
    out of the sum of several.
    """

    weight: float = 0.0
    total: float = 0.0

    def __add__(self, other: "Moves") -> "Moves":
        """Add what was seen at other places."""
        return Moves(self.weight + other.weight, self.total + other.total)


NOWHERE = Moves()


def weigh_moves(elsewhere: Iterable[Elsewhere]) -> Moves:
    """Weigh how a slice's odds moved at some places.

    A place's movement is known up to the scatter of its four counts (1.5 times that of
    a Poisson count) and moves a little by itself (a spread of 0.1).

    >>> moves = weigh_moves([Elsewhere(400, 4000, 300, 4000)])
    >>> round(moves.weight), round(moves.total / moves.weight, 2)
    (51, -0.29)
    """
    whole = NOWHERE
    for place in elsewhere:
        counts = {name: count + 0.5 for name, count in vars(place).items()}
        before = math.log(counts["target_before"] / counts["rest_before"])
        after = math.log(counts["target_after"] / counts["rest_after"])
        noise = USUAL_DISPERSION * sum(1 / each for each in counts.values())
        weight = 1 / (noise + OWN_SPREAD**2)
        whole += Moves(weight, weight * (after - before))
    return whole


def measure_drift(moves: Moves) -> tuple[float, float]:
    """Give the logarithm of how the slice's odds would have moved here, and its variance.

    Few incidents say little: the movement that all places share is pulled towards none,
    as if such movements were normal with a spread of 0.2. What is left unknown of it is
    kept, and what a school moves by itself (a spread of 0.1) is added: the conditional
    normal distribution of one more place. Without anywhere to look there is no movement,
    and doubt about it is left to the reader.

    >>> measure_drift(NOWHERE)
    (0.0, 0.0)
    >>> drift, variance = measure_drift(weigh_moves([Elsewhere(400, 4000, 300, 4000)]))
    >>> round(drift, 2), round(variance, 3)
    (-0.19, 0.023)
    """
    if not moves.weight:
        return 0.0, 0.0
    precision = 1 / USUAL_SPREAD**2 + moves.weight
    return moves.total / precision, 1 / precision + OWN_SPREAD**2
