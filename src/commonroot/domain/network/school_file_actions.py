"""Taking a school's calendar or enrolment in: looked at first, whole or not at all."""

import datetime as dt
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commonroot.domain.audit.actions import record
from commonroot.domain.network.actions import NetworkError
from commonroot.domain.network.calendar_plan import (
    PlannedDays,
    choose_days,
    find_other_name,
    plan_days,
)
from commonroot.domain.network.choices import FileState, PlaceKind, SchoolFileKind
from commonroot.domain.network.enrolment_plan import (
    PlannedCounts,
    choose_counts,
    plan_counts,
)
from commonroot.domain.network.models import (
    Enrolment,
    Person,
    Place,
    SchoolDay,
    SchoolFile,
    SchoolYear,
)
from commonroot.domain.network.rules import KEEP_CALENDAR
from commonroot.domain.network.sight import find_reason
from commonroot.intake import read_enrolment, read_school_days

PIECE = 500
Planned = list[PlannedDays] | list[PlannedCounts]


def need_reason(by: Person, school: Place) -> str:
    """Say why somebody may keep a school's calendar; raises PermissionDenied otherwise."""
    reason = find_reason(by, KEEP_CALENDAR, school)
    if reason is None:
        raise PermissionDenied
    if school.kind != PlaceKind.SCHOOL:
        raise NetworkError(_("Calendars and numbers of students are kept at schools."))
    return str(reason)


def give_calendar(
    *,
    by: Person,
    school: Place,
    path: Path,
    first: dt.date | None = None,
    last: dt.date | None = None,
) -> SchoolFile:
    """Read a school's days, and keep them until somebody decides.

    Raises NetworkError or the intake's errors, each with a sentence for a person.
    """
    reason = need_reason(by, school)
    found = read_school_days(path)
    days = choose_days(found, school, first, last)
    return keep_draft(
        by,
        SchoolFile(
            kind=SchoolFileKind.CALENDAR,
            school=school,
            by=by,
            name=path.name,
            report={
                "rows_left": len(found.rows_left),
                "other_name": find_other_name(found, school),
            },
            draft={"days": [day.isoformat() for day in days]},
        ),
        reason,
    )


def give_enrolment(*, by: Person, school: Place, path: Path) -> SchoolFile:
    """Read a school's numbers of students, and keep them until somebody decides.

    Raises NetworkError or the intake's errors, each with a sentence for a person.
    """
    reason = need_reason(by, school)
    found = read_enrolment(path)
    chosen = choose_counts(found, school)
    return keep_draft(
        by,
        SchoolFile(
            kind=SchoolFileKind.ENROLMENT,
            school=school,
            by=by,
            name=path.name,
            report={
                "rows_left": len(found.rows_left) + chosen.left,
                "other_name": chosen.other_name,
            },
            draft={"rows": chosen.rows},
        ),
        reason,
    )


@transaction.atomic
def keep_draft(by: Person, given: SchoolFile, reason: str) -> SchoolFile:
    """Keep what was read; what the same person gave before and did not decide goes."""
    SchoolFile.objects.filter(
        school=given.school, kind=given.kind, by=by, state=FileState.WAITING
    ).update(state=FileState.SET_ASIDE, draft=None, decided=timezone.now())
    given.save(force_insert=True)
    note(by, "give", given, reason)
    return given


def note(by: Person, verb: str, given: SchoolFile, reason: str) -> None:
    """Write down what was done with a file."""
    record(
        by=by,
        verb=verb,
        kind=given.kind,
        key=given.pk,
        place=given.school,
        reason=reason,
    )


def plan_days_of(given: SchoolFile) -> list[PlannedDays]:
    """Say what a calendar that waits would change now."""
    draft: dict[str, Any] = given.draft or {}
    days = (dt.date.fromisoformat(day) for day in draft.get("days", ()))
    return plan_days(given.school, days)


def plan_counts_of(given: SchoolFile) -> list[PlannedCounts]:
    """Say what an enrolment that waits would change now."""
    draft: dict[str, Any] = given.draft or {}
    return plan_counts(given.school, [tuple(row) for row in draft.get("rows", ())])


@transaction.atomic
def take_in_school_file(*, by: Person, given: SchoolFile) -> SchoolFile:
    """Take a file in: all of its plan, made anew, or whatever happens nothing."""
    reason = need_reason(by, given.school)
    Place.objects.select_for_update().get(pk=given.school_id)
    locked = SchoolFile.objects.select_for_update().get(pk=given.pk)
    if locked.state != FileState.WAITING or locked.draft is None:
        return locked
    if locked.kind == SchoolFileKind.CALENDAR:
        for days in plan_days_of(locked):
            write_days(locked.school, days)
    else:
        for counts in plan_counts_of(locked):
            write_counts(locked.school, counts)
    decide(locked, FileState.TAKEN_IN)
    note(by, "take in", locked, reason)
    return locked


def decide(given: SchoolFile, state: FileState) -> None:
    """Note what was decided, and forget what was read."""
    given.state, given.draft, given.decided = state, None, timezone.now()
    given.save()


def write_days(school: Place, planned: PlannedDays) -> None:
    """Make a school year's days those of the file."""
    SchoolYear.objects.update_or_create(
        school=school,
        name=planned.year,
        defaults={"first": planned.first, "last": planned.last},
    )
    SchoolDay.objects.filter(school=school, day__in=planned.gone).delete()
    SchoolDay.objects.bulk_create(
        [SchoolDay(school=school, day=day) for day in sorted(planned.new)],
        batch_size=PIECE,
    )


def write_counts(school: Place, planned: PlannedCounts) -> None:
    """Make a school year's counts those of the file."""
    if not (planned.new or planned.changed or planned.gone):
        return
    Enrolment.objects.filter(school=school, school_year=planned.year).delete()
    Enrolment.objects.bulk_create(
        [
            Enrolment(
                school=school,
                school_year=year,
                column=column,
                value=value,
                students=students,
                counted_on=dt.date.fromisoformat(day) if day else None,
                source=source,
            )
            for year, column, value, students, day, source in planned.rows
        ],
        batch_size=PIECE,
    )


@transaction.atomic
def set_aside_school_file(*, by: Person, given: SchoolFile) -> SchoolFile:
    """Set a file aside that was not taken in; what it said is forgotten."""
    reason = need_reason(by, given.school)
    locked = SchoolFile.objects.select_for_update().get(pk=given.pk)
    if locked.state == FileState.WAITING:
        decide(locked, FileState.SET_ASIDE)
        note(by, "set aside", locked, reason)
    return locked
