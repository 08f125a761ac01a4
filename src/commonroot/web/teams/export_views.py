"""A team's cycles as a table that other programs read."""

import csv
import uuid

from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from commonroot.domain.audit.actions import note_look
from commonroot.domain.network.sight import today
from commonroot.domain.teams.choices import write_factor
from commonroot.domain.teams.models import Cycle
from commonroot.domain.teams.queries import find_team, list_cycles
from commonroot.web.shell.cells import write_cell
from commonroot.web.shell.getting import get
from commonroot.web.shell.viewer import viewer_of

HEADER = (
    "opened", "what", "where", "when", "who", "how_often", "since", "why", "factors",
    "students", "families", "change", "owner", "start", "review", "hoped_for",
    "done", "done_on", "helped", "ratio", "low", "high", "checked_on", "ending", "ended",
    "learned",
)  # fmt: skip


@require_safe
def export_cycles(request: HttpRequest, team: uuid.UUID) -> HttpResponse:
    """Give a team's cycles, a row each, as CSV."""
    viewer = viewer_of(request)
    found = get(find_team, viewer, team)
    note_look(by=viewer, kind="cycles", key=found.pk, place=found.place)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    name = f"{slugify(found.place.name)}-cycles-{today()}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    writer = csv.writer(answer)
    writer.writerow(HEADER)
    for cycle in list_cycles(found):
        writer.writerow([write_cell(each) for each in tell_cycle(cycle)])
    return answer


def tell_cycle(cycle: Cycle) -> list[object]:
    """Tell a cycle as a row."""
    change = getattr(cycle, "change", None)
    voices = {each.whom: each.heard or each.reason for each in cycle.voices.all()}
    done = next(iter(change.done_reports.all()), None) if change else None
    check = next(iter(change.checks.all()), None) if change else None
    return [
        cycle.opened, cycle.what, cycle.where, cycle.when, cycle.who, cycle.how_often,
        cycle.since, cycle.why, "; ".join(write_factor(each) for each in cycle.factors),
        voices.get("students"), voices.get("families"),
        *((change.what, change.owner, change.start, change.review, change.goal) if change else [None] * 5),
        *((done.done, done.on) if done else [None] * 2),
        *((check.helped, check.ratio, check.low, check.high, check.on) if check else [None] * 5),
        cycle.ending, cycle.ended, cycle.learned,
    ]  # fmt: skip
