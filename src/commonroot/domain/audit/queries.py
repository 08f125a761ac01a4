"""Reading the log."""

from django.db.models import QuerySet

from commonroot.domain.audit.chain import Verdict, verify
from commonroot.domain.audit.models import Head, Line


def verify_log() -> Verdict:
    """Go through the whole log, one piece at a time."""
    head = Head.objects.filter(pk=1).first()
    end = (head.number, head.digest) if head else (0, "")
    return verify(Line.objects.order_by("number").iterator(chunk_size=2_000), end)


def lines_of(actor: object) -> QuerySet[Line]:
    """List what one person did, the newest first."""
    return Line.objects.filter(actor=str(getattr(actor, "pk", actor))).order_by(
        "-number"
    )


def has_line(digest: str) -> bool:
    """Is there a line with this digest?"""
    return Line.objects.filter(digest=digest).exists()
