"""The check answers from what the weeks contradict, and says so when it cannot."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from commonroot.analysis.check import (
    Elsewhere,
    Series,
    SeriesError,
    Verdict,
    Week,
    check_change,
    weigh_moves,
)


def weeks(number, target, rest=40, logged=5, days=5):
    return [Week(target, rest, logged, days)] * number


def check(*parts, before=18, **more):
    return check_change(
        Series([each for part in parts for each in part], before), **more
    )


@pytest.mark.parametrize(
    ("target", "verdict"),
    [
        (2, Verdict.HELPED),
        (8, Verdict.DID_NOT_HELP),
        (16, Verdict.GOT_WORSE),
        (6, Verdict.TOO_EARLY),
    ],
)
def test_the_answer_follows_from_what_is_contradicted(target, verdict):
    found = check(weeks(18, 8), weeks(20, target), goal=0.6)

    assert found.verdict == verdict
    assert found.low < found.ratio < found.high


def test_the_interval_and_the_answer_agree():
    for target in range(17):
        found = check(weeks(18, 8), weeks(20, target), goal=0.75)
        expected = (
            Verdict.HELPED
            if found.high < 1
            else Verdict.GOT_WORSE
            if found.low > 1
            else Verdict.DID_NOT_HELP
            if found.low > 0.75
            else Verdict.TOO_EARLY
        )
        assert found.verdict == expected


def test_a_week_that_was_worse_everywhere_is_no_reason():
    calm, wild = weeks(18, 8, rest=40), weeks(20, 14, rest=70)

    assert check(calm, wild, goal=0.5).verdict == Verdict.DID_NOT_HELP


def test_a_slice_picked_for_its_height_comes_down_by_itself():
    series = weeks(18, 8), weeks(20, 4)

    assert check(*series).verdict == Verdict.HELPED
    assert check(*series, picked=0.55).verdict == Verdict.TOO_EARLY


def test_a_fall_that_other_schools_had_too_is_not_the_changes():
    series = weeks(18, 8), weeks(20, 4)
    fell_everywhere = Elsewhere(4_000, 40_000, 2_200, 40_000)

    assert check(*series).verdict == Verdict.HELPED
    assert (
        check(*series, elsewhere=weigh_moves([fell_everywhere])).verdict
        == Verdict.TOO_EARLY
    )


@pytest.mark.parametrize(
    ("before", "since", "reason"),
    [
        (weeks(5, 8), weeks(20, 2), "few_before"),
        (weeks(18, 0), weeks(20, 2), "few_before"),
        (weeks(18, 8), weeks(2, 2), "few_after"),
        (weeks(18, 1), weeks(3, 0), "few_after"),
    ],
)
def test_too_little_is_too_early(before, since, reason):
    found = check(before, since, before=len(before))

    assert (found.verdict, found.reason) == (Verdict.TOO_EARLY, reason)
    assert found.ratio is None


@pytest.mark.parametrize(
    ("since", "reason"),
    [
        (weeks(20, 2, logged=3) + weeks(20, 0, rest=0, logged=0), "days"),
        (weeks(20, 2, rest=10), "rest"),
        (weeks(20, 2, rest=120), "rest"),
    ],
    ids=["days were lost", "the rest is written down less", "and more"],
)
def test_nothing_is_told_when_recording_changed_with_it(since, reason):
    found = check(weeks(18, 8), since)

    assert (found.verdict, found.reason) == (Verdict.CANNOT_TELL, reason)


def test_weeks_that_nobody_recorded_say_nothing():
    silent = weeks(3, 0, rest=0, logged=0)
    with_silence = check(weeks(18, 8), weeks(20, 2), silent)

    assert with_silence == check(weeks(18, 8), weeks(20, 2))


def test_an_impossible_series_is_refused():
    with pytest.raises(SeriesError, match="less than nothing"):
        Series(weeks(3, -1), 1)
    with pytest.raises(SeriesError, match="outside"):
        Series(weeks(3, 1), 4)
    with pytest.raises(SeriesError, match="recorded than"):
        Series(weeks(3, 1, logged=6), 1)


COUNTS = some.tuples(some.integers(0, 30), some.integers(0, 120))
PERIODS = some.lists(COUNTS, min_size=0, max_size=30)


@given(PERIODS, PERIODS, some.floats(0.3, 1.0), some.floats(0.3, 0.95))
@settings(max_examples=200, deadline=None)
def test_there_is_always_an_answer_and_it_keeps_its_order(before, since, picked, goal):
    both = [Week(one, other, 5, 5) for one, other in before + since]
    found = check_change(Series(both, len(before)), goal=goal, picked=picked)

    if found.ratio is None:
        assert found.reason
        assert found.verdict in (Verdict.TOO_EARLY, Verdict.CANNOT_TELL)
    else:
        assert 0 <= found.low <= found.high
        assert (found.high < 1) == (found.verdict == Verdict.HELPED)
        assert not (found.verdict == Verdict.GOT_WORSE and found.low <= 1)


@given(PERIODS.filter(lambda each: len(each) > 5), PERIODS)
@settings(max_examples=50, deadline=None)
def test_the_order_of_a_periods_weeks_does_not_change_what_was_seen(before, since):
    both = [Week(one, other, 5, 5) for one, other in before + since]
    turned = both[: len(before)][::-1] + both[len(before) :][::-1]
    one, other = (check_change(Series(each, len(before))) for each in (both, turned))

    assert (one.seen, one.expected) == (other.seen, other.expected)


def test_what_a_school_of_twice_the_size_says_is_said_more_firmly():
    small = check(weeks(18, 4, rest=20), weeks(20, 3, rest=20))
    large = check(weeks(18, 8, rest=40), weeks(20, 6, rest=40))

    assert large.ratio == pytest.approx(small.ratio)
    assert small.low < large.low < large.high < small.high


def test_a_check_says_what_was_expected():
    found = check(weeks(18, 8), weeks(20, 2, rest=20), picked=0.5)

    assert (found.expected, found.seen) == (40.0, 40)
    assert replace(found, ratio=None) != found


def every_other(target, pairs):
    """Weeks of which every second one was not recorded at all."""
    one, silent = Week(target, 40, 5, 5), Week(0, 0, 0, 5)
    return [week for _ in range(pairs) for week in (one, silent)]


def test_a_school_that_always_records_every_other_week_is_not_refused():
    found = check(every_other(8, 20), every_other(8, 12), before=40)

    assert found.verdict == Verdict.TOO_EARLY


def test_a_school_that_begins_to_record_every_week_is_refused():
    found = check(every_other(8, 20), weeks(12, 8), before=40)

    assert (found.verdict, found.reason) == (Verdict.CANNOT_TELL, "days")


def test_one_incident_more_elsewhere_makes_little_difference():
    few, more = (
        check(
            weeks(18, 8),
            weeks(20, 4),
            elsewhere=weigh_moves([Elsewhere(n, 400, n, 400)]),
        )
        for n in (4, 5)
    )

    assert few.verdict == more.verdict
    assert few.high == pytest.approx(more.high, rel=0.02)
