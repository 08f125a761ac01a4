"""Tables: the region's plain files: incidents, enrolment, school days and staff."""

from datetime import date, timedelta

from commonroot.sample.calendars import Closure, find_closures, year_name
from commonroot.sample.exports.shape import Line, lines_of, write_delimited
from commonroot.sample.incidents import Incident, SchoolRecord
from commonroot.sample.students import Roll

INCIDENT_HEADER = (
    "School", "School Year", "Incident ID", "Incident Date", "Incident Time",
    "Location", "Behavior", "Severity", "Role", "Student ID", "Grade",
    "Race/Ethnicity", "IEP", "English Learner", "Gender", "Action Taken",
    "Days Removed", "Reporter Role",
)  # fmt: skip
ENROLMENT_HEADER = (
    "school", "school_year", "grade", "group", "value", "students", "date", "source",
)  # fmt: skip
FALL_COUNT = "Fall membership count"


def write_incidents(records: list[SchoolRecord]) -> bytes:
    """Write all schools' true incidents as one flat file, without faults."""
    rows = [
        _incident_row(line, record)
        for record in records
        for incident in record.true_incidents
        for line in lines_of(incident)
    ]
    return write_delimited(INCIDENT_HEADER, rows)


def incident_name(incident: Incident, record: SchoolRecord) -> str:
    """Name an incident within the region, for example JFE-00042."""
    return f"{record.school.code}-{incident.number:05d}"


def _incident_row(line: Line, record: SchoolRecord) -> list[str]:
    incident, student = line.incident, line.participant.student
    response = line.response
    return [
        record.school.name, year_name(incident.autumn),
        incident_name(incident, record), str(incident.day), incident.clock,
        incident.place, line.behaviour, incident.severity, line.participant.role,
        str(student.number), line.participant.grade, *student.groups.values(),
        response.name if response else "", response.days_text if response else "",
        incident.reporter.role,
    ]  # fmt: skip


def write_enrolment(records: list[SchoolRecord]) -> bytes:
    """Write how many students each school had each October, in all and by group."""
    rows = [
        [record.school.name, year_name(year), *row, f"{year}-10-01", FALL_COUNT]
        for record in records
        for year, roll in record.rolls.items()
        for row in _counts(roll, record.school.grades)
    ]
    return write_delimited(ENROLMENT_HEADER, rows)


def _counts(roll: Roll, grades: tuple[str, ...]) -> list[list[object]]:
    """Count the roll: grade, group, value and students; blank means all."""
    rows: list[list[object]] = [["", "", "", len(roll)]]
    for grade in grades:
        rows.append([grade, "", "", sum(one.grade == grade for one in roll)])
    counts: dict[tuple[str, str], int] = {}
    for pupil in roll:
        for pair in pupil.student.groups.items():
            counts[pair] = counts.get(pair, 0) + 1
    rows += [["", *pair, counts[pair]] for pair in sorted(counts)]
    return rows


def write_calendar(records: list[SchoolRecord]) -> bytes:
    """Write every instructional day of every school."""
    rows = [
        [str(day), record.school.name]
        for record in records
        for days in record.days.values()
        for day in days
    ]
    return write_delimited(("date", "school"), rows)


def write_staff(records: list[SchoolRecord]) -> bytes:
    """Write how many classified and licensed educators each school has."""
    rows = []
    for record in records:
        classified = sum(one.classified for one in record.staff)
        rows.append([record.school.name, "classified", classified])
        rows.append([record.school.name, "licensed", len(record.staff) - classified])
    return write_delimited(("school", "kind", "number"), rows)


def write_closures(record: SchoolRecord) -> bytes:
    """Write the weekdays without school of the district's latest year (RFC 5545)."""
    district = record.school.district
    year = max(record.days)
    days = record.days[year]
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Commonroot//Sample region//EN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{district.name} {year_name(year)}",
    ]
    for number, closure in enumerate(find_closures(district, year, record.seed), 1):
        if closure.days[0] <= days[-1]:
            lines += _event(closure, f"{year}-{number}@example.org")
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def _event(closure: Closure, name: str) -> list[str]:
    first = closure.days[0]
    last = first if closure.rule else closure.days[-1]
    return [
        "BEGIN:VEVENT",
        f"UID:{name}",
        "DTSTAMP:20250701T120000Z",
        f"DTSTART;VALUE=DATE:{_compact(first)}",
        f"DTEND;VALUE=DATE:{_compact(last + timedelta(1))}",
        *([f"RRULE:{closure.rule}"] if closure.rule else []),
        f"SUMMARY:{closure.name} (no school)",
        "END:VEVENT",
    ]


def _compact(day: date) -> str:
    return f"{day:%Y%m%d}"
