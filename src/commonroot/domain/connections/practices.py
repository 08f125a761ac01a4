"""The network's own list of practices: usual lines, those put aside, and lines added."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from commonroot.domain.connections.choices import UsualPractice, write_practice
from commonroot.domain.connections.models import Practice
from commonroot.domain.connections.reasons import ConnectingError
from commonroot.domain.connections.rules import EDIT_PRACTICES
from commonroot.domain.network.deeds import need_reason, note_deed
from commonroot.domain.network.models import Person, Place


def list_practices(around: Iterable[UUID]) -> list[tuple[str, str]]:
    """List the practices of the networks around a place, as kept and as read."""
    rows = list(
        Practice.objects.filter(region__in=list(around)).values_list("text", "is_aside")
    )
    aside = {text for text, is_aside in rows if is_aside}
    usual = [(each.value, str(each.label)) for each in UsualPractice]
    return [
        *(line for line in usual if line[0] not in aside),
        *((text, text) for text, is_aside in rows if not is_aside),
    ]


def list_aside(region: Place) -> list[tuple[str, str]]:
    """List the lines that a network put aside, as kept and as read."""
    rows = Practice.objects.filter(region=region, is_aside=True)
    return [(each.text, write_practice(each.text)) for each in rows]


@transaction.atomic
def add_practice(*, by: Person, region: Place, text: str) -> Practice:
    """Add a line to a network's list, or take back one that was put aside."""
    reason = need_reason(by, EDIT_PRACTICES, region)
    words = " ".join(text.split())
    if not words or len(words) > 120 or "\0" in words:
        raise ConnectingError(_("Write a few words first, 120 letters at most."))
    known = {str(each.label).lower(): each.value for each in UsualPractice}
    kept = known.get(words.lower(), words)
    practice = Practice.objects.filter(region=region, text__iexact=kept).first()
    if practice is None:
        if kept in UsualPractice:
            raise ConnectingError(_("The list has this line already."))
        practice = Practice.objects.create(region=region, text=kept)
    elif practice.is_aside:
        practice.delete() if kept in UsualPractice else bring_back(practice)
    else:
        raise ConnectingError(_("The list has this line already."))
    note_deed(by, "add", "practice", practice.pk or region.pk, region, reason)
    return practice


def bring_back(practice: Practice) -> None:
    """Let a line stand on the list again."""
    practice.is_aside = False
    practice.save(update_fields=["is_aside"])


@transaction.atomic
def put_aside(*, by: Person, region: Place, text: str) -> None:
    """Put a line aside: nobody can choose it any more; who chose it keeps it."""
    reason = need_reason(by, EDIT_PRACTICES, region)
    own = Practice.objects.filter(region=region, text=text).first()
    if own is None and text not in UsualPractice:
        return
    if own is None:
        own = Practice(region=region, text=text)
    own.is_aside = True
    own.save()
    note_deed(by, "put aside", "practice", own.pk, region, reason)
