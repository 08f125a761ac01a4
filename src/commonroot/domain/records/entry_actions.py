"""Entering incidents by hand: each kept once, however often it is sent."""

import datetime as dt
import hashlib
import json
import uuid
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commonroot.domain.audit.actions import record
from commonroot.domain.network.models import Person, Place
from commonroot.domain.network.sight import find_reason
from commonroot.domain.records.models import Entry, Incident, Version
from commonroot.domain.records.offered import Offered, accept_labels
from commonroot.domain.records.rules import ENTER
from commonroot.intake.dates import name_school_year
from commonroot.intake.labels import find_severity, is_removal, is_subjective

OLDEST_DAYS = 30
CLOCKS_DIFFER = dt.timedelta(minutes=15)


class EntryError(Exception):
    """An entry cannot be kept; the text says why, for whoever made it."""


@dataclass(frozen=True)
class Happened:
    """What somebody enters. `key` is made where it is entered, `at` has a time zone."""

    key: uuid.UUID
    at: dt.datetime
    location: str
    behaviour: str
    band: str = ""
    response: str = ""


def need_reason(by: Person, school: Place) -> str:
    """Say why somebody may enter at a school; raises PermissionDenied otherwise."""
    reason = find_reason(by, ENTER, school)
    if reason is None:
        raise PermissionDenied
    return str(reason)


def check_choices(told: Happened, offered: Offered) -> None:
    """Refuse what was not offered: an entry has no free text, so it can hold no name."""
    for value, choices, needed in (
        (told.location, offered.locations, True),
        (told.behaviour, offered.behaviours, True),
        (told.band, offered.bands, False),
        (told.response, offered.responses, False),
    ):
        if (needed or value) and value not in choices:
            raise EntryError(_("Choose one of the answers that are offered."))


def check_time(at: dt.datetime) -> None:
    """Refuse a time that is still to come, or long ago."""
    now = timezone.now()
    if at > now + CLOCKS_DIFFER:
        raise EntryError(
            _("This time is still to come. Check the clock of the device.")
        )
    if at < now - dt.timedelta(days=OLDEST_DAYS):
        raise EntryError(
            _("This was more than %(days)s days ago. Give it in a file instead.")
            % {"days": OLDEST_DAYS}
        )


@transaction.atomic
def enter(*, by: Person, school: Place, told: Happened) -> Entry:
    """Keep an entry: one that is kept already is given back as it is.

    Raises PermissionDenied, or EntryError with a sentence.
    """
    reason = need_reason(by, school)
    known = Entry.objects.filter(pk=told.key).first()
    if known is not None:
        if (known.school_id, known.by_id) != (school.pk, by.pk):
            raise EntryError(_("Another entry has this key already."))
        return known
    check_time(told.at)
    check_choices(told, accept_labels(by, school))
    incident = Incident.objects.create(school=school, key=number_incident(told.key))
    entry = Entry.objects.create(pk=told.key, school=school, by=by, incident=incident)
    incident.current = write_version(entry, told)
    incident.save(update_fields=["current"])
    record(by=by, verb="enter", kind="entry", key=entry.pk, place=school, reason=reason)
    return entry


def number_incident(key: uuid.UUID) -> str:
    """Number an entry's incident as files' incidents are: 64 bits of all of its key."""
    return str(int.from_bytes(hashlib.sha256(key.bytes).digest()[:8], "big"))


def write_version(entry: Entry, told: Happened) -> Version:
    """Write an entry as the canonical row that a file would have given."""
    at = timezone.localtime(told.at)
    row = {
        "date": at.date().isoformat(),
        "school_year": name_school_year(at.date()),
        "minute": at.hour * 60 + at.minute,
        "location": told.location,
        "behaviour": told.behaviour,
        "severity": find_severity(told.behaviour),
        "subjective": is_subjective(told.behaviour),
        "grade": told.band or None,
        "response": told.response or None,
        "removal": is_removal(told.response) if told.response else None,
    }
    known = {name: value for name, value in row.items() if value is not None}
    text = f"[{json.dumps(known, sort_keys=True)}]"
    return Version.objects.create(
        incident=entry.incident,
        entry=entry,
        day=at.date(),
        school_year=name_school_year(at.date()),
        rows=text,
        digest=hashlib.sha256(text.encode()).hexdigest(),
    )


@transaction.atomic
def take_back(*, by: Person, entry: Entry) -> Entry:
    """Take one's own entry back: it no longer counts. Twice is once."""
    reason = need_reason(by, entry.school)
    if entry.by_id != by.pk:
        raise PermissionDenied
    locked = Entry.objects.select_for_update().get(pk=entry.pk)
    if locked.taken_back is not None:
        return locked
    locked.taken_back = timezone.now()
    locked.save(update_fields=["taken_back"])
    Incident.objects.filter(pk=locked.incident_id).update(current=None)
    record(
        by=by,
        verb="take back",
        kind="entry",
        key=locked.pk,
        place=locked.school,
        reason=reason,
    )
    return locked
