"""Every night detail goes, a backup is made, and one thing that fails stops no other."""

import datetime as dt

import pytest
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from commonroot.domain.audit.kept_end import read_end
from commonroot.domain.audit.queries import verify_log
from commonroot.domain.safekeeping import nights
from commonroot.domain.safekeeping.nights import (
    NightError,
    every_night,
    find_next_night,
    plan_night,
)
from domain.audit import attacker


@pytest.fixture(autouse=True)
def queue(settings, tmp_path):
    """Work waits in the database, as it does in a site."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    settings.BACKUP_FOLDER = str(tmp_path / "backups")
    settings.DATA = tmp_path
    return settings


def list_waiting():
    return list(DBTaskResult.objects.filter(status=TaskResultStatus.READY))


@pytest.mark.parametrize(
    ("hour", "days"), [(1, 0), (2, 1), (14, 1)], ids=["before", "at", "after"]
)
def test_the_next_night_is_the_next_two_o_clock(hour, days):
    now = timezone.make_aware(dt.datetime(2026, 1, 15, hour))
    night = find_next_night(now)

    assert (night.hour, night.minute) == (2, 0)
    assert night.date() == dt.date(2026, 1, 15) + dt.timedelta(days=days)


def test_a_night_is_planned_once(db):
    plan_night()
    plan_night()

    (planned,) = list_waiting()
    assert planned.run_after == find_next_night(timezone.now())


def test_a_night_does_everything_and_plans_the_next(cast, tmp_path):
    done = every_night.call()

    assert set(done) == {
        "note the log's end",
        "let detail go",
        "clean free space",
        "back up",
        "tidy traces",
        "write letters",
        "follow matches",
    }
    (file,) = (tmp_path / "backups").iterdir()
    assert file.name == f"commonroot-{timezone.localdate()}.age"
    assert file.read_bytes().startswith(b"age-encryption.org/v1")
    assert len(list_waiting()) == 1


def test_one_thing_that_fails_stops_no_other_and_is_told(cast, tmp_path, monkeypatch):
    def fail():
        raise OSError("the disk is full")

    monkeypatch.setattr(
        nights, "NIGHTLY", (("break", fail), ("back up", nights.back_up_tonight))
    )

    with pytest.raises(NightError, match="Not done this night: break"):
        every_night.call()
    assert len(list((tmp_path / "backups").iterdir())) == 1
    assert len(list_waiting()) == 1


def test_backups_go_when_they_are_too_old(cast, tmp_path):
    folder = tmp_path / "backups"
    folder.mkdir()
    today = timezone.localdate()
    for days in (34, 35, 36, 300):
        (folder / f"commonroot-{today - dt.timedelta(days=days)}.age").touch()
    (folder / "another.age").touch()

    nights.back_up_tonight()

    assert sorted(path.name for path in folder.iterdir()) == sorted(
        [
            "another.age",
            *(
                f"commonroot-{today - dt.timedelta(days=days)}.age"
                for days in (0, 34, 35)
            ),
        ]
    )


def test_the_end_of_the_log_is_told_to_the_servers_log_and_kept(cast, caplog):
    nights.note_log_end()

    (told,) = caplog.records
    assert (told.getMessage(), (told.line, told.digest)) == (
        "the log ends here",
        read_end(),
    )
    assert read_end() == (verify_log().lines, verify_log().digest)


def test_a_log_that_was_cut_off_does_not_become_the_new_end(cast):
    nights.note_log_end()
    kept = read_end()
    attacker.cut(kept[0] - 1)

    with pytest.raises(NightError, match="broken at line"):
        nights.note_log_end()
    assert read_end() == kept
