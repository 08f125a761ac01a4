"""Bytes to numbered rows."""

import pytest

from commonroot.intake.roster.rules import Breaches
from commonroot.intake.roster.texts import read_file
from commonroot.intake.sources import text


def read(raw: bytes) -> tuple[list[tuple[int, list[str]]], list[tuple[int, str]]]:
    found = Breaches()
    rows = list(read_file("orgs.csv", raw, found))
    return rows, [(breach.row, breach.rule) for breach in found.listed]


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_lines_may_end_in_any_usual_way(end: bytes) -> None:
    rows, found = read(end.join([b"a,b", b"1,2", b"", b""]))

    assert (rows, found) == ([(1, ["a", "b"]), (2, ["1", "2"])], [])


def test_a_row_with_a_line_break_counts_as_one_row() -> None:
    rows, _ = read(b'a,b\n1,"x\ny"\n3,4\n')

    assert [number for number, _ in rows] == [1, 2, 3]


def test_a_mark_before_what_is_not_utf8_is_both_told() -> None:
    _, found = read(b"\xef\xbb\xbfa,b\n1,\xf1\n")

    assert found == [(0, "file-mark"), (0, "file-encoding")]


def test_a_cell_that_never_ends_stops_the_reading(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(text, "LONGEST_FIELD", 20)

    rows, found = read(b"a,b\n1,2\n3," + b"x" * 21 + b"\n5,6\n")

    assert [number for number, _ in rows] == [1, 2]
    assert found == [(3, "file-broken")]
