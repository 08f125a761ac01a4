"""Inviting a coach, offering a visit, and what becomes of it."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from commonroot.domain.coaching import actions
from commonroot.domain.coaching.models import Visit
from commonroot.domain.coaching.queries import (
    find_visit,
    list_coaches,
    list_teachers,
)
from commonroot.domain.coaching.reasons import VisitError
from commonroot.domain.coaching.rules import BE_VISITED, VISIT
from commonroot.domain.coaching.tasks import tell_other
from commonroot.domain.network.models import Person, Place
from commonroot.domain.network.sight import places_where
from commonroot.web.coaching.forms import AgainForm, AskForm, FocusForm
from commonroot.web.coaching.visit_page import show_page
from commonroot.web.shell.getting import get
from commonroot.web.shell.viewer import viewer_of


def may_ask(viewer: Person) -> bool:
    """Say whether somebody can ask for a visit at all, as a teacher or as a coach."""
    return (
        places_where(viewer, BE_VISITED).exists()
        or places_where(viewer, VISIT).exists()
    )


def list_whom(viewer: Person) -> dict[str, tuple[Person, Person, Place]]:
    """List whom somebody can ask: coach, teacher and school, by a key for the form."""
    found = {
        f"{coach.pk}.{school.pk}": (coach, viewer, school)
        for school in places_where(viewer, BE_VISITED)
        for coach in list_coaches(school)
        if coach != viewer
    }
    for teacher, school in list_teachers(viewer):
        found[f"{teacher.pk}.{school.pk}"] = (viewer, teacher, school)
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def ask_visit(request: HttpRequest) -> HttpResponse:
    """Invite a coach to one's room, or offer a teacher a visit."""
    viewer = viewer_of(request)
    whom = list_whom(viewer)
    teaches = any(teacher == viewer for _coach, teacher, _school in whom.values())
    names = [
        (key, f"{(coach if teacher == viewer else teacher).name}, {school.name}")
        for key, (coach, teacher, school) in whom.items()
    ]
    form = AskForm(request.POST or None, whom=names, teaches=teaches)
    if request.method == "POST" and form.is_valid():
        coach, teacher, school = whom[form.cleaned_data["whom"]]
        try:
            made = actions.ask_visit(
                by=viewer,
                coach=coach,
                teacher=teacher,
                school=school,
                day=form.cleaned_data["day"],
                starts=form.cleaned_data["starts"],
                minutes=form.cleaned_data["minutes"],
                focus=form.read_focus() if teacher == viewer and teaches else "",
            )
        except VisitError as problem:
            form.add_error("day", str(problem))
        else:
            tell(viewer, made)
            messages.success(request, _("It is on its way. The other one answers."))
            return redirect("coaching:show-visit", made.pk)
    shown = {"form": form, "teaches": teaches, "anybody": bool(whom)}
    status = 422 if form.errors else 200
    return render(request, "coaching/ask_visit.html", shown, status=status)


def tell(viewer: Person, visit: Visit) -> None:
    """Let the other of the two know by letter, which holds no word of the visit."""
    is_coach = visit.pair.coach_id == viewer.pk
    other = visit.pair.teacher if is_coach else visit.pair.coach
    tell_other.enqueue(str(visit.pk), str(other.pk))


def do(
    request: HttpRequest, visit: Visit, act: Callable[[], object], said: str
) -> HttpResponse:
    """Do something with a visit, tell the other, and say that it is done or why not."""
    try:
        act()
    except VisitError as problem:
        messages.error(request, str(problem))
    else:
        tell(viewer_of(request), visit)
        messages.success(request, said)
    return redirect("coaching:show-visit", visit.pk)


@require_POST
def agree_visit(request: HttpRequest, visit: uuid.UUID) -> HttpResponse:
    """Agree to a visit; a teacher says what to look at, and loses none of it."""
    viewer = viewer_of(request)
    found = get(find_visit, viewer, visit)
    form = FocusForm(request.POST)
    if form.is_valid():
        focus = form.read_focus()
        try:
            actions.answer_visit(by=viewer, visit=found, agrees=True, focus=focus)
        except VisitError as problem:
            if not focus:
                messages.error(request, str(problem))
                return redirect("coaching:show-visit", found.pk)
            form.add_error("words", str(problem))
        else:
            tell(viewer, found)
            messages.success(request, _("It is agreed."))
            return redirect("coaching:show-visit", found.pk)
    return show_page(request, viewer, found, focus_form=form)


@require_POST
def decline_visit(request: HttpRequest, visit: uuid.UUID) -> HttpResponse:
    """Say not this time."""
    viewer = viewer_of(request)
    found = get(find_visit, viewer, visit)
    return do(
        request,
        found,
        lambda: actions.answer_visit(by=viewer, visit=found, agrees=False),
        _("It is said: not this time."),
    )


@require_POST
def call_off(request: HttpRequest, visit: uuid.UUID) -> HttpResponse:
    """Call a visit off."""
    viewer = viewer_of(request)
    found = get(find_visit, viewer, visit)
    return do(
        request,
        found,
        lambda: actions.call_off(by=viewer, visit=found),
        _("The visit is called off."),
    )


@require_POST
def hold_visit(request: HttpRequest, visit: uuid.UUID) -> HttpResponse:
    """Say that a visit took place."""
    viewer = viewer_of(request)
    found = get(find_visit, viewer, visit)
    try:
        actions.hold_visit(by=viewer, visit=found)
    except VisitError as problem:
        messages.error(request, str(problem))
    return redirect("coaching:show-visit", found.pk)


@require_POST
def look_again(request: HttpRequest, visit: uuid.UUID) -> HttpResponse:
    """Choose a date to look again."""
    viewer = viewer_of(request)
    found = get(find_visit, viewer, visit)
    form = AgainForm(request.POST)
    if form.is_valid():
        try:
            made = actions.look_again(
                by=viewer, visit=found, day=form.cleaned_data["day"]
            )
        except VisitError as problem:
            form.add_error("day", str(problem))
        else:
            tell(viewer, made)
            messages.success(request, _("The next visit waits for the other’s answer."))
            return redirect("coaching:show-visit", made.pk)
    return show_page(request, viewer, found, again_form=form)
