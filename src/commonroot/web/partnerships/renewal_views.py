"""When both sides talk about going on, and who pays for what."""

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
from commonroot.domain.partnerships import payer_actions, renewal_actions
from commonroot.domain.partnerships.choices import RenewalEnd
from commonroot.domain.partnerships.models import Partnership
from commonroot.domain.partnerships.queries import (
    find_partnership,
    find_pay_line,
    find_renewal,
)
from commonroot.domain.partnerships.reminders import DAYS_BEFORE
from commonroot.domain.partnerships.rules import (
    KEEP_PARTNERSHIP,
    KEEP_PAYERS,
    SEE_PARTNERSHIP,
    SEE_PAYERS,
)
from commonroot.domain.partnerships.sides import find_part_reason, list_people_who
from commonroot.web.partnerships.attempts import attempt
from commonroot.web.partnerships.forms import (
    PayLineForm,
    RenewalEndForm,
    RenewalForm,
)
from commonroot.web.shell.getting import get
from commonroot.web.shell.viewer import viewer_of


@require_safe
def show_renewals(request: HttpRequest, partnership: uuid.UUID) -> HttpResponse:
    """Show when both sides talk about going on, and what came of it."""
    viewer = viewer_of(request)
    return show_page(request, viewer, get(find_partnership, viewer, partnership))


def show_page(
    request: HttpRequest,
    viewer: Person,
    partnership: Partnership,
    form: RenewalForm | None = None,
) -> HttpResponse:
    """Show the renewals, with what could not be read marked in its form."""
    renewals = list(partnership.renewals.select_related("owner"))
    people = list_people_who(SEE_PARTNERSHIP, partnership)
    shown = {
        "partnership": partnership,
        "district": partnership.district,
        "coming": [each for each in renewals if not each.ending],
        "settled": [each for each in renewals if each.ending],
        "form": form or RenewalForm(people=people),
        "days_before": DAYS_BEFORE,
        "may_keep": bool(find_part_reason(viewer, KEEP_PARTNERSHIP, partnership)),
        "today": today(),
    }
    status = 422 if form is not None else 200
    return render(request, "partnerships/show_renewals.html", shown, status=status)


@require_POST
def plan_renewal(request: HttpRequest, partnership: uuid.UUID) -> HttpResponse:
    """Plan a talk about going on."""
    viewer = viewer_of(request)
    found = get(find_partnership, viewer, partnership, KEEP_PARTNERSHIP)
    people = {str(each.pk): each for each in list_people_who(SEE_PARTNERSHIP, found)}
    form = RenewalForm(request.POST, people=list(people.values()))

    def plan() -> None:
        told = {**form.cleaned_data, "owner": people.get(form.cleaned_data["owner"])}
        renewal_actions.plan_renewal(by=viewer, partnership=found, **told)

    if attempt(form, "day", plan):
        messages.success(request, _("The talk is planned."))
        return redirect("partnerships:show-renewals", found.pk)
    return show_page(request, viewer, found, form)


@require_http_methods(["GET", "HEAD", "POST"])
def settle_renewal(request: HttpRequest, renewal: uuid.UUID) -> HttpResponse:
    """Say what came of a talk about going on."""
    viewer = viewer_of(request)
    found = get(find_renewal, viewer, renewal)
    form = RenewalEndForm(request.POST or None, partnership=found.partnership)

    def settle() -> None:
        told = {**form.cleaned_data, "ending": RenewalEnd(form.cleaned_data["ending"])}
        renewal_actions.settle_renewal(by=viewer, renewal=found, **told)

    if request.method == "POST" and attempt(form, "ending", settle):
        messages.success(request, _("It is kept."))
        return redirect("partnerships:show-renewals", found.partnership_id)
    shown = {
        "form": form,
        "renewal": found,
        "partnership": found.partnership,
        "district": found.partnership.district,
    }
    status = 422 if form.errors else 200
    return render(request, "partnerships/settle_renewal.html", shown, status=status)


@require_safe
def show_payers(request: HttpRequest, partnership: uuid.UUID) -> HttpResponse:
    """Show who pays for what."""
    viewer = viewer_of(request)
    found = get(find_partnership, viewer, partnership, SEE_PAYERS)
    return show_payers_page(request, viewer, found)


def show_payers_page(
    request: HttpRequest,
    viewer: Person,
    partnership: Partnership,
    form: PayLineForm | None = None,
) -> HttpResponse:
    """Show who pays for what, with what could not be read marked in its form."""
    shown = {
        "partnership": partnership,
        "district": partnership.district,
        "pay_lines": partnership.pay_lines.all(),
        "form": form or PayLineForm(partnership=partnership),
        "may_keep": bool(find_part_reason(viewer, KEEP_PAYERS, partnership)),
    }
    status = 422 if form is not None else 200
    return render(request, "partnerships/show_payers.html", shown, status=status)


@require_POST
def add_pay_line(request: HttpRequest, partnership: uuid.UUID) -> HttpResponse:
    """Write down who pays for what."""
    viewer = viewer_of(request)
    found = get(find_partnership, viewer, partnership, KEEP_PAYERS)
    form = PayLineForm(request.POST, partnership=found)

    def add() -> None:
        payer_actions.add_pay_line(by=viewer, partnership=found, **form.cleaned_data)

    if attempt(form, "year", add):
        messages.success(request, _("It is kept."))
        return redirect("partnerships:show-payers", found.pk)
    return show_payers_page(request, viewer, found, form)


@require_POST
def remove_pay_line(request: HttpRequest, line: uuid.UUID) -> HttpResponse:
    """Take a line of who pays for what back."""
    viewer = viewer_of(request)
    found = get(find_pay_line, viewer, line)
    payer_actions.remove_pay_line(by=viewer, pay_line=found)
    return redirect("partnerships:show-payers", found.partnership_id)
