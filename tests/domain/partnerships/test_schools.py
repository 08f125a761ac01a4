"""Which schools take part, which as whole schools, and how they are counted."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from commonroot.domain.audit.actions import SYSTEM
from commonroot.domain.network.actions import add_place
from commonroot.domain.network.choices import PlaceKind
from commonroot.domain.network.place_actions import remove_place
from commonroot.domain.partnerships.partnership_actions import begin_partnership
from commonroot.domain.partnerships.plan_actions import note_readiness
from commonroot.domain.partnerships.queries import schools_served, whole_school_partners
from commonroot.domain.partnerships.reasons import PartnershipError, UnreadyError
from commonroot.domain.partnerships.school_actions import (
    add_school,
    begin_whole,
    end_part,
    end_whole,
    remove_part,
)

SEPTEMBER, JANUARY, JUNE = (
    dt.date(2025, 9, 1),
    dt.date(2026, 1, 12),
    dt.date(2026, 6, 1),
)
DAY = dt.timedelta(days=1)


@pytest.fixture
def kept(cast):
    """The region and its northern district, in 2025-26 and the year after."""
    return begin_partnership(
        by=cast.Farid, partner=cast.Region, district=cast.North,
        first_year=2025, last_year=2026,
    )  # fmt: skip


@pytest.fixture
def part(cast, kept):
    return add_school(by=cast.Farid, partnership=kept, school=cast.Oak, first=SEPTEMBER)


def names(places):
    return [place.name for place in places]


def test_a_partnership_starts_with_three_schools_and_adds_others_by_readiness(
    cast, kept
):
    schools = [
        add_place(by=SYSTEM, name=name, kind=PlaceKind.SCHOOL, above=cast.North)
        for name in ("Ash", "Birch", "Cedar", "Dogwood")
    ]
    *starters, fourth = schools

    def add(school, **more):
        return add_school(
            by=cast.Farid, partnership=kept, school=school, first=SEPTEMBER, **more
        )

    for each in starters:
        add(each)
    with pytest.raises(UnreadyError, match="Say how one can tell"):
        add(fourth)
    assert kept.readiness_notes.count() == 0
    add(fourth, readiness="Its team asked for it, and logs every day")
    assert [(each.school, each.text) for each in kept.readiness_notes.all()] == [
        (fourth, "Its team asked for it, and logs every day")
    ]
    note_readiness(by=cast.Farid, partnership=kept, school=cast.Oak, text="Ready")
    add(cast.Oak)
    assert kept.parts.count() == 5
    assert kept.readiness_notes.count() == 2


def test_a_school_takes_part_from_a_day_and_once(cast, kept, part):
    with pytest.raises(PartnershipError, match="already"):
        add_school(by=cast.Farid, partnership=kept, school=cast.Oak, first=JANUARY)
    with pytest.raises(PartnershipError, match="years of the partnership"):
        add_school(
            by=cast.Farid, partnership=kept, school=cast.Oak, first=dt.date(2025, 6, 30)
        )
    with pytest.raises(PartnershipError, match="school of the district"):
        add_school(by=cast.Farid, partnership=kept, school=cast.Elm, first=JANUARY)
    with pytest.raises(PermissionDenied):
        add_school(by=cast.Mara, partnership=kept, school=cast.Oak, first=JANUARY)
    assert kept.parts.count() == 1


def test_a_whole_school_partner_is_one_from_a_day_until_a_day(cast, part):
    with pytest.raises(PartnershipError, match="takes part"):
        begin_whole(by=cast.Farid, part=part, first=SEPTEMBER - DAY)
    begin_whole(by=cast.Farid, part=part, first=JANUARY)
    with pytest.raises(PartnershipError, match="already"):
        begin_whole(by=cast.Farid, part=part, first=JUNE)
    with pytest.raises(PartnershipError, match="on which it was one"):
        end_whole(by=cast.Farid, part=part, last=SEPTEMBER)
    end_whole(by=cast.Farid, part=part, last=JUNE)
    with pytest.raises(PartnershipError, match="not a whole school partner now"):
        end_whole(by=cast.Farid, part=part, last=JUNE)

    assert [
        names(whole_school_partners(cast.Region, day))
        for day in (JANUARY - DAY, JANUARY, JUNE, JUNE + DAY)
    ] == [[], ["Oak"], ["Oak"], []]


def test_a_part_that_ends_takes_the_whole_school_with_it(cast, part):
    begin_whole(by=cast.Farid, part=part, first=JANUARY)
    with pytest.raises(PartnershipError, match="before it began"):
        end_part(by=cast.Farid, part=part, last=SEPTEMBER - DAY)
    end_part(by=cast.Farid, part=part, last=JUNE)

    assert names(whole_school_partners(cast.North, JUNE)) == ["Oak"]
    assert names(whole_school_partners(cast.North, JUNE + DAY)) == []
    end_part(by=cast.Farid, part=part, last=JANUARY - DAY)
    assert part.wholes.count() == 0


def test_a_school_that_came_back_is_counted_once(cast, kept, part):
    end_part(by=cast.Farid, part=part, last=JANUARY)
    again = add_school(by=cast.Farid, partnership=kept, school=cast.Oak, first=JUNE)
    for each, first in ((part, SEPTEMBER), (again, JUNE)):
        begin_whole(by=cast.Farid, part=each, first=first)
    with pytest.raises(PartnershipError, match="anew"):
        end_part(by=cast.Farid, part=part, last=JUNE)

    assert names(schools_served(cast.Region, SEPTEMBER, JUNE)) == ["Oak"]
    assert schools_served(cast.Region, SEPTEMBER, JUNE).count() == 1
    assert names(schools_served(cast.Region, JANUARY + DAY, JUNE - DAY)) == []
    assert whole_school_partners(cast.Region, JUNE).count() == 1
    remove_part(by=cast.Farid, part=again)
    assert names(whole_school_partners(cast.Region, JUNE)) == []


def test_schools_are_counted_within_a_place_and_in_the_years_alone(cast, part):
    begin_whole(by=cast.Farid, part=part, first=SEPTEMBER)
    last = dt.date(2027, 6, 30)

    assert [
        names(schools_served(place, SEPTEMBER, JUNE))
        for place in (cast.Region, cast.North, cast.Oak, cast.South, cast.Elm)
    ] == [["Oak"], ["Oak"], ["Oak"], [], []]
    assert names(whole_school_partners(cast.Region, last)) == ["Oak"]
    assert names(whole_school_partners(cast.Region, last + DAY)) == []
    assert names(schools_served(cast.Region, last + DAY, last + 90 * DAY)) == []


def test_a_place_that_a_partnership_hangs_on_stays(cast, kept):
    school = add_place(by=SYSTEM, kind=PlaceKind.SCHOOL, name="New", above=cast.North)
    part = add_school(by=cast.Farid, partnership=kept, school=school, first=JANUARY)
    with pytest.raises(Exception, match="so it stays"):
        remove_place(by=cast.Farid, place=school)
    remove_part(by=cast.Farid, part=part)
    remove_place(by=cast.Farid, place=school)
