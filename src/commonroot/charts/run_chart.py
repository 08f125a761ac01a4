"""The run chart: weeks, their median, weeks without recording, and signals.

It is data first (Vega-Lite), and is drawn to SVG without a browser. It takes released
counts only. A protected week is drawn as an open ring on the base line, which says that
there is a number and not which.
"""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal

import vl_convert

from commonroot.charts.drawing import (
    ACCENT,
    BAND,
    GRID,
    INK,
    PAPER,
    QUIET,
    SIGNAL,
    list_caption,
    write,
)
from commonroot.languages import find_language
from commonroot.languages import gettext as _

# How weeks and months are named on an axis (d3-time-format).
LOCALES: Mapping[str, Literal["en-US", "es-MX"]] = {"en": "en-US", "es": "es-MX"}
SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
Point = Mapping[str, Any]


def draw_run_chart(
    points: Sequence[Point],
    median: float | None,
    signals: Sequence[Mapping[str, Any]],
    *,
    title: str,
    description: str,
    width: int,
    height: int,
    font: str,
) -> str:
    """Draw the run chart as SVG, with the words for those who cannot see it.

    >>> week = {"week": "2025-09-01", "incidents": 7, "logging_days": 4}
    >>> look = {"width": 300, "height": 100, "font": "sans-serif"}
    >>> drawn = draw_run_chart([week], 7, [], title="Weeks", description="Calm.", **look)
    >>> "<title>Weeks</title><desc>Calm.</desc>" in drawn
    True
    """
    spec = specify(points, median, signals, width=width, height=height, font=font)
    drawn = vl_convert.vegalite_to_svg(
        spec, vl_version="5.20", time_format_locale=LOCALES[find_language()]
    )
    # It names every mark for screen readers; the whole is one picture with one name.
    bare = re.sub(r' (?:role|aria-[a-z]+)="[^"]*"', "", str(drawn))
    start, _end, shapes = bare.partition(">")
    caption = "".join(map(write, list_caption(title, description)))
    return f'{start} role="img">{caption}{shapes}'


def describe_key(points: Sequence[Point], median: float | None) -> str:
    """Say what the marks of the drawing mean, those alone that are in it.

    >>> week = {"week": "2025-09-01", "incidents": None, "logging_days": 4}
    >>> describe_key([week], None)
    'Each dot is a week. An open ring is a week whose number is hidden to protect students.'
    """
    key = [_("Each dot is a week.")]
    if median is not None:
        key.append(
            _("The dashed line is the median, {median:g} incidents a week.").format(
                median=median
            )
        )
    if any(point["incidents"] is None for point in points):
        key.append(
            _("An open ring is a week whose number is hidden to protect students.")
        )
    if any(point["logging_days"] == 0 for point in points):
        key.append(_("A shaded week has no recording."))
    return " ".join(key)


def list_rows(points: Sequence[Point]) -> list[dict[str, Any]]:
    """List the weeks of the drawing as rows of a table, for those who cannot see it.

    >>> list_rows([{"week": "2025-09-01", "incidents": None, "logging_days": 4}])
    [{'week': '2025-09-01', 'incidents': 'fewer than 5*', 'days': 4}]
    """
    return [
        {
            "week": point["week"],
            "incidents": show_count(point["incidents"]),
            "days": "" if point["logging_days"] is None else point["logging_days"],
        }
        for point in points
    ]


def show_count(count: int | None) -> str:
    """Show a count or its protection.

    >>> show_count(1200), show_count(None)
    ('1,200', 'fewer than 5*')
    """
    return _("fewer than 5*") if count is None else f"{count:,}"


def specify(
    points: Sequence[Point],
    median: float | None,
    signals: Sequence[Mapping[str, Any]],
    *,
    width: int,
    height: int,
    font: str,
) -> dict[str, Any]:
    """Specify the run chart as layers over one axis of weeks.

    >>> week = {"week": "2025-09-01", "incidents": 7, "logging_days": 4}
    >>> spec = specify([week], 7, [], width=300, height=100, font="sans-serif")
    >>> [layer["mark"]["type"] for layer in spec["layer"]]
    ['rule', 'line', 'point']
    """
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
            SIGNAL,
        ),
        *([rule(median)] if median is not None else []),
        {
            "data": {"values": [break_silent(point) for point in points]},
            "mark": {
                "type": "line",
                "color": QUIET,
                "strokeWidth": 1,
                "invalid": "break-paths-show-domains",
            },
            "encoding": {"x": week_axis(width), "y": count_axis()},
        },
        dots(shown, "incidents", INK, INK),
        dots(hidden, "base", PAPER, QUIET),
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


def break_silent(point: Point) -> dict[str, Any]:
    """Give the line's point of a week; none where nobody recorded, so that it breaks there.

    >>> break_silent({"week": "2025-09-01", "incidents": 0, "logging_days": 0})["incidents"]
    """
    silent = point["logging_days"] == 0
    return {**point, "incidents": None if silent else point["incidents"]}


def end_of_week(monday: str) -> str:
    """Give the Sunday after a Monday, as text.

    >>> end_of_week("2025-09-01")
    '2025-09-07'
    """
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
            "gridColor": GRID,
            "domainColor": QUIET,
            "tickColor": QUIET,
        },
    }
