"""Why somebody may do something at a place, and writing down that they did."""

from typing import Any

from django.core.exceptions import PermissionDenied

from commonroot.domain.audit.actions import record
from commonroot.domain.network.models import Person, Place
from commonroot.domain.network.sight import Rule, find_reason


def need_reason(by: Person, rule: Rule, place: Place) -> str:
    """Say why somebody may do this at a place; raises PermissionDenied otherwise."""
    reason = find_reason(by, rule, place)
    if reason is None:
        raise PermissionDenied
    return str(reason)


def note_deed(
    by: object, verb: str, kind: str, key: Any, place: Place | None, reason: str = ""
) -> None:
    """Write a deed down in the log, in the transaction of what it tells of."""
    record(by=by, verb=verb, kind=kind, key=key, place=place or "", reason=reason)
