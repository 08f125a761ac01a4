"""The picture of a check: where the truth lies, on a line from far fewer to far more."""

import math

from commonroot.charts.drawing import (
    ACCENT,
    QUIET,
    SOFT,
    add_shape,
    add_words,
    begin_drawing,
    write,
)
from commonroot.languages import gettext as _

WIDTH, HEIGHT, MARGIN = 320, 54, 10
LINE, TICK, WORDS = 16, 12, 46


def place_ratio(ratio: float) -> float:
    """Place a ratio on a line from a quarter (0) to four times (1), by its logarithm.

    >>> place_ratio(0.25), place_ratio(1.0), place_ratio(100.0)
    (0.0, 0.5, 1.0)
    """
    if ratio <= 0:
        return 0.0
    return min(1.0, max(0.0, 0.5 + math.log(ratio) / (2 * math.log(4))))


def draw_interval(
    low: float | None,
    ratio: float,
    high: float | None,
    *,
    title: str,
    description: str = "",
) -> str:
    """Draw a ratio between its ends; an end that is None lies beyond the line.

    >>> drawn = draw_interval(0.5, 0.8, None, title="Anything up to far more.")
    >>> "<title>Anything up to far more.</title>" in drawn
    True
    """
    low, middle, high = (
        WIDTH * place_ratio(value)
        for value in (low or 0.0, ratio, math.inf if high is None else high)
    )
    marks = {0.5: _("half"), 1.0: _("the same"), 2.0: _("double")}
    same = WIDTH * place_ratio(1.0)
    svg = begin_drawing(
        "interval",
        width=WIDTH + 2 * MARGIN,
        height=HEIGHT,
        left=MARGIN,
        title=title,
        description=description,
    )
    across = {"x1": 0, "y1": LINE, "x2": WIDTH, "y2": LINE}
    down = {"x1": same, "y1": LINE - TICK, "x2": same, "y2": LINE + TICK}
    for places in (across, down):
        add_shape(svg, "line", places, class_="axis", stroke=QUIET, stroke_width="1")
    add_shape(
        svg,
        "line",
        {"x1": low, "y1": LINE, "x2": high, "y2": LINE},
        class_="span",
        stroke=ACCENT,
        stroke_width="4",
        stroke_linecap="round",
    )
    dot = {"cx": middle, "cy": LINE, "r": 5}
    add_shape(svg, "circle", dot, class_="dot", fill=ACCENT)
    for value, words in marks.items():
        x = WIDTH * place_ratio(value)
        add_words(svg, words, x, WORDS, text_anchor="middle", fill=SOFT)
    return write(svg)
