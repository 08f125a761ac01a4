"""The network's own list of what a school's system may contribute."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from commonroot.domain.teams import story_actions
from commonroot.domain.teams.choices import Factor
from commonroot.domain.teams.reasons import TeamError
from commonroot.domain.teams.rules import EDIT_FACTORS
from commonroot.web.shell.viewer import get_place, viewer_of


@require_http_methods(["GET", "HEAD", "POST"])
def edit_factors(request: HttpRequest, place: uuid.UUID) -> HttpResponse:
    """Show the list, add a line, or take one of the network's own away."""
    viewer = viewer_of(request)
    region = get_place(viewer, place, EDIT_FACTORS)
    problem = ""
    if request.method == "POST":
        try:
            if "remove" in request.POST:
                story_actions.remove_factor(
                    by=viewer, region=region, text=request.POST["remove"]
                )
            else:
                story_actions.add_factor(
                    by=viewer, region=region, text=request.POST.get("text", "")
                )
        except TeamError as error:
            problem = str(error)
        else:
            return redirect("teams:edit-factors", region.pk)
    shown = {
        "place": region,
        "usual": [factor.label for factor in Factor],
        "own": region.system_factors.all(),
        "problem": problem,
    }
    status = 422 if problem else 200
    return render(request, "teams/edit_factors.html", shown, status=status)
