"""Chance: every random choice of the sample world, the same on every machine."""

from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate
from math import cos, exp, log, pi, sqrt
from random import Random
from typing import TypeVar

Item = TypeVar("Item")


class Chance:
    """A named stream of random choices.

    Two streams with the same name make the same choices, whatever happens
    between them, so a change at one school leaves the others as they were.

    >>> Chance(1, "juniper").between(1, 6) == Chance(1, "juniper").between(1, 6)
    True
    """

    # Only Random.random() is promised to stay the same between Python versions
    # for one seed, so everything else is built on it here.

    def __init__(self, *name: object) -> None:
        self._random = Random(":".join(str(part) for part in name))

    def share(self) -> float:
        """Draw a number from 0 up to, but not including, 1."""
        return self._random.random()

    def happens(self, probability: float) -> bool:
        """Say yes with this probability."""
        return self.share() < probability

    def between(self, low: int, high: int) -> int:
        """Draw a whole number from low to high, both included."""
        return low + int(self.share() * (high - low + 1))

    def pick(self, items: Sequence[Item]) -> Item:
        """Draw one item, all equally likely."""
        return items[int(self.share() * len(items))]

    def weigh(self, items: Sequence[Item], weights: Sequence[float]) -> Item:
        """Draw one item in proportion to its weight."""
        return self.weigh_totals(items, list(accumulate(weights)))

    def weigh_totals(self, items: Sequence[Item], totals: Sequence[float]) -> Item:
        """Draw one item, given the running totals of the weights."""
        place = bisect(totals, self.share() * totals[-1])
        return items[min(place, len(items) - 1)]

    def some(self, items: Sequence[Item], count: int) -> list[Item]:
        """Draw several different items, all equally likely."""
        left = list(items)
        drawn = []
        for _ in range(min(count, len(left))):
            drawn.append(left.pop(int(self.share() * len(left))))
        return drawn

    def normal(self) -> float:
        """Draw from the standard normal (Box and Muller 1958)."""
        return sqrt(-2 * log(1 - self.share())) * cos(2 * pi * self.share())

    def gamma(self, shape: float) -> float:
        """Draw from a gamma with this shape and mean 1 (Marsaglia and Tsang 2000)."""
        if shape < 1:
            lift = exp(log(1 - self.share()) / shape)
            return self.gamma(shape + 1) * (shape + 1) / shape * lift
        least = shape - 1 / 3
        while True:
            step = self.normal()
            root = 1 + step / sqrt(9 * least)
            volume = root * root * root
            bound = 0.5 * step * step + least - least * volume
            if volume > 0 and log(1 - self.share()) < bound + least * log(volume):
                return least * volume / shape

    def poisson(self, mean: float) -> int:
        """Draw a count with this mean (Knuth 1969; means here are small)."""
        count, product, limit = 0, self.share(), exp(-mean)
        while product > limit:
            count += 1
            product *= self.share()
        return count
