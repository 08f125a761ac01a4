"""A log that is cut off and set back is found by the end that lies in the site's folder."""

import pytest
from django.db import transaction

from commonroot.domain.audit.actions import record
from commonroot.domain.audit.kept_end import NOTE, KeptEndError, keep_end, read_end
from commonroot.domain.audit.queries import verify_log
from domain.audit import attacker

pytestmark = pytest.mark.django_db


def write(count):
    with transaction.atomic():
        for number in range(count):
            record(by="Ana", verb="add", kind="place", key=number)


def keep():
    found = verify_log()
    keep_end(found.lines, found.digest)


def test_a_tail_that_was_cut_off_with_the_head_set_back_is_found():
    write(12)
    keep()
    attacker.cut(9)

    found = verify_log()
    assert (found.broken_at, found.problem) == (10, "the log should end at line 12")


def test_a_tail_that_grew_again_since_is_found():
    write(12)
    keep()
    attacker.cut(9)
    write(8)

    found = verify_log()
    assert found.broken_at == 12
    assert (
        found.problem
        == "is another than the one that was here when the site last looked"
    )


def test_a_log_that_was_emptied_is_found():
    write(3)
    keep()
    attacker.run("DELETE FROM audit_line")
    attacker.run("DELETE FROM audit_head")

    assert verify_log().broken_at == 1


def test_what_was_written_since_and_cut_off_is_not_seen():
    write(12)
    keep()
    write(3)
    attacker.cut(12)

    assert verify_log().problem == ""


def test_a_log_that_only_grew_holds():
    write(12)
    keep()
    write(3)

    assert verify_log().lines == 15


def test_where_nothing_was_kept_there_is_no_end():
    assert read_end() is None


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"line": "x", "digest": ""}'])
def test_a_note_that_cannot_be_read_is_told(own_state_folder, text):
    (own_state_folder / NOTE).write_text(text)

    with pytest.raises(KeptEndError, match="cannot be read"):
        read_end()


def test_the_note_is_its_owners_alone(own_state_folder):
    keep_end(3, "d" * 64)

    assert (own_state_folder / NOTE).stat().st_mode & 0o777 == 0o600
    assert read_end() == (3, "d" * 64)
