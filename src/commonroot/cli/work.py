"""`commonroot work`: work beside the pages, in a process of its own."""

import threading
import uuid

import click

from commonroot.cli.serve import start_django


@click.command()
def work() -> None:
    """Do the work that pages hand over: files, letters, and what is done every night.

    For a site on PostgreSQL; on SQLite the server does it itself. Any number of these
    may run.
    """
    start_django()
    from django.core.management import call_command  # noqa: PLC0415  # needs Django

    from commonroot.domain.safekeeping.nights import plan_night  # noqa: PLC0415  # as above
    from commonroot.domain.safekeeping.workers import (  # noqa: PLC0415  # as above
        hold_name,
        look_for_the_gone,
        resume_interrupted,
    )

    worker = uuid.uuid4().hex
    held = hold_name(worker)
    resume_interrupted()
    plan_night()
    stop = threading.Event()
    looking = threading.Thread(target=look_for_the_gone, args=[stop], daemon=True)
    looking.start()
    try:
        call_command(
            "db_worker", queue_name="*", interval=1, verbosity=1, worker_id=worker
        )
    finally:
        stop.set()
        if held is not None:
            held.close()
