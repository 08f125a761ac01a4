"""Writing to the log."""

from django.db import transaction
from django.utils import timezone

from commonroot.domain.audit.chain import START, seal
from commonroot.domain.audit.keys import find_key, make_key, name_key, need_same
from commonroot.domain.audit.models import Head, Line

SYSTEM = "system"
# The verb of lines about looking: they change nothing.
SEE = "see"
# Coming and going change nothing either.
SIGN_IN, SIGN_OUT = "sign in", "sign out"
# What people say to one another changes no record, and nothing that is counted from them.
SAID = (
    "agenda",
    "agreement",
    "badge",
    "change",
    "connection",
    "convening",
    "cycle",
    "duty",
    "factor",
    "feed",
    "follow-up",
    "guest",
    "highlight",
    "list",
    "match",
    "meeting",
    "message",
    "note",
    "partnership",
    "path",
    "path reflection",
    "path stage",
    "pay line",
    "plan",
    "practice",
    "presence",
    "profile",
    "question",
    "quote",
    "readiness note",
    "renewal",
    "review",
    "round",
    "school part",
    "school team",
    "staffing",
    "stage",
    "stage reached",
    "step",
    "story",
    "thanks",
    "visit",
    "visit note",
    "voice",
    "whole school",
    "words",
    "year page",
)


class UnnamedActorError(Exception):
    """Something was about to be written without saying who did it."""


def record(
    *,
    by: object,
    verb: str,
    kind: str,
    key: object,
    place: object = "",
    origin: str = "",
    reason: str = "",
) -> Line:
    """Write one line, in the transaction of what it tells of.

    `by` has a `pk`, or is the name of a part of the system that acts by itself. Raises
    UnnamedActorError without one, and when there is no transaction around it, and
    LogKeyError rather than go on with another key than the log began with.
    """
    actor = getattr(by, "pk", None) or (by if isinstance(by, str) else None)
    if not actor:
        raise UnnamedActorError(f"{verb} {kind} has nobody who did it")
    if not transaction.get_connection().in_atomic_block:
        raise UnnamedActorError(f"{verb} {kind} is written outside of what it tells of")
    head = Head.objects.select_for_update().get_or_create(pk=1)[0]
    key_of_log = find_key() if head.sealed_by else make_key()
    need_same(head.sealed_by, key_of_log)
    line = Line(
        number=head.number + 1,
        at=timezone.now(),
        actor=str(actor),
        verb=verb,
        kind=kind,
        key=str(key),
        place=str(getattr(place, "pk", place)),
        origin=origin,
        reason=reason[:200],
        before=head.digest or START,
    )
    line.digest = seal(line, key_of_log)
    line.save(force_insert=True)
    head.number, head.digest = line.number, line.digest
    head.sealed_by = name_key(key_of_log)
    head.save()
    return line


@transaction.atomic
def note_look(*, by: object, kind: str, key: object, place: object = "") -> Line:
    """Write down that somebody looked at what only few may see."""
    return record(by=by, verb=SEE, kind=kind, key=key, place=place)
