"""An attacker who shares no code with the release: scipy, and counting by hand.

He reads published rows only: labels, a number or nothing. He knows that zeros are
always shown, so that a hidden number is one at least.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import product

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, lil_array

Key = tuple[str, ...]
Published = Mapping[Key, int | None]


class Attacker:
    """Adds up what one or several releases publish."""

    def __init__(
        self,
        releases: Sequence[Published],
        depths: Sequence[int],
        *,
        knows_zeros: bool = True,
        told_apart: Mapping[int, frozenset[Key]] | None = None,
    ) -> None:
        """`depths` is the number of columns of each dimension, in order.

        `told_apart` names, for a release, the keys whose numbers he knows to have been
        corrected since the first one: there they are unknowns of their own.
        """
        self.index: dict[tuple[int, Key], int] = {}
        self.lower: list[float] = []
        self.upper: list[float] = []
        self.rows: list[tuple[list[int], int]] = []
        for number, published in enumerate(releases):
            apart = (told_apart or {}).get(number, frozenset())
            for key, value in published.items():
                self.take_in(number if key in apart else 0, key, value, knows_zeros)
            for key in published:
                self.add_sums(number, key, published, depths, apart)

    def take_in(self, number, key, value, knows_zeros):
        if (number, key) not in self.index:
            self.index[number, key] = len(self.lower)
            self.lower.append(1.0 if knows_zeros else 0.0)
            self.upper.append(np.inf)
        if value is not None:
            at = self.index[number, key]
            self.lower[at] = self.upper[at] = float(value)

    def add_sums(self, number, key, published, depths, apart):
        def find(each):
            return self.index[number if each in apart else 0, each]

        start = 0
        for depth in depths:
            own = key[start : start + depth]
            level = own.index("*") if "*" in own else depth
            if level < depth:
                parts = [
                    other
                    for other in published
                    if other[:start] == key[:start]
                    and other[start + depth :] == key[start + depth :]
                    and other[start : start + level] == own[:level]
                    and other[start + level] != "*"
                    and set(other[start + level + 1 : start + depth]) <= {"*"}
                ]
                if parts:
                    self.rows.append(([find(part) for part in parts], find(key)))
            start += depth

    @cached_property
    def matrix(self) -> csr_array:
        """Give every sum once, as a row: its parts, less the total."""
        rows = list(dict.fromkeys((tuple(parts), total) for parts, total in self.rows))
        matrix = lil_array((len(rows), len(self.lower)))
        for row, (parts, total) in enumerate(rows):
            matrix[row, parts] = 1.0
            matrix[row, total] = -1.0
        return matrix.tocsr()

    def range_of(self, key, *, number=0, known=(), whole=True):
        """Give the least and the most a number can be; `known` adds keys with values."""
        lower, upper = np.array(self.lower), np.array(self.upper)
        for each, value in known:
            at = self.index[0, each]
            lower[at] = upper[at] = value
        at = self.index[number, key]
        found = []
        for sign in (1.0, -1.0):
            cost = np.zeros(len(lower))
            cost[at] = sign
            done = milp(
                cost,
                constraints=LinearConstraint(self.matrix, 0.0, 0.0),
                bounds=Bounds(lower, np.minimum(upper, 10_000.0)),
                integrality=np.full(len(lower), int(whole)),
            )
            assert done.status == 0, done.message
            found.append(round(sign * done.fun, 6))
        return tuple(found)


def count_by_hand(shown, shape, cell, value, top):
    """Is there a table of whole numbers that agrees, with this value in this cell?

    Looks through every one: `shown` holds rows, columns and inner cells of a table of
    two rows, None where hidden. Numbers go up to `top`.
    """
    rows, columns = shape
    ways = []
    for row in range(rows):
        free = [
            [value]
            if (row, column) == cell
            else range(1, top + 1)
            if shown[row, column] is None
            else [shown[row, column]]
            for column in range(columns)
        ]
        total = shown.get((row, "*"))
        ways.append(
            [way for way in product(*free) if total is None or sum(way) == total]
        )
    wanted = [shown.get(("*", column)) for column in range(columns)]
    grand = shown.get(("*", "*"))

    def fold(way):
        kept = tuple(
            v for v, total in zip(way, wanted, strict=True) if total is not None
        )
        return (*kept, sum(way)) if grand is not None else kept

    goal = tuple(total for total in wanted if total is not None)
    goal = (*goal, grand) if grand is not None else goal
    reached = {fold(way) for way in ways[0]}
    for way in ways[1:]:
        steps = {fold(each) for each in way}
        reached = {
            tuple(a + b for a, b in zip(one, other, strict=True))
            for one in reached
            for other in steps
        }
        reached = {
            one
            for one in reached
            if all(a <= b for a, b in zip(one, goal, strict=True))
        }
    return goal in reached
