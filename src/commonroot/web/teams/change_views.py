"""Did we do it? Did it help? What becomes of it?"""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from commonroot.domain.network.sight import today
from commonroot.domain.teams import check_actions
from commonroot.domain.teams.choices import Done, Ending
from commonroot.domain.teams.models import Change
from commonroot.domain.teams.queries import find_change, find_cycle
from commonroot.domain.teams.reasons import TeamError
from commonroot.domain.teams.rules import RUN_TEAM
from commonroot.web.shell.getting import get
from commonroot.web.shell.viewer import viewer_of
from commonroot.web.teams.cycle_views import find_meeting_now, show_page
from commonroot.web.teams.forms import CycleEndForm, DoneForm, ReviewForm
from commonroot.web.teams.slices import look


@require_http_methods(["GET", "HEAD", "POST"])
def report_done(request: HttpRequest, change: uuid.UUID) -> HttpResponse:
    """Say whether it was done; a letter's link asks, and only a button says."""
    viewer = viewer_of(request)
    found = get(find_change, viewer, change, RUN_TEAM)
    if request.method != "POST":
        shown = {
            "change": found,
            "place": found.cycle.team.place,
            "is_begun": found.start <= today() and not found.cycle.ending,
            "last": found.done_reports.first(),
            "usual": (Done.AS_PLANNED, Done.PARTLY),
            "seldom": (Done.NOT_STARTED, Done.STOPPED),
        }
        return render(request, "teams/report_done.html", shown)
    form = DoneForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        try:
            check_actions.report_done(
                by=viewer, change=found, done=Done(told["done"]), words=told["words"]
            )
        except TeamError as problem:
            form.add_error("done", str(problem))
        else:
            messages.success(request, _("It is kept."))
            return redirect("teams:show-cycle", found.cycle_id)
    return show_page(request, viewer, found.cycle, done_form=form)


@require_POST
def keep_check(request: HttpRequest, change: uuid.UUID) -> HttpResponse:
    """Keep what can be said today of whether it helped."""
    viewer = viewer_of(request)
    found = get(find_change, viewer, change, RUN_TEAM)
    try:
        check_actions.keep_check(
            by=viewer,
            change=found,
            answer=look(viewer, found),
            meeting=find_meeting_now(found.cycle.team),
        )
    except TeamError as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("The check is kept. What becomes of the change?"))
    return redirect("teams:show-cycle", found.cycle_id)


@require_POST
def move_review(request: HttpRequest, change: uuid.UUID) -> HttpResponse:
    """Look again later."""
    viewer = viewer_of(request)
    found = get(find_change, viewer, change, RUN_TEAM)
    form = ReviewForm(request.POST)
    if form.is_valid():
        try:
            check_actions.move_review(by=viewer, change=found, **form.cleaned_data)
        except TeamError as problem:
            form.add_error("review", str(problem))
        else:
            return redirect("teams:show-cycle", found.cycle_id)
    return show_page(request, viewer, found.cycle, review_form=form)


@require_POST
def end_cycle(request: HttpRequest, cycle: uuid.UUID) -> HttpResponse:
    """End a cycle; adapting it opens the next."""
    viewer = viewer_of(request)
    found = get(find_cycle, viewer, cycle, RUN_TEAM)
    change = Change.objects.filter(cycle=found).first()
    form = CycleEndForm(
        request.POST, is_checked=change is not None and change.checks.exists()
    )
    if form.is_valid():
        told = form.cleaned_data
        try:
            check_actions.end_cycle(
                by=viewer,
                cycle=found,
                ending=Ending(told["ending"]),
                learned=told["learned"],
                meeting=find_meeting_now(found.team),
            )
        except TeamError as problem:
            form.add_error("ending", str(problem))
        else:
            if told["ending"] == Ending.ADAPTED:
                address = redirect("teams:open-cycle", found.team_id).url
                return redirect(f"{address}?follows={found.pk}")
            return redirect("teams:show-cycle", found.pk)
    return show_page(request, viewer, found, end_form=form)
