"""What of connections belongs in somebody's week."""

import datetime as dt

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from commonroot.domain.connections.audience import educator_roles
from commonroot.domain.connections.choices import (
    CURRENT,
    MatchState,
    RoundState,
    write_practice,
)
from commonroot.domain.connections.match_actions import (
    find_ask_day,
    find_other,
    find_prompt,
)
from commonroot.domain.connections.models import (
    FollowUp,
    Match,
    Participant,
    Question,
)
from commonroot.domain.connections.round_queries import matches_of, rounds_run_by
from commonroot.domain.network.coming import Coming, ComingKind
from commonroot.domain.network.models import Person
from commonroot.domain.network.sight import today

DAYS_TO_ANSWER = dt.timedelta(days=7)


def find_coming(viewer: Person, first: dt.date, last: dt.date) -> list[Coming]:
    """Tell what is due for somebody from one day to another, and whom they meet.

    What was due before and still waits stands on the first day of the time asked for.
    """
    found: list[Coming] = []
    if educator_roles(viewer).exists():
        own = list(matches_of(viewer).filter(state__in=CURRENT))
        found += list_meetings(viewer, own)
        found += list_answers(viewer, own)
        found += list_questions(viewer)
        found += list_follow_ups(viewer, own)
        found += list_looks(viewer)
    found += list_rounds_due(viewer)
    return [each for each in found if is_in(each, first, last)]


def is_in(coming: Coming, first: dt.date, last: dt.date) -> bool:
    """Say whether something stands in a time: what waits since before does, from today on."""
    if coming.kind == ComingKind.DUE and coming.day < first <= today() <= last:
        return True
    return first <= coming.day <= last


def list_meetings(viewer: Person, own: list[Match]) -> list[Coming]:
    """List whom somebody meets, and what the two wanted to talk about."""
    return [
        Coming(
            ComingKind.MEETING,
            _("Meet %(name)s") % {"name": find_other(match, viewer).name},
            match.meets_on,
            "connections:show-match",
            match.pk,
            starts=match.meets_at,
            minutes=30 if match.meets_at else 0,
            bring=", ".join(
                write_practice(value)
                for kind, value in match.reasons
                if kind == "practice"
            ),
        )
        for match in own
        if match.meets_on and match.state == MatchState.CONFIRMED
    ]


def list_answers(viewer: Person, own: list[Match]) -> list[Coming]:
    """List the matches that wait for somebody's yes or no."""
    return [
        Coming(
            ComingKind.DUE,
            _("Say yes or no: would you like to meet %(name)s?")
            % {"name": find_other(match, viewer).name},
            match.made + DAYS_TO_ANSWER,
            "connections:show-match",
            match.pk,
        )
        for match in own
        if match.state == MatchState.PROPOSED
        and (
            match.new_said_yes if viewer.pk == match.new_id else match.seasoned_said_yes
        )
        is None
    ]


def list_questions(viewer: Person) -> list[Coming]:
    """List the questions that wait for somebody's answer."""
    waiting = (
        Question.objects.filter(
            Q(match__new=viewer) | Q(match__seasoned=viewer),
            match__state__in=CURRENT,
            answered=None,
        )
        .exclude(by=viewer)
        .select_related("by")
    )
    return [
        Coming(
            ComingKind.DUE,
            _("Answer %(name)s’s question") % {"name": each.by.name},
            timezone.localdate(each.asked) + DAYS_TO_ANSWER,
            "connections:show-match",
            each.match_id,
        )
        for each in waiting
    ]


def list_follow_ups(viewer: Person, own: list[Match]) -> list[Coming]:
    """List the matches that are asked how it goes, and were not told about yet."""
    said = set(
        FollowUp.objects.filter(person=viewer, match__in=own).values_list(
            "match", "prompt"
        )
    )
    found = []
    for match in own:
        prompt = find_prompt(match)
        if prompt is None or (match.pk, prompt.value) in said:
            continue
        found.append(
            Coming(
                ComingKind.DUE,
                _("Two taps: have you met %(name)s? What helps?")
                % {"name": find_other(match, viewer).name},
                find_ask_day(match, prompt),
                "connections:say-how-it-goes",
                match.pk,
            )
        )
    return found


def list_looks(viewer: Person) -> list[Coming]:
    """List the lists of names that somebody may still go through."""
    open_lists = Participant.objects.filter(
        person=viewer,
        left=None,
        round__state=RoundState.LISTED,
        round__strike_by__gte=today(),
    ).select_related("round__place")
    return [
        Coming(
            ComingKind.DUE,
            _("Look through your list: %(name)s") % {"name": each.round.name},
            each.round.strike_by,
            "connections:show-list",
            each.pk,
            place=each.round.place,
        )
        for each in open_lists
    ]


def list_rounds_due(viewer: Person) -> list[Coming]:
    """List the rounds that wait for a deed, for all who may run them.

    Whoever opened one may have forgotten it, or left; those in it would wait for good.
    """
    waiting = {
        RoundState.OPEN: _("Make the lists: %(name)s"),
        RoundState.LISTED: _("Settle the round: %(name)s"),
    }
    return [
        Coming(
            ComingKind.DUE,
            waiting[RoundState(each.state)] % {"name": each.name},
            (each.join_by if each.state == RoundState.OPEN else each.strike_by)
            + dt.timedelta(days=1),
            "connections:run-round",
            each.pk,
            place=each.place,
        )
        for each in rounds_run_by(viewer).filter(
            state__in=[each.value for each in waiting]
        )
    ]
