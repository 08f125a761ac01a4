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
                words |= set(find_words(text))
    return frozenset(words)


def find_words(text: str) -> list[str]:
    """Find the words of three letters or more."""
    return [word.lower() for word in re.findall(r"[^\W\d_]{3,}", text)]


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


def looks_like_a_person(label: str) -> bool:
    """Could this label be somebody's name, or hold one?

    >>> [looks_like_a_person(text) for text in
    ...  ("Quexada, Marisol", "Ms. Quexada's room", "South Gym", "The Pit", "PX-12")]
    [True, True, False, False, False]
    """
    if CONTACT.search(label):
        return True
    parts = [part.lower().strip(".,'’") for part in label.split()]
    if any(part in TITLES for part in parts[:-1]):
        return True
    words = find_words(label)
    unknown = [word for word in words if word not in known_words()]
    return len(unknown) >= 2 and len(unknown) == len(words) and "the" not in parts


def looks_like_a_story(label: str) -> bool:
    """Is this text too long to be a label?

    >>> looks_like_a_story("He ran out and then he said that nobody had ever listened to him.")
    True
    """
    return len(label) > LONGEST_LABEL or len(label.split()) > 12
