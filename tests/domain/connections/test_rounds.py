"""Rounds: who may join, who is never matched, who decides, and what nobody sees."""

import datetime as dt

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied

from commonroot.domain.audit.actions import SYSTEM
from commonroot.domain.audit.models import Line
from commonroot.domain.connections import match_actions as deeds
from commonroot.domain.connections import round_actions
from commonroot.domain.connections.asking import ask_pairs
from commonroot.domain.connections.choices import Helps, MatchState, Met, Standing
from commonroot.domain.connections.coming import find_coming
from commonroot.domain.connections.leaving_actions import (
    leave_directory,
    leave_round,
    part_matches,
)
from commonroot.domain.connections.lines import find_lines
from commonroot.domain.connections.models import (
    FollowUp,
    ListedName,
    Match,
    Participant,
    Question,
    Round,
)
from commonroot.domain.connections.own_rows import tell_own
from commonroot.domain.connections.reasons import ConnectingError
from commonroot.domain.connections.round_queries import (
    find_match,
    find_question,
    list_names,
)
from commonroot.domain.network.actions import add_place, end_role, give_role
from commonroot.domain.network.choices import PlaceKind, RoleKind
from commonroot.domain.network.models import Role
from commonroot.domain.network.sight import today
from domain.connections.people_of_rounds import (
    add_educator,
    add_profile,
    confirm,
    join,
    match_two,
    open_round,
    settle,
)
from domain.connections.people_of_rounds import list_names as make_lists

NEW, SEASONED = Standing.NEW, Standing.SEASONED


def list_pairs(around):
    """List the pairs of a round by name, as they are now."""
    return sorted(
        (each.new.name, each.seasoned.name)
        for each in Match.objects.filter(
            round=around, state__in=["proposed", "confirmed"]
        )
    )


def play(cast, news, seasoned, **more):
    """Play a round with people at Oak; gives it, settled."""
    around = open_round(cast)
    for person, place in news:
        join(around, person, NEW, place)
    for person, place in seasoned:
        join(around, person, SEASONED, place, **more)
    make_lists(cast, around)
    settle(cast, around)
    return around


def test_a_principal_is_never_matched_with_somebody_of_their_school(cast):
    around = play(cast, [(cast.Grace, cast.Oak)], [(cast.Ben, cast.Oak)])

    assert list_pairs(around) == []


def test_neither_as_the_one_who_is_new(cast):
    around = play(cast, [(cast.Ben, cast.Oak)], [(cast.Grace, cast.Oak)])

    assert list_pairs(around) == []


def test_nor_with_somebody_of_a_department_of_the_school(cast):
    kitchen = add_place(
        by=SYSTEM, kind=PlaceKind.DEPARTMENT, name="Kitchen", above=cast.Oak
    )
    cook = add_educator("Cook", kitchen)
    around = play(cast, [(cook, kitchen)], [(cast.Ben, cast.Oak)])

    assert list_pairs(around) == []


def test_a_district_leader_is_matched_with_nobody_of_the_district(cast):
    other = add_educator("Other", cast.Elm)
    around = play(
        cast,
        [(cast.Grace, cast.Oak), (cast.Ben, cast.Oak), (other, cast.Elm)],
        [(cast.Mara, cast.North)],
        capacity=4,
    )

    assert list_pairs(around) == [("Other", "Mara")]


def test_a_principal_of_another_school_may_be(cast):
    around = play(cast, [(cast.Noor, cast.Elm)], [(cast.Ben, cast.Oak)])

    assert list_pairs(around) == [("Noor", "Ben")]


@pytest.mark.parametrize(("first", "last"), [(-200, -1), (400, None)])
def test_who_led_the_school_outside_of_the_rounds_time_may_be(cast, first, last):
    person = add_educator("Pat", cast.Elm)
    give_lead(person, cast.Oak, first, last)
    around = play(cast, [(cast.Grace, cast.Oak)], [(person, cast.Elm)])

    assert list_pairs(around) == [("Grace", "Pat")]


@pytest.mark.parametrize(("first", "last"), [(-200, 0), (100, None), (20, 30), (-9, 9)])
def test_who_leads_the_school_at_any_moment_of_the_rounds_time_may_not(
    cast, first, last
):
    person = add_educator("Pat", cast.Elm)
    give_lead(person, cast.Oak, first, last)
    around = play(cast, [(cast.Grace, cast.Oak)], [(person, cast.Elm)])

    assert list_pairs(around) == []


def give_lead(person, school, first, last):
    """Make somebody principal of a school, some days from today to some others."""
    day = today()
    give_role(
        by=SYSTEM,
        person=person,
        kind=RoleKind.PRINCIPAL,
        place=school,
        first=day + dt.timedelta(days=first),
        last=None if last is None else day + dt.timedelta(days=last),
    )


def test_the_line_is_found_whoever_looks(cast):
    around = open_round(cast)
    people = [each.pk for each in cast.people.values()]
    named = {
        tuple(
            sorted(name for name, each in cast.people.items() if str(each.pk) in pair)
        )
        for pair in find_lines(around, people)
    }

    assert named == {
        ("Ana", "Ben"), ("Ben", "Grace"), ("Ben", "Hugo"),
        ("Ana", "Mara"), ("Ben", "Mara"), ("Grace", "Mara"), ("Hugo", "Mara"),
        ("Carla", "Mara"),
        ("Dev", "Farid"), ("Elena", "Farid"), ("Farid", "Jonas"), ("Farid", "Kit"),
    }  # fmt: skip


def test_somebody_who_came_to_evaluate_the_other_cannot_say_yes_any_more(cast):
    old = add_educator("Old", cast.Elm)
    around = play(cast, [(cast.Grace, cast.Oak)], [(old, cast.Elm)])
    match = Match.objects.get(round=around)
    give_lead(old, cast.Oak, 0, None)

    assert deeds.accept_match(by=cast.Grace, match=match).state == MatchState.ENDED
    assert list_pairs(around) == []


def test_a_confirmed_match_ends_the_night_after_one_comes_to_evaluate_the_other(cast):
    old = add_educator("Old", cast.Elm)
    around = play(cast, [(cast.Grace, cast.Oak)], [(old, cast.Elm)])
    confirm(Match.objects.get(round=around))
    assert part_matches() == 0
    give_lead(old, cast.Oak, 0, None)

    assert part_matches() == 1
    assert part_matches() == 0
    assert list_pairs(around) == []


def test_a_match_ends_the_night_after_one_has_gone_and_the_other_is_matched_anew(cast):
    one, two = add_educator("One", cast.Elm), add_educator("Two", cast.Elm)
    around = play(cast, [(cast.Grace, cast.Oak)], [(one, cast.Elm), (two, cast.Elm)])
    ((_new, first),) = list_pairs(around)
    gone = one if first == "One" else two
    Role.objects.filter(person=gone).update(last=today() - dt.timedelta(days=1))

    assert part_matches() == 1
    assert list_pairs(around) == [("Grace", "Two" if gone == one else "One")]


def test_a_struck_name_is_never_matched_and_nobody_is_told(cast):
    one, two = add_educator("One", cast.Oak), add_educator("Two", cast.Elm)
    around = open_round(cast)
    part = join(around, cast.Grace, NEW, cast.Oak)
    join(around, one, SEASONED, cast.Oak)
    join(around, two, SEASONED, cast.Elm)
    make_lists(cast, around)
    line = ListedName.objects.get(participant=part, other__person=one)
    before = len(mail.outbox)
    round_actions.strike_names(by=cast.Grace, participant=part, struck={str(line.pk)})

    assert len(mail.outbox) == before
    settle(cast, around)
    assert list_pairs(around) == [("Grace", "Two")]
    told = Line.objects.filter(kind="list", actor=str(cast.Grace.pk)).get()
    assert (told.verb, told.key, told.reason) == ("look through", str(part.pk), "")


def test_somebody_seasoned_may_strike_as_well_and_puts_names_back(cast):
    one = add_educator("One", cast.Oak)
    around = open_round(cast)
    join(around, cast.Grace, NEW, cast.Oak)
    part = join(around, one, SEASONED, cast.Oak)
    make_lists(cast, around)
    (line,) = ListedName.objects.filter(participant=part)
    for struck in ({str(line.pk)}, set()):
        round_actions.strike_names(by=one, participant=part, struck=struck)
    with pytest.raises(PermissionDenied):
        round_actions.strike_names(by=cast.Grace, participant=part, struck=set())
    settle(cast, around)

    assert list_pairs(around) == [("Grace", "One")]
    with pytest.raises(ConnectingError):
        round_actions.strike_names(by=one, participant=part, struck={str(line.pk)})


def test_a_round_is_not_settled_while_people_look_at_their_lists(cast):
    around = open_round(cast)
    join(around, cast.Grace, NEW, cast.Oak)
    join(around, add_educator("One", cast.Oak), SEASONED, cast.Oak)
    with pytest.raises(ConnectingError):
        round_actions.settle_round(by=cast.Elena, around=around)
    make_lists(cast, around)
    with pytest.raises(ConnectingError):
        round_actions.settle_round(by=cast.Elena, around=around)
    with pytest.raises(ConnectingError):
        make_lists(cast, around)
    settle(cast, around)
    with pytest.raises(ConnectingError):
        settle(cast, around)


def test_only_those_within_reach_run_a_round(cast):
    around = open_round(cast, cast.South)
    for name in ("Ana", "Ben", "Grace", "Mara", "Carla", "Lee", "Noor"):
        with pytest.raises(PermissionDenied):
            round_actions.make_lists(by=cast.people[name], around=around)
    for name in ("Dev", "Farid"):
        with pytest.raises(ConnectingError):
            round_actions.make_lists(by=cast.people[name], around=around)


def test_a_coach_opens_a_round_within_their_district_and_not_beyond(cast):
    day = today()
    days = {"join_by": day, "strike_by": day, "ask_first": day, "ask_second": day, "last": day}  # fmt: skip
    round_actions.open_round(by=cast.Carla, place=cast.Oak, name="Oak", **days)
    with pytest.raises(PermissionDenied):
        round_actions.open_round(by=cast.Carla, place=cast.Elm, name="Elm", **days)
    for wrong in (
        {"name": " "},
        {"last": day - dt.timedelta(days=1)},
        {"join_by": day + dt.timedelta(days=9)},
        {"last": day + dt.timedelta(days=900)},
    ):
        with pytest.raises(ConnectingError):
            round_actions.open_round(
                **{"by": cast.Carla, "place": cast.Oak, "name": "Oak", **days, **wrong}
            )
    assert Round.objects.count() == 1


def test_joining_needs_a_profile_a_place_inside_and_an_open_round(cast):
    around = open_round(cast, cast.South)
    with pytest.raises(ConnectingError):
        join(around, cast.Grace)
    add_profile(cast.Grace, cast.Oak)
    with pytest.raises(ConnectingError):
        join(around, cast.Grace)
    with pytest.raises(PermissionDenied):
        join(around, cast.Lee)
    Round.objects.update(join_by=today() - dt.timedelta(days=1))
    with pytest.raises(ConnectingError):
        join(around, cast.Noor, place=cast.Elm)
    assert Participant.objects.count() == 0


def test_joining_twice_changes_how_one_is_in_it(cast):
    around = open_round(cast)
    join(
        around, cast.Grace, NEW, cast.Oak, only_near=True, capacity=4, takes_third=True
    )
    part = join(around, cast.Grace, SEASONED, capacity=99, only_near=True)

    assert Participant.objects.count() == 1
    assert (part.standing, part.capacity, part.only_near) == (SEASONED, 4, False)


def test_whoever_is_left_is_told_once_and_goes_first_in_the_next_round(cast):
    one, two = add_educator("One", cast.Elm), add_educator("Two", cast.Oak)
    old = add_educator("Old", cast.Oak)
    around = play(cast, [(one, cast.Elm), (two, cast.Oak)], [(old, cast.Oak)])
    left = Participant.objects.get(told_unmatched__isnull=False)
    letters = [each for each in mail.outbox if each.to == [left.person.email]]

    assert [each.subject for each in letters] == [
        "Your list is ready",
        "No match yet; you go first next time",
    ]
    assert len(list_pairs(around)) == 1
    again = open_round(cast)
    third = add_educator("Third", cast.Oak)
    other = add_educator("Other", cast.Elm)
    assert join(again, left.person).goes_first
    assert not join(again, third, NEW, cast.Oak).goes_first
    join(again, other, SEASONED, cast.Elm)
    make_lists(cast, again)
    settle(cast, again)
    assert list_pairs(again) == [(left.person.name, "Other")]


def test_one_more_joins_where_somebody_takes_a_third(cast):
    one, two = add_educator("One", cast.Oak), add_educator("Two", cast.Oak)
    old = add_educator("Old", cast.Oak)
    around = play(
        cast, [(one, cast.Oak), (two, cast.Oak)], [(old, cast.Oak)], takes_third=True
    )

    assert list_pairs(around) == [("One", "Old"), ("Two", "Old")]
    assert Match.objects.filter(is_third=True).count() == 1
    assert not Participant.objects.filter(told_unmatched__isnull=False).exists()


def test_no_third_joins_when_one_of_the_new_evaluates_the_other(cast):
    old = add_educator("Old", cast.Elm)
    around = play(
        cast,
        [(cast.Ben, cast.Oak), (cast.Grace, cast.Oak)],
        [(old, cast.Elm)],
        takes_third=True,
    )

    assert len(list_pairs(around)) == 1


def test_a_no_has_no_fault_and_both_are_matched_anew(cast):
    two = add_educator("Two", cast.Oak)
    one, other = add_educator("One", cast.Oak), add_educator("Other", cast.Oak)
    around = play(
        cast, [(cast.Grace, cast.Oak), (two, cast.Oak)],
        [(one, cast.Oak), (other, cast.Oak)],
    )  # fmt: skip
    before = list_pairs(around)
    for match in Match.objects.filter(round=around):
        match.refresh_from_db()
        if match.new == cast.Grace:
            deeds.decline_match(by=match.seasoned, match=match)
    # The other pair stands, and these two are not matched again.
    assert len(list_pairs(around)) == 1
    (stands,) = Match.objects.filter(round=around, state="proposed")
    deeds.decline_match(by=stands.new, match=stands)
    assert list_pairs(around) == sorted(
        (new, old) for new in ("Grace", "Two") for old in ("One", "Other")
        if (new, old) not in before
    )  # fmt: skip
    words = [each.body for each in mail.outbox if "did not come about" in each.subject]
    assert len(words) == 2
    assert not any(name in word for word in words for name in ("Grace", "Two", "Other"))


def test_the_same_two_are_not_matched_in_the_next_round(cast):
    one = add_educator("One", cast.Oak)
    around = play(cast, [(cast.Grace, cast.Oak)], [(one, cast.Oak)])
    assert len(list_pairs(around)) == 1
    assert list_pairs(play(cast, [(cast.Grace, cast.Oak)], [(one, cast.Oak)])) == []


def test_saying_no_twice_is_saying_it_once(cast):
    match = match_two(cast, cast.Grace, add_educator("One", cast.Oak))
    for _ in range(2):
        deeds.decline_match(by=cast.Grace, match=match)
    with pytest.raises(ConnectingError):
        deeds.accept_match(by=cast.Grace, match=match)

    assert Line.objects.filter(kind="match", verb="end").count() == 1


def test_both_say_yes_before_it_is_confirmed(cast):
    one = add_educator("One", cast.Oak)
    match = match_two(cast, cast.Grace, one)
    for _ in range(2):
        assert deeds.accept_match(by=one, match=match).state == MatchState.PROPOSED
    assert deeds.accept_match(by=cast.Grace, match=match).state == MatchState.CONFIRMED
    subjects = [each.subject for each in mail.outbox]
    assert subjects.count("You both said yes") == 2
    with pytest.raises(PermissionDenied):
        deeds.accept_match(by=cast.Ben, match=match)


def test_a_question_reaches_the_other_one_and_nobody_else(cast):
    one = add_educator("One", cast.Oak)
    match = match_two(cast, cast.Grace, one)
    made = deeds.ask_question(by=cast.Grace, match=match, text="Tuesdays?")
    assert find_question(one, made.pk) == made
    for person in (cast.Grace, cast.Ben, cast.Elena, cast.Lee):
        assert find_question(person, made.pk) is None
    with pytest.raises(PermissionDenied):
        deeds.answer_question(by=cast.Grace, question=made, text="Yes")
    deeds.answer_question(by=one, question=made, text="Yes")
    with pytest.raises(ConnectingError):
        deeds.answer_question(by=one, question=made, text="No")
    assert not any("Tuesdays" in each.body for each in mail.outbox)
    assert not Line.objects.filter(reason__contains="Tuesdays").exists()
    for text in ("", "x" * 301, "a\0b"):
        with pytest.raises(ConnectingError):
            deeds.ask_question(by=cast.Grace, match=match, text=text)
    for _ in range(2):
        deeds.ask_question(by=cast.Grace, match=match, text="And?")
    with pytest.raises(ConnectingError):
        deeds.ask_question(by=cast.Grace, match=match, text="And?")


def test_pairs_are_asked_twice_in_a_round_gently_and_once_each_time(cast):
    one = add_educator("One", cast.Oak)
    match = confirm(match_two(cast, cast.Grace, one))
    first, second = match.round.ask_first, match.round.ask_second
    day = dt.timedelta(days=1)

    assert ask_pairs(first - day) == 0
    assert ask_pairs(first) == 2
    assert ask_pairs(first + day) == 0
    assert ask_pairs(second) == 2
    assert ask_pairs(second + day) == 0
    assert ask_pairs(match.round.last + day) == 0
    with pytest.raises(ConnectingError):
        deeds.say_how_it_goes(by=one, match=match, met=Met.YES)


def test_a_pair_that_said_yes_late_is_left_some_days_to_meet(cast):
    match = confirm(match_two(cast, cast.Grace, add_educator("One", cast.Oak)))
    Round.objects.update(ask_first=today(), ask_second=today())
    days = [today() + dt.timedelta(days=each) for each in (0, 3, 4)]

    assert [ask_pairs(each) for each in days] == [0, 0, 2]
    assert find_coming(match.new, days[0], days[0]) == []


def test_whoever_has_said_so_is_not_asked(cast):
    one = add_educator("One", cast.Oak)
    match = confirm(match_two(cast, cast.Grace, one))
    Round.objects.update(ask_first=today())
    Match.objects.update(new_said_yes=None, seasoned_said_yes=None)
    match = Match.objects.get()
    deeds.say_how_it_goes(by=one, match=match, met=Met.NOT_YET)
    deeds.say_how_it_goes(by=one, match=match, met=Met.YES, helps=Helps.TIPS)

    assert FollowUp.objects.get().met == Met.YES
    assert ask_pairs() == 1
    assert mail.outbox[-1].to == [cast.Grace.email]
    assert [each.page for each in find_coming(one, today(), today())] == []
    assert [each.page for each in find_coming(cast.Grace, today(), today())] == [
        "connections:say-how-it-goes"
    ]


def test_a_day_stands_in_the_week_of_both_with_what_to_talk_about(cast):
    one = add_educator("One", cast.Oak)
    match = match_two(cast, cast.Grace, one)
    day = today() + dt.timedelta(days=3)
    with pytest.raises(ConnectingError):
        deeds.plan_day(by=one, match=match, day=day)
    match = confirm(match)
    deeds.plan_day(by=one, match=match, day=day, at=dt.time(15, 30))
    for wrong in (
        today() - dt.timedelta(days=1),
        match.round.last + dt.timedelta(days=1),
    ):
        with pytest.raises(ConnectingError):
            deeds.plan_day(by=one, match=match, day=wrong)

    for person, other in ((cast.Grace, "One"), (one, "Grace")):
        (coming,) = find_coming(person, day, day)
        assert (coming.words, coming.starts, coming.bring) == (
            f"Meet {other}", dt.time(15, 30), "Community circles",
        )  # fmt: skip
    assert find_coming(cast.Ben, day, day) == []


def test_leaving_the_directory_ends_what_one_was_in_and_takes_the_words(cast):
    one, two = add_educator("One", cast.Oak), add_educator("Two", cast.Oak)
    around = play(cast, [(cast.Grace, cast.Oak)], [(one, cast.Oak), (two, cast.Oak)])
    match = Match.objects.get(round=around)
    deeds.ask_question(by=cast.Grace, match=match, text="Tuesdays?")
    leave_directory(by=match.seasoned)

    ended = Match.objects.get(pk=match.pk)
    assert (ended.state, ended.reasons) == (MatchState.ENDED, [])
    assert Question.objects.count() == 0
    other = "Two" if match.seasoned == one else "One"
    assert list_pairs(around) == [("Grace", other)]
    rows = [row[0] for row in tell_own(match.seasoned)]
    assert rows == ["match"]


def test_leaving_a_round_before_it_is_settled_leaves_nothing(cast):
    around = open_round(cast)
    part = join(around, cast.Grace, NEW, cast.Oak)
    join(around, add_educator("One", cast.Oak), SEASONED, cast.Oak)
    make_lists(cast, around)
    with pytest.raises(PermissionDenied):
        leave_round(by=cast.Ben, participant=part)
    leave_round(by=cast.Grace, participant=part)

    assert Participant.objects.count() == 1
    assert ListedName.objects.count() == 0


def test_a_match_is_there_for_the_two_alone(cast):
    match = match_two(cast, cast.Grace, add_educator("One", cast.Oak))
    seeing = [
        name for name, person in cast.people.items() if find_match(person, match.pk)
    ]

    assert seeing == ["Grace"]


def test_names_on_a_list_show_no_more_than_the_directory(cast):
    one = add_educator("One", cast.Elm)
    around = open_round(cast)
    part = join(around, cast.Grace, NEW, cast.Oak)
    join(around, one, SEASONED, cast.Elm)
    make_lists(cast, around)
    (line,) = list_names(cast.Grace, part)
    assert line.shown is not None
    add_profile(one, cast.Elm, "matches")
    (line,) = list_names(cast.Grace, part)

    assert line.shown is None


def test_a_limit_to_ones_own_district_holds(cast):
    one = add_educator("One", cast.Elm)
    around = open_round(cast)
    join(around, cast.Grace, NEW, cast.Oak, only_near=True)
    join(around, one, SEASONED, cast.Elm)
    make_lists(cast, around)
    settle(cast, around)

    assert list_pairs(around) == []


def test_a_round_that_is_called_off_keeps_no_list(cast):
    around = open_round(cast)
    join(around, cast.Grace, NEW, cast.Oak)
    join(around, add_educator("One", cast.Oak), SEASONED, cast.Oak)
    make_lists(cast, around)
    round_actions.call_off_round(by=cast.Elena, around=around)

    assert ListedName.objects.count() == 0
    with pytest.raises(ConnectingError):
        round_actions.call_off_round(by=cast.Elena, around=around)


def test_whoever_leaves_the_directory_leaves_no_list_and_no_struck_name(cast):
    one, two = add_educator("One", cast.Oak), add_educator("Two", cast.Oak)
    around = open_round(cast)
    part = join(around, cast.Grace, NEW, cast.Oak)
    for seasoned in (one, two):
        join(around, seasoned, SEASONED, cast.Oak)
    make_lists(cast, around)
    struck = ListedName.objects.get(participant=part, other__person=two)
    round_actions.strike_names(by=cast.Grace, participant=part, struck={str(struck.pk)})
    settle(cast, around)
    confirm(Match.objects.get())
    leave_directory(by=cast.Grace)

    assert list(Participant.objects.values_list("person__name", flat=True)) == [
        "One",
        "Two",
    ]
    assert ListedName.objects.count() == 0
    match = Match.objects.get()
    assert list(tell_own(cast.Grace)) == [
        ("match", match.made, one, "state", "Ended", "")
    ]


def test_whoever_leaves_a_settled_round_takes_their_lists_along(cast):
    one = add_educator("One", cast.Oak)
    match_two(cast, cast.Grace, one)
    leave_round(by=cast.Grace, participant=Participant.objects.get(person=cast.Grace))

    assert ListedName.objects.count() == 0
    assert Participant.objects.get(person=cast.Grace).left == today()


def test_two_who_were_matched_many_years_ago_are_not_matched_again(cast):
    one = add_educator("One", cast.Oak)
    match = match_two(cast, cast.Grace, one)
    deeds.decline_match(by=one, match=match)
    Match.objects.update(made=today() - dt.timedelta(days=10 * 366))
    around = open_round(cast)
    join(around, cast.Grace, NEW)
    join(around, one, SEASONED)
    make_lists(cast, around)
    settle(cast, around)

    assert list_pairs(around) == []


def test_a_round_whose_day_has_come_waits_for_all_who_may_run_it(cast):
    around = open_round(cast)
    due = around.join_by + dt.timedelta(days=1)

    def who_is_told():
        return [
            name
            for name, person in cast.people.items()
            if [each.words for each in find_coming(person, due, due)]
            == ["Make the lists: August"]
        ]

    assert who_is_told() == ["Dev", "Elena", "Farid"]
    end_role(by=cast.Farid, role=Role.objects.get(person=cast.Elena))
    assert who_is_told() == ["Dev", "Farid"]


def test_a_question_of_the_evening_is_of_the_day_where_the_site_is(cast, settings):
    settings.TIME_ZONE = "America/Los_Angeles"
    match = match_two(cast, cast.Grace, add_educator("One", cast.Oak))
    deeds.ask_question(by=match.seasoned, match=match, text="Tuesdays?")
    late = dt.datetime(2026, 3, 4, 6, 30, tzinfo=dt.UTC)
    Question.objects.update(asked=late)
    evening = dt.date(2026, 3, 3)

    assert [row[1] for row in tell_own(cast.Grace) if row[0] == "question"] == [evening]
    due = evening + dt.timedelta(days=7)
    assert [
        each.day
        for each in find_coming(cast.Grace, due, due)
        if each.words == "Answer One’s question"
    ] == [due]
