"""`commonroot serve` and what a site needs beside it."""

import os
import socket
import sys
from pathlib import Path

import click

from commonroot.cli.problems import ProblemError

UNSAFE = 1


def start_django() -> None:
    """Make the site's settings and models known to this process."""
    # The database, the secrets and the backups are nobody else's on this machine.
    os.umask(0o077)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commonroot.config.settings")
    from django import setup  # noqa: PLC0415  # the settings must be named before
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415  # as above

    try:
        setup()
    except ImproperlyConfigured as error:
        raise ProblemError(str(error)) from None


def find_site_folder() -> Path:
    """Find the folder of the site's database and secrets."""
    from django.conf import settings  # noqa: PLC0415  # the settings are known by now

    return Path(settings.DATA)


def need_free_port(address: str, port: int) -> None:
    """Refuse a port that somebody answers at: two sites at one would take turns."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            line.bind((address, port))
        except OSError as error:
            raise ProblemError(
                f"The site cannot answer at {address}, port {port}: {error.strerror}. "
                "Another program may be there. End it, or choose another with --port."
            ) from None


def make_database() -> None:
    """Bring the database to the newest shape, and see that its log can be written."""
    from django.core.management import call_command  # noqa: PLC0415  # see above

    from commonroot.domain.audit.keys import LogKeyError  # noqa: PLC0415  # needs Django
    from commonroot.domain.audit.queries import need_key  # noqa: PLC0415  # as above

    try:
        call_command("migrate", verbosity=0, interactive=False)
        need_key()
    except LogKeyError as error:
        raise ProblemError(str(error)) from None


def need_site() -> None:
    """Refuse a place in which there is no site: it is named wrongly, or not begun."""
    from commonroot.domain.safekeeping.checks import is_there  # noqa: PLC0415  # needs Django

    if not is_there():
        raise ProblemError(
            f"There is no site in {find_site_folder()}. Name the folder of yours with "
            "COMMONROOT_DATA, or make one with `commonroot begin`."
        )


def need_newest() -> None:
    """Refuse a database of an earlier version: it is brought up to date at a start."""
    from commonroot.domain.safekeeping.checks import BEHIND, is_behind  # noqa: PLC0415  # needs Django

    if is_behind():
        raise ProblemError(BEHIND)


def tell_unsafe() -> None:
    """Say what is unsafe, with status 1 if anything is."""
    from commonroot.domain.safekeeping.checks import list_problems  # noqa: PLC0415  # needs Django

    need_site()
    problems = list_problems()
    for problem in problems:
        click.echo(f"- {problem}")
    if problems:
        raise SystemExit(UNSAFE)
    click.echo("Nothing unsafe was found.")


@click.command()
@click.option("--port", type=click.IntRange(1, 65_535), default=8000, show_default=True)
@click.option("--address", default="127.0.0.1", show_default=True)
@click.option(
    "--demo", is_flag=True, help="With the made-up region, and sign-in by one click."
)
@click.option(
    "--region",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="In the demo: a folder of `commonroot sample`, to take its files in.",
)
@click.option(
    "--check", is_flag=True, help="Say what is unsafe about this site, and stop."
)
def serve(
    port: int, address: str, demo: bool, region: Path | None, check: bool
) -> None:
    """Run the site. Settings come from the environment."""
    if demo:
        os.environ["COMMONROOT_DEMO"] = "1"
    start_django()
    if check:
        tell_unsafe()
        return
    need_free_port(address, port)
    make_database()
    if demo:
        from commonroot.domain.network.made_region import make_region  # noqa: PLC0415  # needs Django

        make_region()
        if region is not None:
            from commonroot.cli.made_network import make_network  # noqa: PLC0415  # as above
            from commonroot.domain.records.made_records import take_in_region  # noqa: PLC0415  # as above

            make_network()
            take_in_region(region)
        click.echo(f"Open http://{address}:{port}/demo/ in a browser.")
    # A process anew: the server forks its workers, and a fork of one in which polars
    # has counted already waits for threads that are not there.
    words = ["--interface", "wsgi", "--host", address, "--port", str(port)]
    # A worker that is told to end while it begins does not hear it.
    words += ["--workers-kill-timeout", "10", "--blocking-threads", "4"]
    words.append("--respawn-failed-workers")
    words.append("commonroot.config.wsgi:application")
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "granian", *words])
