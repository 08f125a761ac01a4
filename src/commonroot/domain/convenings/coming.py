"""What of convenings belongs in somebody's week: the day, plans, whom one met."""

import datetime as dt

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from commonroot.domain.convenings.choices import AUTUMN, Answer, Audience, WordsKind
from commonroot.domain.convenings.models import (
    ConveningAgreement,
    MadeConnection,
    Naming,
    Words,
)
from commonroot.domain.convenings.queries import (
    convenings_seen_by,
    plans_owned_by,
    teams_of,
)
from commonroot.domain.convenings.rules import PREPARE
from commonroot.domain.network.coming import Coming, ComingKind
from commonroot.domain.network.models import Person
from commonroot.domain.network.sight import places_where

LONG_AGO, MONTH = dt.timedelta(days=400), dt.timedelta(days=31)


def find_coming(viewer: Person, first: dt.date, last: dt.date) -> list[Coming]:
    """Find what of convenings comes up for somebody from one day to another."""
    return [
        *find_days(viewer, first, last),
        *find_invitations(viewer, first, last),
        *find_to_review(viewer, first, last),
        *find_meant(viewer, first, last),
        *find_planned(viewer, first, last),
        *find_met(viewer, last),
    ]


def find_days(viewer: Person, first: dt.date, last: dt.date) -> list[Coming]:
    """Find the convenings themselves."""
    return [
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


def find_invitations(viewer: Person, first: dt.date, last: dt.date) -> list[Coming]:
    """Find the invitations that somebody's team has not answered."""
    invited = teams_of(viewer).filter(answer=Answer.INVITED, convening__day__gte=first)
    return [
        Coming(
            ComingKind.DUE,
            _("Does your team come to %(name)s?") % {"name": each.convening.name},
            last,
            "convenings:show-team",
            each.pk,
            each.school,
        )
        for each in invited
    ]


def find_planned(viewer: Person, first: dt.date, last: dt.date) -> list[Coming]:
    """Find the plans that somebody sees to and that are due, or overdue."""
    plans = plans_owned_by(viewer).filter(
        outcome="", by_when__range=(first - LONG_AGO, last)
    )
    return [
        Coming(
            ComingKind.PROMISED,
            _("In %(month)s you planned: %(step)s")
            % {
                "month": date_format(each.team.convening.day, "F"),
                "step": each.first_step,
            },
            each.by_when,
            "convenings:show-convening",
            each.team.convening_id,
            each.team.school,
        )
        for each in plans.select_related("team__convening", "team__school")
    ]


def find_met(viewer: Person, last: dt.date) -> list[Coming]:
    """Find the people whom somebody met and wanted to write to by now."""
    met = MadeConnection.objects.filter(by=viewer, done=None, next_contact__lte=last)
    return [
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


def find_meant(viewer: Person, first: dt.date, last: dt.date) -> list[Coming]:
    """Find what somebody meant to do, in the weeks in which plans come back."""
    back = dt.date(last.year, *AUTUMN)
    if last < back or first > back + MONTH:
        return []
    meant = Words.objects.filter(
        by=viewer,
        kind=WordsKind.INTENTION,
        convening__day__gt=dt.date(last.year - 1, *AUTUMN),
        convening__day__lte=back,
        convening__in=convenings_seen_by(viewer).values("pk"),
    ).select_related("convening__place")
    return [
        Coming(
            ComingKind.PROMISED,
            _("In %(month)s you meant to: %(text)s")
            % {"month": date_format(each.convening.day, "F"), "text": each.text},
            back,
            "convenings:show-convening",
            each.convening_id,
            each.convening.place,
        )
        for each in meant
    ]


def find_to_review(viewer: Person, first: dt.date, last: dt.date) -> list[Coming]:
    """Find agreements to look at again, and celebrations in which one is named."""
    agreements = ConveningAgreement.objects.filter(
        convening__place__in=places_where(viewer, PREPARE),
        agreed__isnull=False,
        ended=None,
        review__range=(first - LONG_AGO, last),
    ).select_related("convening__place")
    named = (
        Naming.objects.filter(
            person=viewer,
            said_yes=None,
            words__at__date__gte=first - MONTH,
            words__convening__in=convenings_seen_by(viewer).values("pk"),
        )
        .exclude(words__audience=Audience.ME)
        .select_related("words__convening__place")
    )
    return [
        Coming(
            ComingKind.DUE,
            _("Look at it again: “%(agreement)s”") % {"agreement": each.text},
            each.review,
            "convenings:prepare",
            each.convening_id,
            each.convening.place,
        )
        for each in agreements
    ] + [
        Coming(
            ComingKind.DUE,
            _("Somebody names you in a celebration. May others read it?"),
            last,
            "convenings:show-convening",
            each.words.convening_id,
            each.words.convening.place,
        )
        for each in named
    ]
