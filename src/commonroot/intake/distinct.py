"""Columns as their distinct texts, so that judgement is made once for each text.

A million rows hold a few hundred places, dates and behaviours. Reading each distinct
text once, and carrying a small number a row, is what makes the intake fast.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl


@dataclass(frozen=True)
class Distinct:
    """A column of texts: the distinct ones, and for each row the place of its own.

    The code of a row without a text is null. Texts may be among the distinct ones
    that no row has.
    """

    texts: tuple[str, ...]
    codes: pl.Series

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many rows have each text, most first.

        >>> make_distinct(pl.Series(["b", "a", None, "b"])).counts
        {'b': 2, 'a': 1}
        """
        codes = self.codes.drop_nulls().to_numpy()
        rows = np.bincount(codes, minlength=len(self.texts))
        found = {text: int(n) for text, n in zip(self.texts, rows, strict=True) if n}
        return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))

    def change(
        self, change: Callable[[Sequence[str]], Iterable[Any]], kind: Any
    ) -> pl.Series:
        """Replace every text by what `change` makes of it; an empty row stays null.

        Texts become an Enum: they take a byte a row instead of a text.

        >>> column = make_distinct(pl.Series(["a", "b", None, "a"]))
        >>> column.change(lambda texts: [text.upper() for text in texts], pl.String).to_list()
        ['A', 'B', None, 'A']
        """
        changed = [*change(self.texts), None]
        if kind == pl.String:
            kind = pl.Enum(sorted({value for value in changed if value is not None}))
        return pl.Series(changed, dtype=kind).gather(self.codes)

    def find(self, wanted: Callable[[str], bool]) -> list[int]:
        """Find the places of the rows whose text is wanted.

        >>> make_distinct(pl.Series(["a", None, "b"])).find(lambda text: text == "b")
        [2]
        """
        fits = [wanted(text) for text in self.texts]
        if not any(fits):
            return []
        return (
            pl.Series(fits)
            .gather(self.codes)
            .fill_null(value=False)
            .arg_true()
            .to_list()
        )

    def keep(self, rows: pl.Series | None) -> "Distinct":
        """Keep some of the rows; None keeps all."""
        return self if rows is None else Distinct(self.texts, self.codes.filter(rows))

    def text(self, position: int) -> str | None:
        """Give the text of one row."""
        code = self.codes[position]
        return None if code is None else self.texts[code]


def make_distinct(column: pl.Series) -> Distinct:
    """Make a column of texts into its distinct ones."""
    return code_columns(column.to_frame("column"), ["column"])["column"]


def code_columns(frame: pl.DataFrame, headers: Sequence[str]) -> Mapping[str, Distinct]:
    """Make several columns of texts into their distinct ones, all at a time."""
    coded = frame.select(
        pl.col(header)
        if isinstance(frame.schema[header], pl.Categorical)
        else pl.col(header).cast(pl.Categorical(pl.Categories.random()))
        for header in headers
    )
    return {header: read_codes(coded[header]) for header in headers}


def read_codes(column: pl.Series) -> Distinct:
    """Read the codes that polars gave the texts of a column of categories."""
    codes = column.to_physical()
    largest = codes.max()
    places = pl.int_range(
        largest + 1 if isinstance(largest, int) else 0, dtype=pl.UInt32, eager=True
    )
    return Distinct(tuple(places.cat.to(column.dtype).to_list()), codes)


def count_distinct(hashes: pl.Series) -> int:
    """Count the different values of a column of hashes, none of them missing.

    Sorting numbers needs no memory but their own copy, where a table of the values
    needs several times as much; on a million rows that is the larger part of the time.

    >>> count_distinct(pl.Series([3, 1, 3], dtype=pl.UInt64))
    2
    """
    values = np.sort(hashes.to_numpy())
    return int(np.count_nonzero(values[1:] != values[:-1])) + bool(len(values))
