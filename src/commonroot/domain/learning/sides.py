"""Where a facilitator comes from, proposed from what they do in the network."""

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db.models import Min

from commonroot.domain.learning.choices import Side, Standing
from commonroot.domain.network.models import Person, Role
from commonroot.domain.network.rules import NETWORK
from commonroot.domain.network.sight import current_roles

YEAR = dt.timedelta(days=365)


def propose_side(person: Person, on: dt.date) -> Side:
    """Propose from which side somebody comes: outside when the partner sends them."""
    is_sent = any(role.kind in NETWORK for role in current_roles(person, on))
    return Side.OUTSIDE if is_sent else Side.OWN


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
