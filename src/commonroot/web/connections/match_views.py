"""One's own list, and one's own matches: for the two of them alone."""

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

from commonroot.domain.connections import (
    leaving_actions,
    match_actions,
    round_actions,
)
from commonroot.domain.connections.choices import (
    CURRENT,
    Helps,
    MatchState,
    Met,
    RoundState,
)
from commonroot.domain.connections.models import Match
from commonroot.domain.connections.reasons import ConnectingError
from commonroot.domain.connections.round_queries import (
    find_follow_up,
    find_match,
    find_participant,
    find_question,
    list_names,
    show_match_profile,
)
from commonroot.domain.connections.words import write_reasons
from commonroot.domain.network.models import Person
from commonroot.domain.network.sight import today
from commonroot.web.connections.directory_views import tell_shown
from commonroot.web.connections.forms import AnswerForm, DayForm, QuestionForm
from commonroot.web.shell.getting import get
from commonroot.web.shell.viewer import viewer_of


@require_http_methods(["GET", "HEAD", "POST"])
def show_list(request: HttpRequest, participant: uuid.UUID) -> HttpResponse:
    """Show one's list, and take names off it."""
    viewer = viewer_of(request)
    part = get(find_participant, viewer, participant)
    problem = ""
    if request.method == "POST":
        try:
            round_actions.strike_names(
                by=viewer, participant=part, struck=set(request.POST.getlist("struck"))
            )
        except ConnectingError as error:
            problem = str(error)
        else:
            messages.success(request, _("Kept. Nobody is told."))
            return redirect("connections:show-list", part.pk)
    shown = {
        "part": part,
        "round": part.round,
        "names": [
            (each.line, tell_shown(each.shown) if each.shown else [])
            for each in list_names(viewer, part)
        ],
        "may_strike": part.round.state == RoundState.LISTED,
        "problem": problem,
    }
    status = 422 if problem else 200
    return render(request, "connections/show_list.html", shown, status=status)


@require_POST
def leave_round(request: HttpRequest, participant: uuid.UUID) -> HttpResponse:
    """Leave a round."""
    viewer = viewer_of(request)
    part = get(find_participant, viewer, participant)
    leaving_actions.leave_round(by=viewer, participant=part)
    messages.success(request, _("You have left the round. Nobody is at fault."))
    return redirect("connections:show-connections")


@require_safe
def show_match(request: HttpRequest, match: uuid.UUID) -> HttpResponse:
    """Show a match to one of the two."""
    viewer = viewer_of(request)
    return show_page(request, viewer, get(find_match, viewer, match))


def show_page(
    request: HttpRequest,
    viewer: Person,
    match: Match,
    given: forms.Form | None = None,
) -> HttpResponse:
    """Show a match, with what could not be read marked in its form."""
    other = match_actions.find_other(match, viewer)
    is_new = match.new_id == viewer.pk
    profile = show_match_profile(viewer, match)
    is_confirmed = match.state == MatchState.CONFIRMED
    shown = {
        "match": match,
        "other": other,
        "is_new": is_new,
        "is_current": match.state in CURRENT,
        "is_confirmed": is_confirmed,
        "said_yes": match.new_said_yes if is_new else match.seasoned_said_yes,
        "reasons": write_reasons(match.reasons),
        "told": tell_shown(profile) if profile else [],
        "reach": profile.profile.reach if profile and is_confirmed else "",
        "email": other.email if is_confirmed else "",
        "questions": list(match.questions.select_related("by")),
        "prompt": match_actions.find_prompt(match),
        "question_form": given if isinstance(given, QuestionForm) else QuestionForm(),
        "answer_form": given if isinstance(given, AnswerForm) else AnswerForm(),
        "day_form": given
        if isinstance(given, DayForm)
        else DayForm(initial={"day": match.meets_on, "at": match.meets_at}),
        "is_met_later": match.meets_on is not None and match.meets_on >= today(),
    }
    status = 422 if given is not None and given.errors else 200
    return render(request, "connections/show_match.html", shown, status=status)


@require_POST
def accept_match(request: HttpRequest, match: uuid.UUID) -> HttpResponse:
    """Say yes."""
    viewer = viewer_of(request)
    found = get(find_match, viewer, match)
    try:
        now = match_actions.accept_match(by=viewer, match=found)
    except ConnectingError as problem:
        messages.error(request, str(problem))
        return redirect("connections:show-connections")
    if now.state == MatchState.ENDED:
        messages.info(
            request,
            _(
                "Your roles have changed, so you cannot be matched. We look for somebody else."
            ),
        )
        return redirect("connections:show-connections")
    messages.success(request, _("You said yes."))
    return redirect("connections:show-match", found.pk)


@require_POST
def decline_match(request: HttpRequest, match: uuid.UUID) -> HttpResponse:
    """Say no, or end a match; both are matched anew where there is somebody."""
    viewer = viewer_of(request)
    found = get(find_match, viewer, match)
    match_actions.decline_match(by=viewer, match=found)
    messages.success(
        request, _("That is fine, and nobody is at fault. We look for somebody else.")
    )
    return redirect("connections:show-connections")


@require_POST
def ask_question(request: HttpRequest, match: uuid.UUID) -> HttpResponse:
    """Ask something short before saying yes."""
    viewer = viewer_of(request)
    found = get(find_match, viewer, match)
    form = QuestionForm(request.POST)
    if form.is_valid():
        try:
            match_actions.ask_question(
                by=viewer, match=found, text=form.cleaned_data["text"]
            )
        except ConnectingError as problem:
            form.add_error("text", str(problem))
        else:
            messages.success(request, _("Your question is on its way."))
            return redirect("connections:show-match", found.pk)
    return show_page(request, viewer, found, form)


@require_POST
def answer_question(request: HttpRequest, question: uuid.UUID) -> HttpResponse:
    """Answer a question that one was asked."""
    viewer = viewer_of(request)
    found = get(find_question, viewer, question)
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            match_actions.answer_question(
                by=viewer, question=found, text=form.cleaned_data["text"]
            )
        except ConnectingError as problem:
            form.add_error("text", str(problem))
        else:
            messages.success(request, _("Your answer is on its way."))
            return redirect("connections:show-match", found.match_id)
    return show_page(request, viewer, get(find_match, viewer, found.match_id), form)


@require_POST
def plan_day(request: HttpRequest, match: uuid.UUID) -> HttpResponse:
    """Write down when the two meet."""
    viewer = viewer_of(request)
    found = get(find_match, viewer, match)
    form = DayForm(request.POST)
    if form.is_valid():
        try:
            match_actions.plan_day(by=viewer, match=found, **form.cleaned_data)
        except ConnectingError as problem:
            form.add_error("day", str(problem))
        else:
            messages.success(request, _("It stands in the week of both of you."))
            return redirect("connections:show-match", found.pk)
    return show_page(request, viewer, found, form)


@require_http_methods(["GET", "HEAD", "POST"])
def say_how_it_goes(request: HttpRequest, match: uuid.UUID) -> HttpResponse:
    """Ask in two taps: have you met, and what helps?"""
    viewer = viewer_of(request)
    found = get(find_match, viewer, match)
    prompt = match_actions.find_prompt(found)
    last = find_follow_up(viewer, found, prompt or "")
    problem = ""
    if request.method == "POST":
        met = request.POST.get("met", last.met if last else "")
        helps = request.POST.get("helps", "")
        if met not in Met or (helps and helps not in Helps):
            problem = _("Choose from what the page offers.")
        else:
            try:
                match_actions.say_how_it_goes(
                    by=viewer,
                    match=found,
                    met=Met(met),
                    helps=Helps(helps) if helps else None,
                )
            except ConnectingError as error:
                problem = str(error)
            else:
                return redirect("connections:say-how-it-goes", found.pk)
    shown = {
        "match": found,
        "other": match_actions.find_other(found, viewer),
        "prompt": prompt,
        "last": last,
        "is_not_met": last is not None and last.met == Met.NOT_YET,
        "mets": Met,
        "helps": Helps,
        "problem": problem,
    }
    status = 422 if problem else 200
    return render(request, "connections/say_how_it_goes.html", shown, status=status)
