"""Schools that changed something of a kind are no comparison for one another."""

import datetime as dt

import pytest

from commonroot.domain.network.sight import today
from commonroot.domain.teams.changed_schools import find_schools_that_changed
from commonroot.domain.teams.models import Cycle
from domain.teams.test_cycle import hear_both, open_cycle, start_change, team

__all__ = ["team"]
DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("own", "other", "alike"),
    [
        ({"location": "Bus"}, {"location": "Bus"}, True),
        ({"location": "Bus"}, {"location": "Gym"}, False),
        (
            {"location": "Bus", "time": "Lunch"},
            {"location": "Gym", "time": "Lunch"},
            True,
        ),
        ({}, {"location": "Gym"}, True),
    ],
)
def test_a_school_that_changed_something_alike_is_found(cast, team, own, other, alike):
    cycle = open_cycle(cast, team)
    hear_both(cast, cycle)
    start_change(cast, cycle)
    Cycle.objects.update(conditions=own)

    found = find_schools_that_changed(other, today() - DAY, today() + DAY)

    assert found == ({cast.Oak.pk} if alike else set())


def test_a_change_that_began_before_the_weeks_that_are_looked_at_is_no_matter(
    cast, team
):
    cycle = open_cycle(cast, team)
    hear_both(cast, cycle)
    start_change(cast, cycle)

    assert (
        find_schools_that_changed(
            {"location": "Playground"}, today() + DAY, today() + 9 * DAY
        )
        == set()
    )
