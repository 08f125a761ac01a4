"""What a file of school days would change in a school's calendar."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from commonroot.domain.network.actions import NetworkError
from commonroot.domain.network.models import Place
from commonroot.intake import SchoolDays
from commonroot.intake.dates import name_school_year
from commonroot.intake.labels import label_key


@dataclass(frozen=True)
class PlannedDays:
    """The school days of one school year; how many are new, and how many go."""

    year: str
    days: tuple[dt.date, ...]
    new: frozenset[dt.date]
    gone: frozenset[dt.date]

    @property
    def first(self) -> dt.date:
        """Give the first school day."""
        return self.days[0]

    @property
    def last(self) -> dt.date:
        """Give the last school day."""
        return self.days[-1]


def choose_days(
    found: SchoolDays, school: Place, first: dt.date | None, last: dt.date | None
) -> list[dt.date]:
    """Choose a school's days out of a file; raises NetworkError when it has none."""
    if first and last and last < first:
        raise NetworkError(_("The last day is before the first."))
    if found.off is not None:
        days = count_weekdays(found, first, last)
    else:
        listed = found.find(school.name) or found.find(None)
        if not listed:
            raise NetworkError(
                _("The list names several schools, and none of them is %(school)s.")
                % {"school": school.name}
            )
        days = sorted(
            day
            for day in listed
            if (first is None or day >= first) and (last is None or day <= last)
        )
    if not days:
        raise NetworkError(_("No school day lies between these days."))
    return days


def count_weekdays(
    found: SchoolDays, first: dt.date | None, last: dt.date | None
) -> list[dt.date]:
    """List the weekdays of one school year that a calendar of days off leaves."""
    if first is None or last is None:
        raise NetworkError(
            _(
                "This calendar names the days without school. Say the first and the last day of the school year too."
            )
        )
    if name_school_year(first) != name_school_year(last):
        raise NetworkError(
            _("A school year runs from July to June. Give one school year at a time.")
        )
    return found.between(None, first, last)


def find_other_name(found: SchoolDays, school: Place) -> str:
    """Find the name of the one school that a file tells of, if it is another name."""
    named = [name for name in found.listed if name is not None]
    if len(named) != 1 or label_key(named[0]) == label_key(school.name):
        return ""
    return named[0]


def plan_days(school: Place, days: Iterable[dt.date]) -> list[PlannedDays]:
    """Say what would change, by school year. Years that are not in the file stay."""
    there: dict[str, set[dt.date]] = {}
    for day in school.school_days.values_list("day", flat=True):
        there.setdefault(name_school_year(day), set()).add(day)
    given: dict[str, set[dt.date]] = {}
    for day in days:
        given.setdefault(name_school_year(day), set()).add(day)
    return [
        PlannedDays(
            year,
            tuple(sorted(mine)),
            frozenset(mine - there.get(year, set())),
            frozenset(there.get(year, set()) - mine),
        )
        for year, mine in sorted(given.items())
    ]
