"""Whether somebody prepares or teaches a series, or is in its room."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from commonroot.domain.learning.choices import Part, SeatState
from commonroot.domain.learning.models import Facilitation, Series
from commonroot.domain.learning.queries import series_seen_by
from commonroot.domain.learning.rules import PREPARE_WORKSHOPS
from commonroot.domain.network.models import Person
from commonroot.domain.network.sight import find_reason


def teaches(person: Person, series: Series) -> bool:
    """Say whether somebody leads or co-facilitates any session of a series."""
    taught = Facilitation.objects.filter(session__series=series, person=person)
    return taught.exclude(part=Part.OBSERVER).exists() and has_sight(person, series)


def has_sight(person: Person, series: Series) -> bool:
    """Say whether somebody still sees the series at all."""
    return series_seen_by(person).filter(pk=series.pk).exists()


def need_to_prepare(by: Person, series: Series) -> str:
    """Say why somebody may prepare a series; raises PermissionDenied otherwise."""
    reason = find_reason(by, PREPARE_WORKSHOPS, series.place)
    if reason is not None:
        return str(reason)
    if teaches(by, series):
        return f"Teaches, {series}"[:200]
    raise PermissionDenied


def is_in_room(person: Person, series: Series) -> bool:
    """Say whether somebody is in the room of a series: has a seat, or teaches it."""
    there = Q(seats__person=person, seats__state=SeatState.COMING)
    there |= Q(sessions__facilitations__person=person)
    return series_seen_by(person).filter(there, pk=series.pk).exists()


def need_to_be_in_room(by: Person, series: Series) -> str:
    """Say why somebody may speak in the room; raises PermissionDenied otherwise."""
    if not is_in_room(by, series):
        raise PermissionDenied
    return f"In the room, {series}"[:200]
