"""Which schools changed something: they are no comparison for one another."""

import datetime as dt
import uuid
from collections.abc import Mapping

from commonroot.domain.teams.models import Change


def find_schools_that_changed(
    conditions: Mapping[str, str], first: dt.date, last: dt.date
) -> set[uuid.UUID]:
    """Find the schools that began to change something of a slice's kind between two days.

    Of a kind are slices that have a place, a time or another condition in common. A
    change of a pattern that a team named itself could be anywhere, so its school is among
    them. This is for counting, and is shown to nobody.
    """
    begun = Change.objects.filter(start__range=(first, last)).values_list(
        "cycle__team__place", "cycle__conditions"
    )
    return {
        place
        for place, own in begun
        if not own or any(own[name] == conditions.get(name) for name in own)
    }
