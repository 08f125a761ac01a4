"""Text with separators: CSV, tab-separated, caret- or pipe-separated."""

import csv
import io
from pathlib import Path
from typing import Any

import polars as pl

from commonroot.intake.headers import count_known
from commonroot.intake.sources.encoding import decode, name_encoding, to_text
from commonroot.intake.sources.layout import SEARCHED_ROWS, Known, need_header
from commonroot.intake.sources.table import (
    Rows,
    Source,
    UnreadableFileError,
    make_source,
    name_columns,
)

DELIMITERS = {",": "comma", "\t": "tab", ";": "semicolon", "|": "pipe", "^": "caret"}
SAMPLE_BYTES = 100_000
DELIMITER_CHARACTERS = 20_000
LONGEST_FIELD = 10_000_000
REPEATING_SHARE = 0.4


def read_text(path: Path, known: Known = count_known) -> Source:
    """Read separated text: encoding, separator, quoting and header are found.

    A well-formed file is read by polars. One that it refuses (a stray quote, a row
    with too many cells, quotes escaped by a backslash) is read again by Python's
    own reader, which is slower and forgives more.
    """
    with path.open("rb") as file:
        beginning = file.read(SAMPLE_BYTES)
    encoding = name_encoding(beginning[: beginning.rfind(b"\n") + 1] or beginning)
    sample = decode(beginning, encoding)
    if "\x00" in sample:
        raise UnreadableFileError(
            "The file is not text, and not a workbook that Commonroot knows. "
            "Export the incidents as CSV or Excel."
        )
    escaped = '\\"' in sample and has_escaped_quotes(sample)
    delimiter = choose_delimiter(sample, known, escaped=escaped)
    rows = parse(sample, delimiter, escaped=escaped)
    skipped = need_header(rows, known)
    guesses: dict[str, Any] = {
        "format": "text",
        "encoding": encoding,
        "delimiter": DELIMITERS[delimiter],
        "preamble_rows": skipped,
    }
    if escaped:
        guesses["quotes"] = "escaped by a backslash"
    elif encoding in ("utf-8", "utf-8-sig"):
        source = read_fast(path, delimiter, rows, skipped)
        if source is not None:
            return Source(source.frame, source.row_numbers, guesses)
    text, guesses["encoding"] = to_text(path.read_bytes())
    if not escaped and guesses["encoding"] != encoding:
        guesses["encoding"] += " (found further down)"
    if not escaped:
        source = read_fast(io.BytesIO(text.encode()), delimiter, rows, skipped)
        if source is not None:
            return Source(source.frame, source.row_numbers, guesses)
    return read_slowly(text, delimiter, skipped, guesses, escaped=escaped)


def parse(text: str, delimiter: str, *, escaped: bool) -> Rows:
    """Parse with Python's reader; an empty line is a row without cells."""
    csv.field_size_limit(LONGEST_FIELD)
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=delimiter,
        escapechar="\\" if escaped else None,
    )
    return [list(row) for row in reader]


def has_escaped_quotes(sample: str) -> bool:
    r"""Does a backslash before a quote mean a quote that belongs to the text?

    It does when reading it so gives rows of one length, and reading it plainly
    does not. `"C:\"` at the end of a field is no escape.
    """
    delimiter = choose_delimiter(sample, escaped=True)
    lengths = {
        escaped: {
            len(row) for row in parse(sample, delimiter, escaped=escaped)[:-1] if row
        }
        for escaped in (True, False)
    }
    plainly = '"' not in sample.replace('\\"', "").replace('""', "")
    return len(lengths[True]) <= len(lengths[False]) and not plainly


def choose_delimiter(sample: str, known: Known = count_known, *, escaped: bool) -> str:
    """Choose the separator that makes the best header, then the most columns."""

    def quality(delimiter: str) -> tuple[int, int]:
        beginning = sample[:DELIMITER_CHARACTERS]
        rows = parse(beginning, delimiter, escaped=escaped)[:SEARCHED_ROWS]
        best = max((known(row) for row in rows), default=0)
        return best, max((len(row) for row in rows), default=0)

    return max(DELIMITERS, key=quality)


def read_fast(
    file: Path | io.BytesIO, delimiter: str, sample: Rows, skipped: int
) -> Source | None:
    """Read with polars; None when it finds the file malformed."""
    try:
        frame = pl.read_csv(
            file,
            has_header=False,
            schema=choose_kinds(name_columns(sample[skipped]), sample[skipped + 1 :]),
            separator=delimiter,
            skip_rows=skipped + 1,
            infer_schema=False,
        )
    except (pl.exceptions.PolarsError, ValueError):
        return None
    if frame.height and has_swallowed_lines(frame):
        return None
    first = skipped + 2
    numbers = pl.int_range(first, first + frame.height, dtype=pl.UInt32, eager=True)
    return Source(frame, numbers)


def choose_kinds(names: list[str], rows: Rows) -> dict[str, Any]:
    """Choose how each column is held: as texts, or as codes where they repeat."""
    kinds: dict[str, Any] = {}
    for position, name in enumerate(names):
        cells = [row[position] for row in rows if position < len(row)]
        repeats = len(set(cells)) <= REPEATING_SHARE * len(cells)
        kinds[name] = pl.Categorical(pl.Categories.random()) if repeats else pl.String
    return kinds


def has_swallowed_lines(frame: pl.DataFrame) -> bool:
    """Has a quote that never closes taken many lines into one cell?"""
    texts = frame.select(pl.col(pl.String))
    if not texts.width:
        return False
    longest = texts.select(pl.all().str.len_bytes().max()).row(0)
    suspects = [
        name
        for name, size in zip(texts.columns, longest, strict=True)
        if (size or 0) > 20_000
    ]
    breaks = [texts[name].str.count_matches("\n").max() for name in suspects]
    return any(isinstance(most, int) and most > 100 for most in breaks)


def read_slowly(
    text: str, delimiter: str, skipped: int, guesses: dict[str, Any], *, escaped: bool
) -> Source:
    """Read with Python's reader, keeping rows that are too long or too short."""
    rows = parse(text, delimiter, escaped=escaped)
    header = rows[skipped]
    numbered = enumerate(rows[skipped + 1 :], start=skipped + 2)
    return make_source(header, numbered, guesses)
