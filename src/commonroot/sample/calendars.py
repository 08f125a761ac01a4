"""Calendars: the days each district teaches, and why it does not on the others."""

from dataclasses import dataclass
from datetime import date, timedelta

from commonroot.sample.chance import Chance
from commonroot.sample.places import CINDER, District

LAST_YEAR = 2025  # the autumn in which the region's latest school year began
MONDAY, TUESDAY, THURSDAY, FRIDAY = 0, 1, 3, 4


@dataclass(frozen=True, slots=True)
class Closure:
    """A reason for no school, and its weekdays.

    A rule is an iCalendar RRULE that gives the same days.
    """

    name: str
    days: tuple[date, ...]
    rule: str = ""


def school_years(count: int) -> list[int]:
    """Name the latest school years by the autumn in which they begin."""
    return list(range(LAST_YEAR - count + 1, LAST_YEAR + 1))


def year_name(autumn: int) -> str:
    """Name a school year as people write it.

    >>> year_name(2025)
    '2025-26'
    """
    return f"{autumn}-{(autumn + 1) % 100:02d}"


def nth(year: int, month: int, weekday: int, count: int) -> date:
    """Find the first, second … such weekday of a month."""
    first = date(year, month, 1)
    return first + timedelta((weekday - first.weekday()) % 7 + 7 * (count - 1))


def weekdays_from(first: date, count: int) -> tuple[date, ...]:
    """List this many weekdays in a row, the first included."""
    days = (first + timedelta(step) for step in range(count * 2 + 3))
    return tuple(day for day in days if day.weekday() <= FRIDAY)[:count]


def find_closures(district: District, autumn: int, seed: int) -> list[Closure]:
    """List the weekdays without school between September and June."""
    spring = autumn + 1
    thanksgiving = nth(autumn, 11, THURSDAY, 4)
    lead = district.thanksgiving_days - 2
    memorial = nth(spring, 6, MONDAY, 1) - timedelta(7)
    winter = nth(autumn, 12, MONDAY, 1)
    while winter < date(autumn, 12, 19):
        winter += timedelta(7)
    closures = [
        Closure(
            "Thanksgiving break",
            weekdays_from(thanksgiving - timedelta(lead), district.thanksgiving_days),
        ),
        Closure("Winter break", weekdays_from(winter, 10)),
        Closure("Martin Luther King Jr. Day", (nth(spring, 1, MONDAY, 3),)),
        Closure("Grading day", (last_friday_of_january(spring),)),
        Closure("Presidents' Day", (nth(spring, 2, MONDAY, 3),)),
        Closure("Spring break", weekdays_from(nth(spring, 3, MONDAY, 4), 5)),
        Closure("Memorial Day", (memorial,)),
        Closure("Family conferences", weekdays_from(nth(autumn, 11, THURSDAY, 3), 2)),
    ]
    closures += [*veterans_day(autumn), *staff_days(district, autumn)]
    return sorted(
        [*closures, *snow_days(district, autumn, seed)], key=lambda one: one.days
    )


def last_friday_of_january(spring: int) -> date:
    """Find the day on which the first semester's grades are written."""
    return nth(spring, 2, FRIDAY, 1) - timedelta(7)


def veterans_day(autumn: int) -> list[Closure]:
    """Close on 11 November when it is a weekday."""
    day = date(autumn, 11, 11)
    return [Closure("Veterans Day", (day,))] if day.weekday() <= FRIDAY else []


def staff_days(district: District, autumn: int) -> list[Closure]:
    """Close on the days when only staff come in."""
    if district == CINDER:
        months = ((autumn, 10), (autumn, 12), (autumn + 1, 2), (autumn + 1, 4))
        days = tuple(nth(year, month, FRIDAY, 2) for year, month in months)
        rule = "FREQ=MONTHLY;INTERVAL=2;BYDAY=2FR;COUNT=4"
        return [Closure("Staff learning day", days, rule)]
    shift = district.number % 3
    return [
        Closure("Statewide staff learning day", (nth(autumn, 10, FRIDAY, 2),)),
        Closure("Staff planning day", (nth(autumn, 9, FRIDAY, 4 - shift % 2),)),
        Closure("Staff planning day", (nth(autumn + 1, 4, MONDAY, 1 + shift),)),
    ]


def snow_days(district: District, autumn: int, seed: int) -> list[Closure]:
    """Close for weather, at most twice a winter."""
    chance = Chance(seed, "snow", district.name, autumn)
    fixed = [nth(autumn + 1, 1, TUESDAY, 2), nth(autumn + 1, 2, TUESDAY, 1)]
    days = [day + timedelta(chance.between(0, 2)) for day in fixed]
    return [Closure("Snow day", (day,)) for day in days if chance.happens(0.45)]


def list_school_days(district: District, autumn: int, seed: int) -> list[date]:
    """List the instructional days: from after Labor Day until the days are full."""
    closures = find_closures(district, autumn, seed)
    closed = {day for closure in closures for day in closure.days}
    first = nth(autumn, 9, MONDAY, 1) + timedelta(1)
    days = [day for day in weekdays_from(first, 230) if day not in closed]
    return days[: district.school_days]
