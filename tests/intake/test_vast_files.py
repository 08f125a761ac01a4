"""Files that are made to fill the machine are refused before they do."""

import io
import zipfile

import pytest
import xlsxwriter

from commonroot.intake import MappingError, UnreadableFileError, read_incidents
from commonroot.intake.school_days import read_school_days

SHEET = "xl/worksheets/sheet1.xml"


def write_book(path, cells):
    """Write the least that is a workbook, with some cells."""
    plain = io.BytesIO()
    book = xlsxwriter.Workbook(plain)
    book.add_worksheet().write_row(0, 0, ["Incident Date", "Location", "Behavior"])
    book.close()
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == SHEET:
                content = content.replace(b"</sheetData>", cells + b"</sheetData>")
            new.writestr(entry, content)
    return path


@pytest.mark.parametrize(
    "cells",
    [
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        b'<row r="900000"><c r="BC900000"><v>1</v></c></row>',
        b'<row r="2"><c r="ZZ2"><v>1</v></c></row>',
    ],
)
def test_a_stray_cell_far_away_is_refused(tmp_path, cells):
    with pytest.raises(UnreadableFileError, match="far away from the others"):
        read_incidents(write_book(tmp_path / "far.xlsx", cells))


def test_a_workbook_that_unpacks_to_very_much_is_refused(tmp_path):
    path = tmp_path / "bomb.xlsx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open(SHEET, "w", force_zip64=True) as part,
    ):
        for _ in range(600):
            part.write(b" " * 1_000_000)

    with pytest.raises(UnreadableFileError, match="too large"):
        read_incidents(path)


def test_a_table_of_very_many_columns_is_refused(tmp_path):
    path = tmp_path / "wide.csv"
    path.write_text(",".join(f"column {n}" for n in range(200_000)) + "\n1\n")

    with pytest.raises(UnreadableFileError, match="columns, and an export"):
        read_incidents(path)


def test_a_cell_that_never_ends_is_told(tmp_path):
    path = tmp_path / "open.csv"
    path.write_text('Incident Date,Location,Behavior\n9/2/2025,"Bus' + "x" * 40_000_000)

    with pytest.raises(UnreadableFileError, match="a cell never ends"):
        read_incidents(path)


@pytest.mark.parametrize(
    "lines",
    [
        "RRULE:FREQ=SECONDLY",
        "RRULE:FREQ=DAILY;INTERVAL=0",
        "RRULE:FREQ=HOURLY;COUNT=5",
    ],
)
def test_a_calendar_that_repeats_within_a_day_is_refused(tmp_path, lines):
    path = write_calendar(tmp_path / "days.ics", lines)

    with pytest.raises(MappingError, match=r"repeats within a day|is damaged"):
        read_school_days(path)


@pytest.mark.parametrize(
    "lines",
    [
        "RDATE;VALUE=DATE:" + ",".join(["20260105"] * 5_000),
        "COMMENT:" + "x" * 1_100_000,
    ],
    ids=["dates", "size"],
)
def test_a_calendar_of_very_much_is_refused(tmp_path, lines):
    with pytest.raises(MappingError, match=r"more than 1,000|larger than a megabyte"):
        read_school_days(write_calendar(tmp_path / "days.ics", lines))


def write_calendar(path, lines):
    path.write_text(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\n"
        f"DTSTART;VALUE=DATE:20260105\r\nSUMMARY:Holiday\r\n{lines}\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    return path
