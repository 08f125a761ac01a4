"""Who taught and visited: hours from outside and by the district's own, year by year."""

import datetime as dt
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from commonroot.domain.coaching.queries import count_visit_minutes
from commonroot.domain.learning.choices import Side
from commonroot.domain.learning.hours import count_presence
from commonroot.domain.network.models import Place
from commonroot.domain.network.school_years import name_year
from commonroot.domain.partnerships.models import Partnership
from commonroot.domain.partnerships.years import (
    begin_year,
    end_year,
    find_autumn,
)


@dataclass(frozen=True)
class PresenceYear:
    """Sessions taught and visits held in one school year, in minutes, up to today."""

    autumn: int
    outside: int
    own: int
    is_over: bool

    @property
    def name(self) -> str:
        """Write the school year."""
        return name_year(self.autumn)

    @property
    def is_recorded(self) -> bool:
        """Say whether anything was recorded: nothing recorded is not nothing done."""
        return bool(self.outside or self.own)

    @property
    def outside_hours(self) -> str:
        """Write the hours from outside."""
        return write_hours(self.outside)

    @property
    def own_hours(self) -> str:
        """Write the hours of the district's own."""
        return write_hours(self.own)


def write_hours(minutes: int) -> str:
    """Write minutes as hours, with a decimal only where there is a part of one.

    >>> write_hours(90), write_hours(120)
    ('1.5', '2')
    """
    hours = round(minutes / 60, 1)
    return str(number_format(hours, 0 if hours == int(hours) else 1))


def read_presence(partnership: Partnership, on: dt.date) -> list[PresenceYear]:
    """Read the years of a partnership that have begun by a day, the earliest first."""
    last = min(partnership.last_year, find_autumn(on))
    return [
        read_year(partnership.district, autumn, on)
        for autumn in range(partnership.first_year, last + 1)
    ]


def read_year(district: Place, autumn: int, on: dt.date) -> PresenceYear:
    """Read what was taught and visited in a district in one school year, by a day."""
    first, last = begin_year(autumn), min(end_year(autumn), on)
    taught = count_presence(district, first, last)
    visited = count_visit_minutes(district, first, last)
    return PresenceYear(
        autumn,
        taught[Side.OUTSIDE] + visited.outside,
        taught[Side.OWN] + visited.own,
        end_year(autumn) < on,
    )


def list_comparable(years: list[PresenceYear]) -> list[PresenceYear]:
    """List the years that may be set side by side: over, and with something recorded."""
    return [each for each in years if each.is_over and each.is_recorded]


def tell_presence(years: list[PresenceYear]) -> list[str]:
    """Tell in sentences whether the hours from outside fall and the district's own rise."""
    told = list_comparable(years)
    sentences = [
        _(
            "The model succeeds when the hours from outside fall, and those of the "
            "district’s own people rise. They are hours of sessions taught and of visits."
        )
    ]
    if len(told) < 2:
        sentences.append(tell_too_little(told))
    else:
        sentences += [tell_ends(told[0], told[-1]), tell_direction(told[0], told[-1])]
    return sentences + [
        _("%(year)s is still under way and stands in the table only.")
        % {"year": each.name}
        for each in years
        if not each.is_over and each.is_recorded
    ]


def tell_too_little(told: list[PresenceYear]) -> str:
    """Say that nothing can be said yet, and when it can."""
    if not told:
        return _(
            "Too early to tell: no school year is over in which anything was recorded."
        )
    return _(
        "Too early to tell: %(year)s is the only school year that is over and has anything "
        "recorded, with %(outside)s hours from outside and %(own)s by the district’s own. "
        "One year has no direction."
    ) % {
        "year": told[0].name,
        "outside": told[0].outside_hours,
        "own": told[0].own_hours,
    }


def tell_ends(first: PresenceYear, last: PresenceYear) -> str:
    """Tell the first and the last year that may be set side by side."""
    return _(
        "From outside: %(outside_first)s hours in %(first)s, %(outside_last)s in %(last)s. "
        "By the district’s own: %(own_first)s, then %(own_last)s."
    ) % {
        "first": first.name,
        "last": last.name,
        "outside_first": first.outside_hours,
        "outside_last": last.outside_hours,
        "own_first": first.own_hours,
        "own_last": last.own_hours,
    }


def tell_direction(first: PresenceYear, last: PresenceYear) -> str:
    """Tell whether that is the way hoped for; nothing is said of why."""
    falls, rises = last.outside < first.outside, last.own > first.own
    if falls and rises:
        return _("The hours from outside fell, and the district’s own rose.")
    if falls:
        return _("The hours from outside fell. The district’s own did not rise.")
    if rises:
        return _("The district’s own hours rose. Those from outside did not fall.")
    return _(
        "The hours from outside did not fall, and the district’s own did not rise."
    )
