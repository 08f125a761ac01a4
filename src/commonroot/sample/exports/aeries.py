"""Aeries: assertive discipline rows with up to five violations side by side."""

from commonroot.sample.exports.shape import (
    Export,
    Labels,
    Line,
    case_number,
    count_faults,
    repeat_some,
    tell_story,
    write_delimited,
)
from commonroot.sample.incidents import Incident, SchoolRecord

HEADER = (
    "SC", "SchoolName", "IID", "PID", "LN", "FN", "BD", "GR", "Gender", "Ethnicity",
    "Special Ed", "ELL", "DT", "ET", "CD", "CD2", "CD3", "CD4", "CD5", "LCN", "RF",
    "LNF", "WT", "DSP", "DY", "Case Number", "Parent Email", "Telephone", "Comment",
)  # fmt: skip

LABELS = Labels(
    behaviours={
        "Physical contact": "Horseplay",
        "Inappropriate language": "Profanity",
        "Property damage": "Vandalism",
        "Lying/Cheating": "Cheating",
    },
    locations={"Bathroom": "Restrooms", "Hallway": "Hall", "Bus": "School Bus"},
    responses={
        "In-school suspension": "SUS - In School Suspension",
        "Out-of-school suspension": "SUS - Out of School Suspension",
        "Removal from classroom": "Class Removal",
        "Family contact": "Parent Contact",
        "Conference with student": "Student Conference",
    },
)


def export(record: SchoolRecord) -> Export:
    """Write the school's rows: one a student and disposition."""
    lines = [
        Line(one, offender, one.behaviours[0], response)
        for one in record.incidents
        for offender in one.offenders
        for response in offender.responses
    ]
    rows = repeat_some([_row(line, record) for line in lines], lines, record)
    return Export(write_delimited(HEADER, rows), len(rows), count_faults(lines, record))


def _row(line: Line, record: SchoolRecord) -> list[str]:
    incident, student = line.incident, line.participant.student
    groups = student.groups
    return [
        str(record.school.number), record.school.name, str(incident.number),
        str(student.number), student.last, student.first, f"{student.born:%m/%d/%Y}",
        line.participant.grade, groups["Gender"], groups["Race/Ethnicity"],
        groups["IEP"], groups["English Learner"],
        f"{incident.day:%m/%d/%Y}" if incident.day else "", incident.clock,
        *_violations(incident), LABELS.location(incident.place),
        incident.reporter.name, "N", "", LABELS.response(line.response),
        line.response.days_text if line.response else "", case_number(incident),
        student.email, student.phone, tell_story(line),
    ]  # fmt: skip


def _violations(incident: Incident) -> list[str]:
    named = [LABELS.behaviour(name) for name in incident.behaviours]
    return [*named, *[""] * (5 - len(named))]
