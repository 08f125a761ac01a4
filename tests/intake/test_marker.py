"""A made-up name in any column of any export comes out nowhere.

First planted, then looked for: in what the intake keeps, in every file that is
written (the print too), in what is said on the terminal and in every refusal. The one
exception is the school's own column, when every row names that school: schools are
often named after people.
"""

import io
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner
from pypdf import PdfReader

from commonroot.cli import main
from commonroot.intake import (
    Intake,
    MappingError,
    UnreadableFileError,
    read_incidents,
)
from commonroot.intake.fields import GROUP

from .conftest import SECRET, TODAY
from .shapes import (
    DEANSLIST,
    EDFI_3,
    EDFI_5,
    EDFI_BARE,
    PAGE,
    PLAIN,
    POWERSCHOOL,
    SCHOOL,
    SEMICOLON,
    SKYWARD_CARET,
    SYNERGY_XLS,
    TABBED,
    TWINS,
    Twin,
    write_text,
)

pytestmark = pytest.mark.slow

MARKERS = ("quackenbush", "zephyrine")
SPELLINGS = (
    "Zephyrine Quackenbush",
    "Quackenbush, Zephyrine",
    "Quackenbush",
    "zephyrine quackenbush",
    "He pushed Zephyrine Quackenbush twice and then ran out of the gym to the bus.",
)
WRITTEN_ANOTHER_WAY = (
    EDFI_3, EDFI_BARE, PAGE, SEMICOLON, SKYWARD_CARET, SYNERGY_XLS, TABBED,
)  # fmt: skip
# In the midst of words that any school uses, where no list of names would see it.
AMONG_WORDS = (
    "Ms. Quackenbush's room",
    "Fight with Quackenbush",
    "Hit Zephyrine",
    "Zephyrine Hall",
    "Green, Zephyrine",
    "Field Zephyrine West",
)


def find_markers(content: bytes) -> list[str]:
    """Find the markers in bytes, whatever their case and encoding."""
    found = content.lower()
    encodings = ("utf-8", "utf-16-le", "utf-16-be")
    return [m for m in MARKERS if any(m.encode(e) in found for e in encodings)]


def keep_everything(intake: Intake, *, school_may_show: bool) -> dict[str, bytes]:
    """Give all that the intake keeps, from which every output is made."""
    texts = [name for name in intake.rows.columns if name != "event"]
    if school_may_show:
        texts.remove("school")
    rows = intake.rows.select(texts)
    return {
        "intake.json": json.dumps(intake.report).encode(),
        "left-behind.csv": json.dumps([asdict(left) for left in intake.left]).encode(),
        **{
            f"rows[{name}]": json.dumps(
                rows[name].cast(pl.String).unique().to_list()
            ).encode()
            for name in texts
        },
    }


def take_in(content: bytes, path: Path, *, school_may_show: bool) -> dict[str, bytes]:
    """Read planted bytes; a refusal is an output too."""
    path.write_bytes(content)
    try:
        intake = read_incidents(path, secret=SECRET, today=TODAY)
    except (MappingError, UnreadableFileError) as refusal:
        return {"stderr": str(refusal).encode()}
    return keep_everything(intake, school_may_show=school_may_show)


def choose_spellings(twin: Twin) -> tuple[str, ...]:
    """All spellings for a shape of each kind; fewer for the others, to be quick."""
    if twin in (PLAIN, POWERSCHOOL, DEANSLIST, EDFI_5):
        return SPELLINGS
    return SPELLINGS[::2] if twin not in WRITTEN_ANOTHER_WAY else SPELLINGS[:3:2]


def is_school(twin: Twin, header: str) -> bool:
    """Is this the column of the school's name or number?"""
    return header in (
        "[Incident]School_Name", "School_Name", "Calendar Name", "School Name",
        "Entity Code", "SchoolName", "school_local_id", "school_name", "SchoolId",
        "Campus ID", "School", "[Incident]School_Number", "SchoolID",
    )  # fmt: skip


def find_leaks(
    twin: Twin, path: Path, spellings: tuple[str, ...], rows: list[int]
) -> Iterator[str]:
    """Plant in one column at a time, and tell where the marker came out."""
    for header in twin.header:
        for spelling in spellings:
            kept = take_in(
                twin.planted(header, spelling, rows=rows),
                path,
                # One school among others is kept to tell them apart, and not named.
                school_may_show=is_school(twin, header),
            )
            for where, content in kept.items():
                if find_markers(content):
                    yield f"{header}: {spelling!r} is in {where}"


def test_a_marker_can_be_found_in_any_encoding_and_case() -> None:
    planted = "ZEPHYRINE Quackenbush"

    found = [find_markers(planted.encode(e)) for e in ("utf-8", "utf-16", "cp1252")]

    assert found == [list(MARKERS)] * 3


def test_a_label_of_places_does_come_out(tmp_path: Path) -> None:
    content = PLAIN.planted("Place", "South Gym", rows=range(len(PLAIN.rows)))

    kept = take_in(content, tmp_path / "f.csv", school_may_show=False)

    assert b"South Gym" in kept["rows[location]"]


@pytest.mark.parametrize("twin", TWINS, ids=lambda twin: twin.name)
def test_a_name_in_one_row_of_any_column_is_not_kept(
    twin: Twin, tmp_path: Path
) -> None:
    path = tmp_path / f"f.{twin.suffix}"

    leaks = find_leaks(twin, path, choose_spellings(twin), [5])

    assert list(leaks) == []


@pytest.mark.parametrize("twin", TWINS, ids=lambda twin: twin.name)
def test_a_name_in_every_row_of_any_column_is_not_kept(
    twin: Twin, tmp_path: Path
) -> None:
    path = tmp_path / f"f.{twin.suffix}"
    rows = list(range(len(twin.rows)))

    leaks = find_leaks(twin, path, choose_spellings(twin), rows)

    assert list(leaks) == []


def test_a_name_in_six_rows_of_any_column_is_not_kept(tmp_path: Path) -> None:
    leaks = find_leaks(PLAIN, tmp_path / "f.csv", SPELLINGS, [5, 7, 9, 11, 13, 15])

    assert list(leaks) == []


def test_a_name_among_known_words_is_not_kept(tmp_path: Path) -> None:
    leaks = find_leaks(PLAIN, tmp_path / "f.csv", AMONG_WORDS, [5])

    assert list(leaks) == []


# One word alone cannot be told from the name of a column, so it is not tried here.
@pytest.mark.parametrize("spelling", [s for s in SPELLINGS if " " in s])
@pytest.mark.parametrize("twin", [PLAIN, PAGE], ids=lambda twin: twin.name)
def test_a_name_as_a_header_is_not_told(
    twin: Twin, spelling: str, tmp_path: Path
) -> None:
    leaks = []
    for position, replaced in enumerate(twin.header):
        header = list(twin.header)
        header[position] = spelling
        content = twin.write(header, [list(row) for row in twin.rows])
        kept = take_in(content, tmp_path / f"f.{twin.suffix}", school_may_show=False)
        leaks += [(replaced, name) for name in kept if find_markers(kept[name])]

    assert leaks == []


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_name_above_the_header_is_not_told(spelling: str, tmp_path: Path) -> None:
    above = f"Discipline report\nPrinted by: {spelling}\n\n"
    content = write_text(above=above)(PLAIN.header, [list(row) for row in PLAIN.rows])

    kept = take_in(content, tmp_path / "f.csv", school_may_show=False)

    assert [where for where, found in kept.items() if find_markers(found)] == []


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_name_below_the_table_is_not_told(spelling: str, tmp_path: Path) -> None:
    below = f'"Printed by {spelling}"\n"Total {spelling}",12\n{"x," * 30}"{spelling}"\n'
    content = write_text(below=below)(PLAIN.header, [list(row) for row in PLAIN.rows])

    kept = take_in(content, tmp_path / "f.csv", school_may_show=False)

    assert [where for where, found in kept.items() if find_markers(found)] == []


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_name_where_the_date_should_be_is_not_told(
    spelling: str, tmp_path: Path
) -> None:
    content = PLAIN.planted("Date of Incident", f"{spelling} 9/3", rows=[4])

    kept = take_in(content, tmp_path / "f.csv", school_may_show=False)

    assert [where for where, found in kept.items() if find_markers(found)] == []


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_name_in_a_file_without_headers_is_not_told(
    spelling: str, tmp_path: Path
) -> None:
    lines = f'"{spelling}",Gym,Theft,Monday\n"{spelling}",Bus,Fight,Tuesday\n'
    path = tmp_path / "f.csv"

    kept = take_in(lines.encode(), path, school_may_show=False)
    proposed = CliRunner().invoke(main, ["mapping", str(path)]).output

    assert [where for where, found in kept.items() if find_markers(found)] == []
    assert find_markers(proposed.encode()) == []


def test_a_name_as_a_key_around_the_list_is_not_told(tmp_path: Path) -> None:
    rows = [dict(zip(PLAIN.header, row, strict=True)) for row in PLAIN.rows]
    content = json.dumps({"Zephyrine Quackenbush": rows}).encode()

    kept = take_in(content, tmp_path / "f.json", school_may_show=False)

    assert [where for where, found in kept.items() if find_markers(found)] == []


@pytest.mark.parametrize(
    "text", ["605-555-0123", "(605) 555-0123", "123-45-6789", "7001234", "1234567890"]
)
def test_a_number_of_a_person_where_the_date_should_be_is_not_told(
    text: str, tmp_path: Path
) -> None:
    content = PLAIN.planted("Date of Incident", text, rows=[4])

    kept = take_in(content, tmp_path / "f.csv", school_may_show=False)

    assert [where for where, found in kept.items() if text.encode() in found] == []


@pytest.mark.parametrize("name", ["Li Wu", "Wu, Li", "J. Ng", "Bo", "王伟", "Lê Vũ"])
def test_a_short_name_is_a_name_too(name: str, tmp_path: Path) -> None:
    leaks = []
    for header in ("Place", "Offense", "Action Taken", "Period", "Gender", "Grade"):
        content = PLAIN.planted(header, name, rows=[4])
        kept = take_in(content, tmp_path / "f.csv", school_may_show=False)
        shown = json.dumps(name).encode()
        leaks += [(header, where) for where in kept if shown in kept[where]]

    assert leaks == []


# What is written -----------------------------------------------------------------


def run(arguments: list[str], out: Path) -> dict[str, bytes]:
    """Run the command; give what it wrote and what it said."""
    result = CliRunner().invoke(main, [*arguments, "--out", str(out)])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    files = {path.name: path.read_bytes() for path in out.glob("*")}
    if "brief.pdf" in files:
        pages = PdfReader(io.BytesIO(files["brief.pdf"])).pages
        files["words of brief.pdf"] = " ".join(p.extract_text() for p in pages).encode()
    # The command names the file that it was given; ours is named neutrally.
    return {**files, "terminal": result.output.encode()}


def test_the_school_of_every_row_is_named_on_the_sheet(tmp_path: Path) -> None:
    path = tmp_path / "incidents.csv"
    path.write_bytes(PLAIN.content())

    written = run(["brief", str(path)], tmp_path / "out")

    assert [name for name, found in written.items() if SCHOOL.encode() in found] == [
        "brief.html",
        "brief.json",
        "brief.pdf",
        "words of brief.pdf",
    ]


def plant_every_label(twin: Twin, spelling: str) -> bytes:
    """Plant in a different row of every column at once, but for the school's."""
    table = [list(row) for row in twin.rows]
    for column, header in enumerate(twin.header):
        if not is_school(twin, header):
            table[column % len(table)][column] = spelling
    return twin.write(twin.header, table)


@pytest.mark.parametrize("spelling", [SPELLINGS[0], SPELLINGS[2]])
@pytest.mark.parametrize("twin", TWINS, ids=lambda twin: twin.name)
def test_no_byte_that_is_written_or_said_holds_the_name(
    twin: Twin, spelling: str, tmp_path: Path
) -> None:
    path = tmp_path / f"incidents.{twin.suffix}"
    path.write_bytes(plant_every_label(twin, spelling))

    written = run(["brief", str(path)], tmp_path / "out")

    assert [name for name, found in written.items() if find_markers(found)] == []


@pytest.mark.parametrize(
    "header", ["Place", "Offense", "Action Taken", "Grade", "Gender", "Period"]
)
def test_a_name_in_every_row_is_not_drawn_or_printed(
    header: str, tmp_path: Path
) -> None:
    rows = range(len(PLAIN.rows))
    path = tmp_path / "incidents.csv"
    path.write_bytes(PLAIN.planted(header, "Quackenbush", rows=rows))

    written = run(["brief", str(path)], tmp_path / "out")

    assert [name for name, found in written.items() if find_markers(found)] == []


def test_a_school_of_one_row_among_others_is_not_named(tmp_path: Path) -> None:
    path = tmp_path / "incidents.csv"
    path.write_bytes(PLAIN.planted("School", "Zephyrine Quackenbush", rows=[5]))

    written = run(["brief", str(path)], tmp_path / "out")

    assert [name for name, found in written.items() if find_markers(found)] == []


def test_the_proposed_mapping_repeats_no_cell(tmp_path: Path) -> None:
    path = tmp_path / "incidents.csv"
    path.write_bytes(plant_every_label(PLAIN, SPELLINGS[0]))

    result = CliRunner().invoke(main, ["mapping", str(path)])

    assert find_markers(result.output.encode()) == []


def test_a_student_group_that_is_named_like_a_person_is_not_shown(
    tmp_path: Path,
) -> None:
    path = tmp_path / "incidents.csv"
    path.write_bytes(PLAIN.planted("Gender", "Quackenbush", rows=range(10)))

    kept = take_in(path.read_bytes(), path, school_may_show=False)

    assert find_markers(kept[f"rows[{GROUP}Gender]"]) == []


def test_a_school_that_is_not_there_does_not_name_one_of_a_single_row(
    tmp_path: Path,
) -> None:
    path = tmp_path / "incidents.csv"
    path.write_bytes(PLAIN.planted("School", "Zephyrine Quackenbush", rows=[5]))

    written = run(["brief", str(path), "--school", "Madrone"], tmp_path / "out")

    assert [name for name, found in written.items() if find_markers(found)] == []
