"""Visits by invitation, and their words, which belong to the two."""

import datetime as dt
import stat
import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from commonroot.domain.audit.models import Line
from commonroot.domain.coaching import actions
from commonroot.domain.coaching.choices import Part, VisitState
from commonroot.domain.coaching.coming import find_coming
from commonroot.domain.coaching.keys import find_path
from commonroot.domain.coaching.models import Pair, Visit, VisitNote
from commonroot.domain.coaching.queries import (
    count_visits,
    find_visit,
    visits_of,
    visits_shown_to,
)
from commonroot.domain.coaching.reasons import VisitError
from commonroot.domain.coaching.words import open_notes
from commonroot.domain.network.actions import end_role
from commonroot.domain.network.models import Role
from commonroot.domain.network.sight import today

TOMORROW = dt.timedelta(days=1)
SAID = "The turtle corner calmed Milo"


def ask(cast, by, **more):
    told = {
        "coach": cast.Carla,
        "teacher": cast.Grace,
        "school": cast.Oak,
        "day": today() + TOMORROW,
        **more,
    }
    return actions.ask_visit(by=by, **told)


@pytest.fixture
def agreed(cast):
    visit = ask(cast, cast.Grace, focus="Transitions")
    return actions.answer_visit(by=cast.Carla, visit=visit, agrees=True)


@pytest.fixture
def held(cast, agreed):
    Visit.objects.update(day=today())
    return actions.hold_visit(by=cast.Carla, visit=agreed)


def write(by, visit, words=SAID, part=Part.TALK, key=None):
    return actions.add_note(
        by=by, visit=visit, part=part, words=words, key=key or uuid.uuid4()
    )


def read(visit):
    return [(each.part, each.by.name, each.words) for each in open_notes(visit)]


def test_a_coach_who_offers_needs_the_teachers_yes_and_the_focus_is_the_teachers(cast):
    visit = ask(cast, cast.Carla, focus="What I want to see")
    with pytest.raises(VisitError, match="The other one answers"):
        actions.answer_visit(by=cast.Carla, visit=visit, agrees=True)
    with pytest.raises(VisitError, match="both agreed"):
        actions.hold_visit(by=cast.Carla, visit=visit)
    actions.answer_visit(by=cast.Grace, visit=visit, agrees=True, focus="Calm")

    visit.refresh_from_db()
    assert visit.state == VisitState.AGREED
    assert read(visit) == [(Part.FOCUS, "Grace", "Calm")]


def test_a_teacher_who_invites_needs_the_coachs_yes(cast):
    visit = ask(cast, cast.Grace)
    with pytest.raises(VisitError, match="The other one answers"):
        actions.answer_visit(by=cast.Grace, visit=visit, agrees=True)
    actions.answer_visit(by=cast.Carla, visit=visit, agrees=False)

    visit.refresh_from_db()
    assert visit.state == VisitState.DECLINED
    with pytest.raises(VisitError, match="answered already"):
        actions.answer_visit(by=cast.Carla, visit=visit, agrees=True)


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"day": dt.date(2020, 1, 1)}, "passed"),
        ({"coach": "Ben"}, "does not visit"),
        ({"coach": "Ana"}, "does not visit"),
        ({"school": "Elm"}, "does not visit"),
        ({"coach": "Dev", "school": "Elm"}, "does not teach"),
    ],
)
def test_what_cannot_be_asked_for_is_said(cast, more, sentence):
    named = {
        key: getattr(cast, value) if isinstance(value, str) else value
        for key, value in more.items()
    }
    with pytest.raises(VisitError, match=sentence):
        ask(cast, cast.Grace, **named)
    assert Visit.objects.count() == 0


def test_nobody_asks_for_two_others(cast):
    for person in (cast.Ben, cast.Elena, cast.Mara):
        with pytest.raises(PermissionDenied):
            ask(cast, person)


def test_a_visit_is_there_for_the_two_alone(cast, agreed):
    seen = {name for name, each in cast.people.items() if find_visit(each, agreed.pk)}

    assert seen == {"Carla", "Grace"}


@pytest.mark.parametrize(
    "act",
    [
        lambda by, visit: write(by, visit),
        lambda by, visit: actions.call_off(by=by, visit=visit),
        lambda by, visit: actions.hold_visit(by=by, visit=visit),
        lambda by, visit: actions.answer_visit(by=by, visit=visit, agrees=True),
        lambda by, visit: actions.look_again(by=by, visit=visit, day=today()),
        lambda by, visit: actions.show_focus(by=by, visit=visit, focus="x"),
        lambda by, visit: actions.hide_focus(by=by, visit=visit),
        lambda by, visit: actions.erase_words(by=by, visit=visit),
    ],
)
def test_nobody_else_does_anything_with_a_visit(cast, held, act):
    for name, person in cast.people.items():
        if name not in ("Carla", "Grace"):
            with pytest.raises(PermissionDenied):
                act(person, held)


def test_only_the_teacher_shows_hides_or_erases(cast, held):
    for act in (
        lambda: actions.show_focus(by=cast.Carla, visit=held, focus="x"),
        lambda: actions.hide_focus(by=cast.Carla, visit=held),
        lambda: actions.erase_words(by=cast.Carla, visit=held),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_a_coachs_role_that_ends_takes_the_visits_with_it(cast, held):
    end_role(by=cast.Farid, role=Role.objects.get(person=cast.Carla))

    assert list(visits_of(cast.Carla)) == []
    assert list(visits_of(cast.Grace)) == [held]


def test_each_writes_and_the_next_step_is_the_teachers(cast, held):
    write(cast.Carla, held, "You greeted six", Part.SEEN)
    write(cast.Grace, held, "I write it on the board", Part.NEXT_STEP)
    with pytest.raises(VisitError, match="teacher’s own"):
        write(cast.Carla, held, "You should", Part.NEXT_STEP)

    assert read(held) == [
        (Part.FOCUS, "Grace", "Transitions"),
        (Part.SEEN, "Carla", "You greeted six"),
        (Part.NEXT_STEP, "Grace", "I write it on the board"),
    ]


@pytest.mark.parametrize("words", ["", "   ", "x" * 2001])
def test_a_line_that_cannot_be_kept_is_refused(cast, held, words):
    with pytest.raises(VisitError):
        write(cast.Grace, held, words)


def test_a_line_that_is_sent_twice_is_kept_once(cast, held):
    key = uuid.uuid4()
    first, second = (write(cast.Grace, held, key=key) for _ in range(2))

    assert first == second
    assert VisitNote.objects.filter(part=Part.TALK).count() == 1
    with pytest.raises(PermissionDenied):
        write(cast.Carla, held, "another", key=key)


def list_texts():
    """List every text of every table, as the database holds it."""
    texts = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            texts += [str(value) for row in cursor.fetchall() for value in row]
    return texts


def test_no_table_holds_a_word_and_a_plain_note_would_be_found(cast, held):
    write(cast.Grace, held)
    assert read(held)[-1][2] == SAID
    assert [text for text in list_texts() if "turtle" in text] == []
    VisitNote.objects.filter(part=Part.TALK).update(sealed=SAID)
    assert [text for text in list_texts() if "turtle" in text] == [SAID]


def test_a_key_is_readable_by_its_owner_alone(cast, held):
    path = find_path(Pair.objects.get().sealed_with)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(path.read_bytes()) == 32


def test_a_line_that_is_moved_or_changed_does_not_open(cast, held):
    other = ask(cast, cast.Grace)
    moved = write(cast.Grace, held, "first")
    write(cast.Grace, held, "second")
    VisitNote.objects.filter(pk=moved.pk).update(visit=other)
    assert [each.words for each in open_notes(other)] == [None]
    VisitNote.objects.filter(pk=moved.pk).update(visit=held, part=Part.SEEN)
    assert [each.words for each in open_notes(held)] == ["Transitions", None, "second"]


def test_without_the_key_nothing_opens_and_nothing_is_lost(cast, held):
    path = find_path(Pair.objects.get().sealed_with)
    content = path.read_bytes()
    path.unlink()
    assert [each.words for each in open_notes(held)] == [None]
    path.write_bytes(bytes(32))
    assert [each.words for each in open_notes(held)] == [None]
    path.write_bytes(content)
    assert [each.words for each in open_notes(held)] == ["Transitions"]


def test_two_pairs_have_two_keys(cast, held):
    other = ask(cast, cast.Ana, teacher=cast.Ana, focus="Mine")

    assert other.pair.sealed_with != held.pair.sealed_with
    assert {
        find_path(each.sealed_with).read_bytes() for each in Pair.objects.all()
    }.__len__() == 2


@pytest.mark.django_db(transaction=True)
def test_the_teacher_erases_every_word_and_the_key_with_the_last(
    cast, held, django_capture_on_commit_callbacks
):
    write(cast.Carla, held)
    later = actions.look_again(by=cast.Grace, visit=held, day=today() + TOMORROW)
    write(cast.Grace, later, "Later", Part.FOCUS)
    first_key = find_path(held.pair.sealed_with)

    assert actions.erase_words(by=cast.Grace, visit=held) == 2
    assert first_key.exists()
    assert read(later) == [(Part.FOCUS, "Grace", "Later")]
    assert actions.erase_words(by=cast.Grace, visit=later) == 1
    assert not first_key.exists()
    with pytest.raises(VisitError, match="were erased"):
        write(cast.Grace, held)
    again = ask(cast, cast.Grace, focus="A new beginning")
    assert read(again) == [(Part.FOCUS, "Grace", "A new beginning")]
    assert Visit.objects.filter(state=VisitState.HELD).count() == 1


def test_the_principal_sees_what_the_teacher_shows_and_for_as_long(cast, held):
    def see(person):
        return [
            (each.pair.teacher.name, each.pair.coach.name, each.shown_focus)
            for each in visits_shown_to(person, cast.Oak)
        ]

    assert see(cast.Ben) == []
    actions.show_focus(by=cast.Grace, visit=held, focus="Transitions")
    assert see(cast.Ben) == [("Grace", "Carla", "Transitions")]
    assert [
        name for name in cast.people if name != "Ben" and see(cast.people[name])
    ] == []
    actions.hide_focus(by=cast.Grace, visit=held)
    held.refresh_from_db()
    assert (see(cast.Ben), held.shown_focus) == ([], "")


def test_others_see_counts_of_their_own_schools_alone(cast, held):
    def count(person):
        rows = count_visits(person, dt.date(2020, 1, 1), dt.date(2100, 1, 1))
        return {each.school.name: each.visits for each in rows}

    assert {name: count(cast.people[name]) for name in cast.people} == {
        **dict.fromkeys(cast.people, {}),
        **dict.fromkeys(("Carla", "Mara", "Ben"), {"Oak": 1}),
        **dict.fromkeys(("Dev", "Elena", "Farid"), {"Oak": 1, "Elm": 0}),
    }


def test_a_date_to_look_again_opens_the_next_visit_of_the_two(cast, held):
    following = actions.look_again(by=cast.Carla, visit=held, day=today() + TOMORROW)

    held.refresh_from_db()
    assert (following.follows, following.pair, following.state) == (
        held,
        held.pair,
        VisitState.ASKED,
    )
    assert held.again == following.day


def test_the_log_says_that_something_was_written_and_no_word_of_it(cast, held):
    write(cast.Grace, held)
    lines = Line.objects.filter(kind__in=("visit", "visit note")).order_by("number")

    assert [(each.verb, each.kind) for each in lines] == [
        ("ask for", "visit"),
        ("write", "visit note"),
        ("agree to", "visit"),
        ("hold", "visit"),
        ("write", "visit note"),
    ]
    assert "turtle" not in str([vars(each) for each in lines])


def find_key(pair):
    pair.refresh_from_db()
    return find_path(pair.sealed_with)


def test_a_lost_key_is_not_replaced_and_the_old_one_opens_everything_again(cast, held):
    path = find_key(held.pair)
    content = path.read_bytes()
    path.unlink()
    with pytest.raises(VisitError, match="key of your words is missing"):
        write(cast.Grace, held, "Meanwhile")
    with pytest.raises(VisitError, match="key of your words is missing"):
        ask(cast, cast.Grace, focus="Meanwhile")
    assert not path.exists()
    path.write_bytes(content)
    write(cast.Grace, held, "Afterwards")

    assert [each.words for each in open_notes(held)] == ["Transitions", "Afterwards"]


def test_nothing_is_sealed_with_a_key_that_opens_none_of_the_pairs_words(cast, held):
    find_key(held.pair).write_bytes(bytes(32))
    with pytest.raises(VisitError, match="or is another one"):
        write(cast.Grace, held, "Meanwhile")

    assert VisitNote.objects.count() == 1


def test_a_pair_whose_key_was_never_used_gets_one(cast):
    visit = ask(cast, cast.Grace)
    assert not find_key(visit.pair).exists()
    write(cast.Grace, visit, "The first line", Part.FOCUS)

    assert read(visit) == [(Part.FOCUS, "Grace", "The first line")]


@pytest.mark.django_db(transaction=True)
def test_the_key_goes_with_the_last_line_that_is_taken_back(cast, held):
    second = write(cast.Carla, held)
    key = find_key(held.pair)
    actions.take_back_note(by=cast.Carla, note=second)
    assert key.exists()
    actions.take_back_note(by=cast.Grace, note=VisitNote.objects.get())

    assert not key.exists()
    assert find_key(held.pair) != key


def test_a_teacher_whose_last_role_has_ended_reads_and_erases_and_does_no_more(
    cast, held
):
    own = write(cast.Grace, held)
    write(cast.Carla, held)
    end_role(by=cast.Farid, role=Role.objects.get(person=cast.Grace))
    assert find_visit(cast.Grace, held.pk) == held
    for act in (
        lambda: write(cast.Grace, held),
        lambda: actions.show_focus(by=cast.Grace, visit=held, focus="x"),
        lambda: actions.look_again(by=cast.Grace, visit=held, day=today()),
    ):
        with pytest.raises(PermissionDenied):
            act()
    actions.take_back_note(by=cast.Grace, note=own)

    assert actions.erase_words(by=cast.Grace, visit=held) == 2
    assert read(held) == []


def test_somebody_whose_account_is_closed_finds_no_visit(cast, held):
    cast.Grace.is_active = False

    assert list(visits_of(cast.Grace)) == []


def test_when_the_next_visit_does_not_come_about_another_day_can_be_chosen(cast, held):
    first = actions.look_again(by=cast.Carla, visit=held, day=today() + TOMORROW)
    with pytest.raises(VisitError, match="chosen already"):
        actions.look_again(by=cast.Carla, visit=held, day=today() + TOMORROW)
    actions.answer_visit(by=cast.Grace, visit=first, agrees=False)
    second = actions.look_again(by=cast.Grace, visit=held, day=today() + 2 * TOMORROW)
    actions.call_off(by=cast.Grace, visit=second)
    third = actions.look_again(by=cast.Grace, visit=held, day=today() + 3 * TOMORROW)

    held.refresh_from_db()
    assert held.again == third.day
    assert list(held.followed_by.order_by("day")) == [first, second, third]


def test_words_for_the_principal_that_are_too_long_are_refused_whole(cast, held):
    with pytest.raises(VisitError, match="At most 300 characters"):
        actions.show_focus(by=cast.Grace, visit=held, focus="x" * 301)

    held.refresh_from_db()
    assert (held.is_shown, held.shown_focus) == (False, "")


def test_what_waits_for_an_answer_is_due_now_however_far_the_day(cast):
    visit = ask(cast, cast.Grace, day=today() + 30 * TOMORROW)
    found = find_coming(cast.Carla, today(), today() + 6 * TOMORROW)

    assert [(each.key, each.day) for each in found] == [(visit.pk, today())]
    assert find_coming(cast.Grace, today(), today() + 6 * TOMORROW) == []


def test_a_coach_writes_only_when_both_have_agreed(cast):
    asked = ask(cast, cast.Carla)
    with pytest.raises(VisitError, match="both have agreed"):
        write(cast.Carla, asked)
    declined = actions.answer_visit(by=cast.Grace, visit=asked, agrees=False)
    with pytest.raises(VisitError, match="both have agreed"):
        write(cast.Carla, declined)

    assert VisitNote.objects.count() == 0


def test_other_words_under_a_key_that_is_known_are_refused_and_not_said_to_be_kept(
    cast, agreed
):
    key = uuid.uuid4()
    told = {"by": cast.Carla, "visit": agreed, "key": key}
    first = actions.add_note(**told, part=Part.SEEN, words="First")
    assert actions.add_note(**told, part=Part.SEEN, words="First ") == first
    for part, words in ((Part.SEEN, "Second"), (Part.TALK, "First")):
        with pytest.raises(VisitError, match="Keep this one once more"):
            actions.add_note(**told, part=part, words=words)


def test_a_principal_no_longer_sees_with_whom_somebody_worked_who_left(cast, held):
    actions.show_focus(by=cast.Grace, visit=held, focus="Transitions")
    assert list(visits_shown_to(cast.Ben, cast.Oak)) == [held]
    Role.objects.filter(person=cast.Grace).update(last=today() - TOMORROW)

    assert list(visits_shown_to(cast.Ben, cast.Oak)) == []
