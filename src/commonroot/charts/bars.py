"""The small picture of a pattern: a bar for what was seen over one for what was expected."""

from commonroot.analysis.pattern_words import write_expected
from commonroot.analysis.words import write_number
from commonroot.charts.drawing import (
    ACCENT,
    INK,
    PALE,
    add_shape,
    add_words,
    begin_drawing,
    write,
)
from commonroot.languages import gettext as _

# The longest bar, and the room for words beside it.
LONGEST, WORDS = 150, 130
BAR, STEP, GAP = 12, 17, 5


def describe_bars(incidents: int, expected: float) -> str:
    """Say what the two bars show.

    >>> describe_bars(40, 12.3)
    'Two bars: 40 incidents seen, about 12 expected.'
    """
    return _("Two bars: {seen} incidents seen, about {expected} expected.").format(
        seen=write_number(incidents), expected=write_expected(expected)
    )


def draw_bars(
    incidents: int,
    expected: float,
    largest: float,
    *,
    description: str = "",
    font: str = "",
) -> str:
    """Draw both numbers on the scale of the largest; without a font, the page's is used.

    >>> draw_bars(40, 12.3, largest=80).count("<rect")
    2
    """
    svg = begin_drawing(
        "bars",
        width=LONGEST + WORDS,
        height=2 * STEP,
        title=describe_bars(incidents, expected),
        description=description,
    )
    if font:
        svg.set("font-family", font)
    seen_words = _("{number} seen").format(number=write_number(incidents))
    expected_words = _("about {number} expected").format(
        number=write_expected(expected)
    )
    for row, (name, value, words, colour) in enumerate(
        (
            ("seen", incidents, seen_words, ACCENT),
            ("expected", expected, expected_words, PALE),
        )
    ):
        top = row * STEP + 2
        width = max(1.0, LONGEST * value / largest)
        places = {"x": 0, "y": top, "width": width, "height": BAR}
        add_shape(svg, "rect", places, class_=name, fill=colour)
        add_words(svg, words, width + GAP, top + BAR - 1, fill=INK)
    return write(svg)
