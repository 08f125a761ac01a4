"""`commonroot mapping`: write down what each column seems to hold, to be edited."""

from pathlib import Path

import click

from commonroot.cli.problems import tell_problems
from commonroot.intake import propose, read_source, write_mapping
from commonroot.intake.columns import settle_school


@click.command()
@click.argument("incidents", type=click.Path(path_type=Path))
def mapping(incidents: Path) -> None:
    """Propose a mapping for INCIDENTS, as TOML that you can edit."""
    with tell_problems():
        source = read_source(incidents)
        proposal = settle_school(propose(source.headers), source)
    click.echo(write_mapping(proposal, source.headers))
    if proposal.questions:
        click.echo(
            "Choose where it says 'choose one', then use the file with --mapping.",
            err=True,
        )
