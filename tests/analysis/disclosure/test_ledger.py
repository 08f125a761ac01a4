"""Releases month after month, attacked together by somebody who keeps them all."""

import pytest

from analysis.disclosure.made_months import MONTHLY, attack_jointly, release_all
from commonroot.analysis.disclosure.design import Design
from commonroot.analysis.disclosure.releasing import release
from commonroot.analysis.disclosure.rules import Counted, Counts


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
