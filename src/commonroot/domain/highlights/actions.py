"""Drawing, checking and publishing the numbers of a year."""

import uuid
from collections.abc import Collection

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commonroot.domain.highlights.choices import Words
from commonroot.domain.highlights.definitions import CHECKS, DEFINITIONS, look_up
from commonroot.domain.highlights.facts import gather_facts, write_facts
from commonroot.domain.highlights.few import need_many, tells_of_few
from commonroot.domain.highlights.models import Highlight, Quote, YearPage
from commonroot.domain.highlights.quotes import quotes_seen_by
from commonroot.domain.highlights.reasons import YearError
from commonroot.domain.highlights.rules import MAKE_YEAR
from commonroot.domain.highlights.spans import span_of
from commonroot.domain.network.deeds import need_reason, note_deed
from commonroot.domain.network.models import Person, Place

MOST_QUOTES = 6
# So many letters of quotes fit on the sheet beside all the rest.
MOST_LETTERS = 1200


@transaction.atomic
def begin_page(*, by: Person, place: Place, school_year: str) -> YearPage:
    """Begin the page of a school year, with every number that the records hold.

    One that is there already is given back as it is.
    """
    reason = need_reason(by, MAKE_YEAR, place)
    try:
        span = span_of(place, school_year)
    except ValueError:
        raise YearError(_("Write a school year like 2025-26.")) from None
    page, made = YearPage.objects.get_or_create(place=place, school_year=school_year)
    if made:
        for key, definition in DEFINITIONS.items():
            if tells_of_few(page, key):
                continue
            if key == CHECKS or look_up(definition, span).sources:
                draw(by, page, key)
        note_deed(by, "begin", "year page", page.pk, place, reason)
    return page


def draw(by: Person, page: YearPage, key: str, *, at_least: bool = False) -> Highlight:
    """Draw one number from the records as they are, in the transaction around it."""
    definition = DEFINITIONS[key]
    found = look_up(definition, span_of(page.place, page.school_year))
    return Highlight.objects.create(
        page=page,
        definition=key,
        version=definition.version,
        value=found.value,
        at_least=at_least,
        digest=found.digest,
        drawn=timezone.now(),
        drawn_by=by,
    )


@transaction.atomic
def draw_highlight(
    *, by: Person, page: YearPage, key: str, at_least: bool = False
) -> Highlight:
    """Draw a number anew. What is published stays until somebody else has checked this one."""
    reason = need_reason(by, MAKE_YEAR, page.place)
    if key not in DEFINITIONS:
        raise YearError(_("There is no such number."))
    YearPage.objects.select_for_update().get(pk=page.pk)
    need_many(page, [key])
    open_ones = page.highlights.filter(definition=key, published=None, ended=None)
    open_ones.update(ended=timezone.now())
    made = draw(by, page, key, at_least=at_least)
    note_deed(by, "draw", "highlight", made.pk, page.place, reason)
    return made


@transaction.atomic
def leave_out(*, by: Person, page: YearPage, key: str) -> None:
    """Leave a number off the page. The count of checks stays beside what people did."""
    reason = need_reason(by, MAKE_YEAR, page.place)
    hold_draft(page)
    standing = page.highlights.filter(ended=None)
    others = standing.exclude(definition=key).values_list("definition", flat=True)
    if key == CHECKS and any(DEFINITIONS[each].is_activity for each in others):
        raise YearError(
            _("What people did never stands without the number of changes checked.")
        )
    for each in standing.filter(definition=key):
        each.ended = timezone.now()
        each.save(update_fields=["ended"])
        note_deed(by, "leave out", "highlight", each.pk, page.place, reason)


@transaction.atomic
def check_highlight(*, by: Person, highlight: Highlight) -> Highlight:
    """Check a number that somebody else drew, against the records as they are now.

    On a page that is published it takes the place of the one before.
    """
    page = YearPage.objects.select_for_update().get(pk=highlight.page_id)
    found = Highlight.objects.select_for_update().get(pk=highlight.pk)
    reason = need_reason(by, MAKE_YEAR, page.place)
    if found.drawn_by_id == by.pk:
        raise YearError(_("A second person checks it: not whoever drew it."))
    if found.ended is not None:
        raise YearError(_("This number was drawn anew since. Check the new one."))
    if found.checked is not None:
        return found
    span = span_of(page.place, page.school_year)
    now = look_up(DEFINITIONS[found.definition], span)
    if now.digest != found.digest:
        raise YearError(_("The records have changed since it was drawn. Draw it anew."))
    need_many(page, [found.definition])
    found.checked, found.checked_by = timezone.now(), by
    if page.published is not None:
        publish(found)
        page.facts = write_facts(gather_facts(span))
        page.save(update_fields=["facts"])
    found.save(update_fields=["checked", "checked_by", "published"])
    note_deed(by, "check", "highlight", found.pk, page.place, reason)
    return found


def publish(highlight: Highlight) -> None:
    """Let a checked number stand on its page instead of the one before; the caller saves it."""
    moment = timezone.now()
    earlier = highlight.page.highlights.filter(
        definition=highlight.definition, ended=None
    ).exclude(pk=highlight.pk)
    earlier.update(ended=moment)
    highlight.published = moment


def list_newest(page: YearPage) -> list[Highlight]:
    """List the newest standing number of each definition."""
    newest: dict[str, Highlight] = {}
    for each in page.highlights.filter(ended=None):
        newest.setdefault(each.definition, each)
    return list(newest.values())


def hold_draft(page: YearPage) -> YearPage:
    """Hold a page until the deed is done; raises YearError where it is published.

    What is published changes number by number, each checked by a second person, or is
    taken back first.
    """
    found = YearPage.objects.select_for_update().get(pk=page.pk)
    if found.published is not None:
        raise YearError(
            _("This page is published. Take it back first, then change it.")
        )
    return found


@transaction.atomic
def publish_page(*, by: Person, page: YearPage) -> YearPage:
    """Publish a page: every number on it was checked by a second person."""
    found = YearPage.objects.select_for_update().get(pk=page.pk)
    reason = need_reason(by, MAKE_YEAR, found.place)
    standing = list_newest(found)
    if not standing:
        raise YearError(_("There is no number on this page yet."))
    if any(each.checked is None for each in standing):
        raise YearError(_("Not every number was checked by a second person yet."))
    if not found.did_not_work.strip():
        raise YearError(
            _("Say what did not work first: a page without it is hard to believe.")
        )
    keys = {each.definition for each in standing}
    if CHECKS not in keys and any(DEFINITIONS[key].is_activity for key in keys):
        raise YearError(
            _("What people did never stands without the number of changes checked.")
        )
    need_many(found, keys)
    for each in standing:
        publish(each)
        each.save(update_fields=["published"])
    found.published, found.published_by = timezone.now(), by
    found.facts = write_facts(gather_facts(span_of(found.place, found.school_year)))
    found.save(update_fields=["published", "published_by", "facts"])
    note_deed(by, "publish", "year page", found.pk, found.place, reason)
    return found


@transaction.atomic
def withdraw_page(*, by: Person, page: YearPage) -> YearPage:
    """Take a page back: it is a draft again, and others no longer see it."""
    reason = need_reason(by, MAKE_YEAR, page.place)
    page.published = None
    page.save(update_fields=["published"])
    note_deed(by, "withdraw", "year page", page.pk, page.place, reason)
    return page


@transaction.atomic
def write_page(
    *,
    by: Person,
    page: YearPage,
    lead: str,
    shifts: str,
    did_not_work: str,
    language: str = "en",
) -> YearPage:
    """Write the words of a page: what it begins with, what shifted, what did not work.

    `language` is the one they are written in.
    """
    reason = need_reason(by, MAKE_YEAR, page.place)
    hold_draft(page)
    page.language = language if language in dict(settings.LANGUAGES) else "en"
    page.lead, page.shifts = lead.strip(), shifts.strip()
    page.did_not_work = did_not_work.strip()
    page.save(update_fields=["language", "lead", "shifts", "did_not_work"])
    note_deed(by, "write", "year page", page.pk, page.place, reason)
    return page


@transaction.atomic
def choose_quotes(
    *, by: Person, page: YearPage, chosen: Collection[tuple[Words, uuid.UUID]]
) -> None:
    """Choose the words on a page, of those that may be quoted outside."""
    reason = need_reason(by, MAKE_YEAR, page.place)
    hold_draft(page)
    if len(chosen) > MOST_QUOTES:
        raise YearError(
            _("At most %(most)s, so that each is read.") % {"most": MOST_QUOTES}
        )
    span = span_of(page.place, page.school_year)
    free = {(each.said, each.key): each.words for each in quotes_seen_by(by, span)}
    if not set(chosen) <= set(free):
        raise YearError(_("Some of these words may not be quoted any more."))
    if sum(len(free[each]) for each in set(chosen)) > MOST_LETTERS:
        raise YearError(
            _("Together they are too long for one sheet. Choose fewer or shorter ones.")
        )
    page.quotes.all().delete()
    Quote.objects.bulk_create(
        Quote(page=page, said=said, words=key) for said, key in chosen
    )
    note_deed(by, "choose", "quote", page.pk, page.place, reason)
