"""What each area holds for somebody, today, for the tests of the week."""

import datetime as dt

from commonroot.domain.coaching import actions as visits
from commonroot.domain.connections import match_actions
from commonroot.domain.convenings.actions import begin_convening
from commonroot.domain.highlights.actions import begin_page
from commonroot.domain.learning.models import Seat, Series, Session, Workshop
from commonroot.domain.network.choices import GroupKind
from commonroot.domain.network.group_actions import add_group, add_member
from commonroot.domain.network.sight import today
from commonroot.domain.partnerships.models import Partnership, Renewal
from commonroot.domain.teams.models import Meeting
from domain.connections.people_of_rounds import add_educator, confirm, match_two


def plan_meeting(cast, place=None, person=None, at=9, name="Team"):
    place, person = place or cast.Oak, person or cast.Ana
    team = add_group(by=person, place=place, kind=GroupKind.DATA_TEAM, name=name)
    add_member(by=person, group=team, person=person)
    return Meeting.objects.create(team=team, day=today(), starts=dt.time(at))


def plan_visit(cast, at=10, coach=None):
    asked = visits.ask_visit(
        by=cast.Grace,
        coach=coach or cast.Carla,
        teacher=cast.Grace,
        school=cast.Oak,
        day=today(),
        starts=dt.time(at),
    )
    return visits.answer_visit(by=coach or cast.Carla, visit=asked, agrees=True)


def plan_session(cast, at=13):
    workshop = Workshop.objects.create(place=cast.Region, name="Circles")
    series = Series.objects.create(workshop=workshop, place=cast.Region, state="open")
    return Session.objects.create(
        series=series, day=today(), starts=dt.time(at), minutes=60
    )


def take_seat(cast):
    Seat.objects.create(
        series=plan_session(cast).series, person=cast.Grace, state="coming"
    )


def plan_convening(cast):
    return begin_convening(
        by=cast.Elena, place=cast.Region, name="Gathering", day=today()
    )


def plan_day(cast):
    match = confirm(match_two(cast, cast.Grace, add_educator("Sol", cast.Oak)))
    match_actions.plan_day(by=cast.Grace, match=match, day=today())


def plan_renewal(cast):
    partnership = Partnership.objects.create(
        partner=cast.Region, district=cast.North, first_year=2024, last_year=2027
    )
    Renewal.objects.create(partnership=partnership, day=today(), owner=cast.Farid)


def draw_numbers(cast):
    plan_meeting(cast)
    Meeting.objects.update(day=dt.date(2025, 10, 1), state="ended")
    begin_page(by=cast.Elena, place=cast.Region, school_year="2025-26")
