"""PowerSchool log entries: tab-separated, one row a student, the time of entry."""

from dataclasses import dataclass
from datetime import timedelta

from commonroot.sample.bells import clock
from commonroot.sample.chance import Chance
from commonroot.sample.exports.shape import (
    Export,
    Labels,
    Line,
    count_faults,
    repeat_some,
    tell_story,
    write_delimited,
)
from commonroot.sample.incidents import SchoolRecord
from commonroot.sample.vocabulary import MINOR

HEADER = (
    "School_Name", "Student_Number", "Last_Name", "First_Name", "DOB", "Grade_Level",
    "Gender", "Ethnicity", "Special_Education", "ELL", "Entry_Date", "Entry_Time",
    "Entry_Author", "Log Type", "Subtype", "Consequence", "Discipline_IncidentNumber",
    "Discipline_IncidentDate", "Discipline_IncidentLocation", "Discipline_Level",
    "Discipline_DurationAssigned", "Guardian_Email", "Home_Phone", "Entry",
)  # fmt: skip

LABELS = Labels(
    behaviours={"Physical contact": "Rough Play", "Physical aggression": "Hitting"},
    locations={"Bathroom": "Restroom", "Playground": "Recess"},
    responses={
        "Conference with student": "Conference",
        "Family contact": "Called Home",
        "Removal from classroom": "Sent Home",
        "In-school suspension": "ISS",
        "Out-of-school suspension": "OSS",
    },
)
DEFAULT_TIME = "08:00"
DEFAULT_SHARE = 0.34


@dataclass(frozen=True, slots=True)
class Entry:
    """When somebody sat down to write: days after the event, and at what time."""

    days_later: int
    time: str


def export(record: SchoolRecord) -> Export:
    """Write the school's log as PowerSchool would: 0 where nothing links students."""
    chance = Chance(record.seed, "entries", record.school.name)
    lines = [
        Line(one, offender, one.behaviours[0], offender.responses[0])
        for one in record.incidents
        for offender in one.offenders
    ]
    entries = [_enter(chance) for _ in lines]
    rows = [
        _row(line, entry, record) for line, entry in zip(lines, entries, strict=True)
    ]
    rows = repeat_some(rows, lines, record)
    faults = count_faults(lines, record) | {
        "default_times": sum(row[11] == DEFAULT_TIME for row in rows),
        "unlinked_rows": sum(row[16] == "0" for row in rows),
    }
    return Export(write_delimited(HEADER, rows, delimiter="\t"), len(rows), faults)


def _enter(chance: Chance) -> Entry:
    later = chance.weigh((0, 1, 2, 3), (70, 18, 8, 4))
    if chance.happens(DEFAULT_SHARE):
        return Entry(later, DEFAULT_TIME)
    return Entry(later, clock(chance.between(14 * 60 + 30, 16 * 60 + 30)))


def _row(line: Line, entry: Entry, record: SchoolRecord) -> list[str]:
    incident, student = line.incident, line.participant.student
    groups = student.groups
    linked = len(incident.offenders) > 1
    entered = incident.recorded + timedelta(entry.days_later)
    return [
        record.school.name, str(student.number), student.last, student.first,
        f"{student.born:%m/%d/%Y}", line.participant.grade.replace("K", "0"),
        groups["Gender"], groups["Race/Ethnicity"], groups["IEP"],
        groups["English Learner"], f"{entered:%m/%d/%Y}", entry.time,
        incident.reporter.name, "Discipline", LABELS.behaviour(line.behaviour),
        LABELS.response(line.response), str(incident.number) if linked else "0",
        f"{incident.day:%m/%d/%Y}" if incident.day else "",
        LABELS.location(incident.place),
        "Minor" if incident.severity == MINOR else "Major",
        line.response.days_text if line.response else "",
        student.email, student.phone, tell_story(line),
    ]  # fmt: skip
