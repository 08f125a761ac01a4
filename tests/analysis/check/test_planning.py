"""What could be seen is said before, and comes true."""

import numpy as np
import pytest

from commonroot.analysis.check import Series, Verdict, Week, check_change, foresee


def test_more_incidents_show_sooner_and_small_effects_later():
    def halving(target):
        return foresee([Week(target, 30, 5, 5)] * 18, 36)[0].weeks

    weeks = [halving(target) for target in (5, 8, 16)]
    assert weeks == sorted(weeks, reverse=True)
    half, quarter = foresee([Week(20, 60, 5, 5)] * 36, 36)
    assert half.weeks < quarter.weeks


@pytest.mark.parametrize(
    "weeks", [[], [Week(5, 30, 5, 5)] * 5, [Week(0, 30, 5, 5)] * 18]
)
def test_too_little_before_shows_nothing(weeks):
    assert [each.weeks for each in foresee(weeks, 36)] == [None, None]


def test_nothing_shows_in_no_weeks():
    assert foresee([Week(9, 30, 5, 5)] * 18, 0)[0].weeks is None


@pytest.mark.slow
def test_a_halving_is_seen_about_as_often_as_was_foreseen():
    """Eight in ten by the week that each school was told."""
    chance = np.random.default_rng(3)

    def draw(mean, weeks):
        return [
            Week(int(target), int(rest), 5, 5)
            for target, rest in zip(
                chance.poisson(mean, weeks), chance.poisson(40, weeks), strict=True
            )
        ]

    promised = seen = 0
    for _ in range(200):
        before = draw(8, 24)
        weeks = foresee(before, 36)[0].weeks
        if weeks is not None:
            drawn = before + draw(4, weeks)
            promised += 1
            seen += any(
                check_change(Series(drawn[:end], 24)).verdict == Verdict.HELPED
                for end in range(27, len(drawn) + 1)
            )

    assert promised > 150
    assert 0.7 < seen / promised < 0.95
