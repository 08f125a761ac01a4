"""One's own week."""

import datetime as dt
from importlib.resources import files

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commonroot.domain.network.coming import Coming
from commonroot.domain.network.models import Place
from commonroot.domain.network.sight import today
from commonroot.domain.week.queries import DAYS, Day, gather_week
from commonroot.web.shell.viewer import viewer_of
from commonroot.web.week.links import Line, link


@require_safe
def show_week(request: HttpRequest) -> HttpResponse:
    """Show one's week: what waits, whom one meets day by day, what to bring."""
    viewer = viewer_of(request)
    week = gather_week(viewer, read_day(request.GET.get("day", "")))
    shown = {
        "week": week,
        "waiting": link_all(week.waiting),
        "days": [
            (each, link_all(each.meetings), link_all(each.due), link_places(each))
            for each in week.days
        ],
        "by_school": request.GET.get("order") == "school",
        "has_way": any(len(each.route) > 1 for each in week.days),
        "bring": link_all(week.bring),
        "earlier": week.first - dt.timedelta(days=DAYS),
        "later": week.first + dt.timedelta(days=DAYS),
        "today": today(),
    }
    return render(request, "week/show_week.html", shown)


def read_day(text: str) -> dt.date:
    """Read a day of an address; today where it is none."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return today()


def link_places(day: Day) -> list[tuple[Place | None, list[Line]]]:
    """Give the meetings of a day with their addresses, place by place."""
    return [(place, link_all(found)) for place, found in day.by_place]


def link_all(found: list[Coming]) -> list[Line]:
    """Give the lines of a week with their addresses."""
    return [link(each) for each in found]


@login_not_required
@require_safe
def give_worker(request: HttpRequest) -> HttpResponse:
    """Give the script that keeps one's week for a day without a network."""
    script = files("commonroot.web.week") / "static" / "week" / "worker.js"
    answer = HttpResponse(
        script.read_bytes(), content_type="text/javascript; charset=utf-8"
    )
    # The visits of a week are kept with it, and lie beside it.
    answer["Service-Worker-Allowed"] = "/"
    return answer
