"""Small made-up twins of the exports in interop.md C: one week of one school.

Every twin tells the same story: 16 incidents, 17 students in incidents (the first
incident has two and a victim) and, where the system knows responses, 4 removals. A
twin is a table with a way to write it, so that a test can change any cell of it.
"""

import csv
import datetime as dt
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter
import xlwt

Row = list[str]
Write = Callable[[Sequence[str], Sequence[Row]], bytes]
SCHOOL = "Cedar Hill Middle"
INCIDENTS, STUDENT_INCIDENTS, REMOVALS = 16, 17, 4


@dataclass(frozen=True)
class Line:
    """One participant of one incident, with one behaviour and one response."""

    number: int
    moment: dt.datetime
    place: str
    behaviour: str
    role: str
    student: int
    grade: int
    response: str
    days: str
    race: str

    @property
    def names(self) -> tuple[str, str]:
        """First and last name, both made up."""
        return f"Firstname{self.student}", f"Lastname{self.student}"

    @property
    def story(self) -> str:
        """A narrative, as reports have them."""
        return f"{self.names[0]} was asked twice to stop, and did not stop at all."


PLACES = ("Playground", "Hallway", "Cafeteria", "Classroom", "Gym")
BEHAVIOURS = ("Defiance", "Fighting", "Theft", "Disruption")
RACES = ("White", "Hispanic/Latino", "Asian")


def tell(number: int, **changes: Any) -> Line:
    """Tell incident `number`: each has a day, time, place and student of its own."""
    told = Line(
        number=number,
        moment=dt.datetime(2025, 9, 1 + number % 27, 8 + number % 7, 5 + number % 50),
        place=PLACES[number % 5],
        behaviour=BEHAVIOURS[number % 4],
        role="Offender",
        student=7000 + number,
        grade=6 + number % 3,
        response="Detention",
        days="",
        race=RACES[number % 3],
    )
    return replace(told, **changes)


FIRST = [
    tell(1, response="In-School Suspension", days="1"),
    tell(1, response="Parent Contact"),
    tell(1, student=7102, response="In-School Suspension", days="0.5"),
    tell(1, student=7103, role="Victim", response=""),
]
REST = [tell(number) for number in range(2, 15)]
LAST = [
    tell(15, response="Out-of-School Suspension", days="2"),
    tell(16, response="Out-of-School Suspension", days="3"),
]
STORY = FIRST + REST + LAST
OFFENDERS = [line for line in STORY if line.role == "Offender"]


@dataclass(frozen=True)
class Twin:
    """An export: its table, how it is written, and what is in it."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    write: Write
    suffix: str = "csv"
    system: str | None = None
    removals: int = REMOVALS
    reasons: tuple[tuple[str, int], ...] = ()

    def content(self) -> bytes:
        """The file as it is."""
        return self.write(self.header, [list(row) for row in self.rows])

    def planted(self, header: str, text: str, *, rows: Sequence[int]) -> bytes:
        """The file with a text in one column of some rows."""
        column = self.header.index(header)
        table = [list(row) for row in self.rows]
        for position in rows:
            table[position][column] = text
        return self.write(self.header, table)


def write_text(
    delimiter: str = ",",
    encoding: str = "utf-8",
    above: str = "",
    below: str = "",
    *,
    quote_all: bool = False,
) -> Write:
    """Make a writer of separated text."""

    def write(header: Sequence[str], rows: Sequence[Row]) -> bytes:
        file = io.StringIO(newline="")
        quoting = csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL
        writer = csv.writer(file, delimiter=delimiter, quoting=quoting)
        writer.writerows([header, *rows])
        return (above + file.getvalue() + below).encode(encoding)

    return write


def write_aspen(header: Sequence[str], rows: Sequence[Row]) -> bytes:
    """Write as Aspen does: backslash before a quote, NULL for nothing."""

    def cell(text: str) -> str:
        return '"' + (text.replace('"', '\\"') or "NULL") + '"'

    return "".join(",".join(map(cell, row)) + "\n" for row in [header, *rows]).encode()


def write_xlsx(header: Sequence[str], rows: Sequence[Row]) -> bytes:
    """Write a workbook with a title above and a total below."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Report")
        day = book.add_format({"num_format": "mm/dd/yyyy"})
        for number, row in enumerate(above_and_below(header, rows)):
            for column, text in enumerate(row):
                date = read_iso(text)
                if date:
                    sheet.write_datetime(number, column, date, day)
                else:
                    sheet.write(number, column, text)
    return file.getvalue()


def write_xls(header: Sequence[str], rows: Sequence[Row]) -> bytes:
    """Write an old workbook with a title above and a total below."""
    file = io.BytesIO()
    book = xlwt.Workbook()
    sheet = book.add_sheet("Report")
    day = xlwt.easyxf(num_format_str="MM/DD/YYYY")
    for number, row in enumerate(above_and_below(header, rows)):
        for column, text in enumerate(row):
            date = read_iso(text)
            if date:
                sheet.write(number, column, date, day)
            else:
                sheet.write(number, column, text)
    book.save(file)
    return file.getvalue()


def above_and_below(header: Sequence[str], rows: Sequence[Row]) -> list[list[str]]:
    """Put a report's title above a table and its total below."""
    title = [["Discipline Incident Detail"], ["Printed by: the office"]]
    return [*title, list(header), *rows, ["Total", "", f"{len(rows)} rows"]]


def read_iso(text: str) -> dt.datetime | None:
    """Read an ISO date, which a workbook holds as a date."""
    try:
        return dt.datetime.strptime(text, "%Y-%m-%d")
    except ValueError:
        return None


def write_page(header: Sequence[str], rows: Sequence[Row]) -> bytes:
    """Write a web page with a menu table and the table that matters."""
    lines = [
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"
        for row in [header, *rows]
    ]
    menu = "<table><tr><td>Home</td><td>Reports</td></tr></table>"
    body = f"{menu}<table>{''.join(lines)}</table>"
    return f"<html><head><title>x</title></head><body>{body}</body></html>".encode()


def write_objects(inside: str | None) -> Write:
    """Make a writer of JSON; `a.b` nests, `a[].b` stands in a list of objects."""

    def write(header: Sequence[str], rows: Sequence[Row]) -> bytes:
        records = [nest(dict(zip(header, row, strict=True))) for row in rows]
        return json.dumps({inside: records} if inside else records).encode()

    return write


def nest(flat: dict[str, str]) -> dict[str, Any]:
    """Nest one record; ISO date-times under `…{}` become dates in parts."""
    record: dict[str, Any] = {}
    for path, text in flat.items():
        if path.endswith("{}"):
            record[path[:-2]] = split_moment(text)
        elif "[]." in path:
            name, _, key = path.partition("[].")
            if text:
                record.setdefault(name, [{}])[0][key] = text
        elif "." in path:
            name, _, key = path.partition(".")
            record.setdefault(name, {})[key] = text
        else:
            record[path] = text
    return record


def split_moment(text: str) -> Any:
    """Split a moment as Java's LocalDateTime is; another text stays a text."""
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return text
    seconds = moment.hour * 3600 + moment.minute * 60
    return {
        "year": moment.year,
        "month": moment.month,
        "day": moment.day,
        "nanoOfDay": seconds * 1_000_000_000,
    }


EDFI_HEADER = (
    "IncidentIdentifier", "SchoolId", "IncidentDate", "IncidentTime",
    "IncidentLocation", "ReporterDescription", "ReporterName", "CaseNumber",
    "IncidentDescription", "StudentUniqueId", "Behavior",
    "BehaviorDetailedDescription", "DisciplineIncidentParticipationCode",
    "Discipline", "ActualDisciplineActionLength",
)  # fmt: skip


def write_edfi(namespace: str | None) -> Write:
    """Make a writer of the StudentDiscipline interchange of one version."""

    def write(header: Sequence[str], rows: Sequence[Row]) -> bytes:
        cells = [dict(zip(header, map(escape, row), strict=True)) for row in rows]
        incidents = {cell["IncidentIdentifier"]: cell for cell in reversed(cells)}
        students = {
            (cell["IncidentIdentifier"], cell["StudentUniqueId"]): cell
            for cell in cells
        }
        parts = [
            *(edfi_incident(incidents[number]) for number in sorted(incidents)),
            *(edfi_student(cell) for cell in students.values()),
            *(edfi_action(cell) for cell in cells if cell["Discipline"]),
        ]
        xmlns = f' xmlns="{namespace}"' if namespace else ""
        name = "InterchangeStudentDiscipline"
        return f"<{name}{xmlns}>{''.join(parts)}</{name}>".encode()

    return write


def element(name: str, text: str) -> str:
    """Write an element, or nothing."""
    return f"<{name}>{text}</{name}>\n" if text else ""


def edfi_reference(cell: dict[str, str]) -> str:
    """Point at an incident by its identity."""
    school = element("SchoolId", cell["SchoolId"])
    number = element("IncidentIdentifier", cell["IncidentIdentifier"])
    identity = element("DisciplineIncidentIdentity", number + school)
    return element("DisciplineIncidentReference", identity)


def edfi_person(cell: dict[str, str]) -> str:
    """Point at a student."""
    number = element("StudentUniqueId", cell["StudentUniqueId"])
    return element("StudentReference", element("StudentIdentity", number))


def edfi_incident(cell: dict[str, str]) -> str:
    """Write one incident."""
    school = element("SchoolIdentity", element("SchoolId", cell["SchoolId"]))
    own = "".join(element(n, cell[n]) for n in EDFI_HEADER[:9] if n != "SchoolId")
    return element("DisciplineIncident", own + element("SchoolReference", school))


def edfi_student(cell: dict[str, str]) -> str:
    """Write one student of one incident."""
    own = "".join(element(n, cell[n]) for n in EDFI_HEADER[10:13])
    inner = edfi_person(cell) + edfi_reference(cell) + own
    role = cell["DisciplineIncidentParticipationCode"]
    kind = "NonOffender" if role.endswith("Victim") else "Behavior"
    return element(f"StudentDisciplineIncident{kind}Association", inner)


def edfi_action(cell: dict[str, str]) -> str:
    """Write one response."""
    own = "".join(element(n, cell[n]) for n in EDFI_HEADER[13:])
    return element("DisciplineAction", own + edfi_person(cell) + edfi_reference(cell))


def table(
    lines: Sequence[Line], columns: dict[str, Callable[[Line], Any]]
) -> dict[str, Any]:
    """Make a header and rows out of the story."""
    return {
        "header": tuple(columns),
        "rows": tuple(
            tuple(str(make(line)) for make in columns.values()) for line in lines
        ),
    }


def us(line: Line) -> str:
    """The day as 09/02/2025."""
    return f"{line.moment:%m/%d/%Y}"


def clock(line: Line) -> str:
    """The time as 10:05 AM."""
    return f"{line.moment:%I:%M %p}"


def last_first(line: Line) -> str:
    """The name as school programs print it."""
    return ", ".join(reversed(line.names))


def descriptor(kind: str, label: str) -> str:
    """An Ed-Fi descriptor."""
    return f"uri://ed-fi.org/{kind}Descriptor#{label}" if label else ""


POWERSCHOOL = Twin(
    "powerschool-incidents",
    **table(
        STORY,
        {
            "[Incident]Incident_ID": lambda x: x.number,
            "[Incident]School_Number": lambda x: 44,
            "[Incident]School_Name": lambda x: SCHOOL,
            "[Incident]Incident_TS": lambda x: f"{us(x)} {clock(x)}",
            "[Incident]Incident_Title": lambda x: f"{x.behaviour} - {x.names[1]}",
            "[Incident]Incident_Detail_Desc": lambda x: x.story,
            "[Incident]Incident_Type": lambda x: "Office Referral",
            "[Incident]Location": lambda x: x.place,
            "[Incident]Prepared_By": lambda x: "Ms. Writer",
            "[Participant]Participant_Role": lambda x: x.role.lower(),
            "[Students]Student_Number": lambda x: x.student,
            "[Students]LastFirst": last_first,
            "[Students]DOB": lambda x: "01/02/2012",
            "[Students]Grade_Level": lambda x: x.grade,
            "[Students]Ethnicity": lambda x: x.race,
            "[Behavior]Behavior": lambda x: x.behaviour,
            "[Action]Action": lambda x: x.response,
            "[Action]Duration_Actual": lambda x: x.days,
        },
    ),
    write=write_text(),
    system="PowerSchool Incident Management",
)
LOG_ENTRIES = Twin(
    "powerschool-log-entries",
    **table(
        OFFENDERS,
        {
            "Log Type": lambda x: "Discipline",
            "Subtype": lambda x: x.behaviour,
            "Consequence": lambda x: x.response,
            "Student_Number": lambda x: x.student,
            "Last_Name": lambda x: x.names[1],
            "First_Name": lambda x: x.names[0],
            "Grade_Level": lambda x: x.grade,
            "School_Name": lambda x: SCHOOL,
            "Discipline_IncidentNumber": lambda x: x.number if x.number == 1 else 0,
            "Discipline_IncidentDate": us,
            "Discipline_IncidentLocation": lambda x: x.place,
            "Discipline_DurationActual": lambda x: x.days,
            "Entry_Date": us,
            "Entry_Author": lambda x: "Writer, Willa",
            "Entry": lambda x: x.story,
        },
    ),
    write=write_text("\t"),
    suffix="txt",
    system="PowerSchool Log Entries",
)
CAMPUS_COLUMNS: dict[str, Callable[[Line], Any]] = {
    "Incident ID": lambda x: x.number,
    "Event ID": lambda x: x.number * 10,
    "Calendar Name": lambda x: f"25-26 {SCHOOL}",
    "Incident Date": us,
    "Incident Time": clock,
    "Event Type": lambda x: x.behaviour,
    "Alignment": lambda x: "Award" if x.number == 99 else "Discipline",
    "Location": lambda x: x.place,
    "Context Description": lambda x: x.story,
    "Role": lambda x: x.role,
    "Student Number": lambda x: x.student,
    "Last Name": lambda x: x.names[1],
    "First Name": lambda x: x.names[0],
    "Grade": lambda x: x.grade,
    "Race/Ethnicity": lambda x: x.race,
    "Resolution Type": lambda x: x.response,
    "Resolution Days": lambda x: x.days,
    "Damages": lambda x: "",
}
INFINITE_CAMPUS = Twin(
    "infinite-campus",
    **table([*STORY, tell(99)], CAMPUS_COLUMNS),
    write=write_text("\t", "utf-16"),
    system="Infinite Campus",
    reasons=(("award-row", 1),),
)
SYNERGY_COLUMNS: dict[str, Callable[[Line], Any]] = {
    "Incident ID": lambda x: x.number,
    "School Name": lambda x: SCHOOL,
    "Incident Date": lambda x: x.moment.date(),
    "Incident Time": lambda x: f"{x.moment:%H:%M}",
    "Location": lambda x: x.place,
    "Referred By": lambda x: "Writer, Willa",
    "Student Perm ID": lambda x: x.student,
    "Student Name": last_first,
    "Grade": lambda x: x.grade,
    "Gender": lambda x: "M" if x.student % 2 else "F",
    "Student Role": lambda x: x.role,
    "Violation": lambda x: f"D01 - {x.behaviour}",
    "Disposition": lambda x: x.response,
    "Disposition Days": lambda x: x.days,
    "Incident Description": lambda x: x.story,
}
SYNERGY_XLSX = Twin(
    "synergy-xlsx",
    **table(STORY, SYNERGY_COLUMNS),
    write=write_xlsx,
    suffix="xlsx",
    system="Synergy",
    reasons=(("totals-row", 1),),
)
SYNERGY_XLS = replace(SYNERGY_XLSX, name="synergy-xls", write=write_xls, suffix="xls")
SKYWARD_COLUMNS: dict[str, Callable[[Line], Any]] = {
    "Incident Nbr": lambda x: x.number,
    "Incident Date & Time": lambda x: f"{us(x)} {clock(x)}",
    "Entity Code": lambda x: "401",
    "Location": lambda x: x.place,
    "Offense Name": lambda x: x.behaviour,
    "Involvement Type": lambda x: x.role,
    "Student Number": lambda x: x.student,
    "Name": last_first,
    "Grade": lambda x: x.grade,
    "Federal Race": lambda x: x.race,
    "Referred By": lambda x: "Writer, Willa",
    "Action Type": lambda x: x.response,
    "Total to Serve": lambda x: x.days,
}
SKYWARD_PIPE = Twin(
    "skyward-pipe",
    **table(STORY, SKYWARD_COLUMNS),
    write=write_text("|"),
    suffix="txt",
    system="Skyward",
)
SKYWARD_CARET = replace(SKYWARD_PIPE, name="skyward-caret", write=write_text("^"))
AERIES = Twin(
    "aeries",
    **table(
        OFFENDERS,
        {
            "SchoolName": lambda x: SCHOOL,
            "IID": lambda x: x.number,
            "PID": lambda x: x.student,
            "LN": lambda x: x.names[1],
            "FN": lambda x: x.names[0],
            "BD": lambda x: "01/02/2012",
            "GR": lambda x: x.grade,
            "Ethnicity": lambda x: x.race,
            "DT": us,
            "ET": clock,
            "CD": lambda x: x.behaviour,
            "CD2": lambda x: "Profanity" if x.number % 5 == 0 else "",
            "CD3": lambda x: "Vandalism" if x.number == 10 else "",
            "CD4": lambda x: "",
            "CD5": lambda x: "",
            "LCN": lambda x: x.place,
            "RF": lambda x: "Writer",
            "DSP": lambda x: x.response.replace("In-School", "SUS - In School"),
            "DY": lambda x: x.days,
            "Comment": lambda x: x.story,
        },
    ),
    write=write_text(),
    system="Aeries",
)
SWIS = Twin(
    "swis",
    **table(
        OFFENDERS,
        {
            "Referral ID": lambda x: x.number,
            "Student ID": lambda x: x.student,
            "Student Name": last_first,
            "Grade": lambda x: x.grade,
            "Referring Staff": lambda x: "Writer, Willa",
            "Referral Date": us,
            "Referral Time": clock,
            "School Name": lambda x: SCHOOL,
            "Location": lambda x: x.place,
            "Behavior": lambda x: x.behaviour,
            "Additional Behaviors": lambda x: "Profanity" if x.number == 5 else "",
            "Referral Type": lambda x: "Administrator-managed",
            "Perceived Motivation": lambda x: "Obtain peer attention",
            "Others Involved": lambda x: "Peers",
            "Action Taken": lambda x: x.response,
            "Days Suspended": lambda x: x.days,
            "Notes": lambda x: x.story,
        },
    ),
    write=write_text(encoding="utf-8-sig"),
    system="SWIS (PBISApps)",
)
DEANSLIST = Twin(
    "deanslist",
    **table(
        [*OFFENDERS, tell(98)],
        {
            "IncidentID": lambda x: x.number,
            "StudentSchoolID": lambda x: x.student,
            "StudentFirst": lambda x: x.names[0],
            "StudentLast": lambda x: x.names[1],
            "SchoolID": lambda x: 12,
            "SchoolName": lambda x: SCHOOL,
            "GradeLevelShort": lambda x: x.grade,
            "Category": lambda x: "Tier 2 - Office",
            "Infraction": lambda x: x.behaviour,
            "Location": lambda x: x.place,
            "IssueTS.date": lambda x: f"{x.moment:%Y-%m-%d %H:%M:%S}.000000",
            "IssueTS.timezone": lambda x: "America/Chicago",
            "IsActive": lambda x: x.number != 98,
            "ReportedDetails": lambda x: x.story,
            "Penalties[].PenaltyName": lambda x: x.response,
            "Penalties[].NumDays": lambda x: x.days,
        },
    ),
    write=write_objects("data"),
    suffix="json",
    system="DeansList",
    reasons=(("deleted-record", 1),),
)
ASPEN = Twin(
    "aspen",
    **table(
        OFFENDERS,
        {
            "local_id": lambda x: x.student,
            "incident_code": lambda x: x.behaviour,
            "event_date": lambda x: x.moment.date(),
            "incident_time": lambda x: "" if x.number == 9 else f"{x.moment:%H:%M:%S}",
            "incident_location": lambda x: x.place,
            "incident_description": lambda x: f'Yelled "NO", and {x.story}',
            "school_local_id": lambda x: "CHM",
        },
    ),
    write=write_aspen,
    system="Aspen / X2",
    removals=0,
    reasons=(("exact-duplicate", 1),),
)
EDUCLIMBER = Twin(
    "educlimber",
    **table(
        STORY,
        {
            "incident_id": lambda x: x.number,
            "event_name": lambda x: x.behaviour,
            "event_location": lambda x: x.place,
            "incident_date{}": lambda x: x.moment.isoformat(),
            "severity": lambda x: "Major",
            "role": lambda x: x.role,
            "student_id": lambda x: x.student,
            "student_name": last_first,
            "school_name": lambda x: SCHOOL,
            "grade": lambda x: x.grade,
            "motivations[].name": lambda x: "Attention",
            "resolutions[].name": lambda x: x.response,
            "resolutions[].days": lambda x: x.days,
            "narrative": lambda x: x.story,
        },
    ),
    write=write_objects(None),
    suffix="json",
    system="eduCLIMBER",
)
EDFI_5 = Twin(
    "edfi-5.2",
    **table(
        STORY,
        {
            "IncidentIdentifier": lambda x: x.number,
            "SchoolId": lambda x: 255901,
            "IncidentDate": lambda x: x.moment.date(),
            "IncidentTime": lambda x: f"{x.moment:%H:%M:%S}",
            "IncidentLocation": lambda x: descriptor("IncidentLocation", x.place),
            "ReporterDescription": lambda x: descriptor("ReporterDescription", "Staff"),
            "ReporterName": lambda x: "Writer, Willa",
            "CaseNumber": lambda x: f"CN-{x.number}",
            "IncidentDescription": lambda x: x.story,
            "StudentUniqueId": lambda x: x.student,
            "Behavior": lambda x: descriptor("Behavior", x.behaviour),
            "BehaviorDetailedDescription": lambda x: x.story,
            "DisciplineIncidentParticipationCode": lambda x: descriptor(
                "DisciplineIncidentParticipationCode",
                x.role.replace("Offender", "Perpetrator"),
            ),
            "Discipline": lambda x: descriptor("Discipline", x.response),
            "ActualDisciplineActionLength": lambda x: x.days,
        },
    ),
    write=write_edfi("http://ed-fi.org/5.2.0"),
    suffix="xml",
    system="Ed-Fi",
)
EDFI_3 = replace(EDFI_5, name="edfi-3.3", write=write_edfi("http://ed-fi.org/0330"))
EDFI_BARE = replace(EDFI_5, name="edfi-no-namespace", write=write_edfi(None))
FRONTLINE = Twin(
    "frontline-teams",
    **table(
        OFFENDERS,
        {
            "Referral Number": lambda x: 5000 + x.student,
            "Incident Nbr": lambda x: x.number,
            "Campus ID": lambda x: "041",
            "Referral Date": us,
            "Incident Time": clock,
            "Conduct Code": lambda x: x.behaviour,
            "Location": lambda x: x.place,
            "Student ID": lambda x: x.student,
            "Student Name": last_first,
            "Grade": lambda x: x.grade,
            "Action Code": lambda x: x.response,
            "Days Assigned": lambda x: x.days,
            "Comments": lambda x: x.story,
        },
    ),
    write=write_text(),
    system="Frontline TEAMS",
)
PLAIN_COLUMNS: dict[str, Callable[[Line], Any]] = {
    "Incident #": lambda x: x.number,
    "Date of Incident": us,
    "Time": clock,
    "School": lambda x: SCHOOL,
    "Place": lambda x: x.place,
    "Offense": lambda x: x.behaviour,
    "Major/Minor": lambda x: "Major",
    "Role": lambda x: x.role,
    "Student ID": lambda x: x.student,
    "Student Name": last_first,
    "Grade": lambda x: x.grade,
    "Gender": lambda x: "M" if x.student % 2 else "F",
    "Action Taken": lambda x: x.response,
    "Days": lambda x: x.days,
    "Period": lambda x: f"Period {x.number % 6}",
    "Reporter Type": lambda x: "Teacher",
    "Shoe Size": lambda x: x.number % 9,
    "Comments": lambda x: x.story,
}
PLAIN = Twin("plain-csv", **table(STORY, PLAIN_COLUMNS), write=write_text())
PAGE = replace(PLAIN, name="page-as-xls", write=write_page, suffix="xls")
TABBED = replace(PLAIN, name="tabs", write=write_text("\t"), suffix="tsv")
SEMICOLON = replace(PLAIN, name="semicolon", write=write_text(";", "cp1252"))

TWINS = (
    POWERSCHOOL, LOG_ENTRIES, INFINITE_CAMPUS, SYNERGY_XLSX, SYNERGY_XLS,
    SKYWARD_PIPE, SKYWARD_CARET, AERIES, SWIS, DEANSLIST, ASPEN, EDUCLIMBER, EDFI_5,
    EDFI_3, EDFI_BARE, FRONTLINE, PLAIN, PAGE, TABBED, SEMICOLON,
)  # fmt: skip
