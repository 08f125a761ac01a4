"""A file that is no incidents ends with a sentence and status 2, never a traceback."""

import traceback
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from commonroot.cli import main

from .shapes import DEANSLIST, EDFI_5, PLAIN, SYNERGY_XLS, SYNERGY_XLSX

HEADER = b"Incident ID,Incident Date,Location\n"
REFUSED = {
    "empty": b"",
    "blank lines": b"\n\r\n \n",
    "header only": HEADER,
    "header twice": HEADER * 2,
    "no dates": HEADER + b"1,,Gym\n2,,Bus\n",
    "no readable date": HEADER + b"1,soon,Gym\n",
    "numbers only": b"1,2,3\n4,5,6\n",
    "one word": b"hello",
    "one line of commas": b",,,,\n",
    "binary": bytes(range(256)) * 20,
    "zeros": b"\x00" * 5000,
    "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "gzip": b"\x1f\x8b\x08\x00\x00\x00\x00\x00",
    "picture": b"\x89PNG\r\n\x1a\n" + b"\x00\x01" * 400,
    "short xlsx": SYNERGY_XLSX.content()[:3000],
    "short xls": SYNERGY_XLS.content()[:12_100],
    "shorter xls": SYNERGY_XLS.content()[:700],
    "short xml": EDFI_5.content()[:-30],
    "other xml": b'<?xml version="1.0"?><rss><channel/></rss>',
    "short json": DEANSLIST.content()[:-20],
    "deep json": b"[" * 50_000,
    "long number in json": b'[{"IncidentID": ' + b"9" * 5000 + b"}]",
    "other json": b'{"error": {"code": 401}}',
    "list of numbers": b"[1, 2, 3]",
    "sign-in page": b"<html><body>Sign in</body></html>",
    "odd span": b"<html><table><tr><td colspan=x>Incident Date</td></tr></table>",
    "no column of what happened": b"Name,Date\nAnn Zorn,9/3/2025\n",
    "mixed dates": HEADER + b"1,2025-09-03,Gym\n2,9/4/2025,Gym\n",
    "two locations": b"Incident Date,Location,Place\n9/3/2025,Gym,Gym\n",
}


def run_brief(folder: Path, content: bytes, *more: str) -> Result:
    path = folder / "incidents.csv"
    path.write_bytes(content)
    out = str(folder / "out")
    return CliRunner().invoke(main, ["brief", str(path), "--out", out, *more])


def explain(result: Result) -> str:
    """Give the traceback of an accident; nothing for a sentence."""
    if result.exception is None or isinstance(result.exception, SystemExit):
        return ""
    return "".join(traceback.format_exception(result.exception)[-2:])


@pytest.mark.parametrize("what", REFUSED)
def test_bad_input_ends_with_a_sentence_and_status_2(what: str, tmp_path: Path) -> None:
    result = run_brief(tmp_path, REFUSED[what])

    assert explain(result) == ""
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("Error: ")
    assert "Ann" not in result.stderr
    assert not (tmp_path / "out").exists()


def test_an_old_mac_line_end_is_read(tmp_path: Path) -> None:
    result = run_brief(tmp_path, PLAIN.content().replace(b"\r\n", b"\r"))

    assert (explain(result), result.exit_code) == ("", 0)


def test_a_text_that_breaks_off_within_a_character_is_read(tmp_path: Path) -> None:
    content = PLAIN.content().decode().encode("utf-16")[:-1]

    result = run_brief(tmp_path, content)

    assert (explain(result), result.exit_code) == ("", 0)


def test_a_missing_file_and_a_folder_end_with_status_2(tmp_path: Path) -> None:
    results = [
        CliRunner().invoke(main, ["brief", str(path), "--out", str(tmp_path / "out")])
        for path in (tmp_path / "gone.csv", tmp_path)
    ]

    assert [result.exit_code for result in results] == [2, 2]
    assert "There is no file" in results[0].stderr
    assert "is a folder" in results[1].stderr


@pytest.mark.parametrize("option", ["--enrolment", "--calendar", "--mapping"])
@pytest.mark.parametrize(
    "content",
    [
        b"", b"\x00\xff" * 99, b"%PDF-1.7", b"a,b\n1,2\n", b"[columns", b"BEGIN:VCALENDAR",
        b"Date\nsoon\n", b"School,Students\nCedar,many\n", b'columns = "x"', b"{", b"<x>",
        b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT\nEND:VCALENDAR\n",
        b"School,Students\nCedar," + b"9" * 5000 + b"\n",
        "School,Students\nCedar,\N{SUPERSCRIPT TWO}\n".encode(),
    ],
)  # fmt: skip
def test_a_bad_file_beside_it_ends_with_status_2(
    option: str, content: bytes, tmp_path: Path
) -> None:
    beside = tmp_path / "beside"
    beside.write_bytes(content)

    result = run_brief(tmp_path, PLAIN.content(), option, str(beside))

    assert (explain(result), result.exit_code) == ("", 2)


@pytest.mark.parametrize("option", ["--enrolment", "--calendar", "--mapping"])
def test_a_missing_file_beside_it_ends_with_status_2(
    option: str, tmp_path: Path
) -> None:
    result = run_brief(tmp_path, PLAIN.content(), option, str(tmp_path / "gone"))

    assert (explain(result), result.exit_code) == ("", 2)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--school", "Madrone"], "no school called 'Madrone'"),
        (["--from", "2020-01-01", "--to", "2020-02-01"], "no incident between"),
        (["--from", "2026-01-01", "--to", "2025-01-01"], "is after --to"),
        (["--from", "soon"], "does not match"),
    ],
)
def test_an_option_that_leaves_nothing_ends_with_status_2(
    options: list[str], told: str, tmp_path: Path
) -> None:
    result = run_brief(tmp_path, PLAIN.content(), *options)

    assert (explain(result), result.exit_code) == ("", 2)
    assert told in result.stderr


def test_an_out_that_is_a_file_ends_with_status_2(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("in the way")

    result = run_brief(tmp_path, PLAIN.content())

    assert (explain(result), result.exit_code) == ("", 2)
    assert "Choose another folder with --out" in result.stderr
