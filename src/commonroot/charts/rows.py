"""Named bars, one below another, each with its number."""

from collections.abc import Sequence
from dataclasses import dataclass

from commonroot.charts.drawing import (
    ACCENT,
    INK,
    add_shape,
    add_words,
    begin_drawing,
    write,
)

WIDTH, NAMES, NUMBERS, HEIGHT, GAP = 420, 150, 70, 24, 6


@dataclass(frozen=True)
class Row:
    """A name, how long its bar is, and what is written beside it."""

    name: str
    value: float
    written: str


def describe_rows(rows: Sequence[Row]) -> str:
    """Say every number, for whoever does not see the picture.

    >>> describe_rows([Row("helped", 4, "4"), Row("did not", 2, "2")])
    'helped: 4; did not: 2'
    """
    return "; ".join(f"{row.name}: {row.written}" for row in rows)


def draw_rows(title: str, rows: Sequence[Row]) -> str:
    """Draw rows as SVG text; the longest bar fills the room between names and numbers.

    >>> draw_rows("Answers", [Row("helped", 3, "3")]).count("<rect")
    1
    """
    longest = max((row.value for row in rows), default=0) or 1
    room = WIDTH - NAMES - NUMBERS
    svg = begin_drawing(
        "rows",
        width=WIDTH,
        height=HEIGHT * len(rows),
        title=title,
        description=describe_rows(rows),
    )
    for number, row in enumerate(rows):
        top, wide = HEIGHT * number, room * row.value / longest
        bar = {"x": NAMES, "y": top + 4, "width": wide, "height": HEIGHT - 8}
        add_words(svg, row.name, NAMES - GAP, top + 16, fill=INK, text_anchor="end")
        add_shape(svg, "rect", bar, class_="seen", fill=ACCENT)
        add_words(svg, row.written, NAMES + wide + GAP, top + 16, fill=INK)
    return write(svg)
