"""A match: for the two, and for nobody else."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from commonroot.domain.connections import actions
from commonroot.domain.connections.choices import MatchState, Met, Reason
from commonroot.domain.connections.models import Match, Profile
from commonroot.domain.connections.queries import (
    find_match,
    follow_ups_due,
    profiles_seen_by,
)
from commonroot.domain.connections.reasons import ConnectingError
from commonroot.domain.network.models import Person
from commonroot.domain.network.sight import today
from commonroot.web.connections.forms import NAMES
from commonroot.web.shell.getting import get
from commonroot.web.shell.viewer import viewer_of


@require_safe
def show_match(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Show a match: why, what the other tells, and what to do."""
    viewer = viewer_of(request)
    return show_page(request, viewer, get(find_match, viewer, key))


def show_page(
    request: HttpRequest,
    viewer: Person,
    match: Match,
    problem: str = "",
    kept: str = "",
) -> HttpResponse:
    """Show the page of a match, with what is wrong and what was typed."""
    is_new = match.new_id == viewer.pk
    other = match.seasoned if is_new else match.new
    seen = [
        each for each in profiles_seen_by(viewer) if each.profile.person_id == other.pk
    ]
    contact = ""
    if match.state == MatchState.CONFIRMED:
        profile = Profile.objects.filter(person=other).first()
        contact = profile.contact if profile else ""
    shown = {
        "match": match,
        "other": other,
        "fields": [
            (NAMES[name], words) for each in seen for name, words in each.fields.items()
        ],
        "reasons": [Reason(each).label for each in match.reasons],
        "said": match.new_said if is_new else match.seasoned_said,
        "is_live": match.state in actions.LIVE,
        "is_waiting": match.state == MatchState.PROPOSED,
        "is_confirmed": match.state == MatchState.CONFIRMED,
        "contact": contact,
        "lines": match.messages.select_related("by"),
        "follow_up": follow_ups_due(viewer, today()).filter(match=match).first(),
        "answers": Met.choices,
        "problem": problem,
        "kept": kept,
    }
    status = 422 if problem else 200
    return render(request, "connections/show_match.html", shown, status=status)


@require_POST
def confirm(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Say yes to a match."""
    viewer = viewer_of(request)
    found = get(find_match, viewer, key)
    try:
        actions.confirm_match(by=viewer, match=found)
    except ConnectingError as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("You said yes."))
    return redirect("connections:show-match", found.pk)


@require_POST
def decline(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Say not this one, or end a match."""
    viewer = viewer_of(request)
    found = get(find_match, viewer, key)
    actions.decline_match(by=viewer, match=found)
    messages.success(
        request,
        _("It is ended, without fault. Whoever runs the round can match you again."),
    )
    return redirect("connections:show-match", found.pk)


@require_POST
def ask(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Ask or answer something."""
    viewer = viewer_of(request)
    found = get(find_match, viewer, key)
    text = request.POST.get("text", "")
    try:
        actions.ask_match(by=viewer, match=found, text=text)
    except ConnectingError as problem:
        return show_page(request, viewer, found, str(problem), text)
    return redirect("connections:show-match", found.pk)


@require_POST
def answer(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Say how it goes."""
    viewer = viewer_of(request)
    found = get(find_match, viewer, key)
    asked = follow_ups_due(viewer, today()).filter(match=found).first()
    met = request.POST.get("met", "")
    if asked is None or met not in Met.values:
        messages.error(request, _("Choose one of the answers that are offered."))
    else:
        actions.answer_follow_up(
            by=viewer,
            follow_up=asked,
            met=Met(met),
            helps=request.POST.get("helps", ""),
        )
        messages.success(request, _("Thank you. It is kept for the two of you."))
    return redirect("connections:show-match", found.pk)
