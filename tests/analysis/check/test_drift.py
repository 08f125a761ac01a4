"""How a slice moved elsewhere, beside the conditional normal distribution worked out whole."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from commonroot.analysis.check.drift import (
    NOWHERE,
    OWN_SPREAD,
    USUAL_DISPERSION,
    USUAL_SPREAD,
    measure_drift,
    weigh_moves,
)
from commonroot.analysis.check.series import Elsewhere

COUNT = some.integers(0, 500)
PLACE = some.builds(Elsewhere, COUNT, COUNT, COUNT, COUNT)


def condition_on(places):
    """Condition one more place on what was seen, by the whole matrix of covariances."""
    moved, noise = [], []
    for place in places:
        four = [
            count + 0.5
            for count in (
                place.target_before,
                place.rest_before,
                place.target_after,
                place.rest_after,
            )
        ]
        moved.append(math.log(four[2] * four[1] / four[3] / four[0]))
        noise.append(USUAL_DISPERSION * sum(1 / each for each in four))
    size = len(places) + 1
    shared = np.full((size, size), USUAL_SPREAD**2) + OWN_SPREAD**2 * np.eye(size)
    seen = shared[1:, 1:] + np.diag(noise)
    weights = np.linalg.solve(seen, shared[1:, 0])
    return weights @ np.array(moved), shared[0, 0] - weights @ shared[1:, 0]


@given(some.lists(PLACE, min_size=1, max_size=8))
def test_drift_is_the_conditional_normal_of_one_more_place(places):
    assert measure_drift(weigh_moves(places)) == pytest.approx(
        condition_on(places), abs=1e-9
    )


@given(
    some.lists(PLACE, min_size=1, max_size=5), some.lists(PLACE, min_size=1, max_size=5)
)
def test_places_may_be_weighed_apart_and_added(some_places, others):
    apart = weigh_moves(some_places) + weigh_moves(others)
    together = weigh_moves([*some_places, *others])

    assert (apart.weight, apart.total) == pytest.approx(
        (together.weight, together.total)
    )


@given(some.lists(PLACE, min_size=1, max_size=8), PLACE)
def test_one_place_more_leaves_no_more_doubt(places, another):
    _drift, doubt = measure_drift(weigh_moves(places))
    _drift, less = measure_drift(weigh_moves([*places, another]))

    assert OWN_SPREAD**2 < less <= doubt <= USUAL_SPREAD**2 + OWN_SPREAD**2


def test_what_moved_elsewhere_counts_the_more_the_more_is_known():
    few = measure_drift(weigh_moves([Elsewhere(20, 200, 10, 200)]))
    many = measure_drift(weigh_moves([Elsewhere(2_000, 20_000, 1_000, 20_000)]))
    ten = measure_drift(weigh_moves([Elsewhere(2_000, 20_000, 1_000, 20_000)] * 10))

    assert math.log(0.5) < ten[0] < many[0] < few[0] < 0
    assert ten[1] < many[1] < few[1]


def test_without_anywhere_to_look_nothing_is_known_to_have_moved():
    assert measure_drift(NOWHERE) == (0.0, 0.0)
    assert weigh_moves([]) == NOWHERE
