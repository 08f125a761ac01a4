"""Questions for the consultancy, tables, and the thoughts that listeners leave."""

import uuid
from itertools import groupby

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from commonroot.domain.convenings import table_actions
from commonroot.domain.convenings.actions import set_seats as set_team_seats
from commonroot.domain.convenings.models import AgendaPart, SchoolTeam
from commonroot.domain.convenings.queries import find_prepared, find_team
from commonroot.domain.convenings.reasons import ConveningError
from commonroot.domain.convenings.rules import PREPARE
from commonroot.domain.convenings.table_actions import SEATED
from commonroot.domain.convenings.table_queries import (
    find_own_question,
    find_question_of,
    find_table_question,
    find_thought,
    questions_prepared_by,
    tables_of,
)
from commonroot.domain.network.sight import places_where
from commonroot.web.convenings.forms import SeatsForm
from commonroot.web.convenings.team_views import make_question_form
from commonroot.web.convenings.team_views import show_page as show_team_page
from commonroot.web.shell.getting import get
from commonroot.web.shell.viewer import viewer_of


@require_safe
def show_tables(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Show the questions that teams bring and the tables, for screen and paper."""
    viewer = viewer_of(request)
    found = get(find_prepared, viewer, key)
    laid = {
        part: list(tables)
        for part, tables in groupby(tables_of(found), lambda table: table.part)
    }
    shown = {
        "convening": found,
        "questions": questions_prepared_by(viewer, found),
        "parts": [
            (part, laid.get(part, [])) for part in found.parts.filter(kind__in=SEATED)
        ],
    }
    return render(request, "convenings/show_tables.html", shown)


@require_POST
def set_tables(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Set the tables of a part of the day."""
    viewer = viewer_of(request)
    places = places_where(viewer, PREPARE)
    found = get(
        lambda pk: AgendaPart.objects.filter(
            pk=pk, convening__place__in=places
        ).first(),
        key,
    )
    try:
        table_actions.set_tables(by=viewer, part=found)
    except ConveningError as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("The tables are set."))
    return redirect("convenings:show-tables", found.convening_id)


@require_POST
def set_seats(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Set how many seats a team has for students and caregivers."""
    viewer = viewer_of(request)
    places = places_where(viewer, PREPARE)
    found = get(
        lambda pk: SchoolTeam.objects.filter(
            pk=pk, convening__place__in=places
        ).first(),
        key,
    )
    form = SeatsForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write a number from 0 to 50 for each kind of seat."))
        return redirect("convenings:prepare", found.convening_id)
    try:
        set_team_seats(by=viewer, team=found, **form.cleaned_data)
    except ConveningError as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("It is kept."))
    return redirect("convenings:prepare", found.convening_id)


@require_POST
def ask_question(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Bring a team's question to the consultancy, or change it."""
    viewer = viewer_of(request)
    found = get(find_team, viewer, key)
    form = make_question_form(found, find_question_of(found), request.POST)
    if form.is_valid():
        try:
            table_actions.ask_question(by=viewer, team=found, **form.cleaned_data)
        except ConveningError as problem:
            form.add_error("text", str(problem))
        else:
            messages.success(request, _("It is kept: a table will think about it."))
            return redirect("convenings:show-team", found.pk)
    return show_team_page(request, found, question_form=form)


@require_POST
def withdraw_question(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Take a team's question back."""
    viewer = viewer_of(request)
    found = get(find_own_question, viewer, key)
    team = found.team_id
    table_actions.withdraw_question(by=viewer, question=found)
    messages.success(request, _("It is taken back, and gone everywhere."))
    return redirect("convenings:show-team", team)


@require_POST
def leave_thought(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Leave a thought for the team that asked."""
    viewer = viewer_of(request)
    found = get(find_table_question, viewer, key)
    text = request.POST.get("text", "")
    try:
        table_actions.leave_thought(by=viewer, question=found, text=text)
    except ConveningError as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("The team that asked can read it now."))
    return redirect("convenings:show-convening", found.team.convening_id)


@require_POST
def withdraw_thought(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Take one's own thought back."""
    viewer = viewer_of(request)
    found = get(find_thought, viewer, key)
    convening = found.question.team.convening_id
    table_actions.withdraw_thought(by=viewer, thought=found)
    messages.success(request, _("It is taken back, and gone everywhere."))
    return redirect("convenings:show-convening", convening)
