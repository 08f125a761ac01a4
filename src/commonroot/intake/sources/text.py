"""Text with separators: CSV, tab-separated, caret- or pipe-separated."""

import csv
import io
from collections.abc import Sequence
from typing import Any

import polars as pl

from commonroot.intake.headers import count_known
from commonroot.intake.sources.encoding import to_text
from commonroot.intake.sources.layout import SEARCHED_ROWS, need_header
from commonroot.intake.sources.table import (
    Rows,
    Source,
    UnreadableFileError,
    make_source,
    name_columns,
)

DELIMITERS = {",": "comma", "\t": "tab", ";": "semicolon", "|": "pipe", "^": "caret"}
SAMPLE_CHARACTERS = 200_000
LONGEST_FIELD = 10_000_000


def read_text(raw: bytes) -> Source:
    """Read separated text: encoding, separator, quoting and header are found.

    A well-formed file is read by polars. One that it refuses (a stray quote, a row
    with too many cells, quotes escaped by a backslash) is read again by Python's
    own reader, which is slower and forgives more.
    """
    text, encoding = to_text(raw)
    if "\x00" in text[:SAMPLE_CHARACTERS]:
        raise UnreadableFileError(
            "The file is not text, and not a workbook that Commonroot knows. "
            "Export the incidents as CSV or Excel."
        )
    text = text.removeprefix("\ufeff")
    escaped = '\\"' in text and has_escaped_quotes(text)
    delimiter = choose_delimiter(text, escaped=escaped)
    sample = parse(text[:SAMPLE_CHARACTERS], delimiter, escaped=escaped)
    skipped = need_header(sample)
    guesses: dict[str, Any] = {
        "format": "text",
        "encoding": encoding,
        "delimiter": DELIMITERS[delimiter],
        "preamble_rows": skipped,
    }
    if escaped:
        guesses["quotes"] = "escaped by a backslash"
        return read_slowly(text, delimiter, skipped, guesses, escaped=True)
    source = read_fast(raw, text, encoding, delimiter, sample[skipped], skipped)
    if source is None:
        return read_slowly(text, delimiter, skipped, guesses, escaped=False)
    return Source(source.frame, source.row_numbers, guesses)


def parse(text: str, delimiter: str, *, escaped: bool) -> Rows:
    """Parse with Python's reader; an empty line is a row without cells."""
    csv.field_size_limit(LONGEST_FIELD)
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=delimiter,
        escapechar="\\" if escaped else None,
    )
    return [list(row) for row in reader]


def has_escaped_quotes(text: str) -> bool:
    r"""Does a backslash before a quote mean a quote that belongs to the text?

    It does when reading it so gives rows of one length, and reading it plainly
    does not. `"C:\"` at the end of a field is no escape.
    """
    sample = text[:SAMPLE_CHARACTERS]
    delimiter = choose_delimiter(text, escaped=True)
    lengths = {
        escaped: {
            len(row) for row in parse(sample, delimiter, escaped=escaped)[:-1] if row
        }
        for escaped in (True, False)
    }
    plainly = '"' not in sample.replace('\\"', "").replace('""', "")
    return len(lengths[True]) <= len(lengths[False]) and not plainly


def choose_delimiter(text: str, *, escaped: bool) -> str:
    """Choose the separator that makes the best header, then the most columns."""
    beginning = text[:SAMPLE_CHARACTERS]

    def quality(delimiter: str) -> tuple[int, int]:
        rows = parse(beginning, delimiter, escaped=escaped)[:SEARCHED_ROWS]
        known = max((count_known(row) for row in rows), default=0)
        return known, max((len(row) for row in rows), default=0)

    return max(DELIMITERS, key=quality)


def read_fast(
    raw: bytes,
    text: str,
    encoding: str,
    delimiter: str,
    header: Sequence[str | None],
    skipped: int,
) -> Source | None:
    """Read with polars; None when it finds the file malformed."""
    names = name_columns(header)
    plain = encoding in ("utf-8", "utf-8-sig")
    try:
        frame = pl.read_csv(
            io.BytesIO(raw if plain else text.encode()),
            has_header=False,
            schema=dict.fromkeys(names, pl.String),
            separator=delimiter,
            skip_rows=skipped + 1,
            infer_schema=False,
        )
    except (pl.exceptions.PolarsError, ValueError):
        return None
    if frame.height and has_swallowed_lines(frame):
        return None
    first = skipped + 2
    numbers = pl.Series("row", range(first, first + frame.height), dtype=pl.UInt32)
    return Source(frame, numbers)


def has_swallowed_lines(frame: pl.DataFrame) -> bool:
    """Has a quote that never closes taken many lines into one cell?"""
    longest = frame.select(pl.all().str.len_bytes().max()).row(0)
    suspects = [
        name
        for name, size in zip(frame.columns, longest, strict=True)
        if (size or 0) > 20_000
    ]
    breaks = [frame[name].str.count_matches("\n").max() for name in suspects]
    return any(isinstance(most, int) and most > 100 for most in breaks)


def read_slowly(
    text: str, delimiter: str, skipped: int, guesses: dict[str, Any], *, escaped: bool
) -> Source:
    """Read with Python's reader, keeping rows that are too long or too short."""
    rows = parse(text, delimiter, escaped=escaped)
    header = rows[skipped]
    numbered = enumerate(rows[skipped + 1 :], start=skipped + 2)
    return make_source(header, numbered, guesses)
