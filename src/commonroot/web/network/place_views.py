"""Adding a place by hand, giving it another name, taking it back."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from commonroot.domain.network import actions, place_actions
from commonroot.domain.network.choices import PlaceKind
from commonroot.domain.network.models import Person, Place
from commonroot.domain.network.queries import list_counties
from commonroot.domain.network.rules import ADD_PLACE
from commonroot.web.network.forms import NameForm, PlaceForm
from commonroot.web.shell.viewer import get_place, viewer_of


@require_http_methods(["GET", "HEAD", "POST"])
def add_place(request: HttpRequest, place: uuid.UUID) -> HttpResponse:
    """Add a place inside another."""
    viewer = viewer_of(request)
    above = get_place(viewer, place, ADD_PLACE)
    kinds = list_kinds(above)
    if not kinds:
        messages.info(request, _("No other place lies inside a place of this kind."))
        return redirect("network:show-place", above.pk)
    form = PlaceForm(request.POST or None, kinds=kinds, counties=list_counties(above))
    if request.method == "POST" and form.is_valid():
        added = take_place(viewer, above, form)
        if added is not None:
            messages.success(request, _("%(name)s was added.") % {"name": added.name})
            return redirect("network:show-place", added.pk)
    shown = {"place": above, "form": form}
    status = 422 if form.errors else 200
    return render(request, "network/add_place.html", shown, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def rename_place(request: HttpRequest, place: uuid.UUID) -> HttpResponse:
    """Give a place another name."""
    viewer = viewer_of(request)
    found = get_place(viewer, place, ADD_PLACE)
    is_school = found.kind == PlaceKind.SCHOOL
    form = NameForm(
        request.POST or None,
        counties=list_counties(found) if is_school else None,
        initial={"name": found.name, "county": found.county_id},
    )
    if request.method == "POST" and form.is_valid():
        before = found.name
        try:
            place_actions.rename_place(by=viewer, place=found, **form.cleaned_data)
        except actions.NetworkError as problem:
            form.add_error("name", str(problem))
            found.name = before
        else:
            messages.success(
                request, _("This place is called %(name)s now.") % {"name": found.name}
            )
            return redirect("network:show-place", found.pk)
    shown = {
        "place": found,
        "form": form,
        "may_remove": found.above is not None and not place_actions.is_used(found),
    }
    status = 422 if form.errors else 200
    return render(request, "network/rename_place.html", shown, status=status)


@require_POST
def remove_place(request: HttpRequest, place: uuid.UUID) -> HttpResponse:
    """Take back a place on which nothing hangs."""
    viewer = viewer_of(request)
    found = get_place(viewer, place, ADD_PLACE)
    above = found.above
    try:
        place_actions.remove_place(by=viewer, place=found)
    except actions.NetworkError as problem:
        messages.error(request, str(problem))
        return redirect("network:show-place", found.pk)
    messages.success(request, _("%(name)s was taken back.") % {"name": found.name})
    return redirect("network:show-place", above.pk if above else found.pk)


def list_kinds(above: Place) -> list[PlaceKind]:
    """List the kinds of places that can lie in a place."""
    return [kind for kind in PlaceKind if above.kind in actions.LIES_IN[kind]]


def take_place(viewer: Person, above: Place, form: PlaceForm) -> Place | None:
    """Add the place of a form; None when the form now says why it cannot be added."""
    told = form.cleaned_data
    kind = PlaceKind(told["kind"])
    try:
        return actions.add_place(
            by=viewer,
            kind=kind,
            name=" ".join(told["name"].split()),
            above=above,
            county=told.get("county") if kind == PlaceKind.SCHOOL else None,
        )
    except actions.NetworkError as problem:
        form.add_error("name", str(problem))
        return None
