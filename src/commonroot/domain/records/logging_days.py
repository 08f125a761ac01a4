"""Which school days a school recorded on, and which gaps the software sees."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count

from commonroot.analysis.coverage import Gap, measure_coverage
from commonroot.domain.network.models import Person, Place
from commonroot.domain.network.sight import places_where
from commonroot.domain.records.models import RecordingBreak, Version
from commonroot.domain.records.queries import (
    NotForThisViewerError,
    breaks_seen_by,
    list_unrecorded,
)
from commonroot.domain.records.rules import MARK_DAYS


@dataclass(frozen=True)
class LoggingDays:
    """A school's days of one school year: how many, on how many it recorded, and gaps."""

    school_days: int
    logging_days: int
    can_tell: bool
    proposed: tuple[Gap, ...]
    marked: tuple[RecordingBreak, ...]


def find_logging_days(viewer: Person, school: Place) -> LoggingDays | None:
    """Find the logging days of the newest school year with records.

    None without a calendar or records: then nothing can be said.
    """
    if not places_where(viewer, MARK_DAYS).filter(pk=school.pk).exists():
        raise NotForThisViewerError
    records = count_by_day(school)
    last = max(records, default=None)
    if last is None:
        return None
    first = dt.date(last.year - (last.month < 7), 7, 1)
    days = list(
        school.school_days.filter(day__range=(first, last)).values_list(
            "day", flat=True
        )
    )
    if not days:
        return None
    marked = tuple(breaks_seen_by(viewer, school))
    unrecorded = frozenset(list_unrecorded(school))
    coverage = measure_coverage(days, records, unrecorded)
    return LoggingDays(
        coverage.school_days,
        coverage.logging_days,
        coverage.can_tell,
        tuple(gap for gap in coverage.gaps if not gap.marked),
        marked,
    )


def count_by_day(school: Place) -> dict[dt.date, int]:
    """Count what counts of a school's incidents by day."""
    return dict(
        Version.objects.filter(incident__school=school, current_of__isnull=False)
        .order_by()
        .values_list("day")
        .annotate(Count("pk"))
    )
