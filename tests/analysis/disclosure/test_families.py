"""What a family knows, and which numbers it could work out from there."""

import numpy as np
import pytest

from commonroot.analysis.disclosure.families import Families
from commonroot.analysis.disclosure.sums import Cells, reduce
from commonroot.analysis.disclosure.witnesses import Mover

# Two schools: `district` has the fights of both. All in `second` are of one child.
NAMES = ("district", "first", "fights", "second", "other")
VALUES = (2, 1, 1, 3, 2)
SUMS = [(0, 1, 2), (3, 2, 4)]
OF_ONE_CHILD = (False, True, True, True, True)


def make(values=VALUES, single=OF_ONE_CHILD, sums=SUMS):
    cells = Cells.make(values, protected=[True] * len(values), single=single)
    return reduce(cells, sums)


@pytest.mark.parametrize(
    ("known", "own"),
    [
        (["first"], ["first"]),
        (["other"], ["other"]),
        (["second"], ["fights", "second", "other"]),
        (["first", "fights"], ["district", "first", "fights"]),
        (["first", "second"], list(NAMES)),
    ],
)
def test_the_parts_of_a_childs_total_are_its_own_and_so_is_what_adds_up(known, own):
    system = make()
    found = Families(system).list_own(tuple(NAMES.index(name) for name in known))

    assert [NAMES[cell] for cell in sorted(found)] == sorted(own, key=NAMES.index)


def test_a_number_of_a_familys_own_children_is_no_leak():
    assert Families(make()).object_to(np.ones(len(make()), bool)) == []


def test_a_family_that_can_subtract_its_child_asks_for_one_more():
    # The total is shown, and so is the third: one child's number gives the other.
    cells = Cells.make(
        [20, 1, 8, 11],
        protected=[False, True, True, False],
        told=[True, False, False, False],
        single=[False, True, False, False],
    )
    system = reduce(cells, [(0, 1, 2, 3)])
    families = Families(system)

    alone = families.object_to(np.array([True, True, False]))
    beside = families.object_to(np.array([True, True, True]))

    assert {tuple(cut) for cut in alone} == {(2,)}
    assert beside == []


def test_nothing_moves_further_than_a_reader_who_knows_of_zeros_allows():
    # Both are one; neither can be zero, so neither can move at all.
    system = reduce(Cells.make([2, 1, 1], told=[True, False, False]), [(0, 1, 2)])
    everything = np.ones(len(system), bool)
    mover = Mover(system, everything, system.values, system.least)

    assert mover.find(0, -1, 1) is None
    assert mover.find(0, 1, 1) is None
