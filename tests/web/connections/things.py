"""Things of connections that an address is about, made for the test of walls."""

import datetime as dt
import uuid

from commonroot.domain.audit.actions import SYSTEM
from commonroot.domain.connections.models import (
    Match,
    Participant,
    Profile,
    Question,
    Round,
)
from commonroot.domain.network.actions import give_role
from commonroot.domain.network.choices import PlaceKind, RoleKind
from commonroot.domain.network.models import Person, Place
from commonroot.domain.network.sight import today


def make_other():
    """Make somebody whom nobody knows."""
    return Person.objects.create_user(f"{uuid.uuid4()}@example.org", name="Other")


def make_profile(place, person=None, **more):
    """Make a profile that a whole network may see, of somebody who works there."""
    if person is None:
        person = make_other()
        give_role(by=SYSTEM, person=person, kind=RoleKind.EDUCATOR, place=place)
    around = {each.kind: each for each in Place.objects.filter(contents__place=place)}
    shown = dict.fromkeys(
        ("offer_to", "ask_to", "practices_to", "work_to", "grade_spans_to",
         "languages_to", "hours_to", "place_to"), "network",
    )  # fmt: skip
    return Profile.objects.create(
        **{
            "person": person,
            "place": place,
            "school": around.get(PlaceKind.SCHOOL),
            "district": around.get(PlaceKind.DISTRICT),
            "network": around[PlaceKind.REGION],
            "offer": "Circles",
            **shown,
            **more,
        }
    )


def make_round(place, **more):
    """Make a round that people join."""
    day = today()
    days = {
        "join_by": day,
        "strike_by": day,
        "first": day,
        "ask_first": day + dt.timedelta(days=30),
        "ask_second": day + dt.timedelta(days=60),
        "last": day + dt.timedelta(days=200),
    }
    return Round.objects.create(**{"place": place, "name": "Round", **days, **more})


def make_participant(place, person):
    """Make somebody's part in a round of a place."""
    return Participant.objects.create(
        round=make_round(place), person=person, standing="new", joined=today()
    )


def make_match(place, person, **more):
    """Make a match of somebody new with somebody whom nobody knows."""
    return Match.objects.create(
        **{
            "round": make_round(place, state="settled"),
            "new": person,
            "seasoned": make_other(),
            "made": today(),
            **more,
        }
    )


def make_question(place, person):
    """Make a question that somebody was asked by the other one of their match."""
    match = make_match(place, person)
    return Question.objects.create(match=match, by=match.seasoned, text="When?")


MADE = {"profile": make_profile, "round": make_round}
# Things that belong to whoever they are made with.
OWN = {
    "participant": make_participant,
    "match": make_match,
    "question": make_question,
}
