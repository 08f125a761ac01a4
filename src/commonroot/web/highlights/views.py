"""Pages of a year, and what is behind each number."""

import uuid

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commonroot.domain.highlights.definitions import DEFINITIONS
from commonroot.domain.highlights.queries import (
    find_own_page,
    find_page,
    pages_seen_by,
)
from commonroot.domain.highlights.queries import (
    open_number as open_up,
)
from commonroot.domain.highlights.rules import MAKE_YEAR
from commonroot.domain.highlights.spans import span_of
from commonroot.domain.network.choices import PlaceKind
from commonroot.domain.network.school_years import year_of
from commonroot.domain.network.sight import places_where, today
from commonroot.web.highlights.telling import tell_page
from commonroot.web.shell.getting import get
from commonroot.web.shell.viewer import viewer_of

MOST_DETAILS = 200
LINKS = {
    "meetings": "teams:show-meeting",
    "delivered_hours": "learning:show-series",
}


@require_safe
def list_years(request: HttpRequest) -> HttpResponse:
    """List the pages that one may see, and where one can begin another."""
    viewer = viewer_of(request)
    years = [year_of(today()), span_of_last()]
    shown = {
        "pages": pages_seen_by(viewer),
        "places": places_where(viewer, MAKE_YEAR)
        .filter(kind__in=(PlaceKind.REGION, PlaceKind.DISTRICT, PlaceKind.SCHOOL))
        .order_by("name"),
        "years": years,
    }
    return render(request, "highlights/list_years.html", shown)


def span_of_last() -> str:
    """Name the school year before this one."""
    return year_of(today().replace(year=today().year - 1, day=1))


@require_safe
def show_year(request: HttpRequest, page: uuid.UUID) -> HttpResponse:
    """Show the page of a year."""
    viewer = viewer_of(request)
    found = get(find_page, viewer, page)
    shown = {
        "page": found,
        "told": tell_page(viewer, found),
        "may_make": find_own_page(viewer, page) is not None,
        "papers": settings.LANGUAGES,
    }
    return render(request, "highlights/show_year.html", shown)


@require_safe
def open_number(request: HttpRequest, page: uuid.UUID, number: str) -> HttpResponse:
    """Open a number: how it is counted, and the records behind it as far as one may see."""
    viewer = viewer_of(request)
    found = get(find_page, viewer, page)
    definition = DEFINITIONS.get(number)
    may_make = find_own_page(viewer, page) is not None
    history = found.highlights.filter(definition=number).select_related(
        "drawn_by", "checked_by"
    )
    if not may_make:
        history = history.filter(published__isnull=False)
        if not history.filter(ended=None).exists():
            raise Http404
    if definition is None:
        raise Http404
    span = span_of(found.place, found.school_year)
    behind = open_up(viewer, definition, span)
    shown = {
        "page": found,
        "definition": definition,
        "span": span,
        "behind": behind,
        "details": behind.details[:MOST_DETAILS],
        "link": LINKS.get(number, "teams:show-cycle"),
        "history": history,
        "to_check": next(
            (
                each
                for each in history
                if each.ended is None
                and each.checked is None
                and each.drawn_by_id not in (None, viewer.pk)
            ),
            None,
        )
        if may_make
        else None,
    }
    return render(request, "highlights/open_number.html", shown)
