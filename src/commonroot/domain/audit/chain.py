"""The chain: how a line is sealed, and how a log is gone through."""

import hashlib
import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

START = "0" * 64
SEALED = ("number", "at", "actor", "verb", "kind", "key", "place", "origin", "reason")
End = tuple[int, str]


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


def tell_line(line: Written) -> bytes:
    """Tell a line and the digest of the one before it, as what is sealed."""
    told = [
        value.isoformat(timespec="microseconds")
        if isinstance(value, datetime)
        else value
        for value in (getattr(line, name) for name in SEALED)
    ]
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return f"{line.before}\n{text}".encode()


def seal(line: Written, key: bytes) -> str:
    """Give the digest of a line and of the one before it, which only the key can make."""
    return hmac.digest(key, tell_line(line), "sha256").hex()


def seal_plainly(line: Written) -> str:
    """Give the digest that lines had before logs had a key: anybody can make it."""
    return hashlib.sha256(tell_line(line)).hexdigest()


def verify(
    lines: Iterable[Written],
    key: bytes,
    *,
    end: End | None = None,
    kept: End | None = None,
    must_be_keyed: bool = True,
) -> Verdict:
    """Go through a log from its first line, and say where it first breaks.

    Lines from before logs had a key may only stand at the beginning. `end` is the number
    and digest that the last line must have, and `kept` those of a line that must be in
    it: without them a tail that was cut off cannot be seen.
    """
    number, before, keyed = 0, START, False
    for line in lines:
        if line.number != number + 1:
            problem = f"line {number + 1} is not there"
            return Verdict(number, before, number + 1, problem)
        problem = find_problem(line, before, key, keyed=keyed)
        if problem := problem or find_other(line, kept):
            return Verdict(number, before, line.number, problem)
        keyed = keyed or line.digest == seal(line, key)
        number, before = line.number, line.digest
    found = Verdict(number, before)
    if number and must_be_keyed and not keyed:
        problem = "up to here no line is sealed with the site’s key"
        return Verdict(number, before, number, problem)
    if end is not None and end != (number, before if number else ""):
        return miss_end(found, end)
    if kept is not None and kept[0] > number:
        return miss_end(found, kept)
    return found


def find_problem(line: Written, before: str, key: bytes, *, keyed: bool) -> str:
    """Find what is wrong with a line; "" for nothing."""
    if line.before != before:
        return "does not follow the one before"
    if hmac.compare_digest(line.digest, seal(line, key)):
        return ""
    if line.digest != seal_plainly(line):
        return "was changed"
    return "is sealed without the site’s key" if keyed else ""


def find_other(line: Written, kept: End | None) -> str:
    """Find whether this line stands where another was kept; "" if not."""
    if kept is None or kept[0] != line.number or kept[1] == line.digest:
        return ""
    return "is another than the one that was here when the site last looked"


def miss_end(found: Verdict, end: End) -> Verdict:
    """Say that a log ends too early or too late."""
    problem = f"the log should end at line {end[0]}"
    return Verdict(found.lines, found.digest, found.lines + 1, problem)
