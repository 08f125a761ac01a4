"""How long a school keeps its records, what went, and erasing a student on request."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from commonroot.domain.network.models import Person, Place
from commonroot.domain.records import erasure_actions, expiry_actions
from commonroot.domain.records.choices import EntriesCount
from commonroot.domain.records.erasure_actions import ErasureError
from commonroot.domain.records.keeping import find_oldest_year, list_gone
from commonroot.domain.records.queries import (
    erasures_seen_by,
    find_kept_year,
    find_rule,
    kept_years_seen_by,
)
from commonroot.domain.records.rules import KEEP, SEE_SHEET
from commonroot.domain.records.tasks import clean_free_space
from commonroot.web.records.forms import ErasureForm, RuleForm
from commonroot.web.shell.viewer import get_place, viewer_of

SLICES = (
    ("location", gettext_lazy("Where")),
    ("month", gettext_lazy("Which month")),
    ("behaviour", gettext_lazy("What")),
    ("response", gettext_lazy("What was done")),
)


@require_http_methods(["GET", "HEAD", "POST"])
def show_keeping(request: HttpRequest, place: uuid.UUID) -> HttpResponse:
    """Show how long records are kept and what went, and change the rule."""
    viewer = viewer_of(request)
    school = get_place(viewer, place, KEEP)
    rule = find_rule(school)
    start = {"years_kept": rule.years_kept, "entries_count": rule.entries_count}
    form = RuleForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        gone = list_gone(school, form.cleaned_data["years_kept"])
        if gone and "sure" not in request.POST:
            asked = {"place": school, "form": form, "gone": gone}
            return render(request, "records/sure_of_rule.html", asked)
        expiry_actions.set_rule(
            by=viewer,
            school=school,
            years_kept=form.cleaned_data["years_kept"],
            entries_count=EntriesCount(form.cleaned_data["entries_count"]),
        )
        messages.success(request, _("The rule is kept."))
        return redirect("records:show-keeping", school.pk)
    return show_page(request, viewer, school, form, ErasureForm())


def ask_about_erasure(
    request: HttpRequest, viewer: Person, school: Place, form: ErasureForm
) -> HttpResponse:
    """Ask once more before a student is erased, and say whether the number is there."""
    number = form.cleaned_data["number"]
    is_there = erasure_actions.is_there(by=viewer, school=school, number=number)
    asked = {"place": school, "form": form, "is_there": is_there}
    return render(request, "records/sure_of_erasure.html", asked)


def show_page(
    request: HttpRequest,
    viewer: Person,
    school: Place,
    form: RuleForm,
    erasure_form: ErasureForm,
) -> HttpResponse:
    """Show the page, with what could not be read marked in it."""
    shown = {
        "place": school,
        "form": form,
        "erasure_form": erasure_form,
        "oldest": find_oldest_year(school),
        "kept_years": kept_years_seen_by(viewer, school),
        "erasures": erasures_seen_by(viewer, school),
    }
    status = 422 if form.errors or erasure_form.errors else 200
    return render(request, "records/show_keeping.html", shown, status=status)


@require_http_methods(["POST"])
def erase_student(request: HttpRequest, place: uuid.UUID) -> HttpResponse:
    """Erase a student from a school's records."""
    viewer = viewer_of(request)
    school = get_place(viewer, place, KEEP)
    form = ErasureForm(request.POST)
    if form.is_valid() and "sure" not in request.POST:
        return ask_about_erasure(request, viewer, school, form)
    if form.is_valid():
        try:
            done = erasure_actions.erase_student(
                by=viewer,
                school=school,
                number=form.cleaned_data["number"],
                reason=form.cleaned_data["reason"],
            )
        except ErasureError as error:
            form.add_error("number", str(error))
        else:
            clean_free_space.enqueue()
            messages.success(
                request,
                _("The student is erased, and no file brings them back.")
                if done.report["found"]
                else _(
                    "No record has this number. If a file brings it, it will be left out."
                ),
            )
            return redirect("records:show-keeping", school.pk)
    rule = find_rule(school)
    start = {"years_kept": rule.years_kept, "entries_count": rule.entries_count}
    return show_page(request, viewer, school, RuleForm(initial=start), form)


@require_safe
def show_kept_year(request: HttpRequest, place: uuid.UUID, year: str) -> HttpResponse:
    """Show what is left of a school year: its released numbers."""
    viewer = viewer_of(request)
    school = get_place(viewer, place, SEE_SHEET)
    kept = find_kept_year(viewer, school, year)
    if kept is None:
        raise Http404
    document = kept.document or {}
    shown = {
        "place": school,
        "kept": kept,
        "counts": document.get("counts", {}),
        "coverage": document.get("coverage", {}),
        "rate": document.get("rate", {}),
        "slices": [
            (label, document.get("slices", {}).get(name, [])) for name, label in SLICES
        ],
    }
    return render(request, "records/show_kept_year.html", shown)
