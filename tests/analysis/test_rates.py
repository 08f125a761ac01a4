"""Rates per 100 students per school day, and the published medians."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonroot.analysis.rates import (
    Exposure,
    choose_median,
    rate_per_100_students_per_day,
)

EXPOSURES = st.lists(
    st.builds(Exposure, st.integers(1, 2000), st.integers(1, 180)),
    min_size=1,
    max_size=5,
)


def test_the_median_elementary_school_of_2012_has_about_one_major_a_day():
    # SWIS 2012-13: median .21 for K-6, mean enrolment 451; .21 x 4.51 = 0.95 a day.
    rate = rate_per_100_students_per_day(161, [Exposure(451, 170)])

    assert rate == pytest.approx(0.21, abs=0.001)


@given(st.integers(0, 5000), EXPOSURES)
def test_the_rate_is_the_count_over_hundreds_of_student_days(count, exposures):
    student_days = 0
    for each in exposures:
        for _ in range(each.logging_days):
            student_days += each.enrolled

    rate = rate_per_100_students_per_day(count, exposures)

    assert rate == pytest.approx(count / (student_days / 100))


@given(st.integers(1, 5000), EXPOSURES)
def test_twice_the_days_is_half_the_rate(count, exposures):
    doubled = [Exposure(each.enrolled, 2 * each.logging_days) for each in exposures]

    assert rate_per_100_students_per_day(count, doubled) == pytest.approx(
        rate_per_100_students_per_day(count, exposures) / 2
    )


@pytest.mark.parametrize("exposures", [[], [Exposure(0, 170)], [Exposure(300, 0)]])
def test_without_students_or_days_there_is_no_rate(exposures):
    assert rate_per_100_students_per_day(12, exposures) is None


@pytest.mark.parametrize(
    ("grades", "span"),
    [
        (["K", "1", "5"], "K-6"),
        (["6", "7", "8"], "6-9"),
        (["9", "12"], "9-12"),
        (["K", "8"], "PreK-8"),
        (["PK", "12"], "PreK-12"),
    ],
)
def test_a_school_is_set_beside_schools_of_its_grades(grades, span):
    assert choose_median(grades).grades == span


def test_a_school_whose_grades_nobody_knows_is_set_beside_none():
    assert choose_median(["Ungraded"]) is None
