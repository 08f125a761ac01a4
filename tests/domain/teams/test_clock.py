"""A meeting's clock is the server's, and each part has its own."""

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from commonroot.domain.network.choices import GroupKind
from commonroot.domain.network.group_actions import add_group
from commonroot.domain.network.sight import today
from commonroot.domain.teams import meeting_actions, team_actions
from commonroot.domain.teams.choices import MINUTES, Section
from commonroot.domain.teams.clock import PartTime, plan_minutes, read_clock
from commonroot.domain.teams.models import Meeting
from commonroot.domain.teams.reasons import TeamError


@pytest.fixture
def meeting(cast):
    team = add_group(
        by=cast.Ana, place=cast.Oak, kind=GroupKind.DATA_TEAM, name="Data team"
    )
    planned = team_actions.plan_meeting(by=cast.Ana, team=team, day=today())
    return meeting_actions.begin_meeting(by=cast.Ana, meeting=planned)


def let_pass(meeting, minutes):
    """Let time pass since the part began."""
    found = Meeting.objects.get(pk=meeting.pk)
    found.section_began -= dt.timedelta(minutes=minutes)
    found.save()


def read(meeting):
    times = read_clock(Meeting.objects.get(pk=meeting.pk))
    return {section: time for section, time in times.items() if time.used}


def test_a_meeting_begins_with_the_last_change(meeting):
    let_pass(meeting, 5)

    assert read(meeting) == {Section.LAST_CHANGE: PartTime(8, 5, is_now=True)}


def test_going_on_stops_one_clock_and_starts_another(cast, meeting):
    let_pass(meeting, 9)
    meeting_actions.go_to_section(by=cast.Ana, meeting=meeting, section=Section.DOING)
    let_pass(meeting, 3)

    assert read(meeting) == {
        Section.LAST_CHANGE: PartTime(8, 9, is_now=False),
        Section.DOING: PartTime(4, 3, is_now=True),
    }
    assert read(meeting)[Section.LAST_CHANGE].over == 1


def test_going_back_adds_to_the_time_that_was_used(cast, meeting):
    for section in (Section.DOING, Section.LAST_CHANGE):
        let_pass(meeting, 2)
        meeting_actions.go_to_section(by=cast.Ben, meeting=meeting, section=section)
    let_pass(meeting, 3)

    assert read(meeting)[Section.LAST_CHANGE] == PartTime(8, 5, is_now=True)


def test_saying_twice_where_we_are_changes_nothing(cast, meeting):
    let_pass(meeting, 2)
    for by in (cast.Ana, cast.Ben):
        meeting_actions.go_to_section(
            by=by, meeting=meeting, section=Section.LAST_CHANGE
        )

    assert read(meeting)[Section.LAST_CHANGE].used == 2


def test_a_meeting_that_ended_has_no_running_clock(cast, meeting):
    let_pass(meeting, 4)
    meeting_actions.end_meeting(
        by=cast.Ana, meeting=meeting, ratings=["yes"] * 4, decided=False
    )
    with pytest.raises(TeamError, match="not under way"):
        meeting_actions.go_to_section(
            by=cast.Ana, meeting=meeting, section=Section.CLOSING
        )

    ended = Meeting.objects.get(pk=meeting.pk)
    assert (ended.spent, ended.section_began) == ({"last_change": 240}, None)


def test_the_minutes_of_the_parts_are_those_of_the_whole():
    assert sum(MINUTES.values()) == 45
    assert [plan_minutes(section, 45) for section in Section] == list(MINUTES.values())
    assert plan_minutes(Section.CLOSING, 15) == 1


def test_two_who_note_who_is_here_at_once_lose_nothing(cast, meeting):
    """Both opened the page while nobody was noted; each adds whom they see."""
    meeting_actions.note_present(
        by=cast.Ana, meeting=meeting, come=[cast.Ana], guests="a driver"
    )
    meeting_actions.note_present(
        by=cast.Ben, meeting=meeting, come=[cast.Ben], guests="a nurse"
    )
    meeting_actions.note_present(
        by=cast.Ana,
        meeting=meeting,
        gone=[cast.Ana],
        guests="a driver",
        guests_before="a driver",
    )

    found = Meeting.objects.get(pk=meeting.pk)
    assert [person.name for person in found.present.all()] == ["Ben"]
    assert found.guests == "a driver, a nurse"


@pytest.mark.django_db(transaction=True)
def test_ten_who_note_at_the_same_moment_lose_nothing(cast, meeting):
    names = [name for name in cast.people if name != "Olga"][:10]
    ready = threading.Barrier(len(names))

    def note(name):
        try:
            ready.wait()
            meeting_actions.note_present(
                by=cast.Ana, meeting=meeting, come=[cast.people[name]], guests=name
            )
        finally:
            connection.close()

    if connection.vendor == "sqlite":
        for name in names:
            meeting_actions.note_present(
                by=cast.Ana, meeting=meeting, come=[cast.people[name]], guests=name
            )
    else:
        with ThreadPoolExecutor(len(names)) as pool:
            list(pool.map(note, names))

    found = Meeting.objects.get(pk=meeting.pk)
    assert {person.name for person in found.present.all()} == set(names)
    assert set(found.guests.split(", ")) == set(names)
