"""School years by the autumn in which they begin; each runs from July to June."""

import datetime as dt

from commonroot.intake.dates import FIRST_MONTH

EARLIEST, LATEST = 1990, 2100
LONGEST = 20


def find_autumn(day: dt.date) -> int:
    """Find the school year of a day, by the autumn in which it begins.

    >>> find_autumn(dt.date(2026, 6, 30)), find_autumn(dt.date(2026, 7, 1))
    (2025, 2026)
    """
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def begin_year(autumn: int) -> dt.date:
    """Give the first day of a school year.

    >>> begin_year(2025)
    datetime.date(2025, 7, 1)
    """
    return dt.date(autumn, FIRST_MONTH, 1)


def end_year(autumn: int) -> dt.date:
    """Give the last day of a school year.

    >>> end_year(2025)
    datetime.date(2026, 6, 30)
    """
    return begin_year(autumn + 1) - dt.timedelta(days=1)
