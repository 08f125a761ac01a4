"""Which stages a partnership reached, and the network's own list of stages."""

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

from commonroot.domain.network.models import Person, Place
from commonroot.domain.network.sight import find_reason, today
from commonroot.domain.partnerships import stage_actions
from commonroot.domain.partnerships.models import Partnership
from commonroot.domain.partnerships.queries import (
    find_partnership,
    find_stage_reached,
    list_stages,
)
from commonroot.domain.partnerships.reasons import PartnershipError
from commonroot.domain.partnerships.rules import EDIT_STAGES, KEEP_PARTNERSHIP
from commonroot.domain.partnerships.sides import find_network, find_part_reason
from commonroot.web.partnerships.attempts import attempt
from commonroot.web.partnerships.forms import StageReachedForm
from commonroot.web.shell.getting import get
from commonroot.web.shell.viewer import get_place, viewer_of


@require_safe
def show_stages(request: HttpRequest, partnership: uuid.UUID) -> HttpResponse:
    """Show which stages a partnership reached."""
    viewer = viewer_of(request)
    return show_page(request, viewer, get(find_partnership, viewer, partnership))


def show_page(
    request: HttpRequest,
    viewer: Person,
    partnership: Partnership,
    form: StageReachedForm | None = None,
) -> HttpResponse:
    """Show the stages, with what could not be read marked in its form."""
    network = find_network(partnership.district)
    stages = list(list_stages(network))
    reached = {
        each.stage_id: each
        for each in partnership.stages_reached.select_related("stage")
    }
    open_stages = [each for each in stages if not each.retired]
    ahead = [each for each in open_stages if each.pk not in reached]
    start = {"day": today(), "stage": str(ahead[0].pk) if ahead else ""}
    shown = {
        "partnership": partnership,
        "district": partnership.district,
        "network": network,
        "lines": [
            (each, reached.get(each.pk))
            for each in stages
            if not each.retired or each.pk in reached
        ],
        "form": form or StageReachedForm(stages=open_stages, initial=start),
        "may_keep": bool(find_part_reason(viewer, KEEP_PARTNERSHIP, partnership)),
        "may_edit": find_reason(viewer, EDIT_STAGES, network) is not None,
    }
    status = 422 if form is not None else 200
    return render(request, "partnerships/show_stages.html", shown, status=status)


@require_POST
def reach_stage(request: HttpRequest, partnership: uuid.UUID) -> HttpResponse:
    """Say that a stage was reached."""
    viewer = viewer_of(request)
    found = get(find_partnership, viewer, partnership, KEEP_PARTNERSHIP)
    stages = {
        str(each.pk): each
        for each in list_stages(find_network(found.district))
        if not each.retired
    }
    form = StageReachedForm(request.POST, stages=list(stages.values()))

    def reach() -> None:
        told = {**form.cleaned_data, "stage": stages[form.cleaned_data["stage"]]}
        stage_actions.reach_stage(by=viewer, partnership=found, **told)

    if attempt(form, "day", reach):
        messages.success(request, _("It is kept."))
        return redirect("partnerships:show-stages", found.pk)
    return show_page(request, viewer, found, form)


@require_POST
def take_back_stage(request: HttpRequest, reached: uuid.UUID) -> HttpResponse:
    """Take back that a stage was reached."""
    viewer = viewer_of(request)
    found = get(find_stage_reached, viewer, reached)
    stage_actions.take_back_stage(by=viewer, reached=found)
    return redirect("partnerships:show-stages", found.partnership_id)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_stages(request: HttpRequest, place: uuid.UUID) -> HttpResponse:
    """Show a network's list of stages, and change it."""
    viewer = viewer_of(request)
    network = get_place(viewer, place, EDIT_STAGES)
    problem = ""
    if request.method == "POST":
        try:
            change_list(viewer, network, request)
        except PartnershipError as error:
            problem = str(error)
        else:
            return redirect("partnerships:edit-stages", network.pk)
    shown = {"place": network, "stages": list_stages(network), "problem": problem}
    status = 422 if problem else 200
    return render(request, "partnerships/edit_stages.html", shown, status=status)


def change_list(viewer: Person, network: Place, request: HttpRequest) -> None:
    """Change the list as its page asks; one that was never changed is made first."""
    asked, words = request.POST.get("change", ""), request.POST.get("words", "")
    if asked == "add":
        stage_actions.add_stage(by=viewer, network=network, words=words)
        return
    stages = stage_actions.open_stages(by=viewer, network=network)
    named = request.POST.get("stage", "")
    stage = next((each for each in stages if named in (str(each.pk), each.usual)), None)
    if stage is None or not named:
        raise PartnershipError(_("Choose a stage of the list."))
    if asked == "rename":
        stage_actions.rename_stage(by=viewer, stage=stage, words=words)
    elif asked == "up":
        stage_actions.move_stage_up(by=viewer, stage=stage)
    elif asked in ("retire", "take up"):
        stage_actions.retire_stage(by=viewer, stage=stage, retired=asked == "retire")
