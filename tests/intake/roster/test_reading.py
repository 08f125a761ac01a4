"""What is taken of a whole bundle, strictly and leniently."""

import datetime as dt
from pathlib import Path

import pytest

from commonroot.intake import UnreadableFileError
from commonroot.intake.roster import (
    RosterError,
    RosterPerson,
    RosterPlace,
    RosterRole,
    RosterSession,
    read_roster,
)
from intake.roster.bundles import (
    edit,
    make_bundle,
    make_delta,
    write_folder,
    write_zip,
)

PLACES = (
    RosterPlace("d1", "district", "Cedar Valley", "4100001"),
    RosterPlace("s1", "school", "Hill School", "410000100001", "d1"),
    RosterPlace("x1", "department", "Student Services", None, "d1"),
)
FIRST, WINTER, LAST = dt.date(2025, 8, 25), dt.date(2026, 1, 23), dt.date(2026, 6, 12)
SESSIONS = (
    RosterSession("y1", "2025-26", "schoolYear", FIRST, LAST),
    RosterSession("t1", "Fall", "term", FIRST, WINTER, "y1"),
)
ANN = {
    "1.1": (RosterRole("administrator", "d1"), RosterRole("administrator", "s1")),
    "1.2": (
        RosterRole("districtAdministrator", "d1", dt.date(2025, 7, 1)),
        RosterRole("principal", "s1"),
    ),
}
BEN = {
    "1.1": (RosterRole("teacher", "s1"),),
    "1.2": (RosterRole("teacher", "s1", FIRST, LAST),),
}
VERSIONS = ("1.1", "1.2")


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("shape", ["folder", "zip"])
def test_a_good_bundle_is_taken_strictly(
    version: str, shape: str, tmp_path: Path
) -> None:
    bundle = make_bundle(version)
    path = (
        write_zip(tmp_path / "roster.zip", bundle)
        if shape == "zip"
        else write_folder(tmp_path / "roster", bundle)
    )

    roster = read_roster(path, strict=True)

    assert roster.places == PLACES
    assert roster.sessions == SESSIONS
    assert roster.people == (
        RosterPerson("u1", "Ann West", "ann@hill.example", ANN[version]),
        RosterPerson("u2", "Ben Oak", None, BEN[version], active=False),
    )
    assert (roster.students, roster.breaches) == (1, ())


@pytest.mark.parametrize("version", VERSIONS)
def test_a_good_delta_is_taken_strictly(version: str, tmp_path: Path) -> None:
    path = write_folder(tmp_path / "roster", make_delta(version))

    assert read_roster(path, strict=True).places == PLACES


def test_what_a_delta_points_at_may_have_been_sent_before(tmp_path: Path) -> None:
    bundle = make_delta("1.1")
    header, *rows = bundle["orgs.csv"].splitlines()
    bundle["orgs.csv"] = "\n".join([header, rows[2], ""])

    roster = read_roster(write_folder(tmp_path / "roster", bundle), strict=True)

    assert roster.places == (RosterPlace("x1", "department", "Student Services"),)


@pytest.mark.parametrize("version", VERSIONS)
def test_deleted_records_are_told_without_a_breach(
    version: str, tmp_path: Path
) -> None:
    bundle = make_delta(version)
    for file in ("orgs.csv", "academicSessions.csv", "users.csv"):
        bundle[file] = bundle[file].replace(",active,", ",tobedeleted,")

    roster = read_roster(write_folder(tmp_path / "roster", bundle), strict=True)

    assert (roster.places, roster.sessions, roster.students) == ((), (), 0)
    assert roster.people == (
        RosterPerson("u1", "Ann West", "ann@hill.example", (), active=False),
        RosterPerson("u2", "Ben Oak", None, (), active=False),
    )


def test_deleted_roles_are_gone_and_the_person_stays(tmp_path: Path) -> None:
    bundle = make_delta("1.2")
    bundle["roles.csv"] = bundle["roles.csv"].replace("active", "tobedeleted")

    roster = read_roster(write_folder(tmp_path / "roster", bundle), strict=True)

    assert [(person.key, person.roles) for person in roster.people] == [
        ("u1", ()),
        ("u2", ()),
    ]


def test_what_is_not_needed_is_dropped_and_named(tmp_path: Path) -> None:
    bundle = make_bundle("1.1")
    bundle["demographics.csv"] = "sourcedId,birthDate\nu3,2016-04-01\n"
    bundle["manifest.csv"] = bundle["manifest.csv"].replace(
        "demographics,absent", "demographics,bulk"
    )
    bundle["notes.txt"] = "private"

    roster = read_roster(write_folder(tmp_path / "roster", bundle), strict=True)

    assert roster.dropped == (
        *(
            f"courses.csv: {c}"
            for c in ["courseCode", "grades", "subjects", "subjectCodes"]
        ),
        *(
            f"classes.csv: {c}"
            for c in [
                "grades",
                "classCode",
                "location",
                "subjects",
                "subjectCodes",
                "periods",
            ]
        ),
        *(
            f"users.csv: {c}"
            for c in [
                "userIds",
                "middleName",
                "identifier",
                "sms",
                "phone",
                "agentSourcedIds",
                "grades",
            ]
        ),
        "users.csv: password (filled in 2 rows)",
        "users.csv: rows of parents, guardians and relatives",
        "demographics.csv",
        "files that are not of OneRoster: 1",
    )


def test_whoever_is_a_student_in_any_row_is_not_kept(tmp_path: Path) -> None:
    bundle = make_bundle("1.2")
    bundle["roles.csv"] += "r6,,,u2,secondary,student,,,s1,\n"

    roster = read_roster(write_folder(tmp_path / "roster", bundle), strict=True)

    assert [person.key for person in roster.people] == ["u1"]
    assert roster.students == 2


def test_a_role_of_the_senders_own_is_allowed_and_not_kept(tmp_path: Path) -> None:
    bundle = edit(
        make_bundle("1.2"), "roles.csv", "primary,teacher", "primary,ext:nurse"
    )

    roster = read_roster(write_folder(tmp_path / "roster", bundle), strict=True)

    assert [person.key for person in roster.people] == ["u1"]
    assert roster.dropped[-2:] == (
        "roles.csv: roles that are not of the standard (ext:)",
        "roles.csv: rows of parents, guardians and relatives",
    )


def test_metadata_columns_and_one_of_an_earlier_text_are_allowed(
    tmp_path: Path,
) -> None:
    bundle = make_bundle("1.2")
    header, *rows = bundle["users.csv"].splitlines()
    header = header.replace(
        "Identifier,preferred", "Identifier,resourceSourcedIds,preferred"
    )
    wide = [",".join([*row.split(",")[:17], "", *row.split(",")[17:]]) for row in rows]
    bundle["users.csv"] = "\n".join(
        [header + ",metadata.shoe", *(row + ",9" for row in wide), ""]
    )

    roster = read_roster(write_folder(tmp_path / "roster", bundle), strict=True)

    assert [person.key for person in roster.people] == ["u1", "u2"]


def test_strict_reading_tells_ten_breaches_and_takes_nothing(tmp_path: Path) -> None:
    bundle = make_bundle("1.1")
    bundle["orgs.csv"] += "".join(f"s{n},,,School {n},shop,,\n" for n in range(2, 14))

    with pytest.raises(RosterError) as refused:
        read_roster(write_folder(tmp_path / "roster", bundle), strict=True)

    assert len(refused.value.breaches) == 12
    assert str(refused.value) == "\n".join(
        [
            "The roster is not as it should be, and nothing was taken.",
            *(
                f"- orgs.csv, row {row}: A cell holds a word that the standard does not know (type)."
                for row in range(5, 15)
            ),
            "- and 2 more.",
            "Mend these in the system that made it, and export again.",
        ]
    )


def test_many_breaches_of_one_rule_are_told_and_counted(tmp_path: Path) -> None:
    bundle = make_bundle("1.1")
    bundle["orgs.csv"] += "".join(f"s{n},,,School {n},shop,,\n" for n in range(2, 1204))

    roster = read_roster(write_folder(tmp_path / "roster", bundle))

    assert len(roster.breaches) == 1001
    assert str(roster.breaches[0]) == (
        "orgs.csv: A cell holds a word that the standard does not know. 202 more rows."
    )


def test_a_mark_is_told_in_strict_reading_and_refuses_nothing(tmp_path: Path) -> None:
    bundle = make_bundle("1.1")
    marked = {**bundle, "orgs.csv": b"\xef\xbb\xbf" + bundle["orgs.csv"].encode()}
    path = write_folder(tmp_path / "roster", marked)

    strict = read_roster(path, strict=True)

    assert [(b.file, b.row, b.rule) for b in strict.breaches] == [
        ("orgs.csv", 0, "file-mark")
    ]
    assert strict.places == PLACES
    assert read_roster(path).breaches == ()


@pytest.mark.parametrize("strict", [True, False])
def test_what_is_not_there_is_said(strict: bool, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="There is no file"):
        read_roster(tmp_path / "nothing.zip", strict=strict)
