"""Questions that teams bring, the tables they are talked about at, and what listeners leave."""

import datetime as dt

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied

from commonroot.domain.convenings import actions
from commonroot.domain.convenings.choices import (
    AgendaKind,
    Answer,
    GuestKind,
    Listed,
)
from commonroot.domain.convenings.models import Convening, Question, Table, Thought
from commonroot.domain.convenings.reasons import ConveningError
from commonroot.domain.convenings.table_actions import (
    ask_question,
    leave_thought,
    set_tables,
    withdraw_question,
    withdraw_thought,
)
from commonroot.domain.convenings.table_queries import (
    find_table_question,
    list_seats,
    questions_prepared_by,
    thoughts_seen_by,
)
from commonroot.domain.network.sight import today


@pytest.fixture
def spring(cast):
    made = actions.begin_convening(
        by=cast.Elena,
        place=cast.Region,
        name="Spring",
        day=today() + dt.timedelta(days=30),
    )
    actions.invite_schools(
        by=cast.Elena, convening=made, schools=[cast.Oak.pk, cast.Elm.pk]
    )
    return made


@pytest.fixture
def teams(cast, spring):
    return {team.school.name: team for team in spring.teams.all()}


def add(by, team, name, person=None, kind=GuestKind.EDUCATOR, **more):
    return actions.add_guest(
        by=by, team=team, name=name, kind=kind, person=person, **more
    )


@pytest.fixture
def guests(cast, teams):
    return {
        "Ana": add(cast.Ana, teams["Oak"], "Ana", cast.Ana, listed=Listed.EVERYBODY),
        "Ben": add(cast.Ana, teams["Oak"], "Ben", cast.Ben),
        "Noor": add(cast.Noor, teams["Elm"], "Noor", cast.Noor),
        "Lu": add(cast.Noor, teams["Elm"], "Lu"),
    }


def add_part(cast, spring, kind, minutes=30):
    return actions.add_part(
        by=cast.Elena,
        convening=spring,
        kind=kind,
        starts=dt.time(10),
        minutes=minutes,
    )


@pytest.fixture
def consultancy(cast, spring, teams, guests):
    for person, school in ((cast.Ana, "Oak"), (cast.Noor, "Elm")):
        ask_question(by=person, team=teams[school], text=f"What of {school}?")
    part = add_part(cast, spring, AgendaKind.CONSULTANCY)
    set_tables(by=cast.Elena, part=part)
    actions.publish_agenda(by=cast.Elena, convening=spring, changed="")
    spring.refresh_from_db()
    return part


def test_a_school_is_invited_by_letter_until_it_has_answered(cast, spring, teams):
    assert {each.to[0] for each in mail.outbox} == {
        "ben@example.org",  # Oak's principal.
        "noor@example.org",  # Elm has none: its team.
    }
    mail.outbox.clear()
    actions.answer_invitation(by=cast.Ana, team=teams["Oak"], answer=Answer.COMING)
    actions.invite_schools(by=cast.Elena, convening=spring, schools=[cast.Oak.pk])

    assert mail.outbox == []


def test_a_letter_names_the_day_and_the_seats(cast, spring):
    letter = next(each for each in mail.outbox if each.to == ["ben@example.org"])

    assert "students (2)" in letter.body
    assert "caregivers (2)" in letter.body
    assert "The team of Oak is invited to Spring" in letter.body


def test_who_tells_a_question_stays_and_others_come(cast, consultancy, guests):
    seated = {
        table.question.team.school.name: {each.name for each in table.guests.all()}
        for table in Table.objects.all()
    }

    # Without a choice the first by name tells it.
    assert seated == {"Oak": {"Ana", "Noor"}, "Elm": {"Ben", "Lu"}}


def test_a_question_is_read_by_its_team_its_table_and_who_prepares(
    cast, spring, teams, guests
):
    asked = ask_question(by=cast.Ana, team=teams["Oak"], text="Why?")
    part = add_part(cast, spring, AgendaKind.CONSULTANCY)
    set_tables(by=cast.Elena, part=part)

    def readers():
        return {
            name
            for name, each in cast.people.items()
            if find_table_question(each, asked.pk)
            or questions_prepared_by(each, spring).exists()
        }

    before = readers()
    actions.publish_agenda(by=cast.Elena, convening=spring, changed="")

    assert before == {"Ana", "Ben", "Elena", "Farid", "Dev"}
    assert readers() - before == {"Noor"}


def test_a_thought_is_for_the_team_that_asked(cast, consultancy, teams):
    asked = Question.objects.get(team=teams["Elm"])
    listener = next(
        each.person
        for each in asked.tables.get().guests.all()
        if each.team_id != asked.team_id
    )
    left = leave_thought(by=listener, question=asked, text="Ask the drivers")

    def readers():
        return {
            name
            for name, each in cast.people.items()
            if thoughts_seen_by(each, asked).exists()
        }

    assert readers() == {listener.name, "Noor"}
    with pytest.raises(PermissionDenied):
        withdraw_thought(by=cast.Noor, thought=left)
    withdraw_thought(by=listener, thought=left)
    assert readers() == set()


def test_nobody_leaves_a_thought_at_a_table_where_they_do_not_sit(cast, consultancy):
    with pytest.raises(PermissionDenied):
        leave_thought(by=cast.Grace, question=Question.objects.first(), text="x")
    assert Thought.objects.count() == 0


def test_ones_table_names_others_as_far_as_they_let_it(cast, spring, guests):
    add_part(cast, spring, AgendaKind.CONNECTION)
    part = spring.parts.get()
    set_tables(by=cast.Elena, part=part)
    assert list_seats(cast.Noor, spring) == []
    actions.publish_agenda(by=cast.Elena, convening=spring, changed="")
    spring.refresh_from_db()
    told = sorted(
        name for seat in list_seats(cast.Noor, spring) for name in seat.with_whom
    )

    # Ana lets everybody read her name; Ben, as at first, only those who prepare the day.
    assert told == ["Ana (Oak)", "Oak"]


def test_nobody_meets_the_same_in_the_round_of_the_next_year(cast, spring, guests):
    def list_met(convening):
        return {
            frozenset(each.name for each in table.guests.all())
            for table in Table.objects.filter(part__convening=convening)
        }

    set_tables(
        by=cast.Elena, part=add_part(cast, spring, AgendaKind.CONNECTION, minutes=15)
    )
    following = actions.begin_convening(
        by=cast.Elena,
        place=cast.Region,
        name="Next",
        day=spring.day + dt.timedelta(days=365),
    )
    for team in actions.invite_schools(
        by=cast.Elena, convening=following, schools=[cast.Oak.pk, cast.Elm.pk]
    ):
        for guest in guests.values():
            if guest.team.school_id == team.school_id:
                by = cast.Ana if team.school == cast.Oak else cast.Noor
                add(by, team, guest.name, guest.person)
    set_tables(
        by=cast.Elena, part=add_part(cast, following, AgendaKind.CONNECTION, minutes=15)
    )

    assert list_met(spring) & list_met(following) == set()
    assert len(list_met(spring)) == len(list_met(following)) == 2


def test_students_keep_with_their_team_and_who_does_not_come_has_no_seat(
    cast, spring, teams, guests
):
    add(
        cast.Ana,
        teams["Oak"],
        "Mia",
        kind=GuestKind.STUDENT,
        caregiver_said_yes=True,
    )
    actions.answer_invitation(by=cast.Noor, team=teams["Elm"], answer=Answer.NOT_COMING)
    part = add_part(cast, spring, AgendaKind.CONNECTION, minutes=15)
    (table,) = set_tables(by=cast.Elena, part=part)

    assert {each.name for each in table.guests.all()} == {"Ana", "Ben"}


def test_on_the_day_those_who_came_are_seated(cast, spring, guests):
    Convening.objects.filter(pk=spring.pk).update(day=today())
    spring.refresh_from_db()
    came = [guests["Ana"].pk, guests["Noor"].pk]
    actions.check_in(by=cast.Elena, convening=spring, guests=came)
    part = add_part(cast, spring, AgendaKind.CONNECTION, minutes=15)
    (table,) = set_tables(by=cast.Elena, part=part)

    assert {each.pk for each in table.guests.all()} == set(came)


@pytest.mark.parametrize(
    ("kind", "asked", "said"),
    [
        (AgendaKind.MEAL, True, "no tables"),
        (AgendaKind.CONSULTANCY, False, "No team that comes has written"),
    ],
)
def test_what_cannot_be_seated_says_why_and_keeps_what_was(
    cast, spring, guests, teams, kind, asked, said
):
    if asked:
        ask_question(by=cast.Ana, team=teams["Oak"], text="Why?")
    part = add_part(cast, spring, kind)
    kept = Table.objects.create(part=part, number=9)

    with pytest.raises(ConveningError, match=said):
        set_tables(by=cast.Elena, part=part)
    assert Table.objects.get() == kept


def test_only_those_who_prepare_set_tables_and_only_the_team_asks(
    cast, spring, teams, guests
):
    part = add_part(cast, spring, AgendaKind.CONNECTION)
    for person in (cast.Ana, cast.Carla, cast.Olga):
        with pytest.raises(PermissionDenied):
            set_tables(by=person, part=part)
    with pytest.raises(PermissionDenied):
        ask_question(by=cast.Noor, team=teams["Oak"], text="x")
    asked = ask_question(by=cast.Ana, team=teams["Oak"], text="x")
    with pytest.raises(PermissionDenied):
        withdraw_question(by=cast.Noor, question=asked)
    with pytest.raises(ConveningError, match="your own team"):
        ask_question(by=cast.Ana, team=teams["Oak"], text="x", told_by=guests["Noor"])


def test_seats_are_set_and_never_below_those_taken(cast, teams):
    add(cast.Ana, teams["Oak"], "Mia", kind=GuestKind.STUDENT, caregiver_said_yes=True)
    with pytest.raises(ConveningError, match="taken already"):
        actions.set_seats(by=cast.Elena, team=teams["Oak"], students=0, caregivers=2)
    made = actions.set_seats(by=cast.Elena, team=teams["Oak"], students=1, caregivers=4)

    assert (made.student_seats, made.caregiver_seats) == (1, 4)
