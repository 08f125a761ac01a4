"""The cycle: nothing new before the check, no change unheard, no ending without one."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from commonroot.analysis.check import Answer, Verdict
from commonroot.domain.audit.queries import verify_log
from commonroot.domain.network.choices import GroupKind
from commonroot.domain.network.group_actions import add_group
from commonroot.domain.network.sight import today
from commonroot.domain.teams import check_actions, cycle_actions, story_actions
from commonroot.domain.teams.choices import Done, Ending, Goal, HowMany, Whom
from commonroot.domain.teams.cycle_actions import Pattern, Statement
from commonroot.domain.teams.due import list_askings, list_checks_due
from commonroot.domain.teams.models import Change
from commonroot.domain.teams.queries import (
    count_team,
    find_cycle,
    glance_at_teams,
    list_counts,
    search_stories,
)
from commonroot.domain.teams.reasons import TeamError
from commonroot.domain.teams.seats import compare_seats

RECESS = Statement("Running", "Playground", "second recess")
SHEET = Pattern({"location": "Playground"}, "Playground: more than expected.", 0.8)
EARLY = Answer(Verdict.TOO_EARLY, 18, 4, 0.8, 0.4, 1.6)
HELPED = Answer(Verdict.HELPED, 18, 12, 0.35, 0.2, 0.7)


@pytest.fixture
def team(cast):
    return add_group(
        by=cast.Ana, place=cast.Oak, kind=GroupKind.DATA_TEAM, name="Data team"
    )


def open_cycle(cast, team, **more):
    statement = Statement(**{**vars(RECESS), **more})
    return cycle_actions.open_cycle(
        by=cast.Ana, team=team, statement=statement, pattern=SHEET
    )


def hear_both(cast, cycle, **more):
    told = {"how_many": HowMany.SOME, "how": "a circle", "heard": "too crowded", **more}
    for whom in Whom:
        cycle_actions.hear(by=cast.Ana, cycle=cycle, whom=whom, **told)


def start_change(cast, cycle, start=None, weeks=8):
    begin = start or today()
    return cycle_actions.start_change(
        by=cast.Ana,
        cycle=cycle,
        what="Two games, taught in PE",
        owner=cast.Ben,
        start=begin,
        done_when="both games are played on most days",
        goal=Goal.HALF,
        review=begin + dt.timedelta(weeks=weeks),
    )


@pytest.fixture
def change(cast, team):
    cycle = open_cycle(cast, team)
    hear_both(cast, cycle)
    return start_change(cast, cycle)


def test_a_change_waits_until_students_and_families_are_asked(cast, team):
    cycle = open_cycle(cast, team)
    with pytest.raises(TeamError, match="Students"):
        start_change(cast, cycle)
    cycle_actions.hear(
        by=cast.Ana, cycle=cycle, whom=Whom.STUDENTS, reason_not="they are five"
    )
    with pytest.raises(TeamError, match="Families"):
        start_change(cast, cycle)
    day = today() + dt.timedelta(days=9)
    cycle_actions.hear(
        by=cast.Ana, cycle=cycle, whom=Whom.FAMILIES, asker="Hugo", by_when=day
    )

    assert start_change(cast, cycle).owner == cast.Ben
    assert [voice.asker for voice in list_askings(team)] == ["Hugo"]


def test_what_is_a_matter_of_judgement_needs_an_answer_or_a_reason(cast, team):
    cycle = open_cycle(cast, team, what="Defiance", is_subjective=True)
    later = {"heard": "", "asker": "Ana", "by_when": today(), "how_many": ""}
    hear_both(cast, cycle, **later)
    with pytest.raises(TeamError, match="matter of judgement"):
        start_change(cast, cycle)
    hear_both(cast, cycle)

    assert start_change(cast, cycle) is not None


@pytest.mark.parametrize(
    "said",
    [{"heard": "loud"}, {"asker": "Ana"}, {}],
    ids=["how many is missing", "by when is missing", "nothing"],
)
def test_half_an_answer_is_none(cast, team, said):
    cycle = open_cycle(cast, team)
    with pytest.raises(TeamError):
        cycle_actions.hear(by=cast.Ana, cycle=cycle, whom=Whom.STUDENTS, **said)


def test_nothing_new_is_chosen_while_a_check_is_due(cast, team, change):
    Change.objects.update(review=today())
    assert [each.pk for each in list_checks_due(team)] == [change.pk]
    with pytest.raises(TeamError, match="First the last change"):
        open_cycle(cast, team)
    with pytest.raises(TeamError, match="did we do it"):
        check_actions.keep_check(by=cast.Ana, change=change, answer=EARLY)
    check_actions.report_done(by=cast.Ana, change=change, done=Done.PARTLY)
    check_actions.keep_check(by=cast.Ana, change=change, answer=EARLY)

    assert list_checks_due(team) == []
    assert open_cycle(cast, team) is not None


def test_a_review_is_moved_after_a_check_and_not_instead_of_it(cast, team, change):
    later = today() + dt.timedelta(weeks=20)
    with pytest.raises(TeamError, match="Look first"):
        check_actions.move_review(by=cast.Ana, change=change, review=later)
    check_actions.report_done(by=cast.Ana, change=change, done=Done.AS_PLANNED)
    check_actions.keep_check(by=cast.Ana, change=change, answer=EARLY)
    check_actions.move_review(by=cast.Ana, change=change, review=later)

    assert list_checks_due(team) == []
    assert len(list_checks_due(team, on=later)) == 1


@pytest.mark.parametrize("ending", [Ending.KEPT, Ending.ADAPTED, Ending.DROPPED])
def test_no_cycle_is_kept_adapted_or_dropped_without_a_check(
    cast, team, change, ending
):
    cycle = change.cycle
    with pytest.raises(TeamError, match="Nobody has checked"):
        check_actions.end_cycle(
            by=cast.Ana, cycle=cycle, ending=ending, learned="that it works"
        )
    check_actions.report_done(by=cast.Ana, change=change, done=Done.AS_PLANNED)
    check_actions.keep_check(by=cast.Ana, change=change, answer=HELPED)
    with pytest.raises(TeamError, match="It was checked"):
        check_actions.end_cycle(
            by=cast.Ana, cycle=cycle, ending=Ending.UNCHECKED, learned="no"
        )
    ended = check_actions.end_cycle(
        by=cast.Ana, cycle=cycle, ending=ending, learned="that games help"
    )

    assert (ended.ending, ended.learned) == (ending, "that games help")
    with pytest.raises(TeamError, match="has ended"):
        check_actions.report_done(by=cast.Ana, change=change, done=Done.STOPPED)
    assert verify_log().broken_at is None


def test_a_cycle_that_stops_without_a_check_shows_in_the_counts(cast, team, change):
    check_actions.end_cycle(
        by=cast.Ana, cycle=change.cycle, ending=Ending.UNCHECKED, learned="no time"
    )
    counts = count_team(team)

    assert (counts.changes, counts.checks, counts.unchecked) == (1, 0, 1)
    for viewer in (cast.Carla, cast.Dev, cast.Elena, cast.Mara):
        assert [each.counts for each in list_counts(viewer)] == [counts]
    assert list_counts(cast.Noor) == list_counts(cast.Lee) == []


def test_a_coach_sees_the_team_and_the_district_does_not(cast, team, change):
    seen = {
        name: find_cycle(cast.people[name], change.cycle_id) is not None
        for name in ("Ana", "Ben", "Carla", "Dev", "Grace", "Mara", "Elena", "Noor")
    }

    assert [name for name, sees in seen.items() if sees] == [
        "Ana",
        "Ben",
        "Carla",
        "Dev",
    ]
    assert [each.team for each in glance_at_teams(cast.Dev)] == [team]


@pytest.mark.parametrize("name", ["Grace", "Carla", "Mara", "Noor", "Olga"])
def test_only_the_team_does_its_work(cast, team, name):
    with pytest.raises(PermissionDenied):
        cycle_actions.open_cycle(by=cast.people[name], team=team, statement=RECESS)


def test_a_story_is_shared_by_choice_and_quotes_by_consent(cast, team, change):
    told = {"title": "Games at recess", "tried": "Two games", "place": "Playground"}
    with pytest.raises(TeamError, match="has not ended"):
        story_actions.share_story(by=cast.Ana, change=change, **told)
    check_actions.end_cycle(
        by=cast.Ana, cycle=change.cycle, ending=Ending.UNCHECKED, learned="no time"
    )
    change.refresh_from_db()
    with pytest.raises(TeamError, match="Ask whoever is quoted"):
        story_actions.share_story(by=cast.Ana, change=change, words="I like it", **told)
    story = story_actions.share_story(
        by=cast.Ana, change=change, words="I like it", consent=True, **told
    )

    assert list(search_stories(cast.Noor, "playground games")) == [story]
    assert list(search_stories(cast.Noor, "bus")) == []
    assert list(search_stories(cast.Lee, "")) == []
    story_actions.withdraw_story(by=cast.Ben, story=story)
    assert list(search_stories(cast.Noor, "")) == []


def test_missing_voices_are_told_without_a_score(cast, team):
    seats = {seat.kind.value: seat.is_missing for seat in compare_seats(cast.Ana, team)}

    assert set(seats) == {
        "licensed",
        "classified",
        "administrator",
        "student",
        "caregiver",
    }
    assert all(seats.values())


def test_days_that_nobody_means_are_refused(cast, team):
    cycle = open_cycle(cast, team)
    hear_both(cast, cycle)
    with pytest.raises(TeamError, match="today or later"):
        start_change(cast, cycle, start=dt.date(1, 1, 8))
    with pytest.raises(TeamError, match="within a year."):
        start_change(cast, cycle, weeks=60)


def test_a_cycle_follows_one_of_its_own_team(cast, team):
    other = add_group(
        by=cast.Ben, place=cast.Oak, kind=GroupKind.DATA_TEAM, name="Another"
    )
    with pytest.raises(TeamError, match="same team"):
        cycle_actions.open_cycle(
            by=cast.Ana, team=other, statement=RECESS, follows=open_cycle(cast, team)
        )
