"""A mapping is proposed, written, edited and read back; what is doubtful is asked."""

import tomllib
from pathlib import Path

import pytest

from commonroot.intake import (
    MappingError,
    choose_mapping,
    propose,
    read_incidents,
    read_source,
    write_mapping,
)
from commonroot.intake.mapping import read_mapping

from .conftest import SECRET, TODAY, Read
from .shapes import EDUCLIMBER, PLAIN, TWINS, Twin

MOST_LINES = 30
HEADERS = ["Incident Date", "Place", "Offense", "Student ID"]


def read_text(tmp_path: Path, text: str, headers: list[str] = HEADERS) -> object:
    path = tmp_path / "my.toml"
    path.write_text(text, encoding="utf-8")
    return read_mapping(path, headers)


@pytest.mark.parametrize("twin", TWINS, ids=lambda twin: twin.name)
def test_each_system_is_known_by_its_headers(twin: Twin, tmp_path: Path) -> None:
    path = tmp_path / f"incidents.{twin.suffix}"
    path.write_bytes(twin.content())

    assert choose_mapping(read_source(path), None).system == twin.system


@pytest.mark.parametrize("twin", TWINS, ids=lambda twin: twin.name)
def test_a_proposal_is_short_and_reads_back_the_same(
    twin: Twin, tmp_path: Path
) -> None:
    path = tmp_path / f"incidents.{twin.suffix}"
    path.write_bytes(twin.content())
    proposed = read_incidents(path, secret=SECRET, today=TODAY)

    text = write_mapping(proposed.mapping, read_source(path).headers)
    (tmp_path / "my.toml").write_text(text, encoding="utf-8")
    again = read_incidents(
        path, mapping_path=tmp_path / "my.toml", secret=SECRET, today=TODAY
    )

    assert len(text.splitlines()) <= MOST_LINES
    assert again.rows.equals(proposed.rows)
    assert again.report["columns"] == proposed.report["columns"]
    assert again.report["reasons"] == proposed.report["reasons"]


def test_two_headers_for_one_field_are_asked_about() -> None:
    mapping = propose(["Incident Date", "Location", "Place"])

    assert mapping.questions == ("location: 'Location' or 'Place'?",)
    assert "location" not in mapping.columns


@pytest.mark.parametrize("header", ["School ID", "SchoolID", "Number", "ID"])
def test_a_header_of_two_meanings_is_asked_about(header: str, read: Read) -> None:
    with pytest.raises(MappingError, match=f"'{header}': .* or student\\?"):
        read([f"Incident Date,Location,{header}", "9/3/2025,Gym,12"])


def test_two_columns_that_could_be_the_id_are_asked_about(read: Read) -> None:
    with pytest.raises(MappingError, match="'Incident ID' or 'Offense ID'"):
        read(["Incident ID,Offense ID,Date,Location", "1,2,9/3/2025,Gym"])


def test_a_question_is_answered_in_the_mapping(read: Read) -> None:
    mapping = """
        [columns]
        incident_id = "Offense ID"
        date = "Date"
        location = "Location"
    """

    intake = read(
        [
            "Incident ID,Offense ID,Date,Location",
            "1,2,9/3/2025,Gym",
            "1,3,9/4/2025,Gym",
        ],
        mapping=mapping,
    )

    assert intake.rows["event"].n_unique() == 2


def test_a_school_and_its_number_side_by_side_are_no_question(read: Read) -> None:
    lines = ["School Code,School Name,Date,Location", "7,Cedar,9/3/2025,Gym"]

    intake = read([*lines, "8,Juniper,9/4/2025,Gym"])

    assert intake.rows["school"].to_list() == ["Cedar", "Juniper"]


def test_two_different_schools_side_by_side_are_asked_about(read: Read) -> None:
    lines = ["School,School of Incident,Date,Location", "Cedar,Cedar,9/3/2025,Gym"]

    with pytest.raises(MappingError, match="'School' or 'School of Incident'"):
        read([*lines, "Cedar,Juniper,9/4/2025,Gym"])


def test_a_file_without_a_date_names_its_columns(read: Read) -> None:
    with pytest.raises(MappingError, match="Location, Behavior") as refusal:
        read(["Location,Behavior,Student Name", "Gym,Theft,Ann Zorn"])

    assert "Ann Zorn" not in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[columns", "not valid TOML"),
        ("version = 2", "version"),
        ("[colums]\ndate = 'Place'", "'colums'"),
        ("[columns]\ndat = 'Place'", "'dat'"),
        ("[columns]\ndate = 'When'", "no such column. It has: "),
        ("[columns]\ndate = ['Incident Date', 'Place']", "one column only"),
        ("[columns]\ndate = 3", "must be text"),
        ("columns = 3", "columns"),
        ("formats = 3", "formats"),
        ("[labels]\nlocation = 3", "location"),
        ("labels = 3", "labels"),
        ("groups = 'Race'", "Race"),
        ("groups = 3", "groups"),
        ("removals = 3", "removals"),
        ("bells = 3", "bells"),
        ("system = 3", "system"),
        ("[leave_out]\ncolour = ['red']", "colour"),
        ("[labels.colour]\nred = 'blue'", "colour"),
        ("[formats]\ndate = ['m/d/yyyy']", "m/d/yyyy"),
        ("[formats]\nwhen = 'iso'", "when"),
    ],
)
def test_a_mistake_in_a_mapping_is_named(text: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(MappingError, match=told):
        read_text(tmp_path, text)


@pytest.mark.parametrize("raw", [b"\xff\xfe\x00", b"\x00", b"\x80 = 1"])
def test_a_mapping_that_is_no_text_is_refused(raw: bytes, tmp_path: Path) -> None:
    path = tmp_path / "my.toml"
    path.write_bytes(raw)

    with pytest.raises(MappingError, match="not valid TOML"):
        read_mapping(path, HEADERS)


def test_a_mapping_that_is_missing_or_a_folder_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "gone.toml", tmp_path):
        with pytest.raises(MappingError, match="cannot be read"):
            read_mapping(path, HEADERS)


@pytest.mark.parametrize(
    "header", ['Say "when"', "Back\\slash", "Año", "a\tb", "a\x07b", "'", "#", "日付"]
)
def test_any_header_can_be_written_as_toml(header: str) -> None:
    mapping = propose(["Incident Date", header])

    written = write_mapping(mapping, ["Incident Date", header])

    assert tomllib.loads(written)["columns"] == {"date": "Incident Date"}


def test_a_header_in_another_script_can_be_named(read: Read) -> None:
    mapping = '[columns]\ndate = "日付"\nlocation = "場所"'

    intake = read(["番号,日付,場所", "1,2025-09-03,Gym"], mapping=mapping)

    assert intake.rows["location"].to_list() == ["Gym"]


def test_the_mapping_is_stronger_than_a_look_at_the_headers(read: Read) -> None:
    mapping = """
        [columns]
        incident_id = "Incident #"
        date = "Date of Incident"
        location = "Offense"
        behaviour = "Place"
    """

    intake = read(PLAIN.content(), mapping=mapping)

    assert intake.rows["behaviour"][0] == "Hallway"
    assert intake.report["columns"]["mapped"]["location"] == "Offense"


def test_a_dropped_column_cannot_be_mapped_back_as_names(read: Read) -> None:
    mapping = """
        [columns]
        date = "Date of Incident"
        location = "Student Name"
    """

    with pytest.raises(MappingError, match="may hold people's names"):
        read(PLAIN.content(), mapping=mapping)


def test_a_nested_name_is_used_in_a_mapping(read: Read) -> None:
    mapping = """
        [columns]
        incident_id = "incident_id"
        date = "incident_date"
        response = "resolutions.name"
        location = "event_location"
    """

    intake = read(EDUCLIMBER.content(), mapping=mapping)

    assert intake.rows["removal"].sum() == 4
