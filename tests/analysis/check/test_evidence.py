"""The score, its information, the boundary and the scatter, each beside another way."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from statsmodels.stats.contingency_tables import StratifiedTable

from commonroot.analysis.check.evidence import (
    Evidence,
    Table,
    bound,
    measure_dispersion,
    measure_scatter,
)
from commonroot.analysis.check.series import Week

COUNT = some.integers(1, 60)


@given(COUNT, COUNT, COUNT, COUNT)
def test_score_and_information_are_those_of_mantel_and_haenszel(a, b, c, d):
    score, information = Table(a, b, c, d).score(1.0)
    theirs = StratifiedTable([np.array([[a, b], [c, d]])])

    assert score**2 / information == pytest.approx(
        theirs.test_null_odds(correction=False).statistic, rel=1e-9
    )


@given(COUNT, COUNT, COUNT, COUNT)
def test_the_score_against_what_was_seen_is_nothing(a, b, c, d):
    seen = (c / d) / (a / b)

    assert Table(a, b, c, d).score(seen)[0] == pytest.approx(0, abs=1e-9)


@pytest.mark.slow
def test_a_brownian_motion_leaves_the_boundary_in_less_than_one_of_twenty():
    chance = np.random.default_rng(1)
    times = np.linspace(0.5, 400, 800)
    steps = np.sqrt(np.diff(times, prepend=0))
    bounds = np.array([bound(time, 20) for time in times])
    paths = np.cumsum(chance.standard_normal((20_000, 800)) * steps, axis=1)
    ever = (np.abs(paths) > bounds).any(axis=1).mean()

    assert 0.02 < ever < 0.05


def test_the_boundary_is_the_mixture_that_it_is_said_to_be():
    """Where the integral of exp(xs - s^2 t / 2) over a normal s equals 1 / alpha."""
    plan, time = 20.0, 35.0
    narrowest = plan / (2 * math.log(20) + math.log(1 + 2 * math.log(20)))
    place = bound(time, plan)
    slopes = np.linspace(-12, 12, 200_001) / math.sqrt(narrowest)
    density = np.sqrt(narrowest / (2 * math.pi)) * np.exp(-(slopes**2) * narrowest / 2)
    mixture = np.trapezoid(
        density * np.exp(place * slopes - slopes**2 * time / 2), slopes
    )

    assert mixture == pytest.approx(20, rel=1e-6)


def test_the_boundary_is_narrowest_about_the_plan():
    def relative(time, plan):
        return bound(time, plan) / math.sqrt(time)

    best = min(range(1, 200), key=lambda plan: relative(40, plan))
    assert abs(best - 40) <= 4


def test_doubt_about_the_drift_never_makes_more_time():
    table = Table(90, 400, 40, 400)
    sure = Evidence(table, 1.3, 20).weigh(0)
    unsure = Evidence(table, 1.3, 20, drift_variance=0.02).weigh(0)

    assert unsure[1] < sure[1]
    assert unsure[0] / unsure[1] == pytest.approx(sure[0] / sure[1])


def test_scatter_is_pearsons_over_its_freedom():
    weeks = [Week(2, 18, 5, 5), Week(6, 14, 5, 5), Week(4, 16, 5, 5)]
    by_hand = (4 + 4 + 0) / (20 * 0.2 * 0.8)

    assert measure_scatter([weeks]) == pytest.approx((6 * 1.5 + by_hand) / (6 + 2))


def test_a_share_that_wanders_slowly_scatters_more():
    steady = [Week(4 + 2 * (week % 2), 36, 5, 5) for week in range(32)]
    wandering = [Week(4 + 2 * (week // 8 % 2), 36, 5, 5) for week in range(32)]

    assert measure_dispersion(wandering) > measure_dispersion(steady)
