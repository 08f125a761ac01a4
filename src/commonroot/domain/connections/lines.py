"""Who stands above whom: nobody is matched with a person who evaluates them."""

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from commonroot.domain.connections.fitting import Pair
from commonroot.domain.connections.models import Round
from commonroot.domain.network.choices import RoleKind
from commonroot.domain.network.models import Role, Within
from commonroot.domain.network.sight import today

# Whom a role evaluates, directly or through others, at its place and everywhere inside.
EVALUATES = {
    RoleKind.PRINCIPAL: frozenset(RoleKind) - {RoleKind.DISTRICT_LEADER},
    RoleKind.DISTRICT_LEADER: frozenset(RoleKind) - {RoleKind.BOARD_MEMBER},
    RoleKind.PARTNERSHIP_DIRECTOR: frozenset(
        {
            RoleKind.NETWORK_FACILITATOR,
            RoleKind.REGIONAL_COACH,
            RoleKind.LIBRARIAN,
            RoleKind.EVALUATOR,
        }
    ),
}


def roles_held(
    people: Iterable[uuid.UUID], first: dt.date, last: dt.date
) -> QuerySet[Role]:
    """List the roles that people hold today, or at any moment from one day to another."""
    day = today()
    held = Q(first__lte=day) & (Q(last=None) | Q(last__gte=day))
    during = Q(first__lte=last) & (Q(last=None) | Q(last__gte=first))
    return Role.objects.filter(held | during, person__in=list(people))


def find_lines(around: Round, people: Iterable[uuid.UUID]) -> set[Pair]:
    """Find every two of some people of whom one evaluates the other.

    A principal and everybody of the school and its departments, a district leader and
    everybody of the district: by the roles of today, and by those of the round's time.
    Two such people need not hold their roles on the same day.
    """
    roles = list(roles_held(people, around.first, around.last))
    inside: dict[uuid.UUID, set[uuid.UUID]] = {}
    for place, above in Within.objects.filter(
        place__in={role.place_id for role in roles}
    ).values_list("place", "around"):
        inside.setdefault(above, set()).add(place)
    return {
        frozenset({str(above.person_id), str(role.person_id)})
        for above in roles
        if above.kind in EVALUATES
        for role in roles
        if role.kind in EVALUATES[RoleKind(above.kind)]
        and role.person_id != above.person_id
        and role.place_id in inside.get(above.place_id, set())
    }
