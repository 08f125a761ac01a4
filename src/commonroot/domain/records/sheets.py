"""The meeting sheet of a school, drawn once and kept until something changes."""

import datetime as dt
import hashlib
import threading
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from django.core.cache import caches

from commonroot import __version__
from commonroot.briefs.brief import Request, count_intake, draw_brief
from commonroot.domain.audit.queries import find_last_change
from commonroot.domain.network.models import Person, Place
from commonroot.domain.network.sight import today
from commonroot.domain.records.queries import latest_year, read_school, versions_seen_by

DRAWN = ("brief.html", "brief.pdf", "brief.json")
# Several people who open one sheet at once wait for one drawing of it.
drawing: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)


def find_sheet(
    viewer: Person, school: Place, first: dt.date | None, last: dt.date | None
) -> Mapping[str, bytes] | None:
    """Find the files of a school's sheet of a period, else of its newest year.

    None when there are no records. Raises NotForThisViewerError for somebody who may
    not see it, and the brief's errors with a sentence.
    """
    versions_seen_by(viewer, school)
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


def name_state(school: Place, first: dt.date | None, last: dt.date | None) -> str:
    """Name all that a sheet depends on: whatever changes a school is in the log."""
    told = (__version__, school.pk, find_last_change(school), today(), first, last)
    return hashlib.sha256(repr(told).encode()).hexdigest()


def draw_sheet(
    viewer: Person, school: Place, first: dt.date | None, last: dt.date | None
) -> Mapping[str, bytes] | None:
    """Draw a school's sheet."""
    records = read_school(viewer, school)
    if records is None:
        return None
    asked = Request(
        Path(school.name),
        first=first or latest_year(records.intake.rows),
        last=last,
    )
    counted = count_intake(
        records.intake, asked, records.enrolment, records.school_days
    )
    files = draw_brief(counted, school.name).files
    return {name: files[name] for name in DRAWN}
