"""Headers are known by exact aliases; what could mean two things is asked about."""

import pytest

from commonroot.intake.headers import (
    FIELDS,
    field_aliases,
    find_candidates,
    group_aliases,
    is_dropped,
    is_group,
    is_known,
    normalise,
    read_aliases,
    read_ready_maps,
)
from commonroot.intake.mapping import propose

# As interop.md C lists them, one text for each field.
LISTED = {
    "incident_id": "Incident Number|Incident #|Incident Nbr|Incident ID|IncidentID|Event ID|Referral Number|Referral ID|Offense ID|Inc #",
    "date": "Incident Date|Incident Date & Time|Date of Incident|Offense Date|Referral Date|Event Date|EventDate",
    "time": "Incident Time|Time|Time of Incident|Exact Time",
    "period": "Period|Class Period|Time Block|Time Frame",
    "school": "School|School Name|Campus|Campus ID|Building|Entity Code|Calendar Name",
    "location": "Location|Incident Location|Event Location|Offense Location|Location Description|Place",
    "behaviour": "Behavior|Behavior Type|Offense|Offense Name|Offense Code|Offense Type|Infraction|Violation|Event Type|Event Name|Conduct Code|Incident Code|Reason",
    "role": "Role|Participant Role|Involvement Type",
    "response": "Action|Action Type|Action Taken|Resolution|Resolution Type|Disposition|Consequence|Penalty|Response",
    "days_removed": "Days Removed|Days Assigned|Days Suspended|Total to Serve|Duration|NumDays",
    "grade": "Grade|Grade Level|Grd|GradeLevelShort",
}


@pytest.mark.parametrize(
    ("field", "header"),
    [(field, header) for field, text in LISTED.items() for header in text.split("|")],
)
def test_every_alias_of_the_survey_is_known(field: str, header: str) -> None:
    assert find_candidates([header, "Nothing"]) == {field: [header]}


@pytest.mark.parametrize(
    "header", ["incident date", " INCIDENT  DATE ", "Incident_Date"]
)
def test_case_and_spaces_make_no_difference(header: str) -> None:
    assert propose([header]).columns == {"date": (header,)}


@pytest.mark.parametrize(
    "header", ["Incident Dates", "Incidnt Date", "Date Incident 2"]
)
def test_nothing_is_guessed_from_what_looks_alike(header: str) -> None:
    assert propose([header]).columns == {}


def test_an_alias_stands_for_one_field_only() -> None:
    doubtful = {
        key: fields for key, fields in field_aliases().items() if len(fields) > 1
    }

    assert doubtful == {}


def test_no_alias_is_dropped_and_no_group_is_either() -> None:
    kept = {*field_aliases(), *group_aliases()}

    assert {key for key in kept if is_dropped(key)} == set()


def test_the_fields_are_those_of_the_file() -> None:
    assert set(read_aliases()["fields"]) == set(FIELDS)


def test_the_headers_of_ready_made_maps_are_known() -> None:
    headers = [
        part.strip()
        for ready in read_ready_maps()
        for wanted in ready["recognise"]
        for part in wanted.split("|")
    ]

    assert [h for h in headers if not is_known(h)] == [
        h for h in headers if not is_known(h) and h in RECOGNISED_ONLY
    ]


# These tell which system wrote a file, and are not read.
RECOGNISED_ONLY = {
    "Perceived Motivation", "Motivation", "Others Involved", "Other Involved",
    "Entry_Date", "Entry_Time", "IncidentOffenseName", "Action Duration Served",
}  # fmt: skip


@pytest.mark.parametrize(
    "header",
    [
        "Student Name", "Last Name", "LastName", "First_Name", "LastFirst", "Name",
        "Parent Email", "GuardianEmail", "Guardian_Phone", "Telephone", "Home Address",
        "DOB", "Birth Date", "BirthDate", "Date of Birth", "Student_DOB", "Password",
        "User Password", "Narrative", "Incident Description", "Comments", "Notes",
        "Case Number", "CaseNumber", "Police Report Number", "SSN", "Referring Staff",
        "Referred By", "Reported By", "ReporterName", "Victim Name", "Teacher",
        "IssueBy.name", "CreateBy.LastName", "Details", "ReportedDetails",
        "[Students]LastFirst", "[Incident]Incident_Detail_Desc", "StudentFirst",
        "Admin Summary", "Witness Statement", "Student's Name", "Contact Person",
        "E-mail", "Mothers Phone", "Entry_Author", "BehaviorDetailedDescription",
        "Prepared_By", "[Incident]Prepared_By", "Offender Last",
        "Student Last Name", "StudentLastName", "STUDENT_LASTNAME", "Pupil Name",
        "Date Of Birth", "Age/DOB",
    ],
)  # fmt: skip
def test_a_column_about_a_person_is_dropped(header: str) -> None:
    assert is_dropped(header)


@pytest.mark.parametrize(
    "header",
    [
        "Incident Date", "Location", "School Name", "Event Name", "Offense Name",
        "Calendar Name", "Reporter Type", "Student Number", "Action Name", "Grade",
    ],
)  # fmt: skip
def test_a_column_about_an_incident_is_kept(header: str) -> None:
    assert not is_dropped(header)


@pytest.mark.parametrize("header", ["Race/Ethnicity", "FEDERAL RACE", "[Students]ELL"])
def test_a_group_column_is_known(header: str) -> None:
    assert is_group(header)


@pytest.mark.parametrize(
    ("header", "bare"),
    [
        ("Incident #", "incidentnumber"),
        ("#", "number"),
        ("Año", "ao"),
        ("日付", "日付"),
    ],
)
def test_a_header_is_reduced_to_letters_and_digits(header: str, bare: str) -> None:
    assert normalise(header) == bare
