"""`commonroot brief`: a school's export becomes a meeting sheet."""

import datetime as dt
from pathlib import Path

import click

from commonroot.briefs import Brief, Request, make_brief, save
from commonroot.cli.problems import tell_problems
from commonroot.cli.progress import show_progress

FILE = click.Path(path_type=Path)
DATE = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.argument("incidents", type=FILE)
@click.option(
    "--enrolment",
    "--enrollment",
    type=FILE,
    help="Number of students, by school, grade and group.",
)
@click.option(
    "--calendar",
    type=FILE,
    help="School days (CSV), or days without school (iCalendar).",
)
@click.option(
    "--mapping", type=FILE, help="What each column holds (see: commonroot mapping)."
)
@click.option("--school", help="One school of the file.")
@click.option("--from", "first", type=DATE, help="First day, like 2025-09-02.")
@click.option("--to", "last", type=DATE, help="Last day.")
@click.option(
    "--out",
    type=FILE,
    default=Path("brief"),
    show_default=True,
    help="Folder for the sheet.",
)
def brief(
    incidents: Path,
    enrolment: Path | None,
    calendar: Path | None,
    mapping: Path | None,
    school: str | None,
    first: dt.datetime | None,
    last: dt.datetime | None,
    out: Path,
) -> None:
    """Make the meeting sheet of INCIDENTS, the behavior export of a school."""
    request = Request(
        incidents,
        enrolment,
        calendar,
        mapping,
        school,
        first.date() if first else None,
        last.date() if last else None,
    )
    with tell_problems(), show_progress() as progress:
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
