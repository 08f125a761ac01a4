"""Two series side by side over a row of months or years, from zero, every number written."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT, ABOVE, BELOW = 420, 150, 18, 22
FILLS = ("#a4502f", "#c9b8a0")
CLASSES = ("seen", "expected")


@dataclass(frozen=True)
class Series:
    """A name, and a value and its written form for every column."""

    name: str
    values: Sequence[float]
    written: Sequence[str]


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
    highest = max((value for each in both for value in each.values), default=0) or 1
    room = HEIGHT - ABOVE - BELOW - 24
    step = WIDTH / max(1, len(labels))
    wide = min(22.0, step * 0.36)
    told = "; ".join(
        f"{label}: " + ", ".join(f"{each.name} {each.written[at]}" for each in both)
        for at, label in enumerate(labels)
    )
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="columns" viewBox="0 0 {WIDTH} '
        f'{HEIGHT}" role="img" aria-label="{escape(f"{title}. {told}")}" '
        'font-family="Libertinus Serif, system-ui, sans-serif" font-size="11">',
        *draw_names(both),
    ]
    base = HEIGHT - BELOW
    for at, label in enumerate(labels):
        middle = step * (at + 0.5)
        for number, each in enumerate(both):
            tall = round(room * each.values[at] / highest, 1)
            left = round(middle + (number - 1) * wide + number, 1)
            parts.append(
                f'<rect class="{CLASSES[number]}" fill="{FILLS[number]}" x="{left}" '
                f'y="{round(base - tall, 1)}" width="{round(wide - 1, 1)}" height="{tall}"/>'
                f'<text class="words" fill="#22302f" x="{round(left + wide / 2, 1)}" '
                f'y="{round(base - tall - 3, 1)}" text-anchor="middle">'
                f"{escape(each.written[at])}</text>"
            )
        parts.append(
            f'<text class="words" fill="#22302f" x="{round(middle, 1)}" '
            f'y="{HEIGHT - 7}" text-anchor="middle">{escape(label)}</text>'
        )
    parts.append(
        f'<line class="axis" stroke="#8a938f" x1="0" x2="{WIDTH}" y1="{base}" y2="{base}"/>'
    )
    return "".join([*parts, "</svg>"])


def draw_names(both: Sequence[Series]) -> list[str]:
    """Draw which column is which, above them."""
    parts, left = [], 2.0
    for number, each in enumerate(both):
        parts.append(
            f'<rect class="{CLASSES[number]}" fill="{FILLS[number]}" x="{left}" y="3" '
            f'width="10" height="10"/><text class="words" fill="#22302f" '
            f'x="{left + 15}" y="12">{escape(each.name)}</text>'
        )
        left += 32 + 6.2 * len(each.name)
    return parts
