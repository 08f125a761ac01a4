"""Two series side by side over months or years, from zero, every number written."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from commonroot.charts.drawing import (
    ACCENT,
    INK,
    PALE,
    QUIET,
    add_shape,
    add_words,
    begin_drawing,
    write,
)

WIDTH, HEIGHT, ABOVE, BELOW = 420, 160, 40, 22
WIDEST, GAP, MARK, LETTER = 22.0, 3, 10, 6.6
LOOKS = (("seen", ACCENT), ("expected", PALE))


@dataclass(frozen=True)
class Series:
    """A name, and a value and its written form for every column."""

    name: str
    values: Sequence[float]
    written: Sequence[str]


def describe_columns(labels: Sequence[str], both: Sequence[Series]) -> str:
    """Say every number, for whoever does not see the picture.

    >>> describe_columns(["Aug"], [Series("met", [8], ["8"]), Series("checked", [2], ["2"])])
    'Aug: met 8, checked 2'
    """
    return "; ".join(
        f"{label}: " + ", ".join(f"{each.name} {each.written[at]}" for each in both)
        for at, label in enumerate(labels)
    )


def draw_columns(
    title: str, labels: Sequence[str], first: Series, second: Series
) -> str:
    """Draw two series as SVG text: for each label two columns, each with its number.

    Raises ValueError when a series has not a value for every label.

    >>> drawn = draw_columns("Year", ["Aug"], Series("met", [2], ["2"]), Series("checked", [1], ["1"]))
    >>> drawn.count("<rect")
    4
    """
    both = (first, second)
    if any(len(each.values) != len(labels) for each in both):
        raise ValueError("a series needs a value for every label")
    svg = begin_drawing(
        "columns",
        width=WIDTH,
        height=HEIGHT,
        title=title,
        description=describe_columns(labels, both),
    )
    add_names(svg, both)
    highest = max((value for each in both for value in each.values), default=0) or 1
    step = WIDTH / max(1, len(labels))
    wide = min(WIDEST, step * 0.36)
    for at, label in enumerate(labels):
        middle = step * (at + 0.5)
        for number, each in enumerate(both):
            left = middle + (number - 1) * wide + number
            share = each.values[at] / highest
            add_column(svg, number, left, wide - 1, share, each.written[at])
        add_words(svg, label, middle, HEIGHT - 7, fill=INK, text_anchor="middle")
    base = HEIGHT - BELOW
    ends = {"x1": 0, "x2": WIDTH, "y1": base, "y2": base}
    add_shape(svg, "line", ends, class_="axis", stroke=QUIET)
    return write(svg)


def add_column(
    svg: Element, number: int, left: float, wide: float, share: float, written: str
) -> None:
    """Add one column on the base line, with its number above."""
    name, colour = LOOKS[number]
    base = HEIGHT - BELOW
    tall = (base - ABOVE) * share
    places = {"x": left, "y": base - tall, "width": wide, "height": tall}
    add_shape(svg, "rect", places, class_=name, fill=colour)
    middle = left + wide / 2
    add_words(svg, written, middle, base - tall - GAP, fill=INK, text_anchor="middle")


def add_names(svg: Element, both: Sequence[Series]) -> None:
    """Add which column is which, above them."""
    left = 2.0
    for (name, colour), each in zip(LOOKS, both, strict=True):
        mark = {"x": left, "y": 3, "width": MARK, "height": MARK}
        add_shape(svg, "rect", mark, class_=name, fill=colour)
        add_words(svg, each.name, left + MARK + GAP + 1, 12, fill=INK)
        left += 2 * MARK + LETTER * len(each.name) + 2 * GAP
