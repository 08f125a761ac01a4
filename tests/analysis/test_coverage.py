"""Gaps in recording: found when they are long, not found where there are none."""

import datetime as dt
import random

from hypothesis import given
from hypothesis import strategies as st

from commonroot.analysis.coverage import (
    believe_quiet_run,
    find_quiet_runs,
    measure_coverage,
)

DAYS = [dt.date(2025, 9, 1) + dt.timedelta(days=n) for n in range(170)]


def measure(written):
    return measure_coverage(
        DAYS[: len(written)],
        {day: 1 for day, wrote in zip(DAYS, written, strict=False) if wrote},
    )


def test_two_weeks_of_silence_in_a_school_that_writes_daily_are_a_gap():
    found = measure([True] * 60 + [False] * 10 + [True] * 100)

    assert [(gap.first, gap.last, gap.days) for gap in found.gaps] == [
        (DAYS[60], DAYS[69], 10)
    ]
    assert (found.school_days, found.logging_days) == (170, 160)


def test_single_quiet_days_are_logging_days():
    found = measure([True, True, True, False] * 42)

    assert (found.gaps, found.logging_days, found.days_with_records) == ((), 168, 126)


def test_a_school_with_an_incident_a_week_has_no_gap_in_a_quiet_fortnight():
    found = measure(([False] * 4 + [True]) * 15 + [False] * 10 + [True])

    assert found.gaps == ()


@given(st.lists(st.booleans(), max_size=170))
def test_quiet_runs_are_the_days_without_a_record(written):
    runs = find_quiet_runs(written)

    days = [start + n for start, length in runs for n in range(length)]
    assert days == [day for day, wrote in enumerate(written) if not wrote]


@given(st.lists(st.booleans(), min_size=1, max_size=170))
def test_logging_days_are_the_days_outside_gaps_and_hold_every_record(written):
    found = measure(written)

    inside = sum(gap.days for gap in found.gaps)
    assert found.logging_days == found.school_days - inside
    assert found.days_with_records <= found.logging_days


@given(st.lists(st.booleans(), min_size=30, max_size=170))
def test_a_plain_second_computation_finds_the_same_limit(written):
    runs = find_quiet_runs(written)

    def too_long(length):
        rest = [run for _, run in runs if run < length]
        outside = len(written) - sum(run for _, run in runs if run >= length)
        share = sum(rest) / outside if outside else 1.0
        return len(written) * share ** (0.7 * length) <= 0.01

    plain = next(
        (n for n in range(5, len(written) + 1) if too_long(n)), len(written) + 1
    )
    assert believe_quiet_run(len(written), runs) == plain


def test_a_stable_school_shows_a_false_gap_in_at_most_one_year_of_twenty():
    chance = random.Random(1)
    years = [[chance.random() > 0.37 for _ in DAYS] for _ in range(400)]

    false = sum(bool(measure(year).gaps) for year in years)

    assert false <= 20
