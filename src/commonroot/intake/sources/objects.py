"""JSON: a list of objects, or a list of objects inside an object."""

import json
from collections.abc import Iterator
from typing import Any

from commonroot.intake.names import holds_a_stranger
from commonroot.intake.sources.encoding import to_text
from commonroot.intake.sources.table import Source, UnreadableFileError, make_source
from commonroot.languages import gettext as _

Flat = dict[str, str | None]
LONGEST_INTEGER = 40


def read_objects(raw: bytes) -> Source:
    """Read JSON; nested values get dotted names (`IssueTS.date`).

    An object with lists inside becomes as many rows as its longest list: two
    penalties are two rows of one incident.
    """
    text, encoding = to_text(raw)
    try:
        loaded = json.loads(text.removeprefix("\ufeff"), parse_int=read_integer)
    except (ValueError, RecursionError) as error:
        loaded = read_lines(text)
        if loaded is None:
            line = getattr(error, "lineno", 1)
            raise UnreadableFileError(
                _(
                    "The file looks like JSON but breaks off or is damaged at line {line}. Export it "
                    "again."
                ).format(line=line)
            ) from None
    records, where = find_records(loaded)
    numbered = [
        (number, flat)
        for number, record in enumerate(records, start=1)
        for flat in flatten_record(record)
    ]
    header = list(dict.fromkeys(key for _, flat in numbered for key in flat))
    if not header:
        raise UnreadableFileError(
            _("The JSON file holds no list of objects with incidents. Export it again.")
        )
    rows = ((number, [flat.get(key) for key in header]) for number, flat in numbered)
    guesses = {
        "format": "JSON",
        "encoding": encoding,
        "list": "(not shown)" if holds_a_stranger(where) else where,
    }
    return make_source(header, rows, guesses)


def read_integer(digits: str) -> int | str:
    """Read an integer; one of absurd length stays a text."""
    return int(digits) if len(digits) <= LONGEST_INTEGER else digits


def read_lines(text: str) -> list[Any] | None:
    """Read one object a line, as some programs write; None when it is not that."""
    try:
        return [
            json.loads(line, parse_int=read_integer)
            for line in text.splitlines()
            if line.strip()
        ]
    except (ValueError, RecursionError):
        return None


def find_records(loaded: Any, where: str = "") -> tuple[list[dict[str, Any]], str]:
    """Find the longest list of objects, and the path to it.

    >>> find_records({"data": [{"a": 1}, {"a": 2}], "page": 1})
    ([{'a': 1}, {'a': 2}], 'data')
    """
    if isinstance(loaded, list):
        if not any(isinstance(record, dict) for record in loaded):
            return [], where
        return [r if isinstance(r, dict) else {"value": r} for r in loaded], where
    if isinstance(loaded, dict):
        inside = [
            find_records(value, f"{where}.{key}".strip("."))
            for key, value in loaded.items()
            if isinstance(value, list | dict)
        ]
        return max(inside, key=lambda found: len(found[0]), default=([], where))
    return [], where


def flatten_record(record: dict[str, Any]) -> Iterator[Flat]:
    """Make rows of one object: what is single is repeated beside what is listed.

    >>> list(flatten_record({"id": 1, "who": {"grade": 3}, "acts": ["a", "b"]}))
    [{'id': '1', 'who.grade': '3', 'acts': 'a'}, {'id': '1', 'who.grade': '3', 'acts': 'b'}]
    """
    single: Flat = {}
    listed: dict[str, list[Flat]] = {}
    collect(record, "", single, listed)
    for position in range(max((len(items) for items in listed.values()), default=1)):
        row = dict(single)
        for items in listed.values():
            # A shorter list repeats its last value: a blank would count as "missing".
            row.update(items[min(position, len(items) - 1)])
        yield row


def collect(
    value: dict[str, Any], path: str, single: Flat, listed: dict[str, list[Flat]]
) -> None:
    """Sort an object's values into those that stand alone and those in lists."""
    for key, inner in value.items():
        name = f"{path}.{key}" if path else key
        if isinstance(inner, dict) and is_calendar_date(inner):
            single.update(read_calendar_date(name, inner))
        elif isinstance(inner, dict):
            collect(inner, name, single, listed)
        elif isinstance(inner, list):
            items = [flat for item in inner for flat in flatten_item(item, name)]
            if items:
                listed[name] = items
        else:
            single[name] = to_text_value(inner)


def flatten_item(item: Any, name: str) -> list[Flat]:
    """Flatten one item of a list under the list's name."""
    if isinstance(item, dict):
        return [
            {f"{name}.{key}": text for key, text in flat.items()}
            for flat in flatten_record(item)
        ]
    return [] if isinstance(item, list) else [{name: to_text_value(item)}]


def is_calendar_date(value: dict[str, Any]) -> bool:
    """Is this {"year": 2025, "month": 9, "day": 3, …}, as some systems write?"""
    return {"year", "month", "day"} <= value.keys() and all(
        isinstance(value[part], int) for part in ("year", "month", "day")
    )


def read_calendar_date(name: str, value: dict[str, Any]) -> Flat:
    """Write a date in parts as ISO text, with its time when it has one.

    >>> read_calendar_date("d", {"year": 2025, "month": 9, "day": 3,
    ...                          "nanoOfDay": 36_300_000_000_000})
    {'d': '2025-09-03 10:05:00'}
    """
    text = f"{value['year']:04d}-{value['month']:02d}-{value['day']:02d}"
    nanoseconds = value.get("nanoOfDay")
    if isinstance(nanoseconds, int) and nanoseconds:
        minutes, seconds = divmod(nanoseconds // 1_000_000_000, 60)
        text += f" {minutes // 60:02d}:{minutes % 60:02d}:{seconds:02d}"
    return {name: text}


def to_text_value(value: Any) -> str | None:
    """Write a JSON value as text; true and false as Y and N."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "Y" if value else "N"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
