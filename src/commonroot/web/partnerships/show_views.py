"""One partnership: at a glance, on one page for a talk, and as a table."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from commonroot.domain.network.models import Person
from commonroot.domain.network.sight import today
from commonroot.domain.partnerships import partnership_actions
from commonroot.domain.partnerships.models import Partnership
from commonroot.domain.partnerships.queries import (
    find_partnership,
    list_open,
    list_partnerships,
    list_steps,
    number_stages,
)
from commonroot.domain.partnerships.rules import KEEP_PARTNERSHIP, SEE_PAYERS
from commonroot.domain.partnerships.sides import find_part_reason
from commonroot.web.partnerships.attempts import attempt
from commonroot.web.partnerships.forms import YearsForm
from commonroot.web.partnerships.list_views import make_card
from commonroot.web.partnerships.presence import read_presence, tell_presence
from commonroot.web.partnerships.year_table import make_year_table
from commonroot.web.shell.getting import get
from commonroot.web.shell.viewer import viewer_of


def read_whole(viewer: Person, key: uuid.UUID) -> Partnership | None:
    """Read a partnership that somebody may see, with its schools and stages."""
    return list_partnerships(viewer).filter(pk=key).first()


def tell_partnership(viewer: Person, partnership: Partnership) -> dict[str, Any]:
    """Tell what the page and the print have in common."""
    day = today()
    steps, renewals = list_open([partnership])
    numbers = number_stages([partnership])
    table = make_year_table(partnership, numbers, day)
    presence = read_presence(partnership, day)
    return {
        "partnership": partnership,
        "district": partnership.district,
        "card": make_card(partnership, steps, next(iter(renewals), None), table),
        "open_steps": steps,
        "table": table,
        "reached": list(partnership.stages_reached.all()),
        "presence": presence,
        "presence_told": tell_presence(presence),
        "may_keep": bool(find_part_reason(viewer, KEEP_PARTNERSHIP, partnership)),
        "may_see_payers": bool(find_part_reason(viewer, SEE_PAYERS, partnership)),
        "today": day,
    }


@require_safe
def show_partnership(request: HttpRequest, partnership: uuid.UUID) -> HttpResponse:
    """Show a partnership."""
    viewer = viewer_of(request)
    found = get(read_whole, viewer, partnership)
    shown = tell_partnership(viewer, found)
    return render(request, "partnerships/show_partnership.html", shown)


@require_safe
def print_partnership(request: HttpRequest, partnership: uuid.UUID) -> HttpResponse:
    """Show a partnership on one page, for a talk about going on."""
    viewer = viewer_of(request)
    found = get(read_whole, viewer, partnership)
    shown = tell_partnership(viewer, found)
    shown["steps"] = list_steps(found)
    with_payers = request.GET.get("without") != "payers"
    shown["pay_lines"] = (
        found.pay_lines.all() if shown["may_see_payers"] and with_payers else []
    )
    return render(request, "partnerships/print_partnership.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def change_years(request: HttpRequest, partnership: uuid.UUID) -> HttpResponse:
    """Change the first and the last school year of a partnership."""
    viewer = viewer_of(request)
    found = get(find_partnership, viewer, partnership, KEEP_PARTNERSHIP)
    form = YearsForm(request.POST or None, partnership=found)

    def change() -> None:
        partnership_actions.change_years(
            by=viewer, partnership=found, **form.cleaned_data
        )

    if request.method == "POST" and attempt(form, "last_year", change):
        messages.success(request, _("The years were changed."))
        return redirect("partnerships:show-partnership", found.pk)
    shown = {"form": form, "partnership": found, "district": found.district}
    status = 422 if form.errors else 200
    return render(request, "partnerships/change_years.html", shown, status=status)
