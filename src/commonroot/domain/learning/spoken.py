"""Languages as people write them, and who interprets those that are asked for."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.utils.translation import gettext, override

PARTS = re.compile(r"[,;/&+]|\b(?:and|or|y|o|e|u)\b")


def fold(words: str) -> str:
    """Write words without accents, in small letters.

    >>> fold(" Español ")
    'espanol'
    """
    plain = unicodedata.normalize("NFKD", words.casefold())
    return " ".join(
        "".join(each for each in plain if each.isalpha() or each == " ").split()
    )


@cache
def list_names() -> dict[str, str]:
    """List the names of languages, in English, Spanish and their own words, with their codes."""
    names: dict[str, str] = {}
    for code, told in LANG_INFO.items():
        if "name" not in told:
            continue
        with override("es"):
            spanish = gettext(told["name"])
        for name in (told["name_local"], spanish, told["name"]):
            names.setdefault(fold(name), code.split("-")[0])
    return names


def find_languages(words: str) -> frozenset[str]:
    """Find which languages somebody means; one that nobody knows is its own words.

    >>> sorted(find_languages("Español or ENGLISH")), sorted(find_languages("White Hmong"))
    (['en', 'es'], ['white hmong'])
    """
    parts = (fold(each) for each in PARTS.split(words.casefold()))
    return frozenset(list_names().get(each, each) for each in parts if each)


@dataclass(frozen=True)
class LanguageNeed:
    """A language that people asked for, how many did, and who interprets it."""

    words: str
    people: int
    interpreters: tuple[str, ...]
    is_met: bool


def match_languages(
    asked: Iterable[str], interpreters: Iterable[tuple[str, str]]
) -> list[LanguageNeed]:
    """Set the languages that people asked for against who interprets them, most asked first.

    The site's own language needs nobody. Of somebody who names two, either will do.

    >>> match_languages(["Spanish", "español"], [("Spanish", "Rosa")])
    [LanguageNeed(words='Spanish', people=2, interpreters=('Rosa',), is_met=True)]
    """
    own = settings.LANGUAGE_CODE.split("-")[0]
    found: dict[frozenset[str], tuple[str, int]] = {}
    for words in asked:
        meant = find_languages(words)
        if meant and own not in meant:
            first, people = found.get(meant, (words.strip(), 0))
            found[meant] = (first, people + 1)
    offered = [(find_languages(language), who) for language, who in interpreters]
    needs = []
    for meant, (words, people) in found.items():
        met = [who for languages, who in offered if languages & meant]
        needs.append(LanguageNeed(words, people, tuple(filter(None, met)), bool(met)))
    return sorted(needs, key=lambda each: (-each.people, each.words.casefold()))
