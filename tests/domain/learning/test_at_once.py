"""Two who want the last seat at the same moment: one gets it, and the other waits."""

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core import mail
from django.db import connection

from commonroot.domain.learning.models import Seat, Series, Session, Workshop
from commonroot.domain.learning.seat_actions import answer_seat, ask_for_seat
from commonroot.domain.network.sight import today


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


def offer(cast, seats):
    """Offer a series of the district that is open, with a session to come."""
    workshop = Workshop.objects.create(place=cast.North, name="Roots")
    series = Series.objects.create(
        workshop=workshop, place=cast.North, state="open", capacity=seats
    )
    Session.objects.create(
        series=series,
        day=today() + dt.timedelta(days=7),
        starts=dt.time(9),
        minutes=120,
    )
    return series


def list_states(series):
    return sorted(series.seats.values_list("state", flat=True))


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_for_the_last_seat_at_once_get_one_seat_and_one_waits(cast):
    series = offer(cast, seats=1)
    press_at_once(
        [
            lambda person=person: ask_for_seat(by=person, series=series)
            for person in (cast.Ana, cast.Grace)
        ]
    )

    assert list_states(series) == ["coming", "waiting"]


@pytest.mark.django_db(transaction=True)
def test_somebody_who_presses_twice_at_once_has_one_seat(cast):
    series = offer(cast, seats=2)
    press_at_once([lambda: ask_for_seat(by=cast.Ana, series=series)] * 3)

    assert list_states(series) == ["coming"]


@pytest.mark.django_db(transaction=True)
def test_two_seats_let_go_at_once_are_given_to_two_who_wait_each_told_once(cast):
    series = offer(cast, seats=2)
    for person in (cast.Ana, cast.Ben, cast.Grace, cast.Hugo):
        ask_for_seat(by=person, series=series)
    mail.outbox.clear()
    gone = list(Seat.objects.filter(series=series, state="coming"))
    press_at_once(
        [
            lambda seat=seat: answer_seat(seat=seat, is_coming=False, by=seat.person)
            for seat in gone
        ]
    )

    assert list_states(series) == ["coming", "coming", "declined", "declined"]
    assert sorted(letter.to for letter in mail.outbox) == [
        ["grace@example.org"],
        ["hugo@example.org"],
    ]
