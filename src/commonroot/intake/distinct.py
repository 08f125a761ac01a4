"""Work on each distinct text once, however many rows repeat it."""

from collections.abc import Callable, Sequence
from typing import Any

import polars as pl


def look_up(
    column: pl.Series, change: Callable[[Sequence[str]], Sequence[Any]], kind: Any
) -> pl.Series:
    """Replace every text by what `change` makes of it; null stays null.

    `change` gets the distinct texts, sorted, and gives one value for each.

    >>> look_up(pl.Series(["a", "b", None, "a"]), lambda texts: [t.upper() for t in texts],
    ...         pl.String).to_list()
    ['A', 'B', None, 'A']
    """
    distinct = column.drop_nulls().unique().sort()
    if distinct.is_empty():
        return pl.Series(column.name, [None] * len(column), dtype=kind)
    changed = pl.Series(list(change(distinct.to_list())), dtype=kind)
    return column.replace_strict(distinct, changed, default=None, return_dtype=kind)
