"""`commonroot work`: work beside the pages, in a process of its own."""

import datetime as dt

import click

from commonroot.cli.serve import start_django

LONGEST_HOURS = 2


@click.command()
def work() -> None:
    """Do the work that pages hand over: files, letters, and what is done every night.

    For a site on PostgreSQL; on SQLite the server does it itself. Any number of these
    may run.
    """
    start_django()
    from django.core.management import call_command  # noqa: PLC0415  # needs Django
    from django.utils import timezone  # noqa: PLC0415  # as above

    from commonroot.domain.safekeeping.nights import (  # noqa: PLC0415  # as above
        plan_night,
        resume_interrupted,
    )

    # Others may be at what began lately.
    resume_interrupted(timezone.now() - dt.timedelta(hours=LONGEST_HOURS))
    plan_night()
    call_command("db_worker", queue_name="*", interval=1, verbosity=1)
