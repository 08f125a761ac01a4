"""Partnerships as a table that other programs read."""

import csv
import uuid
from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from commonroot.domain.audit.actions import note_look
from commonroot.domain.network.models import Person
from commonroot.domain.network.school_years import name_year
from commonroot.domain.network.sight import today
from commonroot.domain.partnerships.models import Partnership, SchoolPart, Step
from commonroot.domain.partnerships.queries import list_readiness, list_steps
from commonroot.domain.partnerships.rules import SEE_PAYERS
from commonroot.domain.partnerships.sides import find_part_reason
from commonroot.web.partnerships.presence import PresenceYear, read_presence
from commonroot.web.partnerships.show_views import read_whole
from commonroot.web.shell.cells import write_cell
from commonroot.web.shell.getting import get
from commonroot.web.shell.viewer import viewer_of

HEADER = ("row", "what", "who", "side", "first", "last", "state", "words")
Row = tuple[object, ...]


@require_safe
def export_partnership(request: HttpRequest, partnership: uuid.UUID) -> HttpResponse:
    """Give a partnership as CSV, a row for each stage, school, step, note and line."""
    viewer = viewer_of(request)
    found = get(read_whole, viewer, partnership)
    note_look(by=viewer, kind="partnership", key=found.pk, place=found.district)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    name = f"{slugify(found.district.name)}-partnership-{today()}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    writer = csv.writer(answer)
    writer.writerow(HEADER)
    for row in list_rows(viewer, found):
        writer.writerow([write_cell(each) for each in row])
    return answer


def list_rows(viewer: Person, partnership: Partnership) -> Iterable[Row]:
    """List the rows of a partnership, as far as somebody may see it."""
    yield (
        "partnership", partnership.district, partnership.partner, "",
        name_year(partnership.first_year), name_year(partnership.last_year), "", "",
    )  # fmt: skip
    for reached in partnership.stages_reached.all():
        yield "stage", reached, "", "", reached.day, "", "", reached.evidence
    for part in partnership.parts.all():
        yield from list_school(part)
    for step in list_steps(partnership):
        yield from list_step(step)
    for note in list_readiness(partnership):
        yield "readiness", note.school, note.by, "", note.day, "", "", note.text
    for renewal in partnership.renewals.select_related("owner"):
        words = renewal.line or renewal.about
        yield (
            "renewal", "", renewal.owner, "", renewal.day, renewal.settled,
            renewal.ending, words,
        )  # fmt: skip
    for year in read_presence(partnership, today()):
        yield from list_taught(year)
    if find_part_reason(viewer, SEE_PAYERS, partnership):
        for line in partnership.pay_lines.all():
            yield "pays", line.what, line.payer, "", line.year_name, "", "", line.amount


def list_school(part: SchoolPart) -> Iterable[Row]:
    """List a school's part, and since when as a whole school."""
    yield "school", part.school, "", "", part.first, part.last, "", ""
    for whole in part.wholes.all():
        yield "whole school", part.school, "", "", whole.first, whole.last, "", ""


def list_step(step: Step) -> Iterable[Row]:
    """List a step, and each thing that became of it."""
    yield "step", step.what, step.whose, step.side, "", step.by_when, step.state, ""
    for turn in step.turns.all():
        yield "turn", step.what, turn.by, "", turn.before, turn.on, turn.turn, turn.line


def list_taught(year: PresenceYear) -> Iterable[Row]:
    """List the hours taught and visited in a year by each side; none where nothing was recorded."""
    state = "whole year" if year.is_over else "under way"
    for side, minutes in (("outside", year.outside), ("own", year.own)):
        hours = round(minutes / 60, 2) if year.is_recorded else ""
        yield "hours taught and visited", hours, "", side, year.name, "", state, ""
