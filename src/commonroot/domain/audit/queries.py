"""Reading the log."""

from collections.abc import Sequence

from django.db.models import Max, QuerySet

from commonroot.domain.audit.actions import SAID, SEE
from commonroot.domain.audit.chain import Verdict, verify
from commonroot.domain.audit.models import Head, Line


def verify_log() -> Verdict:
    """Go through the whole log, one piece at a time."""
    head = Head.objects.filter(pk=1).first()
    end = (head.number, head.digest) if head else (0, "")
    return verify(Line.objects.order_by("number").iterator(chunk_size=2_000), end)


def lines_of(actor: object) -> QuerySet[Line]:
    """List what one person changed, the newest first."""
    mine = Line.objects.filter(actor=str(getattr(actor, "pk", actor)))
    return mine.exclude(verb=SEE).order_by("-number")


def find_last_change(place: object, verbs: Sequence[str] = ()) -> int:
    """Find the number of the last line about a change of a place's records; 0 without any.

    What was only said there, in a meeting for instance, is no change of a record.

    With `verbs`, a change that one of these names.
    """
    changes = Line.objects.filter(place=str(getattr(place, "pk", place)))
    if verbs:
        changes = changes.filter(verb__in=verbs)
    last = (
        changes.exclude(verb=SEE)
        .exclude(kind__in=SAID)
        .aggregate(Max("number"))["number__max"]
    )
    return int(last or 0)


def has_line(digest: str) -> bool:
    """Is there a line with this digest?"""
    return Line.objects.filter(digest=digest).exists()
