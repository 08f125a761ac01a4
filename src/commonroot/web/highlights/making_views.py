"""Making the page of a year: numbers drawn and checked, words, publishing."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from commonroot.domain.highlights import actions
from commonroot.domain.highlights.choices import Words
from commonroot.domain.highlights.definitions import DEFINITIONS
from commonroot.domain.highlights.models import YearPage
from commonroot.domain.highlights.queries import (
    find_highlight,
    find_own_page,
    tell_numbers,
)
from commonroot.domain.highlights.quotes import quotes_seen_by
from commonroot.domain.highlights.reasons import YearError
from commonroot.domain.highlights.rules import MAKE_YEAR
from commonroot.domain.highlights.spans import span_of
from commonroot.domain.highlights.translating import (
    list_other_languages,
    list_translations,
    translate_page,
)
from commonroot.domain.network.models import Person
from commonroot.web.highlights.forms import TranslationForm, WordsForm
from commonroot.web.highlights.telling import count_waiting
from commonroot.web.highlights.translations import offer_translations
from commonroot.web.shell.getting import get
from commonroot.web.shell.viewer import get_place, viewer_of


@require_POST
def begin_year(request: HttpRequest, place: uuid.UUID) -> HttpResponse:
    """Begin the page of a school year from the records."""
    viewer = viewer_of(request)
    found = get_place(viewer, place, MAKE_YEAR)
    try:
        page = actions.begin_page(
            by=viewer, place=found, school_year=request.POST.get("year", "")
        )
    except YearError as problem:
        messages.error(request, str(problem))
        return redirect("highlights:list-years")
    return redirect("highlights:make-year", page.pk)


@require_safe
def make_year(request: HttpRequest, page: uuid.UUID) -> HttpResponse:
    """Show what goes into a page, and what still has to be done."""
    viewer = viewer_of(request)
    return show_making(request, viewer, get(find_own_page, viewer, page))


def show_making(
    request: HttpRequest,
    viewer: Person,
    page: YearPage,
    form: WordsForm | None = None,
    chosen: set[uuid.UUID] | None = None,
    translation: TranslationForm | None = None,
) -> HttpResponse:
    """Show the page on which a year is made, with what is wrong in its words."""
    numbers = tell_numbers(page)
    there = {each.definition.key for each in numbers}
    quotes = quotes_seen_by(viewer, span_of(page.place, page.school_year))
    shown = {
        "page": page,
        "numbers": numbers,
        "waiting": count_waiting(numbers),
        "others": [each for key, each in DEFINITIONS.items() if key not in there],
        "quotes": quotes,
        "chosen": chosen
        if chosen is not None
        else set(page.quotes.values_list("words", flat=True)),
        "form": form or WordsForm(initial=vars(page)),
        "viewer": viewer,
        "translations": offer_translations(page, translation),
    }
    status = 422 if form is not None or translation is not None else 200
    return render(request, "highlights/make_year.html", shown, status=status)


@require_POST
def translate_year(
    request: HttpRequest, page: uuid.UUID, language: str
) -> HttpResponse:
    """Keep the words of a page in another language."""
    viewer = viewer_of(request)
    found = get(find_own_page, viewer, page)
    if language not in list_other_languages(found):
        raise Http404
    known = list_translations(found).get(language)
    form = TranslationForm(
        request.POST, initial=vars(known) if known else {}, prefix=language
    )
    if form.is_valid():
        try:
            translate_page(
                by=viewer, page=found, language=language, **form.cleaned_data
            )
        except YearError as problem:
            form.add_error(None, str(problem))
            messages.error(request, str(problem))
        else:
            messages.success(request, _("The words are kept in this language, too."))
            return redirect("highlights:make-year", found.pk)
    return show_making(request, viewer, found, translation=form)


def do(
    request: HttpRequest, page: YearPage, act: Callable[[], object], said: str
) -> HttpResponse:
    """Do something with a page, and say that it is done or why it cannot be."""
    try:
        act()
    except YearError as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, said)
    return redirect("highlights:make-year", page.pk)


@require_POST
def write_year(request: HttpRequest, page: uuid.UUID) -> HttpResponse:
    """Keep the words of a page, and which words of others are quoted on it."""
    viewer = viewer_of(request)
    found = get(find_own_page, viewer, page)
    form, chosen = WordsForm(request.POST, initial=vars(found)), read_quotes(request)
    if form.is_valid():
        try:
            with transaction.atomic():
                actions.write_page(by=viewer, page=found, **form.cleaned_data)
                actions.choose_quotes(by=viewer, page=found, chosen=chosen)
        except YearError as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Words and quotes are kept."))
            return redirect("highlights:make-year", found.pk)
    return show_making(request, viewer, found, form, {key for _said, key in chosen})


def read_quotes(request: HttpRequest) -> list[tuple[Words, uuid.UUID]]:
    """Read which words were chosen, leaving out what is none."""
    chosen = []
    for text in request.POST.getlist("quote"):
        said, _colon, key = text.partition(":")
        try:
            chosen.append((Words(said), uuid.UUID(key)))
        except ValueError:
            continue
    return chosen


@require_POST
def draw_number(request: HttpRequest, page: uuid.UUID) -> HttpResponse:
    """Draw a number from the records as they are now."""
    viewer = viewer_of(request)
    found = get(find_own_page, viewer, page)
    key, floor = request.POST.get("number", ""), "at_least" in request.POST
    return do(
        request,
        found,
        lambda: actions.draw_highlight(by=viewer, page=found, key=key, at_least=floor),
        _("It is drawn from the records. A second person checks it."),
    )


@require_POST
def leave_out(request: HttpRequest, page: uuid.UUID) -> HttpResponse:
    """Leave a number off the page."""
    viewer = viewer_of(request)
    found = get(find_own_page, viewer, page)
    key = request.POST.get("number", "")
    return do(
        request,
        found,
        lambda: actions.leave_out(by=viewer, page=found, key=key),
        _("It is no longer on the page."),
    )


@require_POST
def check_number(request: HttpRequest, highlight: uuid.UUID) -> HttpResponse:
    """Check a number that somebody else drew."""
    viewer = viewer_of(request)
    found = get(find_highlight, viewer, highlight)
    return do(
        request,
        found.page,
        lambda: actions.check_highlight(by=viewer, highlight=found),
        _("It is checked."),
    )


@require_POST
def publish_year(request: HttpRequest, page: uuid.UUID) -> HttpResponse:
    """Publish a page."""
    viewer = viewer_of(request)
    found = get(find_own_page, viewer, page)
    return do(
        request,
        found,
        lambda: actions.publish_page(by=viewer, page=found),
        _("The page is published."),
    )


@require_POST
def withdraw_year(request: HttpRequest, page: uuid.UUID) -> HttpResponse:
    """Take a page back."""
    viewer = viewer_of(request)
    found = get(find_own_page, viewer, page)
    return do(
        request,
        found,
        lambda: actions.withdraw_page(by=viewer, page=found),
        _("The page is a draft again. Others no longer see it."),
    )
