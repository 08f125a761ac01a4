"""Two different numbers of hours: what was delivered, and what people took part in.

A session of two hours with twenty people is two *delivered* hours, whoever teaches it,
and up to forty *participant* hours. They are never added and never stand without their
name.
"""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Count, QuerySet, Sum

from commonroot.domain.learning.choices import Part, Side
from commonroot.domain.learning.models import Attendance, Facilitation, Session
from commonroot.domain.network.models import Place
from commonroot.domain.network.school_years import days_of


def sessions_held(around: Place, first: dt.date, last: dt.date) -> QuerySet[Session]:
    """List the sessions held from one day to another for a place or one inside it."""
    return Session.objects.filter(
        series__place__surroundings__around=around,
        day__gte=first,
        day__lte=last,
        held__isnull=False,
    )


def count_presence(around: Place, first: dt.date, last: dt.date) -> dict[Side, int]:
    """Count the minutes taught by people from outside and by a place's own.

    Everybody who leads or co-facilitates a session counts for all of it; whoever observes
    does not.
    """
    taught = (
        Facilitation.objects.filter(session__in=sessions_held(around, first, last))
        .exclude(part=Part.OBSERVER)
        .values("side")
        .annotate(whole=Sum("session__minutes"))
    )
    found = {row["side"]: row["whole"] for row in taught}
    return {side: found.get(side.value, 0) for side in Side}


@dataclass(frozen=True)
class Hours:
    """The two numbers of a series, in minutes, and how many people took part.

    `people` are never fewer than those who were there for a minute.
    """

    delivered: int = 0
    participant: int = 0
    sessions: int = 0
    people: int = 0


def count_hours(sessions: QuerySet[Session]) -> dict[uuid.UUID, Hours]:
    """Count the hours of sessions by their series, in two queries however many there are."""
    held = sessions.filter(held__isnull=False).order_by()
    delivered = {
        row["series"]: (row["whole"], row["times"])
        for row in held.values("series").annotate(
            whole=Sum("minutes"), times=Count("pk")
        )
    }
    present = Attendance.objects.filter(session__in=held.values("pk")).order_by()
    took_part = {
        row["session__series"]: (row["whole"], row["people"])
        for row in present.values("session__series").annotate(
            whole=Sum("minutes"), people=Count("seat", distinct=True)
        )
    }
    return {
        key: Hours(
            whole, took_part.get(key, (0, 0))[0], times, took_part.get(key, (0, 0))[1]
        )
        for key, (whole, times) in delivered.items()
    }


def find_year(name: str) -> tuple[dt.date, dt.date] | None:
    """Find the first and the last day of a school year by its name.

    >>> find_year("2025-26")
    (datetime.date(2025, 7, 1), datetime.date(2026, 6, 30))
    >>> find_year("2025-27") is None and find_year("last year") is None
    True
    """
    try:
        return days_of(name)
    except ValueError:
        return None
