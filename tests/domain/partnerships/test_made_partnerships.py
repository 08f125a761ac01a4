"""The made-up partnerships are as full as the demo says."""

import datetime as dt

import pytest

from commonroot.domain.audit.queries import verify_log
from commonroot.domain.network.made_region import make_region
from commonroot.domain.network.models import Person, Place
from commonroot.domain.network.sight import today
from commonroot.domain.partnerships.coming import find_coming
from commonroot.domain.partnerships.made_partnerships import make_partnerships
from commonroot.domain.partnerships.models import Partnership
from commonroot.domain.partnerships.queries import (
    find_stage_on,
    schools_served,
    whole_school_partners,
)
from commonroot.domain.teams.made_year import TEAMS


def test_without_a_region_nothing_is_made(db):
    assert make_partnerships() == 0


@pytest.mark.slow
def test_five_districts_eleven_schools_and_eight_whole_school_partners(db):
    region = make_region()

    assert make_partnerships() == 5
    assert make_partnerships() == 0
    wholes = whole_school_partners(region, dt.date(2026, 5, 31))
    assert {each.name for each in wholes} == set(TEAMS)
    served = schools_served(region, dt.date(2025, 7, 1), dt.date(2026, 6, 30))
    assert served.count() == 11
    assert {each.above.name for each in served.select_related("above")} == set(
        Place.objects.filter(kind="district").values_list("name", flat=True)
    )
    assert {
        each.last_year - each.first_year + 1 for each in Partnership.objects.all()
    } == {3, 4}
    stages = {
        str(find_stage_on(each, today()).stage) for each in Partnership.objects.all()
    }
    assert len(stages) == 3
    assert verify_log().broken_at is None


@pytest.mark.slow
def test_farid_carla_and_mara_have_something_in_their_week(db):
    make_region()
    make_partnerships()
    week = (today(), today() + dt.timedelta(days=6))
    told = {
        name: [each.kind.value for each in find_coming(person, *week)]
        for name in ("Farid Noori", "Carla Benítez", "Mara Quist", "Ben Okafor")
        for person in [Person.objects.get(name=name)]
    }

    assert told == {
        "Farid Noori": ["promised", "promised", "promised", "meeting"],
        "Carla Benítez": ["promised"],
        "Mara Quist": ["promised"],
        "Ben Okafor": [],
    }
