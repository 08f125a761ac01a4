"""Synergy: an Excel report with a title above, real dates and a total below."""

from datetime import datetime, time, timedelta
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

import xlsxwriter

from commonroot.sample.exports.shape import (
    Drift,
    Export,
    Labels,
    Line,
    case_number,
    count_faults,
    lines_of,
    repeat_some,
    tell_story,
)
from commonroot.sample.incidents import Incident, SchoolRecord
from commonroot.sample.vocabulary import MINOR, NOT_BEHAVIOUR

HEADER = (
    "Incident ID", "School Name", "Incident Date", "Incident Time", "Location",
    "Incident Type", "Referred By Type", "Referred By", "Student Perm ID",
    "Student Name", "Birth Date", "Grade", "Gender", "Race/Ethnicity", "Special Ed",
    "ELL", "Student Role", "Violation", "Disposition", "Disposition Days",
    "Case Number", "Parent Phone", "Parent Email", "Incident Description",
)  # fmt: skip
DATES = (2, 10)
TIME = 3

LABELS = Labels(
    behaviours={
        "Defiance": "D01 - Defiance",
        "Disrespect": "D02 - Disrespect",
        "Disruption": "D03 - Disruption",
        "Inappropriate language": "L01 - Inappropriate Language",
        "Physical contact": "P01 - Physical Contact",
        "Physical aggression": "P02 - Physical Aggression",
        "Fighting": "P03 - Fighting",
        "Bullying": "H01 - Bullying",
        "Harassment": "H02 - Harassment",
        "Skip class": "A01 - Skipping Class",
        "Tardy": "A02 - Tardy",
        "Vaping": "S01 - Tobacco/Vaping",
        "Technology violation": "T01 - Technology Violation",
    },
    locations={"Parking lot": "Parking Lot", "Locker room": "Locker Room"},
    responses={
        "In-school suspension": "In-School Suspension",
        "Out-of-school suspension": "Out-of-School Suspension",
        "Removal from classroom": "Class Removal",
        "Family contact": "Parent/Guardian Contact",
    },
    roles={"Witness": "Bystander/Witness"},
)

# A zip entry remembers when it was written; ours always says the same.
EPOCH = (2026, 7, 1, 0, 0, 0)


def export(record: SchoolRecord) -> Export:
    """Write the school's incident report as Synergy would."""
    lines = [line for one in record.incidents for line in lines_of(one)]
    drift = Drift(record)
    rows = [_row(line, record, drift) for line in lines]
    rows = repeat_some(rows, lines, record)
    preamble = _preamble(record)
    faults = count_faults(lines, record) | {
        "label_drift": drift.count,
        "totals_rows": 1,
        "preamble_rows": len(preamble) + 1,
    }
    total: list[object] = ["Total", record.school.name, f"{len(rows)} rows"]
    content = _write(preamble, [*rows, total])
    return Export(content, len(rows) + 1, faults)


def _preamble(record: SchoolRecord) -> list[str]:
    return [
        "Discipline Incident Detail (STU408)",
        f"{record.school.district.name} | {record.school.name}",
        "Printed by: Office of Student Services      Page 1 of 1",
    ]


def _row(line: Line, record: SchoolRecord, drift: Drift) -> list[object]:
    incident, student = line.incident, line.participant.student
    groups = student.groups
    response = line.response
    return [
        incident.number, record.school.name, incident.day, _time(incident),
        LABELS.location(incident.place),
        "Minor" if incident.severity == MINOR else "Major", incident.reporter.role,
        incident.reporter.name, student.number, f"{student.last}, {student.first}",
        student.born, line.participant.grade, groups["Gender"],
        groups["Race/Ethnicity"], groups["IEP"], groups["English Learner"],
        LABELS.role(line.participant.role),
        drift.drift(_violation(line.behaviour)), LABELS.response(response),
        response.days if response and response.days else "", case_number(incident),
        student.phone, student.email, tell_story(line),
    ]  # fmt: skip


def _violation(behaviour: str) -> str:
    return behaviour if behaviour == NOT_BEHAVIOUR else LABELS.behaviour(behaviour)


def _time(incident: Incident) -> time:
    return (datetime.min + timedelta(minutes=incident.minute)).time()


def _write(preamble: list[str], rows: list[list[object]]) -> bytes:
    text = BytesIO()
    book = xlsxwriter.Workbook(text, {"in_memory": True})
    book.set_properties({"created": datetime(*EPOCH)})
    formats = {
        **{column: book.add_format({"num_format": "mm/dd/yyyy"}) for column in DATES},
        TIME: book.add_format({"num_format": "h:mm AM/PM"}),
    }
    sheet = book.add_worksheet("Incident Detail")
    for place, title in enumerate(preamble):
        sheet.write(place, 0, title)
    first = len(preamble) + 1
    sheet.write_row(first, 0, HEADER)
    for place, row in enumerate(rows, first + 1):
        for column, value in enumerate(row):
            sheet.write(place, column, value, formats.get(column))
    book.close()
    return _settle(text)


def _settle(text: BytesIO) -> bytes:
    """Rewrite the zip so that its bytes depend on its content alone.

    Stored rather than deflated: compressors differ between machines.
    """
    settled = BytesIO()
    with ZipFile(text) as source, ZipFile(settled, "w", ZIP_STORED) as target:
        for name in source.namelist():
            entry = ZipInfo(name, EPOCH)
            entry.create_system = 3
            target.writestr(entry, source.read(name))
    return settled.getvalue()
