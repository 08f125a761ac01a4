"""A school's bell schedule."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from commonroot.domain.network import calendar_actions
from commonroot.domain.network.actions import NetworkError
from commonroot.domain.network.bell_lines import Period, read_lines
from commonroot.domain.network.models import Person, Place
from commonroot.domain.network.queries import find_bell_period
from commonroot.domain.network.rules import KEEP_CALENDAR
from commonroot.web.network.forms import BellForm
from commonroot.web.network.schools import find_school, lead_to_schools
from commonroot.web.shell.viewer import viewer_of


@require_http_methods(["GET", "HEAD", "POST"])
def show_bells(request: HttpRequest, place: uuid.UUID) -> HttpResponse:
    """Show a school's bell schedule, and add periods to it."""
    viewer = viewer_of(request)
    school = find_school(viewer, place, KEEP_CALENDAR)
    if school is None:
        return lead_to_schools(request, place)
    form = BellForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and add_periods(viewer, school, form)
    ):
        messages.success(request, _("The bell schedule was changed."))
        return redirect("network:show-bells", school.pk)
    shown = {"place": school, "periods": school.bell_periods.all(), "form": form}
    status = 422 if form.errors else 200
    return render(request, "network/show_bells.html", shown, status=status)


def add_periods(viewer: Person, school: Place, form: BellForm) -> bool:
    """Add the periods of a form; False when a line of it is wrong, and then none."""
    there = [
        Period(each.name, each.start, each.end) for each in school.bell_periods.all()
    ]
    periods, problems = read_lines(form.cleaned_data["lines"], there)
    for problem in problems:
        form.add_error("lines", problem)
    if not problems:
        calendar_actions.add_bell_periods(by=viewer, school=school, periods=periods)
    return not problems


@require_POST
def remove_bell(request: HttpRequest, bell: uuid.UUID) -> HttpResponse:
    """Remove a period from a bell schedule."""
    viewer = viewer_of(request)
    found = find_bell_period(viewer, bell)
    if found is None:
        raise Http404
    try:
        calendar_actions.remove_bell_period(by=viewer, period=found)
    except NetworkError as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("The bell schedule was changed."))
    return redirect("network:show-bells", found.school_id)
