"""Patterns carry released numbers, or none at all."""

import dataclasses

import pytest

from briefs.small_school import list_days, make_rows, write_rows
from briefs.test_patterns import QUICK, add_rows
from commonroot.analysis.disclosure.seal import UnreleasedError
from commonroot.briefs.brief import Request, scan_file


def find_patterns(tmp_path, rows):
    for number, row in enumerate(rows):
        row["Incident ID"] = number
    path = write_rows(tmp_path / "incidents.csv", rows)
    return scan_file(Request(path), QUICK).patterns


def make_two(*, left):
    """The bus on Mondays and on Fridays; some incidents there are left on other days."""
    rows = [row for row in make_rows(500, students=150) if row["Location"] != "Bus"]
    for seed, weekdays in enumerate(((0,), (4,), (1, 2, 3))):
        days = [day for day in list_days() if day.weekday() in weekdays]
        extra = left if len(weekdays) > 1 else 45
        rows = add_rows(rows, extra, seed=seed, **{"Location": "Bus"})
        for number, row in enumerate(rows[-extra:]):
            row["Incident Date"] = days[number % len(days)].strftime("%m/%d/%Y")
            row["Student ID"] = 4000 + number % (60 if extra > 5 else 2)
    return rows


def list_numbers(patterns):
    return {
        dict(told.pattern.conditions)["weekday"]: told.counted.incidents
        for told in patterns
        if dict(told.pattern.conditions).keys() == {"location", "weekday"}
    }


def test_two_patterns_of_a_place_are_told_where_enough_is_left_of_it(tmp_path):
    found = list_numbers(find_patterns(tmp_path, make_two(left=12)))

    assert found == {"Monday": 45, "Friday": 45}


def test_two_patterns_that_leave_three_incidents_of_a_place_are_not_both_told(tmp_path):
    found = list_numbers(find_patterns(tmp_path, make_two(left=3)))

    assert found.keys() == {"Monday", "Friday"}
    assert None in found.values()


def test_a_protected_pattern_carries_no_number(tmp_path):
    patterns = find_patterns(tmp_path, make_two(left=3))

    (pattern, *_) = [told.pattern for told in patterns if told.protected]
    numbers = (pattern.incidents, pattern.students, pattern.weeks, pattern.expected)
    assert numbers == (0, 0, 0, 0.0)
    assert pattern.ratio.value == pattern.score == 0.0


def test_a_count_that_was_not_released_is_refused(tmp_path):
    (told, *_) = find_patterns(tmp_path, make_two(left=12))

    with pytest.raises(UnreleasedError):
        dataclasses.replace(told, counted=told.pattern.incidents)


def test_numbers_beside_a_hidden_count_are_refused(tmp_path):
    (told, *_) = find_patterns(tmp_path, make_two(left=12))

    with pytest.raises(UnreleasedError):
        dataclasses.replace(told, counted=told.counted.hide())
