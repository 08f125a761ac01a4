"""Where a facilitator comes from, proposed from what they do in the network."""

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db.models import Min

from commonroot.domain.learning.choices import Side, Standing
from commonroot.domain.network.choices import PlaceKind
from commonroot.domain.network.models import Person, Place, Role
from commonroot.domain.network.rules import NETWORK
from commonroot.domain.network.sight import current_roles

YEAR = dt.timedelta(days=365)


def propose_side(person: Person, place: Place, on: dt.date) -> Side:
    """Propose from which side somebody comes to teach at a place.

    Their own are those with a role in the district of the place, or in any district for
    what is held for all of them; the network's staff and its coaches come from outside.
    """
    districts = Place.objects.filter(kind=PlaceKind.DISTRICT)
    around = districts.filter(contents__place=place)
    within = around if around.exists() else districts.filter(surroundings__around=place)
    roles = current_roles(person, on).exclude(kind__in=NETWORK)
    is_own = roles.filter(place__surroundings__around__in=within.values("pk")).exists()
    return Side.OWN if is_own else Side.OUTSIDE


def propose_standings(
    people: Iterable[Person], on: dt.date
) -> dict[uuid.UUID, Standing]:
    """Propose who is new: whose first role began less than a year before."""
    keys = [person.pk for person in people]
    began = Role.objects.filter(person__in=keys).order_by().values("person")
    first = dict(
        began.annotate(first_day=Min("first")).values_list("person", "first_day")
    )
    return {
        key: Standing.NEW
        if key not in first or on - first[key] < YEAR
        else Standing.SEASONED
        for key in keys
    }


def propose_standing(person: Person, on: dt.date) -> Standing:
    """Propose whether one person is new."""
    return propose_standings([person], on)[person.pk]
