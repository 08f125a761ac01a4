"""People, profiles and rounds for the tests of connections."""

import datetime as dt
import uuid

from commonroot.domain.audit.actions import SYSTEM
from commonroot.domain.connections import match_actions, round_actions
from commonroot.domain.connections.choices import Audience, Field, Standing, TagKind
from commonroot.domain.connections.models import Match, Round
from commonroot.domain.connections.profile_actions import Told, keep_profile
from commonroot.domain.network.actions import add_person, give_role
from commonroot.domain.network.choices import RoleKind
from commonroot.domain.network.sight import today

ENOUGH = dt.timedelta(days=30)


def add_educator(name, place, kind=RoleKind.EDUCATOR, first=dt.date(2024, 8, 1)):
    """Add somebody who works at a place."""
    person = add_person(by=SYSTEM, email=f"{uuid.uuid4()}@example.org", name=name)
    give_role(by=SYSTEM, person=person, kind=kind, place=place, first=first)
    return person


def tell(audience=Audience.NETWORK, only=None, **more):
    """Tell a profile in which every field has one audience, but for some."""
    tags = {
        TagKind.PRACTICES: ["usual:circles"],
        TagKind.GRADE_SPANS: ["3-5"],
        TagKind.LANGUAGES: ["en", "es"],
        TagKind.HOURS: ["after"],
    }
    audiences = {**dict.fromkeys(Field, audience), **(only or {})}
    return Told(
        **{
            "offer": "Circles",
            "ask": "Calm",
            "work": "class",
            "reach": "after four",
            "tags": tags,
            "audiences": audiences,
            **more,
        }
    )


def add_profile(person, place, audience=Audience.NETWORK, **more):
    """Let somebody join the directory."""
    return keep_profile(by=person, place=place, told=tell(audience, **more))


def open_round(cast, place=None):
    """Open a round of the region."""
    day = today()
    return round_actions.open_round(
        by=cast.Elena,
        place=place or cast.Region,
        name="August",
        join_by=day + dt.timedelta(days=2),
        strike_by=day + dt.timedelta(days=4),
        ask_first=day + ENOUGH,
        ask_second=day + 2 * ENOUGH,
        last=day + 9 * ENOUGH,
    )


def join(around, person, standing=Standing.NEW, place=None, **more):
    """Let somebody join a round, with a profile."""
    if place is not None:
        add_profile(person, place)
    return round_actions.join_round(by=person, around=around, standing=standing, **more)


def list_names(cast, around):
    """Make the lists of a round."""
    return round_actions.make_lists(by=cast.Elena, around=around)


def settle(cast, around):
    """Settle a round, when its day has come."""
    Round.objects.filter(pk=around.pk).update(
        join_by=today() - dt.timedelta(days=3), strike_by=today() - dt.timedelta(days=1)
    )
    return round_actions.settle_round(by=cast.Elena, around=around)


def match_two(cast, new, seasoned, **more):
    """Match two people in a round of their own, settled."""
    around = open_round(cast)
    join(around, new, place=cast.Oak)
    join(around, seasoned, Standing.SEASONED, place=cast.Oak, **more)
    list_names(cast, around)
    settle(cast, around)
    return Match.objects.get(round=around, new=new)


def confirm(match):
    """Let both say yes."""
    for person in (match.new, match.seasoned):
        match_actions.accept_match(by=person, match=match)
    match.refresh_from_db()
    return match
