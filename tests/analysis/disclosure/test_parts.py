"""Districts alone, then in pairs, then everything."""

import numpy as np
import pytest

from commonroot.analysis.disclosure.parts import list_rounds, share_out
from commonroot.analysis.disclosure.sums import Cells, reduce

DISTRICTS = 4


def make_region():
    """Four districts of three schools; district totals add up to the region."""
    sums, values = [], []
    for _ in range(DISTRICTS):
        total = len(values)
        values += [9, 2, 3, 4]
        sums.append([total, total + 1, total + 2, total + 3])
    values.append(9 * DISTRICTS)
    sums.append([len(values) - 1, *range(0, 4 * DISTRICTS, 4)])
    system = reduce(Cells.make(values), sums)
    modules = [
        [n for n, members in enumerate(system.sums) if int(system.of[first]) in members]
        for first in range(1, 4 * DISTRICTS, 4)
    ]
    above = [n for n in range(len(system.sums)) if all(n not in own for own in modules)]
    return system, [*modules, above]


def names(system, flags):
    return sorted(int(cell) for cell in range(len(system.of)) if flags[system.of[cell]])


def test_a_district_alone_moves_its_schools_and_not_its_total():
    system, modules = make_region()
    alone = list_rounds(system, modules)[0]
    hidden = np.ones(len(system), bool)

    assert names(system, alone[0].list_free(system, hidden)) == [1, 2, 3]
    assert names(system, alone[1].list_free(system, hidden)) == [5, 6, 7]


def test_two_districts_move_their_totals_and_the_regions_and_nobody_elses():
    system, modules = make_region()
    pairs = list_rounds(system, modules)[1]
    hidden = np.ones(len(system), bool)

    assert len(pairs) == DISTRICTS
    assert names(system, pairs[0].list_free(system, hidden)) == [*range(8), 16]


def test_the_last_round_is_everything_that_is_hidden():
    system, modules = make_region()
    whole = list_rounds(system, modules)[-1]
    hidden = np.zeros(len(system), bool)
    hidden[[0, 3]] = True

    assert all((part.list_free(system, hidden) == hidden).all() for part in whole)


def test_a_system_in_one_piece_has_one_round():
    system, _ = make_region()

    assert len(list_rounds(system, [])) == 1


@pytest.mark.parametrize("parts", [1, 2, 5])
def test_every_class_that_can_move_somewhere_is_asked_once(parts):
    chance = np.random.default_rng(parts)
    free = [chance.random(40) < 0.5 for _ in range(parts)]

    shares = share_out(range(40), free)

    asked = sorted(cell for share in shares for cell in share)
    assert asked == sorted(np.flatnonzero(np.any(free, axis=0)).tolist())
    assert all(free[n][cell] for n, share in enumerate(shares) for cell in share)
