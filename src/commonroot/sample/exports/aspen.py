"""Aspen (X2): quoted CSV with backslashes and "NULL", and no incident number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from commonroot.sample.chance import Chance
from commonroot.sample.exports.shape import (
    Export,
    Labels,
    Line,
    count_faults,
    offender_lines_of,
    repeat_some,
    tell_story,
)
from commonroot.sample.incidents import Incident, SchoolRecord

HEADER = (
    "local_id", "incident_code", "event_date", "incident_time", "incident_location",
    "incident_description", "school_local_id", "action_code", "action_days",
    "grade_level", "gender", "race_ethnicity", "iep", "english_learner", "last_name",
    "first_name", "date_of_birth", "parent_email", "home_phone", "referring_staff",
    "case_number",
)  # fmt: skip

LABELS = Labels(
    behaviours={
        "Defiance": "Insubordination",
        "Physical aggression": "Assault",
        "Skip class": "Skipping Class",
    },
    locations={"Bathroom": "Restroom", "Commons": "Common Area"},
    responses={
        "In-school suspension": "ISS",
        "Out-of-school suspension": "OSS",
        "Removal from classroom": "Removal from Class",
    },
)
MISSING_TIME_SHARE = 0.02


@dataclass(frozen=True, slots=True)
class Missing:
    """The incidents, by number, whose time nobody wrote down."""

    numbers: frozenset[int]

    def time_of(self, incident: Incident) -> str:
        """Give the time with seconds, or NULL."""
        return "NULL" if incident.number in self.numbers else f"{incident.clock}:00"


def export(record: SchoolRecord) -> Export:
    """Write the school's nightly conduct file as Aspen would."""
    lines = [line for one in record.incidents for line in offender_lines_of(one)]
    missing = _lose_times(record)
    rows = [_row(line, record, missing) for line in lines]
    rows = repeat_some(rows, lines, record)
    faults = count_faults(lines, record) | {
        "missing_times": sum(row[3] == "NULL" for row in rows)
    }
    text = "\n".join(map(_quote, [HEADER, *rows])) + "\n"
    return Export(text.encode(), len(rows), faults)


def _lose_times(record: SchoolRecord) -> Missing:
    """Choose whose time is NULL: incidents of one row, one of a place a day.

    Without a time nothing would tell which rows belong together.
    """
    chance = Chance(record.seed, "times", record.school.name)
    taken: set[tuple[date | None, str]] = set()
    numbers = []
    for incident in record.true_incidents:
        where = (incident.day, incident.place)
        alone = len(offender_lines_of(incident)) == 1 and where not in taken
        if alone and chance.happens(MISSING_TIME_SHARE):
            taken.add(where)
            numbers.append(incident.number)
    return Missing(frozenset(numbers))


def _row(line: Line, record: SchoolRecord, missing: Missing) -> list[str]:
    incident, student = line.incident, line.participant.student
    groups = student.groups
    return [
        str(student.number), LABELS.behaviour(line.behaviour),
        f"{incident.day:%Y-%m-%d}" if incident.day else "NULL",
        missing.time_of(incident), LABELS.location(incident.place), tell_story(line),
        record.school.code, LABELS.response(line.response),
        (line.response.days_text if line.response else "") or "NULL",
        line.participant.grade, groups["Gender"], groups["Race/Ethnicity"],
        groups["IEP"], groups["English Learner"], student.last, student.first,
        f"{student.born:%Y-%m-%d}", student.email, student.phone,
        incident.reporter.name, "NULL",
    ]  # fmt: skip


def _quote(cells: Sequence[str]) -> str:
    return ",".join('"' + cell.replace('"', '\\"') + '"' for cell in cells)
