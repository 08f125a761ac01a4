"""One's own profile and connections, and finding somebody to ask."""

import csv
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

from commonroot.domain.connections import actions
from commonroot.domain.connections.choices import FIELDS, RoundState, Span
from commonroot.domain.connections.models import Profile
from commonroot.domain.connections.queries import (
    find_own_school,
    list_practices,
    matches_of,
    practices_of,
    profiles_seen_by,
    read_field,
    rounds_open_to,
    search_profiles,
)
from commonroot.domain.connections.reasons import ConnectingError
from commonroot.domain.connections.rules import CONNECT, EDIT_PRACTICES, RUN_ROUND
from commonroot.domain.network.models import Person
from commonroot.domain.network.sight import places_where, today
from commonroot.web.connections.forms import NAMES, ProfileForm
from commonroot.web.shell.cells import write_cell
from commonroot.web.shell.viewer import get_place, viewer_of

MOST_SHOWN = 60


@require_safe
def show_own(request: HttpRequest) -> HttpResponse:
    """Show one's own profile, rounds and matches."""
    viewer = viewer_of(request)
    profile = find_profile(viewer)
    shown = {
        "profile": profile,
        "fields": list_fields(profile) if profile else [],
        "may_connect": places_where(viewer, CONNECT).exists(),
        "may_run": places_where(viewer, RUN_ROUND).exists(),
        "rounds": rounds_open_to(viewer).filter(
            state=RoundState.OPEN, closes__gte=today()
        ),
        "matches": matches_of(viewer),
    }
    return render(request, "connections/show_own.html", shown)


def find_profile(person: Person) -> Profile | None:
    """Find somebody's own profile."""
    return Profile.objects.filter(person=person).select_related("school").first()


def list_fields(profile: Profile) -> list[tuple[str, str, str]]:
    """List the fields of one's own profile: name, words, and who may read them."""
    return [
        (
            str(NAMES[field]),
            read_field(profile, field),
            str(profile.find_audience(field).label),
        )
        for field in FIELDS
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def keep_profile(request: HttpRequest) -> HttpResponse:
    """Say something of oneself, each field for its own audience."""
    viewer = viewer_of(request)
    school = find_own_school(viewer)
    if school is None:
        messages.error(request, _("Profiles are for people who work in schools."))
        return redirect("connections:show-own")
    known = find_profile(viewer)
    form = ProfileForm(
        request.POST or None,
        practices=list_practices(school),
        initial=read_start(known) if known else None,
    )
    if request.method == "POST" and form.is_valid():
        actions.keep_profile(by=viewer, **form.read())
        messages.success(request, _("Your profile is kept."))
        return redirect("connections:show-own")
    shown = {"form": form, "known": known}
    status = 422 if form.errors else 200
    return render(request, "connections/keep_profile.html", shown, status=status)


def read_start(profile: Profile) -> dict[str, object]:
    """Read what a profile's form begins with."""
    start = {
        name: getattr(profile, name)
        for name in ("offers", "asks", "spans", "languages", "hours", "contact")
    }
    audiences = {f"audience_{name}": profile.find_audience(name) for name in FIELDS}
    return {**start, **audiences, "practices": profile.practices.all()}


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Take one's profile out."""
    actions.leave_directory(by=viewer_of(request))
    messages.success(request, _("Everything about you is taken out."))
    return redirect("connections:show-own")


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Find somebody by practice, grades, place or language, in what one may read."""
    viewer = viewer_of(request)
    sought, span = request.GET.get("q", "").strip(), request.GET.get("grades", "")
    found = (
        search_profiles(viewer, sought, span)
        if sought or span
        else profiles_seen_by(viewer)
    )
    shown = {
        "people": [
            (each, [(NAMES[name], words) for name, words in each.fields.items()])
            for each in found[:MOST_SHOWN]
        ],
        "sought": sought,
        "span": span,
        "spans": Span.choices,
    }
    return render(request, "connections/search.html", shown)


@require_safe
def export_own(request: HttpRequest) -> HttpResponse:
    """Give one's own profile and matches as CSV."""
    viewer = viewer_of(request)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="connections-{today()}.csv"'
    writer = csv.writer(answer)
    writer.writerow(["what", "value", "more"])
    profile = find_profile(viewer)
    rows = list_fields(profile) if profile else []
    for each in matches_of(viewer):
        other = each.seasoned if each.new_id == viewer.pk else each.new
        rows.append((each.round.name, other.name, str(each.get_state_display())))
    for row in rows:
        writer.writerow([write_cell(cell) for cell in row])
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def edit_practices(request: HttpRequest, place: uuid.UUID) -> HttpResponse:
    """Edit the network's own list of practices."""
    viewer = viewer_of(request)
    region = get_place(viewer, place, EDIT_PRACTICES)
    problem = ""
    if request.method == "POST":
        try:
            if "remove" in request.POST:
                own = practices_of(viewer, region)
                found = own.filter(text=request.POST["remove"]).first()
                if found is not None:
                    actions.remove_practice(by=viewer, practice=found)
            else:
                text = request.POST.get("text", "")
                actions.add_practice(by=viewer, region=region, text=text)
            return redirect("connections:edit-practices", region.pk)
        except ConnectingError as error:
            problem = str(error)
    shown = {
        "place": region,
        "practices": practices_of(viewer, region),
        "problem": problem,
    }
    status = 422 if problem else 200
    return render(request, "connections/edit_practices.html", shown, status=status)
