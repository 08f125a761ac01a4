"""The pictures of a year: when teams met and looked, who taught, what checks said."""

import uuid
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from commonroot.charts.columns import Series, draw_columns
from commonroot.charts.rows import Row, draw_rows
from commonroot.domain.coaching.queries import count_visit_minutes
from commonroot.domain.highlights.definitions import write_value
from commonroot.domain.highlights.sources import MINUTES, find_checks, find_meetings
from commonroot.domain.highlights.spans import Span
from commonroot.domain.learning.choices import Side
from commonroot.domain.learning.hours import count_presence
from commonroot.domain.teams.choices import Helped
from commonroot.domain.teams.models import CheckResult

YEARS_SHOWN = 4


@dataclass(frozen=True)
class Picture:
    """A picture with the sentence above it and the table behind it."""

    says: str
    svg: SafeString
    head: tuple[str, ...]
    table: list[tuple[str, ...]]


def draw_pictures(span: Span) -> list[Picture]:
    """Draw the pictures of a year, those for which there is something to show."""
    drawn = (draw_months(span), draw_answers(span), draw_teaching(span))
    return [each for each in drawn if each is not None]


def draw_months(span: Span) -> Picture | None:
    """Draw in which months teams met, and in which changes were checked."""
    met, checked = (
        Counter((each.day.year, each.day.month) for each in found if each.day)
        for found in (find_meetings(span), find_checks(span))
    )
    if not met:
        return None
    starts = [
        span.first.replace(
            year=span.first.year + (month > 12), month=(month - 1) % 12 + 1
        )
        for month in range(span.first.month, span.first.month + 12)
    ]
    months = [
        day
        for day in starts
        if (day.year, day.month) in met or (day.year, day.month) in checked
    ]
    labels = [date_format(day, "M") for day in months]
    counts = [
        [counter[(day.year, day.month)] for day in months] for counter in (met, checked)
    ]
    names = (_("meetings"), _("changes checked"))
    series = [
        Series(name, values, [str(value) for value in values])
        for name, values in zip(names, counts, strict=True)
    ]
    says = _("Teams met %(met)s times and checked %(checked)s changes.") % {
        "met": sum(met.values()),
        "checked": sum(checked.values()),
    }
    return Picture(
        says,
        trust(draw_columns(says, labels, *series)),
        (_("Month"), *names),
        [
            (date_format(day, "F Y"), str(one), str(other))
            for day, one, other in zip(months, *counts, strict=True)
        ],
    )


def draw_answers(span: Span) -> Picture | None:
    """Draw what the last look at each change of the year said; those that did not help too."""
    changes = [uuid.UUID(each.key) for each in find_checks(span)]
    if not changes:
        return None
    last: dict[str, str] = {}
    looks = CheckResult.objects.filter(
        change__in=changes, on__range=(span.first, span.last)
    ).order_by("on", "at")
    for change, helped in looks.values_list("change", "helped"):
        last[str(change)] = helped
    counts = Counter(last.values())
    rows = [
        (str(answer.label), counts[answer.value])
        for answer in Helped
        if counts[answer.value]
    ]
    says = _("Of %(all)s changes that were checked, %(helped)s helped.") % {
        "all": len(changes),
        "helped": counts[Helped.HELPED],
    }
    return Picture(
        says,
        trust(draw_rows(says, [Row(name, count, str(count)) for name, count in rows])),
        (_("What the check said"), _("Changes")),
        [(name, str(count)) for name, count in rows],
    )


def count_presence_of(span: Span) -> dict[Side, int]:
    """Count the minutes taught and visited in a year, by where people come from."""
    taught = count_presence(span.place, span.first, span.last)
    visited = count_visit_minutes(span.place, span.first, span.last)
    return {
        Side.OUTSIDE: taught[Side.OUTSIDE] + visited.outside,
        Side.OWN: taught[Side.OWN] + visited.own,
    }


def draw_teaching(span: Span) -> Picture | None:
    """Draw the hours taught and visited from outside and by one's own, year by year."""
    spans = [span]
    while len(spans) < YEARS_SHOWN:
        spans.insert(0, spans[0].before)
    found = [(each.school_year, count_presence_of(each)) for each in spans]
    found = [(year, counts) for year, counts in found if any(counts.values())]
    if not found:
        return None
    years = [year for year, _counts in found]
    hours = {
        side: [Decimal(counts[side]) / MINUTES for _year, counts in found]
        for side in Side
    }
    names = {
        Side.OUTSIDE: _("from outside"),
        Side.OWN: _("by our own"),
    }
    series = [
        Series(
            names[side],
            [float(value) for value in hours[side]],
            [write_value(value) for value in hours[side]],
        )
        for side in (Side.OUTSIDE, Side.OWN)
    ]
    says = _(
        "Of the hours taught and visited in %(year)s, %(outside)s came from outside and "
        "%(own)s from our own people."
    ) % {
        "year": years[-1],
        "outside": series[0].written[-1],
        "own": series[1].written[-1],
    }
    return Picture(
        says,
        trust(draw_columns(says, years, *series)),
        (_("School year"), names[Side.OUTSIDE], names[Side.OWN]),
        list(zip(years, series[0].written, series[1].written, strict=True)),
    )


def trust(svg: str) -> SafeString:
    """Let a drawing stand on a page; every word in it was escaped when it was drawn."""
    return mark_safe(svg)  # escaped by charts
