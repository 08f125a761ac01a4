"""Writing words, thanking, and keeping whom one met."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from commonroot.domain.convenings import word_actions
from commonroot.domain.convenings.actions import propose_agreement
from commonroot.domain.convenings.choices import Audience, ThanksFor, WordsKind
from commonroot.domain.convenings.models import MadeConnection, Thanks, Words
from commonroot.domain.convenings.queries import (
    convenings_seen_by,
    find_convening,
    find_naming,
    teams_of,
)
from commonroot.domain.convenings.reasons import ConveningError
from commonroot.domain.network.models import Person
from commonroot.web.convenings.forms import (
    AgreementForm,
    ConnectionForm,
    ThanksForm,
    WordsForm,
)
from commonroot.web.convenings.views import list_people, show_page
from commonroot.web.shell.getting import get
from commonroot.web.shell.viewer import viewer_of


@require_POST
def write_words(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Write a reflection, a shift or a celebration."""
    viewer = viewer_of(request)
    found = get(find_convening, viewer, key)
    people = list_people(viewer, found)
    form = WordsForm(request.POST, people=people)
    if form.is_valid():
        given = dict(form.cleaned_data)
        kind, audience = WordsKind(given.pop("kind")), Audience(given.pop("audience"))
        team = teams_of(viewer).filter(convening=found).first()
        try:
            word_actions.write_words(
                by=viewer,
                convening=found,
                team=team,
                kind=kind,
                audience=audience,
                **given,
            )
        except ConveningError as problem:
            form.add_error("text", str(problem))
        else:
            messages.success(request, _("It is kept, for whom you chose."))
            return redirect("convenings:show-convening", found.pk)
    return show_page(request, viewer, found, words_form=form)


def find_own_words(viewer: Person, key: uuid.UUID) -> Words | None:
    """Find one's own words, which one can take back also when one no longer works here."""
    return Words.objects.filter(pk=key, by=viewer).first()


@require_POST
def choose_readers(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Choose anew who reads one's own words."""
    viewer = viewer_of(request)
    found = get(find_own_words, viewer, key)
    audience = request.POST.get("audience", "")
    if audience not in Audience.values:
        messages.error(request, _("Choose one of the answers that are offered."))
        return redirect("convenings:show-convening", found.convening_id)
    try:
        word_actions.choose_readers(by=viewer, words=found, audience=Audience(audience))
    except ConveningError as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("It is kept, for whom you chose."))
    return redirect("convenings:show-convening", found.convening_id)


@require_POST
def withdraw(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Take one's own words back."""
    viewer = viewer_of(request)
    found = get(find_own_words, viewer, key)
    convening = found.convening_id
    word_actions.withdraw_words(by=viewer, words=found)
    messages.success(request, _("It is taken back, and gone everywhere."))
    return redirect("convenings:show-convening", convening)


@require_POST
def thank(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Thank the room or somebody."""
    viewer = viewer_of(request)
    found = get(find_convening, viewer, key)
    form = ThanksForm(request.POST, people=list_people(viewer, found))
    if form.is_valid():
        try:
            word_actions.thank(
                by=viewer,
                convening=found,
                text=form.cleaned_data["text"],
                read_by=ThanksFor(form.cleaned_data["read_by"]),
                to=form.cleaned_data["to"],
            )
        except ConveningError as problem:
            form.add_error("text", str(problem))
        else:
            messages.success(request, _("It is said."))
            return redirect("convenings:show-convening", found.pk)
    return show_page(request, viewer, found, thanks_form=form)


@require_POST
def answer_naming(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Say whether a celebration in which one is named may be read by others."""
    viewer = viewer_of(request)
    found = get(find_naming, viewer, key)
    said_yes = request.POST.get("answer") == "yes"
    word_actions.answer_naming(by=viewer, naming=found, said_yes=said_yes)
    messages.success(request, _("It is said."))
    return redirect("convenings:show-convening", found.words.convening_id)


@require_POST
def take_back_thanks(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Take one's own thank-you back."""
    viewer = viewer_of(request)
    found = get(
        lambda pk: Thanks.objects.filter(pk=pk, by=viewer).first(),
        key,
    )
    convening = found.convening_id
    word_actions.take_back_thanks(by=viewer, thanks=found)
    messages.success(request, _("It is taken back, and gone everywhere."))
    return redirect("convenings:show-convening", convening)


@require_POST
def propose(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Propose an agreement, as somebody who comes."""
    viewer = viewer_of(request)
    found = get(find_convening, viewer, key)
    form = AgreementForm(request.POST)
    if not form.is_valid():
        return show_page(request, viewer, found, agreement_form=form)
    propose_agreement(by=viewer, convening=found, **form.cleaned_data)
    messages.success(
        request, _("It is proposed. Those who prepare the day ask the room.")
    )
    return redirect("convenings:show-convening", found.pk)


@require_POST
def connect(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Keep whom one met."""
    viewer = viewer_of(request)
    found = get(find_convening, viewer, key)
    form = ConnectionForm(request.POST)
    if form.is_valid():
        word_actions.connect(by=viewer, convening=found, **form.cleaned_data)
        messages.success(request, _("It comes back in your week on that day."))
        return redirect("convenings:show-convening", found.pk)
    return show_page(request, viewer, found, connection_form=form)


@require_POST
def finish_connection(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Say that one was in touch."""
    viewer = viewer_of(request)
    found = get(
        lambda pk: MadeConnection.objects.filter(
            pk=pk, by=viewer, convening__in=convenings_seen_by(viewer).values("pk")
        ).first(),
        key,
    )
    word_actions.finish_connection(by=viewer, connection=found)
    return redirect("convenings:show-convening", found.convening_id)
