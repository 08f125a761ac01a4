"""One's week as a page."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from commonroot.domain.learning.choices import Part
from commonroot.domain.learning.models import Facilitation
from commonroot.domain.network.choices import GroupKind
from commonroot.domain.network.group_actions import add_group, add_member
from commonroot.domain.network.sight import today
from commonroot.domain.teams.models import Meeting
from domain.week.plans import plan_convening, plan_session, plan_visit

DAY = dt.date(2026, 3, 5)


def read(client, day="2026-03-05"):
    return client.get(reverse("week:show-week"), {"day": day}).content.decode()


def plan(cast):
    team = add_group(
        by=cast.Ana, place=cast.Oak, kind=GroupKind.DATA_TEAM, name="Data team"
    )
    add_member(by=cast.Ana, group=team, person=cast.Ana)
    return Meeting.objects.create(team=team, day=DAY, starts=dt.time(8, 15))


def test_a_week_names_the_meeting_its_time_and_the_sheet_to_print(cast, browse):
    meeting = plan(cast)
    page = read(browse(cast.Ana))

    assert "Data team meets" in page
    assert "8:15 a.m." in page
    assert reverse("teams:show-meeting", args=[meeting.pk]) in page
    assert reverse("records:print-sheet", args=[cast.Oak.pk]) in page
    assert "Data team meets" not in read(browse(cast.Grace))


def test_an_empty_week_leads_on(cast, browse):
    page = read(browse(cast.Grace))

    assert "Nothing comes up for you this week." in page
    assert "?day=2026-03-09" in page


def test_a_day_that_is_none_is_today(cast, browse):
    for day in ("", "tomorrow", "2026-02-30", "9" * 400):
        assert "My week" in read(browse(cast.Ana), day)


def test_the_week_speaks_spanish(cast, browse):
    plan(cast)
    ana = browse(cast.Ana)
    ana.cookies["django_language"] = "es"
    page = read(ana)

    assert "Mi semana" in page
    assert "Se reúne Data team" in page


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2026-13-01", "x"])
def test_a_day_that_cannot_be_shown_is_this_week(cast, browse, day):
    found, this = (
        browse(cast.Ana).get(reverse("week:show-week"), query).content.decode()
        for query in ({"day": day}, {})
    )

    assert "<h1" in found
    assert found.count("?day=") == this.count("?day=")


def plan_two_schools(cast):
    for school, person, hour in (
        (cast.Elm, cast.Noor, 8),
        (cast.Oak, cast.Ana, 10),
        (cast.Elm, cast.Noor, 14),
    ):
        team = add_group(
            by=person, place=school, kind=GroupKind.DATA_TEAM, name=f"Team {hour}"
        )
        add_member(by=person, group=team, person=person)
        Meeting.objects.create(team=team, day=DAY, starts=dt.time(hour))


def read_order(client, **asked):
    page = client.get(reverse("week:show-week"), {"day": "2026-03-05", **asked})
    text = page.content.decode()
    found = re.findall(r"<h3>(\w+)</h3>|<time>(\d+) [ap]\.m\.", text)
    route = re.search(r"Route:([^<]+)</p>", text)
    return ["".join(each) for each in found], " ".join(route[1].split())


def test_a_day_at_two_schools_can_be_read_by_the_clock_or_school_by_school(
    cast, browse
):
    plan_two_schools(cast)
    dev = browse(cast.Dev)

    assert read_order(dev) == (["8", "10", "2"], "Elm → Oak")
    assert read_order(dev, order="school") == (
        ["Elm", "8", "2", "Oak", "10"],
        "Elm → Oak",
    )


def test_a_day_at_one_school_has_no_route(cast, browse):
    plan(cast)
    page = read(browse(cast.Ana))

    assert ("Route:" in page, "School by school" in page) == (False, False)


def test_what_to_bring_leads_to_the_paper_of_a_visit_a_session_and_a_convening(
    cast, browse
):
    visit = plan_visit(cast, coach=cast.Dev)
    session = plan_session(cast)
    Facilitation.objects.create(
        session=session, person=cast.Dev, part=Part.LEAD, side="partner"
    )
    convening = plan_convening(cast)
    dev = browse(cast.Dev)
    papers = [
        reverse("coaching:show-visit", args=[visit.pk]),
        reverse("learning:print-list", args=[session.pk]),
        reverse("convenings:print-kit", args=[convening.pk]),
    ]
    page = read(dev, today().isoformat())

    assert [each for each in papers if f'href="{each}"' in page] == papers
    assert [dev.get(each).status_code for each in papers] == [200, 200, 200]
