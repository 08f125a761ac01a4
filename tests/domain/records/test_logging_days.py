"""Gaps are proposed, the school marks days, and no rate is taken over them."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from briefs.small_school import list_days, make_rows, write_rows
from commonroot.briefs.brief import Request, count_intake
from commonroot.domain.network.models import SchoolDay
from commonroot.domain.records.actions import give_file, take_in
from commonroot.domain.records.day_actions import DaysError, mark_break, unmark_break
from commonroot.domain.records.logging_days import find_logging_days
from commonroot.domain.records.models import RecordingBreak
from commonroot.domain.records.queries import NotForThisViewerError, read_school

SILENT = (dt.date(2025, 11, 3), dt.date(2025, 11, 14))


@pytest.fixture
def school(cast, tmp_path):
    """Oak School with a calendar, and two weeks in November without a record."""
    SchoolDay.objects.bulk_create(
        SchoolDay(school=cast.Oak, day=day) for day in list_days()
    )
    rows = [
        row
        for row in make_rows(400, students=120)
        if not SILENT[0]
        <= dt.datetime.strptime(str(row["Incident Date"]), "%m/%d/%Y").date()
        <= SILENT[1]
    ]
    path = write_rows(tmp_path / "incidents.csv", rows)
    take_in(
        by=cast.Ana,
        given=give_file(by=cast.Ana, school=cast.Oak, path=path, name=path.name),
    )
    return cast.Oak


def count_logging_days(cast, school):
    from pathlib import Path  # noqa: PLC0415  # one helper asks

    records = read_school(cast.Ana, school)
    counted = count_intake(
        records.intake, Request(Path("x")), records.enrolment, records.school_days
    )
    return counted.facts.timing.logging_days


def test_a_gap_that_chance_does_not_explain_is_proposed(cast, school):
    found = find_logging_days(cast.Ana, school)

    assert [(gap.first, gap.last, gap.days) for gap in found.proposed] == [
        (*SILENT, 10)
    ]
    assert found.logging_days == found.school_days - 10


def test_what_is_marked_is_no_longer_proposed(cast, school):
    mark_break(by=cast.Ana, school=school, first=SILENT[0], last=SILENT[1])
    found = find_logging_days(cast.Ana, school)

    assert found.proposed == ()
    assert [each.first for each in found.marked] == [SILENT[0]]
    assert found.logging_days == found.school_days - 10


def test_a_marked_day_without_a_record_leaves_the_rates(cast, school):
    quiet = find_quiet_day(cast, school)
    before = count_logging_days(cast, school)
    mark_break(by=cast.Ana, school=school, first=quiet, last=quiet)

    assert count_logging_days(cast, school) == before - 1


def find_quiet_day(cast, school):
    """Find one school day without a record outside the gap."""
    rows = read_school(cast.Ana, school).intake.rows
    written = set(rows["date"])
    last = max(written)
    return next(
        day
        for day in list_days()
        if day not in written and not SILENT[0] <= day <= SILENT[1] and day < last
    )


def test_a_marked_day_with_a_record_still_counts(cast, school):
    written = max(read_school(cast.Ana, school).intake.rows["date"])
    before = count_logging_days(cast, school)
    mark_break(by=cast.Ana, school=school, first=written, last=written)

    assert count_logging_days(cast, school) == before


def test_the_same_days_twice_are_once_and_can_be_taken_back(cast, school):
    one = mark_break(by=cast.Ana, school=school, first=SILENT[0], last=SILENT[1])
    assert (
        mark_break(by=cast.Ben, school=school, first=SILENT[0], last=SILENT[1]) == one
    )

    unmark_break(by=cast.Ben, school=school, key=one.pk)
    unmark_break(by=cast.Ben, school=school, key=one.pk)
    assert RecordingBreak.objects.count() == 0


@pytest.mark.parametrize("days", [-1, 400])
def test_days_that_cannot_be_are_refused(cast, days):
    first = dt.date(2025, 9, 2)
    with pytest.raises(DaysError):
        mark_break(
            by=cast.Ana,
            school=cast.Oak,
            first=first,
            last=first + dt.timedelta(days=days),
        )


@pytest.mark.parametrize("name", ["Grace", "Noor", "Carla", "Elena"])
def test_only_the_team_and_the_principal_mark_days(cast, name):
    with pytest.raises(PermissionDenied):
        mark_break(
            by=cast.people[name], school=cast.Oak, first=SILENT[0], last=SILENT[1]
        )
    with pytest.raises(NotForThisViewerError):
        find_logging_days(cast.people[name], cast.Oak)


def test_without_a_calendar_nothing_is_proposed(cast):
    assert find_logging_days(cast.Ana, cast.Oak) is None
