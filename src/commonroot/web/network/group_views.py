"""Groups of a place, and who is in them."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from commonroot.domain.network import group_actions
from commonroot.domain.network.actions import NetworkError
from commonroot.domain.network.choices import GroupKind
from commonroot.domain.network.group_queries import (
    find_group,
    find_membership,
    groups_seen_by,
    people_for,
)
from commonroot.domain.network.models import Group, Person
from commonroot.domain.network.rules import KEEP_GROUPS, SEE_PEOPLE
from commonroot.domain.network.sight import find_reason
from commonroot.web.network.forms import GroupForm, MemberForm
from commonroot.web.shell.viewer import get_place, viewer_of


def get_group(viewer: Person, key: uuid.UUID, *, to_keep: bool) -> Group:
    """Get a group that somebody may see, or keep."""
    found = find_group(viewer, key, to_keep=to_keep)
    if found is None:
        raise Http404
    return found


@require_safe
def list_groups(request: HttpRequest, place: uuid.UUID) -> HttpResponse:
    """List the groups of a place."""
    viewer = viewer_of(request)
    found = get_place(viewer, place, SEE_PEOPLE)
    shown = {
        "place": found,
        "groups": groups_seen_by(viewer, found),
        "may_keep": find_reason(viewer, KEEP_GROUPS, found) is not None,
    }
    return render(request, "network/list_groups.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def add_group(request: HttpRequest, place: uuid.UUID) -> HttpResponse:
    """Make a group at a place."""
    viewer = viewer_of(request)
    found = get_place(viewer, place, KEEP_GROUPS)
    form = GroupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        kind = GroupKind(told.pop("kind"))
        try:
            group = group_actions.add_group(by=viewer, place=found, kind=kind, **told)
        except NetworkError as problem:
            form.add_error("name", str(problem))
        else:
            return redirect("network:show-group", group.pk)
    shown = {"place": found, "form": form}
    status = 422 if form.errors else 200
    return render(request, "network/add_group.html", shown, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def rename_group(request: HttpRequest, group: uuid.UUID) -> HttpResponse:
    """Give a group another name and rhythm."""
    viewer = viewer_of(request)
    found = get_group(viewer, group, to_keep=True)
    form = GroupForm(
        request.POST or None, initial={"name": found.name, "rhythm": found.rhythm}
    )
    del form.fields["kind"]
    if request.method == "POST" and form.is_valid():
        try:
            group_actions.rename_group(by=viewer, group=found, **form.cleaned_data)
        except NetworkError as problem:
            form.add_error("name", str(problem))
        else:
            messages.success(request, _("The group was changed."))
            return redirect("network:show-group", found.pk)
    shown = {"place": found.place, "group": found, "form": form}
    status = 422 if form.errors else 200
    return render(request, "network/rename_group.html", shown, status=status)


@require_safe
def show_group(request: HttpRequest, group: uuid.UUID) -> HttpResponse:
    """Show a group and who is in it today."""
    viewer = viewer_of(request)
    return show_page(request, viewer, get_group(viewer, group, to_keep=False))


def show_page(
    request: HttpRequest, viewer: Person, group: Group, form: MemberForm | None = None
) -> HttpResponse:
    """Show a group, with the form to add members for those who may."""
    may_keep = find_reason(viewer, KEEP_GROUPS, group.place) is not None
    if may_keep and form is None:
        form = MemberForm(people=people_for(group))
    shown = {"place": group.place, "group": group, "may_keep": may_keep, "form": form}
    status = 422 if form is not None and form.errors else 200
    return render(request, "network/show_group.html", shown, status=status)


@require_POST
def add_member(request: HttpRequest, group: uuid.UUID) -> HttpResponse:
    """Add somebody to a group."""
    viewer = viewer_of(request)
    found = get_group(viewer, group, to_keep=True)
    form = MemberForm(request.POST, people=people_for(found))
    if form.is_valid():
        try:
            group_actions.add_member(by=viewer, group=found, **form.cleaned_data)
        except NetworkError as problem:
            form.add_error("person", str(problem))
        else:
            told = {"name": form.cleaned_data["person"].name}
            messages.success(request, _("%(name)s is in the group.") % told)
            return redirect("network:show-group", found.pk)
    return show_page(request, viewer, found, form)


@require_POST
def end_membership(
    request: HttpRequest, group: uuid.UUID, person: uuid.UUID
) -> HttpResponse:
    """End a membership."""
    viewer = viewer_of(request)
    found = find_membership(viewer, group, person)
    if found is None:
        raise Http404
    group_actions.end_membership(by=viewer, membership=found)
    told = {"name": found.person.name}
    messages.success(request, _("%(name)s is no longer in the group.") % told)
    return redirect("network:show-group", found.group_id)
