"""Counting every slice of a large table in few passes.

Instead of one pass for every three columns, the table is counted in cubes of four
columns such that every three of them stand in one cube (a Steiner quadruple system:
30 cubes hold the 120 threes of ten columns). All else is summed out of the cubes,
which takes no longer for ten million rows than for ten.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from commonroot.analysis.scan import kernels
from commonroot.analysis.scan.events import Codes
from commonroot.analysis.scan.slices import Layout
from commonroot.analysis.scan.threads import work_side_by_side

LARGEST_CUBE = 1 << 21
STRETCH, ROOM = 1 << 17, 1 << 17
WIDEST_BLOCK = 4
TEN = ((0, 1, 3, 4), (0, 1, 2, 6), (0, 2, 4, 7))
Counts = NDArray[np.uint32]
Chosen = tuple[int, ...]
Steps = tuple[NDArray[np.integer[Any]], ...]


def cover(columns: int) -> tuple[Chosen, ...]:
    """Cover every three of some columns by sets of at most four.

    Up to 10 columns by the cyclic quadruple system on 10 points (Hanani 1960), else
    by the sets of four numbers below a power of two that cancel under exclusive or.

    >>> len(cover(10)), len(cover(8)), len(cover(16))
    (30, 14, 140)
    """
    if columns <= 4:
        return (tuple(range(columns)),)
    if 8 < columns <= 10:
        whole: Iterable[Chosen] = (
            tuple(sorted((point + shift) % 10 for point in base))
            for base in TEN
            for shift in range(10)
        )
    else:
        points = 1 << (columns - 1).bit_length()
        whole = (
            (a, b, c, a ^ b ^ c)
            for a, b, c in combinations(range(points), 3)
            if a ^ b ^ c > c
        )
    kept = {tuple(point for point in block if point < columns) for block in whole}
    return tuple(
        sorted(
            block
            for block in kept
            if len(block) > 2 and not any(set(block) < set(other) for other in kept)
        )
    )


def count_cells(codes: Codes, layout: Layout, *, threads: int = 1) -> Counts:
    """Count incidents in every cell of the layout.

    `codes` has shape (columns, incidents). The answer does not depend on `threads`.

    >>> from commonroot.analysis.scan.events import Column
    >>> from commonroot.analysis.scan.slices import lay_out
    >>> columns = [Column("place", ("a", "b"), "p"), Column("time", ("x", "y"), "t")]
    >>> codes = np.array([[0, 0, 1], [0, 0, 1]], dtype=np.uint8)
    >>> count_cells(codes, lay_out(columns, fewest=1, deepest=2)).tolist()
    [2, 1, 2, 1, 2, 0, 0, 1]
    """
    counts = np.zeros(layout.cells, dtype=np.uint32)

    # To read many rows once more costs more than to fetch the cubes once more.
    room = max(ROOM, codes.shape[1] // 4)

    def work(steps: Steps) -> None:
        kernels.tabulate(codes, STRETCH, room, *steps, counts)

    sizes = tuple(layout.sizes.tolist())
    plan = plan_counting(layout.sets, sizes, codes.shape[1], threads)
    work_side_by_side(work, plan)
    return counts


@lru_cache(maxsize=8)
def plan_counting(
    sets: tuple[Chosen, ...], sizes: tuple[int, ...], rows: int, threads: int
) -> tuple[Steps, ...]:
    """Plan the steps of each thread; replicates ask for the same plan again and again."""
    plan = plan_cubes(sets, sizes)
    cells = [prod(sizes[at] for at in chosen) for chosen in sets]
    places = np.cumsum([0, *cells]).tolist()
    # To zero and to sum a cell takes about as long as to count three rows.
    weights = {block: rows + 3 * prod(sizes[at] for at in block) for block in plan}
    shares = share_out(weights, threads)
    return tuple(
        write_steps({block: plan[block] for block in share}, sets, sizes, places)
        for share in shares
    )


def plan_cubes(sets: Sequence[Chosen], sizes: Sequence[int]) -> dict[Chosen, list[int]]:
    """Plan which cubes to count, and which of the sets each one gives, by number."""
    blocks = [
        block
        for block in cover(len(sizes))
        if prod(sizes[at] for at in block) <= LARGEST_CUBE
    ]
    plan: dict[Chosen, list[int]] = {}
    holds = {chosen: block for block in blocks for chosen in list_parts(block)}
    for number, chosen in enumerate(sets):
        plan.setdefault(holds.get(chosen, chosen), []).append(number)
    return plan


def list_parts(block: Chosen) -> list[Chosen]:
    """List the sets of one to three columns within a block, and the block."""
    return [chosen for depth in range(1, 5) for chosen in combinations(block, depth)]


def share_out(weights: dict[Chosen, int], threads: int) -> list[list[Chosen]]:
    """Share blocks out among threads, the heaviest first, to whoever has least.

    >>> share_out({(0, 1): 900, (0, 2): 400, (1, 2): 400}, 2)
    [[(0, 1)], [(0, 2), (1, 2)]]
    """
    shares: list[list[Chosen]] = [[] for _ in range(threads)]
    loads = [0] * threads
    for block in sorted(weights, key=lambda block: -weights[block]):
        least = loads.index(min(loads))
        shares[least].append(block)
        loads[least] += weights[block]
    return [share for share in shares if share]


def write_steps(
    plan: Mapping[Chosen, Sequence[int]],
    sets: Sequence[Chosen],
    sizes: Sequence[int],
    places: Sequence[int],
) -> Steps:
    """Write a plan as the arrays that `kernels.tabulate` takes."""
    shapes = [[sizes[at] for at in block] for block in plan]
    sources, inward = [], []
    wanted = [(block, number) for block, numbers in plan.items() for number in numbers]
    for block, number in wanted:
        strides = find_strides([sizes[at] for at in sets[number]])
        outer = dict(zip(sets[number], strides, strict=True))
        left_out = [axis for axis, at in enumerate(block) if at not in outer]
        # Out of the table without the first column that is left out; a block of fewer
        # than four columns has a last one of a single value, to be without.
        sources.append((*left_out, len(block))[0])
        inward.append(pad([outer.get(at, 0) for at in block], 0))
    return (
        np.array([pad(block, block[0]) for block in plan]),
        np.array([pad(shape, 1) for shape in shapes]),
        np.array([pad(find_strides(s), 0) for s in shapes], dtype=np.uint32),
        np.cumsum([0, *map(prod, shapes)]),
        np.cumsum([0, *map(len, plan.values())]),
        np.array(sources),
        np.array(inward),
        np.array([places[number] for _, number in wanted]),
    )


def pad(values: Sequence[int], filler: int) -> tuple[int, ...]:
    """Fill up to the four columns that a cube may have.

    >>> pad((4, 1), 0)
    (4, 1, 0, 0)
    """
    return (*values, *[filler] * (WIDEST_BLOCK - len(values)))


def find_strides(shape: Sequence[int]) -> tuple[int, ...]:
    """Find how far apart neighbours along each axis are in a flat table.

    >>> find_strides((2, 3, 4))
    (12, 4, 1)
    """
    return tuple(prod(shape[at + 1 :]) for at in range(len(shape)))


def sum_margins(counts: Counts, layout: Layout, size: int) -> NDArray[np.float64]:
    """Give each value's share of all incidents, out of counts of every cell.

    Shape (columns, widest column), as `Events.margins`; the columns of no set stay 0.

    >>> from commonroot.analysis.scan.events import Column
    >>> from commonroot.analysis.scan.slices import lay_out
    >>> columns = [Column("place", ("a", "b"), "p"), Column("time", ("x", "y"), "t")]
    >>> layout = lay_out(columns, fewest=2, deepest=2)
    >>> sum_margins(np.array([2, 1, 0, 1], dtype=np.uint32), layout, 4)
    array([[0.75, 0.25],
           [0.5 , 0.5 ]])
    """
    shares = np.zeros((len(layout.columns), int(layout.sizes.max(initial=1))))
    smallest = {
        at: number
        for number, chosen in reversed(list(enumerate(layout.sets)))
        for at in chosen
    }
    for at, number in smallest.items():
        table = counts[layout.part(number)].reshape(layout.shape(number))
        axis = layout.sets[number].index(at)
        rest = tuple(other for other in range(table.ndim) if other != axis)
        shares[at, : table.shape[axis]] = table.sum(axis=rest) / max(1, size)
    return shares
