"""Counting in cubes gives what counting row by row gives, however many rows there are."""

from collections import Counter
from itertools import combinations

import numpy as np
import pytest

from commonroot.analysis.scan import Column
from commonroot.analysis.scan.counting import count_cells, sum_margins
from commonroot.analysis.scan.slices import lay_out

SIZES = (3, 2, 4, 2, 5)


def make_layout(fewest, deepest):
    columns = [
        Column(f"c{at}", tuple(map(str, range(size))), f"c{at}")
        for at, size in enumerate(SIZES)
    ]
    return lay_out(columns, fewest=fewest, deepest=deepest)


def make_codes(rows, seed=3):
    chance = np.random.default_rng(seed)
    return np.array(
        [chance.integers(0, size, rows) for size in SIZES], dtype=np.uint8
    ).reshape(len(SIZES), rows)


def count_plainly(codes, layout):
    counted = np.zeros(layout.cells, dtype=np.int64)
    tables = {
        chosen: Counter(zip(*(codes[at].tolist() for at in chosen), strict=True))
        for depth in range(1, 5)
        for chosen in combinations(range(len(codes)), depth)
    }
    for cell in range(layout.cells):
        columns, values = zip(*layout.name(cell), strict=True)
        counted[cell] = tables[columns][values]
    return counted


def test_a_cell_of_more_rows_than_sixteen_bits_hold_is_counted_whole():
    codes = np.zeros((len(SIZES), 200_003), dtype=np.uint8)
    codes[0, :70_000] = 2
    layout = make_layout(1, 4)

    counts = count_cells(codes, layout)

    assert counts.max() == 200_003
    assert counts.tolist() == count_plainly(codes, layout).tolist()


@pytest.mark.parametrize("rows", [0, 1, 65_535, 65_536, 65_537, 150_000])
def test_counts_are_those_of_a_plain_count_at_every_size(rows):
    codes = make_codes(rows)
    layout = make_layout(1, 3)

    assert count_cells(codes, layout).tolist() == count_plainly(codes, layout).tolist()


@pytest.mark.parametrize("threads", [1, 2, 3, 50])
def test_any_number_of_threads_gives_the_same_counts(threads):
    codes = make_codes(5_000)
    layout = make_layout(2, 4)

    counts = count_cells(codes, layout, threads=threads)

    assert counts.tolist() == count_plainly(codes, layout).tolist()


def test_shares_of_values_are_summed_out_of_the_cells():
    codes = make_codes(1_000)
    layout = make_layout(2, 3)

    shares = sum_margins(count_cells(codes, layout), layout, 1_000)

    for at, size in enumerate(SIZES):
        plain = np.bincount(codes[at], minlength=size) / 1_000
        assert shares[at, :size].tolist() == plain.tolist()
