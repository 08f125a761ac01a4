"""DeansList: nested JSON, one record a student, empty text for what is missing."""

import json
from datetime import date, timedelta

from commonroot.sample.exports.shape import (
    Export,
    Labels,
    Line,
    count_faults,
    repeat_some,
    tell_story,
)
from commonroot.sample.incidents import Incident, SchoolRecord
from commonroot.sample.vocabulary import MAJOR, MINOR, REMOVALS

LABELS = Labels(
    behaviours={
        "Physical contact": "Play Fighting",
        "Inappropriate language": "Profanity",
        "Technology violation": "Cell Phone",
    },
    locations={"Cafeteria": "Lunchroom", "Bathroom": "Restroom"},
    responses={
        "Conference with student": "Student Conference",
        "Family contact": "Parent Contact",
        "In-school suspension": "In-School Suspension",
        "Out-of-school suspension": "Out-of-School Suspension",
        "Removal from classroom": "Removal from Class",
    },
)
ZONE = "America/Los_Angeles"
PENALTIES = REMOVALS


def export(record: SchoolRecord) -> Export:
    """Write the school's incidents as the DeansList API would give them."""
    lines = [
        Line(one, offender, one.behaviours[0], offender.responses[0])
        for one in record.incidents
        for offender in one.offenders
    ]
    rows = repeat_some([_row(line, record) for line in lines], lines, record)
    whole = {"rowcount": len(rows), "deleted_rowcount": 0, "data": rows}
    text = json.dumps(whole, ensure_ascii=False, indent=0)
    return Export(text.encode(), len(rows), count_faults(lines, record))


def _row(line: Line, record: SchoolRecord) -> dict[str, object]:
    incident, student = line.incident, line.participant.student
    groups = student.groups
    minor = incident.severity == MINOR
    return {
        "IncidentID": str(incident.number),
        "SchoolID": str(record.school.number),
        "SchoolName": record.school.name,
        "StudentSchoolID": str(student.number),
        "StudentFirst": student.first,
        "StudentLast": student.last,
        "DateOfBirth": f"{student.born:%Y-%m-%d}",
        "GradeLevelShort": line.participant.grade,
        "Gender": groups["Gender"],
        "Ethnicity": groups["Race/Ethnicity"],
        "SpecialEducation": groups["IEP"],
        "ELL": groups["English Learner"],
        "Category": "Tier 1 - Classroom Managed"
        if minor
        else "Tier 3 - Office Managed",
        "Infraction": LABELS.behaviour(incident.behaviours[0]),
        "Location": LABELS.location(incident.place),
        "IsReferral": incident.severity == MAJOR,
        "IsActive": True,
        "Status": "Closed",
        "IssueTS": _stamp(incident, 0),
        "CreateTS": _stamp(incident, 25),
        "UpdateTS": _stamp(incident, 190),
        "CreateFirst": incident.reporter.name.split()[0],
        "CreateLast": incident.reporter.name.split()[1],
        "CreateTitle": incident.reporter.role,
        "ReportedDetails": tell_story(line),
        "ParentEmail": student.email,
        "ParentPhone": student.phone,
        "Actions": _actions(line),
        "Penalties": _penalties(line),
    }


def _stamp(incident: Incident, later: int) -> object:
    if incident.day is None:
        return ""
    minute = incident.minute + later
    text = f"{incident.day} {minute // 60:02d}:{minute % 60:02d}:00.000000"
    return {"date": text, "timezone_type": 3, "timezone": ZONE}


def _actions(line: Line) -> list[dict[str, str]]:
    return [
        {"ActionID": str(number), "ActionName": LABELS.response(response)}
        for number, response in enumerate(line.participant.responses, 1)
        if response.name not in PENALTIES
    ]


def _penalties(line: Line) -> list[dict[str, str]]:
    day = line.incident.day or date(line.incident.autumn, 9, 1)
    return [
        {
            "PenaltyName": LABELS.response(response),
            "NumDays": response.days_text,
            "StartDate": f"{day + timedelta(1):%Y-%m-%d}",
            "EndDate": f"{day + timedelta(max(1, int(response.days))):%Y-%m-%d}",
        }
        for response in line.participant.responses
        if response.name in PENALTIES
    ]
