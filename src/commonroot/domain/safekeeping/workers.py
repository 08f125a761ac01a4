"""Who is at work, and work whose worker is gone.

On PostgreSQL a worker holds a lock named after it for as long as it lives, on a
connection that does nothing else: the server lets go of it the moment the process, the
machine or the network is gone. On SQLite there is one process, and whatever runs when it
starts was cut off.
"""

import datetime as dt
import hashlib
import threading
import uuid
from collections.abc import Iterable

from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

LONGEST = dt.timedelta(hours=2)


def number_lock(worker: str) -> int:
    """Number the lock of a worker: PostgreSQL knows locks by 64 bits with a sign."""
    digest = hashlib.sha256(f"commonroot worker {worker}".encode()).digest()
    return int.from_bytes(digest[:8], signed=True)


def hold_name(worker: str) -> BaseDatabaseWrapper | None:
    """Hold a worker's name; it is held as long as the connection that is given lives."""
    if connection.vendor != "postgresql":
        return None
    line = connections.create_connection("default")
    with line.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [number_lock(worker)])
    return line


def resume_interrupted(*, alone: bool = False) -> int:
    """Let work begin anew whose worker is gone: everything that runs here can run twice.

    `alone` says that nobody else can be at work, so that everything was cut off. Gives
    how many pieces begin anew.
    """
    running = DBTaskResult.objects.running()
    if alone:
        return let_begin_anew(running.values_list("pk", flat=True))
    if connection.vendor != "postgresql":
        old = running.filter(started_at__lt=timezone.now() - LONGEST)
        return let_begin_anew(old.values_list("pk", flat=True))
    at_work = {pk: ids[-1] for pk, ids in running.values_list("pk", "worker_ids")}
    return sum(resume_work_of(worker) for worker in set(at_work.values()))


def let_begin_anew(keys: Iterable[uuid.UUID]) -> int:
    """Let pieces of work wait again."""
    running = DBTaskResult.objects.running().filter(pk__in=keys)
    return running.update(status=TaskResultStatus.READY, started_at=None)


def resume_work_of(worker: str) -> int:
    """Let a worker's work begin anew if nobody holds its name."""
    number = number_lock(worker)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [number])
        if not cursor.fetchone()[0]:
            return 0
        try:
            running = DBTaskResult.objects.running().values_list("pk", "worker_ids")
            return let_begin_anew([pk for pk, ids in running if ids[-1] == worker])
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [number])


def look_for_the_gone(stop: threading.Event, every: float = 60.0) -> None:
    """Look for work whose worker is gone, again and again until told to stop."""
    try:
        while not stop.wait(every):
            resume_interrupted()
    finally:
        connection.close()
