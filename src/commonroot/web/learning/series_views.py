"""Series: one's own page of learning, a series as everybody sees it, and preparing it."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from commonroot.domain.learning import seat_actions, series_actions
from commonroot.domain.learning.choices import SeatState, SeriesState
from commonroot.domain.learning.hours import count_hours
from commonroot.domain.learning.models import Seat, Series, Session
from commonroot.domain.learning.practice_queries import choices_of
from commonroot.domain.learning.preparing import is_in_room
from commonroot.domain.learning.queries import (
    find_own_seat,
    find_prepared,
    find_series,
    find_workshop,
    list_open_series,
    list_own_seats,
    schools_to_choose,
    series_prepared_by,
    show_sessions,
)
from commonroot.domain.learning.reasons import LearningError
from commonroot.domain.learning.room_queries import find_material
from commonroot.domain.learning.rules import PREPARE_WORKSHOPS, SEE_HOURS
from commonroot.domain.learning.seat_actions import count_free, is_for, is_over
from commonroot.domain.network.models import Person
from commonroot.domain.network.sight import find_reason, places_where, today
from commonroot.web.learning.forms import (
    MaterialForm,
    NeedsForm,
    PlanForm,
    StateForm,
)
from commonroot.web.learning.trying import do
from commonroot.web.shell.getting import get
from commonroot.web.shell.viewer import viewer_of

MOST_PREPARED = 40


@require_safe
def list_learning(request: HttpRequest) -> HttpResponse:
    """Show one's own learning: what waits for an answer, what is coming, what was tried."""
    return show_learning(request, viewer_of(request))


def show_learning(
    request: HttpRequest, viewer: Person, *, feed: str = ""
) -> HttpResponse:
    """Show one's own page, with the address of one's dates when it was made just now."""
    seats = list(list_own_seats(viewer).exclude(state=SeatState.DECLINED))
    known = {seat.series_id for seat in seats}
    ahead = [seat for seat in seats if is_ahead(seat)]
    shown = {
        "invited": [seat for seat in ahead if seat.state == SeatState.INVITED],
        "coming": [seat for seat in ahead if seat.state != SeatState.INVITED],
        "past": [seat for seat in seats if not is_ahead(seat)],
        "open_series": [
            series for series in list_open_series(viewer) if series.pk not in known
        ],
        "tries": choices_of(viewer).filter(tried="", ask_on__lte=today()),
        "prepared": show_sessions(series_prepared_by(viewer))
        .exclude(state__in=[SeriesState.DONE, SeriesState.CALLED_OFF])
        .order_by("workshop__name")[:MOST_PREPARED],
        "feed": feed,
    }
    return render(request, "learning/list_learning.html", shown)


def is_ahead(seat: Seat) -> bool:
    """Say whether a series still has a session to come, or has none yet."""
    if seat.series.state == SeriesState.CALLED_OFF:
        return False
    days = [each.day for each in seat.series.sessions.all()]
    return not days or max(days) >= today()


@require_safe
def show_series(request: HttpRequest, series: uuid.UUID) -> HttpResponse:
    """Show a series: when, where, who teaches; and one's own seat in it."""
    viewer = viewer_of(request)
    return show_page(request, viewer, get(find_series, viewer, series))


def show_page(
    request: HttpRequest,
    viewer: Person,
    series: Series,
    *,
    needs_form: NeedsForm | None = None,
    problem: str = "",
    feed: str = "",
) -> HttpResponse:
    """Show a series, with what could not be done said on top."""
    seat = find_own_seat(viewer, series)
    may_prepare = find_prepared(viewer, series.pk) is not None
    has_seat = seat is not None and seat.state in (SeatState.COMING, SeatState.INVITED)
    sessions = series.sessions.prefetch_related("facilitations__person")
    counted = count_hours(Session.objects.filter(series=series)).get(series.pk)
    sees_hours = find_reason(viewer, SEE_HOURS, series.place) is not None
    shown = {
        "series": series,
        "sessions": sessions,
        "seat": seat,
        "may_prepare": may_prepare,
        "may_choose": schools_to_choose(viewer, series).exists(),
        "is_open": series.state == SeriesState.OPEN and not is_over(series),
        "is_for_me": is_for(viewer, series),
        "free": count_free(series),
        "in_room": is_in_room(viewer, series),
        "interpreted": list(
            series.interpreters.values_list("language", flat=True).distinct()
        ),
        "materials": series.materials.all() if has_seat or may_prepare else [],
        "hours": counted,
        "sees_participant_hours": sees_hours or may_prepare,
        "needs_form": needs_form or NeedsForm(initial=read_needs(seat)),
        "problem": problem,
        "feed": feed,
    }
    failed = problem or (needs_form is not None and needs_form.errors)
    return render(
        request, "learning/show_series.html", shown, status=422 if failed else 200
    )


def read_needs(seat: Seat | None) -> dict[str, Any]:
    """Read what somebody with a seat said they need."""
    return vars(seat) if seat is not None else {}


@require_POST
def take_seat(request: HttpRequest, series: uuid.UUID) -> HttpResponse:
    """Ask for a seat, say whether one comes, and say what one needs."""
    viewer = viewer_of(request)
    found = get(find_series, viewer, series)
    seat = find_own_seat(viewer, found)
    form = NeedsForm(request.POST, initial=read_needs(seat))
    if not form.is_valid():
        return show_page(request, viewer, found, needs_form=form)
    answer = request.POST.get("answer", "")
    try:
        if answer == "no" and seat is not None:
            seat_actions.answer_seat(seat=seat, is_coming=False, by=viewer)
            messages.success(request, _("It is noted that you do not come."))
        elif answer in ("yes", "ask"):
            seat = seat_actions.ask_for_seat(by=viewer, series=found)
            seat_actions.say_needs(seat=seat, by=viewer, **form.cleaned_data)
            messages.success(request, tell_seat(seat))
        elif answer == "needs" and seat is not None:
            seat_actions.say_needs(seat=seat, by=viewer, **form.cleaned_data)
            messages.success(request, _("It is noted, for those who prepare it alone."))
        else:
            return show_page(request, viewer, found, problem=_("Say whether you come."))
    except LearningError as problem:
        return show_page(request, viewer, found, problem=str(problem))
    return redirect("learning:show-series", found.pk)


def tell_seat(seat: Seat) -> str:
    """Tell somebody whether they have a seat, or wait for one."""
    if seat.state == SeatState.WAITING:
        return _("It is full. You are on the waiting list, and a letter tells you.")
    return _("You have a seat. See you there.")


@require_http_methods(["GET", "HEAD", "POST"])
def plan_series(request: HttpRequest, workshop: uuid.UUID) -> HttpResponse:
    """Plan to offer a workshop."""
    viewer = viewer_of(request)
    found = get(find_workshop, viewer, workshop)
    places = list(places_where(viewer, PREPARE_WORKSHOPS).order_by("name"))
    if not places:
        raise Http404
    form = PlanForm(request.POST or None, places=places)
    by_key = {str(each.pk): each for each in places}
    made: list[Series] = []

    def plan() -> None:
        told = {**form.cleaned_data}
        place = by_key[told.pop("place")]
        made.append(
            series_actions.plan_series(by=viewer, workshop=found, place=place, **told)
        )

    if request.method == "POST" and do(form, "place", plan):
        return redirect("learning:add-session", made[0].pk)
    status = 422 if request.method == "POST" else 200
    shown = {"workshop": found, "form": form}
    return render(request, "learning/plan_series.html", shown, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def prepare_series(request: HttpRequest, series: uuid.UUID) -> HttpResponse:
    """Prepare a series: where it stands, its dates, and ways to all the rest."""
    viewer = viewer_of(request)
    found = get(find_prepared, viewer, series)
    form = StateForm(request.POST or None, initial=vars(found))

    def change() -> None:
        told = {**form.cleaned_data}
        state = SeriesState(told.pop("state"))
        series_actions.change_series(by=viewer, series=found, state=state, **told)

    if request.method == "POST" and do(form, "state", change):
        messages.success(request, _("It is kept."))
        return redirect("learning:prepare-series", found.pk)
    return show_preparation(request, found, form=form)


def show_preparation(
    request: HttpRequest,
    series: Series,
    *,
    form: StateForm | None = None,
    material_form: MaterialForm | None = None,
    feed: str = "",
) -> HttpResponse:
    """Show how a series is prepared."""
    given = [each for each in (form, material_form) if each and each.is_bound]
    shown = {
        "series": series,
        "form": form or StateForm(initial=vars(series)),
        "material_form": material_form or MaterialForm(),
        "sessions": series.sessions.prefetch_related("facilitations__person"),
        "today": today(),
        "seats": count_states(series),
        "free": count_free(series),
        "materials": series.materials.all(),
        "feed": feed,
    }
    status = 422 if any(each.errors for each in given) else 200
    return render(request, "learning/prepare_series.html", shown, status=status)


def count_states(series: Series) -> list[tuple[str, int]]:
    """Count the seats of a series by where they stand."""
    states = list(series.seats.values_list("state", flat=True))
    return [(str(each.label), states.count(each)) for each in SeatState]


@require_POST
def add_material(request: HttpRequest, series: uuid.UUID) -> HttpResponse:
    """Add something to read or use."""
    viewer = viewer_of(request)
    found = get(find_prepared, viewer, series)
    form = MaterialForm(request.POST)
    deed = series_actions.add_material
    if do(form, "title", lambda: deed(by=viewer, series=found, **form.cleaned_data)):
        return redirect("learning:prepare-series", found.pk)
    return show_preparation(request, found, material_form=form)


@require_POST
def remove_material(request: HttpRequest, material: uuid.UUID) -> HttpResponse:
    """Take a material away."""
    viewer = viewer_of(request)
    found = get(find_material, viewer, material)
    series_actions.remove_material(by=viewer, material=found)
    return redirect("learning:prepare-series", found.series_id)
