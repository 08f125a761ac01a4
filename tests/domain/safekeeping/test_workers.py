"""Work whose worker is gone begins anew, and no other."""

import datetime as dt

import pytest
from django.db import connection
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from commonroot.domain.safekeeping.nights import plan_night
from commonroot.domain.safekeeping.workers import (
    LONGEST,
    hold_name,
    resume_interrupted,
)


@pytest.fixture
def work(db, settings):
    """One piece of work that somebody began a minute ago."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    plan_night()
    begin(minutes=1)


def begin(minutes):
    DBTaskResult.objects.update(
        status=TaskResultStatus.RUNNING,
        started_at=timezone.now() - dt.timedelta(minutes=minutes),
        worker_ids=["earlier", "Oak"],
    )


def count_waiting():
    return DBTaskResult.objects.filter(status=TaskResultStatus.READY).count()


def test_whoever_is_alone_begins_anew_what_was_cut_off(work):
    assert (resume_interrupted(alone=True), count_waiting()) == (1, 1)
    assert resume_interrupted(alone=True) == 0


@pytest.mark.skipif(
    connection.vendor == "postgresql", reason="PostgreSQL knows who is there"
)
def test_without_locks_only_what_has_run_too_long_begins_anew(work):
    assert (resume_interrupted(), count_waiting()) == (0, 0)
    begin(minutes=LONGEST / dt.timedelta(minutes=1) + 1)
    assert (resume_interrupted(), count_waiting()) == (1, 1)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no locks")
def test_work_begins_anew_as_soon_as_its_worker_is_gone(work):
    held = hold_name("Oak")
    while_there = (resume_interrupted(), count_waiting())
    held.close()

    assert while_there == (0, 0)
    assert (resume_interrupted(), count_waiting()) == (1, 1)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no locks")
def test_an_earlier_worker_that_is_there_does_not_keep_the_work(work):
    held = hold_name("earlier")

    assert (resume_interrupted(), count_waiting()) == (1, 1)
    held.close()
