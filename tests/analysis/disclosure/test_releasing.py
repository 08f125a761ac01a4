"""The promise of a release, attacked by programmes that share no code with it."""

import random
from itertools import combinations

import pytest

from analysis.disclosure.attacker import Attacker, count_by_hand
from analysis.disclosure.made_tables import REGION, count_children
from commonroot.analysis.disclosure.certificate import check
from commonroot.analysis.disclosure.design import Design, DesignError
from commonroot.analysis.disclosure.releasing import release
from commonroot.analysis.disclosure.rules import Counted, Counts

GRID = Design(
    {"row": ("row",), "column": ("column",)}, (("row", "column"),), threshold=5
)
DEPTHS = (1, 1, 2)


def make_grid(numbers):
    """Counts of a grid in which every incident is another student's."""
    rows = {
        (str(row), str(column)): Counted(number, number)
        for row, line in enumerate(numbers)
        for column, number in enumerate(line)
    }
    return Counts(("row", "column"), rows)


def publish(found):
    return {key: cell.incidents for key, cell in found.cells.items()}


def as_numbers(label):
    return label if label == "*" else int(label)


def count_leaves(counts):
    """Add leaves up by hand: the number of every published key."""
    found = {}
    for (school, group, kind, behaviour), row in counts.leaves.items():
        for place in (school, "*"):
            for who in (group, "*"):
                for what in ((kind, behaviour), (kind, "*"), ("*", "*")):
                    key = (place, who, *what)
                    found.setdefault(key, []).append(row.incidents)
    return {key: (sum(each), sum(n > 0 for n in each)) for key, each in found.items()}


def find_unbroken(made, shape):
    """Release a grid, and list small cells that whole tables pin down."""
    shown = {
        tuple(map(as_numbers, key)): cell.incidents
        for key, cell in release(make_grid(made), GRID, seconds=60).cells.items()
    }
    return [
        (row, column, value)
        for row, line in enumerate(made)
        for column, number in enumerate(line)
        if 1 <= number <= 4
        for value in (1, 4)
        if shown[row, column] is not None
        or not count_by_hand(shown, shape, (row, column), value, top=12)
    ]


@pytest.mark.slow
@pytest.mark.parametrize("share", range(4))
def test_every_whole_table_of_two_thousand_leaves_both_ends_possible(share):
    chance = random.Random(share)
    broken = []
    for _ in range(500):
        columns = chance.choice((2, 2, 3))
        made = [
            [chance.choice((0, 1, 2, 3, 5, 7, 9)) for _ in range(columns)] for _ in "ab"
        ]
        broken += find_unbroken(made, (2, columns))

    assert broken == []


def test_primary_hiding_alone_would_be_found_out():
    shown = {(0, 0): None, (0, 1): 9, (0, "*"): 12, (1, 0): 8, (1, 1): 7}

    assert not count_by_hand(shown, (2, 2), (0, 0), 1, top=12)
    assert count_by_hand(shown, (2, 2), (0, 0), 3, top=12)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_whole_programmes_find_both_ends_of_every_small_cell(seed):
    counts = count_children(seed)
    found = release(counts, REGION, seconds=120)
    attacker = Attacker([publish(found)], DEPTHS)
    plain = Attacker([publish(found)], DEPTHS, knows_zeros=False)
    small = {
        key: parts
        for key, (number, parts) in count_leaves(counts).items()
        if 1 <= number <= 9
    }

    ranges = {key: attacker.range_of(key) for key in small}
    least = {key: plain.range_of(key)[0] for key in small}

    assert len(small) > 20
    assert [key for key, (low, high) in ranges.items() if high < 9] == []
    assert [key for key, parts in small.items() if ranges[key][0] > parts] == []
    assert [key for key, low in least.items() if low > 1] == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_no_family_of_one_or_two_children_solves_another_cell(seed):
    counts = count_children(seed, schools=2, groups=3, classes=(2, 1), children=25)
    found = release(counts, REGION, seconds=120)
    attacker = Attacker([publish(found)], DEPTHS)
    numbers = count_leaves(counts)
    single = [key for key, row in counts.leaves.items() if row.students == 1]
    small = [key for key, (number, _) in numbers.items() if 1 <= number <= 9]
    families = [(one,) for one in single] + list(combinations(single, 2))

    solved = [
        (family, key)
        for family in families
        for key in small
        if not is_made_of(key, family, counts)
        and len(
            set(
                attacker.range_of(
                    key,
                    known=[(each, counts.leaves[each].incidents) for each in family],
                )
            )
        )
        == 1
    ]

    assert len(families) > 5
    assert solved == []


def is_made_of(key, family, counts):
    """Do all incidents of a cell lie in a family's own cells?"""
    leaves = {
        leaf
        for leaf, row in counts.leaves.items()
        if row.incidents
        and all(own in ("*", label) for own, label in zip(key, leaf, strict=True))
    }
    return leaves <= set(family)


@pytest.mark.parametrize("which", range(100))
def test_a_repeated_child_and_a_group_of_nine_are_hidden(which):
    chance = random.Random(which)
    others = {("gym",): Counted(40, 30, 3, 200), ("bus",): Counted(35, 25, 3, 200)}
    number = chance.randint(10, 60)
    students = chance.randint(1, 2)
    repeated = Counted(number, students, number - students + 1, 200)
    nine = Counted(number, min(9, number), number // 3 + 1, 9)
    design = Design({"place": ("place",)}, (("place",),))

    for row in (repeated, nine):
        found = release(Counts(("place",), {**others, ("hall",): row}), design)
        assert found.cells["hall",].status == "hidden"


def test_a_cell_that_two_students_make_four_fifths_of_is_hidden():
    rows = {
        ("gym",): Counted(40, 30, 3),
        ("bus",): Counted(50, 40, 3),
        ("hall",): Counted(60, 12, 40),
    }
    found = release(Counts(("place",), rows), Design({"p": ("place",)}, (("p",),)))

    assert found.cells["hall",].incidents is None


def test_zero_is_shown():
    found = release(make_grid([[0, 6], [7, 9]]), GRID)

    assert found.cells["0", "0"].incidents == 0


def test_no_time_gives_nothing_and_a_sentence():
    found = release(count_children(1), REGION, seconds=0)

    numbers = {cell.incidents for cell in found.cells.values()}
    assert numbers == {None, 0}
    assert "no number is published but zeros" in found.sentence


@pytest.mark.slow
def test_too_little_time_gives_a_coarser_table_and_a_sentence():
    # Far too many behaviors for the time, and hardly any work without them.
    big = count_children(1, schools=10, groups=4, classes=(400,), children=300)
    found = release(big, REGION, seconds=15)

    assert "behaviour" in found.sentence
    assert "behaviour" not in found.columns
    assert check(publish(found), found.certificate).problems == ()
    assert any(cell.incidents for cell in found.cells.values())


def test_small_groups_are_put_together_before_anything_is_hidden():
    rows = {
        ("a",): Counted(50, 40, 4, 400),
        ("b",): Counted(8, 7, 2, 30),
        ("c",): Counted(9, 6, 3, 20),
    }
    design = Design({"group": ("group",)}, (("group",),), pool=("group",))
    found = release(Counts(("group",), rows), design)

    assert {
        key[0]: (cell.incidents, cell.status) for key, cell in found.cells.items()
    } == {
        "a": (50, "shown"),
        "Smaller groups together": (17, "shown"),
        "*": (67, "shown"),
        "b": (None, "pooled"),
        "c": (None, "pooled"),
    }


def test_tables_of_pairs_are_attacked_through_their_cube():
    counts = count_children(3, schools=3, groups=2, classes=(3,), children=30)
    pairs = Design(
        {"s": ("school",), "g": ("group",), "b": ("behaviour",)},
        (("s", "g"), ("g", "b"), ("s", "b")),
    )
    found = release(counts, pairs, seconds=60)
    checked = check(publish(found), found.certificate)

    assert (found.proven, found.unmet, checked.problems) == (found.small, 0, ())


def test_the_certificate_does_not_hold_the_true_table():
    counts = count_children(2)
    found = release(counts, REGION, seconds=60)
    true = count_leaves(counts)
    hidden = [
        true[key][0] for key, cell in found.cells.items() if cell.incidents is None
    ]
    tables = found.certificate["tables"]
    alike = [
        sum(a == b for a, b in zip(table, hidden, strict=True)) for table in tables
    ]

    assert max(alike) < 0.6 * len(hidden)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ({("a",): Counted(3, 4)}, "4 students cannot have 3"),
        ({("a",): Counted(-1, 0)}, "negative"),
        ({("a",): Counted(3, 0)}, "of no student"),
        ({("a",): Counted(3, 2, 9)}, "largest_student"),
        ({}, "no row"),
    ],
)
def test_counts_that_cannot_be_are_refused(rows, said):
    with pytest.raises(DesignError, match=said):
        Counts(("place",), rows)


def test_a_total_that_does_not_add_up_is_refused():
    counts = Counts(("place",), {("a",): Counted(30, 20)}, {("*",): Counted(31, 20)})
    with pytest.raises(DesignError, match="add up to 30"):
        release(counts, Design({"p": ("place",)}, (("p",),)))


def test_no_setting_lowers_the_threshold_below_five():
    with pytest.raises(DesignError, match="at least 5"):
        Design({"p": ("place",)}, (("p",),), threshold=4)


def test_a_pool_of_the_same_few_students_is_hidden():
    rows = {
        ("late",): Counted(6, 5),
        ("swear",): Counted(6, 5),
        ("fight",): Counted(40, 30),
        ("phone",): Counted(30, 25),
    }
    design = Design({"kind": ("kind",)}, (("kind",),), pool=("kind",))
    found = release(Counts(("kind",), rows), design)

    assert found.cells["Smaller groups together",].status == "hidden"


def test_enrolment_that_grows_by_one_does_not_make_other_students():
    rows = {
        ("A", "Jan"): Counted(12, 6, None, 300),
        ("A", "Feb"): Counted(12, 6, None, 301),
        ("B", "Jan"): Counted(40, 30, None, 500),
        ("B", "Feb"): Counted(44, 33, None, 502),
    }
    found = release(
        Counts(("school", "month"), rows), Design({"s": ("school",)}, (("s",),))
    )

    assert found.cells["A",].status == "hidden"


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_a_ring_of_pairs_is_proven_and_passes_its_check(seed):
    counts = count_children(seed, schools=2, groups=3, classes=(3,), children=8)
    pairs = Design(
        {"s": ("school",), "g": ("group",), "b": ("behaviour",)},
        (("s", "g"), ("g", "b"), ("s", "b")),
    )
    found = release(counts, pairs, seconds=60)

    assert check(publish(found), found.certificate).problems == ()
