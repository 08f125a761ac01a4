"""One's own visits on paper: a sheet to take along, and a table that other programs read."""

import csv
import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commonroot.domain.audit.actions import note_look
from commonroot.domain.coaching.choices import Part
from commonroot.domain.coaching.queries import find_visit, visits_of
from commonroot.domain.coaching.words import open_each
from commonroot.domain.network.sight import today
from commonroot.web.coaching.visit_page import read_notes
from commonroot.web.shell.cells import write_cell
from commonroot.web.shell.getting import get
from commonroot.web.shell.viewer import viewer_of

HEADER = ("day", "school", "teacher", "coach", "state", *Part.values, "look_again")


@require_safe
def print_visit(request: HttpRequest, visit: uuid.UUID) -> HttpResponse:
    """Show a visit as a sheet to print: what is written already, and lines to write on."""
    viewer = viewer_of(request)
    found = get(find_visit, viewer, visit)
    notes = read_notes(viewer, found)
    parts = [(part, [each for each in notes if each.part == part]) for part in Part]
    shown = {"visit": found, "parts": parts}
    return render(request, "coaching/print_visit.html", shown)


@require_safe
def export_visits(request: HttpRequest) -> HttpResponse:
    """Give one's own visits with their words, a row each, as CSV."""
    viewer = viewer_of(request)
    note_look(by=viewer, kind="visit note", key=viewer.pk)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="visits-{today()}.csv"'
    writer = csv.writer(answer)
    writer.writerow(HEADER)
    for visit, notes in open_each(visits_of(viewer)):
        words = [
            "\n".join(
                f"{each.by.name if each.by else ''}: {each.words or ''}"
                for each in notes
                if each.part == part
            )
            for part in Part
        ]
        row = [
            visit.day,
            visit.school.name,
            visit.pair.teacher.name,
            visit.pair.coach.name,
            visit.state,
            *words,
            visit.again,
        ]
        writer.writerow([write_cell(each) for each in row])
    return answer
