"""Preparing a convening."""

import uuid
from collections.abc import Callable, Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from commonroot.domain.convenings import actions
from commonroot.domain.convenings.choices import AgendaKind, GuestKind
from commonroot.domain.convenings.models import (
    AgendaPart,
    Convening,
    Guest,
    SchoolTeam,
)
from commonroot.domain.convenings.queries import (
    count_needs,
    find_prepared,
    find_prepared_agreement,
)
from commonroot.domain.convenings.reasons import ConveningError
from commonroot.domain.convenings.rules import PREPARE
from commonroot.domain.network.models import Place
from commonroot.domain.network.sight import places_where
from commonroot.web.convenings.forms import ConveningForm, PartForm, ReviewForm
from commonroot.web.shell.getting import get
from commonroot.web.shell.viewer import get_place, viewer_of


@require_http_methods(["GET", "HEAD", "POST"])
def begin_convening(request: HttpRequest, place: uuid.UUID) -> HttpResponse:
    """Begin a convening of a region."""
    viewer = viewer_of(request)
    found = get_place(viewer, place, PREPARE)
    form = ConveningForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.begin_convening(by=viewer, place=found, **form.cleaned_data)
        except ConveningError as problem:
            form.add_error("day", str(problem))
        else:
            return redirect("convenings:prepare", made.pk)
    status = 422 if form.errors else 200
    shown = {"place": found, "form": form}
    return render(request, "convenings/begin_convening.html", shown, status=status)


@require_safe
def prepare(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Show all that goes into a convening."""
    return show_page(request, get(find_prepared, viewer_of(request), key))


def show_page(
    request: HttpRequest,
    convening: Convening,
    *,
    part_form: PartForm | None = None,
    convening_form: ConveningForm | None = None,
) -> HttpResponse:
    """Show the page on which a convening is prepared, with what is wrong in its forms."""
    teams = list(convening.teams.select_related("school").prefetch_related("guests"))
    invited = [each.school_id for each in teams]
    shown = {
        "convening": convening,
        "teams": teams,
        "schools": Place.objects.filter(
            kind="school", surroundings__around=convening.place
        )
        .exclude(pk__in=invited)
        .order_by("name"),
        "parts": convening.parts.all(),
        "agreements": convening.agreements.filter(ended=None),
        "needs": [
            (label, sorted(counts.items()))
            for label, counts in zip(
                (_("Food"), _("Access"), _("Language")),
                count_needs(convening).values(),
                strict=True,
            )
            if counts
        ],
        "kinds": GuestKind.choices,
        "part_form": part_form or PartForm(),
        "convening_form": convening_form or ConveningForm(initial=vars(convening)),
    }
    status = 422 if part_form or convening_form else 200
    return render(request, "convenings/prepare.html", shown, status=status)


def read_keys(texts: Iterable[str]) -> list[uuid.UUID]:
    """Read keys, leaving out what is none."""
    found = []
    for text in texts:
        try:
            found.append(uuid.UUID(text))
        except ValueError:
            continue
    return found


def do(
    request: HttpRequest, convening: Convening, act: Callable[[], object], said: str
) -> HttpResponse:
    """Do something for a convening, and say that it is done or why it cannot be."""
    try:
        act()
    except ConveningError as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, said)
    return redirect("convenings:prepare", convening.pk)


@require_POST
def invite(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Invite schools."""
    viewer = viewer_of(request)
    found = get(find_prepared, viewer, key)
    schools = read_keys(request.POST.getlist("school"))
    return do(
        request,
        found,
        lambda: actions.invite_schools(by=viewer, convening=found, schools=schools),
        _("They are invited: it stands in their week until they answer."),
    )


@require_POST
def add_part(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Add a part to the day."""
    viewer = viewer_of(request)
    found = get(find_prepared, viewer, key)
    form = PartForm(request.POST)
    if not form.is_valid():
        return show_page(request, found, part_form=form)
    given = dict(form.cleaned_data)
    kind = AgendaKind(given.pop("kind"))
    actions.add_part(by=viewer, convening=found, kind=kind, **given)
    return redirect("convenings:prepare", found.pk)


@require_POST
def remove_part(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Take a part out of the day."""
    viewer = viewer_of(request)
    places = places_where(viewer, PREPARE)
    found = get(
        lambda pk: AgendaPart.objects.filter(
            pk=pk, convening__place__in=places
        ).first(),
        key,
    )
    convening = found.convening_id
    actions.remove_part(by=viewer, part=found)
    return redirect("convenings:prepare", convening)


@require_POST
def publish(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Publish the agenda."""
    viewer = viewer_of(request)
    found = get(find_prepared, viewer, key)
    changed = request.POST.get("changed", "")
    return do(
        request,
        found,
        lambda: actions.publish_agenda(by=viewer, convening=found, changed=changed),
        _("The agenda is published."),
    )


@require_POST
def change_convening(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Change what a convening is called, its day, or where it is."""
    viewer = viewer_of(request)
    found = get(find_prepared, viewer, key)
    form = ConveningForm(request.POST, initial=vars(found))
    if form.is_valid():
        try:
            actions.change_convening(by=viewer, convening=found, **form.cleaned_data)
        except ConveningError as problem:
            form.add_error("day", str(problem))
        else:
            messages.success(request, _("It is kept."))
            return redirect("convenings:prepare", found.pk)
    return show_page(request, found, convening_form=form)


@require_POST
def review_agreement(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Write down that an agreement was looked at again and stays."""
    viewer = viewer_of(request)
    found = get(find_prepared_agreement, viewer, key)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a day that is still to come."))
        return redirect("convenings:prepare", found.convening_id)
    return do(
        request,
        found.convening,
        lambda: actions.review_agreement(
            by=viewer, agreement=found, review=form.cleaned_data["review"]
        ),
        _("It is kept."),
    )


@require_POST
def settle(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Write down that an agreement was agreed, or let go."""
    viewer = viewer_of(request)
    found = get(find_prepared_agreement, viewer, key)
    agreed = request.POST.get("answer") == "agreed"
    actions.settle_agreement(by=viewer, agreement=found, agreed=agreed)
    return redirect("convenings:prepare", found.convening_id)


@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Show the list at the door, on screen and on paper, and keep who came."""
    viewer = viewer_of(request)
    found = get(find_prepared, viewer, key)
    if request.method == "POST":
        guests, were = (
            read_keys(request.POST.getlist(name)) for name in ("guest", "were")
        )
        try:
            there = actions.check_in(
                by=viewer, convening=found, guests=guests, were=were
            )
        except ConveningError as problem:
            messages.error(request, str(problem))
        else:
            messages.success(request, _("%(n)s are written down.") % {"n": there})
        return redirect("convenings:check-in", found.pk)
    guests_there = Guest.objects.filter(team__convening=found).select_related(
        "team__school"
    )
    shown = {
        "convening": found,
        "guests": guests_there.order_by("team__school__name", "name"),
        "teams": found.teams.select_related("school"),
        "kinds": GuestKind.choices,
    }
    return render(request, "convenings/check_in.html", shown)


@require_POST
def add_walk_in(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Add somebody who came without having been named."""
    viewer = viewer_of(request)
    found = get(find_prepared, viewer, key)
    keys = read_keys([request.POST.get("team", "")])
    team = SchoolTeam.objects.filter(convening=found, pk__in=keys).first()
    kind = request.POST.get("kind", "")
    if team is None or kind not in GuestKind.values:
        messages.error(request, _("Choose one of the answers that are offered."))
        return redirect("convenings:check-in", found.pk)
    try:
        actions.add_walk_in(
            by=viewer,
            team=team,
            name=request.POST.get("name", ""),
            kind=GuestKind(kind),
            caregiver_said_yes="caregiver_said_yes" in request.POST,
        )
    except ConveningError as problem:
        messages.error(request, str(problem))
    return redirect("convenings:check-in", found.pk)
