"""`commonroot mapping`: a proposal on standard output, questions beside it."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from commonroot.cli import main

LINES = [
    "Incident ID,Incident Date,Location,Behavior,Student ID,Student Name,Shoe Size",
    "1,9/3/2025,Gym,Theft,7001,Ann Zorn,7",
    "2,9/4/2025,Bus,Fight,7002,Li Quexada,8",
]


def write(folder: Path, lines: list[str]) -> Path:
    path = folder / "incidents.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_a_proposal_says_what_each_column_holds(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["mapping", str(write(tmp_path, LINES))])

    assert result.exit_code == 0
    assert result.stderr == ""
    assert result.stdout.splitlines() == [
        "# What each column of this export holds. Edit, then: commonroot brief FILE --mapping THIS",
        "version = 1",
        "",
        "[columns]",
        'incident_id = "Incident ID"',
        'date = "Incident Date"',
        'location = "Location"',
        'behaviour = "Behavior"',
        'student = "Student ID"',
        "",
        "# Not used: Shoe Size",
        "",
        "# Dropped at the door: Student Name",
    ]


def test_a_question_is_written_where_its_answer_belongs(tmp_path: Path) -> None:
    path = write(tmp_path, ["Incident ID,Offense ID,Date,Location", "1,2,9/3/2025,Gym"])

    result = CliRunner().invoke(main, ["mapping", str(path)])

    assert result.exit_code == 0
    assert "# choose one: incident_id: 'Incident ID' or 'Offense ID'?" in result.stdout
    assert result.stderr.startswith("Choose where it says 'choose one'")


def test_a_proposal_that_was_written_to_a_file_makes_the_sheet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMMONROOT_STATE", str(tmp_path / "state"))
    path = write(tmp_path, LINES)
    proposal = CliRunner().invoke(main, ["mapping", str(path)]).stdout
    (tmp_path / "my.toml").write_text(proposal, encoding="utf-8")

    result = CliRunner().invoke(
        main,
        ["brief", str(path), "--mapping", str(tmp_path / "my.toml")]
        + ["--out", str(tmp_path / "out")],
    )

    assert result.exit_code == 0
    assert "2 rows read, 2 used, 0 left behind." in result.stdout


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "The file is empty"),
        (b"%PDF-1.7 ...", "The file is a PDF"),
        (b"\x1f\x8b\x08", "The file is compressed"),
        (b"1,2,3\n4,5,6\n", "No row of this file looks like a header"),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_status_2(
    content: bytes, told: str, tmp_path: Path
) -> None:
    path = tmp_path / "incidents.csv"
    path.write_bytes(content)

    result = CliRunner().invoke(main, ["mapping", str(path)])

    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr


def test_a_missing_file_is_refused_with_status_2(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["mapping", str(tmp_path / "gone.csv")])

    assert result.exit_code == 2
    assert "There is no file" in result.stderr
