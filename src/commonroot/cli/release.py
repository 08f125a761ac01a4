"""`commonroot release`: counts of people, made safe to show, with a proof."""

import datetime as dt
from pathlib import Path

import click

from commonroot.analysis.disclosure.hiding import Progress
from commonroot.analysis.disclosure.releasing import Release
from commonroot.briefs.releases import ReleaseRequest, check_folder, make_release
from commonroot.cli.problems import BAD_INPUT, tell_problems
from commonroot.cli.progress import show_progress

MAKE = "make"


class ReleaseGroup(click.Group):
    """Takes `release COUNTS.csv ...` for making one, and `release check DIR`."""

    def parse_args(self, context: click.Context, arguments: list[str]) -> list[str]:
        """Put the name of the usual command in front, unless another is asked for."""
        if arguments and arguments[0] not in (*self.commands, "--help", "-h"):
            arguments = [MAKE, *arguments]
        return super().parse_args(context, arguments)


@click.group(cls=ReleaseGroup)
def release() -> None:
    """Release counts of people so that no small number can be worked out.

    \b
    commonroot release COUNTS.csv --design DESIGN.toml --out DIR [--ledger DIR]
    commonroot release check DIR
    """


@release.command(MAKE)
@click.argument("counts", type=click.Path(path_type=Path))
@click.option(
    "--design",
    type=click.Path(path_type=Path),
    required=True,
    help="Which tables are published: dimensions, tables, threshold (TOML).",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    help="Folder for released.csv, released.html and certificate.json.",
)
@click.option(
    "--ledger",
    type=click.Path(path_type=Path),
    help="Folder of earlier releases. It holds true numbers: keep it with the records.",
)
@click.option(
    "--time-limit",
    type=click.FloatRange(min=0),
    default=300.0,
    show_default=True,
    help="Seconds. When they are over, a coarser table is published.",
)
@click.option("--seed", type=click.IntRange(0, 2**31), default=0, show_default=True)
@click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day of the release, for the ledger. [default: today]",
)
def make(
    counts: Path,
    design: Path,
    out: Path,
    ledger: Path | None,
    time_limit: float,
    seed: int,
    on: dt.datetime | None,
) -> None:
    """Release the counts in COUNTS by a design."""
    request = ReleaseRequest(
        counts, design, out, ledger, time_limit, seed, on.date() if on else None
    )
    with tell_problems(), show_progress() as progress:

        def tell(step: Progress) -> None:
            share = step.proven / step.asked if step.asked else 1.0
            said = f"{step.step.capitalize()}: {step.proven:,} of {step.asked:,} proven"
            progress(said, share)

        found = make_release(request, tell=tell)
    report(found, out)


def report(found: Release, out: Path) -> None:
    """Say what was released."""
    if found.sentence:
        click.echo(found.sentence)
    click.echo(
        f"{len(found.cells):,} cells: {found.hidden:,} hidden, at least {found.bound:,} "
        f"had to be. The certificate proves {found.proven:,} of {found.small:,} small numbers."
    )
    if found.unmet:
        click.echo(
            "Earlier releases in the ledger already tell more than the promise allows of "
            f"{found.unmet:,} of them; no hiding can take that back."
        )
    click.echo(f"Written to {out}.")


@release.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.pass_context
def check(context: click.Context, folder: Path) -> None:
    """Go through the proof of the release in FOLDER, without a solver."""
    with tell_problems():
        found = check_folder(folder)
    for problem in found.problems[:20]:
        click.echo(f"Wrong: {problem}.")
    click.echo(
        f"{found.tables:,} tables agree with what is shown; of {found.hidden:,} hidden cells "
        f"{found.proven:,} are seen both at their least and at the top."
        if not found.problems
        else "The certificate does not prove this release."
    )
    if found.problems:
        context.exit(BAD_INPUT)
