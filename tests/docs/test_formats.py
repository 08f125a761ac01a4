"""What the pages say of formats is what the code reads, and all of it."""

import csv
import json
import re
import tomllib
from importlib import resources

import pytest

from commonroot.analysis.coverage import SHORTEST_GAP
from commonroot.briefs.brief import Request, make_brief
from commonroot.briefs.rows import read_bells
from commonroot.intake import read_enrolment, read_incidents, read_school_days
from commonroot.intake.dates import DECLARED
from commonroot.intake.fields import CANONICAL
from commonroot.intake.headers import FIELDS, read_ready_maps
from commonroot.intake.mapping import SECTIONS, check_mapping
from commonroot.intake.roster.rules import EFFECTS
from commonroot.intake.roster.rules import RULES as ROSTER_RULES
from commonroot.intake.rules import REASONS
from docs.pages import ROOT, find_blocks, find_section, find_ticked, read_page


def read_rows(section: str) -> dict[str, str]:
    """Read a table's first two columns."""
    rows = re.findall(r"^\| `([^`]+)` \| (.+?) \|", section, re.M)
    return dict(rows)


def test_every_reason_is_explained_in_the_codes_own_words():
    section = find_section(read_page("intake.md"), "Reasons for leaving a row behind")
    assert read_rows(section) == REASONS


def test_every_rule_of_rosters_is_explained_in_the_codes_own_words():
    section = find_section(read_page("roster.md"), "Rules")
    told = re.findall(r"^\| `([^`]+)` \| (.+?) \| (.+?) \|$", section, re.M)
    rules = ROSTER_RULES.items()
    assert told == [(code, says, EFFECTS[effect]) for code, (says, effect) in rules]


def test_every_canonical_column_is_explained():
    section = find_section(read_page("intake.md"), "The canonical rows")
    told = re.findall(r"^\| `([^`]+)` \|", section, re.M)
    assert told == [*CANONICAL, "group: …"]


def list_keys(value: object) -> set[str]:
    """List the names of a document's own keys."""
    return set(value) if isinstance(value, dict) else set()


def test_every_key_of_the_account_is_explained(small_files):
    told = find_ticked(find_section(read_page("intake.md"), "intake.json"))
    report = read_incidents(
        small_files["incidents"], mapping_path=small_files["mapping"]
    ).report
    assert set(report) - {"columns"} <= told
    assert {f"columns.{key}" for key in report["columns"]} <= told
    assert list_keys(report["guesses"]) <= told


def test_every_guess_that_the_code_tells_is_explained():
    told = find_ticked(find_section(read_page("intake.md"), "intake.json"))
    source = "".join(
        path.read_text(encoding="utf-8")
        for path in (ROOT / "src/commonroot/intake").rglob("*.py")
    )
    accounted = set(re.findall(r'(?:account|guesses)(?:"\])?\["(\w+)"\]', source))
    accounted -= {"unmapped_labels"}
    assert accounted
    assert accounted <= told


def test_every_ready_made_map_is_listed():
    section = find_section(read_page("mapping.md"), "Ready-made maps")
    folder = resources.files("commonroot.intake").joinpath("maps")
    files = sorted(f.name for f in folder.iterdir() if f.name.endswith(".toml"))
    systems = [ready["system"] for ready in read_ready_maps()]
    assert read_rows(section) == dict(zip(files, systems, strict=True))


def test_every_field_and_every_way_of_dates_is_listed():
    page = read_page("mapping.md")
    assert list(read_rows(find_section(page, "columns"))) == list(FIELDS)
    assert set(read_rows(find_section(page, "Dates"))) == set(DECLARED)


@pytest.fixture
def small_files(tmp_path):
    """The examples of the mapping's page, as files."""
    page = read_page("mapping.md")
    (tmp_path / "incidents.csv").write_text(find_blocks(page, "csv")[0])
    blocks = find_blocks(page, "toml")
    plain = [block for block in blocks if not block.startswith("[")]
    tables = [block for block in blocks if block.startswith("[")]
    (tmp_path / "my.toml").write_text("\n".join(plain + tables))
    return {"incidents": tmp_path / "incidents.csv", "mapping": tmp_path / "my.toml"}


def list_example_headers() -> list[str]:
    """List the headers of the mapping's example."""
    return next(csv.reader(find_blocks(read_page("mapping.md"), "csv")[0].splitlines()))


@pytest.mark.parametrize("block", find_blocks(read_page("mapping.md"), "toml"))
def test_examples_of_mappings_are_read(block):
    mapping = check_mapping(tomllib.loads(block), list_example_headers())
    read_bells(mapping.bells)
    assert set(mapping.formats) <= {"date"}
    assert {way for ways in mapping.formats.values() for way in ways} <= set(DECLARED)
    assert {*mapping.labels, *mapping.leave_out} <= set(FIELDS)


def test_every_section_of_a_mapping_has_an_example():
    blocks = find_blocks(read_page("mapping.md"), "toml")
    assert {name for block in blocks for name in tomllib.loads(block)} == SECTIONS


def test_the_examples_together_make_a_sheet(small_files):
    request = Request(small_files["incidents"], mapping=small_files["mapping"])
    found = make_brief(request)
    rows, report = found.intake.rows, found.intake.report
    assert report["rows_used"] == 5
    assert report["reasons"] == {"left-out-by-mapping": 1}
    assert "Playground" in rows["location"].to_list()
    assert "Physical aggression" in rows["behaviour"].to_list()
    assert set(rows.filter(rows["removal"])["response"]) == {"OSS", "Buddy room"}


@pytest.mark.parametrize("block", find_blocks(read_page("enrolment.md"), "csv"))
def test_examples_of_enrolment_are_read(tmp_path, block):
    path = tmp_path / "enrolment.csv"
    path.write_text(block)
    found = read_enrolment(path)
    assert not found.rows_left
    assert found.of_school("Hill School", "2025-26").total() == 364


def test_the_enrolment_example_has_groups_and_a_source(tmp_path):
    path = tmp_path / "enrolment.csv"
    path.write_text(find_blocks(read_page("enrolment.md"), "csv")[0])
    mine = read_enrolment(path).of_school("Hill School", "2025-26")
    assert mine.group("Ethnicity", []) == {
        "White": 210,
        "Hispanic": 120,
        "Multiracial": 34,
    }
    assert mine.note() == "Fall count, 2025-10-01"


def read_days(tmp_path, name: str, block: str):
    path = tmp_path / name
    path.write_text(block)
    return read_school_days(path)


def test_examples_of_listed_days_are_read(tmp_path):
    first, second = find_blocks(read_page("calendar.md"), "csv")
    days = read_days(tmp_path, "days.csv", first)
    assert len(days.find("Hill School")) == 9
    assert not days.find("Another School")
    assert len(read_days(tmp_path, "kinds.csv", second).find(None)) == 2


def test_the_example_of_days_off_is_read(tmp_path):
    (block,) = find_blocks(read_page("calendar.md"), "ics")
    off = read_days(tmp_path, "off.ics", block.replace("\n", "\r\n")).off
    assert sorted(day.isoformat() for day in off) == [
        "2025-10-10",
        *(f"2025-11-{day}" for day in range(24, 29)),
        "2025-12-12",
        "2026-02-13",
    ]


def test_the_guides_map_would_be_read():
    (block,) = find_blocks(read_page("guides/add-a-map.md"), "toml")
    ready = tomllib.loads(re.sub(r"^   ", "", block, flags=re.M))
    assert set(ready) == {"system", "recognise", "columns"}
    assert set(ready["columns"]) <= set(FIELDS)


def list_schema_keys(schema: object) -> set[str]:
    """List every property that a schema names."""
    if isinstance(schema, list):
        return {key for each in schema for key in list_schema_keys(each)}
    if not isinstance(schema, dict):
        return set()
    named = set(schema.get("properties", {}))
    return named | {key for each in schema.values() for key in list_schema_keys(each)}


def test_every_key_of_the_sheet_is_explained():
    page = read_page("brief-json.md")
    path = ROOT / "src/commonroot/briefs/schema.json"
    keys = list_schema_keys(json.loads(path.read_text(encoding="utf-8")))
    told = {
        part for text in find_ticked(page) for part in re.split(r"[.\[\]\" :]+", text)
    }
    assert keys <= told


def test_the_coverage_page_tells_the_shortest_gap():
    assert SHORTEST_GAP == 5
    assert "from 5 days up" in read_page("methods/coverage.md")
