"""The parts that a sheet's patterns divide its rows into, and what a reader could subtract.

Every row lies in one part: by which conditions it meets, of those that the patterns
name. What a pattern, a place or a place without its pattern stands for is a sum of
parts, so the release can ask what can be known of each.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np
from numpy.typing import NDArray

from commonroot.analysis.disclosure import CountedCell

Flags = NDArray[np.bool_]
Whole = NDArray[np.int64]
# Beyond so many parts only those stand that have a row: a reader who knew which are
# empty would know more than ours, so more is hidden, never less.
MOST_PARTS = 4_000


@dataclass(frozen=True)
class Condition:
    """One condition: the block of columns that it is about, and the rows that meet it."""

    block: str
    rows: Flags


@dataclass(frozen=True)
class Parts:
    """Parts of rows. `meets` says of every part which conditions its rows meet.

    `incidents` counts those of each part; `people` holds a part and a student a line.
    """

    names: tuple[tuple[str, str], ...]
    meets: Flags
    incidents: Whole
    people: Whole

    def meeting(self, name: tuple[str, str]) -> Flags:
        """Give the parts whose rows meet a condition."""
        found: Flags = self.meets[:, self.names.index(name)]
        return found

    def meeting_all(self, names: Sequence[tuple[str, str]]) -> Flags:
        """Give the parts whose rows meet all of some conditions."""
        found: Flags = np.logical_and.reduce([self.meeting(name) for name in names])
        return found

    def count(self, key: object, chosen: Flags) -> CountedCell:
        """Count the incidents and students of some parts."""
        inside = self.people[chosen[self.people[:, 0]], 1]
        return CountedCell(
            key,
            int(self.incidents[chosen].sum()),
            len(np.unique(inside)),
            {int(at): int(self.incidents[at]) for at in np.flatnonzero(chosen)},
        )


def divide(
    conditions: Mapping[tuple[str, str], Condition],
    events: Whole,
    students: Whole,
) -> Parts:
    """Divide rows into parts. `students` is -1 where a row names none.

    Parts are every way in which what is met in one block can come together with what
    is met in the others, also where nothing happened: a reader does not know which
    are empty.
    """
    names = tuple(conditions)
    blocks = sorted({each.block for each in conditions.values()})
    met, codes = [], []
    for block in blocks:
        own = [at for at, name in enumerate(names) if conditions[name].block == block]
        rows = np.array([conditions[names[at]].rows for at in own]).T
        ways, code = np.unique(rows, axis=0, return_inverse=True)
        spread = np.zeros((len(ways), len(names)), bool)
        spread[:, own] = ways
        met.append(spread)
        codes.append(code.reshape(-1))
    sizes = [len(ways) for ways in met]
    part = np.ravel_multi_index(codes, sizes)
    number = int(np.prod(sizes))
    every = np.arange(number)
    if number > MOST_PARTS:
        every, part = np.unique(part, return_inverse=True)
    meets = np.zeros((len(every), len(names)), bool)
    for ways, code in zip(met, np.unravel_index(every, sizes), strict=True):
        meets |= ways[code]
    pairs = np.unique(np.column_stack([part, events]), axis=0)
    people = np.unique(np.column_stack([part, students])[students >= 0], axis=0)
    incidents = np.bincount(pairs[:, 0], minlength=len(every)).astype(np.int64)
    return Parts(names, meets, incidents, people)


def list_reachable(
    parts: Parts,
    patterns: Sequence[Sequence[tuple[str, str]]],
    margins: Sequence[Flags],
) -> list[CountedCell]:
    """List the cells that a reader can reach by subtracting, each once.

    Of one pattern: its conditions met, not met, or either. Of two: in a margin, inside
    or outside of each. Of all: what is left of a margin without some of them.
    """
    seen: dict[bytes, Flags] = {}
    for chosen in (
        *(each for pattern in patterns for each in vary(parts, pattern)),
        *leave_out(parts, patterns, margins),
    ):
        if parts.incidents[chosen].any():
            seen.setdefault(chosen.tobytes(), chosen)
    counted = (parts.count(at, chosen) for at, chosen in enumerate(seen.values()))
    return [cell for cell in counted if cell.is_small]


def vary(parts: Parts, pattern: Sequence[tuple[str, str]]) -> Iterator[Flags]:
    """Give a pattern's table: each of its conditions met, not met, or either."""
    everything = np.ones(len(parts.incidents), bool)
    ways = [(everything, parts.meeting(name), ~parts.meeting(name)) for name in pattern]
    for way in product(*ways):
        yield np.logical_and.reduce(way)


def leave_out(
    parts: Parts,
    patterns: Sequence[Sequence[tuple[str, str]]],
    margins: Sequence[Flags],
) -> Iterator[Flags]:
    """Give what margins have inside and outside of patterns."""
    inside = [parts.meeting_all(pattern) for pattern in patterns]
    for margin in margins:
        for one, other in combinations(inside, 2):
            for left, right in product((one, ~one), (other, ~other)):
                yield margin & left & right
        for size in range(1, len(inside) + 1):
            for some in combinations(inside, size):
                yield margin & ~np.logical_or.reduce(some)
