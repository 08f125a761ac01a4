"""From a file to counted incidents: the grain, the account, and real files."""

import datetime as dt
import json
from pathlib import Path

import pytest

from commonroot.briefs.rows import BriefError, choose_rows
from commonroot.engines import DuckDBEngine
from commonroot.engines.question import Count
from commonroot.intake import Intake, MappingError, read_incidents

from .conftest import SECRET, TODAY, Read
from .shapes import (
    INCIDENTS,
    INFINITE_CAMPUS,
    LOG_ENTRIES,
    SCHOOL,
    STUDENT_INCIDENTS,
    TWINS,
    Twin,
    tell,
    write_text,
)

DATA = Path(__file__).parents[3] / "shared" / "data"
without_data = pytest.mark.skipif(
    not DATA.is_dir(), reason=f"the real files are not here ({DATA})"
)
HEADER = "School,Incident ID,Incident Date,Incident Time,Location,Behavior,Action,Role,Student ID"


def count(intake: Intake) -> Count:
    scope = choose_rows(intake.rows, intake.mapping, school=None, first=None, last=None)
    return DuckDBEngine(scope.rows).count().total()


@pytest.mark.parametrize("twin", TWINS, ids=lambda twin: twin.name)
def test_each_system_tells_the_same_story(twin: Twin, tmp_path: Path) -> None:
    path = tmp_path / f"incidents.{twin.suffix}"
    path.write_bytes(twin.content())

    intake = read_incidents(path, secret=SECRET, today=TODAY)

    total = count(intake)
    assert (total.incidents, total.student_incidents, total.removals) == (
        INCIDENTS,
        STUDENT_INCIDENTS,
        twin.removals,
    )
    left = intake.report["reasons"] | (
        {"exact-duplicate": intake.report["duplicates"]}
        if intake.report["duplicates"]
        else {}
    )
    assert left == dict(twin.reasons)
    assert intake.report["columns"]["refused"] == []


# The grain ------------------------------------------------------------------------


def test_three_students_two_behaviors_and_two_responses_are_one_incident(
    read: Read,
) -> None:
    lines = [
        f"Cedar,1,9/3/2025,8:05,Gym,{behaviour},{response},Offender,{student}"
        for student in (7001, 7002, 7003)
        for behaviour in ("Theft", "Fight")
        for response in ("ISS", "Call Home")
    ]

    intake = read([HEADER, *lines])

    assert intake.rows.height == 12
    assert count(intake) == Count(
        incidents=1, students=3, student_incidents=3, removals=3
    )


def test_several_labels_in_a_cell_are_several_rows_of_one_incident(read: Read) -> None:
    intake = read(
        [HEADER, "Cedar,1,9/3/2025,8:05,Gym,Theft; Fight,ISS;Call Home,Offender,7001"]
    )

    pairs = intake.rows.select("behaviour", "response").sort("behaviour", "response")
    assert pairs.rows() == [
        ("Fight", "Call Home"),
        ("Fight", "ISS"),
        ("Theft", "Call Home"),
        ("Theft", "ISS"),
    ]
    assert count(intake).removals == 1
    assert intake.report["rows_used"] == 1


def test_numbers_that_begin_anew_each_year_are_other_incidents(read: Read) -> None:
    content = write_text("|")(
        ["Incident Nbr", "Incident Date & Time", "Entity Code", "Offense Name"],
        [
            ["1", "09/03/2024 8:05 AM", "401", "Theft"],
            ["2", "09/04/2024 8:15 AM", "401", "Theft"],
            ["1", "09/03/2025 8:25 AM", "401", "Theft"],
            ["1", "09/03/2025 8:25 AM", "401", "Fight"],
        ],
    )

    intake = read(content)

    assert intake.mapping.system == "Skyward"
    assert intake.rows["event"].n_unique() == 3


def test_one_number_in_two_schools_is_two_incidents(read: Read) -> None:
    lines = ["Cedar,1,9/3/2025,8:05,Gym,Theft,,,7001"]

    intake = read([HEADER, *lines, "Juniper,1,9/5/2025,9:05,Gym,Theft,,,7002"])

    assert intake.rows["event"].n_unique() == 2


def test_zero_is_no_number_of_an_incident(read: Read) -> None:
    rows = [list(row) for row in LOG_ENTRIES.rows]
    number = LOG_ENTRIES.header.index("Discipline_IncidentNumber")

    intake = read(LOG_ENTRIES.content())

    assert [row[number] for row in rows].count("0") == 15
    assert intake.rows["event"].n_unique() == INCIDENTS


def test_the_time_of_entry_is_not_the_time_of_the_incident(read: Read) -> None:
    header = [*LOG_ENTRIES.header, "Entry_Time"]
    rows = [[*row, f"15:{n:02d}"] for n, row in enumerate(LOG_ENTRIES.rows)]

    intake = read(write_text("\t")(header, rows))

    assert intake.rows["minute"].null_count() == intake.rows.height


@pytest.mark.parametrize("nothing", ["0", "000", "", "NULL", "N/A", "none", "-"])
def test_rows_without_a_number_stand_for_themselves(nothing: str, read: Read) -> None:
    lines = [f"Cedar,{nothing},9/3/2025,,Gym,Theft,,,{s}" for s in (7001, 7002)]

    intake = read([HEADER, *lines, "Cedar,5,9/4/2025,8:05,Gym,Theft,,,7003"])

    assert intake.rows["event"].n_unique() == 3


def test_without_numbers_place_and_time_make_the_incident(read: Read) -> None:
    header = "Incident Date,Incident Time,Location,Student ID"
    lines = [
        "9/3/2025,8:05,Gym,7001",
        "9/3/2025,8:05,Gym,7002",
        "9/3/2025,8:05,Bus,7003",
        "9/3/2025,9:05,Gym,7004",
        "9/3/2025,,Gym,7005",
        "9/3/2025,,Gym,7006",
        "9/3/2025,10:05,,7007",
        "9/3/2025,10:05,,7008",
    ]

    intake = read([header, *lines])

    assert intake.rows["event"].n_unique() == 7
    assert intake.report["guesses"]["rows_merged_into_incidents"] == 1
    assert intake.report["guesses"]["incidents_proposed_by"] == (
        "school, date, time and location"
    )


def test_it_is_told_when_some_rows_have_no_number(read: Read) -> None:
    lines = [f"Cedar,,9/3/2025,8:05,Gym,Theft,,,{s}" for s in (7001, 7002)]

    intake = read([HEADER, *lines, "Cedar,5,9/4/2025,8:05,Gym,Theft,,,7003"])

    assert intake.rows["event"].n_unique() == 2
    assert intake.report["guesses"]["rows_merged_into_incidents"] == 1


def test_a_time_that_a_program_filled_in_makes_no_incident(read: Read) -> None:
    header = "Incident Date,Incident Time,Location,Student ID"

    intake = read([header, *[f"9/3/2025,00:00,Gym,{n}" for n in range(7001, 7004)]])

    assert intake.rows["event"].n_unique() == 3


def test_few_numbers_under_two_dates_are_listed(read: Read) -> None:
    lines = [f"Cedar,{n},9/{n}/2025,8:{n + 10},Gym,Theft,,,{n}" for n in range(1, 10)]

    intake = read([HEADER, *lines, "Cedar,9,9/10/2025,8:05,Gym,Theft,,,77"])

    assert intake.report["reasons"] == {"same-id-two-dates": 2}
    assert intake.rows["event"].n_unique() == 8


def test_many_numbers_under_two_dates_are_no_numbers_of_incidents(read: Read) -> None:
    lines = [f"Cedar,{n % 3},9/{n}/2025,8:05,Gym,Theft,,,{n}" for n in range(1, 10)]

    with pytest.raises(MappingError, match="that column is not an incident id"):
        read([HEADER, *lines])


def test_victims_and_witnesses_are_kept_and_not_counted(read: Read) -> None:
    lines = [
        "Cedar,1,9/3/2025,8:05,Gym,Theft,ISS,Offender,7001",
        "Cedar,1,9/3/2025,8:05,Gym,,,Victim,7002",
        "Cedar,1,9/3/2025,8:05,Gym,,,Witness,7003",
        "Cedar,2,9/4/2025,8:15,Gym,Theft,,Victim,7004",
    ]

    intake = read([HEADER, *lines])

    assert intake.rows["role"].to_list() == ["offender", "victim", "witness", "victim"]
    assert count(intake) == Count(1, 1, 1, 1)


def test_only_victims_and_witnesses_leave_nothing_to_count(read: Read) -> None:
    lines = ["Cedar,1,9/3/2025,8:05,Gym,Theft,,Victim,1"]
    intake = read([HEADER, *lines, "Cedar,2,9/4/2025,8:05,Gym,Theft,,Witness,2"])

    with pytest.raises(BriefError, match="only victims, witnesses or reporters"):
        count(intake)


def test_participants_are_counted_when_the_file_knows_no_offender(read: Read) -> None:
    lines = ["Cedar,1,9/3/2025,8:05,Gym,Theft,ISS,Participant,1"]

    intake = read([HEADER, *lines])

    assert count(intake) == Count(1, 1, 1, 1)


def test_days_without_a_response_tell_a_removal(read: Read) -> None:
    header = "Incident ID,Incident Date,Action,Days Suspended"

    intake = read(
        [header, "1,9/3/2025,,1.5", "2,9/4/2025,,0", "3,9/5/2025,Detention,1"]
    )

    assert intake.rows["removal"].to_list() == [True, False, False]
    assert intake.rows["days_removed"].to_list() == [1.5, 0, 1]


# The account -----------------------------------------------------------------------


def test_every_column_is_accounted_for(read: Read) -> None:
    intake = read(INFINITE_CAMPUS.content())

    columns = intake.report["columns"]
    mapped = {
        header
        for value in columns["mapped"].values()
        for header in (value if isinstance(value, list) else [value])
    }
    parts = [sorted(mapped), columns["dropped"], columns["unmapped"]]
    assert sorted(h for part in parts for h in part) == sorted(INFINITE_CAMPUS.header)
    assert columns["dropped"] == ["Context Description", "Last Name", "First Name"]
    assert columns["unmapped"] == ["Event ID", "Damages"]


def test_the_report_can_be_written_as_json(read: Read) -> None:
    report = read(INFINITE_CAMPUS.content()).report

    assert json.loads(json.dumps(report)) == report
    assert report["guesses"]["encoding"] == "utf-16"
    assert report["guesses"]["delimiter"] == "tab"
    assert report["guesses"]["dates"] == "month first"


def test_a_student_is_a_key_and_no_number(read: Read) -> None:
    intake = read(INFINITE_CAMPUS.content())

    assert intake.rows["student"].n_unique() == STUDENT_INCIDENTS + 1
    assert not set(intake.rows["student"].cast(str)) & {
        str(tell(n).student) for n in range(1, 17)
    }


def test_a_school_that_begins_with_its_year_is_one_school(read: Read) -> None:
    intake = read(INFINITE_CAMPUS.content())

    assert intake.rows["school"].unique().to_list() == [SCHOOL]


def test_the_same_bytes_are_read_the_same_way(read: Read) -> None:
    first, second = (read(INFINITE_CAMPUS.content()) for _ in range(2))

    assert first.rows.equals(second.rows)
    assert first.report == second.report


# Real files ------------------------------------------------------------------------


@without_data
def test_grand_bend_has_21_incidents_one_of_them_on_a_sunday() -> None:
    path = DATA / "edfi-grandbend-5.2" / "StudentDiscipline.xml"

    intake = read_incidents(path, secret=SECRET)

    events = intake.rows.unique("event")
    weekdays = events["date"].dt.weekday().to_list()
    assert (events.height, weekdays.count(7)) == (21, 1)
    assert events["school"].n_unique() == 3
    assert count(intake).incidents <= 21


@without_data
def test_student_insights_reads_backslashes_and_null() -> None:
    path = DATA / "studentinsights-fixtures" / "fake_behavior_export.csv"

    intake = read_incidents(path, secret=SECRET)

    guesses = intake.report["guesses"]
    assert guesses["quotes"] == "escaped by a backslash"
    assert intake.mapping.system == "Aspen / X2"
    assert intake.report["columns"]["dropped"] == ["incident_description"]
    assert intake.report["rows_read"] == len(path.read_bytes().splitlines()) - 1
    assert intake.rows["minute"].null_count() >= 1


NYC_MAPPING = """
[columns]
incident_id = "Busbreakdown_ID"
date = "Occurred_On"
behaviour = "Reason"
location = "Boro"
"""


@without_data
@pytest.mark.parametrize(
    "name",
    [
        "all_10.csv",
        "all_19.csv",
        "all_28.csv",
        "cb10_bus_breakdowns_with_fewer_fields.csv",
    ],
)
def test_bus_breakdowns_are_incidents_without_students(
    name: str, tmp_path: Path
) -> None:
    path = DATA / "nyc-school-bus-incidents" / name
    (tmp_path / "my.toml").write_text(NYC_MAPPING)
    ids = {
        line.split(",")[0 if name.startswith("cb10") else 1]
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines()[1:]
    }

    intake = read_incidents(path, mapping_path=tmp_path / "my.toml", secret=SECRET)

    total = count(intake)
    report = intake.report
    assert total.incidents == len(ids)
    assert (total.students, total.student_incidents) == (0, 0)
    assert report["rows_read"] == (
        report["rows_used"] + report["duplicates"] + report["left_behind"]
    )
    assert intake.rows["minute"].null_count() == 0
    assert min(intake.rows["date"].to_list()) >= dt.date(2015, 7, 1)


@without_data
def test_bus_breakdowns_without_a_mapping_tell_what_stands_for_the_id() -> None:
    path = DATA / "nyc-school-bus-incidents" / "all_10.csv"

    guesses = read_incidents(path, secret=SECRET).report["guesses"]

    # Incident_Number is empty in most rows of this file.
    assert guesses["incidents_proposed_by"] == "school, date, time and location"


@without_data
@pytest.mark.parametrize(
    "name",
    [
        "nces-ccd-wa/washington_schools.xls.html",
        "yrbs-2023/raw2023.rda",
        "crdc-va-suspensions/school_suspensions_ssir.csv",
        "edfi-grandbend-5.2/Student.xml",
        "studentinsights-fixtures/fake_no_headers.csv",
        "studentinsights-fixtures/fake_students_export.csv",
        "studentinsights-fixtures/student_voice_survey.csv",
        "scan-reference/NMcas.csv",
    ],
)
def test_files_of_other_things_are_refused_in_words(name: str) -> None:
    with pytest.raises(Exception, match=r".+") as refusal:  # either
        read_incidents(DATA / name, secret=SECRET)

    assert type(refusal.value).__name__ in ("MappingError", "UnreadableFileError")
