"""Files of incidents, and the meeting sheet that is counted from them."""

import datetime as dt
import tempfile
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.cache import caches
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from commonroot.briefs.rows import BriefError
from commonroot.domain.audit.actions import note_look
from commonroot.domain.network.models import Person, Place
from commonroot.domain.network.sight import find_reason, today
from commonroot.domain.records import actions
from commonroot.domain.records.choices import ImportState
from commonroot.domain.records.models import Import
from commonroot.domain.records.queries import (
    find_import,
    imports_seen_by,
    sample_import,
)
from commonroot.domain.records.rules import IMPORT, SEE_SHEET
from commonroot.domain.records.sheets import PeriodError, find_sheet, list_periods
from commonroot.domain.records.tasks import hand_over, progress_key
from commonroot.intake import (
    MappingError,
    SecretError,
    UnreadableFileError,
    is_known,
    read_source,
    show_header,
)
from commonroot.intake.labels import WITHHELD
from commonroot.intake.rules import say_reason
from commonroot.intake.words import (
    say_field,
    say_guess,
    say_guessed,
    say_header,
    say_taken,
)
from commonroot.web.shell.viewer import get_place, viewer_of

CHOOSABLE = (
    ("date", gettext_lazy("Day")),
    ("time", gettext_lazy("Time of day")),
    ("location", gettext_lazy("Place")),
    ("behaviour", gettext_lazy("What happened")),
    ("response", gettext_lazy("What was done")),
    ("student", gettext_lazy("Student’s number")),
    ("grade", gettext_lazy("Grade")),
    ("incident_id", gettext_lazy("Number of the incident")),
)
# What stands in a row for no label of the file's own; both are marked for the sheet.
NOT_OWN = (WITHHELD, "Ungraded")
MOMENT = 3.0
MOST_BYTES = 200 * 1024 * 1024
# The sheet brings its own style and nothing else; no script can run in it.
SHEET_POLICY = {"style-src": ["'unsafe-inline'"], "script-src": ["'none'"]}


def get_import(viewer: Person, key: uuid.UUID) -> Import:
    """Get an import of a school whose files somebody may see."""
    found = find_import(viewer, key)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def list_files(request: HttpRequest, place: uuid.UUID) -> HttpResponse:
    """List a school's files, and take another one."""
    viewer = viewer_of(request)
    school = get_place(viewer, place, IMPORT)
    problem, choices = "", []
    if request.method == "POST":
        given = request.FILES.get("file")
        if not isinstance(given, UploadedFile):
            problem = _("Choose a file first.")
        elif (given.size or 0) > MOST_BYTES:
            problem = _("The file is larger than 200 megabytes. Export fewer years.")
        else:
            try:
                columns = read_choices(request, given)
                found = read_upload(viewer, school, given, columns)
                return redirect("records:show-file", found.pk)
            except MappingError as error:
                problem, choices = error.said, list_choices(given)
            except UnreadableFileError as error:
                problem = error.said
            except SecretError as error:
                problem = str(error)
    return render(
        request,
        "records/list_files.html",
        {
            "place": school,
            "files": imports_seen_by(viewer, school),
            "problem": problem,
            "choices": choices,
        },
        status=422 if problem else 200,
    )


@contextmanager
def lay_down(given: "UploadedFile[Any]") -> Iterator[Path]:
    """Lay an upload into a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="commonroot-") as folder:
        path = Path(folder) / f"upload{Path(given.name or 'file').suffix[:8]}"
        with path.open("wb") as file:
            for chunk in given.chunks():
                file.write(chunk)
        yield path


def read_upload(
    viewer: Person,
    school: Place,
    given: "UploadedFile[Any]",
    columns: Mapping[str, str],
) -> Import:
    """Read an upload by the columns that were chosen, if any were."""
    with lay_down(given) as path:
        return actions.give_file(
            by=viewer,
            school=school,
            path=path,
            name=Path(given.name or "file").name,
            columns=columns,
        )


def read_headers(given: "UploadedFile[Any]") -> list[str]:
    """Read the headers of an upload; none of a file that cannot be read."""
    with lay_down(given) as path:
        try:
            return list(read_source(path).headers)
        except UnreadableFileError:
            return []


def read_choices(request: HttpRequest, given: "UploadedFile[Any]") -> dict[str, str]:
    """Read which column somebody chose for which field, by the column's number."""
    asked = {
        field: request.POST.get(f"column-{field}", "") for field, _label in CHOOSABLE
    }
    if not any(asked.values()):
        return {}
    headers = dict(enumerate(read_headers(given), start=1))
    return {
        field: headers[int(number)]
        for field, number in asked.items()
        if number.isdecimal() and int(number) in headers
    }


def list_choices(given: "UploadedFile[Any]") -> list[tuple[str, str, list[str]]]:
    """List the fields that somebody can choose a column for, with the columns.

    A header that could be a person's name is shown as its number.
    """
    headers = read_headers(given)
    strictly = not any(is_known(header) for header in headers)
    shown = [
        say_header(show_header(header, at, strictly=strictly))
        for at, header in enumerate(headers, start=1)
    ]
    return [(field, str(label), shown) for field, label in CHOOSABLE] if shown else []


@require_safe
def show_file(request: HttpRequest, given: uuid.UUID) -> HttpResponse:
    """Show what was understood of a file, and what it would do or did."""
    viewer = viewer_of(request)
    found = get_import(viewer, given)
    note_look(by=viewer, kind="import", key=found.pk, place=found.school)
    shown = {
        "given": found,
        "place": found.school,
        "first_day": read_report_day(found, "first_day"),
        "last_day": read_report_day(found, "last_day"),
        "sample": [tell_row(row) for row in sample_import(viewer, found)],
        "guesses": list(list_guesses(found.report)),
        "share": caches["kept"].get(progress_key(found.pk)),
        "understood": [
            (
                say_field(name),
                list(map(say_header, [each] if isinstance(each, str) else each)),
            )
            for name, each in found.report["columns"]["mapped"].items()
        ],
        "reasons": [
            (say_reason(code), rows) for code, rows in found.report["reasons"].items()
        ],
        "dropped": list(list_dropped(found.report["columns"])),
        "unmapped": list(map(say_header, found.report["columns"]["unmapped"])),
    }
    return render(request, "records/show_file.html", shown)


def list_guesses(report: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """List what was guessed of a file, with what it was guessed to be.

    Older reports have an English sentence of what was taken from where.
    """
    for name, guessed in report.get("guesses", {}).items():
        if name == "columns" and report.get("taken"):
            told = ", ".join(say_taken(*each) for each in report["taken"])
            yield say_guess(name), told
        elif guessed is not None:
            yield say_guess(name), say_guessed(name, guessed)


def list_dropped(columns: Mapping[str, Any]) -> Iterator[str]:
    """List the columns that were dropped; one that we did not know of says why."""
    whys = {each["column"]: each["why"] for each in columns.get("refused", ())}
    for header in columns["dropped"]:
        why = f": {_(whys[header])}" if header in whys else ""
        yield say_header(header) + why


def tell_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """Tell one row of a file; of each label, whether it is the file's own."""
    cells = [row[name] or "" for name in ("location", "behaviour", "grade", "response")]
    return {
        "date": row["date"],
        "minute": write_minute(row["minute"]),
        "cells": [
            (_(cell), False) if cell in NOT_OWN else (cell, True) for cell in cells
        ],
    }


def write_minute(told: object) -> str:
    """Write a minute of the day as a clock shows it; nothing for a time that is not known."""
    minute = int(str(told)) if told is not None else -1
    return f"{minute // 60}:{minute % 60:02d}" if minute >= 0 else ""


def read_report_day(given: Import, name: str) -> dt.date | None:
    """Read a day of a file's report; older reports have none."""
    told = given.report.get(name)
    return dt.date.fromisoformat(told) if told else None


@require_POST
def take_in(request: HttpRequest, given: uuid.UUID) -> HttpResponse:
    """Take a file in."""
    viewer = viewer_of(request)
    found = get_import(viewer, given)
    if found.report.get("of_another_school") and "sure" not in request.POST:
        messages.error(request, _("Say first that this file is of this school."))
        return redirect("records:show-file", found.pk)
    hand_over(by=viewer, given=found)
    if wait_for(viewer, given) == ImportState.TAKEN_IN:
        messages.success(
            request, _("The file was taken in. The sheet counts it from now on.")
        )
    return redirect("records:show-file", found.pk)


def wait_for(viewer: Person, key: uuid.UUID) -> str:
    """Wait a moment for a file to be taken in: most are small. Gives its state."""
    state = get_import(viewer, key).state
    end = time.monotonic() + MOMENT
    while state == ImportState.ON_ITS_WAY and time.monotonic() < end:
        time.sleep(MOMENT / 20)
        state = get_import(viewer, key).state
    return state


@require_POST
def undo(request: HttpRequest, given: uuid.UUID) -> HttpResponse:
    """Undo an import whole, or set aside a file that was not taken in."""
    viewer = viewer_of(request)
    found = actions.undo(by=viewer, given=get_import(viewer, given))
    messages.success(request, tell_undone(found.state))
    return redirect("records:show-file", found.pk)


def tell_undone(state: str) -> str:
    """Say what an undoing did: a file that was never taken in is only set aside."""
    if state == ImportState.SET_ASIDE:
        return _("It was set aside. Nothing had been taken in.")
    return _("It was undone. What counted before counts again.")


def read_day(request: HttpRequest, name: str) -> dt.date | None:
    """Read a day out of the address; none when it is missing or cannot be read."""
    try:
        return dt.date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return None


def get_sheet(request: HttpRequest, key: uuid.UUID, name: str) -> bytes | HttpResponse:
    """Get a file of the sheet that an address asks for, or the page that says why not."""
    viewer = viewer_of(request)
    school = get_place(viewer, key, SEE_SHEET)
    problem, files = "", None
    try:
        first, last = read_day(request, "from"), read_day(request, "to")
        files = find_sheet(viewer, school, first, last)
    except BriefError as error:
        problem = str(error)
    except PeriodError:
        problem = _(
            "You can open whole school years. Other periods are for the school’s own team, "
            "because two periods beside each other can tell what a small number hides."
        )
    if files is not None:
        note_look(by=viewer, kind="sheet", key=school.pk, place=school)
        return files[name]
    shown = {
        "place": school,
        "problem": problem,
        "periods": list_periods(school),
        "may_import": find_reason(viewer, IMPORT, school) is not None,
    }
    status = 422 if problem else 200
    return render(request, "records/no_sheet.html", shown, status=status)


@require_safe
def show_sheet(request: HttpRequest, place: uuid.UUID) -> HttpResponse:
    """Show a school's meeting sheet, as it is printed, with the way back above it."""
    found = get_sheet(request, place, "brief.html")
    if not isinstance(found, bytes):
        return found
    school = get_place(viewer_of(request), place, SEE_SHEET)
    way = render_to_string(
        "records/sheet_way.html",
        {"place": school, "periods": list_periods(school), "asked": request.GET},
        request,
    )
    icon = f'<link rel="icon" href="{static("shell/mark.svg")}"></head>'
    page = found.replace(b"</head>", icon.encode(), 1)
    answer = HttpResponse(page.replace(b"<body>", b"<body>" + way.encode(), 1))
    answer._csp_replace = SHEET_POLICY  # type: ignore[attr-defined]  # as its decorator does
    return answer


@require_safe
def print_sheet(request: HttpRequest, place: uuid.UUID) -> HttpResponse:
    """Give a school's meeting sheet as a PDF."""
    found = get_sheet(request, place, "brief.pdf")
    if not isinstance(found, bytes):
        return found
    school = get_place(viewer_of(request), place, SEE_SHEET)
    answer = HttpResponse(found, content_type="application/pdf")
    name = f"{slugify(school.name)}-{today()}.pdf"
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer
