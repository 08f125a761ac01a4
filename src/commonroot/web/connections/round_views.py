"""Rounds: for those who take part, and for those who run them."""

import uuid

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from commonroot.domain.connections import round_actions
from commonroot.domain.connections.choices import CURRENT, RoundState, Standing
from commonroot.domain.connections.models import Participant, Round
from commonroot.domain.connections.queries import find_own_profile
from commonroot.domain.connections.reasons import ConnectingError
from commonroot.domain.connections.round_queries import (
    find_part_in,
    find_round,
    find_run_round,
    list_in_round,
    matches_of,
    rounds_open_to,
    rounds_run_by,
    with_counts,
)
from commonroot.domain.connections.rules import RUN_ROUND
from commonroot.domain.network.choices import PlaceKind
from commonroot.domain.network.models import Person
from commonroot.domain.network.sight import find_reason, places_where, today
from commonroot.web.connections.forms import (
    NewForm,
    RoundForm,
    SeasonedForm,
    propose_round,
)
from commonroot.web.shell.getting import get
from commonroot.web.shell.viewer import get_place, viewer_of

OPEN_FOR = (PlaceKind.PARTNER, PlaceKind.REGION, PlaceKind.DISTRICT)


@require_safe
def list_rounds(request: HttpRequest) -> HttpResponse:
    """List the rounds that one may run, and where one may open another."""
    viewer = viewer_of(request)
    places = places_where(viewer, RUN_ROUND)
    shown = {
        "rounds": with_counts(rounds_run_by(viewer)),
        "places": places.filter(kind__in=OPEN_FOR).order_by("kind", "name"),
    }
    return render(request, "connections/list_rounds.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def open_round(request: HttpRequest, place: uuid.UUID) -> HttpResponse:
    """Open a round."""
    viewer = viewer_of(request)
    where = get_place(viewer, place, RUN_ROUND)
    form = RoundForm(request.POST or None, initial=propose_round(today()))
    if request.method == "POST" and form.is_valid():
        try:
            made = round_actions.open_round(by=viewer, place=where, **form.cleaned_data)
        except ConnectingError as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("The round is open. People can join it now."))
            return redirect("connections:run-round", made.pk)
    shown = {"form": form, "place": where}
    status = 422 if form.errors else 200
    return render(request, "connections/open_round.html", shown, status=status)


@require_safe
def show_round(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Show a round to whoever may take part: its days, and one's own part."""
    viewer = viewer_of(request)
    return show_page(request, viewer, get(find_round, viewer, key))


def show_page(
    request: HttpRequest,
    viewer: Person,
    around: Round,
    given: forms.Form | None = None,
) -> HttpResponse:
    """Show a round, with what could not be read marked in its form."""
    part = find_part_in(viewer, around)
    new_form = given if isinstance(given, NewForm) else NewForm(initial=start(part))
    seasoned_form = (
        given if isinstance(given, SeasonedForm) else SeasonedForm(initial=start(part))
    )
    may_change = part is not None and around.state == RoundState.OPEN
    shown = {
        "round": around,
        "place": around.place,
        "part": part,
        "profile": find_own_profile(viewer),
        "may_join": rounds_open_to(viewer).filter(pk=around.pk).exists() or may_change,
        "is_new": part is not None and part.standing == Standing.NEW,
        "new_form": new_form,
        "seasoned_form": seasoned_form,
        "matches": matches_of(viewer).filter(round=around, state__in=CURRENT),
        "may_run": find_reason(viewer, RUN_ROUND, around.place) is not None,
        "given": given,
        "states": RoundState,
    }
    status = 422 if given is not None and given.errors else 200
    return render(request, "connections/show_round.html", shown, status=status)


def start(part: Participant | None) -> dict[str, object]:
    """Start a form from how somebody is in a round."""
    if part is None:
        return {}
    names = ("capacity", "takes_third", "only_near", "not_own_school", "only_language")
    return {name: getattr(part, name) for name in names}


@require_POST
def join_round(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Join a round as new or as seasoned."""
    viewer = viewer_of(request)
    around = get(find_round, viewer, key)
    is_seasoned = request.POST.get("standing") == Standing.SEASONED
    form = SeasonedForm(request.POST) if is_seasoned else NewForm(request.POST)
    if form.is_valid():
        given = {**form.cleaned_data}
        standing = Standing(given.pop("standing"))
        try:
            round_actions.join_round(
                by=viewer, around=around, standing=standing, **given
            )
        except ConnectingError as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(
                request, _("You are in. We write to you when the lists are ready.")
            )
            return redirect("connections:show-round", around.pk)
    return show_page(request, viewer, around, form)


@require_safe
def run_round(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Show a round to whoever runs it."""
    viewer = viewer_of(request)
    return run_page(request, get(find_run_round, viewer, key))


def run_page(request: HttpRequest, around: Round, problem: str = "") -> HttpResponse:
    """Show who is in a round, matched and confirmed, and what comes next."""
    people = list_in_round(around)
    shown = {
        "round": around,
        "place": around.place,
        "news": [e for e in people if e.participant.standing == Standing.NEW],
        "seasoned": [e for e in people if e.participant.standing == Standing.SEASONED],
        "unmatched": [each for each in people if each.is_unmatched],
        "may_settle": today() > around.strike_by,
        "may_still_join": today() <= around.join_by,
        "is_settled": around.state == RoundState.SETTLED,
        "problem": problem,
        "states": RoundState,
    }
    status = 422 if problem else 200
    return render(request, "connections/run_round.html", shown, status=status)


@require_POST
def make_lists(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """End the joining and make the lists."""
    viewer = viewer_of(request)
    around = get(find_run_round, viewer, key)
    try:
        round_actions.make_lists(by=viewer, around=around)
    except ConnectingError as problem:
        return run_page(request, around, str(problem))
    messages.success(
        request, _("The lists are made. Everybody in the round is written to.")
    )
    return redirect("connections:run-round", around.pk)


@require_POST
def settle_round(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Match everybody who can be."""
    viewer = viewer_of(request)
    around = get(find_run_round, viewer, key)
    try:
        round_actions.settle_round(by=viewer, around=around)
    except ConnectingError as problem:
        return run_page(request, around, str(problem))
    messages.success(request, _("It is settled. Each pair decides for itself."))
    return redirect("connections:run-round", around.pk)


@require_POST
def call_off_round(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Call a round off."""
    viewer = viewer_of(request)
    around = get(find_run_round, viewer, key)
    try:
        round_actions.call_off_round(by=viewer, around=around)
    except ConnectingError as problem:
        return run_page(request, around, str(problem))
    messages.success(request, _("The round is called off."))
    return redirect("connections:run-round", around.pk)
