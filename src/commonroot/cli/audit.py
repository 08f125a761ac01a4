"""`commonroot audit verify`: is the log whole?"""

import click

from commonroot.cli.problems import ProblemError
from commonroot.cli.serve import need_site, start_django


@click.group()
def audit() -> None:
    """The log of who did what."""


@audit.command()
@click.option("--head", help="The digest of the last line, as it was kept elsewhere.")
def verify(head: str | None) -> None:
    """Go through the log, and find any line that was changed, taken out or moved."""
    start_django()
    need_site()
    from commonroot.domain.audit.queries import has_line, verify_log  # noqa: PLC0415  # needs Django

    found = verify_log()
    if found.broken_at is not None:
        raise ProblemError(
            f"The log is broken at line {found.broken_at:,}: {found.problem}."
        )
    if head and not has_line(head):
        raise ProblemError(
            "The log holds together, but not the line that was kept: its end was cut off."
        )
    click.echo(f"{found.lines:,} lines hold together. The last one is {found.digest}.")
