"""Letting go of records that were kept long enough: the detail goes, released numbers stay."""

import datetime as dt
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone

from commonroot.briefs.brief import Request, count_intake, scan_counted
from commonroot.briefs.document import make_document
from commonroot.briefs.patterns import ScanRequest
from commonroot.briefs.rows import BriefError
from commonroot.domain.audit.actions import SYSTEM, record
from commonroot.domain.network.models import Person, Place
from commonroot.domain.network.sight import find_reason, today
from commonroot.domain.records.actions import CLOSED_STATES, OPEN_STATES
from commonroot.domain.records.choices import EntriesCount, ErasureKind, ImportState
from commonroot.domain.records.keeping import (
    drop_staged,
    drop_waiting,
    find_oldest_year,
    forget_told,
)
from commonroot.domain.records.models import (
    Erasure,
    Import,
    Incident,
    KeptYear,
    SchoolRule,
    Version,
)
from commonroot.domain.records.queries import gather_school
from commonroot.domain.records.rules import KEEP

WAITING_DAYS = 30
MOST_YEARS_KEPT = 7


@transaction.atomic
def set_rule(
    *, by: Person, school: Place, years_kept: int, entries_count: EntriesCount
) -> SchoolRule:
    """Say how long a school keeps its records, and on which days entries count."""
    reason = find_reason(by, KEEP, school)
    if reason is None or not 1 <= years_kept <= MOST_YEARS_KEPT:
        raise PermissionDenied
    rule, _ = SchoolRule.objects.update_or_create(
        school=school,
        defaults={"years_kept": years_kept, "entries_count": entries_count},
    )
    record(
        by=by,
        verb="set",
        kind="school rule",
        key=school.pk,
        place=school,
        reason=str(reason),
    )
    return rule


def expire_records(on: dt.date | None = None) -> list[Erasure]:
    """Let go of every school's expired years, and of files that nobody said yes to."""
    set_aside_old(on or today())
    return [
        erasure
        for school in Place.objects.filter(incidents__isnull=False).distinct()
        for erasure in expire_school(school, on)
    ]


def expire_school(school: Place, on: dt.date | None = None) -> list[Erasure]:
    """Let go of one school's expired years, each whole or not at all."""
    oldest = find_oldest_year(school, on)
    expired = (
        Version.objects.filter(incident__school=school, school_year__lt=oldest)
        .order_by("school_year")
        .values_list("school_year", flat=True)
        .distinct()
    )
    return [expire_year(school, year) for year in list(expired)]


@transaction.atomic
def expire_year(school: Place, year: str) -> Erasure:
    """Keep the released numbers of a school year, and let its detail go."""
    versions = Version.objects.filter(incident__school=school, school_year=year)
    document = summarize(school, year)
    # What was kept of a year before is not replaced by what came in later.
    KeptYear.objects.get_or_create(
        school=school, school_year=year, defaults={"document": document}
    )
    counted = versions.filter(current_of__isnull=False).count()
    gone, _ = versions.delete()
    Incident.objects.filter(school=school, versions__isnull=True).delete()
    forget_told(school)
    erasure = Erasure.objects.create(
        school=school,
        kind=ErasureKind.EXPIRY,
        school_year=year,
        report={
            "incidents": counted,
            "versions": gone,
            "numbers_kept": document is not None,
        },
    )
    record(by=SYSTEM, verb="expire", kind="school year", key=erasure.pk, place=school)
    return erasure


def summarize(school: Place, year: str) -> dict[str, Any] | None:
    """Give the released numbers of a school year; none when there is too little to tell."""
    versions = Version.objects.filter(
        incident__school=school, current_of__isnull=False, school_year=year
    )
    records = gather_school(school, versions)
    if records is None:
        return None
    try:
        counted = count_intake(
            records.intake,
            Request(Path(school.name)),
            records.enrolment,
            records.school_days,
        )
    except BriefError:
        return None
    found = scan_counted(counted, ScanRequest(), lambda message, share: None, (0, 1))
    return make_document(counted.facts, found)


def set_aside_old(on: dt.date) -> int:
    """Set aside files that waited a month for a yes: their rows are not kept for later."""
    limit = timezone.make_aware(
        dt.datetime.combine(on - dt.timedelta(days=WAITING_DAYS), dt.time())
    )
    old = Import.objects.filter(state__in=OPEN_STATES, given__lt=limit)
    drop_waiting(old)
    # What a process wrote that was killed just after its file was set aside.
    drop_staged(Import.objects.filter(state__in=CLOSED_STATES))
    return old.update(state=ImportState.SET_ASIDE, draft=None, decided=timezone.now())


def overwrite_free_space() -> None:
    """Leave nothing of what was deleted on the disk: SQLite keeps it in free pages."""
    # Inside of a transaction SQLite cannot; then the night does it.
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
