"""Which days were school days: a list of them, or a calendar of days off."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import icalendar
import recurring_ical_events
from icalendar.cal import Component

from commonroot.intake.dates import MixedDatesError, read_dates
from commonroot.intake.headers import field_aliases, normalise
from commonroot.intake.labels import clean_label, label_key
from commonroot.intake.mapping import MappingError
from commonroot.intake.sources import Source, read_source
from commonroot.languages import gettext as _

SATURDAY = 5
LARGEST_CALENDAR, MOST_EVENTS = 1_000_000, 1_000
DAILY_OR_RARER = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
FIRST_DAY, LAST_DAY = dt.date(2000, 1, 1), dt.date(2060, 1, 1)
BOUNDARY = (
    "first day of",
    "last day of",
    "school starts",
    "school begins",
    "classes begin",
)
# A day of any other kind (regular, early release, make-up) is a school day.
NO_SCHOOL = ("no school", "non-", "non ", "noninstr", "holiday", "break", "recess", "vacation", "closed", "closure", "teacher", "in-service", "inservice", "professional", "conference", "strike", "weather", "snow", "emergency", "weekend", "planning", "furlough")  # fmt: skip
SAYS_NO = {"n", "no", "false", "0"}
EVENT_HEADERS = {"event", "calendarevent", "type", "daytype", "instructional", "isinstructional", "schoolday", "instructionalday", "kind", "status"}  # fmt: skip


@dataclass(frozen=True)
class SchoolDays:
    """The school days that a file tells of.

    `listed` holds instructional days by school (None: every school); `off` holds days
    without school, out of a calendar of those. One of the two is filled. On days that
    are `unrecorded` there was school, and the school says that nobody recorded.
    """

    listed: Mapping[str | None, frozenset[dt.date]]
    off: frozenset[dt.date] | None = None
    rows_left: tuple[int, ...] = ()
    unrecorded: frozenset[dt.date] = frozenset()

    def between(
        self, school: str | None, first: dt.date, last: dt.date
    ) -> list[dt.date]:
        """Give the school days of a period, in order.

        A school that the file does not name has none, unless the file names no school.
        """
        if self.off is not None:
            span = (first + dt.timedelta(n) for n in range((last - first).days + 1))
            return [
                day for day in span if day.weekday() < SATURDAY and day not in self.off
            ]
        days = self.find(school)
        return sorted(day for day in days if first <= day <= last)

    def find(self, school: str | None) -> frozenset[dt.date]:
        """Find a school's days: by its name, else those of every school."""
        if school is not None:
            for name, days in self.listed.items():
                if name is not None and label_key(name) == label_key(school):
                    return days
        named = [name for name in self.listed if name is not None]
        if school is None and len(named) == 1:
            return self.listed[named[0]]
        return self.listed.get(None, frozenset())

    def last(self, school: str | None) -> dt.date | None:
        """Give the last listed school day."""
        return max(self.find(school), default=None)


def read_school_days(path: Path) -> SchoolDays:
    """Read school days. The formats are described in `docs/calendar.md`.

    Raises `UnreadableFileError` or `MappingError` with a sentence for a person.
    """
    try:
        beginning = path.read_bytes()[:200].lstrip(b"\xef\xbb\xbf").lstrip()
    except OSError:
        beginning = b""
    if beginning.upper().startswith(b"BEGIN:VCALENDAR"):
        return read_days_off(path)
    return read_listed_days(path, read_source(path, count_columns))


def read_days_off(path: Path) -> SchoolDays:
    """Read an iCalendar of days without school; repeated and several-day events too.

    Only whole days count. Events that name the first or last day of school are no
    holidays.
    """
    if path.stat().st_size > LARGEST_CALENDAR:
        raise MappingError(
            _(
                "The calendar {file} is larger than a megabyte. Export the days without school "
                "alone, of a year or two."
            ).format(file=path.name)
        )
    try:
        calendar = icalendar.Calendar.from_ical(path.read_bytes())
        refuse_endless(path.name, calendar)
        events = recurring_ical_events.of(calendar).between(FIRST_DAY, LAST_DAY)
        off = {day for event in events for day in list_whole_days(event)}
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
        raise MappingError(
            _(
                "The calendar {file} is damaged and cannot be read. Export it again."
            ).format(file=path.name)
        ) from None
    if not off:
        raise MappingError(
            _(
                "The calendar {file} has no whole-day events, so it names no day without school."
            ).format(file=path.name)
        )
    return SchoolDays({}, frozenset(off))


def refuse_endless(name: str, calendar: Component) -> None:
    """Refuse events that repeat more often than daily, or so many that none are holidays."""
    events = calendar.walk("VEVENT")
    extra = 0
    for event in events:
        for rule in as_list(event.get("RRULE")):
            often = {str(each).upper() for each in as_list(rule.get("FREQ"))}
            steps = [int(each) for each in as_list(rule.get("INTERVAL", 1))]
            if not often <= DAILY_OR_RARER or any(step < 1 for step in steps):
                raise MappingError(
                    _(
                        "The calendar {name} has an event that repeats within a day. A calendar of days "
                        "without school has whole days."
                    ).format(name=name)
                )
        for dates in as_list(event.get("RDATE")):
            extra += len(dates.dts)
    if len(events) > MOST_EVENTS or extra > MOST_EVENTS:
        raise MappingError(
            _(
                "The calendar {name} has more than {most:,} events. Export the days without school "
                "alone."
            ).format(name=name, most=MOST_EVENTS)
        )


def as_list(value: Any) -> list[Any]:
    """Give a property's values, which the reader gives bare when there is one."""
    return [] if value is None else value if isinstance(value, list) else [value]


def list_whole_days(event: icalendar.Event) -> list[dt.date]:
    """List the whole days of an event; none for one at a time of day."""
    start, end = event.start, event.end
    named = str(event.get("SUMMARY", "")).casefold()
    if isinstance(start, dt.datetime) or any(text in named for text in BOUNDARY):
        return []
    days = max(1, (min(end, LAST_DAY) - start).days)
    return [start + dt.timedelta(days=number) for number in range(days)]


def read_listed_days(path: Path, source: Source) -> SchoolDays:
    """Read a table of days, one a row; a column may say which are instructional."""
    columns = find_columns(source.headers)
    if "date" not in columns:
        raise MappingError(
            _(
                "The calendar {file} has no column of dates. Name one of its columns date. It has: "
                "{headers}."
            ).format(file=path.name, headers=", ".join(source.headers))
        )
    texts = source.frame[columns["date"]]
    counted = texts.drop_nulls().value_counts(name="::rows")
    try:
        reading = read_dates(
            dict(zip(counted[texts.name], counted["::rows"], strict=True))
        )
    except MixedDatesError as error:
        raise MappingError(
            _("The calendar {file}: {why}").format(file=path.name, why=error)
        ) from None
    listed: dict[str | None, set[dt.date]] = {}
    left = []
    rows = zip(source.row_numbers, source.frame.iter_rows(named=True), strict=True)
    for number, cells in rows:
        day = reading.dates.get(cells[columns["date"]] or "")
        if day is None:
            left.append(int(number))
        if day is None or not is_instructional(cells.get(columns.get("event", ""))):
            continue
        school = clean_label(cells.get(columns.get("school", "")) or "")
        listed.setdefault(school, set()).add(day)
    if not listed:
        raise MappingError(
            _("The calendar {file} has no readable instructional day.").format(
                file=path.name
            )
        )
    days = {school: frozenset(found) for school, found in listed.items()}
    return SchoolDays(days, rows_left=tuple(left))


def count_columns(row: Iterable[str | None]) -> int:
    """Count the cells of a row that could be headers of a calendar."""
    return len(find_columns([cell for cell in row if cell and len(cell) < 60]))


def find_columns(headers: Sequence[str]) -> dict[str, str]:
    """Find which column holds what."""
    columns: dict[str, str] = {}
    for header in headers:
        key = normalise(header)
        if key in ("date", "day", "calendardate", "schoolday", "instructionaldate"):
            columns.setdefault("date", header)
        elif "school" in field_aliases().get(key, ()):
            columns.setdefault("school", header)
        elif key in EVENT_HEADERS:
            columns.setdefault("event", header)
    return columns


def is_instructional(event: str | None) -> bool:
    """Is a day of this kind a school day? A list without kinds holds only those."""
    if event is None:
        return True
    label = (clean_label(event) or "").casefold()
    return not any(word in label for word in NO_SCHOOL) and label not in SAYS_NO
