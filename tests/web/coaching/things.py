"""Visits that an address is about, made for the test of walls."""

import datetime as dt
import uuid

from django.utils import timezone

from commonroot.domain.coaching.choices import Part, VisitState
from commonroot.domain.coaching.models import Pair, Visit, VisitNote
from commonroot.domain.coaching.words import seal_note
from commonroot.domain.network.models import Person


def make_visit(place, person):
    """Make a visit that somebody holds as a coach."""
    return add_visit(place, coach=person, teacher=make_stranger())


def make_visited(place, person):
    """Make a visit to somebody's room."""
    return add_visit(place, coach=make_stranger(), teacher=person)


def make_stranger():
    return Person.objects.create_user(f"{uuid.uuid4()}@example.org", name="Stranger")


def add_visit(place, *, coach, teacher, state=VisitState.HELD):
    pair, _made = Pair.objects.get_or_create(coach=coach, teacher=teacher)
    return Visit.objects.create(
        pair=pair, school=place, day=dt.date(2026, 1, 7), state=state
    )


def make_note(place, person):
    """Make a line that somebody wrote in a visit that they hold as a coach."""
    visit, key = make_visit(place, person), uuid.uuid4()
    return VisitNote.objects.create(
        pk=key,
        visit=visit,
        part=Part.SEEN,
        by=person,
        at=timezone.now(),
        sealed=seal_note(visit, key, Part.SEEN, "We saw."),
    )


MADE = {}
# Things that belong to whoever they are made with.
OWN = {"visit": make_visit, "visited": make_visited, "visit note": make_note}
