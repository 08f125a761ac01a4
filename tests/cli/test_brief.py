import os
import pty
import subprocess
import sys

import pytest
from click.testing import CliRunner

from briefs.small_school import make_rows, write_rows
from commonroot.cli import main

COMMAND = [sys.executable, "-m", "commonroot"]


def run(*words):
    return CliRunner().invoke(main, [str(word) for word in words])


def test_a_readable_file_gives_a_sheet_and_status_zero(tmp_path):
    incidents = write_rows(tmp_path / "incidents.csv", make_rows())

    done = run("brief", incidents, "--out", tmp_path / "out")

    assert done.exit_code == 0
    assert done.output.splitlines()[-2:] == [
        "240 rows read, 240 used, 0 left behind.",
        f"The sheet is in {tmp_path / 'out' / 'brief.html'} and "
        f"{tmp_path / 'out' / 'brief.pdf'}.",
    ]


def test_it_says_what_it_guessed_and_what_it_dropped(tmp_path):
    rows = [{**row, "Student Name": "Ann Zorn"} for row in make_rows(30)]
    incidents = write_rows(tmp_path / "incidents.csv", rows)

    done = run("brief", incidents, "--out", tmp_path / "out")

    assert "date = Incident Date" in done.output
    assert "Dropped at the door: Student Name." in done.output


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.csv", b"", "The file is empty."),
        ("page.csv", b"<html><body>Please sign in</body></html>", "without a table"),
        ("data.csv", b"1,2,3\n4,5,6\n", "looks like a header"),
        (
            "sums.csv",
            b"School,Grade,Date\nA,3,1/5/2026\n",
            "does not look like incidents",
        ),
        ("book.xlsx", b"PK\x03\x04 not a book", "cannot be read as one"),
        ("list.json", b'{"a": [', "damaged at line 1"),
        ("feed.xml", b"<Other></Other>", "holds no DisciplineIncident"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n\x00\x00\x00", "not text"),
    ],
)
def test_bad_input_ends_with_a_sentence_and_status_two(tmp_path, name, content, said):
    file = tmp_path / name
    file.write_bytes(content)

    done = run("brief", file, "--out", tmp_path / "out")

    assert done.exit_code == 2
    assert said in done.output
    assert not (tmp_path / "out").exists()


def test_ambiguous_headers_are_asked_about_and_not_guessed(tmp_path):
    rows = [{**row, "Offense ID": row["Incident ID"]} for row in make_rows(20)]
    incidents = write_rows(tmp_path / "incidents.csv", rows)

    done = run("brief", incidents, "--out", tmp_path / "out")

    assert done.exit_code == 2
    assert "incident_id: 'Incident ID' or 'Offense ID'?" in done.output


def test_a_mapping_that_was_written_out_can_be_used_as_it_is(tmp_path):
    incidents = write_rows(tmp_path / "incidents.csv", make_rows())
    written = run("mapping", incidents)
    (tmp_path / "my.toml").write_text(written.output)

    done = run(
        "brief",
        incidents,
        "--mapping",
        tmp_path / "my.toml",
        "--out",
        tmp_path / "out",
    )

    assert done.exit_code == 0
    assert len(written.output.splitlines()) <= 30


def test_a_secret_that_went_missing_is_an_error_with_its_mend(
    tmp_path, own_state_folder
):
    incidents = write_rows(tmp_path / "incidents.csv", make_rows(20))
    run("brief", incidents, "--out", tmp_path / "out")
    (own_state_folder / "student-key.secret").unlink()

    done = run("brief", incidents, "--out", tmp_path / "out")

    assert done.exit_code == 2
    assert "Put it back from your backup" in done.output
    assert not (own_state_folder / "student-key.secret").exists()


def test_a_folder_that_cannot_be_written_is_said_in_a_sentence(tmp_path):
    incidents = write_rows(tmp_path / "incidents.csv", make_rows(20))
    (tmp_path / "out").write_text("a file, not a folder")

    done = run("brief", incidents, "--out", tmp_path / "out")

    assert done.exit_code == 2
    assert "Choose another folder with --out" in done.output


@pytest.mark.slow
def test_a_progress_bar_shows_on_a_terminal_when_it_takes_over_a_second(tmp_path):
    incidents = write_rows(
        tmp_path / "incidents.csv", make_rows(120_000, students=30_000)
    )
    leader, follower = pty.openpty()

    process = subprocess.Popen(
        [*COMMAND, "brief", str(incidents), "--out", str(tmp_path / "out")],
        stderr=follower,
        stdout=subprocess.DEVNULL,
        env={**os.environ, "TERM": "xterm"},
    )
    os.close(follower)
    shown = b""
    while True:
        try:
            part = os.read(leader, 4096)
        except OSError:
            break
        if not part:
            break
        shown += part

    assert process.wait() == 0
    assert "━".encode() in shown


@pytest.mark.slow
def test_no_progress_bar_is_written_to_a_file(tmp_path):
    incidents = write_rows(tmp_path / "incidents.csv", make_rows(100))

    done = subprocess.run(
        [*COMMAND, "brief", str(incidents), "--out", str(tmp_path / "out")],
        check=True,
        capture_output=True,
    )

    assert done.stderr == b""


@pytest.mark.slow
def test_a_killed_run_leaves_each_file_whole_old_or_new(tmp_path):
    """Two sheets of different schools, one over the other, killed at any moment."""
    sheets = {}
    for name, seed in (("old", 1), ("new", 2)):
        rows = make_rows(3_000 + seed, students=900, seed=seed)
        file = write_rows(tmp_path / f"{name}.csv", rows)
        run("brief", file, "--out", tmp_path / name)
        folder = tmp_path / name
        sheets[name] = {path.name: path.read_bytes() for path in folder.iterdir()}
    command = [
        *COMMAND,
        "brief",
        str(tmp_path / "new.csv"),
        "--out",
        str(tmp_path / "old"),
    ]

    for tenths in range(2, 26, 2):
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
            try:
                process.wait(timeout=tenths / 10)
            except subprocess.TimeoutExpired:
                process.kill()
        found = {
            path.name: path.read_bytes()
            for path in (tmp_path / "old").iterdir()
            if not path.name.startswith(".writing-")
        }
        assert found.keys() == sheets["old"].keys()
        for name, content in found.items():
            assert content in (sheets["old"][name], sheets["new"][name])
