"""A school's team at a convening: who comes, what was planned, what is planned next."""

import uuid
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from commonroot.domain.convenings import actions, word_actions
from commonroot.domain.convenings.choices import Answer, GuestKind, Outcome
from commonroot.domain.convenings.models import Guest, Question, SchoolTeam
from commonroot.domain.convenings.queries import (
    find_guest,
    find_plan,
    find_team,
    is_list_closed,
    last_plans,
)
from commonroot.domain.convenings.reasons import ConveningError
from commonroot.domain.convenings.table_queries import (
    find_question_of,
    thoughts_seen_by,
)
from commonroot.domain.network.models import Person, Role
from commonroot.domain.network.queries import held_now
from commonroot.web.convenings.forms import GuestForm, PlanForm, QuestionForm
from commonroot.web.shell.getting import get
from commonroot.web.shell.viewer import viewer_of


def list_staff(team: SchoolTeam) -> Any:
    """List the people with a role at a team's school now, by name."""
    roles = held_now(Role.objects.filter(place__surroundings__around=team.school))
    return Person.objects.filter(
        pk__in=roles.values("person"), is_active=True
    ).order_by("name")


@require_safe
def show_team(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Show a school's team: last year's plan first."""
    return show_page(request, get(find_team, viewer_of(request), key))


def list_tellers(team: SchoolTeam) -> QuerySet[Guest]:
    """List who of a team may tell its question: nobody who is a student."""
    return team.guests.exclude(kind=GuestKind.STUDENT)


def make_question_form(
    team: SchoolTeam, question: Question | None, sent: QueryDict | None = None
) -> QuestionForm:
    """Make the form for a team's question, with what it has written, or what was sent."""
    told = (
        {"text": question.text, "tried": question.tried, "told_by": question.told_by_id}
        if question
        else {}
    )
    return QuestionForm(sent, initial=told, guests=list_tellers(team))


def show_page(
    request: HttpRequest,
    team: SchoolTeam,
    *,
    guest_form: GuestForm | None = None,
    plan_form: PlanForm | None = None,
    question_form: QuestionForm | None = None,
) -> HttpResponse:
    """Show the page of a school's team, with what is wrong in its forms."""
    staff = list_staff(team)
    question = find_question_of(team)
    viewer = viewer_of(request)
    shown = {
        "team": team,
        "question": question,
        "is_over": is_list_closed(team),
        "thoughts": thoughts_seen_by(viewer, question) if question else [],
        "question_form": question_form or make_question_form(team, question),
        "convening": team.convening,
        "last_plans": last_plans(team),
        "outcomes": Outcome.choices,
        "answers": [each for each in Answer.choices if each[0] != Answer.INVITED],
        "guests": team.guests.select_related("person"),
        "plans": team.plans.select_related("owner"),
        "guest_form": guest_form or GuestForm(people=staff),
        "plan_form": plan_form or PlanForm(people=staff),
    }
    status = 422 if guest_form or plan_form or question_form else 200
    return render(request, "convenings/show_team.html", shown, status=status)


@require_POST
def answer(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Say whether the team comes."""
    viewer = viewer_of(request)
    found = get(find_team, viewer, key)
    given = request.POST.get("answer", "")
    if given in (Answer.COMING, Answer.NOT_COMING):
        actions.answer_invitation(by=viewer, team=found, answer=Answer(given))
        messages.success(request, _("It is said."))
    return redirect("convenings:show-team", found.pk)


@require_POST
def add_guest(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Add somebody who comes."""
    viewer = viewer_of(request)
    found = get(find_team, viewer, key)
    form = GuestForm(request.POST, people=list_staff(found))
    if form.is_valid():
        given = dict(form.cleaned_data)
        kind = GuestKind(given.pop("kind"))
        try:
            actions.add_guest(by=viewer, team=found, kind=kind, **given)
        except ConveningError as problem:
            form.add_error("name", str(problem))
        else:
            messages.success(request, _("They are on the list."))
            return redirect("convenings:show-team", found.pk)
    return show_page(request, found, guest_form=form)


@require_POST
def remove_guest(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Take somebody off."""
    viewer = viewer_of(request)
    found = get(find_guest, viewer, key)
    team = found.team_id
    actions.remove_guest(by=viewer, guest=found)
    messages.success(request, _("They are off the list, and nothing of them is kept."))
    return redirect("convenings:show-team", team)


@require_POST
def make_plan(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Plan the next year."""
    viewer = viewer_of(request)
    found = get(find_team, viewer, key)
    form = PlanForm(request.POST, people=list_staff(found))
    if form.is_valid():
        try:
            word_actions.make_plan(by=viewer, team=found, **form.cleaned_data)
        except ConveningError as problem:
            form.add_error("by_when", str(problem))
        else:
            messages.success(request, _("It is planned, and comes back in the autumn."))
            return redirect("convenings:show-team", found.pk)
    return show_page(request, found, plan_form=form)


@require_POST
def tell_plan(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Say what became of a plan."""
    viewer = viewer_of(request)
    found = get(find_plan, viewer, key)
    outcome = request.POST.get("outcome", "")
    if outcome not in Outcome.values:
        messages.error(request, _("Choose one of the answers that are offered."))
    else:
        happened = request.POST.get("happened", "")
        try:
            word_actions.tell_plan(
                by=viewer, plan=found, outcome=Outcome(outcome), happened=happened
            )
        except ConveningError as problem:
            messages.error(request, f"{problem} {happened}".strip())
        else:
            messages.success(request, _("It is kept."))
    return find_way_back(request, found.team)


def find_way_back(request: HttpRequest, team: SchoolTeam) -> HttpResponse:
    """Go back to the page that the form was on: a team's, or the convening's."""
    viewer = viewer_of(request)
    try:
        asked = find_team(viewer, uuid.UUID(request.POST.get("from", "")))
    except ValueError:
        asked = None
    found = asked or find_team(viewer, team.pk)
    if found is None or request.POST.get("from") == "convening":
        return redirect("convenings:show-convening", team.convening_id)
    return redirect("convenings:show-team", found.pk)
