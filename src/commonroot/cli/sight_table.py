"""`commonroot sight-table`: the page that says who sees what."""

import click

from commonroot.cli.serve import start_django


@click.command("sight-table")
def sight_table() -> None:
    """Print docs/who-sees-what.md from the rules that the site runs."""
    start_django()
    from commonroot.web.sight_table import write_sight_table  # noqa: PLC0415  # needs Django

    click.echo(write_sight_table(), nl=False)
