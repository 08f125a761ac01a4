"""Reading the log."""

from collections.abc import Sequence

from django.db.models import Max, QuerySet

from commonroot.domain.audit.actions import SAID, SEE, SIGN_IN, SIGN_OUT
from commonroot.domain.audit.chain import End, Verdict, verify
from commonroot.domain.audit.kept_end import read_end
from commonroot.domain.audit.keys import find_key, need_same
from commonroot.domain.audit.models import Head, Line


def verify_log() -> Verdict:
    """Go through the whole log, with the site's key and the end that was kept last.

    Raises LogKeyError when the key is missing or another, and KeptEndError.
    """
    kept = read_end()
    if not Line.objects.exists():
        # A log that nothing was ever written to has no key yet.
        return verify_lines(b"", kept=kept)
    key = find_key()
    head = Head.objects.filter(pk=1).first()
    need_same(head.sealed_by if head else "", key)
    return verify_lines(key, kept=kept)


def verify_lines(
    key: bytes, *, kept: End | None = None, must_be_keyed: bool = True
) -> Verdict:
    """Go through the whole log with a key, one piece at a time."""
    head = Head.objects.values_list("number", "digest").filter(pk=1).first()
    lines = Line.objects.order_by("number").iterator(chunk_size=2_000)
    return verify(
        lines, key, end=head or (0, ""), kept=kept, must_be_keyed=must_be_keyed
    )


def need_key() -> None:
    """Raise LogKeyError when the log is sealed with a key that this site has not."""
    sealed_by = Head.objects.filter(pk=1).values_list("sealed_by", flat=True).first()
    if sealed_by:
        need_same(sealed_by, find_key())


def lines_of(actor: object) -> QuerySet[Line]:
    """List what one person changed, the newest first."""
    mine = Line.objects.filter(actor=str(getattr(actor, "pk", actor)))
    return mine.exclude(verb__in=(SEE, SIGN_IN, SIGN_OUT)).order_by("-number")


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
