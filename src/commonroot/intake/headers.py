"""What the headers of an export mean, by the aliases in `headers.toml`.

Matching is exact after normalising: a fuzzy match would one day read a student's
number as an incident's. What two headers could both mean is asked about.
"""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any

FIELDS = (
    "incident_id",
    "date",
    "time",
    "period",
    "school",
    "school_year",
    "location",
    "behaviour",
    "motivation",
    "severity",
    "role",
    "student",
    "grade",
    "response",
    "days_removed",
    "reporter",
    "kind",
    "deleted",
)


@cache
def read_aliases() -> dict[str, Any]:
    """Read `headers.toml` once."""
    file = resources.files("commonroot.intake").joinpath("headers.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def normalise(header: str) -> str:
    """Reduce a header to its letters and digits.

    >>> normalise("Incident #"), normalise("[Incident]Incident_TS"), normalise(" Grd ")
    ('incidentnumber', 'incidentts', 'grd')
    """
    bare = re.sub(r"^\[[^\]]*\]", "", header.strip()) or header
    spelled = bare.replace("#", " number ").replace("&", " and ").lower()
    return re.sub(r"[^a-z0-9]", "", spelled) or " ".join(spelled.split())


@cache
def split_words(header: str) -> tuple[str, ...]:
    """Split a header into words, at spaces, signs and humps.

    >>> split_words("ReporterName"), split_words("guardian_1_e-mail")
    (('reporter', 'name'), ('guardian', 'e', 'mail'))
    """
    humps = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header)
    return tuple(re.findall(r"[a-z]+", humps.lower()))


@cache
def field_aliases() -> dict[str, tuple[str, ...]]:
    """Give, for each normalised alias, the fields that it may stand for."""
    aliases: dict[str, tuple[str, ...]] = {}
    for field, headers in read_aliases()["fields"].items():
        for header in headers:
            key = normalise(header)
            aliases[key] = tuple(dict.fromkeys((*aliases.get(key, ()), field)))
    return aliases


@cache
def group_aliases() -> frozenset[str]:
    """Give the normalised headers of student groups."""
    return frozenset(
        normalise(header) for header in read_aliases()["groups"]["headers"]
    )


def is_group(header: str) -> bool:
    """Does this header name a group of students?"""
    return normalise(header) in group_aliases()


@cache
def is_dropped(header: str) -> bool:
    """Does this header name something that may not be kept (names, narratives …)?

    >>> [is_dropped(h) for h in ("Last Name", "ReporterName", "Location", "Guardian_Email")]
    [True, True, False, True]
    """
    rules = read_aliases()["dropped"]
    if normalise(header) in {normalise(whole) for whole in rules["whole"]}:
        return True
    words = split_words(header)
    if set(words) & set(rules["words"]) or normalise(header) in rules["words"]:
        return True
    beside = {" ".join(pair) for pair in zip(words, words[1:], strict=False)}
    joined = normalise(header)
    return bool(beside & set(rules["pairs"])) or any(
        joined == pair.replace(" ", "") for pair in rules["pairs"]
    )


@cache
def read_ready_maps() -> tuple[dict[str, Any], ...]:
    """Read the maps that ship, in the order of their names."""
    folder = resources.files("commonroot.intake").joinpath("maps")
    files = sorted(folder.iterdir(), key=lambda file: file.name)
    return tuple(
        tomllib.loads(file.read_text(encoding="utf-8"))
        for file in files
        if file.name.endswith(".toml")
    )


def alternatives(wanted: str) -> list[str]:
    """Split the alternatives of a ready-made map.

    >>> alternatives("Event Date | Date")
    ['Event Date', 'Date']
    """
    return [part.strip() for part in wanted.split("|")]


@cache
def ready_headers() -> frozenset[str]:
    """Give every normalised header that a ready-made map reads."""
    columns = [
        value for ready in read_ready_maps() for value in ready["columns"].values()
    ]
    wanted = [
        text
        for value in columns
        for text in (value if isinstance(value, list) else [value])
    ]
    return frozenset(
        normalise(header) for text in wanted for header in alternatives(text)
    )


def is_known(header: str) -> bool:
    """Is this a header that we know, to keep or to drop?"""
    return (
        normalise(header) in field_aliases()
        or normalise(header) in ready_headers()
        or is_group(header)
        or is_dropped(header)
    )


def count_known(row: Iterable[str | None]) -> int:
    """Count the cells of a row that are headers we know.

    >>> count_known(["Incident Date", "Location", "Playground", None])
    2
    """
    return len(
        {normalise(cell) for cell in row if cell and len(cell) < 60 and is_known(cell)}
    )


def find_candidates(headers: Iterable[str]) -> dict[str, list[str]]:
    """Find, for each field, the headers that could hold it, in alias order.

    >>> find_candidates(["Offense ID", "Incident ID", "Place"])
    {'incident_id': ['Incident ID', 'Offense ID'], 'location': ['Place']}
    """
    order = list(field_aliases())
    found: dict[str, list[str]] = {}
    known = (header for header in headers if normalise(header) in field_aliases())
    for header in sorted(known, key=lambda header: order.index(normalise(header))):
        for field in field_aliases()[normalise(header)]:
            found.setdefault(field, []).append(header)
    return found
