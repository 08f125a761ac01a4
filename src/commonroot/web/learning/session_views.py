"""Sessions of a series: when and where, and who teaches them."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from commonroot.domain.learning import series_actions
from commonroot.domain.learning.choices import Part, Side
from commonroot.domain.learning.models import Session
from commonroot.domain.learning.queries import (
    find_prepared,
    find_session,
    people_to_teach,
)
from commonroot.domain.learning.reasons import LearningError
from commonroot.domain.learning.rules import PREPARE_WORKSHOPS
from commonroot.domain.network.models import Person
from commonroot.domain.network.sight import find_reason, today
from commonroot.web.learning.forms import FacilitatorForm, SessionForm
from commonroot.web.learning.trying import do, read_key
from commonroot.web.shell.getting import get
from commonroot.web.shell.viewer import viewer_of


@require_http_methods(["GET", "HEAD", "POST"])
def add_session(request: HttpRequest, series: uuid.UUID) -> HttpResponse:
    """Add a session to a series."""
    viewer = viewer_of(request)
    found = get(find_prepared, viewer, series)
    last = found.sessions.last()
    start = vars(last) if last else None
    form = SessionForm(request.POST or None, initial=start)
    deed = series_actions.add_session
    if request.method == "POST" and do(
        form, "day", lambda: deed(by=viewer, series=found, **form.cleaned_data)
    ):
        return redirect("learning:prepare-series", found.pk)
    status = 422 if request.method == "POST" else 200
    shown = {"series": found, "form": form}
    return render(request, "learning/add_session.html", shown, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def change_session(request: HttpRequest, session: uuid.UUID) -> HttpResponse:
    """Change when and where a session is."""
    viewer = viewer_of(request)
    found = get(find_session, viewer, session)
    form = SessionForm(request.POST or None, initial=vars(found))
    deed = series_actions.change_session
    if request.method == "POST" and do(
        form, "day", lambda: deed(by=viewer, session=found, **form.cleaned_data)
    ):
        messages.success(request, _("It is kept."))
        return redirect("learning:change-session", found.pk)
    return show_page(request, viewer, found, form=form)


def show_page(
    request: HttpRequest,
    viewer: Person,
    session: Session,
    *,
    form: SessionForm | None = None,
    facilitator_form: FacilitatorForm | None = None,
) -> HttpResponse:
    """Show a session to those who prepare it."""
    place = session.series.place
    may_set = find_reason(viewer, PREPARE_WORKSHOPS, place) is not None
    people = people_to_teach(viewer, session.series) if may_set else []
    given = [each for each in (form, facilitator_form) if each and each.is_bound]
    shown = {
        "session": session,
        "series": session.series,
        "form": form or SessionForm(initial=vars(session)),
        "facilitator_form": facilitator_form or FacilitatorForm(people=people),
        "facilitations": session.facilitations.select_related("person"),
        "may_set": may_set,
        "has_come": session.day <= today(),
        "attended": session.attendances.count(),
    }
    status = 422 if any(each.errors for each in given) else 200
    return render(request, "learning/change_session.html", shown, status=status)


@require_POST
def remove_session(request: HttpRequest, session: uuid.UUID) -> HttpResponse:
    """Take a session back."""
    viewer = viewer_of(request)
    found = get(find_session, viewer, session)
    series = found.series_id
    try:
        series_actions.remove_session(by=viewer, session=found)
    except LearningError as problem:
        messages.error(request, str(problem))
        return redirect("learning:change-session", found.pk)
    return redirect("learning:prepare-series", series)


@require_POST
def say_held(request: HttpRequest, session: uuid.UUID) -> HttpResponse:
    """Say that a session took place, or that it did not."""
    viewer = viewer_of(request)
    found = get(find_session, viewer, session)
    was_held = request.POST.get("held", "yes") == "yes"
    try:
        series_actions.say_held(by=viewer, session=found, was_held=was_held)
    except LearningError as problem:
        messages.error(request, str(problem))
    return redirect("learning:change-session", found.pk)


@require_POST
def set_facilitator(request: HttpRequest, session: uuid.UUID) -> HttpResponse:
    """Say who teaches a session; where they come from is proposed from their role."""
    viewer = viewer_of(request)
    found = get_to_set(viewer, session)
    people = {str(each.pk): each for each in people_to_teach(viewer, found.series)}
    form = FacilitatorForm(request.POST, people=list(people.values()))

    def put() -> None:
        told = form.cleaned_data
        series_actions.set_facilitator(
            by=viewer,
            session=found,
            person=people[told["person"]],
            part=Part(told["part"]),
            side=Side(told["side"]) if told["side"] else None,
            all_sessions=told["all_sessions"],
        )

    if do(form, "person", put):
        return redirect("learning:change-session", found.pk)
    return show_page(request, viewer, found, facilitator_form=form)


@require_POST
def remove_facilitator(request: HttpRequest, session: uuid.UUID) -> HttpResponse:
    """Say that somebody does not teach a session."""
    viewer = viewer_of(request)
    found = get_to_set(viewer, session)
    key = read_key(request.POST.get("person", ""))
    for each in found.facilitations.filter(person=key).select_related("person"):
        series_actions.remove_facilitator(by=viewer, session=found, person=each.person)
    return redirect("learning:change-session", found.pk)


def get_to_set(viewer: Person, key: uuid.UUID) -> Session:
    """Get a session of which somebody may say who teaches it."""
    found = get(find_session, viewer, key)
    if find_reason(viewer, PREPARE_WORKSHOPS, found.series.place) is None:
        raise Http404
    return found
