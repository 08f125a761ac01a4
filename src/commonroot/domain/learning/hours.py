"""Two different numbers of hours: what was delivered, and what people took part in.

A session of two hours with twenty people is two *delivered* hours, whoever teaches it,
and up to forty *participant* hours. They are never added and never stand without their
name.
"""

import datetime as dt

from django.db.models import QuerySet, Sum

from commonroot.domain.learning.choices import Part, Side
from commonroot.domain.learning.models import Attendance, Facilitation, Session
from commonroot.domain.network.models import Place


def sessions_held(around: Place, first: dt.date, last: dt.date) -> QuerySet[Session]:
    """List the sessions held from one day to another for a place or one inside it."""
    return Session.objects.filter(
        series__place__surroundings__around=around,
        day__gte=first,
        day__lte=last,
        held__isnull=False,
    )


def count_delivered_minutes(sessions: QuerySet[Session]) -> int:
    """Count the minutes of sessions, each once, however many teach it."""
    return sessions.aggregate(whole=Sum("minutes"))["whole"] or 0


def count_participant_minutes(sessions: QuerySet[Session]) -> int:
    """Count the minutes that people were in sessions, each person's own."""
    present = Attendance.objects.filter(session__in=sessions.values("pk"))
    return present.aggregate(whole=Sum("minutes"))["whole"] or 0


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
