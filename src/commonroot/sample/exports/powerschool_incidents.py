"""PowerSchool Incident Management: one row a participant, behaviour and action."""

from datetime import timedelta

from commonroot.sample.bells import twelve_hours
from commonroot.sample.exports.shape import (
    Drift,
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
from commonroot.sample.vocabulary import MINOR, OFFENDER

HEADER = (
    "[Incident]Incident_ID", "[Incident]School_Number", "[Incident]School_Name",
    "[Incident]Incident_TS", "[Incident]Incident_Title",
    "[Incident]Incident_Detail_Desc", "[Incident]Incident_Type",
    "[Incident]Location", "[Incident]Prepared_By", "[Participant]Participant_Role",
    "[Students]Student_Number", "[Students]LastFirst", "[Students]DOB",
    "[Students]Grade_Level", "[Students]Gender", "[Students]Ethnicity",
    "[Students]Special_Education", "[Students]ELL", "[Students]Guardian_Phone",
    "[Students]GuardianEmail", "[Behavior]Behavior", "[Behavior]Primary_Flag",
    "[Action]Action", "[Action]Action_Plan_Begin_DT", "[Action]Action_Plan_End_DT",
    "[Action]Duration_Assigned", "[Action]Duration_Actual",
)  # fmt: skip

LABELS = Labels(
    behaviours={
        "Physical contact": "Horseplay",
        "Inappropriate language": "Profanity",
        "Property damage": "Vandalism",
        "Skip class": "Cutting Class",
    },
    locations={"Bathroom": "Restroom", "Gym": "Gymnasium", "Bus": "School Bus"},
    responses={
        "Conference with student": "Admin - Conference",
        "Loss of privilege": "Admin - Loss of Privilege",
        "Detention": "Admin - Lunch Detention",
        "In-school suspension": "Suspension - In School",
        "Out-of-school suspension": "Suspension - Out of School",
        "Removal from classroom": "Removal from Class",
        "Family contact": "Parent Contact",
    },
)


def export(record: SchoolRecord) -> Export:
    """Write the school's incidents as a PowerSchool query export would."""
    lines = [line for one in record.incidents for line in lines_of(one)]
    drift = Drift(record)
    rows = [_row(line, record, drift) for line in lines]
    faults = count_faults(lines, record) | {"label_drift": drift.count}
    rows = repeat_some(rows, lines, record)
    return Export(write_delimited(HEADER, rows), len(rows), faults)


def _row(line: Line, record: SchoolRecord, drift: Drift) -> list[str]:
    incident, student = line.incident, line.participant.student
    groups = student.groups
    minor = incident.severity == MINOR
    main = LABELS.behaviour(incident.behaviours[0])
    primary = "1" if line.behaviour == incident.behaviours[0] else "0"
    return [
        str(incident.number), str(record.school.number), record.school.name,
        _stamp(incident), f"{main} - {student.last}", tell_story(line),
        "Teacher Referral" if minor else "Office Referral",
        LABELS.location(incident.place), incident.reporter.name,
        line.participant.role.lower(), str(student.number),
        f"{student.last}, {student.first}", f"{student.born:%m/%d/%Y}",
        line.participant.grade, groups["Gender"], groups["Race/Ethnicity"],
        groups["IEP"], groups["English Learner"], student.phone, student.email,
        LABELS.behaviour(line.behaviour), primary if line.behaviour else "",
        drift.drift(LABELS.response(line.response)), *_plan(line),
    ]  # fmt: skip


def _stamp(incident: Incident) -> str:
    day = incident.day
    return f"{day:%m/%d/%Y} {twelve_hours(incident.minute)}" if day else ""


def _plan(line: Line) -> list[str]:
    """When the action began and ended, and for how long; blank unless days count."""
    day = line.incident.day
    if line.participant.role != OFFENDER or line.response is None or day is None:
        return ["", "", "", ""]
    days = line.response.days
    begin = day + timedelta(1 if days >= 1 else 0)
    end = begin + timedelta(max(0, int(days) - 1))
    text = line.response.days_text
    return [f"{begin:%m/%d/%Y}", f"{end:%m/%d/%Y}", text, text]
