"""Which schools take part, and what was noticed of their readiness."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from commonroot.domain.learning.practice_queries import readiness_seen_by
from commonroot.domain.network.models import Person
from commonroot.domain.network.sight import today
from commonroot.domain.partnerships import plan_actions, school_actions
from commonroot.domain.partnerships.models import Partnership, SchoolPart
from commonroot.domain.partnerships.queries import (
    find_note,
    find_part,
    find_partnership,
    find_whole,
    list_readiness,
)
from commonroot.domain.partnerships.reasons import PartnershipError
from commonroot.domain.partnerships.rules import KEEP_PARTNERSHIP, PLAN_PARTNERSHIP
from commonroot.domain.partnerships.sides import find_part_reason, list_schools
from commonroot.web.partnerships.attempts import attempt
from commonroot.web.partnerships.forms import PartForm, ReadinessForm, SchoolForm
from commonroot.web.shell.getting import get
from commonroot.web.shell.viewer import viewer_of


@require_safe
def show_schools(request: HttpRequest, partnership: uuid.UUID) -> HttpResponse:
    """Show which schools take part, and notes of readiness."""
    viewer = viewer_of(request)
    return show_page(request, viewer, get(find_partnership, viewer, partnership))


def show_page(
    request: HttpRequest, viewer: Person, partnership: Partnership, **forms: Any
) -> HttpResponse:
    """Show the schools, with what could not be read marked in its form."""
    schools = list(list_schools(partnership.district))
    parts = list(partnership.parts.select_related("school").prefetch_related("wholes"))
    taking_part = {each.school_id for each in parts if each.last is None}
    outside = [each for each in schools if each.pk not in taking_part]
    notes = list(list_readiness(partnership))
    newest = {each.school_id: each for each in reversed(notes)}
    shown = {
        "partnership": partnership,
        "district": partnership.district,
        "parts": [(each, find_whole(each, today())) for each in parts],
        "outside": [(each, newest.get(each.pk)) for each in outside],
        "notes": notes,
        "recommended": readiness_seen_by(viewer, schools),
        "school_form": forms.get("school_form") or SchoolForm(schools=outside),
        "readiness_form": forms.get("readiness_form") or ReadinessForm(schools=schools),
        "may_keep": bool(find_part_reason(viewer, KEEP_PARTNERSHIP, partnership)),
        "may_plan": bool(find_part_reason(viewer, PLAN_PARTNERSHIP, partnership)),
        "today": today(),
    }
    status = 422 if forms else 200
    return render(request, "partnerships/show_schools.html", shown, status=status)


@require_POST
def add_school(request: HttpRequest, partnership: uuid.UUID) -> HttpResponse:
    """Let a school take part."""
    viewer = viewer_of(request)
    found = get(find_partnership, viewer, partnership, KEEP_PARTNERSHIP)
    schools = {str(each.pk): each for each in list_schools(found.district)}
    form = SchoolForm(request.POST, schools=list(schools.values()))

    def add() -> None:
        told = form.cleaned_data
        school_actions.add_school(
            by=viewer,
            partnership=found,
            school=schools[told["school"]],
            first=told["first"],
            readiness=told["readiness"],
        )

    if attempt(form, "first", add):
        messages.success(request, _("The school takes part."))
        return redirect("partnerships:show-schools", found.pk)
    return show_page(request, viewer, found, school_form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def change_part(request: HttpRequest, part: uuid.UUID) -> HttpResponse:
    """Change a school's part: whole school or not, ended, or added by mistake."""
    viewer = viewer_of(request)
    found = get(find_part, viewer, part)
    form = PartForm(request.POST or None, initial={"day": today()})

    def change() -> None:
        change_as_asked(viewer, found, **form.cleaned_data)

    if request.method == "POST" and attempt(form, "day", change):
        messages.success(request, _("It is kept."))
        return redirect("partnerships:show-schools", found.partnership_id)
    shown = {
        "form": form,
        "part": found,
        "whole": find_whole(found, today()),
        "partnership": found.partnership,
        "district": found.partnership.district,
    }
    status = 422 if form.errors else 200
    return render(request, "partnerships/change_part.html", shown, status=status)


def change_as_asked(viewer: Person, part: SchoolPart, change: str, day: Any) -> None:
    """Change a part in one of four ways; all but one need a day."""
    if change == "mistake":
        school_actions.remove_part(by=viewer, part=part)
        return
    if day is None:
        raise PartnershipError(_("Choose a day."))
    if change == "whole":
        school_actions.begin_whole(by=viewer, part=part, first=day)
    elif change == "not_whole":
        school_actions.end_whole(by=viewer, part=part, last=day)
    else:
        school_actions.end_part(by=viewer, part=part, last=day)


@require_POST
def note_readiness(request: HttpRequest, partnership: uuid.UUID) -> HttpResponse:
    """Note what was noticed of a school's readiness."""
    viewer = viewer_of(request)
    found = get(find_partnership, viewer, partnership, PLAN_PARTNERSHIP)
    schools = {str(each.pk): each for each in list_schools(found.district)}
    form = ReadinessForm(request.POST, schools=list(schools.values()))

    def note() -> None:
        told = form.cleaned_data
        plan_actions.note_readiness(
            by=viewer,
            partnership=found,
            school=schools[told["school"]],
            text=told["text"],
        )

    if attempt(form, "text", note):
        messages.success(request, _("The note is kept. Schools do not see it."))
        return redirect("partnerships:show-schools", found.pk)
    return show_page(request, viewer, found, readiness_form=form)


@require_POST
def take_back_note(request: HttpRequest, note: uuid.UUID) -> HttpResponse:
    """Take a readiness note back."""
    viewer = viewer_of(request)
    found = get(find_note, viewer, note)
    plan_actions.take_back_note(by=viewer, note=found)
    return redirect("partnerships:show-schools", found.partnership_id)
