"""Dates and times: read as the column writes them, or asked about."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonroot.intake import MappingError
from commonroot.intake.dates import (
    MixedDatesError,
    name_school_year,
    read_clock,
    read_dates,
    read_school_year,
)

from .conftest import Read

THIRD = dt.date(2025, 9, 3)
HEADER = "Incident ID,Incident Date,Incident Time,Location"


def read_one(text: str, *others: str, declared: tuple[str, ...] = ()) -> dt.date | None:
    return read_dates(dict.fromkeys([text, *others], 1), declared).dates.get(text)


@pytest.mark.parametrize(
    "text",
    [
        "2025-09-03", "2025/9/3", "9/3/2025", "09/03/2025", "9/3/25", "9-3-2025",
        "9.3.2025", "20250903", "45903", "45903.5", "Sep 3, 2025", "September 3rd, 2025",
        "Wed, Sep 3, 2025", "3 Sep 2025", "3-Sep-25", "2025-09-03T10:05:00Z",
        "2025-09-03 10:05:00.000", "9/3/2025 10:05:00 AM", "3 septiembre 2025",
    ],
)  # fmt: skip
def test_one_day_is_written_in_many_ways(text: str) -> None:
    assert read_one(text) == THIRD


@pytest.mark.parametrize(
    "text",
    [
        "31/31/2025",
        "2025-02-30",
        "0/0/0000",
        "soon",
        "9/3",
        "2025",
        "99999999",
        "1/1/1",
    ],
)
def test_no_day_is_made_of_what_is_none(text: str) -> None:
    assert read_one(text) is None


def test_a_day_over_twelve_proves_the_day_first() -> None:
    reading = read_dates({"03/09/2025": 5, "14/09/2025": 1})

    assert reading.dates["03/09/2025"] == THIRD
    assert reading.way == "day first"


def test_the_month_comes_first_when_nothing_proves_otherwise() -> None:
    reading = read_dates({"03/09/2025": 5})

    assert (reading.dates["03/09/2025"], reading.way) == (
        dt.date(2025, 3, 9),
        "month first",
    )


def test_a_declared_order_is_taken_without_proof() -> None:
    assert read_one("03/09/2025", declared=("d/m/y",)) == THIRD


def test_the_few_that_prove_the_opposite_are_swapped() -> None:
    reading = read_dates({"9/13/2025": 9, "9/3/2025": 9, "14/9/2025": 1})

    assert reading.reasons == {"14/9/2025": "swapped-day-month"}
    assert reading.dates["9/3/2025"] == THIRD


def test_a_column_that_proves_both_orders_stops_the_run() -> None:
    with pytest.raises(MixedDatesError, match="3 rows can only be month/day and 2"):
        read_dates({"9/13/2025": 3, "14/9/2025": 2})


def test_two_ways_of_writing_stop_the_run() -> None:
    with pytest.raises(MixedDatesError, match=r"ISO \(7 rows\), numbers with / \(2"):
        read_dates({"2025-09-03": 7, "9/3/2025": 2})


def test_two_ways_that_are_declared_are_read() -> None:
    reading = read_dates({"2025-09-03": 7, "3/9/2025": 2}, ["iso", "d/m/y"])

    assert reading.dates == {"2025-09-03": THIRD, "3/9/2025": THIRD}


def test_the_refusal_of_mixed_dates_names_the_column(read: Read) -> None:
    lines = [HEADER, "1,2025-09-03,8:05,Gym", "2,9/4/2025,8:15,Gym"]

    with pytest.raises(
        MappingError, match=r"'Incident Date' cannot be read: it writes"
    ):
        read(lines)


def test_mixed_dates_are_read_when_the_mapping_declares_them(read: Read) -> None:
    mapping = """
        [columns]
        date = "Incident Date"
        location = "Location"
        [formats]
        date = ["iso", "m/d/y"]
    """

    intake = read([HEADER, "1,2025-09-03,,Gym", "2,9/4/2025,,Gym"], mapping=mapping)

    assert intake.rows["date"].to_list() == [THIRD, dt.date(2025, 9, 4)]


def test_a_way_that_was_not_declared_stops_the_run(read: Read) -> None:
    mapping = """
        [columns]
        date = "Incident Date"
        location = "Location"
        [formats]
        date = "iso"
    """

    with pytest.raises(MappingError, match="'Incident Date' cannot be read"):
        read([HEADER, "1,2025-09-03,,Gym", "2,9/5/2025,,Gym"], mapping=mapping)


def test_a_way_that_does_not_exist_is_refused(read: Read) -> None:
    mapping = """
        [columns]
        date = "Incident Date"
        location = "Location"
        [formats]
        date = "d/m/yyyy"
    """

    with pytest.raises(MappingError, match="d/m/yyyy"):
        read([HEADER, "1,03/09/2025,,Gym"], mapping=mapping)


def test_excel_numbers_count_from_1900() -> None:
    reading = read_dates({"44826": 1, "44826.3958": 1})

    assert reading.dates["44826"] == dt.date(2022, 9, 22)
    assert reading.minutes == {"44826.3958": 9 * 60 + 30}


def test_excel_numbers_count_from_1904_when_declared() -> None:
    assert read_one("44826", declared=("serial-1904",)) == dt.date(2026, 9, 23)


def test_a_two_digit_year_has_a_century() -> None:
    reading = read_dates({"9/3/25": 1, "9/3/99": 1})

    assert [day.year for day in reading.dates.values()] == [2025, 1999]


def test_a_year_far_off_is_left_behind(read: Read) -> None:
    good = [f"{n},9/{n}/2025,8:{n}5,Gym" for n in range(1, 6)]

    intake = read([HEADER, *good, "6,9/3/2029,8:05,Gym", "7,9/3/1925,8:05,Gym"])

    assert intake.report["reasons"] == {
        "unreadable-date": 1,
        "date-outside-school-years": 1,
    }
    assert intake.report["guesses"]["school_years_left_out"] == ["2029-30"]


def test_two_school_years_side_by_side_both_belong(read: Read) -> None:
    lines = ["1,9/3/2024,8:05,Gym", *[f"{n},9/{n}/2025,,Gym" for n in range(2, 9)]]

    intake = read([HEADER, *lines])

    assert intake.rows["school_year"].unique().sort().to_list() == [
        "2024-25",
        "2025-26",
    ]


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (dt.date(2025, 6, 30), "2024-25"),
        (dt.date(2025, 7, 1), "2025-26"),
        (dt.date(1999, 9, 1), "1999-00"),
    ],
)
def test_a_school_year_turns_in_july(day: dt.date, year: str) -> None:
    assert name_school_year(day) == year


@pytest.mark.parametrize(
    "text", ["2025-2026", "2025-26", "25/26", "SY 2025-26", "2026"]
)
def test_a_school_year_is_written_in_many_ways(text: str) -> None:
    assert read_school_year(text) == "2025-26"


@pytest.mark.parametrize(
    ("text", "minute"),
    [
        ("8:05", 485), ("08:05:00", 485), ("8:05 AM", 485), ("8:05 a.m.", 485),
        ("8:05p", 1205), ("20:05", 1205), ("0805", 485), ("8 AM", 480), ("8.05", 485),
        ("12:00 AM", 0), ("12:30 PM", 750), ("0.5", 720), ("1899-12-30 08:05:00", 485),
        ("24:00", None), ("8:60", None), ("13 pm", None), ("lunch", None), ("", None),
    ],
)  # fmt: skip
def test_a_clock_is_read_in_many_ways(text: str, minute: int | None) -> None:
    assert read_clock(text) == minute


def test_a_missing_time_is_its_own_value(read: Read) -> None:
    intake = read(
        [HEADER, "1,9/3/2025,,Gym", "2,9/4/2025,NULL,Gym", "3,9/5/2025,8:05,"]
    )

    assert intake.rows["minute"].to_list() == [None, None, 485]
    assert "times_not_read" not in intake.report["guesses"]


def test_a_time_that_cannot_be_read_is_told(read: Read) -> None:
    intake = read([HEADER, "1,9/3/2025,recess,Gym", "2,9/4/2025,8:05,Gym"])

    assert intake.rows["minute"].to_list() == [None, 485]
    assert intake.report["guesses"]["times_not_read"] == 1


def test_midnight_is_a_time_that_a_program_filled_in(read: Read) -> None:
    intake = read([HEADER, "1,9/3/2025,00:00:00,Gym", "2,9/4/2025,8:05,Gym"])

    assert intake.rows["minute"].to_list() == [-1, 485]
    assert intake.report["guesses"]["entry_time_defaults"] == ["00:00"]


def test_one_minute_with_over_a_quarter_of_the_rows_is_set_apart(read: Read) -> None:
    usual = [f"{n},9/{n}/2025,8:00,Gym" for n in range(1, 7)]
    others = [f"{n},9/{n}/2025,9:{n},Gym" for n in range(10, 24)]

    intake = read([HEADER, *usual, *others])

    assert intake.rows["minute"].to_list()[:7] == [-1] * 6 + [550]
    assert intake.report["guesses"]["rows_with_default_time"] == 6


def test_one_minute_with_just_a_quarter_is_trusted(read: Read) -> None:
    usual = [f"{n},9/{n}/2025,8:00,Gym" for n in range(1, 7)]
    others = [f"{n},9/{n % 28 + 1}/2025,9:{n},Gym" for n in range(10, 28)]

    intake = read([HEADER, *usual, *others])

    assert intake.rows["minute"].to_list()[0] == 480
    assert "entry_time_defaults" not in intake.report["guesses"]


def test_the_time_beside_the_date_is_taken(read: Read) -> None:
    lines = ["Incident ID,Incident Date & Time,Place", "1,9/3/2025 8:05 AM,Gym"]

    intake = read([*lines, "2,9/4/2025 12:00:00 AM,Gym", "3,9/5/2025,Gym"])

    assert intake.rows["minute"].to_list() == [485, None, None]


@given(st.dates(dt.date(1990, 1, 1), dt.date(2068, 12, 31)))
def test_every_day_survives_each_way_of_writing_it(day: dt.date) -> None:
    serial = str((day - dt.date(1899, 12, 30)).days)
    ways = {
        "iso": day.isoformat(),
        "m/d/y": f"{day:%m/%d/%Y}",
        "d/m/y": f"{day:%d/%m/%Y}",
        "yyyymmdd": f"{day:%Y%m%d}",
        "named": f"{day:%d-%b-%Y}",
        "serial": serial,
    }

    read_back = [read_one(text, declared=(way,)) for way, text in ways.items()]

    assert read_back == [day] * len(ways)
