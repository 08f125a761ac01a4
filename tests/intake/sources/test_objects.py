"""JSON: lists of objects, nested values, lists inside, damaged files."""

import json
from pathlib import Path
from typing import Any

import pytest

from commonroot.intake import Source, UnreadableFileError, read_source

from ..conftest import Read

RECORD = {
    "IncidentID": 1,
    "StudentID": 7,
    "Infraction": "Theft",
    "IssueTS": "2025-09-03",
}


def read_json(folder: Path, value: Any) -> Source:
    path = folder / "incidents.json"
    path.write_text(value if isinstance(value, str) else json.dumps(value))
    return read_source(path)


def test_a_list_of_objects_is_a_table(tmp_path: Path) -> None:
    source = read_json(tmp_path, [{"a": 1, "b": "x"}, {"a": 2.0, "c": True}])

    assert source.headers == ["a", "b", "c"]
    assert source.frame.rows() == [("1", "x", None), ("2", None, "Y")]


@pytest.mark.parametrize("where", ["data", "results", "d.items"])
def test_a_list_inside_an_object_is_found(where: str, tmp_path: Path) -> None:
    value: Any = [{"a": 1}]
    for key in reversed(where.split(".")):
        value = {key: value, "page": 1}

    source = read_json(tmp_path, value)

    assert source.guesses["list"] == where


def test_nested_values_have_dotted_names(tmp_path: Path) -> None:
    source = read_json(tmp_path, [{"who": {"grade": {"now": 3}}, "when": "x"}])

    assert source.headers == ["who.grade.now", "when"]


def test_one_object_with_two_penalties_is_two_rows_of_one_record(
    tmp_path: Path,
) -> None:
    penalties = [{"Name": "ISS", "Days": 1}, {"Name": "Call", "Days": None}]

    source = read_json(tmp_path, [{"id": 1, "Penalties": penalties}, {"id": 2}])

    assert source.frame.rows() == [
        ("1", "ISS", "1"),
        ("1", "Call", None),
        ("2", None, None),
    ]
    assert source.row_numbers.to_list() == [1, 1, 2]
    assert source.rows_read == 2


def test_penalties_and_actions_are_both_kept(read: Read) -> None:
    record = RECORD | {
        "Penalties": [{"PenaltyName": "ISS", "NumDays": 1}],
        "Actions": [{"ActionName": "Call Home"}, {"ActionName": "Conference"}],
    }

    intake = read(json.dumps([record]).encode())

    responses = set(intake.rows["response"].to_list())
    assert responses == {"ISS", "Call Home", "Conference"}
    assert (intake.report["rows_read"], intake.report["rows_used"]) == (1, 1)


def test_a_date_in_parts_is_written_out(tmp_path: Path) -> None:
    parts = {"year": 2025, "month": 9, "day": 3, "nanoOfDay": 29_100_000_000_000}

    source = read_json(tmp_path, [{"event_date": parts}])

    assert source.frame.rows() == [("2025-09-03 08:05:00",)]


def test_one_object_a_line_is_read(tmp_path: Path) -> None:
    lines = "\n".join(json.dumps({"a": n}) for n in range(3))

    assert read_json(tmp_path, lines).rows_read == 3


def test_two_equal_objects_are_copies_and_two_penalties_are_not(read: Read) -> None:
    same = RECORD | {"Penalties": [{"PenaltyName": "ISS"}, {"PenaltyName": "ISS"}]}

    intake = read(json.dumps([same, same]).encode())

    assert (intake.report["rows_read"], intake.report["duplicates"]) == (2, 1)


@pytest.mark.parametrize(
    "text",
    [
        '[{"a": 1}', '{"data": [', "[1, 2, 3]", "{}", "[]", '{"a": 1}', "[[1], [2]]",
        '[{"a": 1}}', '{"error": "not signed in"}', '[{}]', '{"data": {}}',
        '["a", "b"]', '[{"a": NaN, }]',
    ],
)  # fmt: skip
def test_json_without_incidents_is_refused_in_words(text: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError):
        read_json(tmp_path, text)


def test_json_that_nests_without_end_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError):
        read_json(tmp_path, "[" * 100_000)
    with pytest.raises(UnreadableFileError):
        read_json(tmp_path, '[{"a":' * 2_000 + "1" + "}]" * 2_000)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_json_is_read_in_any_encoding(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "incidents.json"
    path.write_bytes('[{"a": "Café"}]'.encode(encoding))

    assert read_source(path).frame.rows() == [("Café",)]


@pytest.mark.parametrize("number", ["1e400", "-1e400", "NaN", "9" * 5000])
def test_an_odd_number_is_text_like_any_other(number: str, tmp_path: Path) -> None:
    source = read_json(tmp_path, f'[{{"a": {number}, "b": 1}}]')

    assert source.rows_read == 1


@pytest.mark.parametrize(
    "parts",
    [
        {"year": 99999, "month": 99, "day": 0},
        {"year": -1, "month": 1, "day": 1, "nanoOfDay": -5},
        {"year": True, "month": True, "day": True},
    ],
)
def test_a_date_in_odd_parts_is_left_behind(parts: dict[str, int], read: Read) -> None:
    good = {"incident_id": 1, "event_name": "Theft", "event_location": "Gym"}
    day = {"year": 2025, "month": 9, "day": 3}

    intake = read(
        json.dumps(
            [good | {"event_date": day}, good | {"incident_id": 2, "event_date": parts}]
        ).encode()
    )

    assert intake.report["reasons"] == {"unreadable-date": 1}
