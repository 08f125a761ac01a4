"""The log is only ever added to, and whatever else is done to it is found."""

import random
from importlib import import_module

import pytest
from django.apps import apps
from django.db import transaction

from commonroot.domain.audit.actions import UnnamedActorError, record
from commonroot.domain.audit.chain import Verdict, seal_plainly
from commonroot.domain.audit.models import Head, Line
from commonroot.domain.audit.queries import lines_of, verify_log
from domain.audit import attacker

pytestmark = pytest.mark.django_db


def write(count, by="Ana"):
    with transaction.atomic():
        for number in range(count):
            record(by=by, verb="add", kind="place", key=number)


def write_plainly(count):
    """Write lines as they were written before logs had a key."""
    write(count)
    attacker.recompute()
    Head.objects.update(sealed_by="")


def pin():
    """Bring a log to the key, as the site does when it starts the first time."""
    migration = import_module("commonroot.domain.audit.migrations.0003_keyed")
    migration.seal_from_here(apps, None)


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

    # The database and the key cannot tell; whoever kept the digest of line 12 can.
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


ATTACKS = {
    "altered": attacker.alter,
    "removed": attacker.remove,
    "reordered": attacker.swap,
}


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
@pytest.mark.parametrize("number", [1, 7, 11])
def test_whoever_recomputes_the_whole_log_from_the_database_is_found(attack, number):
    write(12)
    attack(number)
    attacker.recompute()

    found = verify_log()
    assert found.problem == "up to here no line is sealed with the site’s key"
    assert found.broken_at == found.lines


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
@pytest.mark.parametrize("number", [1, 3, 5])
def test_lines_from_before_the_key_cannot_be_recomputed_either(attack, number):
    write_plainly(6)
    pin()
    write(3)
    assert verify_log() == Verdict(10, Head.objects.get().digest)
    attack(number)
    attacker.recompute()

    assert verify_log().problem == "up to here no line is sealed with the site’s key"


def test_old_lines_recomputed_up_to_the_first_sealed_one_do_not_lead_to_it():
    write_plainly(6)
    pin()
    write(3)
    sealed = attacker.run(
        "SELECT number, before, digest FROM audit_line WHERE number > 6"
    )
    attacker.alter(3)
    attacker.recompute()
    for number, before, digest in sealed:
        attacker.run(
            "UPDATE audit_line SET before = %s, digest = %s WHERE number = %s",
            before,
            digest,
            number,
        )
    attacker.set_end(10, sealed[-1][2])

    found = verify_log()
    assert (found.broken_at, found.problem) == (7, "does not follow the one before")


def test_a_line_that_is_sealed_the_old_way_after_the_key_is_found():
    write(5)
    attacker.alter(5)
    line = Line.objects.get(number=5)
    digest = seal_plainly(line)
    attacker.run("UPDATE audit_line SET digest = %s WHERE number = 5", digest)
    attacker.set_end(5, digest)

    found = verify_log()
    assert (found.broken_at, found.problem) == (5, "is sealed without the site’s key")


def test_a_line_that_somebody_adds_without_the_key_is_found():
    write(5)
    last = Line.objects.get(number=5)
    last.pk, last.number, last.before = None, 6, last.digest
    last.digest = seal_plainly(last)
    last.save(force_insert=True)
    attacker.set_end(6, last.digest)

    assert verify_log().broken_at == 6


def test_a_log_from_before_the_key_that_was_never_sealed_is_told():
    write_plainly(4)

    assert verify_log().problem == "up to here no line is sealed with the site’s key"


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
