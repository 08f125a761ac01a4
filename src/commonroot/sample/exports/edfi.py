"""Ed-Fi: the student discipline interchange of the Ed-Fi Data Standard 5.2."""

from xml.sax.saxutils import escape

from commonroot.sample.exports.shape import (
    Export,
    Labels,
    Line,
    case_number,
    count_faults,
    repeat_some,
    tell_story,
)
from commonroot.sample.incidents import Incident, Participant, Response, SchoolRecord
from commonroot.sample.vocabulary import MINOR, OFFENDER

ROOT = (
    '<InterchangeStudentDiscipline xmlns="http://ed-fi.org/5.2.0"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
)
STANDARD = "uri://ed-fi.org"
LOCAL = "uri://cinderbasin.example.org"

LABELS = Labels(
    locations={
        "Bathroom": "Restroom",
        "Bus": "School bus",
        "Bus loading zone": "Bus loading zone",
        "Cafeteria": "Cafeteria area",
        "Gym": "Locker room or gym areas",
        "Locker room": "Locker room or gym areas",
        "Hallway": "Hallway or stairs",
        "Library": "Library/media center",
    },
    responses={
        "Removal from classroom": "Removal from Classroom",
        "In-school suspension": "In School Suspension",
        "Out-of-school suspension": "Out of School Suspension",
    },
    roles={OFFENDER: "Perpetrator"},
)
# Places that the standard's list does not have, so the district added its own.
LOCAL_PLACES = ("Commons", "Bus loading zone")


def export(record: SchoolRecord) -> Export:
    """Write the school's incidents, who was part of them, and the actions."""
    school = _tag("SchoolId", str(record.school.number * 1000))
    lines = [
        Line(one, one.participants[0], one.behaviours[0]) for one in record.incidents
    ]
    told = [_incident(line, school) for line in lines]
    elements = repeat_some(told, lines, record)
    for incident in record.incidents:
        for participant in incident.participants:
            elements.append(_association(incident, participant, school))
    for incident in record.incidents:
        for offender in incident.offenders:
            elements += [
                _action(incident, offender, response, place, school)
                for place, response in enumerate(offender.responses, 1)
            ]
    whole = ['<?xml version="1.0" encoding="UTF-8"?>', ROOT, *elements]
    text = "\n".join([*whole, "</InterchangeStudentDiscipline>", ""])
    return Export(text.encode(), len(elements), count_faults(lines, record))


def _tag(name: str, *inside: str) -> str:
    """Wrap parts that are XML already, or one text without markup, in a tag."""
    return f"<{name}>{''.join(inside)}</{name}>"


def _descriptor(name: str, label: str, space: str = STANDARD) -> str:
    return escape(f"{space}/{name}Descriptor#{label}")


def _code(severity: str) -> str:
    """The standard's behaviours are coarse: what was done stands in the detail."""
    return "School Code of Conduct" if severity == MINOR else "School Violation"


def _school(school: str, name: str = "SchoolReference") -> str:
    return _tag(name, _tag("SchoolIdentity", school))


def _incident(line: Line, school: str) -> str:
    incident = line.incident
    local = LOCAL if incident.place in LOCAL_PLACES else STANDARD
    place = LABELS.location(incident.place)
    return _tag(
        "DisciplineIncident",
        _tag("IncidentIdentifier", str(incident.number)),
        _tag("IncidentDate", str(incident.day)),
        _tag("IncidentTime", f"{incident.clock}:00"),
        _tag("IncidentLocation", _descriptor("IncidentLocation", place, local)),
        _tag("IncidentDescription", escape(tell_story(line))),
        _tag("ReporterDescription", _descriptor("ReporterDescription", "Staff")),
        _tag("ReporterName", escape(incident.reporter.name)),
        _behaviour(incident),
        _tag("ReportedToLawEnforcement", "false"),
        _tag("CaseNumber", case_number(incident)),
        _school(school),
    )


def _behaviour(incident: Incident) -> str:
    return _tag(
        "Behavior",
        _tag(
            "BehaviorDetailedDescription",
            escape("; ".join(map(LABELS.behaviour, incident.behaviours))),
        ),
        _tag("Behavior", _descriptor("Behavior", _code(incident.severity))),
    )


def _student(participant: Participant) -> str:
    number = _tag("StudentUniqueId", str(participant.student.number))
    return _tag("StudentReference", _tag("StudentIdentity", number))


def _reference(incident: Incident, school: str) -> str:
    return _tag(
        "DisciplineIncidentReference",
        _tag(
            "DisciplineIncidentIdentity",
            _tag("IncidentIdentifier", str(incident.number)),
            _school(school),
        ),
    )


def _association(incident: Incident, participant: Participant, school: str) -> str:
    """Tie a student to an incident, as an offender or as somebody else."""
    role = LABELS.role(participant.role)
    part = _tag(
        "DisciplineIncidentParticipationCode",
        _descriptor("DisciplineIncidentParticipationCode", role),
    )
    ties = [_student(participant), _reference(incident, school)]
    if participant.role != OFFENDER:
        return _tag("StudentDisciplineIncidentNonOffenderAssociation", *ties, part)
    named = LABELS.behaviour(incident.behaviours[0])
    return _tag(
        "StudentDisciplineIncidentBehaviorAssociation",
        *ties,
        _tag("Behavior", _descriptor("Behavior", _code(incident.severity))),
        _tag("BehaviorDetailedDescription", escape(named)),
        part,
    )


def _action(
    incident: Incident,
    offender: Participant,
    response: Response,
    place: int,
    school: str,
) -> str:
    number = f"{incident.number}-{offender.student.number}-{place}"
    label = LABELS.response(response) if response.is_removal else "Other"
    length = _tag("ActualDisciplineActionLength", response.days_text)
    return _tag(
        "DisciplineAction",
        _tag("DisciplineActionIdentifier", number),
        _tag("Discipline", _descriptor("Discipline", label)),
        _tag("DisciplineDate", str(incident.day)),
        length if response.days else "",
        _student(offender),
        _school(school, "ResponsibilitySchoolReference"),
        _tag(
            "StudentDisciplineIncidentBehaviorAssociationReference",
            _tag(
                "StudentDisciplineIncidentBehaviorAssociationIdentity",
                _student(offender),
                _reference(incident, school),
                _tag("Behavior", _descriptor("Behavior", _code(incident.severity))),
            ),
        ),
    )
