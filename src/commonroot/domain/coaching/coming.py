"""What of visits belongs in somebody's week."""

import datetime as dt

from django.db.models import Q
from django.utils.translation import gettext as _

from commonroot.domain.coaching.choices import VisitState
from commonroot.domain.coaching.models import Visit
from commonroot.domain.coaching.queries import visits_at_work
from commonroot.domain.network.coming import Coming, ComingKind
from commonroot.domain.network.models import Person


def find_coming(viewer: Person, first: dt.date, last: dt.date) -> list[Coming]:
    """Find the visits of the coming days, those that wait for one's answer, and those that
    were agreed and not yet told of.
    """
    open_ones = visits_at_work(viewer).filter(
        Q(state=VisitState.ASKED) | Q(state=VisitState.AGREED, day__lte=last)
    )
    return [
        found for each in open_ones if (found := tell(viewer, each, first)) is not None
    ]


def tell(viewer: Person, visit: Visit, first: dt.date) -> Coming | None:
    """Tell one visit; nothing of one that only the other can answer."""
    is_coach = visit.pair.coach_id == viewer.pk
    other = visit.pair.teacher if is_coach else visit.pair.coach
    if visit.state == VisitState.ASKED:
        if visit.asked_by_id == viewer.pk:
            return None
        return say(
            visit,
            ComingKind.DUE,
            _("%(name)s waits for your answer about a visit") % {"name": other.name},
            min(visit.day, first),
        )
    if visit.day < first:
        return say(
            visit,
            ComingKind.DUE,
            _("Was the visit with %(name)s held?") % {"name": other.name},
        )
    words = (_("Visit with %(name)s") if is_coach else _("%(name)s visits you")) % {
        "name": other.name
    }
    return say(visit, ComingKind.MEETING, words, timed=True)


def say(
    visit: Visit,
    kind: ComingKind,
    words: str,
    due: dt.date | None = None,
    *,
    timed: bool = False,
) -> Coming:
    """Say one line of a week about a visit; what is asked of somebody is due now."""
    return Coming(
        kind,
        words,
        due or visit.day,
        "coaching:show-visit",
        visit.pk,
        visit.school,
        visit.starts if timed else None,
        visit.minutes if timed else 0,
        *((_("The visit on paper"), "coaching:print-visit", visit.pk) if timed else ()),
    )
