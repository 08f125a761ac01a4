"""eduCLIMBER: a JSON list, one entry a participant, dates taken apart."""

import json

from commonroot.sample.exports.shape import (
    Drift,
    Export,
    Labels,
    Line,
    count_faults,
    repeat_some,
    tell_story,
)
from commonroot.sample.faults import NOTHING
from commonroot.sample.incidents import Incident, Participant, Response, SchoolRecord
from commonroot.sample.vocabulary import MINOR, OFFENDER

LABELS = Labels(
    behaviours={
        "Physical contact": "Physical Contact",
        "Physical aggression": "Physical Aggression",
        "Inappropriate language": "Inappropriate Language",
        "Property misuse": "Property Misuse",
        "Property damage": "Property Damage",
        "Technology violation": "Technology Violation",
    },
    locations={"Bathroom": "Restroom", "Bus loading zone": "Bus Loading Zone"},
    responses={
        "Conference with student": "Conference with Student",
        "Removal from classroom": "Removed from Class",
        "In-school suspension": "In-School Suspension",
        "Out-of-school suspension": "Out-of-School Suspension",
        "Family contact": "Parent Contact",
    },
)
MOTIVATIONS = (
    "Obtain Peer Attention",
    "Obtain Items/Activities",
    "Avoid Task",
    "Obtain Adult Attention",
)
NANOSECONDS_A_MINUTE = 60_000_000_000


def export(record: SchoolRecord) -> Export:
    """Write the school's behavior events as eduCLIMBER would."""
    lines = [
        Line(one, participant, one.behaviours[0])
        for one in record.incidents
        for participant in one.participants
    ]
    drift = Drift(record)
    rows = [_row(line, record, drift) for line in lines]
    rows = repeat_some(rows, lines, record)
    faults = count_faults(lines, record) | {"label_drift": drift.count}
    text = json.dumps(rows, ensure_ascii=False, indent=0)
    return Export(text.encode(), len(rows), faults)


def _row(line: Line, record: SchoolRecord, drift: Drift) -> dict[str, object]:
    incident, student = line.incident, line.participant.student
    groups = student.groups
    return {
        "id": f"{record.school.number}{incident.number:06d}{student.number}",
        "school_year": incident.autumn + 1,
        "school_name": record.school.name,
        "incident_id": f"INC-{incident.number}",
        "event_name": drift.drift(_event(incident)),
        "event_date": _date(incident),
        "event_location": LABELS.location(incident.place),
        "event_description": tell_story(line),
        "severity": "Minor" if incident.severity == MINOR else "Major",
        "submitted_by": incident.reporter.name,
        "role": line.participant.role,
        "student_id": str(student.number),
        "student_name": f"{student.last}, {student.first}",
        "birth_date": f"{student.born:%Y-%m-%d}",
        "grade": line.participant.grade,
        "gender": groups["Gender"],
        "race_ethnicity": groups["Race/Ethnicity"],
        "iep": groups["IEP"],
        "english_learner": groups["English Learner"],
        "guardian_email": student.email,
        "guardian_phone": student.phone,
        "motivations": _motivations(line.participant, incident),
        "resolutions": [_resolution(one) for one in line.participant.responses],
        "status": "Completed",
        "source": "Web",
    }


def _event(incident: Incident) -> str:
    named = LABELS.behaviour(incident.behaviours[0])
    if incident.kind == NOTHING:
        return named
    return f"{'Minor' if incident.severity == MINOR else 'Major'} - {named}"


def _date(incident: Incident) -> dict[str, int] | None:
    if incident.day is None:
        return None
    return {
        "year": incident.day.year,
        "month": incident.day.month,
        "day": incident.day.day,
        "calendar": 0,
        "nanoOfDay": incident.minute * NANOSECONDS_A_MINUTE,
    }


def _motivations(participant: Participant, incident: Incident) -> list[dict[str, str]]:
    if participant.role != OFFENDER:
        return []
    place = (incident.number + participant.student.number) % len(MOTIVATIONS)
    return [{"motivation": MOTIVATIONS[place]}]


def _resolution(response: Response) -> dict[str, object]:
    return {"name": LABELS.response(response), "days": response.days}
