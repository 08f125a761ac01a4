"""A week has the lines of every area, and the papers that belong to them."""

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commonroot.domain.learning.choices import Part
from commonroot.domain.learning.models import (
    Facilitation,
    Seat,
    Session,
    Workshop,
)
from commonroot.domain.network.sight import today
from commonroot.domain.teams.models import Meeting
from commonroot.domain.week.queries import gather_week
from domain.week.plans import (
    draw_numbers,
    plan_convening,
    plan_day,
    plan_meeting,
    plan_renewal,
    plan_session,
    plan_visit,
    take_seat,
)


def gather(person):
    return gather_week(person, today())


def read(person):
    week = gather(person)
    lines = [*week.waiting, *(each for day in week.days for each in day.meetings)]
    return [each.words for each in [*lines, *(e for d in week.days for e in d.due)]]


@pytest.mark.parametrize(
    ("plan", "who", "lines"),
    [
        (plan_meeting, "Ana", ["Team meets"]),
        (plan_visit, "Grace", ["Carla visits you"]),
        (take_seat, "Grace", ["Circles"]),
        (plan_convening, "Grace", ["Gathering"]),
        (plan_day, "Grace", ["Meet Sol"]),
        (plan_renewal, "Farid", ["Renewal talk: North"]),
        (
            draw_numbers,
            "Farid",
            ["4 numbers of 2025-26 wait for you as the second person"],
        ),
    ],
    ids=lambda each: getattr(each, "__name__", None),
)
def test_each_area_has_its_own_line_in_a_week(cast, plan, who, lines):
    assert read(cast.people[who]) == []
    plan(cast)

    assert read(cast.people[who]) == lines


def test_one_week_gathers_what_every_area_holds_for_somebody(cast):
    for plan in (plan_visit, take_seat, plan_convening, plan_day):
        plan(cast)

    assert sorted(read(cast.Grace)) == [
        "Carla visits you",
        "Circles",
        "Gathering",
        "Meet Sol",
    ]


def list_papers(person):
    return [
        (each.bring, each.bring_page, each.bring_key) for each in gather(person).bring
    ]


def test_a_visit_has_its_sheet_for_both(cast):
    visit = plan_visit(cast)
    sheet = [("The visit on paper", "coaching:print-visit", visit.pk)]

    assert [list_papers(each) for each in (cast.Carla, cast.Grace, cast.Dev)] == [
        sheet,
        sheet,
        [],
    ]


def test_who_teaches_a_session_has_its_list_and_who_observes_or_comes_has_none(cast):
    session = plan_session(cast)
    for person, part in ((cast.Dev, Part.LEAD), (cast.Elena, Part.OBSERVER)):
        Facilitation.objects.create(
            session=session, person=person, part=part, side="partner"
        )
    Seat.objects.create(series=session.series, person=cast.Grace, state="coming")
    words = "The paper list, the code for the door, the materials"

    assert {name: list_papers(cast.people[name]) for name in ("Dev", "Elena")} == {
        "Dev": [(words, "learning:print-list", session.pk)],
        "Elena": [],
    }
    assert list_papers(cast.Grace) == []


def test_two_sessions_of_a_series_on_one_day_have_two_lists(cast):
    first = plan_session(cast)
    second = Session.objects.create(
        series=first.series, day=today(), starts=dt.time(15), minutes=60
    )
    for session in (first, second):
        Facilitation.objects.create(
            session=session, person=cast.Dev, part=Part.LEAD, side="partner"
        )

    assert [key for _words, _page, key in list_papers(cast.Dev)] == [
        first.pk,
        second.pk,
    ]


def test_who_prepares_a_convening_has_its_kit_and_who_comes_has_none(cast):
    convening = plan_convening(cast)
    kit = [("The printed kit", "convenings:print-kit", convening.pk)]

    assert {name: list_papers(each) for name, each in cast.people.items()} == {
        **dict.fromkeys(cast.people, []),
        **dict.fromkeys(("Elena", "Farid", "Dev"), kit),
    }


def test_a_day_between_two_schools_has_each_once_by_its_first_time(cast):
    plan_meeting(cast, cast.Elm, cast.Noor, 8)
    plan_meeting(cast, cast.Oak, cast.Ana, 12)
    plan_visit(cast, 9, coach=cast.Dev)
    plan_meeting(cast, cast.Elm, cast.Noor, 15, "Second team")
    session = plan_session(cast, 14)
    Facilitation.objects.create(
        session=session, person=cast.Dev, part=Part.LEAD, side="partner"
    )
    (day,) = gather(cast.Dev).days

    assert [each.starts.hour for each in day.meetings] == [8, 9, 12, 14, 15]
    assert day.route == [cast.Elm, cast.Oak]
    assert [
        (place, [each.starts.hour for each in found]) for place, found in day.by_place
    ] == [(cast.Elm, [8, 15]), (cast.Oak, [9, 12]), (cast.Region, [14])]


def test_a_school_without_a_time_comes_last_on_the_way(cast):
    plan_meeting(cast, cast.Elm, cast.Noor)
    Meeting.objects.update(starts=None)
    plan_meeting(cast, cast.Oak, cast.Ana)
    (day,) = gather(cast.Dev).days

    assert day.route == [cast.Oak, cast.Elm]


def test_papers_take_no_more_queries_with_many_meetings(cast):
    def teach(number):
        for _ in range(number):
            session = plan_session(cast)
            Facilitation.objects.create(
                session=session, person=cast.Dev, part=Part.LEAD, side="partner"
            )
            Workshop.objects.filter(pk=session.series.workshop_id).update(
                name=uuid.uuid4().hex
            )

    def count():
        with CaptureQueriesContext(connection) as asked:
            assert gather(cast.Dev).bring
        return len(asked)

    teach(3)
    few = count()
    teach(27)

    assert count() == few
