"""A meeting on many screens: a small part is asked for, and nothing when nothing is new."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from commonroot.domain.network.choices import GroupKind
from commonroot.domain.network.group_actions import add_group, add_member
from commonroot.domain.network.sight import today
from commonroot.domain.teams.choices import Section
from commonroot.domain.teams.meeting_actions import (
    add_note,
    begin_meeting,
    end_meeting,
    go_to_section,
)
from commonroot.domain.teams.models import Meeting, Note
from commonroot.domain.teams.team_actions import plan_meeting

ASKED_BY_HTMX = {"HX-Request": "true"}


@pytest.fixture
def meeting(cast):
    team = add_group(
        by=cast.Ana, place=cast.Oak, kind=GroupKind.DATA_TEAM, name="Data team"
    )
    for person in (cast.Ana, cast.Ben):
        add_member(by=cast.Ana, group=team, person=person)
    planned = plan_meeting(by=cast.Ana, team=team, day=today())
    return begin_meeting(by=cast.Ana, meeting=planned)


def open_page(client, meeting):
    answer = client.get(reverse("teams:show-meeting", args=[meeting.pk]))
    return answer.content.decode()


def find_poll(page):
    """Find the address that a page asks for every three seconds."""
    return re.search(r'hx-get="([^"]*/now/[^"]*)"', page)[1].replace("&amp;", "&")


def post(client, name, meeting, **fields):
    address = reverse(f"teams:{name}", args=[meeting.pk])
    return client.post(address, fields, headers=ASKED_BY_HTMX)


def list_ids(answer):
    return re.findall(r' id="([^"]*)"', answer.content.decode())


def test_nothing_is_sent_while_nothing_is_new(cast, browse, meeting):
    ben = browse(cast.Ben)
    answer = ben.get(find_poll(open_page(ben, meeting)))

    assert (answer.status_code, answer.content) == (204, b"")


def test_a_new_line_comes_with_the_next_asking_and_only_once(cast, browse, meeting):
    ben = browse(cast.Ben)
    poll = find_poll(open_page(ben, meeting))
    add_note(by=cast.Ana, meeting=meeting, section=Section.DOING, text="As before.")
    new = ben.get(poll).content.decode()

    assert "As before." in new
    assert "<html" not in new
    assert ben.get(find_poll(new)).status_code == 204


def test_a_minute_later_only_the_clocks_are_sent(cast, browse, meeting):
    ben = browse(cast.Ben)
    poll = find_poll(open_page(ben, meeting))
    minute = dt.timedelta(minutes=1)
    Meeting.objects.update(
        began=meeting.began - minute, section_began=meeting.section_began - minute
    )
    parts = list_ids(ben.get(poll))

    assert [each for each in parts if each.startswith(("lines-", "here"))] == []
    assert {"pulse", "clock", "clock-last_change"} <= set(parts)


def test_time_that_is_over_is_said_in_words(cast, browse, meeting):
    Meeting.objects.update(section_began=meeting.began - dt.timedelta(minutes=10))
    page = open_page(browse(cast.Ben), meeting)

    assert "The 8 minutes for this are over, by 2. What is left can wait." in page


def test_all_screens_see_where_the_meeting_is(cast, browse, meeting):
    carla = browse(cast.Carla)
    poll = find_poll(open_page(carla, meeting))
    go_to_section(by=cast.Ana, meeting=meeting, section=Section.PATTERN)
    new = carla.get(poll).content.decode()

    assert re.findall(r'is-now" id="clock-(\w+)"', new) == ["pattern"]
    assert "We are at this now" not in new


def test_whoever_types_gets_their_form_back_and_what_is_new(cast, browse, meeting):
    answer = post(browse(cast.Ana), "add-note", meeting, section="doing", text="one")
    parts = list_ids(answer)

    assert parts[0] == "form-doing"
    assert {"pulse", "lines-doing"} <= set(parts)
    assert [each for each in parts if each == "form-closing"] == []


def test_a_line_that_comes_too_late_stays_in_its_form(cast, browse, meeting):
    end_meeting(by=cast.Ana, meeting=meeting, ratings=["yes"] * 4, decided=False)
    answer = post(browse(cast.Ben), "add-note", meeting, section="doing", text="late")
    page = answer.content.decode()

    assert answer.status_code == 422
    assert ">\nlate</textarea>" in page
    assert "This meeting is not under way." in page
    assert "Open the minutes" in page


def test_a_meeting_that_ended_stops_asking(cast, browse, meeting):
    ben = browse(cast.Ben)
    poll = find_poll(open_page(ben, meeting))
    end_meeting(by=cast.Ana, meeting=meeting, ratings=["yes"] * 4, decided=False)
    new = ben.get(poll).content.decode()

    assert "Open the minutes" in new
    assert "hx-get" not in new


def test_parts_are_gone_to_and_lines_taken_back_without_a_new_page(
    cast, browse, meeting
):
    ana = browse(cast.Ana)
    assert (
        "is-now"
        in post(ana, "go-to-section", meeting, section="voices").content.decode()
    )
    assert post(ana, "go-to-section", meeting, section="nothing").status_code == 200
    line = add_note(by=cast.Ben, meeting=meeting, section=Section.DOING, text="oops")
    assert "oops" not in post(ana, "take-back-note", line).content.decode()
    shown = post(ana, "note-present", meeting, present=[str(cast.Ben.pk)])
    assert "Here: Ben" in shown.content.decode()

    assert Meeting.objects.get().section == "voices"
    assert Note.objects.get().taken_back is not None


def test_two_who_note_who_is_here_from_old_pages_lose_nothing(cast, browse, meeting):
    ana, ben = browse(cast.Ana), browse(cast.Ben)
    post(ana, "note-present", meeting, present=[str(cast.Ana.pk)])
    post(ben, "note-present", meeting, present=[str(cast.Ben.pk)])
    post(ana, "note-present", meeting, shown=[str(cast.Ana.pk)])

    assert [each.name for each in Meeting.objects.get().present.all()] == ["Ben"]


def test_asking_takes_few_queries_however_much_was_said(cast, browse, meeting):
    ben = browse(cast.Ben)
    page = open_page(ben, meeting)

    def count(address):
        with CaptureQueriesContext(connection) as asked:
            ben.get(address)
        return len(asked)

    whole, quiet = (
        count(reverse("teams:show-meeting", args=[meeting.pk])),
        count(find_poll(page)),
    )
    add_note(by=cast.Ana, meeting=meeting, section=Section.DOING, text="x")
    one = count(find_poll(page))
    for number in range(30):
        add_note(by=cast.Ana, meeting=meeting, section=Section.DOING, text=str(number))

    assert count(find_poll(page)) == one
    assert quiet <= 12
    assert one <= 23
    assert whole > 3 * quiet
