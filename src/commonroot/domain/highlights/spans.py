"""What a highlight is counted over: a place, and the days of a school year."""

import datetime as dt
from dataclasses import dataclass

from commonroot.domain.network.models import Place
from commonroot.domain.network.school_years import days_of, name_year


@dataclass(frozen=True)
class Span:
    """A place with all that lies in it, and the days of a school year."""

    place: Place
    school_year: str
    first: dt.date
    last: dt.date

    @property
    def before(self) -> "Span":
        """Give the school year before, at the same place."""
        return span_of(self.place, name_year(self.first.year - 1))


def span_of(place: Place, school_year: str) -> Span:
    """Give the span of a school year. Raises ValueError for what is not one."""
    return Span(place, school_year, *days_of(school_year))
