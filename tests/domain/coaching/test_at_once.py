"""Whoever writes and erases at the same moment loses no word and doubles no visit."""

import datetime as dt
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from commonroot.domain.coaching import actions
from commonroot.domain.coaching.choices import Part
from commonroot.domain.coaching.models import Visit, VisitNote
from commonroot.domain.coaching.reasons import VisitError
from commonroot.domain.coaching.words import open_notes
from commonroot.domain.network.sight import today

TOMORROW = dt.timedelta(days=1)
# Unlike the activity of others, this is read anew within one transaction.
WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted"


@pytest.fixture
def held(cast):
    visit = actions.ask_visit(
        by=cast.Grace,
        coach=cast.Carla,
        teacher=cast.Grace,
        school=cast.Oak,
        day=today(),
        focus="Transitions",
    )
    actions.answer_visit(by=cast.Carla, visit=visit, agrees=True)
    return actions.hold_visit(by=cast.Carla, visit=visit)


def do_while(first, second):
    """Do a deed, and another that begins before the first is written for good.

    One after the other where a database does one at a time.
    """
    if connection.vendor == "sqlite":
        first()
        return second()

    def do_second():
        try:
            return second()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first()
            waits = pool.submit(do_second)
            wait_until_one_waits()
        return waits.result()


def wait_until_one_waits():
    for _ in range(1500):
        with connection.cursor() as cursor:
            cursor.execute(WAITING)
            if cursor.fetchone()[0]:
                return
        time.sleep(0.02)
    raise AssertionError("Nobody waits.")


@pytest.mark.django_db(transaction=True)
def test_a_focus_written_while_the_last_words_are_erased_opens(cast, held):
    asked = do_while(
        lambda: actions.erase_words(by=cast.Grace, visit=held),
        lambda: actions.ask_visit(
            by=cast.Grace,
            coach=cast.Carla,
            teacher=cast.Grace,
            school=cast.Oak,
            day=today(),
            focus="A new beginning",
        ),
    )

    visit = Visit.objects.get(pk=asked.pk)
    assert [each.words for each in open_notes(visit)] == ["A new beginning"]


@pytest.mark.django_db(transaction=True)
def test_a_line_written_while_the_last_one_is_taken_back_opens(cast, held):
    (last,) = VisitNote.objects.all()
    do_while(
        lambda: actions.take_back_note(by=cast.Grace, note=last),
        lambda: actions.add_note(
            by=cast.Carla,
            visit=held,
            part=Part.SEEN,
            words="You greeted six",
            key=uuid.uuid4(),
        ),
    )

    visit = Visit.objects.get(pk=held.pk)
    assert [each.words for each in open_notes(visit)] == ["You greeted six"]


@pytest.mark.django_db(transaction=True)
def test_a_day_to_look_again_that_is_pressed_twice_makes_one_visit(cast, held):
    ready = threading.Barrier(2)
    is_alone = connection.vendor == "sqlite"

    def press(_number):
        try:
            if not is_alone:
                ready.wait()
            actions.look_again(by=cast.Grace, visit=held, day=today() + TOMORROW)
        except VisitError as problem:
            return str(problem)
        finally:
            if not is_alone:
                connection.close()
        return "made"

    if is_alone:
        said = [press(number) for number in range(2)]
    else:
        with ThreadPoolExecutor(2) as pool:
            said = list(pool.map(press, range(2)))

    assert sorted(said) == [
        "The next visit is chosen already. Call it off to choose another day.",
        "made",
    ]
    assert Visit.objects.filter(follows=held).count() == 1
