"""A calendar or an enrolment that somebody gave: what it would do, and the yes."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from commonroot.domain.network import school_file_actions
from commonroot.domain.network.actions import NetworkError
from commonroot.domain.network.choices import FileState, SchoolFileKind
from commonroot.domain.network.models import Person, SchoolFile
from commonroot.domain.network.queries import find_school_file
from commonroot.web.network.student_numbers import release_years
from commonroot.web.shell.viewer import viewer_of

PAGES = {
    SchoolFileKind.CALENDAR: "network:show-calendar",
    SchoolFileKind.ENROLMENT: "network:show-enrolment",
}


def get_school_file(viewer: Person, key: uuid.UUID) -> SchoolFile:
    """Get a file of a school whose calendar somebody may keep."""
    found = find_school_file(viewer, key)
    if found is None:
        raise Http404
    return found


@require_safe
def show_school_file(request: HttpRequest, given: uuid.UUID) -> HttpResponse:
    """Show what a file would change, or that it was decided."""
    found = get_school_file(viewer_of(request), given)
    is_calendar = found.kind == SchoolFileKind.CALENDAR
    shown: dict[str, Any] = {
        "given": found,
        "place": found.school,
        "back": PAGES[SchoolFileKind(found.kind)],
        "waits": found.state == FileState.WAITING,
        "is_calendar": is_calendar,
    }
    shown |= tell_days(found) if is_calendar else tell_students(found)
    return render(request, "network/show_school_file.html", shown)


def tell_days(given: SchoolFile) -> dict[str, Any]:
    """Tell what a calendar would change."""
    planned = school_file_actions.plan_days_of(given)
    years = {year.name: year for year in given.school.school_years.all()}
    return {
        "days": [
            (each, len(each.days), len(each.new), len(each.gone)) for each in planned
        ],
        "changes": any(
            each.new
            or each.gone
            or each.year not in years
            or (years[each.year].first, years[each.year].last)
            != (each.first, each.last)
            for each in planned
        ),
    }


def tell_students(given: SchoolFile) -> dict[str, Any]:
    """Tell what an enrolment would change; small numbers are not told."""
    planned = school_file_actions.plan_counts_of(given)
    return {
        "counts": planned,
        "years": release_years(row[:4] for each in planned for row in each.rows),
        "changes": any(each.new or each.changed or each.gone for each in planned),
    }


@require_POST
def take_in_school_file(request: HttpRequest, given: uuid.UUID) -> HttpResponse:
    """Take a file in."""
    viewer = viewer_of(request)
    found = get_school_file(viewer, given)
    try:
        done = school_file_actions.take_in_school_file(by=viewer, given=found)
    except NetworkError as problem:
        messages.error(request, str(problem))
    else:
        if done.state == FileState.TAKEN_IN:
            messages.success(request, _("The file was taken in."))
    return redirect(PAGES[SchoolFileKind(found.kind)], found.school_id)


@require_POST
def set_aside_school_file(request: HttpRequest, given: uuid.UUID) -> HttpResponse:
    """Set a file aside."""
    viewer = viewer_of(request)
    found = get_school_file(viewer, given)
    try:
        school_file_actions.set_aside_school_file(by=viewer, given=found)
    except NetworkError as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("It was set aside, and what it said is forgotten."))
    return redirect(PAGES[SchoolFileKind(found.kind)], found.school_id)
