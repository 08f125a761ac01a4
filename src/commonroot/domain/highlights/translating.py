"""The words of a page of the year in other languages."""

import hashlib
import json
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from commonroot.domain.highlights.actions import hold_draft
from commonroot.domain.highlights.models import YearPage, YearWords
from commonroot.domain.highlights.reasons import YearError
from commonroot.domain.highlights.rules import MAKE_YEAR
from commonroot.domain.network.deeds import need_reason, note_deed
from commonroot.domain.network.models import Person
from commonroot.domain.network.sight import today

PARTS = ("lead", "shifts", "did_not_work")


@dataclass(frozen=True)
class Wording:
    """The words of a page in one language."""

    language: str
    lead: str
    shifts: str
    did_not_work: str


def digest_words(page: YearPage) -> str:
    """Give the digest of a page's own words, and of the language they are in."""
    text = json.dumps([page.language, *(getattr(page, part) for part in PARTS)])
    return hashlib.sha256(text.encode()).hexdigest()


def word_page(page: YearPage, language: str) -> Wording:
    """Give the words of a page in a language; its own where there are none of today."""
    found = page.translations.filter(
        language=language, source=digest_words(page)
    ).first()
    words: YearPage | YearWords = page
    if found is not None and language != page.language:
        words = found
    return Wording(words.language, words.lead, words.shifts, words.did_not_work)


def list_translations(page: YearPage) -> dict[str, YearWords]:
    """List what a page says in other languages, for whoever makes it."""
    return {each.language: each for each in page.translations.all()}


def list_other_languages(page: YearPage) -> list[str]:
    """List the languages of the site in which a page's own words are not written."""
    return [code for code, _name in settings.LANGUAGES if code != page.language]


@transaction.atomic
def translate_page(
    *,
    by: Person,
    page: YearPage,
    language: str,
    lead: str,
    shifts: str,
    did_not_work: str,
) -> YearWords:
    """Say the words of a page in another language: every part that it has, line by line."""
    reason = need_reason(by, MAKE_YEAR, page.place)
    held = hold_draft(page)
    if language not in list_other_languages(held):
        raise YearError(_("The page is written in this language."))
    said = {"lead": lead, "shifts": shifts, "did_not_work": did_not_work}
    for part in PARTS:
        if count_lines(said[part]) != count_lines(getattr(held, part)):
            raise YearError(
                _(
                    "Say every part that the page has, with as many lines. Whoever reads "
                    "it in this language reads the same."
                )
            )
    made, _made = YearWords.objects.update_or_create(
        page=held,
        language=language,
        defaults={
            **{part: words.strip() for part, words in said.items()},
            "source": digest_words(held),
            "on": today(),
            "by": by,
        },
    )
    note_deed(by, "translate", "year page", held.pk, held.place, reason)
    return made


def count_lines(text: str) -> int:
    """Count the lines that hold something.

    >>> count_lines(" One\\n\\ntwo ")
    2
    """
    return sum(bool(line.strip()) for line in text.splitlines())
