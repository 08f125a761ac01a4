"""Entering what happened, on a phone, with taps alone, and a tally of a place."""

import datetime as dt
import uuid
from collections import Counter
from importlib.resources import files
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from commonroot.domain.network.models import Person, Place
from commonroot.domain.records import entry_actions
from commonroot.domain.records.entry_actions import EntryError, Happened
from commonroot.domain.records.models import Entry
from commonroot.domain.records.offered import offer_labels
from commonroot.domain.records.queries import entries_seen_by, find_entry, tell_entry
from commonroot.domain.records.rules import ENTER
from commonroot.web.shell.viewer import get_place, viewer_of

MINUTES_AGO = {
    0: gettext_lazy("Now"),
    15: gettext_lazy("15 minutes ago"),
    30: gettext_lazy("Half an hour ago"),
    60: gettext_lazy("One hour ago"),
    120: gettext_lazy("Two hours ago"),
    240: gettext_lazy("Four hours ago"),
    360: gettext_lazy("Six hours ago"),
    1440: gettext_lazy("Yesterday at this time"),
}
# On a busy day the page stays short, on a phone above all.
MOST_SHOWN = 20


def read_minutes(text: str) -> int:
    """Read how many minutes ago something was."""
    if text not in map(str, MINUTES_AGO):
        raise EntryError(_("Choose one of the answers that are offered."))
    return int(text)


def read_moment(text: str) -> dt.datetime:
    """Read when a device says that it was told; without that it is now."""
    if not text:
        return timezone.now()
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        raise EntryError(_("The device sent a time that cannot be read.")) from None
    return moment if moment.tzinfo else timezone.make_aware(moment)


def read_key(text: str) -> uuid.UUID:
    """Read the key of an entry."""
    try:
        return uuid.UUID(text)
    except ValueError:
        raise EntryError(
            _("The device sent no key. Open the page once more and try again.")
        ) from None


def read_entry(request: HttpRequest) -> Happened:
    """Read what was chosen. Raises EntryError with a sentence."""
    given = request.POST
    ago = dt.timedelta(minutes=read_minutes(given.get("ago", "0")))
    return Happened(
        key=read_key(given.get("key", "")),
        at=read_moment(given.get("at", "")) - ago,
        location=given.get("location", ""),
        behaviour=given.get("behaviour", ""),
        band=given.get("band", ""),
        response=given.get("response", ""),
    )


def asks_for_data(request: HttpRequest) -> bool:
    """Does a script ask, and not a person's form?"""
    return request.headers.get("Accept", "") == "application/json"


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, place: uuid.UUID) -> HttpResponse:
    """Enter one incident with taps; sent by the form itself or later by its script."""
    viewer = viewer_of(request)
    school = get_place(viewer, place, ENTER)
    problem = ""
    if request.method == "POST":
        if request.POST.get("person", str(viewer.pk)) != str(viewer.pk):
            # Somebody else is signed in on this device now; it waits for its own.
            return JsonResponse({"kept": False}, status=409)
        try:
            entry_actions.enter(by=viewer, school=school, told=read_entry(request))
        except EntryError as error:
            problem = str(error)
        if asks_for_data(request):
            answer = {"kept": not problem, "problem": problem}
            return JsonResponse(answer, status=422 if problem else 200)
        if not problem:
            messages.success(request, _("It is kept."))
            return redirect(find_way_back(request, school))
    shown = {
        "place": school,
        "offered": offer_labels(viewer, school),
        "key": uuid.uuid4(),
        "today": list_today(viewer, school, MOST_SHOWN),
        "entered": entries_seen_by(viewer, school).count(),
        "problem": problem,
        "minutes_ago": list(MINUTES_AGO.items())[1:],
    }
    status = 422 if problem else 200
    return render(request, "records/enter.html", shown, status=status)


def find_way_back(request: HttpRequest, school: Place) -> str:
    """Find the page that an entry came from: the tally, or the form."""
    if request.POST.get("from") != "tally":
        return redirect("records:enter", school.pk).url
    at = urlencode({"at": request.POST.get("location", "")})
    return f"{redirect('records:tally', school.pk).url}?{at}"


def list_today(
    viewer: Person, school: Place, most: int | None = None
) -> list[tuple[Entry, dict[str, str]]]:
    """List what somebody entered today, the newest first, with what it says."""
    entered = entries_seen_by(viewer, school)[:most]
    return [(each, tell_entry(each)) for each in entered]


@require_safe
def tally(request: HttpRequest, place: uuid.UUID) -> HttpResponse:
    """Count at one place, a tap a count."""
    viewer = viewer_of(request)
    school = get_place(viewer, place, ENTER)
    offered = offer_labels(viewer, school)
    today = list_today(viewer, school)
    asked = request.GET.get("at", "")
    location = asked if asked in offered.locations else ""
    mine = Counter(
        told["behaviour"] for _entry, told in today if told["location"] == location
    )
    counts = [
        (behaviour, mine[behaviour], uuid.uuid4()) for behaviour in offered.behaviours
    ]
    shown = {
        "place": school,
        "offered": offered,
        "today": today[:MOST_SHOWN],
        "entered": len(today),
        "location": location,
        "counts": counts,
    }
    return render(request, "records/tally.html", shown)


@require_POST
def take_back_entry(request: HttpRequest, entry: uuid.UUID) -> HttpResponse:
    """Take back an entry that one made oneself."""
    viewer = viewer_of(request)
    found = find_entry(viewer, entry)
    if found is None:
        raise Http404
    entry_actions.take_back(by=viewer, entry=found)
    messages.success(request, _("It was taken back, and does not count."))
    return redirect(find_way_back(request, found.school))


@login_not_required
@require_safe
def give_worker(request: HttpRequest) -> HttpResponse:
    """Give the script that keeps the pages of entry for when there is no network."""
    script = files("commonroot.web.records") / "static" / "records" / "worker.js"
    return HttpResponse(
        script.read_bytes(), content_type="text/javascript; charset=utf-8"
    )
