"""Skyward: cp1252, pipes, one date-and-time column, numbers that restart yearly."""

from commonroot.sample.exports.shape import (
    Export,
    Labels,
    Line,
    count_faults,
    lines_of,
    repeat_some,
    tell_story,
    write_delimited,
)
from commonroot.sample.incidents import Incident, SchoolRecord
from commonroot.sample.vocabulary import MINOR

HEADER = (
    "Entity Code", "Entity Name", "School Year", "Incident Nbr",
    "Incident Date & Time", "Location", "Referred By", "Referred By Type",
    "Offense Name", "Offense Level", "Involvement Type", "Student Number",
    "Student Full Name", "Birth Date", "Grade", "Gender", "Federal Race",
    "Special Ed", "EL Status", "Action Type", "Total to Serve",
    "Actual Duration Served", "Guardian Phone", "Guardian Email", "Incident Comments",
)  # fmt: skip

LABELS = Labels(
    behaviours={
        "Defiance": "Insubordination",
        "Inappropriate language": "Inappropriate Language",
        "Physical contact": "Pushing/Shoving",
        "Physical aggression": "Hitting",
        "Property misuse": "Property Misuse",
        "Technology violation": "Technology Misuse",
    },
    locations={
        "Cafeteria": "Café",
        "Playground": "Peña Playground",
        "Bus": "School Bus",
        "Bathroom": "Restroom",
    },
    responses={
        "Removal from classroom": "Removed from Class",
        "In-school suspension": "In School Suspension",
        "Out-of-school suspension": "Out of School Suspension",
        "Family contact": "Parent Contact",
    },
    roles={"Witness": "Bystander"},
)


def export(record: SchoolRecord) -> Export:
    """Write the school's discipline report as Skyward would."""
    lines = [line for one in record.incidents for line in lines_of(one)]
    rows = repeat_some([_row(line, record) for line in lines], lines, record)
    text = write_delimited(HEADER, rows, delimiter="|", encoding="cp1252")
    return Export(text, len(rows), count_faults(lines, record))


def _row(line: Line, record: SchoolRecord) -> list[str]:
    incident, student = line.incident, line.participant.student
    groups = student.groups
    days = line.response.days_text if line.response else ""
    return [
        f"{record.school.number:03d}", record.school.name, str(incident.autumn + 1),
        str(incident.number_in_year), _stamp(incident),
        LABELS.location(incident.place), incident.reporter.name,
        incident.reporter.role, LABELS.behaviour(line.behaviour),
        "Minor" if incident.severity == MINOR else "Major",
        LABELS.role(line.participant.role), str(student.number),
        f"{student.first} {student.last}", f"{student.born:%m/%d/%Y}",
        line.participant.grade, groups["Gender"], groups["Race/Ethnicity"],
        groups["IEP"], groups["English Learner"], LABELS.response(line.response),
        days, days, student.phone, student.email, tell_story(line),
    ]  # fmt: skip


def _stamp(incident: Incident) -> str:
    day = incident.day
    return f"{day.month}/{day.day}/{day.year} {incident.clock}" if day else ""
