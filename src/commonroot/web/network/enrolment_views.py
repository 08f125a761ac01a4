"""How many students a school has."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from commonroot.domain.network.actions import NetworkError
from commonroot.domain.network.calendar_actions import tell_staffing as tell
from commonroot.domain.network.models import Person, Place, SchoolFile
from commonroot.domain.network.rules import KEEP_CALENDAR
from commonroot.domain.network.school_file_actions import give_enrolment
from commonroot.intake import MappingError, UnreadableFileError
from commonroot.web.network.forms import StaffingForm
from commonroot.web.network.schools import find_school, lead_to_schools
from commonroot.web.network.student_numbers import release_years
from commonroot.web.shell.uploads import FileForm, keep_for_now
from commonroot.web.shell.viewer import viewer_of


@require_http_methods(["GET", "HEAD", "POST"])
def show_enrolment(request: HttpRequest, place: uuid.UUID) -> HttpResponse:
    """Show a school's numbers of students, and take a file of them."""
    viewer = viewer_of(request)
    school = find_school(viewer, place, KEEP_CALENDAR)
    if school is None:
        return lead_to_schools(request, place)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = read_enrolment(viewer, school, form)
        if given is not None:
            return redirect("network:show-school-file", given.pk)
    counts = school.enrolment.order_by("-school_year", "pk").values_list(
        "school_year", "column", "value", "students"
    )
    shown = {
        "place": school,
        "years": release_years(counts),
        "form": form,
        "staffing": school.staffing.all(),
        "staffing_form": StaffingForm(),
    }
    status = 422 if form.errors else 200
    return render(request, "network/show_enrolment.html", shown, status=status)


@require_http_methods(["POST"])
def tell_staffing(request: HttpRequest, place: uuid.UUID) -> HttpResponse:
    """Write down how many educators work at a school."""
    viewer = viewer_of(request)
    school = find_school(viewer, place, KEEP_CALENDAR)
    if school is None:
        return lead_to_schools(request, place)
    form = StaffingForm(request.POST)
    if form.is_valid():
        try:
            tell(by=viewer, school=school, **form.cleaned_data)
        except NetworkError as problem:
            form.add_error("source", str(problem))
        else:
            messages.success(request, _("It is written down."))
            return redirect("network:show-enrolment", school.pk)
    shown = {
        "place": school,
        "staffing": school.staffing.all(),
        "staffing_form": form,
        "form": FileForm(),
    }
    return render(request, "network/show_enrolment.html", shown, status=422)


def read_enrolment(viewer: Person, school: Place, form: FileForm) -> SchoolFile | None:
    """Read what was given; None when the form now says why it cannot be read."""
    try:
        with keep_for_now(form.cleaned_data["file"]) as path:
            return give_enrolment(by=viewer, school=school, path=path)
    except (NetworkError, MappingError, UnreadableFileError) as error:
        form.add_error("file", str(error))
        return None
