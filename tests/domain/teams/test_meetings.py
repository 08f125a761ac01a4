"""Meetings: lines are added and never written over, and end with four answers."""

import datetime as dt

import pytest

from commonroot.domain.network.choices import GroupKind
from commonroot.domain.network.group_actions import add_group
from commonroot.domain.network.sight import today
from commonroot.domain.teams import meeting_actions, team_actions
from commonroot.domain.teams.choices import Duty, MeetingState, Section
from commonroot.domain.teams.models import Note
from commonroot.domain.teams.queries import find_feed
from commonroot.domain.teams.reasons import TeamError


@pytest.fixture
def team(cast):
    return add_group(
        by=cast.Ana, place=cast.Oak, kind=GroupKind.DATA_TEAM, name="Data team"
    )


@pytest.fixture
def meeting(cast, team):
    return team_actions.plan_meeting(by=cast.Ana, team=team, day=today())


def test_a_team_meets_once_a_day(cast, team, meeting):
    with pytest.raises(TeamError, match="already"):
        team_actions.plan_meeting(by=cast.Ben, team=team, day=today())


def test_two_people_who_write_at_once_lose_nothing(cast, meeting):
    meeting_actions.begin_meeting(by=cast.Ana, meeting=meeting)
    for by, text in ((cast.Ana, "one"), (cast.Ben, "two"), (cast.Ana, "three")):
        meeting_actions.add_note(
            by=by, meeting=meeting, section=Section.DOING, text=text
        )
    meeting_actions.take_back_note(by=cast.Ben, note=Note.objects.get(text="one"))

    assert list(
        meeting.notes.filter(taken_back=None).values_list("text", flat=True)
    ) == ["two", "three"]
    assert Note.objects.count() == 3


def test_nothing_is_written_before_or_after_a_meeting(cast, meeting):
    told = {"by": cast.Ana, "meeting": meeting, "section": Section.DOING, "text": "x"}
    with pytest.raises(TeamError, match="not under way"):
        meeting_actions.add_note(**told)
    meeting_actions.begin_meeting(by=cast.Ana, meeting=meeting)
    with pytest.raises(TeamError, match="four quick questions"):
        meeting_actions.end_meeting(
            by=cast.Ana, meeting=meeting, ratings=["yes"], decided=True
        )
    ended = meeting_actions.end_meeting(
        by=cast.Ana, meeting=meeting, ratings=["yes"] * 4, decided=False
    )
    assert ended.state == MeetingState.ENDED
    with pytest.raises(TeamError, match="not under way"):
        meeting_actions.add_note(**told)


def test_whoever_stands_in_is_somebody_else(cast, team):
    with pytest.raises(TeamError):
        team_actions.set_duty(
            by=cast.Ana,
            team=team,
            duty=Duty.FACILITATOR,
            person=cast.Ana,
            backup=cast.Ana,
        )


def test_an_address_of_dates_ends_when_it_is_made_anew(cast, team):
    first = team_actions.renew_feed(by=cast.Ana, team=team)
    second = team_actions.renew_feed(by=cast.Ana, team=team)

    assert find_feed(first) is None
    assert find_feed(second) == team


def test_an_agreement_has_a_day_on_which_it_is_looked_at_again(cast, team):
    with pytest.raises(TeamError, match="day to come"):
        team_actions.agree(by=cast.Ana, team=team, text="kind", review=today())
    made = team_actions.agree(
        by=cast.Ana, team=team, text="kind", review=today() + dt.timedelta(days=30)
    )
    team_actions.end_agreement(by=cast.Ana, agreement=made)

    assert made.ended == today()


def test_a_meeting_that_is_called_off_does_not_begin(cast, meeting):
    team_actions.call_off(by=cast.Ana, meeting=meeting)
    with pytest.raises(TeamError, match="is over"):
        meeting_actions.begin_meeting(by=cast.Ana, meeting=meeting)


def test_a_day_that_nobody_means_is_refused(cast, team):
    with pytest.raises(TeamError, match="within two years"):
        team_actions.plan_meeting(by=cast.Ana, team=team, day=dt.date(1, 1, 1))
