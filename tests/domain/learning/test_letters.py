"""Letters of learning reach whoever may still read them, and nobody else."""

import datetime as dt

import pytest
from django.core import mail

from commonroot.domain.learning import seat_actions, series_actions
from commonroot.domain.learning.choices import SeatState, SeriesState
from commonroot.domain.learning.models import Seat, Series, Tool, ToolChoice, Workshop
from commonroot.domain.learning.reminders import ask_about_tools
from commonroot.domain.learning.tasks import digest, send_invitation
from commonroot.domain.network.models import Role
from commonroot.domain.network.sight import today

NEEDS = {"language": "Hmong", "access": "A ramp", "food": "Halal"}


@pytest.fixture
def series(cast):
    workshop = Workshop.objects.create(place=cast.Region, name="Circles")
    made = Series.objects.create(
        workshop=workshop, place=cast.North, state="open", capacity=1
    )
    made.sessions.create(day=today(), starts=dt.time(9), minutes=120)
    return made


def end_roles(person):
    yesterday = today() - dt.timedelta(days=1)
    Role.objects.filter(person=person).update(last=yesterday)


def test_a_seat_that_is_let_go_passes_by_whoever_left_and_reaches_the_next(
    cast, series
):
    first, left, waits = (
        seat_actions.ask_for_seat(by=person, series=series)
        for person in (cast.Ana, cast.Grace, cast.Carla)
    )
    end_roles(cast.Grace)
    seat_actions.answer_seat(seat=first, is_coming=False, by=cast.Ana)
    states = [Seat.objects.get(pk=each.pk).state for each in (left, waits)]

    assert states == [SeatState.WAITING, SeatState.COMING]
    assert [letter.to for letter in mail.outbox] == [["carla@example.org"]]


def test_an_invitation_that_waited_is_not_sent_when_the_series_is_called_off(
    cast, series
):
    seat = seat_actions.invite(
        by=cast.Elena, series=series, guest="Lu", email="lu@example.org"
    )
    assert [letter.to for letter in mail.outbox] == [["lu@example.org"]]
    series_actions.change_series(
        by=cast.Elena, series=series, state=SeriesState.CALLED_OFF
    )
    send_invitation.enqueue(str(seat.pk), 1)

    assert len(mail.outbox) == 1


def test_nobody_is_asked_about_a_tool_when_their_last_role_has_ended(cast, series):
    tool = Tool.objects.create(workshop=series.workshop, name="Greeting at the door")
    for person in (cast.Grace, cast.Ana):
        ToolChoice.objects.create(
            series=series, person=person, tool=tool, chosen=today(), ask_on=today()
        )
    end_roles(cast.Grace)
    ask_about_tools()

    assert [letter.to for letter in mail.outbox] == [["ana@example.org"]]


@pytest.mark.parametrize(
    ("address", "kept"),
    [("Lu@example.org", NEEDS), ("other@example.net", dict.fromkeys(NEEDS, ""))],
    ids=["the same reader", "another reader"],
)
def test_what_a_guest_needs_is_not_for_whoever_has_another_address(
    cast, series, address, kept
):
    seat = Seat.objects.create(
        series=series,
        guest="Lu Park",
        email="lu@example.org",
        school=cast.Oak,
        state="declined",
        token_digest=digest("old"),
        **NEEDS,
    )
    again = seat_actions.invite(
        by=cast.Ben, series=series, guest="lu park", email=address, school=cast.Oak
    )

    assert again == seat
    assert {name: getattr(again, name) for name in NEEDS} == kept
    assert [letter.to for letter in mail.outbox] == [[address]]
