"""What is new in one's teams: since the last look, and only of the teams one may see."""

import datetime as dt

import pytest
from django.utils import timezone

from commonroot.domain.network.choices import GroupKind
from commonroot.domain.network.group_actions import add_group
from commonroot.domain.network.sight import today
from commonroot.domain.teams.models import (
    Change,
    CheckResult,
    Cycle,
    LastLook,
    Meeting,
    Story,
)
from commonroot.domain.teams.news import (
    Happening,
    begin_look,
    finish_look,
    list_news,
)
from commonroot.domain.teams.story_actions import withdraw_story


@pytest.fixture
def team(cast):
    return add_group(
        by=cast.Ana, place=cast.Oak, kind=GroupKind.DATA_TEAM, name="Data team"
    )


def play(team, at):
    """Play a whole cycle at one moment."""
    day = timezone.localdate(at)
    meeting = Meeting.objects.create(team=team, day=day, state="ended", ended=at)
    cycle = Cycle.objects.create(
        team=team, opened=day, what="Running", where="Bus", when="noon",
        ending="kept", ended=day, ended_at=at,
    )  # fmt: skip
    change = Change.objects.create(
        cycle=cycle, what="Seats", start=day, review=day, done_when="y", agreed_at=at
    )
    check = CheckResult.objects.create(change=change, helped="helped", on=day)
    CheckResult.objects.filter(pk=check.pk).update(at=at)
    story = Story.objects.create(
        change=change, title="Seats on the bus", tried="u", happened="partly",
        helped="helped", shared=day, shared_at=at,
    )  # fmt: skip
    return meeting, story


def look_again(person, later):
    """Let somebody look again after a time."""
    LastLook.objects.update(opened=timezone.now() - later)
    return begin_look(person)


def test_everything_that_a_team_did_is_told_once(team):
    now = timezone.now()
    play(team, now)
    play_old = now - dt.timedelta(days=40)
    other = Meeting.objects.create(
        team=team, day=timezone.localdate(play_old), state="ended", ended=play_old
    )
    told = list_news([team], now - dt.timedelta(days=2))

    assert sorted((each.kind, each.text) for each in told) == [
        (Happening.AGREED, "Seats"),
        (Happening.BEGAN, "Seats"),
        (Happening.CHECKED, "Seats: It helped"),
        (Happening.ENDED, "Running, Bus: Kept"),
        (Happening.MET, ""),
        (Happening.SHARED, "Seats on the bus"),
    ]
    assert other.pk not in [each.key for each in told]


def test_nothing_of_another_team_is_told(cast, team):
    elsewhere = add_group(
        by=cast.Noor, place=cast.Elm, kind=GroupKind.DATA_TEAM, name="Data team"
    )
    play(elsewhere, timezone.now())

    assert list_news([team], timezone.now() - dt.timedelta(days=2)) == []


def test_a_story_that_was_taken_back_is_no_news(cast, team):
    _meeting, story = play(team, timezone.now())
    withdraw_story(by=cast.Ana, story=story)
    told = list_news([team], timezone.now() - dt.timedelta(days=2))

    assert [each for each in told if each.kind == Happening.SHARED] == []


def test_a_change_that_begins_tomorrow_has_not_begun(cast, team):
    cycle = Cycle.objects.create(
        team=team, opened=today(), what="a", where="b", when="c"
    )
    Change.objects.create(
        cycle=cycle,
        what="Seats",
        start=today() + dt.timedelta(days=1),
        review=today() + dt.timedelta(days=60),
        done_when="y",
        agreed_at=timezone.now(),
    )
    told = list_news([team], timezone.now() - dt.timedelta(days=2))

    assert [each.kind for each in told] == [Happening.AGREED]


def test_a_reload_takes_nothing_away(cast):
    first = begin_look(cast.Carla)

    assert look_again(cast.Carla, dt.timedelta(minutes=1)) == first
    assert look_again(cast.Carla, dt.timedelta(hours=11)) == first


def test_after_twelve_hours_new_is_what_came_since_the_last_look(cast):
    first = begin_look(cast.Carla)
    again = look_again(cast.Carla, dt.timedelta(hours=13))

    assert again > first
    assert timezone.now() - again > dt.timedelta(hours=12)


def test_whoever_says_that_they_have_read_it_begins_anew(cast):
    begin_look(cast.Carla)
    opened = LastLook.objects.get().opened
    finish_look(cast.Carla)

    assert begin_look(cast.Carla) == opened


def test_each_person_has_a_look_of_their_own(cast):
    begin_look(cast.Carla)
    finish_look(cast.Carla)
    carla = begin_look(cast.Carla)

    assert begin_look(cast.Dev) < carla
