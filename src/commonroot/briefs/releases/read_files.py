"""COUNTS.csv and DESIGN.toml, read with a sentence for everything that is wrong."""

import csv
import re
import tomllib
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from commonroot.analysis.disclosure.design import (
    DEFAULT_THRESHOLD,
    TOTAL_LABEL,
    Design,
    DesignError,
    Key,
)
from commonroot.analysis.disclosure.rules import Counted, Counts
from commonroot.briefs.releases.make_page import Page

NEEDED = ("incidents", "students")
OPTIONAL = ("largest_student", "enrolled")
WHOLE = re.compile(r"(-?[0-9]{1,18})(\.0+)?")
OTHER_SEPARATOR = re.compile(r"[;\t|]")
# What a spreadsheet would run instead of show.
FORMULA = re.compile(r"[=@]|[+-].*[(|!]")
WORDS = ("title", "period", "contact")
SETTINGS = ("threshold", "dimensions", "tables", "pool", *WORDS)


def read_settings(path: Path) -> dict[str, Any]:
    """Read a TOML file; raises DesignError when it is none."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise DesignError(f"{path} could not be read: {error.strerror}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DesignError(f"{path} is not a TOML file: {error}.") from None


def read_page(path: Path) -> Page:
    """Read what the page of a release is called, of when it is, and whom to ask."""
    found = read_settings(path)
    words = {name: found.get(name, "") for name in WORDS}
    for name, text in words.items():
        if not isinstance(text, str):
            raise DesignError(f'{path}: {name} must be a text, such as {name} = "...".')
    return Page(**words)


def read_design(path: Path) -> Design:
    """Read a design; raises DesignError with what to change."""
    found = read_settings(path)
    unknown = [name for name in found if name not in SETTINGS]
    if unknown:
        raise DesignError(
            f"{path} has a setting that is not known: {', '.join(unknown)}. Known: "
            f"{', '.join(SETTINGS)}."
            + ("" if "dimensions" in found else " Is the line [dimensions] missing?")
        )
    dimensions = found.get("dimensions")
    if not isinstance(dimensions, dict):
        raise DesignError(f"{path} needs [dimensions], each a list of columns.")
    return Design(
        {name: read_names(columns, name) for name, columns in dimensions.items()},
        tuple(map(tuple, read_tables(found.get("tables"), path))),
        found.get("threshold", DEFAULT_THRESHOLD),
        read_names(found.get("pool", []), "pool"),
    )


def read_tables(found: Any, path: Path) -> list[list[str]]:
    """Read the list of tables, each a list of names."""
    if not isinstance(found, list) or not all(
        isinstance(table, list) and all(isinstance(name, str) for name in table)
        for table in found
    ):
        raise DesignError(
            f'{path}: tables must be a list of lists, such as tables = [["place", "group"]].'
        )
    return found


def read_names(found: Any, where: str) -> tuple[str, ...]:
    """Read a list of names."""
    if not isinstance(found, list) or not all(isinstance(name, str) for name in found):
        raise DesignError(f'{where} must be a list of names, such as ["district"].')
    return tuple(found)


def read_counts(path: Path, design: Design) -> Counts:
    """Read counts, one row a leaf cell; raises DesignError with row and column."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file, strict=True)
            header = tuple(name.strip() for name in rows.fieldnames or ())
            rows.fieldnames = list(header)
            check_header(header, design)
            columns = tuple(name for name in header if name not in (*NEEDED, *OPTIONAL))
            counts = gather(rows, columns)
            check_labels(counts, design)
            return counts
    except OSError as error:
        raise DesignError(f"{path} could not be read: {error.strerror}.") from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise DesignError(
            f"{path} is not a CSV file in UTF-8: {error}. In a spreadsheet, save as CSV UTF-8."
        ) from None


def check_header(header: tuple[str, ...], design: Design) -> None:
    """Refuse a header that lacks a column or has one twice."""
    missing = [name for name in (*design.columns, *NEEDED) if name not in header]
    if len(header) == 1 and (found := OTHER_SEPARATOR.search(header[0])):
        raise DesignError(
            f"The columns of the counts are separated by {found[0]!r}. Save them with commas."
        )
    if missing:
        raise DesignError(
            f"The counts have no column {', '.join(missing)}. Columns found: "
            f"{', '.join(header) or 'none'}."
        )
    if "status" in header:
        raise DesignError("A column cannot be called status; the release has one.")
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        raise DesignError(f"The counts have more than one column {', '.join(twice)}.")


def gather(rows: "csv.DictReader[str]", columns: tuple[str, ...]) -> Counts:
    """Gather leaf rows, and rows of totals (`*`), each key once."""
    leaves: dict[Key, Counted] = {}
    totals: dict[Key, Counted] = {}
    for row in rows:
        line = rows.line_num
        if not any(isinstance(text, str) and text.strip() for text in row.values()):
            continue
        if None in row:
            raise DesignError(f"Line {line} has more fields than the first line.")
        key = tuple(read_label(row, column, line) for column in columns)
        found = totals if TOTAL_LABEL in key else leaves
        if key in found:
            raise DesignError(
                f"Line {line}: {', '.join(key)} was counted before. One row a cell: "
                "add such rows up, counting students once."
            )
        found[key] = Counted(
            read_number(row, "incidents", line) or 0,
            read_number(row, "students", line) or 0,
            read_number(row, "largest_student", line, may_lack=True),
            read_number(row, "enrolled", line, may_lack=True),
        )
    return Counts(columns, leaves, totals)


def check_labels(counts: Counts, design: Design) -> None:
    """Refuse labels that differ only in capitals, and columns from fine to coarse."""
    for at, column in enumerate(counts.columns):
        known: dict[str, str] = {}
        for key in counts.leaves:
            other = known.setdefault(key[at].casefold(), key[at])
            if other != key[at]:
                raise DesignError(
                    f"{column} is {other!r} in one row and {key[at]!r} in another. Write "
                    "one of them everywhere."
                )
    for name, columns in design.dimensions.items():
        for coarse, fine in pairwise(columns):
            where = counts.columns.index(coarse), counts.columns.index(fine)
            pairs = {(key[where[0]], key[where[1]]) for key in counts.leaves}
            above, below = {pair[0] for pair in pairs}, {pair[1] for pair in pairs}
            if len(pairs) == len(above) > len(below):
                raise DesignError(
                    f"Every {coarse} has one {fine} only, and they share: is {name} "
                    f'from coarse to fine? Then it is ["{fine}", "{coarse}"].'
                )


def read_label(row: Mapping[str, str | None], column: str, line: int) -> str:
    """Read a label; nothing is no label."""
    label = (row.get(column) or "").strip()
    if not label:
        raise DesignError(f"Line {line}: {column} is empty. Give every cell its label.")
    if "\0" in label:
        raise DesignError(f"Line {line}: {column} holds a character that is no text.")
    if FORMULA.match(label):
        raise DesignError(
            f"Line {line}: {column} is {label!r}, which a spreadsheet would run as a "
            "formula when somebody opens what is released. Give it another label."
        )
    return label


def read_number(
    row: Mapping[str, str | None], column: str, line: int, *, may_lack: bool = False
) -> int | None:
    """Read a whole number that is not negative."""
    text = (row.get(column) or "").strip()
    if not text and may_lack:
        return None
    found = WHOLE.fullmatch(text)
    if not found:
        raise DesignError(f"Line {line}: {column} is {text!r}, not a whole number.")
    number = int(found[1])
    if number < 0:
        raise DesignError(f"Line {line}: {column} is {number}; no count is negative.")
    return number
