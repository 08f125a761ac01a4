"""Where a facilitator comes from, proposed from what they do in the network."""

import datetime as dt

from commonroot.domain.learning.choices import Side, Standing
from commonroot.domain.network.models import Person
from commonroot.domain.network.rules import NETWORK
from commonroot.domain.network.sight import current_roles

YEAR = dt.timedelta(days=365)


def propose_side(person: Person, on: dt.date) -> Side:
    """Propose from which side somebody comes: outside when the partner sends them."""
    is_sent = any(role.kind in NETWORK for role in current_roles(person, on))
    return Side.OUTSIDE if is_sent else Side.OWN


def propose_standing(person: Person, on: dt.date) -> Standing:
    """Propose whether somebody is new: whose first role began less than a year before."""
    first = person.roles.order_by("first").values_list("first", flat=True).first()
    return Standing.NEW if first is None or on - first < YEAR else Standing.SEASONED
