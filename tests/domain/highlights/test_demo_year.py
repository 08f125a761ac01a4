"""The made-up region's year is the published one, and each number is found a second way.

The second way walks over every row in Python, up from place to place, without the
definitions, their queries or the table of what lies within what.
"""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import transaction

from commonroot.domain.coaching.made_visits import make_visits
from commonroot.domain.coaching.models import Visit
from commonroot.domain.convenings.made_convening import make_convenings
from commonroot.domain.convenings.models import Guest
from commonroot.domain.highlights.definitions import DEFINITIONS, look_up, write_value
from commonroot.domain.highlights.made_highlights import make_years
from commonroot.domain.highlights.models import Highlight, YearPage
from commonroot.domain.highlights.queries import tell_numbers
from commonroot.domain.highlights.spans import span_of
from commonroot.domain.learning.made_learning import make_learning
from commonroot.domain.learning.models import Attendance, Session
from commonroot.domain.network.made_region import make_region
from commonroot.domain.network.models import Enrolment, Place, Staffing
from commonroot.domain.partnerships.made_partnerships import make_partnerships
from commonroot.domain.partnerships.models import WholeSchool
from commonroot.domain.teams.made_year import make_teams
from commonroot.domain.teams.models import Change, CheckResult, Meeting

FIRST, LAST = dt.date(2025, 7, 1), dt.date(2026, 6, 30)
PUBLISHED = {
    "meetings": "88",
    "visits": "105+",
    "delivered_hours": "385",
    "schools": "11",
    "districts": "5",
    "counties": "4",
    "students": "4,000",
    "educators": "420",
    "partners": "8",
    "convened": "25",
    "beginners": "20",
    "seasoned": "4",
}


@pytest.fixture
def region(db):
    make_region()
    for make in (
        make_teams,
        make_partnerships,
        make_learning,
        make_visits,
        make_convenings,
        make_years,
    ):
        make()
    return Place.objects.get(kind="region")


def lies_in(place, around):
    """Walk up from a place."""
    while place is not None:
        if place == around:
            return True
        place = place.above
    return False


def is_in_year(day):
    return FIRST <= day <= LAST


def count_again(region):
    """Count the year a second way, row by row."""
    meetings = [
        each
        for each in Meeting.objects.all()
        if each.state == "ended"
        and is_in_year(each.day)
        and lies_in(each.team.place, region)
    ]
    visits = [
        each
        for each in Visit.objects.all()
        if each.state == "held"
        and is_in_year(each.day)
        and lies_in(each.school, region)
    ]
    sessions = [
        each
        for each in Session.objects.all()
        if each.held is not None
        and is_in_year(each.day)
        and lies_in(each.series.place, region)
    ]
    present = [each for each in Attendance.objects.all() if each.session in sessions]
    reached = {each.team.place for each in meetings} | {each.school for each in visits}
    reached |= {each.series.place for each in sessions}
    reached |= {each.seat.school for each in present}
    schools = {each for each in reached if each is not None and each.kind == "school"}
    august = {
        (each.seat.person_id or each.seat_id, each.seat.standing)
        for each in present
        if each.session.day.month == 8 and each.session.day.year == 2025
    }
    looks = [each for each in CheckResult.objects.all() if is_in_year(each.on)]
    return {
        "meetings": len(meetings),
        "changes": len([c for c in Change.objects.all() if is_in_year(c.start)]),
        "checks": len({each.change_id for each in looks}),
        "visits": len(visits),
        "delivered_hours": sum(Decimal(each.minutes) for each in sessions) / 60,
        "participant_hours": sum(Decimal(each.minutes) for each in present) / 60,
        "schools": len(schools),
        "districts": len({each.above for each in schools}),
        "counties": len({each.county for each in schools}),
        "students": sum(
            each.students
            for each in Enrolment.objects.all()
            if each.school in schools
            and each.school_year == "2025-26"
            and not each.column
        ),
        "educators": sum(
            each.educators
            for each in Staffing.objects.all()
            if each.school in schools and each.school_year == "2025-26"
        ),
        "partners": len(
            {
                whole.part.school_id
                for whole in WholeSchool.objects.all()
                if whole.first <= LAST
                and (whole.last is None or whole.last >= LAST)
                and whole.part.first <= LAST
                and (whole.part.last is None or whole.part.last >= LAST)
                and lies_in(whole.part.school, region)
            }
        ),
        "convened": len(
            {
                guest.person_id or guest.pk
                for guest in Guest.objects.all()
                if guest.came is not None
                and guest.kind in ("educator", "leader")
                and is_in_year(guest.team.convening.day)
                and lies_in(guest.team.school, region)
            }
        ),
        "beginners": len([one for one, standing in august if standing == "new"]),
        "seasoned": len([one for one, standing in august if standing == "seasoned"]),
    }


def test_the_published_year_comes_out_of_the_records(region):
    page = YearPage.objects.get(place=region)
    told = {each.definition.key: each for each in tell_numbers(page)}

    assert {key: told[key].value for key in PUBLISHED} == PUBLISHED
    assert [each.now for each in told.values() if each.now] == []
    assert page.published is not None
    assert told["participant_hours"].value != told["delivered_hours"].value


def test_each_number_is_the_same_when_it_is_counted_a_second_way(region):
    span = span_of(region, "2025-26")
    again = count_again(region)
    once = {key: look_up(DEFINITIONS[key], span).value for key in again}

    assert set(again) == set(DEFINITIONS)
    assert {
        key: Decimal(value).quantize(Decimal("0.01")) for key, value in again.items()
    } == once


def test_a_record_that_changes_is_flagged_and_nothing_published_changes_by_itself(
    region,
):
    page = YearPage.objects.get(place=region)
    Meeting.objects.filter(state="ended", day__range=(FIRST, LAST)).last().delete()
    Session.objects.filter(
        held__isnull=False, day__range=(FIRST, LAST)
    ).first().delete()
    told = {each.definition.key: each for each in tell_numbers(page)}

    assert (told["meetings"].value, told["meetings"].now) == ("88", "87")
    assert told["delivered_hours"].value == "385"
    assert told["delivered_hours"].now not in ("", "385")


CHANGED = {
    "a visit goes": (Visit.objects.filter(state="held"), {"visits"}),
    "somebody was not in a session": (
        Attendance.objects.all(),
        {"participant_hours"},
    ),
    "a check goes": (CheckResult.objects.all(), {"checks"}),
    "a school tells no students": (
        Enrolment.objects.filter(school_year="2025-26", column=""),
        {"students"},
    ),
    "a school tells no educators": (
        Staffing.objects.filter(school_year="2025-26"),
        {"educators"},
    ),
    "a school is no partner as a whole": (WholeSchool.objects.all(), {"partners"}),
    "a guest did not come": (
        Guest.objects.filter(came__isnull=False, kind="educator"),
        {"convened"},
    ),
}


def test_each_kind_of_record_that_goes_is_flagged_at_its_own_number(region):
    page = YearPage.objects.get(place=region)
    flagged = {}
    for what, (rows, _keys) in CHANGED.items():
        moment = transaction.savepoint()
        row = rows.filter(**in_year(rows.model)).order_by("pk").first()
        row.delete()
        flagged[what] = {each.definition.key for each in tell_numbers(page) if each.now}
        transaction.savepoint_rollback(moment)

    assert {what: keys <= flagged[what] for what, (_rows, keys) in CHANGED.items()} == (
        dict.fromkeys(CHANGED, True)
    )
    assert [each.now for each in tell_numbers(page) if each.now] == []


def in_year(model):
    """Give the condition under which a row is of the published year."""
    return {
        Visit: {"day__range": (FIRST, LAST)},
        Attendance: {"session__day__range": (FIRST, LAST)},
        CheckResult: {"on__range": (FIRST, LAST)},
    }.get(model, {})


def test_the_same_number_resting_on_other_records_is_flagged_too(region):
    page = YearPage.objects.get(place=region)
    gone = Meeting.objects.filter(state="ended", day__range=(FIRST, LAST)).last()
    team, day = gone.team, gone.day
    gone.delete()
    Meeting.objects.create(team=team, day=day, state="ended")
    told = {each.definition.key: each for each in tell_numbers(page)}

    assert told["meetings"].now == "88"


def test_making_the_year_twice_makes_it_once(region):
    assert make_years() == 0
    assert (
        write_value(
            Highlight.objects.get(definition="meetings", page__place=region).value
        )
        == "88"
    )
