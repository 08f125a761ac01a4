"""The plan of a partnership, and what became of its steps."""

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

from commonroot.domain.network.models import Person
from commonroot.domain.network.sight import today
from commonroot.domain.partnerships import plan_actions
from commonroot.domain.partnerships.choices import PartnerSide, StepState, Turn
from commonroot.domain.partnerships.models import Partnership
from commonroot.domain.partnerships.queries import (
    find_partnership,
    find_step,
    list_steps,
)
from commonroot.domain.partnerships.rules import PLAN_PARTNERSHIP, SEE_PARTNERSHIP
from commonroot.domain.partnerships.sides import find_part_reason, list_people_who
from commonroot.web.partnerships.attempts import attempt
from commonroot.web.partnerships.forms import StepForm, TurnForm
from commonroot.web.shell.getting import get
from commonroot.web.shell.viewer import viewer_of


@require_safe
def show_plan(request: HttpRequest, partnership: uuid.UUID) -> HttpResponse:
    """Show the plan."""
    viewer = viewer_of(request)
    return show_page(request, viewer, get(find_partnership, viewer, partnership))


def show_page(
    request: HttpRequest,
    viewer: Person,
    partnership: Partnership,
    form: StepForm | None = None,
) -> HttpResponse:
    """Show the plan, with what could not be read marked in its form."""
    steps = list(list_steps(partnership))
    people = list_people_who(SEE_PARTNERSHIP, partnership)
    shown = {
        "partnership": partnership,
        "district": partnership.district,
        "open_steps": [each for each in steps if each.state == StepState.OPEN],
        "settled_steps": [each for each in steps if each.state != StepState.OPEN],
        "form": form or StepForm(people=people),
        "may_plan": bool(find_part_reason(viewer, PLAN_PARTNERSHIP, partnership)),
        "today": today(),
    }
    status = 422 if form is not None else 200
    return render(request, "partnerships/show_plan.html", shown, status=status)


@require_POST
def add_step(request: HttpRequest, partnership: uuid.UUID) -> HttpResponse:
    """Add a step to the plan."""
    viewer = viewer_of(request)
    found = get(find_partnership, viewer, partnership, PLAN_PARTNERSHIP)
    people = {str(each.pk): each for each in list_people_who(SEE_PARTNERSHIP, found)}
    form = StepForm(request.POST, people=list(people.values()))

    def add() -> None:
        told = form.cleaned_data
        plan_actions.add_step(
            by=viewer,
            partnership=found,
            **{
                **told,
                "side": PartnerSide(told["side"]),
                "owner": people.get(told["owner"]),
            },
        )

    if attempt(form, "owner", add):
        messages.success(request, _("The step is in the plan."))
        return redirect("partnerships:show-plan", found.pk)
    return show_page(request, viewer, found, form)


@require_http_methods(["GET", "HEAD", "POST"])
def settle_step(request: HttpRequest, step: uuid.UUID) -> HttpResponse:
    """Say what became of a step."""
    viewer = viewer_of(request)
    found = get(find_step, viewer, step)
    form = TurnForm(request.POST or None, step=found)

    def settle() -> None:
        told = {**form.cleaned_data, "turn": Turn(form.cleaned_data["turn"])}
        plan_actions.settle_step(by=viewer, step=found, **told)

    if request.method == "POST" and attempt(form, "turn", settle):
        messages.success(request, _("It is kept."))
        return redirect("partnerships:show-plan", found.partnership_id)
    shown = {
        "form": form,
        "step": found,
        "partnership": found.partnership,
        "district": found.partnership.district,
    }
    status = 422 if form.errors else 200
    return render(request, "partnerships/settle_step.html", shown, status=status)
