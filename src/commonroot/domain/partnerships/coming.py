"""What of partnerships belongs in somebody's week: steps they own, renewals they hold."""

import datetime as dt

from django.utils.translation import gettext as _

from commonroot.domain.network.coming import Coming, ComingKind
from commonroot.domain.network.models import Person
from commonroot.domain.partnerships.choices import StepState
from commonroot.domain.partnerships.models import Renewal, Step
from commonroot.domain.partnerships.rules import SEE_PARTNERSHIP
from commonroot.domain.partnerships.sides import partnerships_where


def find_coming(viewer: Person, first: dt.date, last: dt.date) -> list[Coming]:
    """Find what comes up for somebody by the last day; what is open from before too."""
    return [*list_steps_due(viewer, last), *list_renewals_due(viewer, first, last)]


def list_steps_due(viewer: Person, last: dt.date) -> list[Coming]:
    """List the open steps that somebody promised, by the day."""
    steps = Step.objects.filter(
        owner=viewer,
        state=StepState.OPEN,
        by_when__lte=last,
        partnership__in=partnerships_where(viewer, SEE_PARTNERSHIP),
    ).select_related("partnership__district")
    return [
        Coming(
            ComingKind.PROMISED,
            each.what,
            each.by_when,
            "partnerships:show-plan",
            each.partnership_id,
            each.partnership.district,
        )
        for each in steps
    ]


def list_renewals_due(viewer: Person, first: dt.date, last: dt.date) -> list[Coming]:
    """List the renewals that somebody holds by the last day and that are not settled."""
    renewals = Renewal.objects.filter(
        owner=viewer,
        ending="",
        day__lte=last,
        partnership__in=partnerships_where(viewer, SEE_PARTNERSHIP),
    ).select_related("partnership__district")
    return [
        Coming(
            ComingKind.MEETING if each.day >= first else ComingKind.DUE,
            _("Renewal talk: %(district)s")
            % {"district": each.partnership.district.name},
            each.day,
            "partnerships:show-renewals",
            each.partnership_id,
            each.partnership.district,
            bring=_("The partnership on one page, printed"),
        )
        for each in renewals
    ]
