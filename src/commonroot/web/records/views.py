"""Files of incidents, and the meeting sheet that is counted from them."""

import datetime as dt
import tempfile
import time
import uuid
from pathlib import Path
from typing import Any

from csp.decorators import csp_replace
from django.contrib import messages
from django.core.cache import caches
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from commonroot.briefs.rows import BriefError
from commonroot.domain.audit.actions import note_look
from commonroot.domain.network.models import Person, Place
from commonroot.domain.records import actions
from commonroot.domain.records.choices import ImportState
from commonroot.domain.records.models import Import
from commonroot.domain.records.queries import (
    find_import,
    imports_seen_by,
)
from commonroot.domain.records.rules import IMPORT, SEE_SHEET
from commonroot.domain.records.sheets import find_sheet
from commonroot.domain.records.tasks import hand_over, progress_key
from commonroot.intake import MappingError, SecretError, UnreadableFileError
from commonroot.intake.rules import REASONS
from commonroot.web.shell.viewer import get_place, viewer_of

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
    problem = ""
    if request.method == "POST":
        given = request.FILES.get("file")
        if not isinstance(given, UploadedFile):
            problem = _("Choose a file first.")
        elif (given.size or 0) > MOST_BYTES:
            problem = _("The file is larger than 200 megabytes. Export fewer years.")
        else:
            try:
                return redirect(
                    "records:show-file", read_upload(viewer, school, given).pk
                )
            except (MappingError, UnreadableFileError, SecretError) as error:
                problem = str(error)
    return render(
        request,
        "records/list_files.html",
        {"place": school, "files": imports_seen_by(viewer, school), "problem": problem},
        status=422 if problem else 200,
    )


def read_upload(viewer: Person, school: Place, given: "UploadedFile[Any]") -> Import:
    """Read an upload out of a folder that is gone afterwards."""
    name = Path(given.name or "file").name
    with tempfile.TemporaryDirectory(prefix="commonroot-") as folder:
        path = Path(folder) / f"upload{Path(name).suffix[:8]}"
        with path.open("wb") as file:
            for chunk in given.chunks():
                file.write(chunk)
        return actions.give_file(by=viewer, school=school, path=path, name=name)


@require_safe
def show_file(request: HttpRequest, given: uuid.UUID) -> HttpResponse:
    """Show what was understood of a file, and what it would do or did."""
    viewer = viewer_of(request)
    found = get_import(viewer, given)
    note_look(by=viewer, kind="import", key=found.pk, place=found.school)
    shown = {
        "given": found,
        "place": found.school,
        "share": caches["kept"].get(progress_key(found.pk)),
        "understood": [
            (name.replace("_", " "), [each] if isinstance(each, str) else each)
            for name, each in found.report["columns"]["mapped"].items()
        ],
        "reasons": [
            (REASONS.get(code, code), rows)
            for code, rows in found.report["reasons"].items()
        ],
    }
    return render(request, "records/show_file.html", shown)


@require_POST
def take_in(request: HttpRequest, given: uuid.UUID) -> HttpResponse:
    """Take a file in."""
    viewer = viewer_of(request)
    found = get_import(viewer, given)
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
    messages.success(request, _("It was undone. What counted before counts again."))
    return redirect("records:show-file", found.pk)


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
    if files is not None:
        note_look(by=viewer, kind="sheet", key=school.pk, place=school)
        return files[name]
    shown = {"place": school, "problem": problem}
    status = 422 if problem else 200
    return render(request, "records/no_sheet.html", shown, status=status)


@csp_replace(SHEET_POLICY)  # type: ignore[arg-type]  # it takes arguments of the address too
@require_safe
def show_sheet(request: HttpRequest, place: uuid.UUID) -> HttpResponse:
    """Show a school's meeting sheet, as it is printed."""
    found = get_sheet(request, place, "brief.html")
    return HttpResponse(found) if isinstance(found, bytes) else found


@require_safe
def print_sheet(request: HttpRequest, place: uuid.UUID) -> HttpResponse:
    """Give a school's meeting sheet as a PDF."""
    found = get_sheet(request, place, "brief.pdf")
    if not isinstance(found, bytes):
        return found
    return HttpResponse(found, content_type="application/pdf")
