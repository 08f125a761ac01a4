"""School years as people count them: from 1 July to 30 June."""

import datetime as dt
import re

from commonroot.intake.dates import FIRST_MONTH, name_school_year

# Years of which one may speak; the year before the earliest still has a name.
EARLIEST, LATEST = 2001, 2098
WRITTEN = re.compile(r"(20\d\d)-(\d\d)")


def name_year(autumn: int) -> str:
    """Name the school year that begins in an autumn.

    >>> name_year(2025), name_year(2099)
    ('2025-26', '2099-00')
    """
    return f"{autumn}-{(autumn + 1) % 100:02d}"


def year_of(day: dt.date) -> str:
    """Name the school year in which a day lies.

    The same as in files of incidents.

    >>> year_of(dt.date(2026, 6, 30)), year_of(dt.date(2026, 7, 1))
    ('2025-26', '2026-27')
    """
    return name_school_year(day)


def days_of(school_year: str) -> tuple[dt.date, dt.date]:
    """Give the first and the last day of a school year. Raises ValueError for what is none.

    >>> days_of("2025-26")
    (datetime.date(2025, 7, 1), datetime.date(2026, 6, 30))
    """
    written = WRITTEN.fullmatch(school_year)
    if written is None or name_year(int(written[1])) != school_year:
        raise ValueError(f"{school_year} is not a school year")
    autumn = int(written[1])
    if not EARLIEST <= autumn <= LATEST:
        raise ValueError(f"{school_year} is not a school year")
    return (
        dt.date(autumn, FIRST_MONTH, 1),
        dt.date(autumn + 1, FIRST_MONTH, 1) - dt.timedelta(days=1),
    )
