"""School days: a list of them, or a calendar of days off."""

import datetime as dt
from pathlib import Path

import pytest

from commonroot.intake import MappingError, SchoolDays, UnreadableFileError
from commonroot.intake.school_days import read_school_days

MONDAY = dt.date(2025, 9, 1)
FRIDAY = dt.date(2025, 9, 5)
NEXT_FRIDAY = dt.date(2025, 9, 12)


def read(tmp_path: Path, *lines: str) -> SchoolDays:
    path = tmp_path / "calendar.csv"
    path.write_text("\r\n".join(lines), encoding="utf-8")
    return read_school_days(path)


def calendar(*events: str) -> list[str]:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x"]
    for number, event in enumerate(events):
        lines += ["BEGIN:VEVENT", f"UID:{number}", *event.split(), "END:VEVENT"]
    return [*lines, "END:VCALENDAR", ""]


def test_a_list_of_days_holds_only_school_days(tmp_path: Path) -> None:
    days = read(tmp_path, "Date", "9/2/2025", "9/3/2025", "9/20/2025")

    assert days.between("Any", MONDAY, FRIDAY) == [
        dt.date(2025, 9, 2),
        dt.date(2025, 9, 3),
    ]


def test_a_column_may_say_which_days_are_school_days(tmp_path: Path) -> None:
    days = read(
        tmp_path,
        "Date,Calendar Event",
        "2025-09-02,Instructional day",
        "2025-09-03,Holiday",
        "2025-09-04,Make-up day",
        "2025-09-05,Teacher only day",
    )

    assert [day.day for day in days.between(None, MONDAY, FRIDAY)] == [2, 4]


def test_each_school_has_its_own_days(tmp_path: Path) -> None:
    days = read(
        tmp_path,
        "School,Date",
        "Cedar,2025-09-02",
        "Cedar,2025-09-03",
        "Juniper,2025-09-04",
    )

    assert len(days.between("cedar", MONDAY, FRIDAY)) == 2
    assert days.between("Madrone", MONDAY, FRIDAY) == []
    assert days.between(None, MONDAY, FRIDAY) == []
    assert days.last("Cedar") == dt.date(2025, 9, 3)


def test_one_school_needs_no_name(tmp_path: Path) -> None:
    days = read(tmp_path, "School,Date", "Cedar,2025-09-02")

    assert days.between(None, MONDAY, FRIDAY) == [dt.date(2025, 9, 2)]


def test_a_calendar_of_days_off_leaves_the_other_weekdays(tmp_path: Path) -> None:
    days = read(tmp_path, *calendar("DTSTART;VALUE=DATE:20250901"))

    assert [d.day for d in days.between("Any", MONDAY, NEXT_FRIDAY)] == [
        2, 3, 4, 5, 8, 9, 10, 11, 12,
    ]  # fmt: skip


def test_a_break_of_several_days_ends_before_its_end(tmp_path: Path) -> None:
    days = read(
        tmp_path,
        *calendar("DTSTART;VALUE=DATE:20250901 DTEND;VALUE=DATE:20250904"),
    )

    assert [d.day for d in days.between(None, MONDAY, FRIDAY)] == [4, 5]


def test_a_day_off_that_repeats_is_off_each_time(tmp_path: Path) -> None:
    days = read(
        tmp_path,
        *calendar("DTSTART;VALUE=DATE:20250903 RRULE:FREQ=WEEKLY;COUNT=2"),
    )

    assert [d.day for d in days.between(None, MONDAY, NEXT_FRIDAY)] == [
        1, 2, 4, 5, 8, 9, 11, 12,
    ]  # fmt: skip


def test_an_hour_and_the_first_day_of_school_are_no_days_off(tmp_path: Path) -> None:
    days = read(
        tmp_path,
        *calendar(
            "DTSTART:20250902T100000 DTEND:20250902T110000",
            "DTSTART;VALUE=DATE:20250903 SUMMARY:First\xa0day",
            "DTSTART;VALUE=DATE:20250904",
        ),
    )

    assert dt.date(2025, 9, 2) in days.between(None, MONDAY, FRIDAY)


def test_the_first_day_of_school_is_a_school_day(tmp_path: Path) -> None:
    lines = calendar("DTSTART;VALUE=DATE:20250902", "DTSTART;VALUE=DATE:20250901")
    lines.insert(5, "SUMMARY:First Day of School")

    days = read(tmp_path, *lines)

    assert [d.day for d in days.between(None, MONDAY, FRIDAY)] == [2, 3, 4, 5]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["Date,Event", "2025-09-02,Holiday"], "no readable instructional day"),
        (["Date", "soon"], "no readable instructional day"),
        (["Day of birth,Event", "2025-09-02,x"], "no column of dates"),
        (["Date", "2025-09-02", "9/3/2025"], "more than one way|in these ways"),
        (calendar("DTSTART:20250902T100000"), "no whole-day events"),
        (["BEGIN:VCALENDAR", "nonsense"], "damaged"),
        (["BEGIN:VCALENDAR", "BEGIN:VEVENT", "END:VCALENDAR"], "damaged"),
        (calendar("DTSTART;VALUE=DATE:2025-99-99"), "damaged"),
        (calendar("SUMMARY:Nothing"), "damaged|no whole-day"),
    ],
)
def test_a_calendar_that_cannot_be_used_is_refused_in_words(
    lines: list[str], told: str, tmp_path: Path
) -> None:
    with pytest.raises((MappingError, UnreadableFileError), match=told):
        read(tmp_path, *lines)


def test_a_calendar_that_is_missing_is_told_by_name(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match=r"no file .*gone\.ics"):
        read_school_days(tmp_path / "gone.ics")
