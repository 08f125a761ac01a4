"""The parts that patterns divide rows into, counted again row by row."""

import random
from itertools import product

import numpy as np
import pytest

from commonroot.briefs import scan_parts
from commonroot.briefs.scan_parts import Condition, divide, list_reachable, vary

BUS, HALL, LATE, MONDAY = (
    ("location", "Bus"),
    ("location", "Hall"),
    ("time", "14:00"),
    ("weekday", "Monday"),
)
BLOCKS = {BUS: "place", HALL: "place", LATE: "time", MONDAY: "calendar"}


def make_rows(seed=1, size=300):
    """Rows as plain dictionaries: some incidents have two rows, some no student."""
    chance = random.Random(seed)
    rows = []
    for event in range(size):
        place = chance.choice(["Bus", "Hall", "Gym", "Gym"])
        for _ in range(chance.choice([1, 1, 2])):
            rows.append(
                {
                    "event": event,
                    "student": chance.choice([-1, *range(40)]),
                    BUS: place == "Bus",
                    HALL: place == "Hall",
                    LATE: chance.random() < 0.3,
                    MONDAY: event % 5 == 0,
                }
            )
    return rows


def divide_rows(rows):
    return divide(
        {
            name: Condition(block, np.array([row[name] for row in rows]))
            for name, block in BLOCKS.items()
        },
        np.array([row["event"] for row in rows]),
        np.array([row["student"] for row in rows]),
    )


def test_a_place_is_one_place_and_every_other_combination_is_a_part():
    parts = divide_rows(make_rows())

    assert len(parts.incidents) == 3 * 2 * 2
    assert not (parts.meeting(BUS) & parts.meeting(HALL)).any()


@pytest.mark.parametrize("names", [(BUS,), (BUS, LATE), (HALL, LATE, MONDAY)])
def test_parts_count_what_rows_count(names):
    rows = make_rows()
    parts = divide_rows(rows)
    mine = [row for row in rows if all(row[name] for name in names)]
    # An incident whose rows lie in two parts is in both, as everywhere on the sheet.
    signs = {(row["event"], *(row[n] for n in BLOCKS)) for row in mine}

    cell = parts.count("mine", parts.meeting_all(names))

    assert cell.incidents == len(signs)
    assert cell.students == len({row["student"] for row in mine} - {-1})


def test_a_pattern_of_two_conditions_has_a_table_of_nine_cells():
    parts = divide_rows(make_rows())

    cells = [parts.count(at, each) for at, each in enumerate(vary(parts, (BUS, LATE)))]

    whole, *_ = cells
    inner = [
        parts.count("inner", each)
        for each in (
            (parts.meeting(BUS) == bus) & (parts.meeting(LATE) == late)
            for bus, late in product((True, False), repeat=2)
        )
    ]
    assert len(cells) == 9
    assert whole.incidents == sum(cell.incidents for cell in inner)


def test_what_is_left_of_a_place_without_its_patterns_is_found_when_it_is_small():
    rows = [
        {"event": at, "student": at, **{n: n in met for n in BLOCKS}}
        for at, met in enumerate(
            [(BUS, MONDAY)] * 20 + [(BUS, LATE)] * 20 + [(BUS,)] * 3 + [()] * 50
        )
    ]
    parts = divide_rows(rows)

    found = list_reachable(parts, [(BUS, MONDAY), (BUS, LATE)], [parts.meeting(BUS)])

    left = [cell for cell in found if cell.incidents == 3]
    assert [sum(cell.parts.values()) for cell in left] == [3] * len(left)
    assert len(left) >= 1


def test_beyond_many_parts_only_those_with_a_row_stand(monkeypatch):
    monkeypatch.setattr(scan_parts, "MOST_PARTS", 5)
    rows = make_rows(size=8)

    parts = divide_rows(rows)

    assert (parts.incidents > 0).all()
    assert parts.incidents.sum() == sum(divide_rows(rows).incidents)
