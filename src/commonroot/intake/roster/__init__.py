"""Staff, places and sessions from OneRoster bundles and plain lists; never students."""

from commonroot.intake.roster.reading import read_roster
from commonroot.intake.roster.records import (
    Roster,
    RosterPerson,
    RosterPlace,
    RosterRole,
    RosterSession,
    Unread,
)
from commonroot.intake.roster.rules import RULES, Breach, RosterError

__all__ = [
    "RULES",
    "Breach",
    "Roster",
    "RosterError",
    "RosterPerson",
    "RosterPlace",
    "RosterRole",
    "RosterSession",
    "Unread",
    "read_roster",
]
