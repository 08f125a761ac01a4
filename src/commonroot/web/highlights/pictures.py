"""The pictures of a year: when teams met and looked, who taught, what checks said."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from commonroot.charts.columns import Series, draw_columns
from commonroot.charts.rows import Row, draw_rows
from commonroot.domain.highlights.definitions import write_value
from commonroot.domain.highlights.facts import Facts, first_of
from commonroot.domain.highlights.sources import MINUTES
from commonroot.domain.teams.choices import Helped


@dataclass(frozen=True)
class Picture:
    """A picture with the sentence above it and the table behind it."""

    says: str
    svg: SafeString
    head: tuple[str, ...]
    table: list[tuple[str, ...]]


def draw_pictures(facts: Facts) -> list[Picture]:
    """Draw the pictures of a year, those for which there is something to show."""
    drawn = (draw_months(facts), draw_answers(facts), draw_presence(facts))
    return [each for each in drawn if each is not None]


def draw_months(facts: Facts) -> Picture | None:
    """Draw in which months teams met, and in which changes were checked."""
    if not any(each.met for each in facts.months):
        return None
    labels = [date_format(first_of(each), "M") for each in facts.months]
    counts = (
        [each.met for each in facts.months],
        [each.checked for each in facts.months],
    )
    names = (_("meetings"), _("changes checked"))
    series = [
        Series(name, values, [str(value) for value in values])
        for name, values in zip(names, counts, strict=True)
    ]
    says = _("Teams met %(met)s times and checked %(checked)s changes.") % {
        "met": sum(counts[0]),
        "checked": sum(counts[1]),
    }
    return Picture(
        says,
        trust(draw_columns(says, labels, *series)),
        (_("Month"), *names),
        [
            (date_format(first_of(each), "F Y"), str(each.met), str(each.checked))
            for each in facts.months
        ],
    )


def draw_answers(facts: Facts) -> Picture | None:
    """Draw what the last look at each change of the year said; those that did not help too."""
    if not facts.answers:
        return None
    rows = [
        (str(answer.label), facts.answers[answer.value])
        for answer in Helped
        if answer.value in facts.answers
    ]
    says = _("Of %(all)s changes that were checked, %(helped)s helped.") % {
        "all": sum(facts.answers.values()),
        "helped": facts.answers.get(Helped.HELPED.value, 0),
    }
    return Picture(
        says,
        trust(draw_rows(says, [Row(name, count, str(count)) for name, count in rows])),
        (_("What the check said"), _("Changes")),
        [(name, str(count)) for name, count in rows],
    )


def draw_presence(facts: Facts) -> Picture | None:
    """Draw the hours taught and visited from outside and by one's own, year by year."""
    if not facts.years:
        return None
    years = [each.school_year for each in facts.years]
    names = (_("from outside"), _("by our own"))
    hours = (
        [Decimal(each.outside) / MINUTES for each in facts.years],
        [Decimal(each.own) / MINUTES for each in facts.years],
    )
    series = [
        Series(
            name,
            [float(value) for value in values],
            [write_value(value) for value in values],
        )
        for name, values in zip(names, hours, strict=True)
    ]
    says = _(
        "Of the hours taught and visited in %(year)s, %(outside)s came from outside and "
        "%(own)s from our own people. Everybody who teaches a session counts for all of it."
    ) % {
        "year": years[-1],
        "outside": series[0].written[-1],
        "own": series[1].written[-1],
    }
    return Picture(
        says,
        trust(draw_columns(says, years, *series)),
        (_("School year"), *names),
        list(zip(years, series[0].written, series[1].written, strict=True)),
    )


def trust(svg: str) -> SafeString:
    """Let a drawing stand on a page; every word in it was escaped when it was drawn."""
    return mark_safe(svg)  # escaped by charts
