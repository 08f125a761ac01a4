"""One's week as a page."""

import datetime as dt

import pytest
from django.urls import reverse

from commonroot.domain.network.choices import GroupKind
from commonroot.domain.network.group_actions import add_group, add_member
from commonroot.domain.teams.models import Meeting

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
    assert "08:15" in page
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
