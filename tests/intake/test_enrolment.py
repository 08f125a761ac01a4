"""Enrolment: counts by school, year, grade and group, with their date and source."""

from pathlib import Path

import pytest

from commonroot.intake import Enrolment, MappingError, read_enrolment


def read(tmp_path: Path, *lines: str) -> Enrolment:
    path = tmp_path / "enrolment.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return read_enrolment(path)


FULL = (
    "School,School Year,Grade,Group,Value,Students,Date,Source",
    "Cedar,2024-25,,,,300,2024-10-01,State report",
    "Cedar,2025-26,,,,320,2025-10-01,State report",
    "Cedar,2025-26,6,,,160,2025-10-01,State report",
    "Cedar,2025-26,7,,,160,2025-10-01,State report",
    "Cedar,2025-26,,Race/Ethnicity,White,200,2025-10-01,State report",
    "Cedar,2025-26,,Race/Ethnicity,Asian,120,2025-10-01,State report",
    "Juniper,2025-26,,,,90,2025-10-01,State report",
)


def test_a_school_has_its_students_of_the_year(tmp_path: Path) -> None:
    cedar = read(tmp_path, *FULL).of_school("CEDAR", "2025-26")

    assert cedar.total() == 320
    assert cedar.grades() == {"6": 160, "7": 160}
    assert cedar.group("Ethnicity", ["White"]) == {"White": 200, "Asian": 120}
    assert cedar.note() == "State report, 2025-10-01"


def test_the_nearest_year_stands_in_for_a_missing_one(tmp_path: Path) -> None:
    cedar = read(tmp_path, *FULL).of_school("Cedar", "2022-23")

    assert cedar.total() == 300


def test_several_schools_without_a_name_are_not_guessed(tmp_path: Path) -> None:
    assert read(tmp_path, *FULL).of_school(None, "2025-26").total() is None


def test_a_school_that_the_file_lacks_has_no_count(tmp_path: Path) -> None:
    assert read(tmp_path, *FULL).of_school("Madrone", "2025-26").total() is None


def test_a_total_is_added_up_from_grades(tmp_path: Path) -> None:
    enrolment = read(tmp_path, "Grade,Count", "K,20", "1,30", "Grade 2,40")

    assert enrolment.total() == 90
    assert enrolment.grades() == {"K": 20, "1": 30, "2": 40}


def test_a_total_is_added_up_from_one_groups_parts(tmp_path: Path) -> None:
    enrolment = read(
        tmp_path, "Group,Value,Students", "Gender,F,50", "Gender,M,51", "IEP,Yes,12"
    )

    assert enrolment.total() == 101


def test_the_row_of_everyone_is_the_total(tmp_path: Path) -> None:
    enrolment = read(
        tmp_path, "Student Group,Enrollment", "All Students,101", "White,60", "Asian,41"
    )

    assert enrolment.total() == 101
    assert enrolment.group("Race", ["White", "Asian"]) == {"White": 60, "Asian": 41}


@pytest.mark.parametrize(
    ("text", "students"), [("1,234", 1234), (" 12 ", 12), ("90.0", 90), ("0", 0)]
)
def test_a_number_of_students_is_a_whole_number(
    text: str, students: int, tmp_path: Path
) -> None:
    enrolment = read(tmp_path, "School,Students", f'Cedar,"{text}"')

    assert enrolment.counts[0].students == students


def test_a_row_without_a_number_is_left_and_told(tmp_path: Path) -> None:
    enrolment = read(tmp_path, "School,Students", "Cedar,<10", "Juniper,90", "Madrone,")

    assert [count.school for count in enrolment.counts] == ["Juniper"]
    assert enrolment.rows_left == (2, 4)


def test_a_file_without_numbers_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(MappingError, match="no column with the number of students"):
        read(tmp_path, "School,Grade", "Cedar,6")
    with pytest.raises(MappingError, match="no row with a number of students"):
        read(tmp_path, "School,Students", "Cedar,many")


def test_a_total_that_jumps_is_named(tmp_path: Path) -> None:
    enrolment = read(
        tmp_path,
        "School,School Year,Students",
        "Cedar,2023-24,300",
        "Cedar,2024-25,310",
        "Cedar,2025-26,31",
    )

    assert enrolment.jumps() == ["Cedar in 2025-26"]


def test_a_date_tells_the_school_year(tmp_path: Path) -> None:
    enrolment = read(tmp_path, "School,Students,Date", "Cedar,300,10/1/2025")

    assert enrolment.counts[0].school_year == "2025-26"
    assert enrolment.counts[0].date == "2025-10-01"
