"""How long records are kept, and what of a file is no longer taken in."""

import datetime as dt
import hashlib

import polars as pl
from django.db.models import QuerySet

from commonroot.domain.network.models import Place
from commonroot.domain.network.sight import today
from commonroot.domain.records.choices import ImportState
from commonroot.domain.records.models import (
    ErasedStudent,
    Import,
    Incident,
    Telling,
    Version,
)
from commonroot.domain.records.queries import find_rule
from commonroot.domain.records.rows import pack_told, read_told
from commonroot.intake.dates import name_school_year
from commonroot.intake.fields import GROUP

PIECE = 1_000


def list_gone(school: Place, years_kept: int) -> list[str]:
    """List the school years whose detail would go in the night with another rule."""
    oldest = find_oldest_year(school, years_kept=years_kept)
    versions = Version.objects.filter(incident__school=school, school_year__lt=oldest)
    return list(
        versions.order_by("school_year")
        .values_list("school_year", flat=True)
        .distinct()
    )


def find_oldest_year(
    school: Place, on: dt.date | None = None, years_kept: int | None = None
) -> str:
    """Find the oldest school year whose detail is still kept, by the school's rule.

    Three years kept are this school year and the two before it.
    """
    day = on or today()
    years = years_kept or find_rule(school).years_kept
    return name_school_year(dt.date(day.year - years + 1, day.month, min(day.day, 28)))


def leave_expired(rows: pl.DataFrame, school: Place) -> tuple[pl.DataFrame, int]:
    """Leave out rows of school years whose detail has gone, and say how many."""
    gone = list(school.kept_years.values_list("school_year", flat=True))
    kept = rows.filter(~pl.col("school_year").cast(pl.String).is_in(gone))
    return kept, rows.height - kept.height


def digest_student(key: int) -> str:
    """Give what is kept of an erased student's key, to know it when a file brings it back."""
    return hashlib.sha256(f"erased {key}".encode()).hexdigest()


def forget_students(rows: pl.DataFrame, school: Place) -> pl.DataFrame:
    """Take erased students' keys and groups out of rows."""
    erased = set(
        ErasedStudent.objects.filter(school=school).values_list("digest", flat=True)
    )
    if not erased:
        return rows
    keys = rows["student"].drop_nulls().unique()
    gone = [key for key in keys if digest_student(key) in erased]
    is_gone = pl.col("student").is_in(gone).fill_null(value=False)
    personal = ["student", *(name for name in rows.columns if name.startswith(GROUP))]
    return rows.with_columns(
        pl.when(is_gone).then(None).otherwise(pl.col(name)).alias(name)
        for name in personal
    )


def drop_waiting(imports: QuerySet[Import]) -> None:
    """Drop all that is kept of files that wait and are not to be taken in."""
    drop_staged(imports)
    Telling.objects.filter(given__in=imports).delete()


def drop_staged(imports: QuerySet[Import]) -> None:
    """Drop what files wrote on their way in; of files that were taken in nothing goes."""
    staged = Version.objects.filter(written_by__in=imports).exclude(
        written_by__state__in=(ImportState.TAKEN_IN, ImportState.UNDONE)
    )
    incidents = list(staged.values_list("incident", flat=True))
    if not incidents:
        return
    staged.delete()
    for start in range(0, len(incidents), PIECE):
        some = incidents[start : start + PIECE]
        Incident.objects.filter(pk__in=some, versions__isnull=True).delete()


def forget_told(school: Place) -> None:
    """Forget what files said of incidents that are gone or say something else now."""
    pairs = Version.objects.filter(incident__school=school).values_list(
        "incident__key", "digest"
    )
    schema = {"event": pl.String, "digest": pl.String}
    stands = pl.DataFrame(list(pairs), schema, orient="row").cast(pl.UInt64)
    taken_in = Telling.objects.filter(
        given__school=school, given__state=ImportState.TAKEN_IN
    )
    for telling in taken_in:
        said = read_told(bytes(telling.packed))
        left = said.join(stands, on=["event", "digest"], how="semi")
        if left.height < said.height:
            telling.packed = pack_told(left)
            telling.save(update_fields=["packed"])
