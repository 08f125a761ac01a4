"""Days on which recording was off: the school says so, the software proposes."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from commonroot.domain.network.models import Person, Place
from commonroot.domain.records import day_actions
from commonroot.domain.records.day_actions import DaysError
from commonroot.domain.records.logging_days import find_logging_days
from commonroot.domain.records.queries import breaks_seen_by
from commonroot.domain.records.rules import MARK_DAYS
from commonroot.web.records.forms import DaysForm, UnmarkForm
from commonroot.web.shell.viewer import get_place, viewer_of


@require_http_methods(["GET", "HEAD", "POST"])
def list_logging_days(request: HttpRequest, place: uuid.UUID) -> HttpResponse:
    """List what is marked and what is proposed, and mark or unmark days."""
    viewer = viewer_of(request)
    school = get_place(viewer, place, MARK_DAYS)
    form = DaysForm()
    if request.method == "POST":
        form = DaysForm(request.POST)
        if change_days(viewer, school, request, form):
            return redirect("records:list-logging-days", school.pk)
    shown = {
        "place": school,
        "form": form,
        "days": find_logging_days(viewer, school),
        "marked": breaks_seen_by(viewer, school),
    }
    status = 422 if form.errors else 200
    return render(request, "records/list_logging_days.html", shown, status=status)


def change_days(
    viewer: Person, school: Place, request: HttpRequest, form: DaysForm
) -> bool:
    """Unmark the days that were named, or mark those of the form; False when they cannot be."""
    unmarking = UnmarkForm(request.POST)
    if unmarking.is_valid():
        key = unmarking.cleaned_data["unmark"]
        day_actions.unmark_break(by=viewer, school=school, key=key)
        messages.success(request, _("These days count as recorded again."))
        return True
    if not form.is_valid():
        return False
    first, last = form.cleaned_data["first"], form.cleaned_data["last"]
    try:
        day_actions.mark_break(by=viewer, school=school, first=first, last=last)
    except DaysError as error:
        form.add_error("last", str(error))
        return False
    messages.success(request, _("Marked. No rate is taken over these days."))
    return True
