"""What a check looks at: week by week, the changed slice and the rest of the school."""

from collections.abc import Sequence
from dataclasses import dataclass


class SeriesError(ValueError):
    """A series that cannot be; the text says why."""


@dataclass(frozen=True)
class Week:
    """One week: incidents in the slice that was changed, and in the rest of the school.

    `logging_days` of `school_days` were recorded; a week without any says nothing.
    """

    target: int
    rest: int
    logging_days: int
    school_days: int


@dataclass(frozen=True)
class Elsewhere:
    """The same slice where nothing was changed: other schools, or last year's same weeks.

    Incidents in the slice and in the rest, over the calendar weeks before and after.
    """

    target_before: int
    rest_before: int
    target_after: int
    rest_after: int


@dataclass(frozen=True)
class Series:
    """Weeks in order, of which the first `before` came before the change.

    Raises SeriesError when a number is below nothing, or more days were recorded than
    there were.

    >>> one = Week(target=4, rest=30, logging_days=5, school_days=5)
    >>> len(Series([one] * 6, before=4).after)
    2
    """

    weeks: Sequence[Week]
    before: int

    def __post_init__(self) -> None:
        if not 0 <= self.before <= len(self.weeks):
            raise SeriesError("The change lies outside its weeks.")
        for week in self.weeks:
            if min(week.target, week.rest, week.logging_days) < 0:
                raise SeriesError("A week counts less than nothing.")
            if week.logging_days > week.school_days:
                raise SeriesError("More days were recorded than there were.")

    @property
    def earlier(self) -> list[Week]:
        """The recorded weeks before the change."""
        return [week for week in self.weeks[: self.before] if week.logging_days]

    @property
    def after(self) -> list[Week]:
        """The recorded weeks since the change."""
        return [week for week in self.weeks[self.before :] if week.logging_days]
