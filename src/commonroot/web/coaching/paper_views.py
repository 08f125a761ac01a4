"""One's own visits as a table that other programs read."""

import csv

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from commonroot.domain.audit.actions import note_look
from commonroot.domain.coaching.choices import Part
from commonroot.domain.coaching.queries import visits_of
from commonroot.domain.coaching.words import open_notes
from commonroot.domain.network.sight import today
from commonroot.web.shell.cells import write_cell
from commonroot.web.shell.viewer import viewer_of

HEADER = ("day", "school", "teacher", "coach", "state", *Part.values, "look_again")


@require_safe
def export_visits(request: HttpRequest) -> HttpResponse:
    """Give one's own visits with their words, a row each, as CSV."""
    viewer = viewer_of(request)
    note_look(by=viewer, kind="visit note", key=viewer.pk)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="visits-{today()}.csv"'
    writer = csv.writer(answer)
    writer.writerow(HEADER)
    for visit in visits_of(viewer).prefetch_related("notes__by"):
        notes = open_notes(visit, visit.notes.all())
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
