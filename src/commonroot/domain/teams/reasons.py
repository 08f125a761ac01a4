"""Why somebody may do something with a team, and what cannot be done."""

from typing import Any

from django.core.exceptions import PermissionDenied

from commonroot.domain.audit.actions import record
from commonroot.domain.network.models import Group, Person
from commonroot.domain.network.sight import Rule, find_reason


class TeamError(Exception):
    """Something cannot be done with a team; the text says why, for whoever tried."""


def need_reason(by: Person, rule: Rule, team: Group) -> str:
    """Say why somebody may do this; raises PermissionDenied otherwise."""
    reason = find_reason(by, rule, team.place)
    if reason is None:
        raise PermissionDenied
    return str(reason)


def note_deed(
    by: Person, verb: str, kind: str, key: Any, team: Group, reason: str
) -> None:
    """Write a deed down in the log."""
    record(by=by, verb=verb, kind=kind, key=key, place=team.place, reason=reason)
