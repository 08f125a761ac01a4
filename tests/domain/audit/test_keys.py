"""The log's key lies outside of the database; a wrong or missing one is told as that."""

import pytest
from django.db import transaction

from commonroot.domain.audit.actions import record
from commonroot.domain.audit.keys import LogKeyError
from commonroot.domain.audit.models import Head, Line
from commonroot.domain.audit.queries import need_key, verify_log
from commonroot.intake.secret import NOTE, SECRET
from domain.audit import attacker

pytestmark = pytest.mark.django_db


def write():
    with transaction.atomic():
        record(by="Ana", verb="add", kind="place", key=1)


def lose_secret(folder):
    (folder / SECRET).unlink()
    (folder / NOTE).unlink()


def test_the_key_is_in_no_column_of_the_log(own_state_folder):
    write()
    secret = (own_state_folder / SECRET).read_bytes()
    told = str([*Line.objects.values(), *Head.objects.values()])

    assert secret.hex() not in told
    assert Head.objects.get().sealed_by not in ("", secret.hex()[:16])


def test_a_missing_key_is_told_and_none_is_made_in_its_place(own_state_folder):
    write()
    lose_secret(own_state_folder)

    for do in (verify_log, need_key, write):
        with pytest.raises(LogKeyError, match="Put it back from a backup"):
            do()
    assert list(own_state_folder.iterdir()) == []
    assert Line.objects.count() == 1


def test_another_key_is_told_as_another_key_and_writes_nothing(own_state_folder):
    write()
    (own_state_folder / SECRET).write_bytes(b"t" * 32)
    (own_state_folder / NOTE).unlink()

    for do in (verify_log, need_key, write):
        with pytest.raises(LogKeyError, match="sealed with another key"):
            do()
    assert Line.objects.count() == 1


def test_whoever_takes_the_name_of_the_key_out_of_the_database_gains_nothing():
    write()
    attacker.run("UPDATE audit_head SET sealed_by = ''")
    assert verify_log().broken_at is None
    attacker.alter(1)

    assert verify_log().problem == "was changed"


def test_what_sessions_are_signed_with_may_change(settings):
    write()
    settings.SECRET_KEY = "another " * 10
    write()

    assert verify_log().lines == 2
    assert verify_log().problem == ""
