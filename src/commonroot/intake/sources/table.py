"""What every reader gives back: a table of strings, and where each row stood."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from commonroot.languages import gettext as _

MOST_COLUMNS = 500
Rows = list[list[str | None]]


class UnreadableFileError(Exception):
    """A file cannot be read as incidents. The text says why and what to do.

    `said` is that for a page, where it has other words than the command line.
    """

    def __init__(self, told: str, said: str = "") -> None:
        super().__init__(told)
        self.said = said or told


@dataclass(frozen=True)
class Source:
    """A file as a table of strings.

    `frame` holds only strings; an empty cell is null. `row_numbers` says where
    each row stood in the file, counted as a spreadsheet counts, header included.
    `ragged` holds the numbers of rows with more cells than the header.
    """

    frame: pl.DataFrame
    row_numbers: pl.Series
    guesses: dict[str, Any] = field(default_factory=dict)
    ragged: frozenset[int] = frozenset()

    @property
    def rows_read(self) -> int:
        """Count the rows of the file; a record that became several is one row."""
        numbers = self.row_numbers
        if numbers.is_empty():
            return 0
        # Rows of a plain table are numbered one after another: no need to sort them.
        one_each = numbers[-1] - numbers[0] + 1 == len(numbers) and numbers.is_sorted()
        return len(numbers) if one_each else numbers.n_unique()

    @property
    def headers(self) -> list[str]:
        """The headers, in the file's order."""
        return self.frame.columns


def name_columns(header: Sequence[str | None]) -> list[str]:
    """Give every column a name of its own, as near the header as can be.

    >>> name_columns(["Date", "Name", None, "Name"])
    ['Date', 'Name', '(column 3)', 'Name (2)']
    """
    if len(header) > MOST_COLUMNS:
        raise UnreadableFileError(
            _(
                "The table has {number:,} columns, and an export of incidents has less than a "
                "hundred. Is it the right file?"
            ).format(number=len(header))
        )
    names: list[str] = []
    for position, text in enumerate(header, start=1):
        name = " ".join((text or "").split()) or f"(column {position})"
        repeats = sum(1 for other in names if other == name)
        while name in names:
            repeats += 1
            name = f"{name.removesuffix(f' ({repeats - 1})')} ({repeats})"
        names.append(name)
    return names


def make_source(
    header: Sequence[str | None],
    rows: Iterable[tuple[int, Sequence[str | None]]],
    guesses: dict[str, Any],
) -> Source:
    """Build a source from rows that are in memory already, with their numbers."""
    names = name_columns(header)
    columns: list[list[str | None]] = [[] for _ in names]
    numbers: list[int] = []
    ragged: list[int] = []
    for number, row in rows:
        numbers.append(number)
        if any(row[len(names) :]):
            ragged.append(number)
        for position, column in enumerate(columns):
            column.append((row[position] if position < len(row) else None) or None)
    frame = pl.DataFrame(
        dict(zip(names, columns, strict=True)), schema=dict.fromkeys(names, pl.String)
    )
    return Source(
        frame,
        pl.Series("row", numbers, dtype=pl.UInt32),
        guesses,
        frozenset(ragged),
    )
