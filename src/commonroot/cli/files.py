"""The files and the part of them that a command is about: asked the same way everywhere."""

import datetime as dt
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from commonroot.briefs.brief import Request

FILE = click.Path(path_type=Path)
DATE = click.DateTime(["%Y-%m-%d"])
OPTIONS = (
    click.argument("incidents", type=FILE),
    click.option(
        "--enrolment",
        "--enrollment",
        type=FILE,
        help="Number of students, by school, grade and group.",
    ),
    click.option(
        "--calendar",
        type=FILE,
        help="School days (CSV), or days without school (iCalendar).",
    ),
    click.option(
        "--mapping",
        type=FILE,
        help="What each column holds (see: commonroot mapping).",
    ),
    click.option("--school", help="One school of the file."),
    click.option("--from", "first", type=DATE, help="First day, like 2025-09-02."),
    click.option("--to", "last", type=DATE, help="Last day."),
)


def take_files(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the arguments of a request, and the request as its first."""

    @wraps(command)
    def run(
        incidents: Path,
        enrolment: Path | None,
        calendar: Path | None,
        mapping: Path | None,
        school: str | None,
        first: dt.datetime | None,
        last: dt.datetime | None,
        **own: Any,
    ) -> None:
        request = Request(
            incidents,
            enrolment,
            calendar,
            mapping,
            school,
            first.date() if first else None,
            last.date() if last else None,
        )
        command(request, **own)

    for option in reversed(OPTIONS):
        run = option(run)
    return run
