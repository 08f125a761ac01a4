"""Excel workbooks, new (XLSX) and old (XLS)."""

import datetime as dt
import io
from typing import Any

import python_calamine

from commonroot.intake.headers import count_known
from commonroot.intake.sources.layout import SEARCHED_ROWS, Known, need_header
from commonroot.intake.sources.table import (
    Rows,
    Source,
    UnreadableFileError,
    make_source,
)


def read_workbook(raw: bytes, known: Known = count_known) -> Source:
    """Read the sheet whose header we know best.

    Dates that are dates in the workbook become ISO text (the workbook's own date
    system, 1900 or 1904, is applied by the reader).
    """
    every = read_sheets(raw)
    sheets = {name: rows for name, rows in every.items() if rows}
    if not sheets:
        raise UnreadableFileError("The workbook is empty. Export it again.")

    def quality(name: str) -> int:
        return max(known(row) for row in sheets[name][:SEARCHED_ROWS])

    chosen = max(sheets, key=quality)
    rows = sheets[chosen]
    skipped = need_header(rows, known)
    guesses = {
        "format": "workbook",
        "sheet": list(every).index(chosen) + 1,
        "sheets": len(every),
        "preamble_rows": skipped,
    }
    numbered = enumerate(rows[skipped + 1 :], start=skipped + 2)
    return make_source(rows[skipped], numbered, guesses)


def read_sheets(raw: bytes) -> dict[str, Rows]:
    """Read every sheet as text, empty corner rows included so that numbers hold."""
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(raw))
        return {
            name: [
                [to_cell(value) for value in row]
                for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            ]
            for name in book.sheet_names
        }
    except BaseException as error:
        # The reader panics on some damaged files, which is no ordinary exception.
        if isinstance(error, KeyboardInterrupt | SystemExit | GeneratorExit):
            raise
        raise UnreadableFileError(
            "The file begins like an Excel workbook but cannot be read as one "
            "(damaged, protected by a password, or a zip archive of something else). "
            "Open it in Excel, save it as .xlsx without a password, and try again."
        ) from None


def to_cell(value: Any) -> str | None:
    """Write a workbook's value as text.

    >>> to_cell(12.0), to_cell(dt.datetime(2026, 1, 5)), to_cell(dt.time(9, 5))
    ('12', '2026-01-05', '09:05:00')
    """
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "Y" if value else "N"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time()
        return value.date().isoformat() if midnight else value.isoformat(" ", "seconds")
    if isinstance(value, dt.timedelta):
        return str(value)
    return str(value).strip() or None
