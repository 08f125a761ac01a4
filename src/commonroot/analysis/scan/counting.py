"""Counting every slice of a large table in few passes.

Instead of one pass for every three columns, the table is counted in cubes of four
columns such that every three of them stand in one cube (a Steiner quadruple system:
30 cubes hold the 120 threes of ten columns). All else is summed out of the cubes,
which takes no longer for ten million rows than for ten.
"""

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import combinations
from math import prod

import numpy as np
from numpy.typing import NDArray

from commonroot.analysis.scan import kernels
from commonroot.analysis.scan.events import Codes
from commonroot.analysis.scan.slices import Layout

LARGEST_CUBE = 1 << 21
STRETCH = 1 << 18
TEN = ((0, 1, 3, 4), (0, 1, 2, 6), (0, 2, 4, 7))
Counts = NDArray[np.uint32]
Chosen = tuple[int, ...]


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


def plan_cubes(layout: Layout, columns: int) -> dict[Chosen, list[int]]:
    """Plan which cubes to count, and which sets of the layout each one gives."""
    sizes = [len(column.values) for column in layout.columns]
    blocks = [
        block
        for block in cover(columns)
        if prod(sizes[at] for at in block) <= LARGEST_CUBE
    ]
    plan: dict[Chosen, list[int]] = {}
    holds = {chosen: block for block in blocks for chosen in list_parts(block)}
    for number, chosen in enumerate(layout.sets):
        plan.setdefault(holds.get(chosen, chosen), []).append(number)
    return plan


def list_parts(block: Chosen) -> list[Chosen]:
    """List the sets of one to three columns within a block, and the block."""
    return [chosen for depth in range(1, 5) for chosen in combinations(block, depth)]


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
    plan = plan_cubes(layout, len(codes))
    sizes = [len(column.values) for column in layout.columns]

    blocks = list(plan)

    def work(mine: Sequence[Chosen]) -> None:
        shapes = {block: tuple(sizes[at] for at in block) for block in mine}
        cubes = {
            block: np.zeros(prod(shape), dtype=np.uint32)
            for block, shape in shapes.items()
        }
        # All cubes for a stretch of rows, which stays near the processor meanwhile.
        for start in range(0, codes.shape[1], STRETCH):
            stop = min(codes.shape[1], start + STRETCH)
            for block, shape in shapes.items():
                strides = find_strides(shape)
                kernels.fill_cube(
                    codes, start, stop, np.array(block), strides, cubes[block]
                )
        for block, shape in shapes.items():
            tables = fold(block, cubes[block].reshape(shape))
            for number in plan[block]:
                table = sum_out(tables, layout.sets[number])
                counts[layout.part(number)] = table.ravel()

    if threads == 1:
        work(blocks)
    else:
        with ThreadPoolExecutor(threads) as pool:
            for _ in pool.map(work, [blocks[at::threads] for at in range(threads)]):
                pass
    return counts


def fold(block: Chosen, cube: Counts) -> dict[Chosen, Counts]:
    """Give the table of a block and, of four columns, the four tables of three."""
    tables = {block: cube}
    if len(block) == 4:
        shape = cube.shape
        threes = [
            np.zeros(shape[:at] + shape[at + 1 :], dtype=np.uint32) for at in range(4)
        ]
        flat = [table.reshape(-1) for table in threes]
        kernels.fold_cube(cube.reshape(-1), np.array(shape), *flat)
        for at, table in enumerate(threes):
            tables[block[:at] + block[at + 1 :]] = table
    return tables


def sum_out(tables: dict[Chosen, Counts], chosen: Chosen) -> Counts:
    """Give the table of some columns, out of the smallest that holds them."""
    if chosen in tables:
        return tables[chosen]
    wider = min(
        (held for held in tables if set(chosen) < set(held)),
        key=lambda held: tables[held].size,
    )
    rest = tuple(place for place, at in enumerate(wider) if at not in chosen)
    return np.asarray(tables[wider].sum(axis=rest, dtype=np.uint32))


def find_strides(shape: Sequence[int]) -> NDArray[np.uint32]:
    """Find how far apart neighbours along each axis are in a flat table.

    >>> find_strides((2, 3, 4)).tolist()
    [12, 4, 1]
    """
    return np.cumprod((1, *shape[:0:-1]))[::-1].astype(np.uint32)
