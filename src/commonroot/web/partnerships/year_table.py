"""Years, schools and stages of a partnership, for a picture and the table behind it."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from commonroot.domain.network.school_years import name_year
from commonroot.domain.partnerships.models import Partnership, SchoolPart, StageReached
from commonroot.domain.partnerships.queries import find_stage_on, find_whole
from commonroot.domain.partnerships.years import begin_year, end_year


@dataclass(frozen=True)
class Stretch:
    """Some days of a school's part, as shares of the partnership's years."""

    start: float
    end: float
    is_whole: bool


@dataclass(frozen=True)
class SchoolRow:
    """One school: what may be said of it in each year, and its stretches."""

    school: str
    cells: list[str]
    stretches: list[Stretch]


@dataclass(frozen=True)
class YearTable:
    """A partnership by school year. `today` is a share of its years; none outside them."""

    years: list[str]
    stages: list[str]
    numbers: list[int | None]
    rows: list[SchoolRow]
    today: float | None


def make_year_table(
    partnership: Partnership, numbers: dict[object, int], on: dt.date
) -> YearTable:
    """Make the table of a partnership on a day, its schools by name.

    `numbers` has the number of each stage in its network's list, by key.
    """
    autumns = list(range(partnership.first_year, partnership.last_year + 1))
    ends = [min(end_year(each), on) for each in autumns]
    begun = [begin_year(each) <= on for each in autumns]
    reached = [
        find_stage_on(partnership, end) if has_begun else None
        for end, has_begun in zip(ends, begun, strict=True)
    ]
    share = place_day(partnership, on)
    return YearTable(
        [name_year(each) for each in autumns],
        [
            write_stage(each, begin_year(autumn))
            for each, autumn in zip(reached, autumns, strict=True)
        ],
        [numbers.get(each.stage_id) if each else None for each in reached],
        [
            make_row(partnership, name, list(parts), autumns, on)
            for name, parts in groupby(partnership.parts.all(), write_school)
        ],
        share if 0 <= share <= 1 else None,
    )


def write_school(part: SchoolPart) -> str:
    """Give the school's name."""
    return part.school.name


def write_stage(reached: StageReached | None, year: dt.date) -> str:
    """Write a stage, with its day when it was reached in the year that begins on a day."""
    if reached is None:
        return ""
    if reached.day < year:
        return str(reached)
    since = _("since %(day)s") % {"day": date_format(reached.day, "SHORT_DATE_FORMAT")}
    return f"{reached}, {since}"


def place_day(partnership: Partnership, day: dt.date) -> float:
    """Place a day in the years of a partnership: 0 is their beginning, 1 their end."""
    first, last = begin_year(partnership.first_year), end_year(partnership.last_year)
    return (day - first).days / ((last - first).days + 1)


def make_row(
    partnership: Partnership,
    name: str,
    parts: Sequence[SchoolPart],
    autumns: Iterable[int],
    on: dt.date,
) -> SchoolRow:
    """Make the row of one school."""
    stretches = [
        Stretch(*place_stretch(partnership, each.first, each.last or on, on), is_whole)
        for part in parts
        for is_whole, some in ((False, [part]), (True, list(part.wholes.all())))
        for each in some
        if each.first <= on
    ]
    cells = [tell_year(parts, autumn, on) for autumn in autumns]
    return SchoolRow(name, cells, stretches)


def place_stretch(
    partnership: Partnership, first: dt.date, last: dt.date, on: dt.date
) -> tuple[float, float]:
    """Place some days in the years of a partnership, as far as they have come."""
    start = min(1.0, max(0.0, place_day(partnership, first)))
    end = place_day(partnership, min(last, on) + dt.timedelta(days=1))
    return start, min(1.0, max(start, end))


def tell_year(parts: Sequence[SchoolPart], autumn: int, on: dt.date) -> str:
    """Tell a school's part in a year, as it was at its end, or is today."""
    end = min(end_year(autumn), on)
    part = next((each for each in reversed(parts) if each.first <= end), None)
    if begin_year(autumn) > on or part is None:
        return tell_planned(parts, autumn)
    if part.last is not None and part.last < end:
        return tell_left(part, autumn)
    whole = find_whole(part, end)
    words = _("whole school") if whole else _("takes part")
    first = whole.first if whole else part.first
    if first >= begin_year(autumn):
        since = _("since %(day)s") % {"day": date_format(first, "SHORT_DATE_FORMAT")}
        return f"{words}, {since}"
    return str(words)


def tell_planned(parts: Sequence[SchoolPart], autumn: int) -> str:
    """Tell the day of a year from which a school is to take part, if it is to."""
    days = (begin_year(autumn), end_year(autumn))
    first = next(
        (each.first for each in parts if days[0] <= each.first <= days[1]), None
    )
    if first is None:
        return ""
    return str(_("from %(day)s") % {"day": date_format(first, "SHORT_DATE_FORMAT")})


def tell_left(part: SchoolPart, autumn: int) -> str:
    """Tell the day a school's part ended, in the year in which it did."""
    if part.last is None or part.last < begin_year(autumn):
        return ""
    day = date_format(part.last, "SHORT_DATE_FORMAT")
    return str(_("took part until %(day)s") % {"day": day})
