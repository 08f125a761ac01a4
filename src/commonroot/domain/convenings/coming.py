"""What of convenings belongs in somebody's week: the day, plans, whom one met."""

import datetime as dt

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from commonroot.domain.convenings.choices import Answer
from commonroot.domain.convenings.models import MadeConnection, Plan
from commonroot.domain.convenings.queries import convenings_seen_by, teams_of
from commonroot.domain.network.coming import Coming, ComingKind
from commonroot.domain.network.models import Person

LONG_AGO = dt.timedelta(days=400)


def find_coming(viewer: Person, first: dt.date, last: dt.date) -> list[Coming]:
    """Find the convening of the week, invitations to answer, plans and people to write to."""
    found = [
        Coming(
            ComingKind.MEETING,
            each.name,
            each.day,
            "convenings:show-convening",
            each.pk,
            each.place,
            each.starts,
        )
        for each in convenings_seen_by(viewer).filter(day__range=(first, last))
    ]
    found += [
        Coming(
            ComingKind.DUE,
            _("Does your team come to %(name)s?") % {"name": each.convening.name},
            last,
            "convenings:show-team",
            each.pk,
            each.school,
        )
        for each in teams_of(viewer).filter(
            answer=Answer.INVITED, convening__day__gte=first
        )
    ]
    plans = Plan.objects.filter(
        owner=viewer,
        outcome="",
        by_when__range=(first - LONG_AGO, last),
        team__in=teams_of(viewer).values("pk"),
    )
    found += [
        Coming(
            ComingKind.PROMISED,
            _("In %(month)s you planned: %(step)s")
            % {
                "month": date_format(each.team.convening.day, "F"),
                "step": each.first_step,
            },
            each.by_when,
            "convenings:show-team",
            each.team_id,
            each.team.school,
        )
        for each in plans.select_related("team__convening", "team__school")
    ]
    met = MadeConnection.objects.filter(
        by=viewer, done=None, next_contact__lte=last
    ).select_related("convening")
    return found + [
        Coming(
            ComingKind.PROMISED,
            _("Write to %(name)s, whom you met at the convening")
            % {"name": each.other},
            each.next_contact,
            "convenings:show-convening",
            each.convening_id,
        )
        for each in met
    ]
