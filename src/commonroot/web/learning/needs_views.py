"""What those who come need, without names, and who interprets for them."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from commonroot.domain.learning import series_actions
from commonroot.domain.learning.choices import SeatState
from commonroot.domain.learning.models import Series
from commonroot.domain.learning.queries import (
    find_interpreter,
    find_prepared,
    list_kitchen_needs,
    list_language_needs,
)
from commonroot.web.learning.forms import InterpreterForm
from commonroot.web.learning.trying import do
from commonroot.web.shell.getting import get
from commonroot.web.shell.viewer import viewer_of


@require_safe
def show_needs(request: HttpRequest, series: uuid.UUID) -> HttpResponse:
    """Show what those who come need, without names: a sheet for the kitchen and the room."""
    return show_needs_page(request, get(find_prepared, viewer_of(request), series))


def show_needs_page(
    request: HttpRequest, series: Series, form: InterpreterForm | None = None
) -> HttpResponse:
    """Show what people need, with the languages they asked for beside who interprets."""
    needs = list_kitchen_needs(series)
    ((_series, languages),) = list_language_needs(Series.objects.filter(pk=series.pk))
    shown = {
        "series": series,
        "sessions": series.sessions.all(),
        "coming": series.seats.filter(state=SeatState.COMING).count(),
        "food": group_needs(needs, "food"),
        "access": group_needs(needs, "access"),
        "asked": languages,
        "interpreters": series.interpreters.all(),
        "interpreter_form": form or InterpreterForm(),
    }
    status = 422 if form is not None else 200
    return render(request, "learning/show_needs.html", shown, status=status)


@require_POST
def add_interpreter(request: HttpRequest, series: uuid.UUID) -> HttpResponse:
    """Add somebody who interprets a language."""
    viewer = viewer_of(request)
    found = get(find_prepared, viewer, series)
    form = InterpreterForm(request.POST)
    deed = series_actions.add_interpreter
    if do(form, "language", lambda: deed(by=viewer, series=found, **form.cleaned_data)):
        messages.success(request, _("It is kept."))
        return redirect("learning:show-needs", found.pk)
    return show_needs_page(request, found, form)


@require_POST
def remove_interpreter(request: HttpRequest, interpreter: uuid.UUID) -> HttpResponse:
    """Take an interpreter off."""
    viewer = viewer_of(request)
    found = get(find_interpreter, viewer, interpreter)
    series_actions.remove_interpreter(by=viewer, interpreter=found)
    return redirect("learning:show-needs", found.series_id)


def group_needs(needs: list[tuple[str, str]], kind: str) -> list[tuple[str, int]]:
    """Count needs of a kind that were said in the same words.

    >>> group_needs([("food", "Vegan"), ("food", "vegan"), ("access", "Ramp")], "food")
    [('Vegan', 2)]
    """
    found: dict[str, tuple[str, int]] = {}
    for its_kind, said in needs:
        if its_kind == kind:
            first, count = found.get(said.casefold(), (said, 0))
            found[said.casefold()] = (first, count + 1)
    return sorted(found.values(), key=lambda one: (-one[1], one[0]))
