"""An agreement that was broken, told to those who lead the room."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from commonroot.domain.learning import room_actions
from commonroot.domain.learning.reasons import LearningError
from commonroot.domain.learning.room_queries import (
    find_agreement,
    find_own_repair,
    find_repair,
    find_room,
)
from commonroot.web.learning.room_views import show_agreements
from commonroot.web.shell.getting import get
from commonroot.web.shell.viewer import viewer_of


@require_POST
def ask_repair(request: HttpRequest, agreement: uuid.UUID) -> HttpResponse:
    """Say that an agreement was broken."""
    viewer = viewer_of(request)
    found = get(find_agreement, viewer, agreement)
    text = request.POST.get("repair", "")
    try:
        room_actions.ask_repair(by=viewer, agreement=found, text=text)
    except LearningError as problem:
        return show_agreements(
            request,
            viewer,
            found.series,
            problem=str(problem),
            sent={found.pk: {"repair": text}},
        )
    messages.success(
        request, _("It is told to those who lead the room, and to nobody else.")
    )
    return redirect("learning:list-agreements", found.series_id)


@require_POST
def settle_repair(request: HttpRequest, repair: uuid.UUID) -> HttpResponse:
    """Say what was done about it."""
    viewer = viewer_of(request)
    found = get(find_repair, viewer, repair)
    line, series = request.POST.get("line", ""), found.agreement.series
    try:
        room_actions.settle_repair(by=viewer, note=found, line=line)
    except LearningError as problem:
        return show_agreements(request, viewer, series, problem=str(problem))
    messages.success(request, _("Whoever wrote it reads what you did."))
    return redirect("learning:list-agreements", series.pk)


@require_POST
def withdraw_repair(request: HttpRequest, repair: uuid.UUID) -> HttpResponse:
    """Take back what one wrote."""
    viewer = viewer_of(request)
    found = get(find_own_repair, viewer, repair)
    series = found.agreement.series
    room_actions.withdraw_repair(by=viewer, note=found)
    messages.success(request, _("It is taken back, and gone everywhere."))
    if find_room(viewer, series.pk) is None:
        return redirect("shell:home")
    return redirect("learning:list-agreements", series.pk)
