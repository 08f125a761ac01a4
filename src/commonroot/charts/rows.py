"""Named bars, one below another, each with its number."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, NAMES, NUMBERS, HEIGHT = 420, 150, 70, 24


@dataclass(frozen=True)
class Row:
    """A name, how long its bar is, and what is written beside it."""

    name: str
    value: float
    written: str


def draw_rows(title: str, rows: Sequence[Row]) -> str:
    """Draw rows as SVG text; the longest bar fills the room between names and numbers.

    The title is the picture's name for whoever does not see it, and lists every number.

    >>> draw_rows("Answers", [Row("helped", 3, "3")]).count("<rect")
    1
    """
    longest = max((row.value for row in rows), default=0) or 1
    room = WIDTH - NAMES - NUMBERS
    told = "; ".join(f"{row.name}: {row.written}" for row in rows)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="rows" viewBox="0 0 {WIDTH} '
        f'{HEIGHT * len(rows)}" role="img" aria-label="{escape(f"{title}. {told}")}" '
        'font-family="Libertinus Serif, system-ui, sans-serif" font-size="13">'
    ]
    for number, row in enumerate(rows):
        top = HEIGHT * number
        width = round(room * row.value / longest, 1)
        parts.append(
            f'<text class="words" fill="#22302f" x="{NAMES - 8}" y="{top + 16}" '
            f'text-anchor="end">{escape(row.name)}</text>'
            f'<rect class="seen" fill="#a4502f" x="{NAMES}" y="{top + 4}" '
            f'width="{width}" height="{HEIGHT - 8}"/>'
            f'<text class="words" fill="#22302f" x="{NAMES + width + 6}" '
            f'y="{top + 16}">{escape(row.written)}</text>'
        )
    return "".join([*parts, "</svg>"])
