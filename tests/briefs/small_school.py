"""A small made-up school, told once: rows that tests can bend."""

import csv
import datetime as dt
import random
from pathlib import Path

HEADER = (
    "Incident ID",
    "School",
    "Incident Date",
    "Incident Time",
    "Location",
    "Behavior",
    "Severity",
    "Student ID",
    "Grade",
    "Race/Ethnicity",
    "Action Taken",
)
FIRST_DAY = dt.date(2025, 9, 2)
Row = dict[str, object]


def list_days(weeks: int = 30) -> list[dt.date]:
    """List the school days of a year that begins on 2 September 2025."""
    days = (FIRST_DAY + dt.timedelta(days=n) for n in range(7 * weeks))
    return [day for day in days if day.weekday() < 5]


def make_rows(incidents: int = 240, *, students: int = 60, seed: int = 1) -> list[Row]:
    """Make incidents of one student each, spread over the year."""
    chance = random.Random(seed)
    days = list_days()
    return [
        {
            "Incident ID": number + 1,
            "School": "Larch Hill Elementary",
            "Incident Date": chance.choice(days).strftime("%m/%d/%Y"),
            "Incident Time": f"{chance.randrange(8, 15)}:{chance.choice(('05', '40'))}",
            "Location": chance.choice(("Classroom", "Playground", "Bus", "Cafeteria")),
            "Behavior": chance.choice(("Defiance", "Disruption", "Fighting")),
            "Severity": chance.choice(("Minor", "Major")),
            "Student ID": 1000 + chance.randrange(students),
            "Grade": chance.randrange(1, 6),
            "Race/Ethnicity": "White" if number % 3 else "Hispanic",
            "Action Taken": chance.choice(("Parent Contact", "In-School Suspension")),
        }
        for number in range(incidents)
    ]


def write_rows(path: Path, rows: list[Row]) -> Path:
    """Write rows as the CSV that a school would export."""
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_calendar(path: Path, days: list[dt.date] | None = None) -> Path:
    """Write the school days."""
    lines = ["date", *(day.isoformat() for day in days or list_days())]
    path.write_text("\n".join(lines) + "\n")
    return path


def write_enrolment(path: Path, *, white: int = 200, hispanic: int = 100) -> Path:
    """Write the enrolment by group."""
    path.write_text(
        "school,school_year,grade,group,value,students,date,source\n"
        f"Larch Hill Elementary,2025-26,,,,{white + hispanic},2025-10-01,Count\n"
        f"Larch Hill Elementary,2025-26,,Race/Ethnicity,White,{white},2025-10-01,Count\n"
        f"Larch Hill Elementary,2025-26,,Race/Ethnicity,Hispanic,{hispanic},2025-10-01,Count\n"
    )
    return path
