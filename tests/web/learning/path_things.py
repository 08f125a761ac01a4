"""Paths and attended seats that an address is about, made for the test of walls."""

import datetime as dt
import uuid

from django.utils import timezone

from commonroot.domain.learning.models import (
    Attendance,
    Seat,
    Series,
    Session,
    Workshop,
)
from commonroot.domain.learning.path_models import IssuedBadge, Path
from commonroot.domain.network.models import Person


def make_stranger():
    return Person.objects.create_user(f"{uuid.uuid4()}@example.org", name="Stranger")


def make_path(place, person=None):
    """Make a path that somebody walks."""
    return Path.objects.create(
        region=place,
        person=person or make_stranger(),
        mentor=make_stranger(),
        begun=dt.date(2026, 1, 7),
    )


def make_own_path(place, person):
    """Make a path that somebody walks, in a network of its own."""
    found = Path.objects.filter(region=place, person=person).first()
    return found or make_path(place, person)


def make_seat(place, person):
    """Make a seat in a session that somebody attended."""
    workshop = Workshop.objects.create(place=place, name=f"W {uuid.uuid4().hex}")
    series = Series.objects.create(workshop=workshop, place=place)
    session = Session.objects.create(
        series=series,
        day=dt.date(2026, 1, 7),
        starts=dt.time(9),
        minutes=120,
        held=timezone.now(),
    )
    seat = Seat.objects.create(series=series, person=person, state="coming")
    Attendance.objects.create(session=session, seat=seat, minutes=90, way="list")
    return seat


def make_badge_seat(place, person):
    """Make an attended seat for which a badge was issued."""
    seat = make_seat(place, person)
    IssuedBadge.objects.create(
        seat=seat, number=IssuedBadge.objects.count(), issued=timezone.now()
    )
    return seat


PATHS = {"any path": make_path}
OWN_PATHS = {
    "path": make_own_path,
    "attended seat": make_seat,
    "badge seat": make_badge_seat,
}
