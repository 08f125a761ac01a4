"""Staff and schools from a file: give it, look at what it would do, say yes."""

import uuid

from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from commonroot.domain.network import roster_actions
from commonroot.domain.network.actions import NetworkError
from commonroot.domain.network.choices import FileState
from commonroot.domain.network.models import Person, Place, RosterImport
from commonroot.domain.network.queries import find_roster, rosters_seen_by
from commonroot.domain.network.rules import IMPORT_ROSTER
from commonroot.intake import UnreadableFileError
from commonroot.web.network.forms import RosterForm
from commonroot.web.network.roster_lists import (
    list_breaches,
    list_dropped,
    list_notes,
    list_sections,
)
from commonroot.web.shell.uploads import keep_for_now
from commonroot.web.shell.viewer import get_place, viewer_of


def get_roster(viewer: Person, key: uuid.UUID) -> RosterImport:
    """Get a roster of a place where somebody may give one."""
    found = find_roster(viewer, key)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def list_rosters(request: HttpRequest, place: uuid.UUID) -> HttpResponse:
    """List the rosters of a place, and take another one."""
    viewer = viewer_of(request)
    found = get_place(viewer, place, IMPORT_ROSTER)
    if found.kind not in roster_actions.GIVEN_AT:
        messages.info(request, _("A roster is given at a region or a district."))
        return redirect("network:show-place", found.pk)
    form = RosterForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = read_roster(viewer, found, form)
        if given is not None:
            return redirect("network:show-roster", given.pk)
    rosters = rosters_seen_by(viewer, found)
    shown = {"place": found, "form": form, "rosters": rosters}
    status = 422 if form.errors else 200
    return render(request, "network/list_rosters.html", shown, status=status)


def read_roster(viewer: Person, place: Place, form: RosterForm) -> RosterImport | None:
    """Read what was given; None when the form now says why it cannot be read."""
    given = form.cleaned_data["file"]
    try:
        with keep_for_now(given) as path:
            return roster_actions.give_roster(
                by=viewer,
                place=place,
                path=path,
                name=given.name or path.name,
                strict=form.cleaned_data["strict"],
            )
    except UnreadableFileError as error:
        form.add_error("file", str(error))
        return None


@require_safe
def show_roster(request: HttpRequest, roster: uuid.UUID) -> HttpResponse:
    """Show what a roster would do, or did, and all that is wrong with it."""
    viewer = viewer_of(request)
    found = get_roster(viewer, roster)
    plan = roster_actions.make_plan(found, by=viewer)
    counts = plan.count() if plan else found.done
    shown = {
        "roster": found,
        "place": found.place,
        "counts": counts,
        "table": [
            (_("Places"), counts.get("places")),
            (_("People"), counts.get("people")),
            (_("Roles"), counts.get("roles")),
        ],
        "waits": found.state == FileState.WAITING,
        "changes": plan is not None and plan.changes_something,
        "sections": [*(list_sections(plan) if plan else ()), *list_breaches(found)],
        "notes": list(list_notes(found, counts)),
        "dropped": list_dropped(found),
    }
    return render(request, "network/show_roster.html", shown)


@require_POST
def take_in_roster(request: HttpRequest, roster: uuid.UUID) -> HttpResponse:
    """Take a roster in."""
    viewer = viewer_of(request)
    found = get_roster(viewer, roster)
    try:
        found = roster_actions.take_in_roster(by=viewer, given=found)
    except (IntegrityError, NetworkError):
        messages.error(
            request,
            _("Something here was changed at the same moment. Look at it once more."),
        )
    else:
        if found.state == FileState.TAKEN_IN:
            messages.success(request, _("The file was taken in. No letter was sent."))
    return redirect("network:show-roster", found.pk)


@require_POST
def set_aside_roster(request: HttpRequest, roster: uuid.UUID) -> HttpResponse:
    """Set a roster aside."""
    viewer = viewer_of(request)
    found = get_roster(viewer, roster)
    try:
        roster_actions.set_aside_roster(by=viewer, given=found)
    except NetworkError as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("It was set aside, and what it said is forgotten."))
    return redirect("network:list-rosters", found.place_id)
