"""Whose voices a team has, beside who works in its school."""

import datetime as dt

import pytest

from commonroot.domain.audit.actions import SYSTEM
from commonroot.domain.network.actions import add_place, end_role, give_role
from commonroot.domain.network.choices import (
    GroupKind,
    MemberKind,
    PlaceKind,
    RoleKind,
    Shift,
)
from commonroot.domain.network.group_actions import add_group, add_member
from commonroot.domain.network.models import Role
from commonroot.domain.teams import team_actions
from commonroot.domain.teams.models import Wish
from commonroot.domain.teams.reasons import TeamError
from commonroot.domain.teams.seats import Area, compare_seats, list_inviters


@pytest.fixture
def team(cast):
    made = add_group(
        by=cast.Ana, place=cast.Oak, kind=GroupKind.DATA_TEAM, name="Data team"
    )
    add_member(by=cast.Ana, group=made, person=cast.Ana)
    return made


@pytest.fixture
def garage(cast):
    """A department of the school, where Sam and Tess drive."""
    place = add_place(
        by=SYSTEM, kind=PlaceKind.DEPARTMENT, name="Bus garage", above=cast.Oak
    )
    for name in ("Sam", "Tess"):
        cast.people[name] = cast.add(name)
        give_role(
            by=SYSTEM,
            person=cast.people[name],
            kind=RoleKind.EDUCATOR,
            place=place,
            first=dt.date(2025, 8, 1),
            member_kind=MemberKind.CLASSIFIED,
        )
    return place


def find_seat(viewer, team, kind):
    return next(seat for seat in compare_seats(viewer, team) if seat.kind == kind)


def test_members_stand_beside_who_else_works_there(cast, team):
    licensed = find_seat(cast.Ana, team, MemberKind.LICENSED)
    classified = find_seat(cast.Ana, team, MemberKind.CLASSIFIED)

    assert (licensed.members, licensed.others) == ([], ["Grace"])
    assert (classified.members, classified.others) == (["Ana"], [])


def test_classified_staff_are_told_by_area(cast, team, garage):
    assert find_seat(cast.Ana, team, MemberKind.CLASSIFIED).areas == [
        Area("Bus garage", [])
    ]
    add_member(by=cast.Ana, group=team, person=cast.Sam)
    assert find_seat(cast.Ana, team, MemberKind.CLASSIFIED).areas == [
        Area("Bus garage", ["Sam"])
    ]


def test_classified_staff_are_told_by_the_time_of_day(cast, team):
    """Who is there before the first bell and on no team shows up as such."""
    gus = cast.people["Gus"] = cast.add("Gus")
    give_role(
        by=SYSTEM,
        person=gus,
        kind=RoleKind.EDUCATOR,
        place=cast.Oak,
        first=dt.date(2025, 8, 1),
        member_kind=MemberKind.CLASSIFIED,
        shift=Shift.BEFORE_SCHOOL,
    )
    Role.objects.filter(person=cast.Ana).update(shift=Shift.SCHOOL_DAY)
    before = find_seat(cast.Ana, team, MemberKind.CLASSIFIED).shifts
    add_member(by=cast.Ana, group=team, person=gus)
    after = find_seat(cast.Ana, team, MemberKind.CLASSIFIED).shifts

    assert before == [Area("Before school", []), Area("During the school day", ["Ana"])]
    assert after == [
        Area("Before school", ["Gus"]),
        Area("During the school day", ["Ana"]),
    ]


def test_names_are_those_that_the_viewer_may_see(cast, team, garage):
    """A member's roles reach the school and not its departments; a coach's reach both."""
    ana, carla = (
        find_seat(person, team, MemberKind.CLASSIFIED).others
        for person in (cast.Ana, cast.Carla)
    )

    assert (ana, carla) == ([], ["Sam", "Tess"])


def test_the_principal_is_asked_first_and_then_the_district(cast, team):
    assert list_inviters(team) == [cast.Ben]
    end_role(by=cast.Farid, role=Role.objects.get(person=cast.Ben))
    assert list_inviters(team) == [cast.Mara]


def test_a_voice_is_asked_for_once_in_two_weeks(cast, team):
    told = {"by": cast.Ana, "team": team, "member_kind": MemberKind.STUDENT}
    team_actions.ask_for_voice(**told)
    with pytest.raises(TeamError, match="last two weeks"):
        team_actions.ask_for_voice(**told)
    Wish.objects.update(on=dt.date(2026, 1, 1))
    team_actions.ask_for_voice(**told)

    assert Wish.objects.get().on > dt.date(2026, 1, 1)
    assert find_seat(cast.Ana, team, MemberKind.STUDENT).wish == Wish.objects.get()
