"""One's own visits and their words; what others may see of them."""

import datetime as dt
import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from commonroot.domain.coaching import actions
from commonroot.domain.coaching.choices import Part, VisitState
from commonroot.domain.coaching.models import Visit
from commonroot.domain.coaching.queries import (
    count_visits,
    find_own_note,
    find_visit,
    visits_of,
    visits_shown_to,
)
from commonroot.domain.coaching.reasons import VisitError
from commonroot.domain.coaching.rules import SEE_SHOWN_FOCUS
from commonroot.domain.network.models import Person
from commonroot.domain.network.school_years import days_of, year_of
from commonroot.domain.network.sight import today
from commonroot.web.coaching.asking_views import may_ask
from commonroot.web.coaching.visit_page import show_page
from commonroot.web.shell.getting import get
from commonroot.web.shell.viewer import get_place, viewer_of

MOST_ON_A_PAGE = 30


@require_safe
def list_visits(request: HttpRequest) -> HttpResponse:
    """List one's own visits: what waits, what comes, and page by page what was."""
    viewer = viewer_of(request)
    own = visits_of(viewer)
    past = own.exclude(state__in=actions.OPEN)
    shown = {
        "waiting": own.filter(state=VisitState.ASKED).order_by("day"),
        "coming": own.filter(state=VisitState.AGREED).order_by("day", "starts"),
        "earlier": Paginator(past, MOST_ON_A_PAGE).get_page(request.GET.get("page")),
        "may_ask": may_ask(viewer),
    }
    return render(request, "coaching/list_visits.html", shown)


@require_safe
def show_visit(request: HttpRequest, visit: uuid.UUID) -> HttpResponse:
    """Show a visit with its words, to the two whom they belong to."""
    viewer = viewer_of(request)
    return show_page(request, viewer, get(find_visit, viewer, visit))


@require_POST
def add_note(request: HttpRequest, visit: uuid.UUID) -> HttpResponse:
    """Add a line to a visit's words; sent by the form itself or later by its script."""
    viewer = viewer_of(request)
    if request.POST.get("person", str(viewer.pk)) != str(viewer.pk):
        # Somebody else is signed in on this device now; it waits for its own.
        return JsonResponse({"kept": False}, status=409)
    found = get(find_visit, viewer, visit)
    words, problem = request.POST.get("words", ""), ""
    try:
        part, key = read_part(request.POST.get("part", "")), read_key(request)
        actions.add_note(by=viewer, visit=found, part=part, words=words, key=key)
    except VisitError as error:
        problem = str(error)
    except PermissionDenied:
        problem = _("You cannot write in this visit any more.")
    if request.headers.get("Accept", "") == "application/json":
        told = {"kept": not problem, "problem": problem}
        return JsonResponse(told, status=422 if problem else 200)
    if problem:
        kept = {request.POST.get("part", ""): words}
        return show_page(request, viewer, found, problem=problem, kept=kept)
    return redirect("coaching:show-visit", found.pk)


def read_part(text: str) -> Part:
    """Read which part a line belongs to."""
    if text not in Part.values:
        raise VisitError(_("Choose one of the answers that are offered."))
    return Part(text)


def read_key(request: HttpRequest) -> uuid.UUID:
    """Read the key of a line."""
    try:
        return uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        raise VisitError(
            _("The device sent no key. Open the page once more and try again.")
        ) from None


@require_POST
def take_back_note(request: HttpRequest, note: uuid.UUID) -> HttpResponse:
    """Take back a line of one's own."""
    viewer = viewer_of(request)
    found = get(find_own_note, viewer, note)
    visit = found.visit_id
    actions.take_back_note(by=viewer, note=found)
    messages.success(request, _("It is taken back, and gone."))
    return redirect("coaching:show-visit", visit)


def get_visited(request: HttpRequest, visit: uuid.UUID) -> tuple[Person, Visit]:
    """Get a visit to one's own room, or say that there is no such page."""
    viewer = viewer_of(request)
    found = get(
        lambda key: visits_of(viewer).filter(pk=key, pair__teacher=viewer).first(),
        visit,
    )
    return viewer, found


@require_POST
def show_focus(request: HttpRequest, visit: uuid.UUID) -> HttpResponse:
    """Let the principal see with whom one works and on what focus."""
    viewer, found = get_visited(request, visit)
    focus = request.POST.get("focus", "")
    try:
        actions.show_focus(by=viewer, visit=found, focus=focus)
    except VisitError as problem:
        return show_page(
            request, viewer, found, problem=str(problem), shown_focus=focus
        )
    messages.success(
        request, _("Your principal can see this now. You can stop it here.")
    )
    return redirect("coaching:show-visit", found.pk)


@require_POST
def hide_focus(request: HttpRequest, visit: uuid.UUID) -> HttpResponse:
    """Stop letting the principal see it."""
    viewer, found = get_visited(request, visit)
    actions.hide_focus(by=viewer, visit=found)
    messages.success(request, _("Your principal no longer sees it."))
    return redirect("coaching:show-visit", found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def erase_words(request: HttpRequest, visit: uuid.UUID) -> HttpResponse:
    """Ask whether the words of a visit should go, and erase them."""
    viewer, found = get_visited(request, visit)
    if request.method != "POST":
        return render(request, "coaching/erase_words.html", {"visit": found})
    gone = actions.erase_words(by=viewer, visit=found)
    messages.success(
        request,
        _(
            "%(lines)s lines are erased. That there was a visit on this day stays. A backup "
            "from before holds them, sealed, until it is deleted."
        )
        % {"lines": gone},
    )
    return redirect("coaching:show-visit", found.pk)


@require_safe
def list_shown(request: HttpRequest, place: uuid.UUID) -> HttpResponse:
    """List what teachers let their principal see."""
    viewer = viewer_of(request)
    school = get_place(viewer, place, SEE_SHOWN_FOCUS)
    shown = {"place": school, "visits": visits_shown_to(viewer, school)}
    return render(request, "coaching/list_shown.html", shown)


@require_safe
def list_counts(request: HttpRequest) -> HttpResponse:
    """Say how many visits were held in the schools whose counts one may see."""
    year = request.GET.get("year", "")
    try:
        first, last = days_of(year)
    except ValueError:
        year = year_of(today())
        first, last = days_of(year)
    shown = {
        "counts": count_visits(viewer_of(request), first, last),
        "year": year,
        "first": first,
        "last": last,
        "before": year_of(first - dt.timedelta(days=1)),
    }
    return render(request, "coaching/list_counts.html", shown)
