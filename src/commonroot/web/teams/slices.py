"""A team's slice of the school's records: patterns to choose from, and what a check says."""

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.core.cache import caches

from commonroot.analysis.check import (
    Answer,
    Verdict,
    check_change,
    foresee,
    release_answer,
)
from commonroot.briefs.rows import BriefError
from commonroot.briefs.slice_weeks import count_slice_weeks
from commonroot.domain.audit.queries import find_last_change
from commonroot.domain.network.models import Person, Place
from commonroot.domain.network.sight import today
from commonroot.domain.records.comparison import weigh_other_schools
from commonroot.domain.records.queries import read_school
from commonroot.domain.records.sheets import find_sheet
from commonroot.domain.teams.changed_schools import find_schools_that_changed
from commonroot.domain.teams.models import Change, Cycle

# About what correcting leaves of a pattern whose numbers are not shown.
PICKED_WHEN_HIDDEN = 0.6
DAYS_KEPT = 8


@dataclass(frozen=True)
class SheetPattern:
    """A pattern of the sheet: its slice, its sentence, and how much of it is left.

    `incidents`, `expected` and `weeks` are what the sheet released; None where it hides
    them. `longest` is the longest bar beside this one, so that all have one scale.
    """

    conditions: dict[str, str]
    sentence: str
    picked: float
    incidents: int | None = None
    expected: float | None = None
    weeks: int | None = None
    is_recent: bool = False
    first: dt.date | None = None
    longest: float = 1.0

    @property
    def name(self) -> str:
        """Name the slice in an address: the same as long as it is the same slice."""
        told = json.dumps(self.conditions, sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Foreseen:
    """By which day an effect would probably show; None: not in this school year."""

    effect: float
    day: dt.date | None


def list_patterns(viewer: Person, school: Place) -> list[SheetPattern]:
    """List the patterns on a school's meeting sheet, the strongest first."""
    return read_patterns(read_document(viewer, school))


def read_patterns(document: dict[str, Any]) -> list[SheetPattern]:
    """Read the patterns of a sheet, with the numbers that it released."""
    told = document.get("patterns", [])
    first = document.get("period", {}).get("from")
    seen = [each[name] or 0 for each in told for name in ("incidents", "expected")]
    return [
        SheetPattern(
            each["slice"],
            each["sentence"],
            measure_picked(each),
            each["incidents"],
            each["expected"],
            each["weeks"],
            each["baseline"] == "history",
            dt.date.fromisoformat(first) if first else None,
            max(seen, default=0) or 1.0,
        )
        for each in told
    ]


def read_document(viewer: Person, school: Place) -> dict[str, Any]:
    """Read what the meeting sheet says; nothing when there is no sheet."""
    try:
        files = find_sheet(viewer, school, together=True)
    except BriefError:
        return {}
    return json.loads(files["brief.json"]) if files else {}


def measure_picked(pattern: dict[str, Any]) -> float:
    """Measure how much of a pattern's height is left once it is corrected for its picking."""
    seen, expected, ratio = (
        pattern.get(name) for name in ("incidents", "expected", "ratio")
    )
    if not seen or not expected or not ratio:
        return PICKED_WHEN_HIDDEN
    return float(min(1.0, ratio / (seen / expected)))


def check(viewer: Person, change: Change) -> Answer | None:
    """Check a change as of last Sunday; None without a slice, or without records.

    What is given, and kept for the next who looks, holds no count.
    """
    cycle = change.cycle
    if not cycle.conditions or change.start > find_last_sunday():
        return None
    school = cycle.team.place
    told = (
        "check",
        change.pk,
        change.start,
        change.goal,
        cycle.conditions,
        cycle.picked,
    )
    key = name_state(school, told)
    kept: Answer | None = caches["kept"].get(key)
    if kept is None:
        kept = work_out(viewer, change)
        if kept is not None:
            caches["kept"].set(key, kept, DAYS_KEPT * 24 * 3600)
    return kept


def look(viewer: Person, change: Change) -> Answer:
    """Look at a change; where it cannot be counted, that is the answer."""
    found = check(viewer, change)
    if found is not None:
        return found
    if not change.cycle.conditions:
        return Answer(Verdict.CANNOT_TELL, 0, 0, reason="no_slice")
    return Answer(Verdict.TOO_EARLY, 0, 0, reason="few_after")


def name_state(school: Place, told: tuple[object, ...]) -> str:
    """Name all that an answer depends on: whatever changes a school is in the log."""
    whole = (school.pk, find_last_change(school), today(), *told)
    return hashlib.sha256(repr(whole).encode()).hexdigest()


def work_out(viewer: Person, change: Change) -> Answer | None:
    """Work out what can be said of a change."""
    cycle = change.cycle
    records = read_school(viewer, cycle.team.place)
    if records is None:
        return None
    try:
        counted = count_slice_weeks(
            records.intake,
            cycle.conditions,
            start=change.start,
            end=find_last_sunday(),
            school_days=records.school_days,
        )
    except BriefError:
        return None
    end = find_last_sunday()
    beside = weigh_other_schools(
        viewer,
        cycle.team.place,
        cycle.conditions,
        first=counted.first,
        start=change.start,
        end=end,
        changed=find_schools_that_changed(cycle.conditions, counted.first, end),
    )
    found = check_change(
        counted.series,
        goal=float(change.goal),
        picked=cycle.picked,
        elsewhere=counted.last_year + beside.moves,
        planned_weeks=change.planned_weeks,
    )
    return release_answer(found, beside.schools)


def find_last_sunday() -> dt.date:
    """Find the last Sunday: half a week beside a whole one tells of single days."""
    return today() - dt.timedelta(days=today().isoweekday() % 7)


def foresee_cycle(viewer: Person, cycle: Cycle) -> list[Foreseen]:
    """Foresee by which day effects of a change that starts now would probably show."""
    school = cycle.team.place
    if not cycle.conditions:
        return []
    key = name_state(school, ("foresee", cycle.pk, cycle.conditions, cycle.picked))
    kept: list[Foreseen] | None = caches["kept"].get(key)
    if kept is None:
        kept = work_out_sight(viewer, cycle)
        caches["kept"].set(key, kept, DAYS_KEPT * 24 * 3600)
    return kept


def work_out_sight(viewer: Person, cycle: Cycle) -> list[Foreseen]:
    """Work out by which days effects would show."""
    records = read_school(viewer, cycle.team.place)
    if records is None:
        return []
    start = find_last_sunday() + dt.timedelta(days=8)
    try:
        counted = count_slice_weeks(
            records.intake,
            cycle.conditions,
            start=start,
            end=find_last_sunday(),
            school_days=records.school_days,
        )
    except BriefError:
        return []
    last = find_last_day(cycle.team.place, start)
    sights = foresee(
        counted.series.weeks, max(0, (last - start).days // 7), picked=cycle.picked
    )
    return [
        Foreseen(
            each.effect,
            None if each.weeks is None else start + dt.timedelta(weeks=each.weeks),
        )
        for each in sights
    ]


def find_last_day(school: Place, on: dt.date) -> dt.date:
    """Find the last day of the school year that a day lies in; mid-June without a calendar."""
    year = school.school_years.filter(first__lte=on, last__gte=on).first()
    if year is not None:
        return dt.date.fromisoformat(str(year.last))
    return dt.date(on.year + (on.month > 6), 6, 12)
