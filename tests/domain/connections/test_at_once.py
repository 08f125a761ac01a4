"""Whoever presses at the same moment loses nothing and gets nothing twice."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core import mail
from django.db import connection

from commonroot.domain.connections import match_actions
from commonroot.domain.connections.choices import CURRENT, MatchState, Standing
from commonroot.domain.connections.models import Match, Participant
from domain.connections.people_of_rounds import (
    add_educator,
    join,
    list_names,
    match_two,
    open_round,
    settle,
)


def press_at_once(deeds):
    """Do deeds at the same moment; one after the other where a database does one at a time."""
    ready = threading.Barrier(len(deeds))

    def press(deed):
        try:
            ready.wait()
            deed()
        finally:
            connection.close()

    if connection.vendor == "sqlite":
        for deed in deeds:
            deed()
    else:
        with ThreadPoolExecutor(len(deeds)) as pool:
            list(pool.map(press, deeds))


@pytest.mark.django_db(transaction=True)
def test_both_say_yes_at_the_same_moment_and_it_is_confirmed_once(cast):
    match = match_two(cast, cast.Grace, add_educator("One", cast.Oak))
    press_at_once(
        [
            lambda person=person: match_actions.accept_match(by=person, match=match)
            for person in (match.new, match.seasoned, match.new, match.seasoned)
        ]
    )

    match.refresh_from_db()
    assert match.state == MatchState.CONFIRMED
    subjects = [each.subject for each in mail.outbox]
    assert subjects.count("You both said yes") == 2


@pytest.mark.django_db(transaction=True)
def test_many_say_no_at_the_same_moment_and_nobody_gets_two_or_a_repeat(cast):
    around = open_round(cast)
    for number in range(4):
        join(around, add_educator(f"New {number}", cast.Oak), place=cast.Oak)
        old = add_educator(f"Old {number}", cast.Oak)
        join(around, old, Standing.SEASONED, place=cast.Oak)
    list_names(cast, around)
    settle(cast, around)
    matches = list(Match.objects.filter(round=around))
    assert len(matches) == 4
    press_at_once(
        [
            lambda person=person, match=match: match_actions.decline_match(
                by=person, match=match
            )
            for match in matches
            for person in (match.new, match.seasoned)
        ]
    )

    now = Match.objects.filter(round=around, state__in=CURRENT)
    assert now.count() == len(set(now.values_list("new", flat=True)))
    assert now.count() == len(set(now.values_list("seasoned", flat=True)))
    everyone = Match.objects.filter(round=around)
    assert everyone.count() == len(set(everyone.values_list("new", "seasoned")))
    without = Participant.objects.filter(
        round=around, standing=Standing.NEW, told_unmatched__isnull=False
    )
    assert now.count() + without.count() == 4
