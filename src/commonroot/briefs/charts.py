"""Charts as data (Vega-Lite), drawn to SVG without a browser.

A chart takes released counts only. A protected week is drawn as an open ring on the
base line, which says that there is a number and not which.
"""

import datetime as dt
import math
import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal

import vl_convert

from commonroot.analysis.pattern_words import write_expected
from commonroot.languages import find_language
from commonroot.languages import gettext as _

INK, QUIET, ACCENT, BAND = "#22302f", "#8a938f", "#a4502f", "#ece7dd"
# How weeks and months are named on an axis (d3-time-format).
LOCALES: Mapping[str, Literal["en-US", "es-MX"]] = {"en": "en-US", "es": "es-MX"}
SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
Point = Mapping[str, Any]


def draw(spec: Mapping[str, Any]) -> str:
    """Draw a specification as SVG.

    The drawing is hidden from screen readers: the figure around it says in words what
    it shows, and the table behind it holds the numbers.
    """
    svg = str(
        vl_convert.vegalite_to_svg(
            dict(spec), vl_version="5.20", time_format_locale=LOCALES[find_language()]
        )
    )
    silent = re.sub(r' (?:role|aria-[a-z]+)="[^"]*"', "", svg)
    return silent.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)


def chart_run(
    points: Sequence[Point],
    median: float | None,
    signals: Sequence[Mapping[str, Any]],
    *,
    width: int,
    height: int,
    font: str,
) -> dict[str, Any]:
    """Specify the run chart: weeks, their median, weeks without recording, signals."""
    shown = [p for p in points if p["incidents"] is not None and p["logging_days"]]
    hidden = [{"week": p["week"], "base": 0} for p in points if p["incidents"] is None]
    silent = [
        {"week": p["week"], "end": end_of_week(p["week"])}
        for p in points
        if p["logging_days"] == 0
    ]
    layers = [
        band(silent, BAND),
        band(
            [{"week": s["from"], "end": end_of_week(s["to"])} for s in signals],
            "#f3ddcf",
        ),
        *([rule(median)] if median is not None else []),
        {
            "data": {"values": list(points)},
            "mark": {
                "type": "line",
                "color": QUIET,
                "strokeWidth": 1,
                "invalid": "break-paths-show-domains",
            },
            "encoding": {"x": week_axis(width), "y": count_axis()},
        },
        dots(shown, "incidents", INK, INK),
        dots(hidden, "base", "#ffffff", QUIET),
    ]
    return {
        "$schema": SCHEMA,
        "width": width,
        "height": height,
        "padding": 2,
        "background": "transparent",
        "layer": [layer for layer in layers if layer],
        "config": style(font),
    }


def chart_pattern(
    incidents: int, expected: float, largest: float, *, width: int, font: str
) -> dict[str, Any]:
    """Specify the small picture of a pattern: what was seen over what was expected."""
    bars = [
        {
            "what": "seen",
            "incidents": incidents,
            "label": _("{number} seen").format(number=incidents),
        },
        {
            "what": "expected",
            "incidents": expected,
            "label": _("about {number} expected").format(
                number=write_expected(expected)
            ),
        },
    ]
    place = {"field": "what", "type": "nominal", "sort": None, "axis": None}
    along = {
        "field": "incidents",
        "type": "quantitative",
        "scale": {"domain": [0, largest], "nice": False},
        "axis": None,
    }
    return {
        "$schema": SCHEMA,
        "width": width,
        "height": 30,
        "padding": {"left": 0, "right": 90, "top": 0, "bottom": 0},
        "autosize": "none",
        "background": "transparent",
        "data": {"values": bars},
        "encoding": {"y": place, "x": along},
        "layer": [
            {
                "mark": {"type": "bar", "height": 10},
                "encoding": {
                    "color": {
                        "field": "what",
                        "scale": {
                            "domain": ["seen", "expected"],
                            "range": [ACCENT, "#c9b8a0"],
                        },
                        "legend": None,
                    }
                },
            },
            {
                "mark": {
                    "type": "text",
                    "align": "left",
                    "dx": 4,
                    "fontSize": 11,
                    "color": INK,
                },
                "encoding": {"text": {"field": "label"}},
            },
        ],
        "config": style(font),
    }


def end_of_week(monday: str) -> str:
    """Give the Sunday after a Monday, as text."""
    return (dt.date.fromisoformat(monday) + dt.timedelta(days=6)).isoformat()


def band(spans: Sequence[Mapping[str, str]], colour: str) -> dict[str, Any] | None:
    """Shade some spans of weeks."""
    if not spans:
        return None
    return {
        "data": {"values": list(spans)},
        "mark": {"type": "rect", "color": colour},
        "encoding": {
            "x": {"field": "week", "type": "temporal"},
            "x2": {"field": "end"},
        },
    }


def rule(median: float) -> dict[str, Any]:
    """Draw the median as a line across."""
    return {
        "data": {"values": [{"median": median}]},
        "mark": {
            "type": "rule",
            "color": ACCENT,
            "strokeWidth": 1.5,
            "strokeDash": [5, 3],
        },
        "encoding": {"y": {"field": "median", "type": "quantitative"}},
    }


def dots(
    values: Sequence[Mapping[str, Any]], field: str, fill: str, stroke: str
) -> dict[str, Any] | None:
    """Draw one dot a week."""
    if not values:
        return None
    return {
        "data": {"values": list(values)},
        "mark": {
            "type": "point",
            "filled": False,
            "fill": fill,
            "stroke": stroke,
            "size": 26,
            "strokeWidth": 1.4,
        },
        "encoding": {
            "x": {"field": "week", "type": "temporal"},
            "y": {"field": field, "type": "quantitative"},
        },
    }


def week_axis(width: int) -> dict[str, Any]:
    """Specify the axis of weeks."""
    return {
        "field": "week",
        "type": "temporal",
        "axis": {
            "title": None,
            "format": "%b %Y" if width > 400 else "%b",
            "tickCount": "month",
            "labelOverlap": "greedy",
            "labelSeparation": 8,
            "grid": False,
        },
    }


def count_axis() -> dict[str, Any]:
    """Specify the axis of counts, from zero."""
    return {
        "field": "incidents",
        "type": "quantitative",
        "scale": {"zero": True},
        "axis": {
            "title": _("incidents a week"),
            "tickCount": 5,
            "tickMinStep": 1,
            "format": "d",
        },
    }


def style(font: str) -> dict[str, Any]:
    """Style a chart like the page around it."""
    return {
        "aria": False,
        "font": font,
        "view": {"stroke": None},
        "axis": {
            "labelFontSize": 11,
            "titleFontSize": 11,
            "titleFontWeight": "normal",
            "labelColor": INK,
            "titleColor": INK,
            "gridColor": "#e6e3dc",
            "domainColor": QUIET,
            "tickColor": QUIET,
        },
    }


def place_ratio(ratio: float) -> float:
    """Place a ratio on a line from a quarter (0) to four times (1), by its logarithm.

    >>> place_ratio(0.25), place_ratio(1.0), place_ratio(100.0)
    (0.0, 0.5, 1.0)
    """
    if ratio <= 0:
        return 0.0
    return min(1.0, max(0.0, 0.5 + math.log(ratio) / (2 * math.log(4))))
