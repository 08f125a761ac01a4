"""Every row that is not used has a reason, a row number and a column."""

import datetime as dt
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commonroot.intake import Intake, LeftRow, MappingError, UnreadableFileError
from commonroot.intake.rules import REASONS

from .conftest import Read

HEADER = "Incident ID,Incident Date,Location,Behavior,Student ID,Alignment,Is Active"
GOOD = [f"{n},09/{n + 10}/2025,Gym,Theft,70{n:02d},Discipline,Y" for n in range(1, 9)]
FIRST_BAD_ROW = 10
DATE = "Incident Date"
CASES = {
    "blank-row": (",,,,,,", DATE, ""),
    "repeated-header": (HEADER, DATE, "(not shown)"),
    "totals-row": ("Total,,,,8,,", DATE, ""),
    "report-text": ("Printed by the office,,,,,,", DATE, ""),
    "too-many-cells": ("9,09/19/2025,Gym,Theft,7009,Discipline,Y,more,more", "", ""),
    "exact-duplicate": (GOOD[2], "", "same as row 4"),
    "deleted-record": ("9,09/19/2025,Gym,Theft,7009,Discipline,N", "Is Active", "N"),
    "award-row": ("9,09/19/2025,Gym,Theft,7009,Award,Y", "Alignment", "Award"),
    "no-incident-row": (
        "9,09/19/2025,Gym,No Behavior Event/Documentation,7009,Discipline,Y",
        "Behavior",
        "No Behavior Event/Documentation",
    ),
    "no-date": ("9,,Gym,Theft,7009,Discipline,Y", DATE, ""),
    "unreadable-date": ("9,13/13/2025,Gym,Theft,7009,Discipline,Y", DATE, "13/13/2025"),
    "swapped-day-month": (
        "9,19/09/2025,Gym,Theft,7009,Discipline,Y",
        DATE,
        "19/09/2025",
    ),
    "date-outside-school-years": (
        "9,09/19/2029,Gym,Theft,7009,Discipline,Y",
        DATE,
        "09/19/2029",
    ),
    "same-id-two-dates": ("8,09/19/2025,Gym,Theft,7009,Discipline,Y", DATE, ""),
}


def reconciles(intake: Intake) -> bool:
    report = intake.report
    parts = report["rows_used"] + report["duplicates"] + report["left_behind"]
    told = Counter(row.reason for row in intake.left)
    return (
        report["rows_read"] == parts
        and sum(report["reasons"].values()) == report["left_behind"]
        and dict(told - Counter({"exact-duplicate": len(intake.left)}))
        == report["reasons"]
        and len({row.row for row in intake.left}) == len(intake.left)
    )


@pytest.mark.parametrize(
    "reason", [reason for reason in CASES if reason != "same-id-two-dates"]
)
def test_a_row_is_left_behind_for_its_reason(reason: str, read: Read) -> None:
    line, column, value = CASES[reason]

    intake = read([HEADER, *GOOD, line])

    assert intake.left == (LeftRow(FIRST_BAD_ROW, column, value, reason),)
    assert reconciles(intake)


def test_one_id_under_two_dates_leaves_both_rows_behind(read: Read) -> None:
    line, column, _ = CASES["same-id-two-dates"]

    intake = read([HEADER, *GOOD, line])

    assert intake.left == (
        LeftRow(9, column, "09/18/2025", "same-id-two-dates"),
        LeftRow(10, column, "09/19/2025", "same-id-two-dates"),
    )


def test_an_excel_number_of_no_likely_day_is_left_behind(read: Read) -> None:
    serials = [f"{n},4590{n},Gym,Theft,70{n:02d},Discipline,Y" for n in range(1, 9)]

    intake = read([HEADER, *serials, "9,99999,Gym,Theft,7009,Discipline,Y"])

    assert intake.left == (
        LeftRow(FIRST_BAD_ROW, DATE, "99999", "excel-serial-out-of-range"),
    )


def test_the_mapping_can_leave_rows_out(read: Read) -> None:
    mapping = """
        [columns]
        incident_id = "Incident ID"
        date = "Incident Date"
        behaviour = "Behavior"
        [leave_out]
        behaviour = ["Tardy sweep"]
    """

    intake = read(
        [HEADER, *GOOD, "9,09/19/2025,Gym,TARDY  SWEEP,7009,Discipline,Y"],
        mapping=mapping,
    )

    assert intake.left == (
        LeftRow(FIRST_BAD_ROW, "Behavior", "TARDY SWEEP", "left-out-by-mapping"),
    )


def test_every_reason_has_a_test() -> None:
    apart = {"left-out-by-mapping", "excel-serial-out-of-range"}

    assert set(CASES) | apart == set(REASONS)


def test_all_reasons_together_add_up(read: Read) -> None:
    intake = read([HEADER, *GOOD, *(line for line, _, _ in CASES.values())])

    assert reconciles(intake)
    assert intake.report["rows_read"] == len(GOOD) + len(CASES)
    assert intake.report["reasons"] == {
        "blank-row": 1,
        "repeated-header": 1,
        "totals-row": 1,
        "report-text": 1,
        "too-many-cells": 1,
        "deleted-record": 1,
        "award-row": 1,
        "no-incident-row": 1,
        "no-date": 1,
        "unreadable-date": 1,
        "swapped-day-month": 1,
        "date-outside-school-years": 1,
        "same-id-two-dates": 2,
    }


@pytest.mark.parametrize(
    "label", ["All Schools", "Grand Total", "District Total: 41", "Record count: 8"]
)
def test_totals_have_many_names(label: str, read: Read) -> None:
    intake = read([HEADER, *GOOD, f"{label},,8,,,,"])

    assert intake.report["reasons"] == {"totals-row": 1}


def test_a_copy_of_a_copy_names_the_first(read: Read) -> None:
    intake = read([HEADER, *GOOD, GOOD[0], GOOD[0]])

    assert [left.value for left in intake.left] == ["same as row 2", "same as row 2"]
    assert (intake.report["duplicates"], intake.report["left_behind"]) == (2, 0)


def test_a_text_that_was_left_behind_is_not_repeated(read: Read) -> None:
    intake = read([HEADER, *GOOD, "9,ask Ann Zorn,Gym,Theft,7009,Discipline,Y"])

    assert intake.left == (
        LeftRow(FIRST_BAD_ROW, DATE, "(not shown)", "unreadable-date"),
    )


def test_a_year_that_has_not_begun_does_not_belong(read: Read) -> None:
    lines = [HEADER, *GOOD, "9,09/19/2026,Gym,Theft,7009,Discipline,Y"]

    before, after = (
        read(lines, today=dt.date(2026, month, 1)).report["reasons"]
        for month in (5, 10)
    )

    assert (before, after) == ({"date-outside-school-years": 1}, {})


def test_a_day_in_the_future_that_is_right_when_swapped_is_told_as_swapped(
    read: Read,
) -> None:
    # 3 September 2026 is not here yet; 9 March 2026 was in this school year.
    intake = read([HEADER, *GOOD, "9,09/03/2026,Gym,Theft,7009,Discipline,Y"])

    assert intake.left == (
        LeftRow(FIRST_BAD_ROW, DATE, "09/03/2026", "swapped-day-month"),
    )


def test_every_row_left_behind_is_a_refusal(read: Read) -> None:
    with pytest.raises(UnreadableFileError, match="no-date: 2"):
        read([HEADER, "1,,Gym,Theft,7001,Discipline,Y", "2,,Gym,,,,"])


CELLS = st.sampled_from(
    [
        "", "", " ", "NULL", "0", "1", "2", "-1", "12", "9/3/2025", "09/14/2025",
        "14/09/2025", "2025-09-03", "2025-09-03T10:00:00", "45903", "45903.5", "9/3/25",
        "9/3/2029", "Sep 3, 2025", "13:05", "1:05 PM", "25:99", "Gym", "GYM", "Gym ",
        "Total", "Theft; Tardy", "Defiance", "Award", "No Incident", "ISS", "Offender",
        "witness", "Zorn, Ann", "Y", "N", "7", "K", "\N{EN DASH}", "日本", "é", "=1+1",
        "a\nb", 'say "no"', "x" * 80, "12345678901234567890", "Incident Date",
    ]
)  # fmt: skip
HEADERS = st.lists(
    st.sampled_from(
        [
            "Incident ID", "Incident Date", "Time", "Location", "Behavior", "Role",
            "Student ID", "Grade", "Action", "Days", "Gender", "Alignment", "Name",
            "Is Active", "Severity", "School", "Period", "School Year", "Reporter",
            "", "Shoe Size", "Incident Date",
        ]
    ),
    min_size=1,
    max_size=9,
)  # fmt: skip


def quote(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


@st.composite
def messy_tables(draw: Callable[..., list[str]]) -> bytes:
    header = draw(HEADERS)
    if draw(st.booleans()):
        header = ["Incident Date", "Location", *header]
    width = len(header)
    rows = draw(
        st.lists(
            st.lists(CELLS, min_size=0, max_size=width + 1), min_size=0, max_size=9
        )
    )
    lines = [",".join(map(quote, row)) for row in [header, *rows]]
    return "\n".join(lines).encode()


@pytest.mark.slow
@given(content=messy_tables())
@settings(
    max_examples=250,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_small_table_is_refused_in_words_or_adds_up(
    content: bytes, read: Read
) -> None:
    try:
        intake = read(content)
    except (UnreadableFileError, MappingError):
        return

    assert reconciles(intake)


@pytest.mark.slow
@given(content=st.binary(max_size=300))
@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_bytes_are_refused_in_words(content: bytes, read: Read) -> None:
    with pytest.raises((UnreadableFileError, MappingError)):
        read(content)
