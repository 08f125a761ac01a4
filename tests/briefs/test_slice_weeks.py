"""A slice by week, beside a plain count of the same rows."""

import datetime as dt

import pytest

from briefs.small_school import list_days, make_rows, write_rows
from commonroot.analysis.check import NOWHERE
from commonroot.briefs.rows import BriefError
from commonroot.briefs.slice_weeks import count_slice_weeks
from commonroot.intake import SchoolDays, read_incidents

START = dt.date(2026, 1, 7)
END = dt.date(2026, 3, 27)


@pytest.fixture
def rows():
    return make_rows(500, students=150)


def count(rows, folder, conditions, **more):
    intake = read_incidents(write_rows(folder / "a.csv", rows))
    return count_slice_weeks(intake, conditions, start=START, end=END, **more)


def find_monday(row):
    day = dt.datetime.strptime(row["Incident Date"], "%m/%d/%Y").date()
    return day - dt.timedelta(days=day.weekday())


def count_plainly(rows, is_inside):
    told = {}
    for row in rows:
        if find_monday(row) <= END:
            inside, outside = told.get(find_monday(row), (0, 0))
            told[find_monday(row)] = (
                inside + is_inside(row),
                outside + (not is_inside(row)),
            )
    return [told[monday] for monday in sorted(told)]


@pytest.mark.parametrize(
    ("conditions", "is_inside"),
    [
        ({"location": "Bus"}, lambda row: row["Location"] == "Bus"),
        (
            {"location": "Playground", "time": "09:30-10:00"},
            lambda row: (
                row["Location"] == "Playground" and row["Incident Time"] == "9:40"
            ),
        ),
        (
            {"part_of_day": "midday", "grade_span": "3-5"},
            lambda row: (
                row["Incident Time"].split(":")[0] in ("11", "12") and row["Grade"] >= 3
            ),
        ),
        (
            {"group: Race/Ethnicity": "White"},
            lambda row: row["Race/Ethnicity"] == "White",
        ),
        (
            {"subjective": "Subjective"},
            lambda row: row["Behavior"] in ("Defiance", "Disruption"),
        ),
    ],
    ids=["place", "place and time", "part of the day", "group", "subjective"],
)
def test_weeks_are_those_of_a_plain_count(rows, tmp_path, conditions, is_inside):
    found = count(rows, tmp_path, conditions).series

    assert [(w.target, w.rest) for w in found.weeks] == count_plainly(rows, is_inside)
    assert found.before == sum(
        monday < dt.date(2026, 1, 5) for monday in {find_monday(row) for row in rows}
    )


def test_days_that_nobody_recorded_are_not_logging_days(rows, tmp_path):
    days = list_days()
    silent = {day for day in days if dt.date(2026, 2, 2) <= day <= dt.date(2026, 2, 13)}
    kept = [
        row
        for row in rows
        if dt.datetime.strptime(row["Incident Date"], "%m/%d/%Y").date() not in silent
    ]
    calendar = SchoolDays({None: frozenset(days)}, unrecorded=frozenset(silent))
    weeks = count(
        kept, tmp_path, {"location": "Bus"}, school_days=calendar
    ).series.weeks

    assert [week.logging_days for week in weeks].count(0) == 2
    assert {week.school_days for week in weeks} <= {4, 5}


def test_the_same_weeks_a_year_before_are_there_when_the_records_reach_back(
    rows, tmp_path
):
    assert count(rows, tmp_path, {"location": "Bus"}).last_year == NOWHERE
    older = make_rows(500, students=150, seed=5)
    for number, row in enumerate(older):
        day = dt.datetime.strptime(row["Incident Date"], "%m/%d/%Y").date()
        row["Incident Date"] = (day - dt.timedelta(weeks=53)).strftime("%m/%d/%Y")
        row["Incident ID"] = 10_000 + number
    found = count(older + rows, tmp_path, {"location": "Bus"}).last_year

    assert found.weight > 0


def test_a_slice_that_the_records_cannot_tell_is_refused(rows, tmp_path):
    with pytest.raises(BriefError, match="do not say this mood"):
        count(rows, tmp_path, {"mood": "bad"})
