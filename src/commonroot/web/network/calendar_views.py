"""A school's days and terms."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from commonroot.domain.network import calendar_actions
from commonroot.domain.network.actions import NetworkError
from commonroot.domain.network.models import Person, Place, SchoolFile
from commonroot.domain.network.queries import find_term
from commonroot.domain.network.rules import KEEP_CALENDAR
from commonroot.domain.network.school_file_actions import give_calendar
from commonroot.intake import MappingError, UnreadableFileError
from commonroot.web.network.forms import CalendarForm, TermForm
from commonroot.web.network.school_years import list_years
from commonroot.web.network.schools import find_school, lead_to_schools
from commonroot.web.shell.uploads import keep_for_now
from commonroot.web.shell.viewer import viewer_of

# Two forms of one page have fields of the same name.
TERM_FIELDS = "term_%s"


@require_http_methods(["GET", "HEAD", "POST"])
def show_calendar(request: HttpRequest, place: uuid.UUID) -> HttpResponse:
    """Show a school's years with their terms, and take a file of school days."""
    viewer = viewer_of(request)
    school = find_school(viewer, place, KEEP_CALENDAR)
    if school is None:
        return lead_to_schools(request, place)
    form = CalendarForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = read_calendar(viewer, school, form)
        if given is not None:
            return redirect("network:show-school-file", given.pk)
    return show_page(
        request, school, form, TermForm(school=school, auto_id=TERM_FIELDS)
    )


def show_page(
    request: HttpRequest, school: Place, form: CalendarForm, term_form: TermForm
) -> HttpResponse:
    """Show the page with its two forms."""
    shown = {
        "place": school,
        "years": list_years(school),
        "form": form,
        "term_form": term_form,
    }
    status = 422 if form.errors or term_form.errors else 200
    return render(request, "network/show_calendar.html", shown, status=status)


def read_calendar(
    viewer: Person, school: Place, form: CalendarForm
) -> SchoolFile | None:
    """Read what was given; None when the form now says why it cannot be read."""
    told = form.cleaned_data
    try:
        with keep_for_now(told["file"]) as path:
            return give_calendar(
                by=viewer,
                school=school,
                path=path,
                first=told["first"],
                last=told["last"],
            )
    except (NetworkError, MappingError, UnreadableFileError) as error:
        form.add_error("file", str(error))
        return None


@require_POST
def add_term(request: HttpRequest, place: uuid.UUID) -> HttpResponse:
    """Add a term to one of a school's years."""
    viewer = viewer_of(request)
    school = find_school(viewer, place, KEEP_CALENDAR)
    if school is None:
        return lead_to_schools(request, place)
    form = TermForm(request.POST, school=school, auto_id=TERM_FIELDS)
    if form.is_valid():
        try:
            calendar_actions.add_term(by=viewer, **form.cleaned_data)
        except NetworkError as problem:
            form.add_error("last", str(problem))
        else:
            messages.success(request, _("The term was added."))
            return redirect("network:show-calendar", school.pk)
    return show_page(request, school, CalendarForm(), form)


@require_POST
def remove_term(request: HttpRequest, term: uuid.UUID) -> HttpResponse:
    """Remove a term."""
    viewer = viewer_of(request)
    found = find_term(viewer, term)
    if found is None:
        raise Http404
    try:
        calendar_actions.remove_term(by=viewer, term=found)
    except NetworkError as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("The term was removed."))
    return redirect("network:show-calendar", found.school_year.school_id)
