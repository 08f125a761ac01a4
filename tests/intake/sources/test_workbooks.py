"""Excel workbooks, new and old, whole and damaged."""

import datetime as dt
import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
import xlwt

from commonroot.intake import Source, UnreadableFileError, read_source

from ..shapes import SYNERGY_XLS, SYNERGY_XLSX

HEADER = ["Incident ID", "Incident Date", "Incident Time", "Location"]


def read(folder: Path, content: bytes) -> Source:
    path = folder / "incidents.xlsx"
    path.write_bytes(content)
    return read_source(path)


def write_xlsx(*sheets: list[list[object]], **options: object) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, **options}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for rows in sheets:
            sheet = book.add_worksheet()
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    if isinstance(value, dt.date | dt.time):
                        sheet.write_datetime(number, column, value, day)
                    else:
                        sheet.write(number, column, value)
    return file.getvalue()


def test_numbers_dates_and_times_become_text(tmp_path: Path) -> None:
    row = [12.0, dt.datetime(2025, 9, 3), dt.time(8, 5), "Gym"]

    source = read(tmp_path, write_xlsx([HEADER, row]))

    assert source.frame.row(0)[:2] == ("12", "2025-09-03")
    assert source.frame.row(0)[3] == "Gym"


def test_a_date_with_a_time_keeps_it(tmp_path: Path) -> None:
    rows = [["Incident Date", "Location"], [dt.datetime(2025, 9, 3, 8, 5), "Gym"]]

    source = read(tmp_path, write_xlsx(rows))

    assert source.frame.row(0) == ("2025-09-03 08:05:00", "Gym")


def test_the_date_system_of_1904_is_the_workbooks_own(tmp_path: Path) -> None:
    rows = [["Incident Date", "Location"], [dt.datetime(2025, 9, 3), "Gym"]]

    source = read(tmp_path, write_xlsx(rows, date_1904=True))

    assert source.frame.row(0)[0] == "2025-09-03"


def test_the_sheet_with_known_headers_is_read(tmp_path: Path) -> None:
    cover: list[list[object]] = [["Cover"], ["Nothing here"]]

    source = read(tmp_path, write_xlsx(cover, [], [HEADER, [1, "9/3/2025", "", "Gym"]]))

    assert (source.guesses["sheet"], source.guesses["sheets"]) == (3, 3)
    assert source.rows_read == 1


def test_an_empty_corner_keeps_the_numbers_of_rows(tmp_path: Path) -> None:
    rows = [[], [], ["", *HEADER], ["", 1, "9/3/2025", "", "Gym"]]

    source = read(tmp_path, write_xlsx(rows))

    assert source.row_numbers.to_list() == [4]
    assert source.headers == ["(column 1)", *HEADER]


def test_old_and_new_workbooks_say_the_same(tmp_path: Path) -> None:
    old, new = (read(tmp_path, twin.content()) for twin in (SYNERGY_XLS, SYNERGY_XLSX))

    assert old.frame.equals(new.frame)
    assert old.row_numbers.to_list() == new.row_numbers.to_list()


@pytest.mark.parametrize(
    "content",
    [
        SYNERGY_XLSX.content()[:-100],
        SYNERGY_XLSX.content()[:200],
        b"PK\x03\x04" + b"nonsense" * 20,
        SYNERGY_XLS.content()[:600],
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
        b"\xd0\xcf\x11\xe0",
    ],
    ids=["short", "shorter", "not-a-zip", "short-xls", "zeros-xls", "mark-only"],
)
def test_a_damaged_workbook_is_refused_in_words(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="cannot be read as one"):
        read(tmp_path, content)


def test_an_old_workbook_that_breaks_off_is_refused_in_words(tmp_path: Path) -> None:
    whole = SYNERGY_XLS.content()

    for size in range(512, len(whole), 997):
        with pytest.raises(UnreadableFileError):
            read(tmp_path, whole[:size])


def test_a_zip_of_something_else_is_refused_in_words(tmp_path: Path) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("incidents.csv", "Incident Date,Location\n9/3/2025,Gym\n")

    with pytest.raises(UnreadableFileError, match="zip archive of something else"):
        read(tmp_path, file.getvalue())


def test_a_workbook_without_rows_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="The workbook is empty"):
        read(tmp_path, write_xlsx([]))


def test_an_error_in_a_cell_is_no_text(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("x")
    for column, header in enumerate(HEADER):
        sheet.write(0, column, header)
    sheet.row(1).set_cell_error(3, 0x2A)
    sheet.write(1, 1, "9/3/2025")
    file = io.BytesIO()
    book.save(file)

    source = read(tmp_path, file.getvalue())

    assert source.frame.row(0)[1:] == ("9/3/2025", None, None)
