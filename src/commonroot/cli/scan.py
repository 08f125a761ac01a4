"""`commonroot scan`: what stands out in a school's export, beyond chance."""

import json

import click

from commonroot.briefs.brief import Request, scan_file
from commonroot.briefs.patterns import (
    BASELINES,
    ScanRequest,
    StandingOut,
    make_scan_document,
)
from commonroot.cli.files import take_files
from commonroot.cli.problems import tell_problems
from commonroot.cli.progress import show_progress

LEAST_REPLICATES = 99


@click.command()
@take_files
@click.option(
    "--depth",
    type=click.IntRange(2, 4),
    default=3,
    show_default=True,
    help="How many things together at most: a place, a time, a grade ...",
)
@click.option(
    "--replicates",
    type=click.IntRange(LEAST_REPLICATES, 99_999),
    default=999,
    show_default=True,
    help="How many schools without a pattern to compare with.",
)
@click.option(
    "--seed",
    type=click.IntRange(0, 2**31),
    default=1,
    show_default=True,
    help="The same seed gives the same answer.",
)
@click.option(
    "--baseline",
    "baselines",
    type=click.Choice(BASELINES),
    multiple=True,
    help="Compare with what each thing alone would give (independence, the default), with enrolment, "
    "days and minutes (exposure), or with the weeks before (history). May be given twice.",
)
@click.option(
    "--groups", is_flag=True, help="Also look at groups of students. Marked as such."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON for other programs.")
def scan(
    request: Request,
    depth: int,
    replicates: int,
    seed: int,
    baselines: tuple[str, ...],
    groups: bool,
    as_json: bool,
) -> None:
    """Say what stands out in INCIDENTS beyond what chance would show."""
    wanted = ScanRequest(
        depth,
        replicates,
        seed,
        tuple(dict.fromkeys(baselines)) or ("independence",),
        groups,
    )
    with tell_problems(), show_progress() as progress:
        found = scan_file(request, wanted, progress=progress)
    if as_json:
        click.echo(json.dumps(make_scan_document(found), indent=1, ensure_ascii=False))
    else:
        tell(found)


def tell(found: StandingOut) -> None:
    """Say what was found in sentences, and how much was looked at."""
    if found.sentence:
        click.echo(found.sentence)
    for number, told in enumerate(found.patterns, start=1):
        click.echo(f"{number}. {told.sentence}")
    if not found.reason:
        click.echo(
            f"Looked at {found.slices:,} combinations of up to {found.depth} of: "
            f"{', '.join(found.columns)}. Compared with {found.replicates:,} schools in which nothing "
            f"stands out (seed {found.seed}); baseline: {' and '.join(found.baselines)}."
        )
