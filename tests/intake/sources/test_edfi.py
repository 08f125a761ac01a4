"""Ed-Fi's StudentDiscipline interchange, versions 3.3 to 5.2."""

from pathlib import Path

import pytest

from commonroot.intake import UnreadableFileError, read_source

from ..conftest import Read
from ..shapes import EDFI_5, EDFI_HEADER, tell, write_edfi


def incident(number: int, school: int = 1, day: str = "2025-09-03") -> str:
    return f"""
    <DisciplineIncident id="D{number}-{school}-{day}">
      <IncidentIdentifier>{number}</IncidentIdentifier>
      <IncidentDate>{day}</IncidentDate>
      <Behavior><Behavior>uri://x/BehaviorDescriptor#Theft</Behavior></Behavior>
      <SchoolReference><SchoolIdentity><SchoolId>{school}</SchoolId></SchoolIdentity>
      </SchoolReference>
    </DisciplineIncident>"""


def student(number: int, reference: str) -> str:
    return f"""
    <StudentDisciplineIncidentAssociation>
      <StudentReference><StudentIdentity><StudentUniqueId>{number}</StudentUniqueId>
      </StudentIdentity></StudentReference>
      <DisciplineIncidentReference ref="{reference}"/>
      <StudentParticipationCode>Perpetrator</StudentParticipationCode>
      <Behavior><Behavior>Fighting</Behavior></Behavior>
    </StudentDisciplineIncidentAssociation>"""


def interchange(*records: str, namespace: str = "http://ed-fi.org/0330") -> bytes:
    name = "InterchangeStudentDiscipline"
    return f'<{name} xmlns="{namespace}">{"".join(records)}</{name}>'.encode()


def test_one_number_in_two_schools_is_two_incidents(read: Read) -> None:
    intake = read(interchange(incident(1, 1), incident(1, 2)))

    assert intake.rows["event"].n_unique() == 2
    assert intake.rows["school"].to_list() == ["1", "2"]


def test_older_versions_point_by_reference_and_nest_the_behaviour(read: Read) -> None:
    intake = read(interchange(incident(1), student(7, "D1-1-2025-09-03")))

    assert intake.rows["behaviour"].to_list() == ["Fighting"]
    assert intake.rows["role"].to_list() == ["offender"]
    assert intake.rows["student"].null_count() == 0


def test_a_student_of_no_incident_is_left_behind(read: Read) -> None:
    intake = read(interchange(incident(1), student(7, "gone")))

    assert intake.report["reasons"] == {"no-date": 1}
    assert intake.report["rows_used"] == 1


def test_an_incident_that_comes_twice_is_a_copy(read: Read) -> None:
    intake = read(interchange(incident(1), incident(2), incident(1)))

    assert (intake.report["rows_read"], intake.report["duplicates"]) == (3, 1)


def test_an_incident_that_comes_twice_with_two_dates_is_a_conflict(read: Read) -> None:
    intake = read(
        interchange(*(incident(n) for n in range(1, 9)), incident(8, day="2025-09-09"))
    )

    assert intake.report["reasons"] == {"same-id-two-dates": 2}


def test_an_incident_without_a_date_is_left_behind(read: Read) -> None:
    intake = read(interchange(incident(1), incident(2, day="")))

    assert intake.report["reasons"] == {"no-date": 1}


def test_a_response_goes_to_offenders_only(read: Read) -> None:
    intake = read(EDFI_5.content())

    first = intake.rows.filter(intake.rows["response"].is_null())
    assert first["role"].to_list() == ["victim"]


def test_names_narratives_and_case_numbers_are_dropped(read: Read) -> None:
    intake = read(EDFI_5.content())

    assert intake.report["columns"]["dropped"] == [
        "IncidentDescription",
        "ReporterName",
        "CaseNumber",
        "BehaviorDetailedDescription",
    ]


def test_the_kind_of_reporter_is_kept(read: Read) -> None:
    intake = read(EDFI_5.content())

    assert intake.rows["reporter"].unique().to_list() == ["Staff"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (EDFI_5.content()[:-40], "damaged at line"),
        (b"<a><b></a>", "damaged at line"),
        (b"<Interchange/>", "holds no DisciplineIncident"),
        (b'<?xml version="1.0"?>', "damaged at line"),
        (b"<", "damaged at line"),
        (b"<a>" * 5000, "damaged at line"),
    ],
    ids=["short", "crossed", "other", "nothing", "one-sign", "deep"],
)
def test_damaged_xml_is_refused_in_words(
    content: bytes, told: str, tmp_path: Path
) -> None:
    path = tmp_path / "incidents.xml"
    path.write_bytes(content)

    with pytest.raises(UnreadableFileError, match=told):
        read_source(path)


def test_all_on_one_line_is_read_the_same(read: Read) -> None:
    lines = EDFI_5.content()

    apart, together = read(lines), read(lines.replace(b"\n", b""))

    assert together.rows.drop("row").equals(apart.rows.drop("row"))
    assert together.report["rows_read"] == apart.report["rows_read"] == 18


def test_each_record_of_one_line_has_its_own_reason(read: Read) -> None:
    content = interchange(incident(1), incident(2, day=""), incident(3, day=""))

    intake = read(content.replace(b"\n", b""))

    assert intake.report["reasons"] == {"no-date": 2}
    assert intake.report["rows_read"] == 3


def test_a_file_of_very_many_lines_numbers_its_rows(read: Read) -> None:
    content = interchange("\n" * 70_000, *(incident(n) for n in range(1, 9)))

    intake = read(content)

    assert intake.report["rows_read"] == 8


def test_an_outside_entity_is_not_read(read: Read, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("Theft from outside")
    declared = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]>'.encode()
    body = interchange(incident(1).replace("BehaviorDescriptor#Theft", "x#&e;"))

    intake = read(declared + body)

    assert "Theft from outside" not in str(intake.rows.to_dicts())


def test_an_entity_that_grows_is_refused_or_empty(read: Read) -> None:
    lines = '<!ENTITY a0 "boom">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)
    )
    body = interchange(incident(1).replace("BehaviorDescriptor#Theft", "x#&a11;"))

    try:
        intake = read(f"<!DOCTYPE x [{lines}]>".encode() + body)
    except UnreadableFileError:
        return

    assert len(str(intake.rows.to_dicts())) < 10_000


def test_a_response_is_kept_for_the_student_whose_it_is(read: Read) -> None:
    def cells(number: int, person: int, response: str) -> list[str]:
        line = tell(number, student=person, response=response)
        values = {
            "IncidentIdentifier": str(number),
            "SchoolId": "1",
            "IncidentDate": line.moment.date().isoformat(),
            "StudentUniqueId": str(person),
            "DisciplineIncidentParticipationCode": "Perpetrator",
            "Discipline": response,
        }
        return [values.get(name, "") for name in EDFI_HEADER]

    table = [cells(1, 7, "Suspension"), cells(1, 8, ""), cells(2, 8, "Detention")]

    intake = read(write_edfi("http://ed-fi.org/5.0")(EDFI_HEADER, table))

    assert intake.rows.sort("row")["response"].to_list() == [
        "Suspension",
        None,
        "Detention",
    ]
