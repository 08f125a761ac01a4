"""Every brief.json is what its schema says, and the schema refuses what is broken."""

import copy
import json
from importlib import resources

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from briefs.small_school import make_rows, write_calendar, write_rows
from commonroot.briefs.brief import Request, make_brief
from commonroot.sample import make_region

ENROLMENT = (
    "school,school_year,group,value,students\n"
    "Larch Hill Elementary,2025-26,,,300\n"
    "Larch Hill Elementary,2025-26,Race/Ethnicity,White,200\n"
    "Larch Hill Elementary,2025-26,Race/Ethnicity,Hispanic,88\n"
    "Larch Hill Elementary,2025-26,Race/Ethnicity,Asian,12\n"
)


@pytest.fixture(scope="session")
def validator():
    file = resources.files("commonroot.briefs").joinpath("schema.json")
    schema = json.loads(file.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=FormatChecker())


def find_faults(validator, document) -> list[str]:
    return [
        f"{each.json_path}: {each.message}" for each in validator.iter_errors(document)
    ]


def make_document(request: Request) -> dict:
    return json.loads(make_brief(request).files["brief.json"])


@pytest.fixture
def small(tmp_path) -> dict:
    enrolment = tmp_path / "enrolment.csv"
    enrolment.write_text(ENROLMENT)
    return make_document(
        Request(
            write_rows(tmp_path / "incidents.csv", make_rows()),
            enrolment,
            write_calendar(tmp_path / "calendar.csv"),
        )
    )


def test_a_full_sheet_fits(validator, small):
    assert find_faults(validator, small) == []
    assert small["rate"]["per_100_students_per_school_day"] > 0
    assert len(small["groups"]) == 3


def test_a_sheet_of_nothing_but_dates_fits(validator, tmp_path):
    path = tmp_path / "incidents.csv"
    path.write_text("Incident Date,Location\n" + "9/3/2025,Gym\n9/4/2025,Bus\n" * 9)
    document = make_document(Request(path))
    assert find_faults(validator, document) == []
    assert document["coverage"]["school_days"] is None


def test_a_sheet_of_four_students_fits_and_tells_no_count(validator, tmp_path):
    rows = make_rows(12, students=4)
    document = make_document(Request(write_rows(tmp_path / "incidents.csv", rows)))
    assert find_faults(validator, document) == []
    assert document["counts"] == {
        "incidents": None,
        "student_incidents": None,
        "removals": None,
        "protected": True,
    }


@pytest.mark.slow
def test_every_school_of_the_sample_region_fits(validator, tmp_path):
    make_region(tmp_path, years=1)
    for path in sorted((tmp_path / "incidents").iterdir()):
        document = make_document(
            Request(path, tmp_path / "enrolment.csv", tmp_path / "calendar.csv")
        )
        assert find_faults(validator, document) == [], path.name


def spoil(document: dict, path: str, value: object) -> dict:
    """Change one value of a copy; None at the end of a path takes it away."""
    spoiled = copy.deepcopy(document)
    *way, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    inner = spoiled
    for part in way:
        inner = inner[part]
    if value is ...:
        del inner[last]
    else:
        inner[last] = value
    return spoiled


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("version", 2),
        ("school", ""),
        ("names", ["a key that nobody knows"]),
        ("period.to", "3 June 2026"),
        ("period.to", "2026-02-30"),
        ("coverage", ...),
        ("coverage.share_without_time", 12),
        ("coverage.logging_days", -1),
        ("counts.incidents", 3.5),
        ("counts.incidents", None),
        ("rate.denominator", ...),
        ("run_chart.points.0.week", "week 1"),
        ("run_chart.points.0", {"week": "2025-09-01", "incidents": None, "logging_days": 4}),
        ("run_chart.signals", [{"from": "2025-09-01", "direction": "up"}]),
        ("slices.location", {}),
        ("slices.grade", ...),
        ("slices.location.0.incidents", None),
        ("slices.location.0.protected", True),
        ("slices.location.0.protected", False),
        ("situations.0.student", "5501"),
        ("groups.0.enrolled", 9),
        ("groups.0.risk", 1.2),
        ("groups.0.risk_95", [0.1]),
        ("groups.0.protected", True),
        ("groups.0.students", None),
        ("patterns", [{"place": "Gym"}]),
    ],
)  # fmt: skip
def test_a_broken_document_is_refused(validator, small, path, value):
    assert find_faults(validator, spoil(small, path, value))
