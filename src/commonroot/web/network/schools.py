"""Pages that are about schools only, and where they lead from other places."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from commonroot.domain.network.choices import PlaceKind
from commonroot.domain.network.models import Person, Place
from commonroot.domain.network.sight import Rule
from commonroot.web.shell.viewer import get_place


def find_school(viewer: Person, key: uuid.UUID, rule: Rule) -> Place | None:
    """Find a school at which a rule holds; None when it holds at a place that is none.

    Where it does not hold there is no such page.
    """
    place = get_place(viewer, key, rule)
    return place if place.kind == PlaceKind.SCHOOL else None


def lead_to_schools(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Lead to a place that is no school, where one can choose a school."""
    messages.info(request, _("This page is about one school. Choose a school here."))
    return redirect("network:show-place", key)
