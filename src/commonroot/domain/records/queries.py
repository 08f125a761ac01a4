"""Reading records, always for somebody."""

import datetime as dt
import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl
from django.db.models import Max, Min, QuerySet

from commonroot.domain.network.models import Person, Place
from commonroot.domain.network.queries import read_bells_of
from commonroot.domain.network.sight import places_where, today
from commonroot.domain.records.choices import EntriesCount, ImportState
from commonroot.domain.records.models import (
    Entry,
    Erasure,
    Import,
    KeptYear,
    RecordingBreak,
    SchoolRule,
    Version,
)
from commonroot.domain.records.rows import read_rows, unpack
from commonroot.domain.records.rules import ENTER, IMPORT, KEEP, MARK_DAYS, SEE_SHEET
from commonroot.intake import ColumnMap, Enrolment, Intake, SchoolDays
from commonroot.intake.enrolment import EnrolmentCount
from commonroot.languages import gettext as _

# What of a row is shown so that somebody sees whether it was read rightly.
SAMPLED = ("date", "minute", "location", "behaviour", "grade", "response")


class NotForThisViewerError(Exception):
    """Records were asked for by somebody whom no rule lets see them."""


def imports_seen_by(viewer: Person, school: Place) -> QuerySet[Import]:
    """List a school's imports, without their drafts."""
    return Import.objects.filter(
        school=school, school__in=places_where(viewer, IMPORT)
    ).defer("draft", "mapping")


def find_import(viewer: Person, key: uuid.UUID) -> Import | None:
    """Find an import of a school whose files somebody may see."""
    return (
        Import.objects.filter(pk=key, school__in=places_where(viewer, IMPORT))
        .select_related("school", "by")
        .defer("draft")
        .first()
    )


def versions_seen_by(viewer: Person, school: Place) -> QuerySet[Version]:
    """List what counts of a school's incidents, for whoever may see its sheet."""
    if not places_where(viewer, SEE_SHEET).filter(pk=school.pk).exists():
        raise NotForThisViewerError
    return Version.objects.filter(incident__school=school, current_of__isnull=False)


@dataclass(frozen=True)
class SchoolRecords:
    """Everything that a school's sheet is counted from."""

    intake: Intake
    enrolment: Enrolment | None
    school_days: SchoolDays | None


def read_school(viewer: Person, school: Place) -> SchoolRecords | None:
    """Read a school's records as the command line reads a file; None when there are none."""
    return gather_school(school, versions_seen_by(viewer, school))


def gather_school(school: Place, versions: QuerySet[Version]) -> SchoolRecords | None:
    """Gather what is counted of some versions, for a caller who may read them."""
    counted = leave_out_covered(school, versions)
    kept = counted.order_by("day", "incident__key").values_list("incident__key", "rows")
    rows = read_rows(kept.iterator(chunk_size=2_000))
    if rows.is_empty():
        return None
    taken = Import.objects.filter(school=school, state=ImportState.TAKEN_IN)
    newest = taken.defer("draft").first()
    rows = name_school(rows, school)
    left = {
        name: newest.report.get(name, 0) if newest else 0
        for name in ("duplicates", "left_behind")
    }
    report = {
        **left,
        "rows_read": rows.height + sum(left.values()),
        "rows_used": rows.height,
    }
    labels = {"unmapped_labels": newest.report["unmapped_labels"] if newest else {}}
    bells = read_bells_of(school) or (newest.bells if newest else {})
    mapping = ColumnMap(columns={}, bells=bells)
    return SchoolRecords(
        Intake(rows, (), {**report, **labels}, mapping),
        read_enrolment_of(school),
        read_school_days_of(school),
    )


def name_school(rows: pl.DataFrame, school: Place) -> pl.DataFrame:
    """Call the school what the network calls it, whatever its files do."""
    return rows.with_columns(school=pl.lit(school.name, pl.String))


def find_rule(school: Place) -> SchoolRule:
    """Find how a school keeps its records; the defaults when it has not said."""
    found = SchoolRule.objects.filter(school=school).first()
    return found or SchoolRule(school=school)


def leave_out_covered(school: Place, versions: QuerySet[Version]) -> QuerySet[Version]:
    """Leave out entries by hand of days that a file covers, unless the school says not to.

    What was entered by hand is often typed into the student system later, and would
    be counted twice.
    """
    if find_rule(school).entries_count == EntriesCount.ALWAYS:
        return versions
    covered = list(
        versions.filter(written_by__isnull=False)
        .order_by()
        .values("school_year")
        .annotate(first=Min("day"), last=Max("day"))
    )
    for year in covered:
        versions = versions.exclude(
            entry__isnull=False, day__range=(year["first"], year["last"])
        )
    return versions


def entries_seen_by(viewer: Person, school: Place) -> QuerySet[Entry]:
    """List one's own entries of today that still stand: nobody sees another's."""
    return Entry.objects.filter(
        by=viewer,
        school=school,
        school__in=places_where(viewer, ENTER),
        taken_back=None,
        entered__date=today(),
    ).select_related("incident__current")


def tell_entry(entry: Entry) -> dict[str, str]:
    """Tell what one's own entry says."""
    version = entry.incident.current
    said = json.loads(version.rows)[0] if version else {}
    minute = int(said.get("minute", 0))
    return {
        "time": f"{minute // 60}:{minute % 60:02d}",
        "location": said.get("location", ""),
        "behaviour": said.get("behaviour", ""),
        "band": said.get("grade", ""),
    }


def find_entry(viewer: Person, key: uuid.UUID) -> Entry | None:
    """Find one of one's own entries."""
    return (
        Entry.objects.filter(pk=key, by=viewer, school__in=places_where(viewer, ENTER))
        .select_related("school")
        .first()
    )


def breaks_seen_by(viewer: Person, school: Place) -> QuerySet[RecordingBreak]:
    """List the days that a school has marked as not recorded."""
    return RecordingBreak.objects.filter(
        school=school, school__in=places_where(viewer, MARK_DAYS)
    )


def kept_years_seen_by(viewer: Person, school: Place) -> QuerySet[KeptYear]:
    """List the school years of which only released numbers are left."""
    return KeptYear.objects.filter(
        school=school, school__in=places_where(viewer, SEE_SHEET)
    )


def find_kept_year(viewer: Person, school: Place, year: str) -> KeptYear | None:
    """Find what is left of a school year."""
    return kept_years_seen_by(viewer, school).filter(school_year=year).first()


def erasures_seen_by(viewer: Person, school: Place) -> QuerySet[Erasure]:
    """List the reports of what went."""
    return Erasure.objects.filter(
        school=school, school__in=places_where(viewer, KEEP)
    ).select_related("by")


def list_unrecorded(school: Place) -> Iterator[dt.date]:
    """List the days that a school has marked as not recorded, one by one."""
    for each in school.recording_breaks.all():
        for number in range((each.last - each.first).days + 1):
            yield each.first + dt.timedelta(days=number)


def read_enrolment_of(school: Place) -> Enrolment | None:
    """Read a school's enrolment as the intake gives it."""
    counts = tuple(
        EnrolmentCount(
            school=None,
            school_year=each.school_year,
            grade=each.value if each.column == "grade" else None,
            group=None if each.column in ("", "grade") else each.column,
            value=each.value if each.column not in ("", "grade") else None,
            students=each.students,
            date=each.counted_on.isoformat() if each.counted_on else None,
            source=each.source or _("a file that the school gave"),
        )
        for each in school.enrolment.order_by("pk")
    )
    return Enrolment(counts) if counts else None


def read_school_days_of(school: Place) -> SchoolDays | None:
    """Read a school's calendar as the intake gives it."""
    days = frozenset(school.school_days.values_list("day", flat=True))
    if not days:
        return None
    return SchoolDays({None: days}, unrecorded=frozenset(list_unrecorded(school)))


def latest_year(rows: pl.DataFrame) -> dt.date:
    """Give the first day of the newest school year in some rows: the first of July."""
    last = rows["date"].max()
    assert isinstance(last, dt.date)
    return dt.date(last.year - (last.month < 7), 7, 1)


def sample_import(
    viewer: Person, given: Import, most: int = 5
) -> list[dict[str, object]]:
    """Give some rows that a waiting file would write, without what is a student's own."""
    if not places_where(viewer, IMPORT).filter(pk=given.school_id).exists():
        raise NotForThisViewerError
    draft = Import.objects.filter(pk=given.pk).values_list("draft", flat=True).first()
    if draft is None:
        return []
    rows = unpack(bytes(draft))
    return (
        rows.select(SAMPLED)
        .head(most)
        .with_columns(pl.all().cast(pl.String))
        .to_dicts()
    )
