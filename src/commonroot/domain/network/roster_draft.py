"""A roster as it waits in the database until somebody says yes."""

import datetime as dt
from dataclasses import asdict, astuple
from typing import Any

from commonroot.intake.roster import (
    Roster,
    RosterPerson,
    RosterPlace,
    RosterRole,
    RosterSession,
)

MOST_KEPT = 200
Packed = dict[str, Any]


def pack(roster: Roster) -> Packed:
    """Give what a plan is made from, as plain values."""
    return {
        "places": [asdict(each) for each in roster.places],
        "people": [pack_person(each) for each in roster.people],
        "sessions": [pack_days(asdict(each)) for each in roster.sessions],
    }


def pack_person(person: RosterPerson) -> Packed:
    """Give a person as plain values."""
    roles = [pack_days(role._asdict()) for role in person.roles]
    return {**asdict(person), "roles": roles}


def pack_days(values: Packed) -> Packed:
    """Write days as texts."""
    return {
        name: each.isoformat() if isinstance(each, dt.date) else each
        for name, each in values.items()
    }


def unpack(packed: Packed) -> Roster:
    """Give the roster back."""
    return Roster(
        places=tuple(RosterPlace(**each) for each in packed["places"]),
        people=tuple(unpack_person(each) for each in packed["people"]),
        sessions=tuple(
            RosterSession(**unpack_days(each)) for each in packed["sessions"]
        ),
    )


def unpack_person(packed: Packed) -> RosterPerson:
    """Give a person back."""
    roles = tuple(RosterRole(**unpack_days(each)) for each in packed["roles"])
    return RosterPerson(**{**packed, "roles": roles})


def unpack_days(packed: Packed) -> Packed:
    """Read days back from texts."""
    days = {
        name: dt.date.fromisoformat(packed[name])
        for name in ("first", "last")
        if packed[name]
    }
    return {**packed, **days}


def report_roster(roster: Roster) -> Packed:
    """Give what is kept of the reading: numbers and codes, and nobody's name.

    Sentences are made of the codes when they are shown, in their reader's language.
    """
    listed = [
        [each.file, each.row, each.rule, each.detail, each.more]
        for each in roster.breaches[:MOST_KEPT]
    ]
    return {
        "breaches": listed,
        "breaches_in_all": len(roster.breaches),
        "unread": [astuple(each) for each in roster.unread[:MOST_KEPT]],
        "students": roster.students,
    }
