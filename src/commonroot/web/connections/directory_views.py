"""One's own connections, one's profile, and the directory."""

import csv
import datetime as dt
import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from commonroot.domain.audit.actions import note_look
from commonroot.domain.connections import leaving_actions, profile_actions
from commonroot.domain.connections.audience import find_reach
from commonroot.domain.connections.choices import CURRENT, Field
from commonroot.domain.connections.coming import find_coming
from commonroot.domain.connections.own_rows import HEADER, tell_own
from commonroot.domain.connections.practices import list_practices
from commonroot.domain.connections.profile_actions import list_workplaces
from commonroot.domain.connections.queries import (
    Shown,
    Sought,
    find_own_profile,
    find_profile,
    list_search_places,
    show,
)
from commonroot.domain.connections.queries import search_directory as search_profiles
from commonroot.domain.connections.reasons import ConnectingError
from commonroot.domain.connections.round_queries import (
    is_educator,
    matches_of,
    participations_of,
    rounds_open_to,
)
from commonroot.domain.connections.rules import RUN_ROUND
from commonroot.domain.connections.words import write_value
from commonroot.domain.network.coming import ComingKind
from commonroot.domain.network.models import Person
from commonroot.domain.network.sight import places_where, today
from commonroot.web.connections.forms import ProfileForm, SearchForm
from commonroot.web.shell.cells import write_cell
from commonroot.web.shell.getting import get
from commonroot.web.shell.viewer import viewer_of

MOST_SHOWN = 50
SOON = dt.timedelta(days=14)


def tell_shown(shown: Shown) -> list[tuple[str, str, str]]:
    """Tell what may be seen of a profile: label, text, and which field it is."""
    told = [
        (field, ", ".join(write_value(field, each) for each in shown.tell(field)))
        for field in Field
    ]
    return [(str(field.label), text, field.value) for field, text in told if text]


def sum_up(shown: Shown) -> str:
    """Sum up what may be seen of a profile, for a list."""
    brief = {Field.OFFER, Field.ASK, Field.PRACTICES, Field.PLACE}
    return " · ".join(
        f"{label}: {text}" for label, text, name in tell_shown(shown) if name in brief
    )


@require_safe
def show_connections(request: HttpRequest) -> HttpResponse:
    """Show one's own connections: profile, matches, rounds."""
    viewer = viewer_of(request)
    if not is_educator(viewer):
        return render(request, "connections/not_here.html", show_rest(viewer))
    own = list(matches_of(viewer).order_by("-made", "pk")[:MOST_SHOWN])
    shown = {
        **show_rest(viewer),
        "due": [
            (each.words, reverse(each.page, args=[each.key]))
            for each in find_coming(viewer, today(), today() + SOON)
            if each.kind == ComingKind.DUE
        ],
        "profile": find_own_profile(viewer),
        "matches": [each for each in own if each.state in CURRENT],
        "ended": [each for each in own if each.state not in CURRENT],
        "participations": participations_of(viewer).order_by("-round__join_by"),
        "open_rounds": rounds_open_to(viewer),
    }
    return render(request, "connections/show_connections.html", shown)


def show_rest(viewer: Person) -> dict[str, object]:
    """Show what stands on the page whether one works here or not."""
    return {"may_run": places_where(viewer, RUN_ROUND).exists()}


@require_http_methods(["GET", "HEAD", "POST"])
def keep_profile(request: HttpRequest) -> HttpResponse:
    """Join the directory, or change what one says there."""
    viewer = viewer_of(request)
    places = list_workplaces(viewer)
    if not places:
        return redirect("connections:show-connections")
    profile = find_own_profile(viewer)
    form = ProfileForm(
        request.POST or None,
        places=places,
        practices=list_practices(find_reach(viewer).around),
        profile=profile,
    )
    if request.method == "POST" and form.is_valid():
        (place,) = (
            each for each in places if str(each.pk) == form.cleaned_data["workplace"]
        )
        try:
            profile_actions.keep_profile(by=viewer, place=place, told=form.tell())
        except ConnectingError as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(
                request, _("Kept. You can change it or leave at any time.")
            )
            return redirect("connections:show-connections")
    shown = {"form": form, "profile": profile, "places": places, "fields": Field}
    status = 422 if form.errors else 200
    return render(request, "connections/keep_profile.html", shown, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def leave_directory(request: HttpRequest) -> HttpResponse:
    """Leave the directory at once."""
    viewer = viewer_of(request)
    if request.method == "POST":
        leaving_actions.leave_directory(by=viewer)
        messages.success(
            request, _("You have left. Nothing of yours is there any more.")
        )
        return redirect("connections:show-connections")
    shown = {"profile": find_own_profile(viewer)}
    return render(request, "connections/leave_directory.html", shown)


@require_safe
def search_directory(request: HttpRequest) -> HttpResponse:
    """Look for people by what one may see of them."""
    viewer = viewer_of(request)
    reach = find_reach(viewer)
    form = SearchForm(
        request.GET,
        practices=list_practices(reach.around),
        places=list(list_search_places(viewer)),
    )
    is_read = form.is_valid()
    sought = form.tell() if is_read else Sought()
    found = list(search_profiles(viewer, sought)[: MOST_SHOWN + 1]) if is_read else []
    shown = {
        "form": form,
        "found": [(each, sum_up(show(reach, each))) for each in found[:MOST_SHOWN]],
        "has_more": len(found) > MOST_SHOWN,
        "is_sought": sought != Sought(),
        "profile": find_own_profile(viewer),
        "is_educator": is_educator(viewer),
    }
    status = 200 if is_read else 422
    return render(request, "connections/search_directory.html", shown, status=status)


@require_safe
def show_profile(request: HttpRequest, profile: uuid.UUID) -> HttpResponse:
    """Show a profile, as far as one may see it."""
    viewer = viewer_of(request)
    found = get(find_profile, viewer, profile)
    shown = {
        "profile": found.profile,
        "told": tell_shown(found),
        "is_own": found.profile.person_id == viewer.pk,
        "open_rounds": rounds_open_to(viewer),
    }
    return render(request, "connections/show_profile.html", shown)


@require_safe
def export_own(request: HttpRequest) -> HttpResponse:
    """Give everything that the area keeps of oneself, as CSV."""
    viewer = viewer_of(request)
    note_look(by=viewer, kind="profile", key=viewer.pk)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    name = f"my-connections-{today()}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    writer = csv.writer(answer)
    writer.writerow(HEADER)
    for row in tell_own(viewer):
        writer.writerow([write_cell(each) for each in row])
    return answer
