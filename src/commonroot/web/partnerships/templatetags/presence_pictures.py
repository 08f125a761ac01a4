"""The picture of who taught: one line that should fall, and one that should rise."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from commonroot.web.partnerships.presence import (
    PresenceYear,
    list_comparable,
    write_hours,
)

register = template.Library()
WIDTH, HEIGHT = 340, 190
LEFT, RIGHT, TOP, BOTTOM = 24, 222, 26, 150
# How far apart the names beside the lines stand at least.
APART = 32
MOST_NAMED = 6


@dataclass(frozen=True)
class Line:
    """One line of the picture: its name, its class, and minutes by year."""

    name: str
    kind: str
    minutes: list[int]


@register.simple_tag
def draw_presence(years: Sequence[PresenceYear]) -> SafeString:
    """Draw the years that may be set side by side; nothing for fewer than two."""
    told = list_comparable(list(years))
    if len(told) < 2:
        return SafeString("")
    lines = [
        Line(_("from outside"), "outside", [each.outside for each in told]),
        Line(_("the district’s own"), "own", [each.own for each in told]),
    ]
    return draw_lines(
        [each.name for each in told],
        lines,
        _("Hours taught and visited by school year"),
        describe(told),
    )


def describe(told: Sequence[PresenceYear]) -> str:
    """Describe the picture in words, year by year."""
    return " ".join(
        _("%(year)s: %(outside)s hours from outside, %(own)s by the district’s own.")
        % {
            "year": each.name,
            "outside": each.outside_hours,
            "own": each.own_hours,
        }
        for each in told
    )


def draw_lines(
    years: Sequence[str], lines: Sequence[Line], title: str, described: str
) -> SafeString:
    """Draw lines over years, each named where it ends, with a number at every point."""
    most = max(1, *(each for line in lines for each in line.minutes))
    step = (RIGHT - LEFT) / (len(years) - 1)
    across = [round(LEFT + step * at, 1) for at in range(len(years))]
    heights = [
        [round(BOTTOM - (BOTTOM - TOP) * each / most, 1) for each in line.minutes]
        for line in lines
    ]
    return format_html(
        '<svg class="lines" viewBox="0 0 {} {}" role="img" '
        'aria-labelledby="presence-title presence-desc">'
        '<title id="presence-title">{}</title><desc id="presence-desc">{}</desc>'
        '{}{}{}{}</svg>',
        WIDTH, HEIGHT, title, described,
        draw_years(years, across),
        draw_ways(lines, across, heights),
        draw_numbers(lines, across, heights),
        draw_names(lines, heights),
    )  # fmt: skip


def draw_years(years: Sequence[str], across: Sequence[float]) -> SafeString:
    """Write the years below, the last one always, fewer where there are many."""
    every = -(-len(years) // MOST_NAMED)
    last = len(years) - 1
    return format_html_join(
        "",
        '<text x="{}" y="{}" text-anchor="middle">{}</text>',
        (
            (at, BOTTOM + 36, year[2:] if last > 3 else year)
            for number, (year, at) in enumerate(zip(years, across, strict=True))
            if (last - number) % every == 0
        ),
    )


def draw_ways(
    lines: Sequence[Line], across: Sequence[float], heights: Sequence[Sequence[float]]
) -> SafeString:
    """Draw the lines, and a point for every year: a disc on one, a square on the other."""
    drawn = []
    for line, ups in zip(lines, heights, strict=True):
        way = " ".join(f"{x},{y}" for x, y in zip(across, ups, strict=True))
        drawn.append(format_html('<polyline class="{}" points="{}"/>', line.kind, way))
        shape = (
            '<circle class="{0}" cx="{1}" cy="{2}" r="4.5"/>'
            if line.kind == "outside"
            else '<rect class="{0}" x="{3}" y="{4}" width="8" height="8"/>'
        )
        drawn += [
            format_html(shape, line.kind, x, y, x - 4, y - 4)
            for x, y in zip(across, ups, strict=True)
        ]
    return SafeString("".join(drawn))


def draw_numbers(
    lines: Sequence[Line], across: Sequence[float], heights: Sequence[Sequence[float]]
) -> SafeString:
    """Write the hours: above the higher point of a year, below the lower one."""
    placed = []
    for at, x in enumerate(across):
        ups = [one[at] for one in heights]
        for line, y in zip(lines, ups, strict=True):
            is_upper = y < max(ups) or (y == max(ups) == min(ups) and line is lines[0])
            told = write_hours(line.minutes[at])
            placed.append((line.kind, x, y - 9 if is_upper else y + 18, told))
    return format_html_join(
        "", '<text class="{}" x="{}" y="{}" text-anchor="middle">{}</text>', placed
    )


def draw_names(lines: Sequence[Line], heights: Sequence[Sequence[float]]) -> SafeString:
    """Write each line's name where it ends, far enough from the other."""
    ends = [one[-1] for one in heights]
    upper, lower = sorted(range(len(lines)), key=lambda each: ends[each])
    middle = (ends[upper] + ends[lower]) / 2
    half = max(APART, ends[lower] - ends[upper]) / 2
    places = {upper: max(TOP, middle - half), lower: 0.0}
    places[lower] = max(middle + half, places[upper] + APART)
    return format_html_join(
        "",
        '<text class="{0}" x="{1}" y="{2}">{3}<tspan x="{1}" dy="13">{4}</tspan></text>',
        (
            (line.kind, RIGHT + 20, round(places[at] - 2, 1), *halve(line.name))
            for at, line in enumerate(lines)
        ),
    )


def halve(name: str) -> tuple[str, str]:
    """Halve a name where it breaks best, for two short lines.

    >>> halve("from outside"), halve("alone")
    (('from', 'outside'), ('alone', ''))
    """
    words = name.split()
    cuts = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    return min(cuts, key=lambda cut: abs(len(cut[0]) - len(cut[1])), default=(name, ""))
