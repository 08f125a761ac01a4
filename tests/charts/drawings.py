"""One drawing of each kind, read back."""

from xml.etree import ElementTree as ET

from commonroot.charts.bars import draw_bars
from commonroot.charts.interval import draw_interval
from commonroot.charts.run_chart import draw_run_chart

SVG = "{http://www.w3.org/2000/svg}"
WORDS = {"title": "Title & words", "description": "Description < words"}
WEEKS = [
    {"week": "2025-09-01", "incidents": 7, "logging_days": 4},
    {"week": "2025-09-08", "incidents": None, "logging_days": 5},
    {"week": "2025-09-15", "incidents": 0, "logging_days": 0},
    {"week": "2025-09-22", "incidents": 12, "logging_days": 5},
]
SIGNALS = [{"from": "2025-09-22", "to": "2025-09-22"}]


def read_run_chart(weeks=WEEKS, median=7.0, signals=SIGNALS, width=300):
    return ET.fromstring(
        draw_run_chart(
            weeks,
            median,
            signals,
            **WORDS,
            width=width,
            height=100,
            font="sans-serif",
        )
    )


def read_interval(low=0.5, ratio=0.8, high=1.2):
    return ET.fromstring(draw_interval(low, ratio, high, **WORDS))


def read_bars(
    incidents=40, expected=12.3, largest=40, description=WORDS["description"], **look
):
    return ET.fromstring(
        draw_bars(incidents, expected, largest, description=description, **look)
    )


def list_elements(drawn):
    return list(drawn.iter())


def find_class(drawn, name):
    """Find the one element of a class."""
    (found,) = (each for each in drawn.iter() if each.get("class") == name)
    return found


def list_words(drawn):
    return [each.text for each in drawn.iter(f"{SVG}text")]


DRAWINGS = {
    "run_chart": read_run_chart,
    "interval": read_interval,
    "bars": read_bars,
}
