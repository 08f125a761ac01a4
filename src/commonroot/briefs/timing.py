"""Were people recording? The school days of a sheet, and which of them were recorded."""

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from commonroot.analysis.coverage import Coverage, measure_coverage
from commonroot.analysis.disclosure import is_small
from commonroot.briefs.rows import Scope
from commonroot.intake import SchoolDays
from commonroot.intake.clock import DEFAULTED

COARSE_STEPS = 20
Days = Sequence[dt.date]
Counts = Mapping[dt.date, int]


@dataclass(frozen=True)
class Timing:
    """How well the period was recorded. Shares are of incidents."""

    coverage: Coverage | None
    days_with_records: int
    logging_days: int
    records_a_day: float
    last_record: dt.date
    days_since_last_record: int | None
    share_without_time: float
    share_default_time: float
    share_without_place: float
    silent_weeks: tuple[str, ...]
    share_off_calendar: float
    calendar_without_school: bool


def list_own_days(
    scope: Scope, school: str | None, school_days: SchoolDays | None
) -> Days:
    """List one school's days of the period."""
    return school_days.between(school, scope.first, scope.last) if school_days else []


def list_school_days(scope: Scope, school_days: SchoolDays | None) -> Days:
    """List the school days of the period: those of any school on the sheet.

    Empty when there is no calendar, or none that names these schools.
    """
    schools = scope.schools or (None,)
    return sorted(
        {day for school in schools for day in list_own_days(scope, school, school_days)}
    )


def measure_timing(
    scope: Scope, school_days: SchoolDays | None, records: Counts
) -> Timing:
    """Measure how well the period was recorded; `records` counts incidents by date."""
    days = list_school_days(scope, school_days)
    marked = school_days.unrecorded if school_days else ()
    coverage = measure_coverage(days, records, marked) if days else None
    logging_days = coverage.logging_days if coverage else len(records)
    total = sum(records.values())
    listed = set(days)
    off = sum(number for day, number in records.items() if day not in listed)
    return Timing(
        coverage=coverage,
        days_with_records=len(records),
        logging_days=logging_days,
        records_a_day=total / max(1, logging_days),
        last_record=scope.last_record,
        days_since_last_record=count_days_since(scope, school_days) if days else None,
        **measure_shares(scope),
        silent_weeks=() if days else find_silent_weeks(scope, records),
        share_off_calendar=off / total if days else 0.0,
        calendar_without_school=school_days is not None and not days,
    )


def count_days_since(scope: Scope, school_days: SchoolDays | None) -> int:
    """Count the school days from the last record until the day of reading.

    Not beyond June, when a calendar of days off no longer says anything.
    """
    end = dt.date(scope.last_record.year + (scope.last_record.month > 6), 6, 30)
    since = replace(
        scope,
        first=scope.last_record + dt.timedelta(days=1),
        last=min(scope.until, end),
    )
    return len(list_school_days(since, school_days))


def measure_shares(scope: Scope) -> dict[str, float]:
    """Measure the shares of incidents without a time, a trusted time, or a place."""
    events = scope.rows.group_by("event").agg(
        pl.col("minute").max().alias("minute"),
        pl.col("location").count().alias("placed"),
        pl.col("student").drop_nulls().unique().alias("students"),
    )
    lacking = {
        "share_without_time": pl.col("minute").is_null(),
        "share_default_time": pl.col("minute") == DEFAULTED,
        "share_without_place": pl.col("placed") == 0,
    }
    return {
        name: release_share(events.filter(condition), events.height)
        for name, condition in lacking.items()
    }


def release_share(some: pl.DataFrame, total: int) -> float:
    """Give a share of incidents; one that stands for 1 to 4 students is made coarse.

    It is raised to the next twentieth, so that the number cannot be worked out of it.
    """
    students = some["students"].explode().drop_nulls().n_unique()
    share = some.height / total
    if is_small(some.height, students or None):
        return min(1.0, math.ceil(share * COARSE_STEPS) / COARSE_STEPS)
    return share


def list_logging_days(days: Days, timing: Timing, records: Counts) -> Days:
    """List the days on which records were kept; without a calendar, those with one."""
    if timing.coverage is None:
        return sorted(records)
    gaps = timing.coverage.gaps
    return [
        day for day in days if not any(gap.first <= day <= gap.last for gap in gaps)
    ]


def list_dates(scope: Scope) -> Days:
    """List every date of the period."""
    span = (scope.last - scope.first).days + 1
    return [scope.first + dt.timedelta(days=number) for number in range(span)]


def find_monday(day: dt.date) -> dt.date:
    """Find the Monday of a day's week."""
    return day - dt.timedelta(days=day.weekday())


def list_mondays(scope: Scope) -> Days:
    """List the Mondays of the period's weeks."""
    first = find_monday(scope.first)
    weeks = (scope.last - first).days // 7 + 1
    return [first + dt.timedelta(weeks=number) for number in range(weeks)]


def find_silent_weeks(scope: Scope, records: Counts) -> tuple[str, ...]:
    """Name the weeks without any record, for a school whose calendar we do not know."""
    recorded = {find_monday(day) for day in records}
    return tuple(
        monday.isoformat() for monday in list_mondays(scope) if monday not in recorded
    )
