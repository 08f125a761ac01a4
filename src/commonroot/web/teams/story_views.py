"""Stories: what one school learned, for the next."""

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

from commonroot.domain.learning.practice_queries import tries_seen_by
from commonroot.domain.network.sight import find_reason
from commonroot.domain.teams import story_actions
from commonroot.domain.teams.models import Story
from commonroot.domain.teams.queries import (
    find_change,
    search_stories,
    stories_seen_by,
)
from commonroot.domain.teams.reasons import TeamError
from commonroot.domain.teams.rules import RUN_TEAM
from commonroot.web.shell.getting import get
from commonroot.web.shell.viewer import viewer_of
from commonroot.web.teams.forms import StoryForm

MOST_SHOWN = 50


@require_safe
def list_stories(request: HttpRequest) -> HttpResponse:
    """List stories of teams and of what people tried after a workshop; failures among them."""
    sought, viewer = request.GET.get("q", "").strip(), viewer_of(request)
    shown = {
        "stories": search_stories(viewer, sought)[:MOST_SHOWN],
        "tries": tries_seen_by(viewer, sought)[:MOST_SHOWN],
        "sought": sought,
    }
    return render(request, "teams/list_stories.html", shown)


@require_safe
def show_story(request: HttpRequest, story: uuid.UUID) -> HttpResponse:
    """Show a story."""
    viewer = viewer_of(request)
    found = get(lambda key: stories_seen_by(viewer).filter(pk=key).first(), story)
    team = found.change.cycle.team
    may_withdraw = find_reason(viewer, RUN_TEAM, team.place) is not None
    shown = {"story": found, "team": team, "may_withdraw": may_withdraw}
    return render(request, "teams/show_story.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def share_story(request: HttpRequest, change: uuid.UUID) -> HttpResponse:
    """Share what was learned."""
    viewer = viewer_of(request)
    found = get(find_change, viewer, change, RUN_TEAM)
    cycle = found.cycle
    start = {
        "title": f"{cycle.what}, {cycle.where}"[:120],
        "place": cycle.conditions.get("location", "") or cycle.where[:80],
        "time": cycle.conditions.get("time", "") or cycle.when[:80],
        "grades": cycle.conditions.get("grade_span", "") or cycle.who[:40],
        "tried": found.what,
    }
    known = Story.objects.filter(change=found).first()
    form = StoryForm(request.POST or None, initial=vars(known) if known else start)
    if request.method == "POST" and form.is_valid():
        try:
            made = story_actions.share_story(
                by=viewer, change=found, **form.cleaned_data
            )
        except TeamError as problem:
            form.add_error("title", str(problem))
        else:
            messages.success(request, _("It is shared with the network."))
            return redirect("teams:show-story", made.pk)
    shown = {"change": found, "cycle": cycle, "place": cycle.team.place, "form": form}
    status = 422 if form.errors else 200
    return render(request, "teams/share_story.html", shown, status=status)


@require_POST
def withdraw(request: HttpRequest, story: uuid.UUID) -> HttpResponse:
    """Take a story back."""
    viewer = viewer_of(request)
    found = get(lambda key: stories_seen_by(viewer).filter(pk=key).first(), story)
    story_actions.withdraw_story(by=viewer, story=found)
    messages.success(request, _("Others no longer find it."))
    return redirect("teams:show-cycle", found.change.cycle_id)
