"""Numbers that add up to one another, as the tables of a release do.

A reader of a table knows more than its cells: that the districts make up the region,
that a zero has no parts, that a total with one part is that part. `reduce` turns cells
and sums into the smaller system that is left when all this is taken away.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]
Reals = NDArray[np.float64]
NO_LIMIT = np.iinfo(np.int64).max


@dataclass(frozen=True)
class Cells:
    """Cells before release, one a position of every array.

    values      what is true (incidents)
    published   is the cell of a table; the others lie inside, and are never shown
    told        a reader has it already, or it is shown whatever happens
    protected   is small: hidden, and the promise is kept for it
    kept_hidden was hidden in an earlier release, and stays so
    single      stands for one student
    least, most what a reader knows of a hidden number without any table
    module      the part of the whole in which it lies; -1 for what lies in several
    """

    values: Whole
    published: Flags
    told: Flags
    protected: Flags
    kept_hidden: Flags
    single: Flags
    least: Whole
    most: Whole
    module: Whole

    @classmethod
    def make(cls, values: Sequence[int] | Whole, **known: object) -> "Cells":
        """Make cells of values, all published, of which nothing else is known.

        >>> Cells.make([4, 7], protected=[True, False]).protected.tolist()
        [True, False]
        """
        count = len(values)
        arrays: dict[str, NDArray[np.generic]] = {
            "published": np.ones(count, bool),
            "least": np.ones(count, np.int64),
            "most": np.full(count, NO_LIMIT),
            "module": np.zeros(count, np.int64),
            **{
                name: np.zeros(count, bool)
                for name in ("told", "protected", "kept_hidden", "single")
            },
        }
        for name, value in known.items():
            arrays[name] = np.asarray(value, arrays[name].dtype)
        return cls(values=np.asarray(values, np.int64), **arrays)  # type: ignore[arg-type]  # each name has its own type


@dataclass(frozen=True)
class System:
    """What is left to decide and to solve: classes of cells that are always equal.

    Each sum holds positions of classes and a sign for each: the signed numbers of a
    sum cannot change in all, whatever is hidden. `of` gives the class of each cell;
    -1 where the number is zero, or already told.
    """

    of: Whole
    values: Whole
    weights: Whole
    small: Flags
    hidden: Flags
    single: Flags
    least: Whole
    lowest: Whole
    most: Whole
    module: Whole
    sums: tuple[Whole, ...]
    signs: tuple[Whole, ...]

    def __len__(self) -> int:
        """Count the classes."""
        return len(self.values)

    @cached_property
    def sums_of(self) -> list[list[int]]:
        """Give, for each class, the sums in which it stands."""
        found: list[list[int]] = [[] for _ in range(len(self))]
        for number, members in enumerate(self.sums):
            for member in members:
                found[member].append(number)
        return found

    @cached_property
    def starts(self) -> NDArray[np.int32]:
        """Give where each sum begins in `members`."""
        lengths = [len(members) for members in self.sums]
        return np.cumsum([0, *lengths])[:-1].astype(np.int32)

    @cached_property
    def members(self) -> NDArray[np.int32]:
        """Give the classes of all sums, one sum after the other."""
        parts = self.sums or (np.zeros(0, np.int64),)
        return np.concatenate(parts).astype(np.int32)

    @cached_property
    def coefficients(self) -> Reals:
        """Give the signs of all sums, one sum after the other."""
        parts = self.signs or (np.zeros(0, np.int64),)
        return np.concatenate(parts).astype(np.float64)

    def spread(self, hidden: Flags) -> Flags:
        """Say for each cell whether it is hidden, given that for each class."""
        found = np.zeros(len(self.of), bool)
        inside = self.of >= 0
        found[inside] = hidden[self.of[inside]]
        return found


def reduce(
    cells: Cells, sums: Sequence[Sequence[int]], *, strict: bool = False
) -> System:
    """Reduce cells and sums (a total, then its parts) to classes and signed sums.

    A published zero is shown, and so are its parts. A total with one part that is not
    zero equals it. What is told already cannot move. When `strict`, a small total must be
    able to be 1 even where its parts alone say that it is more.

    >>> cells = Cells.make([9, 4, 5, 0, 9])
    >>> reduce(cells, [[0, 1, 2, 3], [4, 0]]).values.tolist()
    [9, 4, 5]
    """
    zero = find_zeros(cells, sums)
    left = [[cell for cell in members if not zero[cell]] for members in sums]
    left = [members for members in left if len(members) > 1]
    of, count = join_equal(zero, [members for members in left if len(members) == 2])
    joined = {
        (of[members[0]], *sorted(of[part] for part in members[1:]))
        for members in left
        if len(members) > 2
    }
    return make_system(cells, of, count, sorted(joined), strict=strict)


def find_zeros(cells: Cells, sums: Sequence[Sequence[int]]) -> Flags:
    """Find what a reader knows to be zero: published zeros, and all parts of them."""
    zero: Flags = (cells.values == 0) & (cells.published | (cells.most == 0))
    changed = True
    while changed:
        changed = False
        for members in sums:
            if zero[members[0]] and not all(zero[part] for part in members[1:]):
                zero[list(members[1:])] = True
                changed = True
    return zero


def join_equal(zero: Flags, pairs: Sequence[Sequence[int]]) -> tuple[Whole, int]:
    """Number the classes of cells that are equal; -1 for zeros."""
    root = list(range(len(zero)))

    def find(cell: int) -> int:
        while root[cell] != cell:
            root[cell] = root[root[cell]]
            cell = root[cell]
        return cell

    for one, other in pairs:
        root[find(one)] = find(other)
    numbers: dict[int, int] = {}
    of = np.full(len(zero), -1, np.int64)
    for cell in np.flatnonzero(~zero):
        of[cell] = numbers.setdefault(find(int(cell)), len(numbers))
    return of, len(numbers)


def make_system(
    cells: Cells,
    of: Whole,
    count: int,
    joined: Sequence[tuple[int, ...]],
    *,
    strict: bool,
) -> System:
    """Gather what is known of the cells of each class, and drop what is told."""
    inside = np.flatnonzero(of >= 0)
    where = of[inside]

    def gather_any(flags: Flags) -> Flags:
        found = np.zeros(count, bool)
        np.logical_or.at(found, where, flags[inside])
        return found

    values = np.zeros(count, np.int64)
    values[where] = cells.values[inside]
    least = np.zeros(count, np.int64)
    np.maximum.at(least, where, cells.least[inside])
    most = np.full(count, NO_LIMIT)
    np.minimum.at(most, where, cells.most[inside])
    module = np.full(count, -2, np.int64)
    for cell, class_ in zip(inside, where, strict=True):
        seen, own = module[class_], cells.module[cell]
        module[class_] = own if seen in (-2, own) else max(seen, own)
    told = gather_any(cells.told)
    weights = np.zeros(count, np.int64)
    np.add.at(weights, where, cells.published[inside].astype(np.int64))
    lowest = np.where((weights > 0) | gather_any(cells.protected), 1, 0)
    if not strict:
        lowest = find_lowest(values, lowest, joined)
    small = gather_any(cells.protected) & ~told
    hidden = (small | gather_any(cells.kept_hidden) | (weights == 0)) & ~told
    keep = np.flatnonzero(~told)
    # One more place at the end, for what has no class.
    new = np.full(count + 1, -1, np.int64)
    new[keep] = np.arange(len(keep))
    sums, signs = drop_told(joined, new)
    return System(
        of=new[of],
        values=values[keep],
        weights=weights[keep],
        small=small[keep],
        hidden=hidden[keep],
        single=gather_any(cells.single)[keep],
        least=least[keep],
        lowest=lowest[keep],
        most=most[keep],
        module=module[keep],
        sums=sums,
        signs=signs,
    )


def find_lowest(
    values: Whole, least: Whole, joined: Sequence[tuple[int, ...]]
) -> Whole:
    """Find the least that a reader should be able to think of each class.

    Zeros are shown, so a hidden total is at least the number of its parts.
    """
    lowest = least.copy()
    for total, *parts in sorted(joined, key=lambda members: values[members[0]]):
        lowest[total] = max(lowest[total], lowest[parts].sum())
    return np.minimum(lowest, np.maximum(values, least))


def drop_told(
    joined: Sequence[tuple[int, ...]], new: Whole
) -> tuple[tuple[Whole, ...], tuple[Whole, ...]]:
    """Renumber sums without what is told; a total counts against its parts."""
    sums, signs = [], []
    for members in joined:
        numbers = new[list(members)]
        sign = np.ones(len(members), np.int64)
        sign[0] = -1
        if (numbers >= 0).any():
            sums.append(numbers[numbers >= 0])
            signs.append(sign[numbers >= 0])
    return tuple(sums), tuple(signs)
