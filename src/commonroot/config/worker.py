"""Work beside the pages, in the server's own process: enough for a site on SQLite."""

import logging
import os
import threading
import time

from django_tasks_db.management.commands.db_worker import Worker

from commonroot.domain.safekeeping.nights import plan_night
from commonroot.domain.safekeeping.workers import resume_interrupted

PAUSE, PAUSE_AFTER_TROUBLE = 0.5, 5.0
logger = logging.getLogger(__name__)


def start_worker() -> threading.Thread:
    """Start working, in a thread that ends with the process."""
    thread = threading.Thread(target=work_on, name="worker", daemon=True)
    thread.start()
    return thread


def work_on() -> None:
    """Work until the process ends; a database that is away is waited for."""
    begun = False
    while True:
        try:
            if not begun:
                resume_interrupted(alone=True)
                plan_night()
                begun = True
            make_worker().run()
        except Exception:
            logger.exception("the worker begins anew")
            time.sleep(PAUSE_AFTER_TROUBLE)


def make_worker() -> Worker:
    """Make the worker; the server has the signals."""
    return Worker(
        queue_names=["*"],
        interval=PAUSE,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=f"inside-{os.getpid()}",
        excluded_queue_names=[],
    )
