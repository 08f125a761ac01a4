"""What is done every night: old detail goes, a backup is made, and traces are tidied."""

import datetime as dt
import logging
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from commonroot.domain.audit.kept_end import keep_end
from commonroot.domain.audit.queries import verify_log
from commonroot.domain.connections.asking import ask_pairs
from commonroot.domain.connections.leaving_actions import part_matches
from commonroot.domain.convenings.tasks import bring_plans_back
from commonroot.domain.learning.reminders import ask_about_tools
from commonroot.domain.network.waiting import set_aside_waiting
from commonroot.domain.partnerships.reminders import remind_of_renewals
from commonroot.domain.preparing.reminders import ask_owners, remind_teams
from commonroot.domain.records.expiry_actions import (
    expire_records,
    overwrite_free_space,
)
from commonroot.domain.safekeeping.actions import back_up
from commonroot.domain.safekeeping.keys import find_recipient
from commonroot.domain.safekeeping.snapshot import hold_moment

HOUR = 2
DAYS_FILES_WAIT = 30
DAYS_BACKUPS_ARE_KEPT, DAYS_RESULTS_ARE_KEPT = 35, 7
logger = logging.getLogger(__name__)


class NightError(Exception):
    """Something that is done every night was not; the text names it."""


def find_next_night(now: dt.datetime) -> dt.datetime:
    """Find the next two o'clock, where the site is.

    >>> find_next_night(dt.datetime(2026, 3, 1, 1, 30, tzinfo=dt.UTC)).tzinfo is not None
    True
    """
    local = timezone.localtime(now)
    night = local.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    return night if night > local else night + dt.timedelta(days=1)


@transaction.atomic
def plan_night() -> None:
    """Plan the next night, unless it is planned already."""
    planned = DBTaskResult.objects.filter(
        task_path=every_night.module_path, status=TaskResultStatus.READY
    )
    if not planned.exists():
        every_night.using(run_after=find_next_night(timezone.now())).enqueue()


@task()
def every_night() -> dict[str, str]:
    """Do all that is done every night. One thing that fails does not keep the others."""
    plan_night()
    done, failed = {}, []
    for name, work in NIGHTLY:
        try:
            done[name] = work()
        except Exception:
            logger.exception("nightly work failed", extra={"work": name})
            failed.append(name)
    if failed:
        raise NightError(f"Not done this night: {', '.join(failed)}")
    return done


def let_detail_go() -> str:
    """Let go of detail that was kept long enough."""
    return f"{len(expire_records())} school years"


def clean_free_space() -> str:
    """Leave nothing on the disk of what was deleted."""
    overwrite_free_space()
    return "done"


def back_up_tonight() -> str:
    """Write tonight's backup, and let go of those that are too old."""
    folder = Path(settings.BACKUP_FOLDER)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    today = timezone.localdate()
    recipient = find_recipient(settings.BACKUP_TO, Path(settings.DATA))
    back_up(folder / f"commonroot-{today}.age", recipient, Path(settings.DATA))
    oldest = today - dt.timedelta(days=DAYS_BACKUPS_ARE_KEPT)
    for path in folder.glob("commonroot-????-??-??.age"):
        if path.name < f"commonroot-{oldest}.age":
            path.unlink()
    return str(today)


def tidy_traces() -> str:
    """Let go of sessions that ended, files nobody decided about, and notes of work done."""
    now = timezone.now()
    Session.objects.filter(expire_date__lt=now).delete()
    set_aside_waiting(now - dt.timedelta(days=DAYS_FILES_WAIT))
    limit = now - dt.timedelta(days=DAYS_RESULTS_ARE_KEPT)
    DBTaskResult.objects.finished().filter(finished_at__lt=limit).delete()
    return "done"


def write_letters() -> str:
    """Write all letters of the day: of teams, changes, renewals, matches and plans."""
    writers = (
        remind_teams,
        ask_owners,
        remind_of_renewals,
        bring_plans_back,
        ask_about_tools,
    )
    return f"{sum(write() for write in writers)} letters"


def follow_matches() -> str:
    """End matches that may not be any longer, and ask the others how it goes."""
    parted = part_matches()
    return f"{parted} ended, {ask_pairs()} letters"


def note_log_end() -> str:
    """Go through the log, and say outside of the database where it ends.

    A log that is broken, or cut off since the last night, keeps the end that was noted.
    """
    with hold_moment():
        found = verify_log()
    if found.broken_at is not None:
        raise NightError(f"The log is broken at line {found.broken_at}")
    if found.lines:
        keep_end(found.lines, found.digest)
        told = {"line": found.lines, "digest": found.digest}
        logger.info("the log ends here", extra=told)
    return f"{found.lines} lines"


NIGHTLY: tuple[tuple[str, Callable[[], str]], ...] = (
    ("note the log's end", note_log_end),
    ("let detail go", let_detail_go),
    ("clean free space", clean_free_space),
    ("back up", back_up_tonight),
    ("tidy traces", tidy_traces),
    ("write letters", write_letters),
    ("follow matches", follow_matches),
)
