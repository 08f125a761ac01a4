"""Reading records, always for somebody."""

import datetime as dt
import uuid
from dataclasses import dataclass

import polars as pl
from django.db.models import QuerySet

from commonroot.domain.network.models import Person, Place
from commonroot.domain.network.sight import places_where
from commonroot.domain.records.choices import ImportState
from commonroot.domain.records.models import Import, Version
from commonroot.domain.records.rows import read_rows
from commonroot.domain.records.rules import IMPORT, SEE_SHEET
from commonroot.intake import ColumnMap, Enrolment, Intake, SchoolDays
from commonroot.intake.enrolment import EnrolmentCount


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
    versions = versions_seen_by(viewer, school)
    kept = versions.order_by("day", "incident__key").values_list(
        "incident__key", "rows"
    )
    rows = read_rows(kept.iterator(chunk_size=2_000))
    if rows.is_empty():
        return None
    taken = Import.objects.filter(school=school, state=ImportState.TAKEN_IN)
    newest = taken.first()
    report = {
        name: sum(each.report.get(name, 0) for each in taken.defer("draft"))
        for name in ("rows_read", "rows_used", "duplicates", "left_behind")
    }
    labels = {"unmapped_labels": newest.report["unmapped_labels"] if newest else {}}
    mapping = ColumnMap(columns={}, bells=newest.bells if newest else {})
    return SchoolRecords(
        Intake(rows, (), {**report, **labels}, mapping),
        read_enrolment_of(school),
        read_school_days_of(school),
    )


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
            source=each.source,
        )
        for each in school.enrolment.order_by("pk")
    )
    return Enrolment(counts) if counts else None


def read_school_days_of(school: Place) -> SchoolDays | None:
    """Read a school's calendar as the intake gives it."""
    days = frozenset(school.school_days.values_list("day", flat=True))
    return SchoolDays({None: days}) if days else None


def latest_year(rows: pl.DataFrame) -> dt.date:
    """Give the first day of the newest school year in some rows: the first of July."""
    last = rows["date"].max()
    assert isinstance(last, dt.date)
    return dt.date(last.year - (last.month < 7), 7, 1)
