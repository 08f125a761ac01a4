"""Somebody's week, gathered from every area."""

import datetime as dt

from commonroot.domain.network.choices import GroupKind
from commonroot.domain.network.group_actions import add_group, add_member
from commonroot.domain.teams.models import Change, Cycle, Meeting
from commonroot.domain.week.queries import gather_week, monday_of

THURSDAY = dt.date(2026, 3, 5)


def make_team(cast, place, person):
    team = add_group(by=person, place=place, kind=GroupKind.DATA_TEAM, name="Team")
    add_member(by=person, group=team, person=person)
    return team


def test_a_coachs_day_is_laid_out_by_the_clock_with_the_way_from_school_to_school(cast):
    for place, person, at in ((cast.Oak, cast.Ana, 13), (cast.Elm, cast.Noor, 8)):
        Meeting.objects.create(
            team=make_team(cast, place, person), day=THURSDAY, starts=dt.time(at)
        )
    week = gather_week(cast.Dev, dt.date(2026, 3, 7))
    (day,) = week.days

    assert (week.first, week.last) == (dt.date(2026, 3, 2), dt.date(2026, 3, 8))
    assert [each.place for each in day.meetings] == day.route == [cast.Elm, cast.Oak]
    assert [(each.bring, each.bring_key) for each in week.bring] == [
        ("The meeting sheet", cast.Elm.pk),
        ("The meeting sheet", cast.Oak.pk),
    ]


def test_what_was_due_before_waits_and_what_comes_later_does_not_show(cast):
    team = make_team(cast, cast.Oak, cast.Ana)
    for number, review in enumerate((dt.date(2026, 2, 4), dt.date(2026, 3, 9))):
        Change.objects.create(
            cycle=Cycle.objects.create(
                team=team, opened=THURSDAY, what="a", where="b", when="c"
            ),
            what=f"Change {number}",
            start=dt.date(2026, 1, 1),
            review=review,
            done_when="seen",
        )
    week = gather_week(cast.Ana, THURSDAY)

    assert [each.words for each in week.waiting] == ["Did it help? Change 0"]
    assert (week.days, week.bring) == ([], [])


def test_nobody_finds_another_persons_week(cast):
    team = make_team(cast, cast.Oak, cast.Ana)
    Meeting.objects.create(team=team, day=THURSDAY)
    seen = {
        name
        for name in cast.people
        if not gather_week(cast.people[name], THURSDAY).is_empty
    }

    assert seen == {"Ana", "Carla", "Dev"}


def test_a_week_begins_on_monday():
    assert {monday_of(dt.date(2026, 3, day)).day for day in range(2, 9)} == {2}
