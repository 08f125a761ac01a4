"""What of teams stands in somebody's week."""

import datetime as dt

import pytest

from commonroot.domain.network.choices import GroupKind
from commonroot.domain.network.coming import ComingKind
from commonroot.domain.network.group_actions import add_group, add_member
from commonroot.domain.teams.choices import Done
from commonroot.domain.teams.coming import find_coming
from commonroot.domain.teams.models import Change, Cycle, DoneReport, Meeting

MONDAY, SUNDAY = dt.date(2026, 3, 2), dt.date(2026, 3, 8)


@pytest.fixture
def team(cast):
    made = add_group(
        by=cast.Ana, place=cast.Oak, kind=GroupKind.DATA_TEAM, name="Data team"
    )
    add_member(by=cast.Ana, group=made, person=cast.Ana)
    return made


@pytest.fixture
def change(cast, team):
    cycle = Cycle.objects.create(
        team=team, opened=dt.date(2026, 1, 7), what="a", where="b", when="c"
    )
    return Change.objects.create(
        cycle=cycle,
        what="Two more games",
        owner=cast.Ana,
        start=dt.date(2026, 1, 12),
        review=dt.date(2026, 3, 4),
        done_when="seen",
    )


def tell(person):
    return [(each.kind, each.words) for each in find_coming(person, MONDAY, SUNDAY)]


def test_a_meeting_is_told_to_members_and_to_their_coach_with_its_sheet(cast, team):
    Meeting.objects.create(team=team, day=dt.date(2026, 3, 4), starts=dt.time(8))
    Meeting.objects.create(team=team, day=dt.date(2026, 3, 11))
    ana, carla, noor = (
        find_coming(person, MONDAY, SUNDAY)
        for person in (cast.Ana, cast.Carla, cast.Noor)
    )

    assert [(each.words, each.bring_key) for each in ana] == [
        ("Data team meets", cast.Oak.pk)
    ]
    assert (ana, noor) == (carla, [])


def test_a_check_is_due_from_its_review_on_and_for_the_team_alone(cast, change):
    due = (ComingKind.DUE, "Did it help? Two more games")

    assert due in tell(cast.Ana)
    assert due not in tell(cast.Carla)
    Change.objects.update(review=dt.date(2026, 3, 9))
    assert due not in tell(cast.Ana)


def test_who_sees_to_a_change_is_asked_a_week_after_they_last_said(cast, change):
    asked = (ComingKind.PROMISED, "Did we do it? Two more games")
    told = {"change": change, "done": Done.PARTLY}

    assert asked in tell(cast.Ana)
    DoneReport.objects.create(on=dt.date(2026, 3, 3), **told)
    assert asked not in tell(cast.Ana)
    DoneReport.objects.update(on=dt.date(2026, 3, 1))
    assert asked in tell(cast.Ana)
    DoneReport.objects.update(done=Done.STOPPED)
    assert asked not in tell(cast.Ana)
