"""Rounds of matching: joining one, and running one."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from commonroot.domain.connections import actions
from commonroot.domain.connections.choices import RoundState, Side
from commonroot.domain.connections.models import Match
from commonroot.domain.connections.queries import (
    find_joining,
    find_round,
    find_run_round,
    list_unmatched,
    rounds_open_to,
    rounds_run_by,
)
from commonroot.domain.connections.reasons import ConnectingError
from commonroot.domain.connections.rules import RUN_ROUND
from commonroot.domain.connections.tasks import tell_match
from commonroot.domain.network.sight import places_where
from commonroot.web.connections.forms import RoundForm
from commonroot.web.shell.getting import get
from commonroot.web.shell.viewer import get_place, viewer_of


@require_safe
def list_rounds(request: HttpRequest) -> HttpResponse:
    """List the rounds that one runs, and where one can begin another."""
    viewer = viewer_of(request)
    shown = {
        "rounds": rounds_run_by(viewer).select_related("place"),
        "places": places_where(viewer, RUN_ROUND)
        .filter(kind__in=("region", "district", "school"))
        .order_by("name"),
    }
    return render(request, "connections/list_rounds.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def begin_round(request: HttpRequest, place: uuid.UUID) -> HttpResponse:
    """Begin a round for a place."""
    viewer = viewer_of(request)
    found = get_place(viewer, place, RUN_ROUND)
    form = RoundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.begin_round(by=viewer, place=found, **form.cleaned_data)
        except ConnectingError as problem:
            form.add_error("closes", str(problem))
        else:
            return redirect("connections:run-round", made.pk)
    status = 422 if form.errors else 200
    shown = {"place": found, "form": form}
    return render(request, "connections/begin_round.html", shown, status=status)


@require_safe
def show_round(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Show a round to whoever may join it."""
    viewer = viewer_of(request)
    found = get(find_round, viewer, key)
    joining = find_joining(viewer, found)
    there = found.joinings.exclude(person=viewer).select_related("person")
    shown = {
        "round": found,
        "joining": joining,
        "is_for_me": rounds_open_to(viewer).filter(pk=found.pk).exists(),
        "is_open": found.state == RoundState.OPEN,
        "others": there.exclude(side=joining.side) if joining else [],
        "struck": set(joining.struck.values_list("pk", flat=True))
        if joining
        else set(),
        "sides": Side.choices,
        "capacities": range(1, actions.MOST_CAPACITY + 1),
    }
    return render(request, "connections/show_round.html", shown)


@require_POST
def join_round(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Join a round."""
    viewer = viewer_of(request)
    found = get(find_round, viewer, key)
    side, room = request.POST.get("side", ""), request.POST.get("capacity", "1")
    try:
        if side not in Side.values or not room.isascii() or not room.isdigit():
            raise ConnectingError(_("Choose one of the answers that are offered."))
        actions.join_round(
            by=viewer, in_round=found, side=Side(side), capacity=int(room[:3])
        )
    except ConnectingError as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("You are in this round."))
    return redirect("connections:show-round", found.pk)


@require_POST
def leave_round(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Leave a round."""
    viewer = viewer_of(request)
    found = get(find_round, viewer, key)
    actions.leave_round(by=viewer, in_round=found)
    messages.success(request, _("You are no longer in this round."))
    return redirect("connections:show-round", found.pk)


@require_POST
def strike(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Say whom one would rather not be matched with."""
    viewer = viewer_of(request)
    found = get(find_round, viewer, key)
    chosen = []
    for text in request.POST.getlist("person"):
        try:
            chosen.append(uuid.UUID(text))
        except ValueError:
            continue
    try:
        actions.strike_people(by=viewer, in_round=found, people=chosen)
    except ConnectingError as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("It is kept, and only you see it."))
    return redirect("connections:show-round", found.pk)


@require_safe
def run_round(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Show a round to whoever runs it: who joined, who is matched, who said yes."""
    found = get(find_run_round, viewer_of(request), key)
    joinings = found.joinings.select_related("person")
    shown = {
        "round": found,
        "is_open": found.state == RoundState.OPEN,
        "news": joinings.filter(side=Side.NEW),
        "seasoned": joinings.filter(side=Side.SEASONED),
        "matches": found.matches.select_related("new", "seasoned"),
        "unmatched": list_unmatched(found) if found.state == RoundState.SETTLED else [],
    }
    return render(request, "connections/run_round.html", shown)


@require_POST
def settle_round(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Match everybody in a round, or those who have nobody now."""
    viewer = viewer_of(request)
    found = get(find_run_round, viewer, key)
    before = set(found.matches.values_list("pk", flat=True))
    try:
        if found.state == RoundState.OPEN:
            actions.settle_round(by=viewer, in_round=found)
        else:
            actions.match_again(by=viewer, in_round=found)
    except ConnectingError as problem:
        messages.error(request, str(problem))
        return redirect("connections:run-round", found.pk)
    made = Match.objects.filter(round=found).exclude(pk__in=before)
    for each in made:
        for person in (each.new_id, each.seasoned_id):
            tell_match.enqueue(str(each.pk), str(person))
    messages.success(
        request,
        _("%(pairs)s pairs were matched. Each now says yes or no.")
        % {"pairs": len(made)},
    )
    return redirect("connections:run-round", found.pk)
