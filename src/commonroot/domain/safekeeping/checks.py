"""What is unsafe about a site as it runs, in sentences for whoever keeps it."""

import datetime as dt
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from commonroot.domain.audit.kept_end import KeptEndError
from commonroot.domain.audit.keys import LogKeyError
from commonroot.domain.audit.models import Head
from commonroot.domain.audit.queries import verify_log
from commonroot.domain.network.choices import PlaceKind
from commonroot.domain.network.models import Person, Role
from commonroot.domain.network.queries import held_now
from commonroot.domain.safekeeping.nights import every_night

OLDEST_BACKUP_HOURS = 48
LOCAL = {"127.0.0.1", "localhost", "[::1]"}
NETWORK_FILES = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p"}
SHORTEST_SECRET = 50
BEHIND = (
    "The database is not of this version. Start the site once, or restore a backup."
)


def list_problems() -> list[str]:
    """List what is unsafe; an empty list is what one wants."""
    if is_behind():
        return [BEHIND]
    return [problem for check in CHECKS for problem in check()]


def is_there() -> bool:
    """Is there a site at all, of whatever version?"""
    return Head._meta.db_table in connection.introspection.table_names()


def is_behind() -> bool:
    """Are there migrations that were not applied?"""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def check_exposure() -> Iterator[str]:
    """Check what the network sees."""
    open_to_others = set(settings.ALLOWED_HOSTS) - LOCAL
    if settings.DEMO:
        yield "This is a demo: anybody who reaches it signs in as anybody (COMMONROOT_DEMO)."
    if open_to_others and not settings.SESSION_COOKIE_SECURE:
        yield "Others reach the site without HTTPS. Put a proxy in front, and set COMMONROOT_HTTPS=1."
    if "*" in settings.ALLOWED_HOSTS:
        yield "The site answers to any name. Name its own in COMMONROOT_HOSTS."
    if len(settings.SECRET_KEY) < SHORTEST_SECRET:
        yield f"COMMONROOT_SECRET is shorter than {SHORTEST_SECRET} characters. Leave it out, and one is made."


def check_mail() -> Iterator[str]:
    """Check whether letters leave the machine."""
    if "console" in settings.EMAIL_BACKEND:
        yield "Letters are printed on the terminal and sent to nobody. Set COMMONROOT_MAIL to a mail server (smtp://...)."


def check_folder() -> Iterator[str]:
    """Check who can read the site's folder, and where it lies."""
    folder = Path(settings.DATA)
    if os.name == "posix" and folder.stat().st_mode & 0o077:
        yield f"Others on this machine can look into {folder}. Type: chmod 700 {folder}"
    if connection.vendor == "sqlite" and find_file_system(folder) in NETWORK_FILES:
        yield f"{folder} lies on another machine's disk, where SQLite can lose what was written. Use a disk of this machine, or PostgreSQL."


def find_file_system(folder: Path) -> str:
    """Find the kind of file system of a folder; "" where that cannot be told."""
    mounts = Path("/proc/mounts")
    if not mounts.exists():
        return ""
    found, longest = "", -1
    for line in mounts.read_text(encoding="utf-8").splitlines():
        _, point, kind, *_rest = line.split(" ")
        if folder.resolve().is_relative_to(point) and len(point) > longest:
            found, longest = kind, len(point)
    return found


def check_backups() -> Iterator[str]:
    """Check whether there is a backup of late, and who can open it."""
    if not settings.BACKUP_TO:
        yield "Backups are written for a key in the site's own folder. Keep its copy elsewhere, or name another key with COMMONROOT_BACKUP_TO."
    folder = Path(settings.BACKUP_FOLDER)
    newest = max(
        (path.stat().st_mtime for path in folder.glob("commonroot-*.age")), default=None
    )
    limit = timezone.now() - dt.timedelta(hours=OLDEST_BACKUP_HOURS)
    if newest is None:
        yield f"There is no backup in {folder} yet. The first is made at night; `commonroot backup` makes one now."
    elif newest < limit.timestamp():
        yield f"The newest backup in {folder} is older than two days."


def check_nights() -> Iterator[str]:
    """Check how the last night went."""
    path = every_night.module_path
    last = (
        DBTaskResult.objects.finished()
        .filter(task_path=path)
        .order_by("-finished_at")
        .first()
    )
    if last is not None and last.status == TaskResultStatus.FAILED:
        told = last.traceback.strip().splitlines()[-1].rpartition("NightError: ")[2]
        yield f"The last night did not do everything. {told}."
    late = timezone.now() - dt.timedelta(hours=3)
    waiting = DBTaskResult.objects.filter(
        task_path=path, status=TaskResultStatus.READY, run_after__lt=late
    )
    if waiting.exists():
        yield "Nobody does the nightly work. On PostgreSQL, run `commonroot work`."


def check_people() -> Iterator[str]:
    """Check who sees more than one school without a second step."""
    wide = held_now(Role.objects.exclude(place__kind=PlaceKind.SCHOOL))
    with_step = Authenticator.objects.exclude(
        type=Authenticator.Type.RECOVERY_CODES
    ).values("user")
    people = Person.objects.filter(roles__in=wide, is_active=True).exclude(
        pk__in=with_step
    )
    names = sorted(set(people.values_list("name", flat=True)))
    if names:
        yield f"These see more than one school, and sign in without a second step: {', '.join(names)}."


def check_log() -> Iterator[str]:
    """Check the log."""
    try:
        found = verify_log()
    except (LogKeyError, KeptEndError) as error:
        yield str(error)
        return
    if found.broken_at is not None:
        yield f"The log is broken at line {found.broken_at:,}: {found.problem}."


def check_database() -> Iterator[str]:
    """Check what the site may do in its database."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        if cursor.fetchone()[0]:
            yield "The site is a superuser of its database. Give it a role of its own that owns only its tables."


CHECKS: tuple[Callable[[], Iterator[str]], ...] = (
    check_exposure,
    check_mail,
    check_folder,
    check_backups,
    check_nights,
    check_people,
    check_log,
    check_database,
)
