"""The chain: how a line is sealed, and how a log is gone through."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

START = "0" * 64
SEALED = ("number", "at", "actor", "verb", "kind", "key", "place", "origin", "reason")


class Written(Protocol):
    """What a line of the log has."""

    number: int
    at: datetime
    before: str
    digest: str


@dataclass(frozen=True)
class Verdict:
    """How many lines hold together, and what is wrong with the first that does not."""

    lines: int
    digest: str
    broken_at: int | None = None
    problem: str = ""


def seal(line: Written) -> str:
    """Give the digest of a line and of the one before it."""
    told = [
        value.isoformat(timespec="microseconds")
        if isinstance(value, datetime)
        else value
        for value in (getattr(line, name) for name in SEALED)
    ]
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{line.before}\n{text}".encode()).hexdigest()


def verify(lines: Iterable[Written], end: tuple[int, str] | None = None) -> Verdict:
    """Go through a log from its first line, and say where it first breaks.

    `end` is the number and digest that the last line must have: without it a tail that
    was cut off cannot be seen.
    """
    number, before = 0, START
    for line in lines:
        if line.number != number + 1:
            return Verdict(
                number, before, number + 1, f"line {number + 1} is not there"
            )
        if line.before != before:
            return Verdict(
                number, before, line.number, "does not follow the one before"
            )
        if line.digest != seal(line):
            return Verdict(number, before, line.number, "was changed")
        number, before = line.number, line.digest
    if end is not None and end != (number, before if number else ""):
        return Verdict(
            number, before, number + 1, f"the log should end at line {end[0]}"
        )
    return Verdict(number, before)
