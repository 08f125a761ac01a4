"""Names of workshops: the same one is often called in other words."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import TypeVar

Key = TypeVar("Key")
# How alike two names must be before somebody is asked whether they mean the same.
ALIKE = 0.72


def tidy_name(name: str) -> str:
    """Tidy a name as it is kept: one space between words.

    >>> tidy_name("  Rooted   Relationships ")
    'Rooted Relationships'
    """
    return " ".join(name.split())


def fold_name(name: str) -> str:
    """Fold a name as it is compared: letters and digits, whatever stands between them.

    >>> fold_name("Rooted Relationships: Growing!") == fold_name("rooted relationships – growing")
    True
    """
    return " ".join(re.findall(r"\w+", name.casefold()))


def find_alike(name: str, known: Iterable[tuple[Key, str]]) -> list[Key]:
    """Find what has a name much like this one, the likest first, each once.

    >>> known = [(1, "Growing Equitable Learning Communities"), (2, "Restorative Circles")]
    >>> find_alike("Growing Equitable Classroom Communities", known)
    [1]
    """
    sought = fold_name(name)
    weighed = sorted(
        (
            (SequenceMatcher(None, sought, fold_name(each)).ratio(), number, key)
            for number, (key, each) in enumerate(known)
        ),
        key=lambda one: (-one[0], one[1]),
    )
    return list(dict.fromkeys(key for alike, _number, key in weighed if alike >= ALIKE))
