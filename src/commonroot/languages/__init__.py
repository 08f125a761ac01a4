"""The languages that Commonroot speaks: one catalog for its pages and for its sheets.

Whoever writes a sentence marks it with `gettext` as `_`, in English; who speaks which
language is said once, around the work:

    >>> with speaking("es"):
    ...     print(gettext("Place"))
    Lugar
    >>> gettext("Place")
    'Place'
"""

import contextlib
import functools
import gettext as catalogs
from collections.abc import Iterator
from contextvars import ContextVar
from pathlib import Path

ENGLISH = "en"
SPANISH = "es"
LANGUAGES = (ENGLISH, SPANISH)
FOLDER = Path(__file__).parent / "locale"

spoken: ContextVar[str] = ContextVar("spoken", default=ENGLISH)


@functools.cache
def read_catalog(language: str) -> catalogs.NullTranslations:
    """Read the catalog of a language; English is what the sentences are written in."""
    if language == ENGLISH:
        return catalogs.NullTranslations()
    return catalogs.translation("django", FOLDER, languages=[language])


@contextlib.contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak a language for a while; one that is not known is answered in English."""
    chosen = language.split("-")[0]
    token = spoken.set(chosen if chosen in LANGUAGES else ENGLISH)
    try:
        yield
    finally:
        spoken.reset(token)


def find_language() -> str:
    """Find the language that is spoken now."""
    return spoken.get()


def gettext(text: str) -> str:
    """Say a text in the language that is spoken now."""
    return read_catalog(spoken.get()).gettext(text)


def ngettext(one: str, many: str, number: int) -> str:
    """Say a text about a number of things in the language that is spoken now."""
    return read_catalog(spoken.get()).ngettext(one, many, number)


def gettext_noop(text: str) -> str:
    """Mark a text that is said later."""
    return text
