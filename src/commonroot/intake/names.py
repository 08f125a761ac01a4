"""Does this text look like a person, or like somebody's story?

The last look at what is about to be kept. It errs towards hiding: a label that is
hidden by mistake can be named in the mapping; a name that is shown cannot be unshown.
"""

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any

from commonroot.intake.headers import normalise

TITLES = {
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "dr",
    "señor",
    "señora",
    "sr",
    "sra",
    "coach",
}
CONTACT = re.compile(r"[\w.+-]+@[\w-]+\.\w|(?:\d[\s().-]*){7,}")
LONGEST_LABEL = 70
ENDINGS = ("s", "es", "ies", "ed", "d", "ly", "ing", "ping", "ting", "ning")
SHORTEST_STEM = 3


@cache
def read_vocabulary() -> dict[str, Any]:
    """Read `vocabulary.toml` once."""
    file = resources.files("commonroot.intake").joinpath("vocabulary.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def known_words() -> frozenset[str]:
    """Give every word of the vocabulary's labels and word lists."""
    words: set[str] = set()
    for section in read_vocabulary().values():
        for value in section.values():
            for text in value if isinstance(value, list) else [value]:
                words |= {w.casefold() for w in re.findall(r"[^\W\d_]+", text)}
    return frozenset(words)


@cache
def known_labels(field: str) -> frozenset[str]:
    """Give the normalised labels of a field that the vocabulary holds."""
    section = read_vocabulary().get(field, {})
    lists = [
        value
        for key, value in section.items()
        if isinstance(value, list)
        and key not in ("subjective", "removal", "not_removal")
    ]
    return frozenset(normalise(label) for labels in lists for label in labels)


def is_known_word(word: str) -> bool:
    """Is this a word that labels of schools share, in one of its usual forms?

    >>> [is_known_word(word) for word in ("hallways", "skipping", "Zorn", "Li")]
    [True, True, False, False]
    """
    folded = word.casefold()
    if folded in known_words():
        return True
    stems = [
        folded.removesuffix(ending) for ending in ENDINGS if folded.endswith(ending)
    ]
    return any(
        form in known_words()
        for stem in stems
        if len(stem) >= SHORTEST_STEM
        for form in (stem, f"{stem}e", f"{stem}y")
    )


def is_code(word: str) -> bool:
    """Is this a number, a letter, or a short code with a digit in it?

    >>> [is_code(word) for word in ("12", "B", "D01", "Bo", "Quexada7")]
    [True, True, True, False, False]
    """
    letters = sum(character.isalpha() for character in word)
    digits = sum(character.isdigit() for character in word)
    short = len(word) == 1 and word.isascii()
    return letters == 0 or short or (letters <= 3 and digits > 0)


def names_by_title(label: str) -> bool:
    """Does a title stand before another word, as in "Ms. Green's room"?

    >>> names_by_title("Coach West"), names_by_title("MS hallway"), names_by_title("Coach")
    (True, False, False)
    """
    parts = [part.strip(".,'’()") for part in label.split()]
    return any(part.casefold() in TITLES and part != "MS" for part in parts[:-1])


def holds_a_stranger(label: str) -> bool:
    """Does a label hold a word that is neither known nor a code?

    >>> [holds_a_stranger(text) for text in
    ...  ("South Gym", "PX-12", "Fight with Quexada", "Li Wu", "Zorn", "Period 3")]
    [False, False, True, True, True, False]
    """
    if names_by_title(label):
        return True
    tokens = re.split(r"[\s,;:/()&+.]+", re.sub(r"['’]s?\b", "", label))
    words = [
        word
        for token in tokens
        if not is_code(token.strip("-#"))
        for word in re.findall(r"[^\W_]+", token)
    ]
    return any(not is_code(word) and not is_known_word(word) for word in words)


def looks_like_a_person(label: str) -> bool:
    """Is this label most likely somebody's name?

    Asked of whole columns, to refuse them: for a single label any unknown word is
    enough to hide it.

    >>> [looks_like_a_person(text) for text in
    ...  ("Quexada, Marisol", "Ms. Quexada's room", "South Gym", "The Pit", "PX-12")]
    [True, True, False, False, False]
    """
    if CONTACT.search(label):
        return True
    if names_by_title(label):
        return True
    words = [word for word in re.findall(r"[^\W\d_]+", label) if len(word) > 1]
    unknown = [word for word in words if not is_known_word(word)]
    return len(unknown) >= 2 and len(unknown) == len(words)


def looks_like_a_story(label: str) -> bool:
    """Is this text too long to be a label?

    >>> looks_like_a_story("He ran out and then he said that nobody had ever listened to him.")
    True
    """
    return len(label) > LONGEST_LABEL or len(label.split()) > 12
