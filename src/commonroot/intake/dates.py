"""Dates and times as schools write them.

Every distinct text is read once. A column must have one way of writing dates; when it
has two, the run stops and asks, because 03/04 is two different days.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from commonroot.intake.words import say_way
from commonroot.languages import gettext as _

EXCEL_EPOCH = dt.date(1899, 12, 30)
MACINTOSH_EPOCH = dt.date(1904, 1, 1)
MINUTES_A_DAY = 24 * 60
# A school year begins with July, in files of incidents and everywhere else.
FIRST_MONTH = 7
LARGEST_SWAPPED_SHARE = 0.2
EARLIEST, LATEST = dt.date(1980, 1, 1), dt.date(2100, 1, 1)

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january ene enero",
            "feb february febrero",
            "mar march marzo",
            "apr april abr abril",
            "may mayo",
            "jun june junio",
            "jul july julio",
            "aug august ago agosto",
            "sep sept september septiembre",
            "oct october octubre",
            "nov november noviembre",
            "dec december dic diciembre",
        ),
        start=1,
    )
    for name in names.split()
}

ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
NUMBERS = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})")
COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
SERIAL = re.compile(r"([1-9]\d{4})(\.\d+)?")
NAMED = (
    re.compile(
        r"(?:[a-z]{2,9}\.?,?\s+)?([a-z]{3,10})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})",
        re.I,
    ),
    re.compile(
        r"(?:[a-z]{2,9}\.?,?\s+)?(\d{1,2})[-\s]([a-z]{3,10})\.?[-,\s]+(\d{4}|\d{2})",
        re.I,
    ),
)
CLOCK = re.compile(
    r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([ap])?\.?\s*m?\.?(?:\s*(?:z|utc|[+-]\d{2}:?\d{2}))?",
    re.I,
)
SPLIT = re.compile(r"^(.*?\d)(?:[T\s,]+|:)(\d{1,2}:\d{2}.*)$")
# What a mapping may declare, and the way that each stands for.
DECLARED = {
    "m/d/y": "numbers",
    "d/m/y": "numbers",
    "iso": "ISO",
    "serial": "Excel serial",
    "serial-1904": "Excel serial",
    "yyyymmdd": "compact",
    "named": "named month",
}


class MixedDatesError(Exception):
    """One column writes dates in two ways. The text names both."""


@dataclass(frozen=True)
class DateReading:
    """How one date column was read.

    `dates` and `minutes` (after midnight) hold what each text means; `reasons` says
    why a text has no date; `swapped` holds the other reading of an ambiguous text.
    """

    dates: Mapping[str, dt.date]
    minutes: Mapping[str, int]
    reasons: Mapping[str, str]
    swapped: Mapping[str, dt.date]
    way: str


@cache
def split_clock(text: str) -> tuple[str, str | None]:
    """Split a text into its date and its clock time.

    >>> split_clock("9/25/15 7:55"), split_clock("2021-10-18T09:00:00")
    (('9/25/15', '7:55'), ('2021-10-18', '09:00:00'))
    """
    found = SPLIT.match(text.strip())
    return (found[1], found[2]) if found else (text.strip(), None)


@cache
def name_way(day: str) -> str | None:
    """Name the way in which a date is written; None if it is no date.

    >>> [name_way(d) for d in ("2026-01-05", "1/5/26", "44826", "5 Jan 2026", "soon")]
    ['ISO', 'numbers with /', 'Excel serial', 'named month', None]
    """
    if ISO.fullmatch(day):
        return "ISO"
    if numbers := NUMBERS.fullmatch(day):
        return f"numbers with {numbers[2]}"
    if COMPACT.fullmatch(day):
        return "compact"
    if SERIAL.fullmatch(day):
        return "Excel serial"
    return "named month" if read_named(day) else None


def read_dates(counts: Mapping[str, int], declared: Sequence[str] = ()) -> DateReading:
    """Read every distinct text of a date column.

    `counts` says how many rows hold each text; `declared` holds the ways that the
    mapping allows (`m/d/y`, `d/m/y`, `iso`, `serial`, `serial-1904`, `yyyymmdd`,
    `named`). Raises `MixedDatesError` when ways mix that were not declared.

    >>> reading = read_dates({"9/13/2025": 3, "9/14/2025 8:05": 1})
    >>> reading.way, reading.dates["9/13/2025"].isoformat(), reading.minutes
    ('month first', '2025-09-13', {'9/14/2025 8:05': 485})
    """
    parts = {text: split_clock(text) for text in counts}
    ways = {text: name_way(day) for text, (day, _clock) in parts.items()}
    seen = Counter[str]()
    for text, way in ways.items():
        if way:
            seen[way] += counts[text]
    refuse_mixed(seen, declared)
    month_first, swapped_out = choose_order(parts, ways, counts, declared)
    dates, reasons, swapped = {}, {}, {}
    for text, (day, _clock) in parts.items():
        if text in swapped_out:
            reasons[text] = "swapped-day-month"
            continue
        found = read_day(
            day, ways[text], month_first=month_first, declared=tuple(declared)
        )
        if found is None or not EARLIEST <= found < LATEST:
            reasons[text] = (
                "excel-serial-out-of-range"
                if ways[text] == "Excel serial"
                else "unreadable-date"
            )
            continue
        dates[text] = found
        if (ways[text] or "").startswith("numbers"):
            other = read_day(day, ways[text], month_first=not month_first, declared=())
            if other and other != found:
                swapped[text] = other
    minutes = {
        text: minute
        for text, (day, clock) in parts.items()
        if (minute := read_minute(clock, day, ways[text])) is not None
    }
    return DateReading(
        dates, minutes, reasons, swapped, describe_way(seen, month_first=month_first)
    )


def describe_way(seen: Counter[str], *, month_first: bool) -> str:
    """Say how the column writes dates."""
    if not seen:
        return "none"
    order = "month first" if month_first else "day first"
    return " and ".join(
        order if way.startswith("numbers") else way for way in sorted(seen)
    )


def refuse_mixed(seen: Counter[str], declared: Sequence[str]) -> None:
    """Stop when one column writes dates in several ways, or in one not declared."""
    allowed = {DECLARED[name] for name in declared}
    undeclared = [way for way in seen if way.partition(" with ")[0] not in allowed]
    if not undeclared or (not declared and len(seen) == 1):
        return
    told = ", ".join(
        _("{way} ({rows} rows)").format(way=say_way(way), rows=rows)
        for way, rows in seen.most_common()
    )
    said = (
        _(" The mapping allows only {ways}.").format(ways=", ".join(declared))
        if declared
        else ""
    )
    raise MixedDatesError(
        _(
            "it writes dates in these ways: {told}.{said} Say which are right in the mapping, "
            "for example:\n"
            "[formats]\n"
            'date = ["iso", "m/d/y"]\n'
            "The ways are: {ways}."
        ).format(told=told, said=said, ways=", ".join(DECLARED))
    )


def choose_order(
    parts: Mapping[str, tuple[str, str | None]],
    ways: Mapping[str, str | None],
    counts: Mapping[str, int],
    declared: Sequence[str],
) -> tuple[bool, set[str]]:
    """Choose between month/day and day/month by the days over 12.

    Gives whether the month comes first, and the few texts that prove the opposite.
    """
    month_first, day_first = set(), set()
    for text, way in ways.items():
        if way and way.startswith("numbers"):
            first, _sign, second, _year = NUMBERS.fullmatch(parts[text][0]).groups()  # type: ignore[union-attr]  # name_way matched it
            if int(first) > 12 >= int(second):
                day_first.add(text)
            elif int(second) > 12 >= int(first):
                month_first.add(text)
    rows_month = sum(counts[text] for text in month_first)
    rows_day = sum(counts[text] for text in day_first)
    if "d/m/y" in declared or "m/d/y" in declared:
        wanted_month = "m/d/y" in declared
        return wanted_month, day_first if wanted_month else month_first
    if not rows_day:
        return True, set()
    if not rows_month:
        return False, set()
    if min(rows_day, rows_month) > LARGEST_SWAPPED_SHARE * (rows_day + rows_month):
        raise MixedDatesError(
            _(
                "{months} rows can only be month/day and {days} only day/month. Say which is right "
                "in the mapping:\n"
                "[formats]\n"
                'date = "m/d/y"'
            ).format(months=rows_month, days=rows_day)
        )
    return (True, day_first) if rows_month > rows_day else (False, month_first)


@cache
def read_day(
    day: str, way: str | None, *, month_first: bool, declared: Sequence[str]
) -> dt.date | None:
    """Read one date that is written in a known way."""
    try:
        if way == "ISO":
            return dt.date(*map(int, ISO.fullmatch(day).groups()))  # type: ignore[union-attr]  # name_way matched it
        if way == "compact":
            return dt.date(*map(int, COMPACT.fullmatch(day).groups()))  # type: ignore[union-attr]  # name_way matched it
        if way == "Excel serial":
            epoch = MACINTOSH_EPOCH if "serial-1904" in declared else EXCEL_EPOCH
            return epoch + dt.timedelta(days=int(float(day)))
        if way == "named month":
            return read_named(day)
        if way:
            first, _sign, second, year = NUMBERS.fullmatch(day).groups()  # type: ignore[union-attr]  # name_way matched it
            month, date = (first, second) if month_first else (second, first)
            return dt.date(full_year(year), int(month), int(date))
    except ValueError:
        return None
    return None


def full_year(year: str) -> int:
    """Give a two-digit year its century: 70 and later are the last one."""
    number = int(year)
    return number if len(year) == 4 else number + (1900 if number >= 70 else 2000)


def read_named(day: str) -> dt.date | None:
    """Read "Sep 3, 2025" or "3-Sep-25".

    >>> read_named("Wed, September 3, 2025") == read_named("3-Sep-25")
    True
    """
    for pattern, order in zip(NAMED, ((2, 1, 3), (1, 2, 3)), strict=True):
        if found := pattern.fullmatch(day.strip()):
            date, month, year = (found[position] for position in order)
            number = MONTHS.get(month.lower())
            try:
                return number and dt.date(full_year(year), number, int(date)) or None
            except ValueError:
                return None
    return None


def read_minute(clock: str | None, day: str, way: str | None) -> int | None:
    """Read the minute of the day out of a date's clock part, or a serial's fraction.

    A clock of exactly midnight in a date column means that no time was written.
    """
    if way == "Excel serial" and "." in day:
        return round(float(day) % 1 * MINUTES_A_DAY) % MINUTES_A_DAY or None
    if clock is None:
        return None
    minute = read_clock(clock)
    return (
        None
        if minute == 0 and re.match(r"0?0:00|12:00(:00)?\s*a", clock, re.I)
        else minute
    )


@cache
def read_clock(text: str) -> int | None:
    """Read a clock time as minutes after midnight.

    >>> [read_clock(t) for t in ("13:05:00", "1:05 PM", "0905", "0.5", "9.05", "noonish")]
    [785, 785, 545, 720, 545, None]
    """
    bare = text.strip()
    if found := CLOCK.fullmatch(bare):
        hour, minute, half = int(found[1]), int(found[2]), (found[4] or "").lower()
        if half and 1 <= hour <= 12:
            hour = hour % 12 + (12 if half == "p" else 0)
        return hour * 60 + minute if hour < 24 and minute < 60 else None
    if re.fullmatch(r"0?\.\d+", bare):
        # Two digits after "0." cannot be told from a clock; a fraction has more.
        return round(float(bare) * MINUTES_A_DAY) % MINUTES_A_DAY
    if found := re.fullmatch(r"(\d{1,2})[.h](\d{2})", bare):
        hour, minute = int(found[1]), int(found[2])
        return hour * 60 + minute if hour < 24 and minute < 60 else None
    if found := re.fullmatch(r"(\d{1,2})(\d{2})", bare):
        hour, minute = int(found[1]), int(found[2])
        return hour * 60 + minute if hour < 24 and minute < 60 else None
    if found := re.fullmatch(r"(\d{1,2})\s*([ap])\.?\s*m?\.?", bare, re.I):
        hour = int(found[1]) % 12 + (12 if found[2].lower() == "p" else 0)
        return hour * 60 if int(found[1]) <= 12 else None
    clock = split_clock(bare)[1]
    return read_clock(clock) if clock else None


@cache
def name_school_year(day: dt.date) -> str:
    """Name the school year of a date; a year runs from July to June.

    >>> name_school_year(dt.date(2025, 9, 3)), name_school_year(dt.date(2026, 6, 3))
    ('2025-26', '2025-26')
    """
    start = day.year if day.month >= FIRST_MONTH else day.year - 1
    return f"{start}-{(start + 1) % 100:02d}"


def read_school_year(text: str) -> str | None:
    """Read a school year; a single year is the one in which it ends.

    >>> read_school_year("2016-2017"), read_school_year("25/26"), read_school_year("2026")
    ('2016-17', '2025-26', '2025-26')
    """
    found = re.fullmatch(r"\D*?(\d{4}|\d{2})\s*[-/–]\s*(\d{4}|\d{2})", text.strip())
    if found:
        start, end = full_year(found[1]), full_year(found[2])
        return f"{start}-{end % 100:02d}" if end == start + 1 else None
    found = re.fullmatch(r"\D*(20\d{2})", text.strip())
    return f"{int(found[1]) - 1}-{int(found[1]) % 100:02d}" if found else None
