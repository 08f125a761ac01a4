"""The meeting sheet of a school, drawn once and kept until something changes."""

import datetime as dt
import hashlib
import threading
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import polars as pl
from django.core.cache import caches

from commonroot import __version__
from commonroot.briefs.brief import Request, count_intake, draw_brief
from commonroot.domain.audit.queries import find_last_change
from commonroot.domain.network.models import Person, Place
from commonroot.domain.network.sight import find_reason, today
from commonroot.domain.records.models import Version
from commonroot.domain.records.queries import latest_year, read_school, versions_seen_by
from commonroot.domain.records.rules import IMPORT
from commonroot.intake import Intake
from commonroot.languages import find_language

ENOUGH = 30
DRAWN = ("brief.html", "brief.pdf", "brief.json")
# Several people who open one sheet at once wait for one drawing of it.
drawing: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)


def find_sheet(
    viewer: Person,
    school: Place,
    first: dt.date | None = None,
    last: dt.date | None = None,
    *,
    together: bool = False,
) -> Mapping[str, bytes] | None:
    """Find the files of a school's sheet of a period, else of its newest year.

    In the language that is spoken. With `together` it is the one that is the same for
    everybody who meets: up to the last Sunday for those who hold the files too.

    None when there are no records. Raises NotForThisViewerError for somebody who may
    not see it, PeriodError for a period that they may not choose, and the brief's
    errors with a sentence.
    """
    versions_seen_by(viewer, school)
    last = choose_end(viewer, school, first, last, together=together)
    key = name_state(school, first, last)
    kept: Mapping[str, bytes] | None = caches["kept"].get(key)
    if kept is not None:
        return kept
    with drawing[key]:
        kept = caches["kept"].get(key)
        if kept is None:
            kept = draw_sheet(viewer, school, first, last)
            if kept is not None:
                caches["kept"].set(key, kept)
    drawing.pop(key, None)
    return kept


class PeriodError(Exception):
    """Somebody may not choose this period."""


def choose_end(
    viewer: Person,
    school: Place,
    first: dt.date | None,
    last: dt.date | None,
    *,
    together: bool = False,
) -> dt.date | None:
    """Choose up to when a sheet is counted for somebody; raises PeriodError.

    Two sheets whose periods differ by a day tell, subtracted, what that day hides. Whoever
    gives the school's files holds its records and may choose any period. Others have whole
    school years, up to the last Sunday.
    """
    if find_reason(viewer, IMPORT, school) is not None and not together:
        return last
    years = [(begin, end) for _name, begin, end in list_periods(school)]
    if (first, last) != (None, None) and (first, last) not in years:
        raise PeriodError
    sunday = today() - dt.timedelta(days=today().isoweekday() % 7)
    return min(last or sunday, sunday)


def name_state(school: Place, first: dt.date | None, last: dt.date | None) -> str:
    """Name all that a sheet depends on: whatever changes a school is in the log."""
    changed = find_last_change(school)
    spoken = find_language()
    told = (__version__, school.pk, changed, today(), first, last, spoken)
    return hashlib.sha256(repr(told).encode()).hexdigest()


def draw_sheet(
    viewer: Person, school: Place, first: dt.date | None, last: dt.date | None
) -> Mapping[str, bytes] | None:
    """Draw a school's sheet."""
    records = read_school(viewer, school)
    if records is None:
        return None
    intake = end_intake(records.intake, last)
    if intake.rows.is_empty():
        return None
    if first is None:
        first, last = find_newest_period(intake.rows, last)
        intake = end_intake(intake, last)
    asked = Request(Path(school.name), first=first, last=last)
    counted = count_intake(intake, asked, records.enrolment, records.school_days)
    files = draw_brief(counted, school.name).files
    return {name: files[name] for name in DRAWN}


def end_intake(intake: Intake, last: dt.date | None) -> Intake:
    """Leave out what came after a day, from the counts of rows too."""
    if last is None:
        return intake
    rows = intake.rows.filter(pl.col("date") <= last)
    left = intake.rows.height - rows.height
    report = {
        **intake.report,
        "rows_read": intake.report["rows_read"] - left,
        "rows_used": intake.report["rows_used"] - left,
    }
    return replace(intake, rows=rows, report=report)


def find_newest_period(
    rows: pl.DataFrame, last: dt.date | None
) -> tuple[dt.date, dt.date | None]:
    """Find the first and last day of the newest school year that has enough to say.

    A handful of incidents in September does not hide the year before, nor is it mixed
    with it: that year's students and school days are others.
    """
    newest = latest_year(rows)
    of_newest = rows.filter(pl.col("date") >= newest)["event"].n_unique()
    before = newest.replace(year=newest.year - 1)
    between = pl.col("date").is_between(before, newest, closed="left")
    has_before = not rows.filter(between).is_empty()
    if of_newest < ENOUGH and has_before:
        return before, newest - dt.timedelta(days=1)
    return newest, last


def list_periods(school: Place) -> list[tuple[str, dt.date, dt.date]]:
    """List the school years with records, the newest first: name, first day, last day."""
    years = (
        Version.objects.filter(incident__school=school, current_of__isnull=False)
        .order_by("-school_year")
        .values_list("school_year", flat=True)
        .distinct()
    )
    return [
        (name, dt.date(int(name[:4]), 7, 1), dt.date(int(name[:4]) + 1, 6, 30))
        for name in years
    ]
