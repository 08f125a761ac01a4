"""COUNTS.csv and DESIGN.toml, read with a sentence for everything that is wrong."""

import csv
import re
import tomllib
from collections.abc import Mapping
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

NEEDED = ("incidents", "students")
OPTIONAL = ("largest_student", "enrolled")
WHOLE = re.compile(r"-?[0-9]{1,18}")
# What a spreadsheet would run instead of show.
FORMULA = re.compile(r"[=@]|[+-].*[(|!]")
SETTINGS = ("threshold", "dimensions", "tables", "pool")


def read_design(path: Path) -> Design:
    """Read a design; raises DesignError with what to change."""
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise DesignError(f"{path} could not be read: {error.strerror}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DesignError(f"{path} is not a TOML file: {error}.") from None
    unknown = [name for name in found if name not in SETTINGS]
    if unknown:
        raise DesignError(
            f"{path} has a setting that is not known: {', '.join(unknown)}. Known: "
            f"{', '.join(SETTINGS)}."
        )
    dimensions = found.get("dimensions")
    if not isinstance(dimensions, dict):
        raise DesignError(f"{path} needs [dimensions], each a list of columns.")
    return Design(
        {name: read_names(columns, name) for name, columns in dimensions.items()},
        tuple(
            read_names(table, "tables")
            for table in read_list(found.get("tables"), path)
        ),
        found.get("threshold", DEFAULT_THRESHOLD),
        read_names(found.get("pool", []), "pool"),
    )


def read_list(found: Any, path: Path) -> list[Any]:
    """Read the list of tables."""
    if not isinstance(found, list):
        raise DesignError(f"{path} needs tables, a list of lists of dimension names.")
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
            header = tuple(rows.fieldnames or ())
            check_header(header, design)
            columns = tuple(name for name in header if name not in (*NEEDED, *OPTIONAL))
            return gather(rows, columns)
    except OSError as error:
        raise DesignError(f"{path} could not be read: {error.strerror}.") from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise DesignError(f"{path} is not a CSV file in UTF-8: {error}.") from None


def check_header(header: tuple[str, ...], design: Design) -> None:
    """Refuse a header that lacks a column or has one twice."""
    missing = [name for name in (*design.columns, *NEEDED) if name not in header]
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
    if not WHOLE.fullmatch(text):
        raise DesignError(f"Line {line}: {column} is {text!r}, not a whole number.")
    number = int(text)
    if number < 0:
        raise DesignError(f"Line {line}: {column} is {number}; no count is negative.")
    return number
