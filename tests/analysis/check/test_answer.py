"""What is told of a check is coarse, holds what it held, and stands on the same side."""

import math

from hypothesis import assume, given
from hypothesis import strategies as some

from commonroot.analysis.check import Verdict, release_answer
from commonroot.analysis.check.checking import Check

RATIO = some.floats(0.0, 20.0)


@given(RATIO, RATIO, some.one_of(RATIO, some.just(math.inf)))
def test_the_interval_is_coarse_and_never_narrower(ratio, low, high):
    assume(low <= ratio <= high)
    told = release_answer(Check(Verdict.TOO_EARLY, 9, 9, 7, 8.0, 1.0, ratio, low, high))

    for value in (told.ratio, told.low, told.high):
        assert value is None or abs(value / 0.05 - round(value / 0.05)) < 1e-6
    assert told.low <= low + 1e-9 or low > 1
    assert told.high is None or told.high >= high - 1e-9 or high < 1
    assert (high < 1) == (told.high is not None and told.high < 1)
    assert (low > 1) == (told.low > 1)


def test_what_is_told_holds_no_count():
    told = release_answer(Check(Verdict.HELPED, 9, 9, 7, 80.0, 1.0, 0.1, 0.05, 0.4))

    assert set(vars(told)) == {
        "verdict",
        "weeks_before",
        "weeks_after",
        "ratio",
        "low",
        "high",
        "reason",
        "schools",
    }
