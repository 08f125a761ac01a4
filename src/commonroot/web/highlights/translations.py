"""The languages into which a page of the year can be put, as its maker sees them."""

from dataclasses import dataclass

from django.conf import settings

from commonroot.domain.highlights.models import YearPage
from commonroot.domain.highlights.translating import (
    digest_words,
    list_other_languages,
    list_translations,
)
from commonroot.web.highlights.forms import TranslationForm


@dataclass(frozen=True)
class Translation:
    """A language into which a page can be put, and how far that is."""

    code: str
    name: str
    form: TranslationForm
    is_there: bool
    is_outdated: bool


def offer_translations(
    page: YearPage, sent: TranslationForm | None = None
) -> list[Translation]:
    """List the other languages of the site, each with its form and whether it is outdated."""
    known = list_translations(page)
    source, names = digest_words(page), dict(settings.LANGUAGES)
    return [
        Translation(
            code,
            names[code],
            sent
            if sent is not None and sent.prefix == code
            else TranslationForm(
                initial=vars(known[code]) if code in known else {}, prefix=code
            ),
            code in known,
            code in known and known[code].source != source,
        )
        for code in list_other_languages(page)
    ]
