"""Holding a visit's pair until a transaction ends, for whoever may do something with it."""

from django.core.exceptions import PermissionDenied

from commonroot.domain.coaching.models import Pair, Visit
from commonroot.domain.coaching.queries import find_visit, visits_at_work
from commonroot.domain.network.models import Person


def hold_pair(pair: Pair) -> Pair:
    """Take a pair for oneself until the transaction ends, and read it anew.

    The name of its key changes when its last word goes: whoever seals holds the pair.
    """
    held = Pair.objects.select_for_update(of=("self",))
    return held.select_related("coach", "teacher").get(pk=pair.pk)


def need_own(by: Person, visit: Visit) -> Visit:
    """Give a visit that one works on, and hold its pair; raises PermissionDenied otherwise."""
    if not visits_at_work(by).filter(pk=visit.pk).exists():
        raise PermissionDenied
    return hold(visit)


def need_kept(by: Person, visit: Visit) -> Visit:
    """Give a visit of one's own, also after one's last role has ended, and hold its pair."""
    if find_visit(by, visit.pk) is None:
        raise PermissionDenied
    return hold(visit)


def hold(visit: Visit) -> Visit:
    """Hold the pair of a visit, and read the visit as it is then."""
    pair = hold_pair(visit.pair)
    found = Visit.objects.select_related("school").get(pk=visit.pk)
    found.pair = pair
    return found


def refuse_others(by: Person, visit: Visit) -> None:
    """Raise PermissionDenied for anybody but the teacher who was visited."""
    if visit.pair.teacher_id != by.pk:
        raise PermissionDenied
