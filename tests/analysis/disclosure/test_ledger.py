"""Releases month after month, attacked together by somebody who keeps them all."""

import random

import pytest

from analysis.disclosure.attacker import Attacker
from commonroot.analysis.disclosure.design import Design
from commonroot.analysis.disclosure.releasing import release
from commonroot.analysis.disclosure.rules import Counted, Counts

MONTHLY = Design(
    {"place": ("school",), "kind": ("kind",), "month": ("month",)},
    (("place", "kind", "month"),),
    threshold=5,
)
DEPTHS = (1, 1, 1)


def make_month(chance, month):
    return {
        (f"school {s}", f"kind {k}", f"m{month}"): chance.choice((0, 1, 2, 4, 6, 9, 14))
        for s in range(3)
        for k in range(3)
    }


def release_all(months, *, corrected, ledger_used=True):
    """Release each month what there was so far; now and then a number is corrected."""
    chance = random.Random(7)
    numbers, ledger, every = {}, [], []
    for month in range(months):
        if corrected and month:
            numbers[chance.choice(list(numbers))] += chance.choice((1, 2))
        numbers |= make_month(chance, month)
        rows = {key: Counted(number, number) for key, number in numbers.items()}
        counts = Counts(("school", "kind", "month"), rows)
        found = release(counts, MONTHLY, ledger if ledger_used else [], seconds=60)
        ledger.append(found.entry)
        every.append((dict(numbers), found))
    return every


def add_up(numbers):
    found = {}
    for (school, kind, month), number in numbers.items():
        for place in (school, "*"):
            for what in (kind, "*"):
                for when in (month, "*"):
                    key = (place, what, when)
                    total, parts = found.get(key, (0, 0))
                    found[key] = (total + number, parts + (number > 0))
    return found


def attack_jointly(every):
    """List small hidden cells of any release that all releases together narrow down.

    Every number that ever changes is an unknown of its own in each release, as for a
    reader who was told which were corrected; the rest are one and the same.
    """
    added = [add_up(numbers) for numbers, _ in every]
    names = {}
    releases = []
    for totals, (_, found) in zip(added, every, strict=True):
        published = {}
        for key, cell in found.cells.items():
            name = names.setdefault((key, totals[key][0]), len(names))
            published[key] = (name, cell.incidents)
        releases.append(published)
    attacker = Attacker([], DEPTHS)
    for published in releases:
        for name, value in published.values():
            attacker.take_in(0, name, value, True)
        keys = dict.fromkeys(published)
        here = {key: name for key, (name, _) in published.items()}
        for key in keys:
            before = len(attacker.rows)
            attacker.index |= {
                (0, each): attacker.index[0, here[each]] for each in keys
            }
            attacker.add_sums(0, key, keys, DEPTHS, frozenset())
            assert len(attacker.rows) >= before
    narrowed = []
    for totals, published in zip(added, releases, strict=True):
        for key, (name, value) in published.items():
            number, parts = totals[key]
            if 1 <= number <= 4 and value is None:
                low, high = attacker.range_of(name)
                if low > parts or high < 4:
                    narrowed.append((key, number, low, high))
    return narrowed


@pytest.mark.slow
def test_six_monthly_releases_with_corrections_tell_no_more_together():
    every = release_all(6, corrected=True)

    assert [found.unmet for _, found in every] == [0] * 6
    assert attack_jointly(every) == []


@pytest.mark.slow
def test_the_same_releases_made_one_by_one_are_found_out():
    assert attack_jointly(release_all(3, corrected=False, ledger_used=False)) != []


def test_what_was_hidden_stays_hidden_when_it_is_corrected():
    first = release_all(1, corrected=False)[0]
    hidden = [key for key, cell in first[1].cells.items() if cell.status == "hidden"]
    numbers = {key: number + 20 * (key in hidden) for key, number in first[0].items()}
    rows = {key: Counted(number, number) for key, number in numbers.items()}
    counts = Counts(("school", "kind", "month"), rows)

    again = release(counts, MONTHLY, [first[1].entry], seconds=60)

    assert [key for key in hidden if again.cells[key].status != "hidden"] == []


PLACES = {
    ("N", "a"): Counted(4, 2),
    ("N", "b"): Counted(12, 11),
    ("N", "c"): Counted(30, 25),
    ("S", "d"): Counted(3, 2),
    ("S", "e"): Counted(14, 12),
    ("S", "f"): Counted(40, 30),
}


def test_schools_alone_and_schools_in_districts_are_solved_together():
    counts = Counts(("district", "school"), PLACES)
    flat = release(counts, Design({"p": ("school",)}, (("p",),)))
    deep = release(
        counts, Design({"p": ("district", "school")}, (("p",),)), [flat.entry]
    )
    known = {key[0]: cell.incidents for key, cell in flat.cells.items()}
    known |= {
        key[1]: cell.incidents for key, cell in deep.cells.items() if cell.incidents
    }
    south = deep.cells.get(("S", "*"))

    assert known["d"] is None
    assert south is None or south.incidents is None or None in (known["e"], known["f"])


def test_three_tables_of_pairs_are_solved_together_over_three_releases():
    rows = {
        ("p2", "g2", "b2"): Counted(4, 4),
        ("p2", "g2", "b1"): Counted(13, 13),
        ("p2", "g1", "b2"): Counted(13, 13),
        ("p1", "g2", "b1"): Counted(20, 20),
        ("p1", "g1", "b2"): Counted(20, 20),
        ("p1", "g1", "b1"): Counted(60, 60),
    }
    counts = Counts(("p", "g", "b"), rows)
    every = {name: (name,) for name in "pgb"}
    first = release(counts, Design(every, (("p", "g"), ("p", "b"))))
    second = release(counts, Design(every, (("g", "b"),)), [first.entry])

    # What the first one tells already makes 4 the least: nothing more may be shown.
    assert first.unmet == 0
    assert "earlier releases" in second.sentence


def test_a_new_cut_of_a_shown_total_of_ten_is_not_published():
    rows = {("A", f"b{n}"): Counted(1, 1) for n in range(10)}
    rows |= {("B", "b0"): Counted(40, 30)}
    totals = {("A", "*"): Counted(10, 10)}
    counts = Counts(("school", "kind"), rows, totals)
    first = release(counts, Design({"s": ("school",)}, (("s",),)))
    second = release(
        counts,
        Design({"s": ("school",), "k": ("kind",)}, (("s", "k"),)),
        [first.entry],
    )

    assert first.cells["A",].incidents == 10
    assert "kind" not in second.columns
    assert "earlier releases" in second.sentence


def test_a_hidden_number_that_is_zero_now_is_shown_and_not_in_the_proof():
    before = {("a",): Counted(1, 1), ("b",): Counted(5, 3)}
    after = {("a",): Counted(0, 0), ("b",): Counted(9, 4)}
    rest = {("c",): Counted(30, 20), ("d",): Counted(40, 30)}
    design = Design({"p": ("place",)}, (("p",),))
    first = release(Counts(("place",), before | rest), design)
    second = release(Counts(("place",), after | rest), design, [first.entry])

    assert second.cells["a",].incidents == 0
    hidden = [cell for cell in second.cells.values() if cell.status == "hidden"]
    assert {len(table) for table in second.certificate["tables"]} == {len(hidden)}
