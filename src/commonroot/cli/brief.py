"""`commonroot brief`: a school's export becomes a meeting sheet."""

from pathlib import Path

import click

from commonroot.briefs.brief import Brief, Request, make_brief, save
from commonroot.cli.files import FILE, take_files
from commonroot.cli.problems import tell_problems
from commonroot.cli.progress import show_progress
from commonroot.languages import ENGLISH, LANGUAGES, speaking


@click.command()
@take_files
@click.option(
    "--out",
    type=FILE,
    default=Path("brief"),
    show_default=True,
    help="Folder for the sheet.",
)
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    default=ENGLISH,
    show_default=True,
    help="The language of the sheet: English or Spanish.",
)
def brief(request: Request, out: Path, language: str) -> None:
    """Make the meeting sheet of INCIDENTS, the behavior export of a school."""
    with tell_problems(), show_progress() as progress, speaking(language):
        made = make_brief(request, progress=progress)
        save(made, out)
    tell(made, out)


def tell(made: Brief, out: Path) -> None:
    """Say what was made, what was guessed and what was left behind."""
    report = made.intake.report
    system = report["guesses"].get("system")
    mapped = ", ".join(
        f"{name} = {header if isinstance(header, str) else ' + '.join(header)}"
        for name, header in report["columns"]["mapped"].items()
    )
    click.echo(f"Read as {system or 'a table with known headers'}: {mapped}.")
    if report["columns"]["dropped"]:
        click.echo(f"Dropped at the door: {', '.join(report['columns']['dropped'])}.")
    for refused in report["columns"]["refused"]:
        click.echo(f"Refused: the column {refused['column']} ({refused['why']}).")
    unfound = report["guesses"].get("mapping_labels_not_found")
    if unfound:
        click.echo(
            f"Named in the mapping and not found in the file: {', '.join(unfound)}."
        )
    left = report["duplicates"] + report["left_behind"]
    click.echo(
        f"{report['rows_read']:,} rows read, {report['rows_used']:,} used, {left:,} left behind"
        + (f" (see {out / 'left-behind.csv'})." if left else ".")
    )
    click.echo(f"The sheet is in {out / 'brief.html'} and {out / 'brief.pdf'}.")
