"""What people write about a partnership, tidied, and the days they name."""

import datetime as dt

from django.utils.translation import gettext as _

from commonroot.domain.network.sight import today
from commonroot.domain.partnerships.reasons import PartnershipError
from commonroot.domain.partnerships.years import EARLIEST, LATEST


def tidy(text: str, most: int) -> str:
    """Tidy what somebody wrote: single spaces, and no longer than is kept.

    >>> tidy("  two   days ", 5)
    'two d'
    """
    return " ".join(text.split())[:most]


def need_words(text: str, most: int) -> str:
    """Tidy what somebody wrote; raises PartnershipError when it is nothing."""
    words = tidy(text, most)
    if not words:
        raise PartnershipError(_("Write something first."))
    return words


def need_past(day: dt.date) -> dt.date:
    """Give a day that has come; raises PartnershipError for another."""
    if day > today():
        raise PartnershipError(_("Choose today or a day before it."))
    return need_day(day)


def need_coming(day: dt.date | None) -> dt.date:
    """Give a day that is today or still to come; raises PartnershipError for another."""
    if day is None or day < today():
        raise PartnershipError(_("Choose today or a day to come."))
    return need_day(day)


def need_day(day: dt.date) -> dt.date:
    """Give a day in a year that one may speak of; raises PartnershipError for another."""
    if not EARLIEST <= day.year <= LATEST:
        raise PartnershipError(_("Choose a day of a nearer year."))
    return day
