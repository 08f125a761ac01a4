"""Which slices there are: every set of columns, and the cells of its table."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from math import prod

import numpy as np
from numpy.typing import NDArray

from commonroot.analysis.scan.events import Column

MOST_CELLS = 4_000_000
DEEPEST = 4


@dataclass(frozen=True)
class Layout:
    """The sets of columns that are searched, with a table of cells for each.

    Cells of one set stand one after another, the last column running fastest; the
    table of set i begins at `offsets[i]`.
    """

    columns: tuple[Column, ...]
    sets: tuple[tuple[int, ...], ...]
    offsets: NDArray[np.int64]

    @property
    def cells(self) -> int:
        """Give the number of cells in all tables."""
        return int(self.offsets[-1])

    @cached_property
    def members(self) -> NDArray[np.int64]:
        """Give the columns of each set, filled up with zeros: shape (sets, deepest)."""
        width = max(map(len, self.sets), default=1)
        padded = [(*chosen, *[0] * (width - len(chosen))) for chosen in self.sets]
        return np.array(padded, dtype=np.int64).reshape(-1, width)

    @cached_property
    def depths(self) -> NDArray[np.int64]:
        """Give the number of columns of each set."""
        return np.array([len(chosen) for chosen in self.sets], dtype=np.int64)

    @cached_property
    def sizes(self) -> NDArray[np.int64]:
        """Give the number of values of each column."""
        return np.array([len(column.values) for column in self.columns], dtype=np.int64)

    def shape(self, number: int) -> tuple[int, ...]:
        """Give the shape of a set's table."""
        return tuple(len(self.columns[at].values) for at in self.sets[number])

    def part(self, number: int) -> slice:
        """Give the place of a set's table."""
        return slice(int(self.offsets[number]), int(self.offsets[number + 1]))

    def name(self, cell: int) -> tuple[tuple[int, int], ...]:
        """Give the conditions of a cell as (column, code)."""
        number = int(np.searchsorted(self.offsets, cell, side="right")) - 1
        codes = np.unravel_index(cell - int(self.offsets[number]), self.shape(number))
        return tuple(zip(self.sets[number], map(int, codes), strict=True))


def lay_out(
    columns: Sequence[Column],
    *,
    fewest: int,
    deepest: int,
    most_cells: int = MOST_CELLS,
) -> Layout:
    """Lay out every set of `fewest` to `deepest` columns, one of a block at most.

    A set whose table would be larger than `most_cells` is left out.

    >>> place, time = Column("place", ("a", "b"), "where"), Column("time", ("x",), "when")
    >>> part = Column("part", ("m",), "when")
    >>> lay_out([place, time, part], fewest=2, deepest=3).sets
    ((0, 1), (0, 2))
    """
    if not 1 <= deepest <= DEEPEST:
        raise ValueError(f"The depth has to lie between 1 and {DEEPEST}.")
    sets = [
        chosen
        for depth in range(fewest, deepest + 1)
        for chosen in combinations(range(len(columns)), depth)
        if len({columns[at].block for at in chosen}) == depth
        and prod(len(columns[at].values) for at in chosen) <= most_cells
    ]
    sizes = [prod(len(columns[at].values) for at in chosen) for chosen in sets]
    offsets = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    return Layout(tuple(columns), tuple(sets), offsets)


def list_named(layout: Layout) -> NDArray[np.bool_]:
    """Say of every cell whether all its values may be named."""
    named = np.zeros(layout.cells, dtype=np.bool_)
    for number, chosen in enumerate(layout.sets):
        masks = [
            np.array([layout.columns[at].is_listed(code) for code in range(size)])
            for at, size in zip(chosen, layout.shape(number), strict=True)
        ]
        named[layout.part(number)] = combine(masks).ravel()
    return named


def combine(parts: Sequence[NDArray[np.bool_]]) -> NDArray[np.bool_]:
    """Combine one mask a column into a mask of the table."""
    table = parts[0]
    for part in parts[1:]:
        table = table[..., np.newaxis] & part
    return table
