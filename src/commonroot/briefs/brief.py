"""The whole way from a file to a folder with a sheet in it."""

import csv
import datetime as dt
import io
import json
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from commonroot.briefs.document import make_document
from commonroot.briefs.facts import Facts, work_out
from commonroot.briefs.patterns import ScanRequest, StandingOut, scan_scope
from commonroot.briefs.render import render_page, render_print
from commonroot.briefs.rows import BriefError, Scope, choose_rows
from commonroot.briefs.sheet import make_sheet
from commonroot.engines import DuckDBEngine
from commonroot.intake import (
    Enrolment,
    Intake,
    SchoolDays,
    read_enrolment,
    read_incidents,
    read_school_days,
)
from commonroot.languages import gettext as _

Progress = Callable[[str, float], None]
MOST_ROWS_NAMED = 10


@dataclass(frozen=True)
class Request:
    """What was asked for on the command line or the page."""

    incidents: Path
    enrolment: Path | None = None
    calendar: Path | None = None
    mapping: Path | None = None
    school: str | None = None
    first: dt.date | None = None
    last: dt.date | None = None


@dataclass(frozen=True)
class Brief:
    """A finished sheet: its files by name, and what a person should be told."""

    files: dict[str, bytes]
    facts: Facts
    intake: Intake


@dataclass(frozen=True)
class Counted:
    """A file read and counted: what a sheet and a scan both begin with."""

    intake: Intake
    scope: Scope
    engine: DuckDBEngine
    facts: Facts
    enrolment: Enrolment | None
    school_days: SchoolDays | None


def count_file(request: Request, progress: Progress) -> Counted:
    """Read the files of a request and work out its facts."""
    if request.first and request.last and request.first > request.last:
        raise BriefError(f"--from {request.first} is after --to {request.last}.")
    intake = read_incidents(
        request.incidents,
        mapping_path=request.mapping,
        progress=lambda message: progress(message, 0.1),
    )
    enrolment = read_enrolment(request.enrolment) if request.enrolment else None
    school_days = read_school_days(request.calendar) if request.calendar else None
    progress("Counting", 0.3)
    return count_intake(intake, request, enrolment, school_days)


def count_intake(
    intake: Intake,
    request: Request,
    enrolment: Enrolment | None,
    school_days: SchoolDays | None,
) -> Counted:
    """Work out the facts of rows that have been read, of a request's school and period."""
    scope = choose_rows(
        intake.rows,
        intake.mapping,
        school=request.school,
        first=request.first,
        last=request.last,
    )
    engine = DuckDBEngine(scope.rows)
    facts = work_out(
        engine,
        scope,
        everyone=find_everyone(request, intake, scope),
        enrolment=enrolment,
        school_days=school_days,
    )
    return Counted(intake, scope, engine, facts, enrolment, school_days)


def scan_counted(
    counted: Counted, scan: ScanRequest, progress: Progress, share: tuple[float, float]
) -> StandingOut:
    """Scan what was counted, telling progress between two shares of the whole."""
    first, last = share
    return scan_scope(
        counted.engine,
        counted.scope,
        counted.facts,
        scan,
        enrolment=counted.enrolment,
        school_days=counted.school_days,
        progress=lambda done: progress(
            "Asking chance how far it goes", first + done * (last - first)
        ),
    )


def scan_file(
    request: Request,
    scan: ScanRequest,
    *,
    progress: Progress = lambda message, share: None,
) -> StandingOut:
    """Scan a file for what stands out. Raises what `make_brief` raises."""
    counted = count_file(request, progress)
    return scan_counted(counted, scan, progress, (0.4, 1.0))


def make_brief(
    request: Request,
    *,
    scan: ScanRequest | None = None,
    progress: Progress = lambda message, share: None,
) -> Brief:
    """Make the sheet and everything that lies beside it, in memory.

    Raises the intake's errors or `BriefError`, each with a sentence for a person.
    """
    counted = count_file(request, progress)
    return draw_brief(counted, request.incidents.name, scan, progress)


def draw_brief(
    counted: Counted,
    source: str,
    scan: ScanRequest | None = None,
    progress: Progress = lambda message, share: None,
) -> Brief:
    """Draw the sheet of what was counted; `source` names where the rows come from."""
    facts, intake = counted.facts, counted.intake
    found = scan_counted(counted, scan or ScanRequest(), progress, (0.4, 0.7))
    progress("Drawing", 0.7)
    sheet = make_sheet(facts, intake, found, source=source)
    sheet["notes"] = note_files(counted.enrolment, counted.school_days) + sheet["notes"]
    page = render_page(sheet)
    progress("Printing", 0.85)
    files = {
        "brief.html": page.encode(),
        "brief.pdf": render_print(sheet),
        "brief.json": write_json(
            {**make_document(facts, found), "questions": sheet["questions"]}
        ),
        "left-behind.csv": write_left(intake),
        "intake.json": write_json(intake.report),
    }
    progress("Done", 1.0)
    return Brief(files, facts, intake)


def find_everyone(
    request: Request, intake: Intake, scope: Scope
) -> tuple[DuckDBEngine, Scope] | None:
    """Give an engine over all schools of the file, when the sheet is about one of them."""
    if request.school is None or intake.rows["school"].n_unique() < 2:
        return None
    whole = choose_rows(
        intake.rows, intake.mapping, school=None, first=scope.first, last=scope.last
    )
    return DuckDBEngine(whole.rows), whole


def note_files(
    enrolment: Enrolment | None, school_days: SchoolDays | None
) -> list[str]:
    """Ask about what is odd in the enrolment and calendar files."""
    notes = []
    if enrolment and (jumps := enrolment.jumps()):
        notes.append(
            _(
                "Check the enrolment file: the number of students changed by half or more from "
                "one year to the next for {schools}."
            ).format(schools=", ".join(jumps))
        )
    unread = (
        (enrolment, _("Rows of the enrolment file that could not be read: {rows}.")),
        (school_days, _("Rows of the calendar file that could not be read: {rows}.")),
    )
    for file, told in unread:
        if file and file.rows_left:
            rows = ", ".join(map(str, file.rows_left[:MOST_ROWS_NAMED]))
            more = " …" if len(file.rows_left) > MOST_ROWS_NAMED else ""
            notes.append(told.format(rows=f"{rows}{more}"))
    return notes


def write_json(document: dict[str, Any]) -> bytes:
    """Write JSON that a person can read too."""
    return (json.dumps(document, indent=1, ensure_ascii=False) + "\n").encode()


def write_left(intake: Intake) -> bytes:
    """Write the rows left behind, with the reason for each."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(["row", "column", "value", "reason"])
    for left in intake.left:
        writer.writerow([left.row, left.column, left.value, left.reason])
    return file.getvalue().encode()


def save(brief: Brief, out: Path) -> None:
    """Write the files into a folder, each whole or not at all.

    Raises `BriefError` when the folder cannot be written.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, content in brief.files.items():
            replace_file(out / name, content)
    except OSError as error:
        raise BriefError(
            f"The sheet could not be written to {out}: {error.strerror}. "
            "Choose another folder with --out."
        ) from None


def replace_file(path: Path, content: bytes) -> None:
    """Put a file in place in one step, so that a killed program leaves the old one."""
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
