"""Small calendars and enrolments for tests, as files."""

import datetime as dt

AUTUMN = dt.date(2025, 9, 1)


def write_days(folder, count=10, first=AUTUMN, school="Oak", name="days.csv"):
    """Write a list of weekdays."""
    days, day = [], first
    while len(days) < count:
        if day.weekday() < 5:
            days.append(f"{day.isoformat()},{school}")
        day += dt.timedelta(days=1)
    return write(folder, name, "\n".join(["date,school", *days, ""]))


def write_off(folder, name="off.ics"):
    """Write a calendar in which one day, Monday 13 October 2025, is without school."""
    return write(
        folder,
        name,
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//T//EN\r\nBEGIN:VEVENT\r\nUID:1\r\n"
        "DTSTAMP:20250701T120000Z\r\nDTSTART;VALUE=DATE:20251013\r\n"
        "SUMMARY:Holiday\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    )


COUNTS = """\
school,school_year,grade,group,value,students,date,source
Oak,2025-26,,,,364,2025-10-01,Fall count
Oak,2025-26,3,,,158,2025-10-01,Fall count
Oak,2025-26,4,,,206,2025-10-01,Fall count
Oak,2025-26,,Race,White,361,2025-10-01,Fall count
Oak,2025-26,,Race,Hispanic,3,2025-10-01,Fall count
Elm,2025-26,,,,99,2025-10-01,Fall count
"""


def write_counts(folder, text=COUNTS, name="enrolment.csv"):
    return write(folder, name, text)


def write(folder, name, text):
    path = folder / name
    path.write_bytes(text.encode())
    return path
