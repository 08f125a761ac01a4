"""What a highlight is counted over: a place, and the days of a school year."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from commonroot.domain.network.models import Place
from commonroot.domain.network.school_years import days_of, name_year

Found = TypeVar("Found")


@dataclass(frozen=True)
class Span:
    """A place with all that lies in it, and the days of a school year.

    `found` keeps what was looked up once, for as long as the span is at hand.
    """

    place: Place
    school_year: str
    first: dt.date
    last: dt.date
    found: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, look: Callable[["Span"], list[Found]]) -> list[Found]:
        """Look something up once; `look` is asked the first time alone."""
        name = look.__name__
        if name not in self.found:
            self.found[name] = look(self)
        kept: list[Found] = self.found[name]
        return kept

    @property
    def before(self) -> "Span":
        """Give the school year before, at the same place."""
        return span_of(self.place, name_year(self.first.year - 1))


def span_of(place: Place, school_year: str) -> Span:
    """Give the span of a school year. Raises ValueError for what is not one."""
    return Span(place, school_year, *days_of(school_year))
