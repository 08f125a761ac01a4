"""Workshops: finding them by any of their names, adding one, putting two together."""

import uuid

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from commonroot.domain.learning import practice_actions, workshop_actions
from commonroot.domain.learning.models import Series, Workshop
from commonroot.domain.learning.practice_actions import list_schools, was_there
from commonroot.domain.learning.practice_queries import find_tool
from commonroot.domain.learning.queries import (
    find_known,
    find_prepared_workshop,
    find_workshop,
    list_alike,
    search_workshops,
    series_prepared_by,
    show_sessions,
    workshops_seen_by,
)
from commonroot.domain.learning.reasons import LearningError
from commonroot.domain.learning.rules import PREPARE_WORKSHOPS
from commonroot.domain.network.models import Person
from commonroot.domain.network.sight import find_reason, places_where
from commonroot.web.learning.forms import MergeForm, NameForm, ToolForm, WorkshopForm
from commonroot.web.learning.trying import do, read_key
from commonroot.web.shell.getting import get
from commonroot.web.shell.viewer import get_place, viewer_of

MOST_SHOWN = 50


@require_safe
def list_workshops(request: HttpRequest) -> HttpResponse:
    """List the workshops of one's network, or those with some words in any of their names."""
    viewer = viewer_of(request)
    sought = request.GET.get("q", "").strip()
    shown = {
        "workshops": search_workshops(viewer, sought)[:MOST_SHOWN],
        "sought": sought,
        "widest": find_widest(viewer),
    }
    return render(request, "learning/list_workshops.html", shown)


def find_widest(viewer: Person) -> object:
    """Find the widest place at which somebody may add a workshop."""
    places = places_where(viewer, PREPARE_WORKSHOPS)
    return places.exclude(above__in=places.values("pk")).order_by("name").first()


@require_http_methods(["GET", "HEAD", "POST"])
def add_workshop(request: HttpRequest, place: uuid.UUID) -> HttpResponse:
    """Add a workshop; one that is known by this name or a like one is shown first."""
    viewer = viewer_of(request)
    found = get_place(viewer, place, PREPARE_WORKSHOPS)
    form = WorkshopForm(request.POST or None)
    alike: list[Workshop] = []
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"]
        known = find_known(viewer, name)
        if known is not None:
            messages.success(request, _("It is known already, and this is it."))
            return redirect("learning:show-workshop", known.pk)
        alike = [] if request.POST.get("is_new") else list_alike(viewer, name)
        if not alike:
            return finish_adding(request, viewer, found, form)
    shown = {"place": found, "form": form, "alike": alike}
    status = 422 if request.method == "POST" else 200
    return render(request, "learning/add_workshop.html", shown, status=status)


def finish_adding(
    request: HttpRequest, viewer: Person, place: object, form: WorkshopForm
) -> HttpResponse:
    """Add a workshop that nobody knows yet."""
    made: list[Workshop] = []
    deed = workshop_actions.add_workshop
    if do(
        form,
        "name",
        lambda: made.append(deed(by=viewer, place=place, **form.cleaned_data)),  # type: ignore[arg-type]  # a place
    ):
        return redirect("learning:show-workshop", made[0].pk)
    shown = {"place": place, "form": form, "alike": []}
    return render(request, "learning/add_workshop.html", shown, status=422)


@require_safe
def show_workshop(request: HttpRequest, workshop: uuid.UUID) -> HttpResponse:
    """Show a workshop: its names, when it is held, its tools."""
    viewer = viewer_of(request)
    return show_page(request, viewer, get(find_workshop, viewer, workshop))


def show_page(
    request: HttpRequest,
    viewer: Person,
    workshop: Workshop,
    *,
    name_form: NameForm | None = None,
    tool_form: ToolForm | None = None,
) -> HttpResponse:
    """Show a workshop, with what could not be read marked in its form."""
    may_change = find_reason(viewer, PREPARE_WORKSHOPS, workshop.place) is not None
    prepared = set(series_prepared_by(viewer).values_list("pk", flat=True))
    mine = workshop.recommendations.filter(person=viewer)
    series = show_sessions(workshop.series.select_related("workshop", "place"))
    shown = {
        "workshop": workshop,
        "names": workshop.names.all(),
        "series": sort_series(series),
        "prepared": prepared,
        "tools": workshop.tools.all(),
        "may_change": may_change,
        "may_plan": places_where(viewer, PREPARE_WORKSHOPS).exists(),
        "schools": list_schools(viewer) if was_there(viewer, workshop) else [],
        "recommended": set(mine.values_list("school", flat=True)),
        "name_form": name_form or NameForm(),
        "tool_form": tool_form or ToolForm(),
    }
    given = [form for form in (name_form, tool_form) if form]
    status = 422 if any(form.errors for form in given) else 200
    return render(request, "learning/show_workshop.html", shown, status=status)


def sort_series(series: QuerySet[Series]) -> list[Series]:
    """Sort series by their first day, the newest first; those without one before all."""
    return sorted(
        series,
        key=lambda each: tuple(-one.day.toordinal() for one in each.sessions.all()[:1]),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def describe_workshop(request: HttpRequest, workshop: uuid.UUID) -> HttpResponse:
    """Change what a workshop is called, and what it is about."""
    viewer = viewer_of(request)
    found = get(find_prepared_workshop, viewer, workshop)
    start = {"name": found.name, "about": found.about}
    form = WorkshopForm(request.POST or None, initial=start)
    deed = workshop_actions.describe_workshop
    if request.method == "POST" and do(
        form, "name", lambda: deed(by=viewer, workshop=found, **form.cleaned_data)
    ):
        return redirect("learning:show-workshop", found.pk)
    status = 422 if request.method == "POST" else 200
    shown = {"workshop": found, "form": form}
    return render(request, "learning/describe_workshop.html", shown, status=status)


@require_POST
def name_workshop(request: HttpRequest, workshop: uuid.UUID) -> HttpResponse:
    """Keep another name of a workshop."""
    viewer = viewer_of(request)
    found = get(find_prepared_workshop, viewer, workshop)
    form = NameForm(request.POST)
    deed = workshop_actions.add_name
    if do(form, "name", lambda: deed(by=viewer, workshop=found, **form.cleaned_data)):
        return redirect("learning:show-workshop", found.pk)
    return show_page(request, viewer, found, name_form=form)


@require_POST
def forget_name(request: HttpRequest, workshop: uuid.UUID) -> HttpResponse:
    """Let go of another name of a workshop."""
    viewer = viewer_of(request)
    found = get(find_prepared_workshop, viewer, workshop)
    name = request.POST.get("name", "")
    workshop_actions.remove_name(by=viewer, workshop=found, name=name)
    return redirect("learning:show-workshop", found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def merge_workshops(request: HttpRequest, workshop: uuid.UUID) -> HttpResponse:
    """Put two workshops together that turn out to be one."""
    viewer = viewer_of(request)
    found = get(find_prepared_workshop, viewer, workshop)
    places = places_where(viewer, PREPARE_WORKSHOPS)
    others = list(
        workshops_seen_by(viewer).filter(place__in=places).exclude(pk=found.pk)
    )
    form = MergeForm(request.POST or None, workshops=others)
    by_key = {str(each.pk): each for each in others}
    deed = workshop_actions.merge_workshops
    if request.method == "POST" and do(
        form,
        "other",
        lambda: deed(by=viewer, kept=found, other=by_key[form.cleaned_data["other"]]),
    ):
        messages.success(request, _("They are one now, with all of their names."))
        return redirect("learning:show-workshop", found.pk)
    status = 422 if request.method == "POST" else 200
    shown = {"workshop": found, "form": form, "others": others}
    return render(request, "learning/merge_workshops.html", shown, status=status)


@require_POST
def add_tool(request: HttpRequest, workshop: uuid.UUID) -> HttpResponse:
    """Add something that can be used on the next day."""
    viewer = viewer_of(request)
    found = get(find_prepared_workshop, viewer, workshop)
    form = ToolForm(request.POST)
    deed = workshop_actions.add_tool
    if do(form, "name", lambda: deed(by=viewer, workshop=found, **form.cleaned_data)):
        return redirect("learning:show-workshop", found.pk)
    return show_page(request, viewer, found, tool_form=form)


@require_POST
def remove_tool(request: HttpRequest, tool: uuid.UUID) -> HttpResponse:
    """Take a tool away."""
    viewer = viewer_of(request)
    found = get(find_tool, viewer, tool)
    try:
        workshop_actions.remove_tool(by=viewer, tool=found)
    except LearningError as problem:
        messages.error(request, str(problem))
    return redirect("learning:show-workshop", found.workshop_id)


@require_POST
def recommend(request: HttpRequest, workshop: uuid.UUID) -> HttpResponse:
    """Recommend a workshop to one's own school, or no longer."""
    viewer = viewer_of(request)
    found = get(find_workshop, viewer, workshop)
    key = read_key(request.POST.get("school", ""))
    schools = list_schools(viewer) if was_there(viewer, found) else []
    school = next((each for each in schools if each.pk == key), None)
    if school is None:
        messages.error(request, _("Only those who were there can recommend it."))
    elif request.POST.get("take_back"):
        practice_actions.take_back_recommendation(
            by=viewer, workshop=found, school=school
        )
        messages.success(request, _("It no longer counts."))
    else:
        practice_actions.recommend(by=viewer, workshop=found, school=school)
        messages.success(
            request,
            _("Thank you. Only how many do is shown, from three on; never who."),
        )
    return redirect("learning:show-workshop", found.pk)
