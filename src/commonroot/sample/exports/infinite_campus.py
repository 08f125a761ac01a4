"""Infinite Campus: UTF-16 with a byte order mark, awards among the incidents."""

from datetime import timedelta

from commonroot.sample.exports.shape import (
    Export,
    Labels,
    Line,
    case_number,
    count_faults,
    lines_of,
    repeat_some,
    tell_story,
    write_delimited,
)
from commonroot.sample.faults import AWARDS
from commonroot.sample.incidents import SchoolRecord
from commonroot.sample.vocabulary import AWARD, MINOR

HEADER = (
    "Calendar Name", "School Year", "Incident ID", "Incident Date", "Incident Time",
    "Title", "Alignment", "Context", "Context Description", "Location", "Status",
    "Severity", "Event ID", "Event Type", "Role", "Student Number", "Last Name",
    "First Name", "Birth Date", "Grade", "Gender", "Race/Ethnicity", "IEP Status",
    "EL Status", "Resolution", "Consequence Start", "Consequence End",
    "Resolution Days", "Submitted By", "Details", "Case Number", "Guardian Phone",
    "Guardian Email",
)  # fmt: skip

LABELS = Labels(
    behaviours={
        "Defiance": "Insubordination",
        "Disruption": "Disruptive Behavior",
        "Physical contact": "Pushing/Shoving",
        "Technology violation": "Cell Phone Violation",
    },
    locations={
        "Bathroom": "Restroom",
        "Cafeteria": "Lunchroom",
        "Hallway": "Hallway/Stairs",
        "Commons": "Common Area",
    },
    responses={
        "Conference with student": "Student Conference",
        "In-school suspension": "ISS: In School Suspension",
        "Out-of-school suspension": "OSS: Out of School Suspension",
        "Removal from classroom": "Removed from Class",
        "Family contact": "Parent Contact",
    },
)


def export(record: SchoolRecord) -> Export:
    """Write the school's behavior events as an ad hoc export would."""
    lines = [line for one in record.incidents for line in lines_of(one)]
    rows = repeat_some([_row(line, record) for line in lines], lines, record)
    # The plain "utf-16" codec would write in the machine's own byte order.
    text = b"\xff\xfe" + write_delimited(HEADER, rows, encoding="utf-16-le")
    return Export(text, len(rows), count_faults(lines, record))


def _row(line: Line, record: SchoolRecord) -> list[str]:
    incident, student = line.incident, line.participant.student
    groups = student.groups
    award = incident.kind == AWARDS
    main = AWARD if award else LABELS.behaviour(incident.behaviours[0])
    event = incident.number * 10
    if line.behaviour:
        event += incident.behaviours.index(line.behaviour)
    return [
        f"{incident.autumn % 100}-{incident.autumn % 100 + 1} {record.school.name}",
        f"{incident.autumn}-{incident.autumn + 1}", str(incident.number),
        f"{incident.day:%m/%d/%Y}" if incident.day else "", incident.clock, main,
        "Award" if award else "Discipline", "During school",
        f"Reported by {incident.reporter.name}", LABELS.location(incident.place),
        "Complete" if incident.number % 11 else "Submitted",
        "" if award else "Minor" if incident.severity == MINOR else "Major",
        str(event), LABELS.behaviour(line.behaviour),
        "Participant" if award else line.participant.role, str(student.number),
        student.last, student.first, f"{student.born:%m/%d/%Y}",
        line.participant.grade.zfill(2), groups["Gender"], groups["Race/Ethnicity"],
        groups["IEP"], groups["English Learner"],
        *([""] * 4 if award else _resolution(line)), incident.reporter.name,
        tell_story(line), case_number(incident), student.phone, student.email,
    ]  # fmt: skip


def _resolution(line: Line) -> list[str]:
    day, response = line.incident.day, line.response
    if response is None:
        return ["", "", "", ""]
    if day is None or not response.days:
        return [LABELS.response(response), "", "", ""]
    begin = day + timedelta(1)
    end = begin + timedelta(max(0, int(response.days) - 1))
    return [
        LABELS.response(response),
        f"{begin:%m/%d/%Y}",
        f"{end:%m/%d/%Y}",
        response.days_text,
    ]
