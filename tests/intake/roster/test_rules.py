"""One edit of a good bundle, and exactly the breach that follows."""

from collections.abc import Callable
from pathlib import Path

import pytest

from commonroot.intake.roster import RULES, Roster, RosterError, read_roster
from intake.roster.bundles import (
    Bundle,
    edit,
    make_bundle,
    make_delta,
    write_folder,
    write_zip,
)

Edit = Callable[[Bundle], Bundle]
Found = list[tuple[str, int, str]]


def swap(file: str, old: str, new: str) -> Edit:
    """Replace a text."""
    return lambda bundle: edit(bundle, file, old, new)


def add(file: str, line: str) -> Edit:
    """Add a row at the end."""
    return lambda bundle: {**bundle, file: bundle[file] + line + "\n"}


def drop(*files: str) -> Edit:
    """Take files out of the bundle."""
    return lambda bundle: {n: text for n, text in bundle.items() if n not in files}


def rename(file: str, name: str) -> Edit:
    """Give a file another name."""
    return lambda bundle: {
        (name if key == file else key): text for key, text in bundle.items()
    }


def drop_column(file: str, column: str) -> Edit:
    """Take a whole column out; only for files without quoted cells."""

    def edited(bundle: Bundle) -> Bundle:
        rows = [line.split(",") for line in bundle[file].splitlines()]
        place = rows[0].index(column)
        kept = [[*row[:place], *row[place + 1 :]] for row in rows]
        return {**bundle, file: "\n".join(",".join(row) for row in kept) + "\n"}

    return edited


ONE_1 = [
    (drop("manifest.csv"), [("manifest.csv", 0, "manifest-missing")]),
    (
        swap("manifest.csv", "propertyName,value", "name,value"),
        [("manifest.csv", 1, "manifest-unreadable")],
    ),
    (
        swap("manifest.csv", "oneroster.version,1.1", "oneroster.version,2.0"),
        [("manifest.csv", 0, "manifest-version")],
    ),
    (
        swap("manifest.csv", "manifest.version,1.0", "manifest.version,7"),
        [("manifest.csv", 0, "manifest-version")],
    ),
    (
        swap("manifest.csv", "manifest.version,1.0\n", ""),
        [("manifest.csv", 0, "manifest-property")],
    ),
    (
        swap("manifest.csv", "oneroster.version,1.1\n", ""),
        [("manifest.csv", 0, "manifest-property")],
    ),
    (
        swap("manifest.csv", "file.results,absent\n", ""),
        [("manifest.csv", 0, "manifest-property")],
    ),
    (
        add("manifest.csv", "oneroster.version,1.1"),
        [("manifest.csv", 18, "manifest-twice")],
    ),
    (
        swap("manifest.csv", "file.orgs,bulk", "file.orgs,all"),
        [("manifest.csv", 0, "manifest-mode")],
    ),
    (drop("orgs.csv"), [("orgs.csv", 0, "file-missing")]),
    (
        swap("manifest.csv", "file.enrollments,bulk", "file.enrollments,absent"),
        [("enrollments.csv", 0, "file-absent")],
    ),
    (rename("orgs.csv", "Orgs.CSV"), [("orgs.csv", 0, "file-case")]),
    (
        lambda b: {**b, "enrollments.csv": b["enrollments.csv"].split("\n")[0] + "\n"},
        [("enrollments.csv", 0, "file-empty")],
    ),
    (
        lambda b: {**b, "orgs.csv": b["orgs.csv"].replace("Hill", "Año").encode("cp1252")},
        [("orgs.csv", 0, "file-encoding")],
    ),
    (
        lambda b: {**b, "enrollments.csv": b["enrollments.csv"] + "\x00"},
        [("enrollments.csv", 0, "file-broken")],
    ),
    (
        lambda bundle: {**bundle, "enrollments.csv": "\n\n"},
        [("enrollments.csv", 0, "file-empty")],
    ),
    (swap("orgs.csv", "name,type", "Name,type"), [("orgs.csv", 1, "header-case")]),
    (swap("orgs.csv", ",name,", ", name,"), [("orgs.csv", 1, "header-case")]),
    (
        lambda b: edit(
            edit(b, "courses.csv", "courseCode,grades", "grades,courseCode"),
            "courses.csv", "Reading,,03", "Reading,03,",
        ),
        [("courses.csv", 1, "header-order")],
    ),
    (
        swap("enrollments.csv", "beginDate,endDate", "beginDate,beginDate"),
        [
            ("enrollments.csv", 1, "column-missing"),
            ("enrollments.csv", 1, "header-twice"),
        ],
    ),
    (drop_column("orgs.csv", "type"), [("orgs.csv", 1, "column-required")]),
    (drop_column("orgs.csv", "identifier"), [("orgs.csv", 1, "column-missing")]),
    (
        lambda b: {
            **b, "orgs.csv": b["orgs.csv"].replace("\n", ",\n").replace("Id,\n", "Id,shoe\n")
        },
        [("orgs.csv", 1, "column-unknown")],
    ),
    (swap("orgs.csv", "d1,,,Cedar", "d1,,Cedar"), [("orgs.csv", 2, "row-width")]),
    (swap("orgs.csv", "\nx1", "\n\nx1"), [("orgs.csv", 4, "row-width")]),
    (
        swap("orgs.csv", "Hill School", '"Hill\nSchool"'),
        [("orgs.csv", 3, "line-break")],
    ),
    (swap("orgs.csv", "Hill School", " "), [("orgs.csv", 3, "value-missing")]),
    (swap("orgs.csv", "x1,", ","), [("orgs.csv", 4, "value-missing")]),
    (swap("users.csv", "awest", ""), [("users.csv", 2, "username-missing")]),
    (swap("orgs.csv", ",school,", ",shop,"), [("orgs.csv", 3, "value-unknown")]),
    (swap("users.csv", "teacher", "principal"), [("users.csv", 3, "value-unknown")]),
    (swap("users.csv", ",true,", ",1,"), [("users.csv", 2, "value-unknown")]),
    (
        swap("academicSessions.csv", ",term,", ",ext:block,"),
        [("academicSessions.csv", 3, "value-unknown")],
    ),
    (
        swap("classes.csv", "scheduled", "evening"),
        [("classes.csv", 2, "value-unknown")],
    ),
    (
        swap("enrollments.csv", "teacher,true", "teacher,yes"),
        [("enrollments.csv", 2, "value-unknown")],
    ),
    (swap("users.csv", "teacher", "Teacher"), [("users.csv", 3, "value-case")]),
    (swap("users.csv", ",true,", ",TRUE,"), [("users.csv", 2, "value-case")]),
    (
        swap("academicSessions.csv", "2025-08-25,2026-06-12", "8/25/2025,2026-06-12"),
        [("academicSessions.csv", 2, "date-format")],
    ),
    (
        swap("enrollments.csv", "2026-06-12", "2026-06-31"),
        [("enrollments.csv", 2, "date-format")],
    ),
    (
        swap("academicSessions.csv", "2026-01-23", "2025-01-23"),
        [("academicSessions.csv", 3, "date-order")],
    ),
    (
        swap("academicSessions.csv", ",,2026", ",,25-26"),
        [("academicSessions.csv", 2, "year-format")],
    ),
    (
        swap("users.csv", "ann@hill.example", "ann at hill"),
        [("users.csv", 2, "email-format")],
    ),
    (swap("orgs.csv", "\nx1,", "\nx 1,"), [("orgs.csv", 4, "key-form")]),
    (add("orgs.csv", "s1,,,Dale,school,,d1"), [("orgs.csv", 5, "key-twice")]),
    (swap("orgs.csv", "s1,,", "s1,active,"), [("orgs.csv", 3, "bulk-filled")]),
    (
        swap("orgs.csv", "s1,,", "s1,,2025-08-25T14:30:00.000Z"),
        [("orgs.csv", 3, "bulk-filled")],
    ),
    (
        swap("classes.csv", ",c1,", ",c9,"),
        [("classes.csv", 2, "reference-missing")],
    ),
    (
        swap("classes.csv", "t1,y1", "t1,y9"),
        [("classes.csv", 2, "reference-missing")],
    ),
    (
        swap("courses.csv", ",,y1,", ",,y9,"),
        [("courses.csv", 2, "reference-missing")],
    ),
    (
        swap("enrollments.csv", "k1,s1,u2", "k9,s1,u2"),
        [("enrollments.csv", 2, "reference-missing")],
    ),
    (
        swap("enrollments.csv", "k1,s1,u2", "k1,s9,u2"),
        [("enrollments.csv", 2, "reference-missing")],
    ),
    (
        swap("enrollments.csv", "k1,s1,u3", "k1,s1,u9"),
        [("enrollments.csv", 3, "reference-missing")],
    ),
    (swap("users.csv", '"d1,s1"', '"d9,s1"'), [("users.csv", 2, "place-missing")]),
    (
        swap("orgs.csv", "410000100001,d1", "410000100001,d9"),
        [("orgs.csv", 3, "above-missing")],
    ),
    (
        swap("academicSessions.csv", ",y1,2026", ",y9,2026"),
        [("academicSessions.csv", 3, "above-missing")],
    ),
    (swap("orgs.csv", "4100001,", "4100001,s1"), [("orgs.csv", 2, "above-cycle")]),
    (
        swap("academicSessions.csv", ",,2026", ",y1,2026"),
        [("academicSessions.csv", 2, "above-cycle")],
    ),
]  # fmt: skip
ONE_2 = [
    (
        swap("roles.csv", "u2,primary", "u2,first"),
        [("roles.csv", 4, "value-unknown")],
    ),
    (swap("roles.csv", "u2,primary", "u2,ext:x"), [("roles.csv", 4, "value-unknown")]),
    (
        swap("roles.csv", "teacher", "administrator"),
        [("roles.csv", 4, "value-unknown")],
    ),
    (
        swap("roles.csv", "2025-08-25,2026", "2026-08-25,2026"),
        [("roles.csv", 4, "date-order")],
    ),
    (
        swap("roles.csv", ",,u2,", ",,u9,"),
        [("roles.csv", 4, "reference-missing"), ("users.csv", 3, "role-none")],
    ),
    (
        swap("roles.csv", "2026-06-12,s1", "2026-06-12,s9"),
        [("roles.csv", 4, "reference-missing")],
    ),
    (
        add("roles.csv", "r6,,,u2,primary,aide,,,s1,"),
        [("roles.csv", 7, "primary-twice")],
    ),
    (
        swap("roles.csv", "r3,,,u2,primary,teacher,2025-08-25,2026-06-12,s1,\n", ""),
        [("users.csv", 3, "role-none")],
    ),
    (
        lambda b: drop("roles.csv")(
            edit(b, "manifest.csv", "file.roles,bulk", "file.roles,absent")
        ),
        [("users.csv", 0, "role-none")],
    ),
    (drop("roles.csv"), [("roles.csv", 0, "file-missing")]),
]
DELTA = [
    (swap("orgs.csv", "d1,active", "d1,"), [("orgs.csv", 2, "delta-blank")]),
    (
        swap("orgs.csv", "2025-08-25T14:30:00.000Z", ""),
        [("orgs.csv", 2, "delta-blank")],
    ),
    (swap("orgs.csv", "d1,active", "d1,gone"), [("orgs.csv", 2, "value-unknown")]),
    (swap("orgs.csv", "d1,active", "d1,Active"), [("orgs.csv", 2, "value-case")]),
    (
        swap("orgs.csv", "2025-08-25T14:30:00.000Z", "2025-08-25"),
        [("orgs.csv", 2, "time-format")],
    ),
    (
        swap("orgs.csv", "2025-08-25T14:30:00.000Z", "2025-02-30T14:30:00Z"),
        [("orgs.csv", 2, "time-format")],
    ),
    (drop_column("orgs.csv", "status"), [("orgs.csv", 1, "column-required")]),
]


def list_found(roster: Roster) -> Found:
    """List where each breach is, and which."""
    return [(breach.file, breach.row, breach.rule) for breach in roster.breaches]


def check(folder: Path, bundle: Bundle, expected: Found) -> None:
    """Read leniently and strictly: the same breaches, listed or refused."""
    path = write_folder(folder, bundle)
    assert list_found(read_roster(path)) == expected
    with pytest.raises(RosterError) as refused:
        read_roster(path, strict=True)
    assert [(b.file, b.row, b.rule) for b in refused.value.breaches] == expected


@pytest.mark.parametrize(("edited", "expected"), ONE_1)
def test_an_edit_of_1_1_breaks_exactly_one_rule(
    edited: Edit, expected: Found, tmp_path: Path
) -> None:
    check(tmp_path / "roster", edited(make_bundle("1.1")), expected)


@pytest.mark.parametrize(("edited", "expected"), ONE_2)
def test_an_edit_of_1_2_breaks_exactly_one_rule(
    edited: Edit, expected: Found, tmp_path: Path
) -> None:
    check(tmp_path / "roster", edited(make_bundle("1.2")), expected)


@pytest.mark.parametrize(("edited", "expected"), DELTA)
def test_an_edit_of_a_delta_breaks_exactly_one_rule(
    edited: Edit, expected: Found, tmp_path: Path
) -> None:
    check(tmp_path / "roster", edited(make_delta("1.1")), expected)


def test_a_bundle_in_a_folder_of_an_archive_is_told(tmp_path: Path) -> None:
    inside = {f"export/{name}": text for name, text in make_bundle("1.1").items()}
    path = write_zip(tmp_path / "roster.zip", inside)

    assert list_found(read_roster(path)) == [("manifest.csv", 0, "nested-folder")]


def test_every_rule_has_a_test_and_every_test_a_rule() -> None:
    tested = {
        rule for _, expected in [*ONE_1, *ONE_2, *DELTA] for _, _, rule in expected
    }

    assert tested | {"nested-folder", "file-mark"} == set(RULES)


def left(edited: Edit, version: str, folder: Path) -> Roster:
    """Read an edited bundle leniently."""
    return read_roster(write_folder(folder, edited(make_bundle(version))))


def test_a_row_that_does_harm_is_left_out(tmp_path: Path) -> None:
    roster = left(swap("orgs.csv", ",school,", ",shop,"), "1.1", tmp_path / "roster")

    assert [place.key for place in roster.places] == ["d1", "x1"]
    assert [[role.place for role in person.roles] for person in roster.people] == [
        ["d1"],
        [],
    ]


def test_a_breach_without_harm_is_put_right(tmp_path: Path) -> None:
    roster = left(swap("users.csv", "teacher", "TEACHER"), "1.1", tmp_path / "roster")

    assert roster.people[1].roles[0].role == "teacher"


def test_a_wrong_address_is_no_address(tmp_path: Path) -> None:
    roster = left(
        swap("users.csv", "ann@hill.example", "ann at hill"), "1.1", tmp_path / "roster"
    )

    assert roster.people[0].email is None


def test_nothing_in_a_circle_has_a_place_above(tmp_path: Path) -> None:
    roster = left(
        swap("orgs.csv", "4100001,", "4100001,s1"), "1.1", tmp_path / "roster"
    )

    assert [(place.key, place.above) for place in roster.places] == [
        ("d1", None),
        ("s1", None),
        ("x1", "d1"),
    ]


def test_a_role_whose_last_day_cannot_be_read_gives_nobody_a_role(
    tmp_path: Path,
) -> None:
    roster = left(
        swap("roles.csv", "2026-06-12,s1", "June 12,s1"), "1.2", tmp_path / "roster"
    )

    assert [person.key for person in roster.people] == ["u1"]


def test_a_second_row_of_one_key_does_not_make_a_student_staff(tmp_path: Path) -> None:
    again = "u2,,,true,s1,student,x,,Ben,Oak,,,,,,,,"
    roster = left(add("users.csv", again), "1.1", tmp_path / "roster")

    assert [person.key for person in roster.people] == ["u1"]
