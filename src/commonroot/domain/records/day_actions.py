"""Marking the days on which a school did not record."""

import datetime as dt
import uuid

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from commonroot.domain.audit.actions import record
from commonroot.domain.network.models import Person, Place
from commonroot.domain.network.sight import find_reason
from commonroot.domain.records.models import RecordingBreak
from commonroot.domain.records.rules import MARK_DAYS


class DaysError(Exception):
    """Days cannot be marked; the text says why."""


def need_reason(by: Person, school: Place) -> str:
    """Say why somebody may mark a school's days; raises PermissionDenied otherwise."""
    reason = find_reason(by, MARK_DAYS, school)
    if reason is None:
        raise PermissionDenied
    return str(reason)


@transaction.atomic
def mark_break(
    *, by: Person, school: Place, first: dt.date, last: dt.date
) -> RecordingBreak:
    """Say that nobody recorded from a first to a last day. The same days twice are once."""
    reason = need_reason(by, school)
    if last < first:
        raise DaysError(_("The last day is before the first."))
    if (last - first).days > 366:
        raise DaysError(_("These days are more than a year. Mark each year by itself."))
    found, made = RecordingBreak.objects.get_or_create(
        school=school, first=first, last=last
    )
    if made:
        record(
            by=by,
            verb="mark",
            kind="recording break",
            key=found.pk,
            place=school,
            reason=reason,
        )
    return found


@transaction.atomic
def unmark_break(*, by: Person, school: Place, key: uuid.UUID) -> None:
    """Take back that nobody recorded on some days. What is not there is left so."""
    reason = need_reason(by, school)
    gone, _each = RecordingBreak.objects.filter(school=school, pk=key).delete()
    if gone:
        record(
            by=by,
            verb="unmark",
            kind="recording break",
            key=key,
            place=school,
            reason=reason,
        )
