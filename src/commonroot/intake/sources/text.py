"""Text with separators: CSV, tab-separated, caret- or pipe-separated."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import polars as pl

from commonroot.intake.distinct import read_codes
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
from commonroot.intake.words import FURTHER_DOWN
from commonroot.languages import gettext as _

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
            _(
                "The file is not text, and not a workbook that Commonroot knows. Export the "
                "incidents as CSV or Excel."
            )
        )
    if "\r" in sample and "\n" not in sample:
        return read_old_macintosh(path, known)
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
        guesses["encoding"] += FURTHER_DOWN
    if not escaped:
        source = read_fast(io.BytesIO(text.encode()), delimiter, rows, skipped)
        if source is not None:
            return Source(source.frame, source.row_numbers, guesses)
    return read_slowly(text, delimiter, skipped, guesses, escaped=escaped)


def read_old_macintosh(path: Path, known: Known) -> Source:
    """Read a file whose lines end as they did on old Macintosh computers."""
    text, encoding = to_text(path.read_bytes())
    text = text.replace("\r", "\n")
    delimiter = choose_delimiter(text[:SAMPLE_BYTES], known, escaped=False)
    skipped = need_header(parse(text[:SAMPLE_BYTES], delimiter, escaped=False), known)
    guesses: dict[str, Any] = {
        "format": "text",
        "encoding": encoding,
        "delimiter": DELIMITERS[delimiter],
        "preamble_rows": skipped,
    }
    return read_slowly(text, delimiter, skipped, guesses, escaped=False)


def parse(text: str, delimiter: str, *, escaped: bool) -> Rows:
    """Parse with Python's reader; an empty line is a row without cells."""
    return [list(row) for row in iterate(text, delimiter, escaped=escaped)]


class EndlessCellError(UnreadableFileError):
    """A cell is longer than any cell is: a quotation mark was left open."""


def iterate(text: str, delimiter: str, *, escaped: bool = False) -> Iterator[list[str]]:
    """Parse row by row, for a text whose rows need not all be held at once."""
    csv.field_size_limit(LONGEST_FIELD)
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=delimiter,
        escapechar="\\" if escaped else None,
    )
    try:
        yield from reader
    except csv.Error:
        raise EndlessCellError(
            _(
                "Near row {row:,} a cell never ends: a quotation mark is open, or a line is longer "
                "than any table has. Export the file again."
            ).format(row=reader.line_num)
        ) from None


def has_escaped_quotes(sample: str) -> bool:
    r"""Does a backslash before a quote mean a quote that belongs to the text?

    It does when reading it so gives rows of one length, and reading it plainly
    does not. `"C:\"` at the end of a field is no escape.
    """
    delimiter = choose_delimiter(sample, escaped=True)
    whole = sample[: sample.rfind("\n") + 1]
    rows = {how: parse(whole, delimiter, escaped=how) for how in (True, False)}
    lengths = {how: {len(row) for row in found if row} for how, found in rows.items()}
    ways = {how: (len(lengths[how]), -len(rows[how])) for how in (True, False)}
    # Read the wrong way, a quote swallows lines: there are fewer rows, of odd lengths.
    if ways[True] != ways[False]:
        return ways[True] < ways[False]
    return re.search(rf'\\"(?![{re.escape(delimiter)}\r\n])', whole) is not None


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
    if has_swallowed_lines(frame, delimiter):
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


def has_swallowed_lines(frame: pl.DataFrame, delimiter: str) -> bool:
    """Has a quote that never closes taken whole rows into one cell?

    A story with line breaks is one thing; a cell in which a line has as many
    separators as a row has is another.
    """
    separators = max(1, frame.width - 1)
    return any(
        holds_rows(text, delimiter, separators)
        for column in frame.iter_columns()
        for text in find_broken(column, separators)
    )


def find_broken(column: pl.Series, separators: int) -> Iterable[str]:
    """Find the texts with a line break in them that could hold a row."""
    if isinstance(column.dtype, pl.Categorical):
        return (text for text in read_codes(column).texts if "\n" in text)
    longest = column.str.len_bytes().max()
    # Most columns hold nothing as long as a row: they need not be read.
    if not isinstance(longest, int) or longest <= separators:
        return ()
    return column.filter(column.str.contains("\n", literal=True))


def holds_rows(text: str, delimiter: str, separators: int) -> bool:
    """Does a cell hold a line that is a row of the table?"""
    return any(line.count(delimiter) >= separators for line in text.split("\n")[1:])


def read_slowly(
    text: str, delimiter: str, skipped: int, guesses: dict[str, Any], *, escaped: bool
) -> Source:
    """Read with Python's reader, keeping rows that are too long or too short.

    Where a quote never closes, quotes are read as plain characters, so that no row
    is lost in a cell.
    """
    rows = parse(text, delimiter, escaped=escaped)
    header = rows[skipped]
    separators = max(1, len(header) - 1)
    if any(
        "\n" in cell and holds_rows(cell, delimiter, separators)
        for row in rows[skipped:]
        for cell in row
        if cell
    ):
        rows = [
            [cell.strip('"') for cell in line.split(delimiter)]
            for line in text.splitlines()
        ]
        guesses["quotes"] = "taken as plain characters, because one never closes"
    numbered = enumerate(rows[skipped + 1 :], start=skipped + 2)
    return make_source(header, numbered, guesses)
