"""Excel workbooks, new (XLSX) and old (XLS)."""

import datetime as dt
import io
import re
import zipfile
import zlib
from typing import IO, Any

import python_calamine

from commonroot.intake.headers import count_known
from commonroot.intake.sources.layout import SEARCHED_ROWS, Known, need_header
from commonroot.intake.sources.table import (
    Rows,
    Source,
    UnreadableFileError,
    make_source,
)
from commonroot.languages import gettext as _
from commonroot.languages import gettext_noop

ZIP = b"PK\x03\x04"
LARGEST, PIECE, OVERLAP = 500_000_000, 1 << 20, 64
PART = re.compile(r"xl/worksheets/.*\.xml$|content\.xml$")
# A cell beyond column SR (512), or repeated that often; from row 100,000 on; beyond AZ.
FAR = re.compile(
    rb'r="(?:[A-Z]{3}|S[S-Z]|[T-Z][A-Z])[0-9]|number-columns-repeated="[0-9]{4}'
)
LONG = re.compile(rb'r="[A-Z]*[0-9]{6,}"|number-rows-repeated="[0-9]{6}')
WIDE = re.compile(rb'r="(?:[B-Z][A-Z]|[A-Z]{3})[0-9]|number-columns-repeated="[0-9]{3}')
TOO_LARGE = gettext_noop(
    "The workbook is too large, or has a cell far away from the others. Copy the table "
    "of incidents into a new workbook, or export it as CSV, and try again."
)


def read_workbook(raw: bytes, known: Known = count_known) -> Source:
    """Read the sheet whose header we know best.

    Dates that are dates in the workbook become ISO text (the workbook's own date
    system, 1900 or 1904, is applied by the reader).
    """
    every = read_sheets(raw)
    sheets = {name: rows for name, rows in every.items() if rows}
    if not sheets:
        raise UnreadableFileError(_("The workbook is empty. Export it again."))

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
    refuse_vast(raw)
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
            _(
                "The file begins like an Excel workbook but cannot be read as one (damaged, "
                "protected by a password, or a zip archive of something else). Open it in Excel, "
                "save it as .xlsx without a password, and try again."
            )
        ) from None


def refuse_vast(raw: bytes) -> None:
    """Refuse a workbook that unpacks to more than a machine can hold.

    The reader makes room for every cell up to the furthest one, so one stray cell in the
    last corner is enough. It ends the whole program when there is not that much room.
    """
    if not raw.startswith(ZIP):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            sheets = [each for each in archive.infolist() if not each.is_dir()]
            if sum(each.file_size for each in sheets) > LARGEST:
                raise UnreadableFileError(_(TOO_LARGE))
            for each in sheets:
                if PART.match(each.filename):
                    with archive.open(each) as part:
                        refuse_far(part)
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        RuntimeError,
        EOFError,
        zlib.error,
    ):
        # The reader says in a sentence what is wrong with it.
        return


def refuse_far(part: IO[bytes]) -> None:
    """Refuse a sheet whose cells reach too far, reading it piece by piece."""
    tail, is_long, is_wide = b"", False, False
    while piece := part.read(PIECE):
        text = tail + piece
        is_long = is_long or LONG.search(text) is not None
        is_wide = is_wide or WIDE.search(text) is not None
        if FAR.search(text) or (is_long and is_wide):
            raise UnreadableFileError(_(TOO_LARGE))
        tail = text[-OVERLAP:]


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
