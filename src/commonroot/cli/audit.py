"""`commonroot audit verify`: is the log whole?"""

import click

from commonroot.cli.problems import ProblemError
from commonroot.cli.serve import need_newest, need_site, start_django

BROKEN = 1


class BrokenLogError(click.ClickException):
    """The log is not as it was written."""

    exit_code = BROKEN


@click.group()
def audit() -> None:
    """The log of who did what."""


@audit.command()
@click.option("--head", help="The digest of the last line, as it was kept elsewhere.")
def verify(head: str | None) -> None:
    """Go through the log, and find any line that was changed, taken out or moved.

    Status 1: the log is not as it was written. Status 2: that cannot be found out, for
    instance because its key is not there.
    """
    start_django()
    need_site()
    from commonroot.domain.audit.kept_end import KeptEndError  # noqa: PLC0415  # as above
    from commonroot.domain.audit.keys import LogKeyError  # noqa: PLC0415  # needs Django
    from commonroot.domain.audit.queries import has_line, verify_log  # noqa: PLC0415  # as above
    from commonroot.domain.safekeeping.snapshot import hold_moment  # noqa: PLC0415  # as above

    need_newest()
    try:
        with hold_moment():
            found = verify_log()
    except (LogKeyError, KeptEndError) as error:
        raise ProblemError(str(error)) from None
    if found.broken_at is not None:
        raise BrokenLogError(
            f"The log is broken at line {found.broken_at:,}: {found.problem}."
        )
    if head and not has_line(head):
        raise BrokenLogError(
            "The log holds together, but the line that was kept is not in it: its end was "
            "cut off."
        )
    click.echo(f"{found.lines:,} lines hold together. The last one is {found.digest}.")
