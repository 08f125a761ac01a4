"""One's partnerships, a school's own part, and beginning one."""

import uuid
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from commonroot.domain.network.choices import PlaceKind
from commonroot.domain.network.models import Place
from commonroot.domain.network.sight import find_reason, places_where, today
from commonroot.domain.partnerships import partnership_actions
from commonroot.domain.partnerships.models import (
    Partnership,
    Renewal,
    SchoolPart,
    StageReached,
    Step,
    WholeSchool,
)
from commonroot.domain.partnerships.queries import (
    find_partnership_of,
    find_stage_on,
    find_whole,
    list_open,
    list_own_schools,
    list_partnerships,
    list_parts_of,
    number_stages,
)
from commonroot.domain.partnerships.rules import KEEP_PARTNERSHIP, SEE_SCHOOL_PART
from commonroot.domain.partnerships.sides import list_partners
from commonroot.domain.partnerships.years import find_autumn
from commonroot.web.partnerships.attempts import attempt
from commonroot.web.partnerships.forms import BeginForm
from commonroot.web.partnerships.year_table import YearTable, make_year_table
from commonroot.web.shell.viewer import get_place, viewer_of

USUAL_YEARS = 3


@dataclass(frozen=True)
class Card:
    """One partnership at a glance."""

    partnership: Partnership
    stage: StageReached | None
    now: list[SchoolPart]
    whole: list[SchoolPart]
    steps: list[Step]
    renewal: Renewal | None
    table: YearTable


def make_cards(partnerships: list[Partnership]) -> list[Card]:
    """Make a card of every partnership: three questions for all of them together."""
    day = today()
    steps, renewals = list_open(partnerships)
    numbers = number_stages(partnerships)
    return [
        make_card(
            each,
            [step for step in steps if step.partnership_id == each.pk],
            next((one for one in renewals if one.partnership_id == each.pk), None),
            make_year_table(each, numbers, day),
        )
        for each in partnerships
    ]


def make_card(
    partnership: Partnership,
    steps: list[Step],
    renewal: Renewal | None,
    table: YearTable,
) -> Card:
    """Make one card, of what holds today."""
    day = today()
    now = [
        part
        for part in partnership.parts.all()
        if part.first <= day and (part.last is None or part.last >= day)
    ]
    return Card(
        partnership,
        find_stage_on(partnership, day),
        now,
        [part for part in now if find_whole(part, day)],
        [step for step in steps if step.by_when <= day],
        renewal,
        table,
    )


@require_safe
def show_all(request: HttpRequest) -> HttpResponse:
    """List the partnerships that one may see, by district, and one's own school's part."""
    viewer = viewer_of(request)
    found = list(list_partnerships(viewer))
    known = {each.district_id for each in found}
    districts = places_where(viewer, KEEP_PARTNERSHIP).filter(kind=PlaceKind.DISTRICT)
    shown = {
        "cards": make_cards(found),
        "own_schools": list_own_schools(viewer),
        "without": districts.exclude(pk__in=known),
        "regions": places_where(viewer, KEEP_PARTNERSHIP).filter(kind=PlaceKind.REGION),
        "today": today(),
    }
    return render(request, "partnerships/list_partnerships.html", shown)


@require_safe
def open_partnership(request: HttpRequest, place: uuid.UUID) -> HttpResponse:
    """Open the partnership of a district, or a school's own part in it."""
    viewer = viewer_of(request)
    found = get_place(viewer, place, SEE_SCHOOL_PART)
    if found.kind == PlaceKind.SCHOOL:
        return show_school(request, found)
    partnership = find_partnership_of(viewer, found)
    if partnership is not None:
        return redirect("partnerships:show-partnership", partnership.pk)
    if (
        found.kind == PlaceKind.DISTRICT
        and find_reason(viewer, KEEP_PARTNERSHIP, found) is not None
    ):
        return redirect("partnerships:begin-partnership", found.pk)
    return redirect("partnerships:list-partnerships")


@dataclass(frozen=True)
class OwnPart:
    """A school's own part, with the stage of its district and nothing else of it."""

    part: SchoolPart
    stage: StageReached | None
    whole: WholeSchool | None
    is_over: bool


def show_school(request: HttpRequest, school: Place) -> HttpResponse:
    """Show a school's own part: no money, no notes, no other school."""
    day = today()
    parts = [
        OwnPart(
            each,
            find_stage_on(each.partnership, day),
            find_whole(each, day),
            (each.last is not None and each.last < day)
            or each.partnership.last_year < find_autumn(day),
        )
        for each in list_parts_of(school)
    ]
    shown = {"place": school, "parts": parts, "today": day}
    return render(request, "partnerships/show_school.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def begin_partnership(request: HttpRequest, place: uuid.UUID) -> HttpResponse:
    """Begin a partnership with a district."""
    viewer = viewer_of(request)
    district = get_place(viewer, place, KEEP_PARTNERSHIP)
    partners = {str(each.pk): each for each in list_partners(district)}
    autumn = find_autumn(today())
    start = {"first_year": autumn, "last_year": autumn + USUAL_YEARS - 1}
    form = BeginForm(
        request.POST or None, partners=list(partners.values()), initial=start
    )
    made: list[Partnership] = []

    def begin() -> None:
        told = form.cleaned_data
        made.append(
            partnership_actions.begin_partnership(
                by=viewer,
                partner=partners[told["partner"]],
                district=district,
                first_year=told["first_year"],
                last_year=told["last_year"],
            )
        )

    if request.method == "POST" and attempt(form, "first_year", begin):
        return redirect("partnerships:show-stages", made[0].pk)
    status = 422 if form.errors else 200
    shown = {"form": form, "place": district}
    return render(request, "partnerships/begin_partnership.html", shown, status=status)
