"""The network's own list of practices."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from commonroot.domain.connections import practices
from commonroot.domain.connections.reasons import ConnectingError
from commonroot.domain.connections.rules import EDIT_PRACTICES
from commonroot.web.shell.viewer import get_place, viewer_of


@require_http_methods(["GET", "HEAD", "POST"])
def edit_practices(request: HttpRequest, place: uuid.UUID) -> HttpResponse:
    """Show the list, add a line, or put one aside."""
    viewer = viewer_of(request)
    region = get_place(viewer, place, EDIT_PRACTICES)
    problem = ""
    if request.method == "POST":
        try:
            if "aside" in request.POST:
                practices.put_aside(
                    by=viewer, region=region, text=request.POST["aside"]
                )
            else:
                practices.add_practice(
                    by=viewer, region=region, text=request.POST.get("text", "")
                )
        except ConnectingError as error:
            problem = str(error)
        else:
            return redirect("connections:edit-practices", region.pk)
    around = region.surroundings.values_list("around", flat=True)
    shown = {
        "place": region,
        "lines": practices.list_practices(around),
        "aside": practices.list_aside(region),
        "problem": problem,
    }
    status = 422 if problem else 200
    return render(request, "connections/edit_practices.html", shown, status=status)
