"""A database that is writing for somebody else is told so, not as a fault."""

import sqlite3

import pytest
from django.db.utils import OperationalError
from django.test import RequestFactory

from commonroot.web.shell.unreachable import TellUnreachable


def answer(exception):
    tell = TellUnreachable(lambda request: None)
    return tell.process_exception(RequestFactory().get("/"), exception)


def lock_and_write(path):
    """Let one connection hold the lock, and give what another one is told."""
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("create table one (a)")
    holder.execute("begin immediate")
    other = sqlite3.connect(path, timeout=0.01)
    with pytest.raises(sqlite3.OperationalError) as told:
        other.execute("insert into one values (1)")
    holder.close()
    other.close()
    return str(told.value)


def test_a_locked_database_is_told_and_when_to_come_back(tmp_path, db):
    told = answer(OperationalError(lock_and_write(tmp_path / "held.sqlite3")))

    assert (told.status_code, told.headers["Retry-After"]) == (503, "20")
    assert "Nothing else was lost" in told.content.decode()


def test_another_fault_of_the_database_is_left_alone(db):
    assert answer(OperationalError("no such table: one")) is None


def test_our_mark_is_where_browsers_look_for_it(client):
    shown = client.get("/favicon.ico")

    assert (shown.status_code, shown.headers["Location"]) == (
        302,
        "/static/shell/mark.svg",
    )
