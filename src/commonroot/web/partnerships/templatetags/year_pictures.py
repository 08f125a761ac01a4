"""The picture of a partnership: its years across, a bar for each school's part."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from commonroot.web.partnerships.year_table import SchoolRow, YearTable

register = template.Library()
WIDTH, EDGE = 340, 4
TOP, ROW = 64, 38
BAR, THIN = 12, 5
MOST_LETTERS, MOST_NAMED = 46, 8


def place(share: float) -> float:
    """Place a share of the years across the picture."""
    return round(EDGE + (WIDTH - 2 * EDGE) * share, 1)


@register.simple_tag
def draw_school_years(table: YearTable) -> SafeString:
    """Draw a partnership's years: the stage at each one's end, and each school's part."""
    foot = TOP + ROW * len(table.rows)
    return format_html(
        '<svg class="years" viewBox="0 0 {} {}" role="img" '
        'aria-labelledby="years-title years-desc">'
        '<title id="years-title">{}</title><desc id="years-desc">{}</desc>{}{}{}</svg>',
        WIDTH,
        foot + 22,
        _("Years, schools and stages"),
        describe(table),
        draw_heads(table, foot),
        format_html_join(
            "",
            "{}",
            ((draw_row(row, TOP + ROW * at),) for at, row in enumerate(table.rows)),
        ),
        draw_today(table, foot),
    )


def describe(table: YearTable) -> str:
    """Describe the picture in words: each school, and what was last said of it."""
    told = [
        f"{row.school}: {next((each for each in reversed(row.cells) if each), _('not yet'))}."
        for row in table.rows
    ]
    return " ".join(told) or _("No school takes part yet.")


def draw_heads(table: YearTable, foot: int) -> SafeString:
    """Write each year with the number of the stage at its end, and rule them off.

    Where there are many, some years go without their name; the table has them all.
    """
    count = len(table.years)
    is_short = count > 5
    every = -(-count // MOST_NAMED)
    return format_html_join(
        "",
        '<line class="axis" x1="{0}" y1="4" x2="{0}" y2="{1}"/>'
        '<text class="head" x="{2}" y="16">{3}</text><text x="{2}" y="34">{4}</text>',
        (
            (
                place(at / count),
                foot,
                place(at / count) + 5,
                "" if at % every else year[2:] if is_short else year,
                write_number(number, is_short),
            )
            for at, (year, number) in enumerate(
                zip(table.years, table.numbers, strict=True)
            )
        ),
    )


def write_number(number: int | None, is_short: bool) -> str:
    """Write a stage by its number in the list."""
    if number is None:
        return ""
    return str(number) if is_short else _("stage %(number)s") % {"number": number}


def draw_row(row: SchoolRow, top: int) -> SafeString:
    """Draw one school: its name, and bars below it."""
    bars = format_html_join(
        "",
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>',
        (
            (
                "whole" if each.is_whole else "part",
                place(each.start),
                top + (0 if each.is_whole else (BAR - THIN) / 2),
                round(max(1.0, place(each.end) - place(each.start)), 1),
                BAR if each.is_whole else THIN,
            )
            for each in row.stretches
        ),
    )
    return format_html(
        '<text class="school" x="{}" y="{}">{}</text>{}',
        EDGE + 5,
        top - 5,
        row.school,
        bars,
    )


def draw_today(table: YearTable, foot: int) -> SafeString:
    """Draw where today is."""
    if table.today is None:
        return SafeString("")
    x = place(table.today)
    return format_html(
        '<line class="today" x1="{}" y1="40" x2="{}" y2="{}"/>'
        '<text x="{}" y="{}" text-anchor="{}">{}</text>',
        x,
        x,
        foot + 4,
        x,
        foot + 18,
        "end" if table.today > 0.85 else "start" if table.today < 0.15 else "middle",
        _("today"),
    )
