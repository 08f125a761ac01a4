"""School years as spans of days: from 1 August to 31 July."""

import datetime as dt
import re
from dataclasses import dataclass

from commonroot.domain.network.models import Place

FIRST_MONTH = 8
WRITTEN = re.compile(r"(20\d\d)-(\d\d)")


@dataclass(frozen=True)
class Span:
    """What a highlight is counted over: a place with all that lies in it, and days."""

    place: Place
    school_year: str
    first: dt.date
    last: dt.date

    @property
    def before(self) -> "Span":
        """Give the school year before, at the same place."""
        return span_of(self.place, name_year(self.first.year - 1))


def name_year(autumn: int) -> str:
    """Name the school year that begins in an autumn.

    >>> name_year(2025), name_year(2099)
    ('2025-26', '2099-00')
    """
    return f"{autumn}-{(autumn + 1) % 100:02d}"


def year_of(day: dt.date) -> str:
    """Name the school year in which a day lies.

    >>> year_of(dt.date(2026, 7, 31)), year_of(dt.date(2026, 8, 1))
    ('2025-26', '2026-27')
    """
    return name_year(day.year if day.month >= FIRST_MONTH else day.year - 1)


def span_of(place: Place, school_year: str) -> Span:
    """Give the days of a school year. Raises ValueError for what is not one.

    >>> span_of(Place(), "2025-26").last
    datetime.date(2026, 7, 31)
    """
    written = WRITTEN.fullmatch(school_year)
    if written is None or name_year(int(written[1])) != school_year:
        raise ValueError(f"{school_year} is not a school year")
    autumn = int(written[1])
    return Span(
        place,
        school_year,
        dt.date(autumn, FIRST_MONTH, 1),
        dt.date(autumn + 1, FIRST_MONTH, 1) - dt.timedelta(days=1),
    )
