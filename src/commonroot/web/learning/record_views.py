"""One's own hours: what one attended and taught, certificates, and the table."""

import csv
import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commonroot.domain.learning.choices import Part
from commonroot.domain.learning.models import Attendance
from commonroot.domain.learning.path_evidence import gather_evidence
from commonroot.domain.learning.path_queries import (
    find_attended_seat,
    paths_of,
    seats_of,
)
from commonroot.domain.network.sight import today
from commonroot.web.learning.certificates import draw_certificate
from commonroot.web.shell.cells import write_cell
from commonroot.web.shell.getting import get
from commonroot.web.shell.viewer import viewer_of

HEADER = ("day", "workshop", "as", "minutes", "kind_of_hours")


@require_safe
def show_record(request: HttpRequest) -> HttpResponse:
    """Show one's own hours: those in which one took part, and those one taught."""
    viewer = viewer_of(request)
    evidence = gather_evidence(viewer)
    taught = sum(each.minutes for each in evidence.taught if each.part != Part.OBSERVER)
    shown = {
        "seats": seats_of(viewer),
        "evidence": evidence,
        "participant": round(evidence.attended_minutes / 60, 1),
        "taught": round(taught / 60, 1),
        "paths": paths_of(viewer),
    }
    return render(request, "learning/show_record.html", shown)


@require_safe
def export_record(request: HttpRequest) -> HttpResponse:
    """Give one's own hours as CSV, a row a session."""
    viewer = viewer_of(request)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="hours-{today()}.csv"'
    writer = csv.writer(answer)
    writer.writerow(HEADER)
    present = Attendance.objects.filter(
        seat__person=viewer, session__held__isnull=False
    ).select_related("session__series__workshop")
    rows = [
        (
            each.session.day,
            str(each.session.series),
            _("took part"),
            each.minutes,
            "participant",
        )
        for each in present
    ]
    rows += [
        (each.day, each.workshop, str(each.part.label), each.minutes, "taught")
        for each in gather_evidence(viewer).taught
        if each.part is not None and each.part != Part.OBSERVER
    ]
    for row in sorted(rows, key=lambda row: row[0]):
        writer.writerow([write_cell(cell) for cell in row])
    return answer


@require_safe
def print_certificate(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Give the certificate of a series that one attended, as a PDF."""
    found = get(find_attended_seat, viewer_of(request), key)
    answer = HttpResponse(draw_certificate(found), content_type="application/pdf")
    name = slugify(str(found.series))
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer
