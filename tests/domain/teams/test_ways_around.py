"""Ways around the check, each of which was open once."""

import datetime as dt

import pytest

from commonroot.analysis.check import Answer, Verdict
from commonroot.domain.audit.queries import find_last_change
from commonroot.domain.network.choices import GroupKind
from commonroot.domain.network.group_actions import add_group
from commonroot.domain.network.sight import today
from commonroot.domain.teams import (
    check_actions,
    cycle_actions,
    meeting_actions,
    team_actions,
)
from commonroot.domain.teams.choices import Done, Goal, HowMany, Section, Whom
from commonroot.domain.teams.cycle_actions import Pattern, Statement
from commonroot.domain.teams.due import list_checks_due
from commonroot.domain.teams.models import Change, Cycle
from commonroot.domain.teams.reasons import TeamError

EARLY = Answer(Verdict.TOO_EARLY, 18, 4, 0.8, 0.4, 1.6)
RUNNING = Statement("Running", "Playground", "second recess")


@pytest.fixture
def team(cast):
    return add_group(
        by=cast.Ana, place=cast.Oak, kind=GroupKind.DATA_TEAM, name="Data team"
    )


def open_cycle(cast, team, conditions=None, statement=RUNNING):
    pattern = Pattern(conditions or {"location": "Playground"}, "More.", 0.8)
    return cycle_actions.open_cycle(
        by=cast.Ana, team=team, statement=statement, pattern=pattern
    )


def hear_both(cast, cycle):
    for whom in Whom:
        cycle_actions.hear(
            by=cast.Ana,
            cycle=cycle,
            whom=whom,
            how_many=HowMany.SOME,
            heard="too crowded",
        )


def agree(cast, cycle, start, weeks=8, **more):
    told = {
        "what": "Two games",
        "owner": cast.Ben,
        "start": start,
        "done_when": "both are played",
        "goal": Goal.HALF,
        "review": start + dt.timedelta(weeks=weeks),
        **more,
    }
    return cycle_actions.start_change(by=cast.Ana, cycle=cycle, **told)


@pytest.fixture
def change(cast, team):
    cycle = open_cycle(cast, team)
    hear_both(cast, cycle)
    return agree(cast, cycle, today())


def test_a_due_check_is_not_moved_away_by_agreeing_anew(cast, team, change):
    Change.objects.update(
        start=today() - dt.timedelta(weeks=9), review=today() - dt.timedelta(days=1)
    )
    with pytest.raises(TeamError, match="has begun"):
        agree(cast, change.cycle, today() + dt.timedelta(days=1))

    assert [each.pk for each in list_checks_due(team)] == [change.pk]


def test_a_change_that_has_not_begun_can_be_agreed_on_differently(cast, team):
    cycle = open_cycle(cast, team)
    hear_both(cast, cycle)
    first = agree(cast, cycle, today() + dt.timedelta(days=5))

    assert agree(cast, cycle, today() + dt.timedelta(days=9)).pk == first.pk


def test_a_change_does_not_begin_in_the_past(cast, team):
    cycle = open_cycle(cast, team)
    hear_both(cast, cycle)
    with pytest.raises(TeamError, match="today or later"):
        agree(cast, cycle, today() - dt.timedelta(days=1))


def test_nothing_is_said_or_checked_of_a_change_before_it_begins(cast, change):
    Change.objects.update(start=today() + dt.timedelta(days=3))
    change.refresh_from_db()
    with pytest.raises(TeamError, match="not begun"):
        check_actions.report_done(by=cast.Ana, change=change, done=Done.PARTLY)
    with pytest.raises(TeamError, match="not begun"):
        check_actions.keep_check(by=cast.Ana, change=change, answer=EARLY)


def test_a_review_is_not_moved_out_of_sight(cast, change):
    check_actions.report_done(by=cast.Ana, change=change, done=Done.PARTLY)
    check_actions.keep_check(by=cast.Ana, change=change, answer=EARLY)
    with pytest.raises(TeamError, match="within a year"):
        check_actions.move_review(
            by=cast.Ana, change=change, review=dt.date(9999, 12, 31)
        )


def test_the_plan_stays_when_the_review_is_moved(cast, change):
    check_actions.report_done(by=cast.Ana, change=change, done=Done.PARTLY)
    check_actions.keep_check(by=cast.Ana, change=change, answer=EARLY)
    later = today() + dt.timedelta(weeks=30)
    check_actions.move_review(by=cast.Ana, change=change, review=later)

    assert Change.objects.get().planned_weeks == 8


def test_judgement_is_not_unticked(cast, team):
    cycle = open_cycle(cast, team, {"behaviour": "Defiance"})
    for whom in Whom:
        cycle_actions.hear(
            by=cast.Ana, cycle=cycle, whom=whom, asker="Ana", by_when=today()
        )
    assert cycle.is_subjective is False
    with pytest.raises(TeamError, match="matter of judgement"):
        agree(cast, cycle, today())


def test_whoever_sees_to_a_change_can_say_whether_it_was_done(cast, team):
    cycle = open_cycle(cast, team)
    hear_both(cast, cycle)
    with pytest.raises(TeamError, match="on the team"):
        agree(cast, cycle, today(), owner=cast.Grace)


def test_what_was_heard_is_not_blanked(cast, team):
    cycle = open_cycle(cast, team)
    hear_both(cast, cycle)
    with pytest.raises(TeamError, match="heard already"):
        cycle_actions.hear(
            by=cast.Ben, cycle=cycle, whom=Whom.STUDENTS, reason_not="no time"
        )


def test_restating_does_not_open_a_cycle_again(cast, team):
    stale = open_cycle(cast, team)
    Cycle.objects.update(ending="unchecked")
    with pytest.raises(TeamError, match="has ended"):
        cycle_actions.restate(by=cast.Ana, cycle=stale, statement=RUNNING, factors=[])
    assert Cycle.objects.get().ending == "unchecked"


def test_lines_of_minutes_do_not_change_what_a_sheet_depends_on(cast, team):
    meeting = team_actions.plan_meeting(by=cast.Ana, team=team, day=today())
    meeting_actions.begin_meeting(by=cast.Ana, meeting=meeting)
    before = find_last_change(cast.Oak)
    meeting_actions.add_note(
        by=cast.Ana, meeting=meeting, section=Section.DOING, text="a line"
    )

    assert find_last_change(cast.Oak) == before


def test_two_meetings_do_not_go_on_at_once(cast, team):
    first = team_actions.plan_meeting(by=cast.Ana, team=team, day=today())
    other = team_actions.plan_meeting(
        by=cast.Ana, team=team, day=today() + dt.timedelta(days=1)
    )
    meeting_actions.begin_meeting(by=cast.Ana, meeting=first)
    with pytest.raises(TeamError, match="another meeting"):
        meeting_actions.begin_meeting(by=cast.Ana, meeting=other)
