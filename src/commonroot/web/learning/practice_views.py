"""After a workshop: choosing a tool, telling how it went, sharing that, readiness, hours."""

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

from commonroot.domain.learning import practice_actions
from commonroot.domain.learning.choices import Happened, Side, Tried
from commonroot.domain.learning.hours import (
    Hours,
    count_hours,
    count_presence,
    find_year,
    sessions_held,
)
from commonroot.domain.learning.models import Series
from commonroot.domain.learning.practice_actions import list_schools
from commonroot.domain.learning.practice_queries import (
    choices_of,
    count_readiness,
    find_choice,
    tries_seen_by,
)
from commonroot.domain.learning.room_queries import find_room
from commonroot.domain.learning.rules import SEE_HOURS, SEE_READINESS
from commonroot.domain.network.school_years import name_year, year_of
from commonroot.domain.network.sight import today
from commonroot.web.learning.forms import ShareForm, ToolChoiceForm, TryForm
from commonroot.web.learning.trying import do
from commonroot.web.shell.getting import get
from commonroot.web.shell.viewer import get_place, viewer_of

MOST_SHOWN = 60
YEARS_BACK = 4


@require_http_methods(["GET", "HEAD", "POST"])
def choose_tool(request: HttpRequest, series: uuid.UUID) -> HttpResponse:
    """Choose a tool to try on the next day."""
    viewer = viewer_of(request)
    found = get(find_room, viewer, series)
    tools = list(found.workshop.tools.all())
    form = ToolChoiceForm(request.POST or None, tools=tools)
    by_key = {str(each.pk): each for each in tools}
    deed = practice_actions.choose_tool
    if request.method == "POST" and do(
        form,
        "tool",
        lambda: deed(by=viewer, series=found, tool=by_key[form.cleaned_data["tool"]]),
    ):
        messages.success(request, _("Chosen. In two weeks you are asked how it went."))
        return redirect("learning:choose-tool", found.pk)
    shown = {
        "series": found,
        "form": form,
        "tools": tools,
        "chosen": choices_of(viewer).filter(series=found),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "learning/choose_tool.html", shown, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def tell_try(request: HttpRequest, choice: uuid.UUID) -> HttpResponse:
    """Tell whether one tried it, and what happened: two taps, and words if there are any."""
    viewer = viewer_of(request)
    found = get(find_choice, viewer, choice)
    form = TryForm(request.POST or None, initial=vars(found))

    def tell() -> None:
        told = form.cleaned_data
        practice_actions.tell_try(
            by=viewer,
            choice=found,
            tried=Tried(told["tried"]),
            happened=Happened(told["happened"]) if told["happened"] else None,
            words=told["words"],
        )

    if request.method == "POST" and do(form, "happened", tell):
        if not found.tried:
            messages.success(request, _("Fine. You are asked again in two weeks."))
            return redirect("learning:list-learning")
        messages.success(request, _("It is kept, for you alone."))
        return redirect("learning:share-try", found.pk)
    shown = {"choice": found, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "learning/tell_try.html", shown, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def share_try(request: HttpRequest, choice: uuid.UUID) -> HttpResponse:
    """Share with one's network what one tried, if one wants to."""
    viewer = viewer_of(request)
    found = get(find_choice, viewer, choice)
    schools = list_schools(viewer)
    start = {
        "title": found.title or found.tool.name[:120],
        "words": found.words,
        "said_as": found.said_as,
        "school": str(found.school_id or ""),
    }
    form = ShareForm(request.POST or None, schools=schools, initial=start)
    by_key = {str(each.pk): each for each in schools}

    def share() -> None:
        told = {**form.cleaned_data}
        school = by_key.get(told.pop("school"))
        practice_actions.share_try(by=viewer, choice=found, school=school, **told)

    if request.method == "POST" and do(form, "consent", share):
        messages.success(request, _("It is shared with your network. Thank you."))
        return redirect("learning:list-tries")
    shown = {"choice": found, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "learning/share_try.html", shown, status=status)


@require_POST
def withdraw_try(request: HttpRequest, choice: uuid.UUID) -> HttpResponse:
    """Take back what one shared."""
    viewer = viewer_of(request)
    found = get(find_choice, viewer, choice)
    practice_actions.withdraw_try(by=viewer, choice=found)
    messages.success(request, _("Others no longer find it."))
    return redirect("learning:share-try", found.pk)


@require_safe
def list_tries(request: HttpRequest) -> HttpResponse:
    """List what people tried after a workshop and chose to share; failures among them."""
    viewer = viewer_of(request)
    sought = request.GET.get("q", "").strip()
    shown = {
        "tries": tries_seen_by(viewer, sought)[:MOST_SHOWN],
        "mine": choices_of(viewer),
        "sought": sought,
        "viewer": viewer,
    }
    return render(request, "learning/list_tries.html", shown)


@require_safe
def show_readiness(request: HttpRequest, place: uuid.UUID) -> HttpResponse:
    """Show how many people of a school recommend a workshop to it; never who."""
    found = get_place(viewer_of(request), place, SEE_READINESS)
    shown = {"place": found, "rows": count_readiness(found)}
    return render(request, "learning/show_readiness.html", shown)


@require_safe
def show_hours(request: HttpRequest, place: uuid.UUID) -> HttpResponse:
    """Show a school year of learning around a place: two numbers of hours, each by its name."""
    found = get_place(viewer_of(request), place, SEE_HOURS)
    asked = request.GET.get("year", "")
    year = asked if find_year(asked) else year_of(today())
    days = find_year(year)
    assert days is not None
    held = sessions_held(found, *days)
    counted = count_hours(held)
    series = Series.objects.filter(pk__in=counted).select_related("workshop", "place")
    presence = count_presence(found, *days)
    shown = {
        "place": found,
        "year": year,
        "years": list_years(),
        "rows": [
            (each, counted[each.pk])
            for each in sorted(series, key=lambda one: (str(one), one.place.name))
        ],
        "whole": sum_hours(list(counted.values())),
        "outside": presence[Side.OUTSIDE],
        "own": presence[Side.OWN],
    }
    return render(request, "learning/show_hours.html", shown)


def list_years() -> list[str]:
    """List the school years that may be looked at, the newest first."""
    start = int(year_of(today())[:4])
    return [name_year(each) for each in range(start, start - YEARS_BACK, -1)]


def sum_hours(rows: list[Hours]) -> Hours:
    """Sum the hours of several series; people of several are counted in each."""
    return Hours(
        sum(each.delivered for each in rows),
        sum(each.participant for each in rows),
        sum(each.sessions for each in rows),
        sum(each.people for each in rows),
    )
