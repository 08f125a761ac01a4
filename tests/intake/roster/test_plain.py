"""Plain lists of staff and of schools, as text and as workbooks."""

from pathlib import Path

import pytest
import xlsxwriter

from commonroot.intake import UnreadableFileError
from commonroot.intake.roster import (
    Roster,
    RosterError,
    RosterPerson,
    RosterPlace,
    RosterRole,
    read_roster,
)

STAFF = (
    "Name,E-mail,Role,School,District,Initial Password,Phone",
    "Ann West,ann@hill.example,Principal,Hill School,Cedar Valley,hunter2,555-0100",
    "Ben Oak,ben@hill.example,Teacher,Hill School,Cedar Valley,,",
    "Ben Oak,Ben@hill.example,Coach,Dale School,Cedar Valley,,",
    "Marisol Fir,m@hill.example,Student,Hill School,Cedar Valley,,",
)
PLACES = (
    RosterPlace("cedarvalley", "district", "Cedar Valley"),
    RosterPlace("cedarvalley/hillschool", "school", "Hill School", None, "cedarvalley"),
    RosterPlace("cedarvalley/daleschool", "school", "Dale School", None, "cedarvalley"),
)
PEOPLE = (
    RosterPerson(
        "ann@hill.example",
        "Ann West",
        "ann@hill.example",
        (RosterRole("Principal", "cedarvalley/hillschool"),),
    ),
    RosterPerson(
        "ben@hill.example",
        "Ben Oak",
        "ben@hill.example",
        (
            RosterRole("Teacher", "cedarvalley/hillschool"),
            RosterRole("Coach", "cedarvalley/daleschool"),
        ),
    ),
)


def read(tmp_path: Path, *lines: str, strict: bool = False) -> Roster:
    path = tmp_path / "list.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return read_roster(path, strict=strict)


def list_found(roster: Roster) -> list[tuple[int, str]]:
    return [(breach.row, breach.rule) for breach in roster.breaches]


def test_a_list_of_staff_is_read(tmp_path: Path) -> None:
    roster = read(tmp_path, *STAFF, strict=True)

    assert (roster.places, roster.people) == (PLACES, PEOPLE)
    assert roster.students == 1
    assert roster.dropped == (
        "list.csv: Initial Password (filled in 1 row)",
        "list.csv: Phone",
    )


def test_a_workbook_of_staff_is_read(tmp_path: Path) -> None:
    path = tmp_path / "staff.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for row, line in enumerate(STAFF):
            sheet.write_row(row, 0, line.split(","))

    roster = read_roster(path, strict=True)

    assert (roster.places, roster.people) == (PLACES, PEOPLE)


def test_a_list_of_schools_is_read(tmp_path: Path) -> None:
    roster = read(
        tmp_path,
        "School Name,District,School Number,Students",
        "Hill School,Cedar Valley,101,364",
        "Dale School,Cedar Valley,102,90",
        strict=True,
    )

    assert roster.places == (
        PLACES[0],
        RosterPlace("cedarvalley/hillschool", "school", "Hill School", "101", "cedarvalley"),
        RosterPlace("cedarvalley/daleschool", "school", "Dale School", "102", "cedarvalley"),
    )  # fmt: skip
    assert roster.people == ()


def test_names_in_two_columns_are_one_name(tmp_path: Path) -> None:
    roster = read(tmp_path, "First Name,Last Name,Email", "Ann,West,ann@hill.example")

    assert [person.name for person in roster.people] == ["Ann West"]
    assert roster.people[0].roles == (RosterRole("staff", ""),)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (",ann@hill.example,Teacher,Hill", [(3, "value-missing")]),
        ("Cy Elm,cy at hill,Teacher,Hill", [(3, "email-format")]),
        ("Cy Elm,ann@hill.example,Teacher,Hill", [(3, "key-twice")]),
        ("Cy Elm,cy@hill.example,Teacher,Hill,more", [(3, "row-width")]),
        (",,,", []),
    ],
)
def test_a_row_of_staff_that_is_wrong_is_told(
    line: str, found: list[tuple[int, str]], tmp_path: Path
) -> None:
    lines = ("Name,Email,Role,School", "Ann West,ann@hill.example,Teacher,Hill", line)

    assert list_found(read(tmp_path, *lines)) == found
    if found:
        with pytest.raises(RosterError):
            read(tmp_path, *lines, strict=True)


@pytest.mark.parametrize(
    ("line", "found"),
    [(",Cedar Valley,7", [(3, "value-missing")]), ("Hill,Cedar Valley,7", [(3, "key-twice")])],
)  # fmt: skip
def test_a_row_of_schools_that_is_wrong_is_told(
    line: str, found: list[tuple[int, str]], tmp_path: Path
) -> None:
    roster = read(tmp_path, "School,District,Number", "Hill,Cedar Valley,1", line)

    assert list_found(roster) == found


@pytest.mark.parametrize(
    "lines",
    [
        ("Name,Email,Grade", "Marisol Fir,m@hill.example,3"),
        ("Student ID,Name,Email", "77,Marisol Fir,m@hill.example"),
        ("Name,School,Student ID", "Marisol Fir,Hill,77"),
        ("First Name,Last Name,School", "Marisol,Fir,Hill"),
        ("Shoe,Hat", "9,12"),
        ("School,Shoe", "Hill,12"),
    ],
)
def test_what_is_neither_staff_nor_schools_is_refused(
    lines: tuple[str, ...], tmp_path: Path
) -> None:
    with pytest.raises(UnreadableFileError) as refused:
        read(tmp_path, *lines)

    assert "Marisol" not in str(refused.value)
