"""Rounds and matches that an address is about, made for the test of walls."""

import datetime as dt
import uuid

from commonroot.domain.connections.models import Match, Round
from commonroot.domain.network.models import Person


def make_round(place):
    """Make a round of a place."""
    return Round.objects.create(place=place, name="Autumn", closes=dt.date(2099, 9, 1))


def make_match(place, person):
    """Make a match of somebody with a stranger."""
    stranger = Person.objects.create_user(
        f"{uuid.uuid4()}@example.org", name="Stranger"
    )
    return Match.objects.create(round=make_round(place), new=person, seasoned=stranger)


MADE = {"round": make_round}
# Things that belong to whoever they are made with.
OWN = {"match": make_match}
