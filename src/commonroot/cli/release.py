"""`commonroot release`: counts of people, made safe to show, with a proof."""

import datetime as dt
import sys
from pathlib import Path

import click

from commonroot.analysis.disclosure.hiding import Progress
from commonroot.analysis.disclosure.releasing import Release
from commonroot.briefs.releases import ReleaseRequest, check_folder, make_release
from commonroot.cli.problems import BAD_INPUT, tell_problems
from commonroot.cli.progress import show_progress

MAKE = "make"
MOST_PROBLEMS = 5
REMEDY = "Allow more time (--time-limit), or choose a coarser design."


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

        if ledger is None:
            say("No ledger: this release does not know what was published before.")
        if not sys.stderr.isatty():
            say(f"Working; this can take up to {time_limit:g} seconds.")
        found = make_release(request, tell=tell, notice=say)
    report(found, out)


def say(sentence: str) -> None:
    """Say something to who releases, beside the result."""
    click.echo(sentence, err=True)


def report(found: Release, out: Path) -> None:
    """Say what was released."""
    if found.sentence:
        click.echo(f"{found.sentence} {REMEDY}")
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
    for problem in found.problems[:MOST_PROBLEMS]:
        click.echo(f"Wrong: {problem}.")
    if len(found.problems) > MOST_PROBLEMS:
        click.echo(f"And {len(found.problems) - MOST_PROBLEMS:,} more.")
    click.echo(
        f"The proof holds: {found.tables:,} made-up tables add up to what is shown. In them "
        f"{found.proven:,} of {found.hidden:,} hidden numbers are seen at their least and at "
        "the top. Those that are hidden only to protect others need not be."
        if not found.problems
        else "The certificate does not prove this release."
    )
    if found.problems:
        context.exit(BAD_INPUT)
