"""Things of learning that an address is about, made for the test of walls."""

import datetime as dt
import uuid

from commonroot.domain.learning.models import (
    CircleWord,
    DateFeed,
    Facilitation,
    Interpreter,
    Material,
    RepairNote,
    RoomAgreement,
    Seat,
    Series,
    Session,
    Tool,
    ToolChoice,
    Workshop,
)
from commonroot.domain.learning.tasks import digest
from web.learning.path_things import OWN_PATHS, PATHS

DAY = dt.date(2099, 1, 7)


def make_workshop(place):
    """Make a workshop that is kept at a place."""
    return Workshop.objects.create(place=place, name=f"W {uuid.uuid4().hex}")


def make_series(place):
    """Make a series for a place that is open."""
    return Series.objects.create(
        workshop=make_workshop(place), place=place, state="open"
    )


def make_session(place):
    return Session.objects.create(
        series=make_series(place), day=DAY, starts=dt.time(9), minutes=120
    )


def make_seat(place):
    return Seat.objects.create(series=make_series(place), guest="Lu", state="coming")


def make_tool(place):
    return Tool.objects.create(workshop=make_workshop(place), name="Greeting")


def make_material(place):
    return Material.objects.create(series=make_series(place), title="A", text="b")


def make_interpreter(place):
    return Interpreter.objects.create(series=make_series(place), language="Hmong")


def make_room(place, person):
    """Make a series in which somebody has a seat."""
    series = make_series(place)
    Seat.objects.create(series=series, person=person, state="coming")
    return series


def make_agreement(place, person):
    return RoomAgreement.objects.create(
        series=make_room(place, person),
        text="We listen",
        proposed_by=person,
        proposed=dt.date(2026, 1, 7),
    )


def make_repair(place, person):
    """Make what somebody wrote about an agreement that was broken."""
    agreement = make_agreement(place, person)
    return RepairNote.objects.create(
        agreement=agreement, person=person, text="Hush", on=dt.date(2026, 1, 8)
    )


def make_repair_to_settle(place, person):
    """Make the same in a room that somebody leads, written by nobody they are."""
    note = make_repair(place, person)
    session = Session.objects.create(
        series=note.agreement.series, day=DAY, starts=dt.time(9), minutes=120
    )
    Facilitation.objects.create(session=session, person=person, part="lead", side="own")
    return note


def make_word(place, person):
    return CircleWord.objects.create(
        series=make_room(place, person),
        person=person,
        kind="appreciation",
        text="Thank you",
        audience="only_me",
    )


def make_choice(place, person):
    series = make_room(place, person)
    return ToolChoice.objects.create(
        series=series,
        person=person,
        tool=Tool.objects.create(workshop=series.workshop, name="Greeting"),
        chosen=dt.date(2026, 1, 7),
        ask_on=dt.date(2026, 1, 21),
    )


def give_dates(place):
    """Give the token of a series' dates."""
    token = uuid.uuid4().hex
    DateFeed.objects.create(series=make_series(place), token_digest=digest(token))
    return token


def give_letter(place):
    """Give the token of a guest's letter."""
    token = uuid.uuid4().hex
    Seat.objects.create(
        series=make_series(place),
        guest="Lu",
        state="invited",
        token_digest=digest(token),
    )
    return token


def give_token(place):
    """Give the token with which a guest takes back what they said."""
    token = uuid.uuid4().hex
    CircleWord.objects.create(
        series=make_series(place),
        kind="appreciation",
        text="Thank you",
        audience="room",
        token_digest=digest(token),
    )
    return token


def give_code(place):
    """Give the code of a session's door."""
    return make_session(place).code


MADE = {
    "workshop": make_workshop,
    "series": make_series,
    "workshop session": make_session,
    "workshop seat": make_seat,
    "workshop tool": make_tool,
    "material": make_material,
    "interpreter": make_interpreter,
    **PATHS,
}
# Things that belong to whoever they are made with.
OWN = {
    "room": make_room,
    "room agreement": make_agreement,
    "own repair": make_repair,
    "repair to settle": make_repair_to_settle,
    "circle word": make_word,
    "tool choice": make_choice,
    **OWN_PATHS,
}
# What an address holds instead of a key.
TOKENS = {
    "dates of workshops": give_dates,
    "letter of a seat": give_letter,
    "door": give_code,
    "token of a guest's word": give_token,
}
