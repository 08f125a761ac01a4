"""`commonroot sample`: a believable region, made up from end to end."""

from pathlib import Path

import click

from commonroot.cli.problems import ProblemError
from commonroot.cli.progress import show_progress
from commonroot.sample import make_region


@click.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    help="Folder for the region.",
)
@click.option(
    "--seed", type=int, default=1, show_default=True, help="Same seed, same bytes."
)
@click.option(
    "--years",
    type=click.IntRange(1, 10),
    default=3,
    show_default=True,
    help="School years, ending with 2025-26.",
)
def sample(out: Path, seed: int, years: int) -> None:
    """Write the exports of a made-up region of 11 schools, to try things on."""
    try:
        with show_progress() as progress:
            make_region(out, seed=seed, years=years, report=progress)
    except OSError as error:
        raise ProblemError(
            f"The region could not be written to {out}: {error.strerror}."
        ) from None
    click.echo(f"The region is in {out}; README.txt there says what each file is.")
