"""The log is only ever added to, and whatever else is done to it is found."""

import random

import pytest
from django.db import transaction

from commonroot.domain.audit.actions import UnnamedActorError, record
from commonroot.domain.audit.models import Head, Line
from commonroot.domain.audit.queries import lines_of, verify_log

pytestmark = pytest.mark.django_db


def write(count, by="Ana"):
    with transaction.atomic():
        for number in range(count):
            record(by=by, verb="add", kind="place", key=number)


def test_a_log_that_was_only_added_to_holds():
    write(20)
    verdict = verify_log()

    assert (verdict.lines, verdict.broken_at) == (20, None)


def test_an_empty_log_holds():
    assert verify_log().problem == ""


CHANGES = {
    "actor": "Ben",
    "verb": "do",
    "kind": "person",
    "key": "999",
    "reason": "none",
    "before": "0" * 64,
    "digest": "1" * 64,
}


@pytest.mark.parametrize("name", CHANGES)
@pytest.mark.parametrize("number", [1, 7, 12])
def test_a_changed_line_is_found_where_it_is(name, number):
    write(12)
    Line.objects.filter(number=number).update(**{name: CHANGES[name]})
    expected = number
    if name == "before" and number == 1:
        # The first line follows nothing: that is what it says already.
        assert verify_log().broken_at is None
        return

    assert verify_log().broken_at == expected


@pytest.mark.parametrize("number", [1, 7, 12])
def test_a_line_that_was_taken_out_is_missed(number):
    write(12)
    Line.objects.filter(number=number).delete()

    assert verify_log().broken_at == number


def test_a_tail_that_was_cut_off_is_missed():
    write(12)
    Line.objects.filter(number__gt=9).delete()

    assert verify_log().broken_at == 10


def test_a_tail_that_was_cut_off_with_the_head_set_back_needs_the_head_kept_elsewhere():
    write(12)
    kept = verify_log()
    Line.objects.filter(number__gt=9).delete()
    last = Line.objects.get(number=9)
    Head.objects.update(number=9, digest=last.digest)

    # The database alone cannot tell; whoever kept the digest of line 12 can.
    assert verify_log().broken_at is None
    assert verify_log().digest != kept.digest


def test_two_lines_that_changed_places_are_found():
    write(12)
    chance = random.Random(3)
    one, other = sorted(chance.sample(range(1, 13), 2))
    first, second = Line.objects.get(number=one), Line.objects.get(number=other)
    Line.objects.filter(pk=first.pk).update(number=1_000)
    Line.objects.filter(pk=second.pk).update(number=one)
    Line.objects.filter(pk=first.pk).update(number=other)

    assert verify_log().broken_at == one


@pytest.mark.parametrize("nobody", [None, "", object()])
def test_nothing_is_written_by_nobody(nobody):
    with pytest.raises(UnnamedActorError), transaction.atomic():
        record(by=nobody, verb="add", kind="place", key=1)


@pytest.mark.django_db(transaction=True)
def test_a_line_outside_of_what_it_tells_of_is_refused():
    with pytest.raises(UnnamedActorError):
        record(by="Ana", verb="add", kind="place", key=1)


def test_somebodys_lines_are_theirs_alone():
    write(3, by="Ana")
    write(2, by="Ben")

    assert [line.number for line in lines_of("Ben")] == [5, 4]
