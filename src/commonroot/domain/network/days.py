"""Days as people say them, with the day of the week, in the language that is spoken."""

import datetime as dt

from django.utils.formats import date_format
from django.utils.translation import gettext as _


def say_day(day: dt.date) -> str:
    """Say a day of about now: "Thursday, May 14".

    >>> say_day(dt.date(2026, 5, 14))
    'Thursday, May 14'
    """
    return date_format(day, _("l, F j"))


def say_day_and_year(day: dt.date) -> str:
    """Say a day of any year: "Thursday, May 14, 2026".

    >>> say_day_and_year(dt.date(2026, 5, 14))
    'Thursday, May 14, 2026'
    """
    return date_format(day, _("l, F j, Y"))
