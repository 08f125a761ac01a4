"""A bell schedule as people write it: one period a line, "Period 1 08:00-08:50"."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from commonroot.domain.network.calendar_models import write_clock
from commonroot.intake.dates import read_clock

CLOCK = r"(?:\d{1,2}[:.h]?\d{2}\s*(?:[ap]\.?m?\.?)?|\d{1,2}\s*[ap]\.?m\.?)"
LINE = re.compile(
    rf"(?P<name>.*?)[\s,;:|]+(?P<start>{CLOCK})\s*(?:-|–|—|to|until|,|;|\||\s)\s*"
    rf"(?P<end>{CLOCK})",
    re.IGNORECASE,
)
LONGEST_NAME, MOST_LINES = 60, 60
# Without a.m. or p.m., no school begins before six in the morning.
EARLIEST, HALF_DAY = 6 * 60, 12 * 60


@dataclass(frozen=True)
class Period:
    """A period of the day, in minutes after midnight."""

    name: str
    start: int
    end: int


def read_lines(text: str, there: Iterable[Period]) -> tuple[list[Period], list[str]]:
    """Read periods, and say of each line that cannot be one what is wrong with it.

    >>> read_lines("Period 1 8:00-8:50; lunch", [])[1]
    ['Line 1: Write a name and two times, as in Period 1 08:00-08:50.']
    >>> read_lines("Period 6, 1:05 - 1:55 pm", [])[0]
    [Period(name='Period 6', start=785, end=835)]
    """
    taken, found, problems = list(there), list[Period](), list[str]()
    lines = text.splitlines()
    for number, line in enumerate(lines[:MOST_LINES], start=1):
        if not line.strip():
            continue
        period = read_line(line)
        problem = (
            _("Write a name and two times, as in Period 1 08:00-08:50.")
            if period is None
            else refuse(period, taken)
        )
        if problem or period is None:
            told = {"number": number, "problem": problem}
            problems.append(_("Line %(number)s: %(problem)s") % told)
        else:
            taken.append(period)
            found.append(period)
    if len(lines) > MOST_LINES:
        problems.append(_("These are more than %(most)s lines.") % {"most": MOST_LINES})
    return found, problems


def read_line(line: str) -> Period | None:
    """Read one line; None when it holds no name and two times."""
    found = LINE.fullmatch(" ".join(line.split()))
    if found is None or not found["name"].strip(" ,;:|-–"):
        return None
    start, end = read_time(found["start"]), read_time(found["end"])
    if start is None or end is None:
        return None
    return Period(found["name"].strip(" ,;:|-–"), start, end)


def read_time(text: str) -> int | None:
    """Read a time of the school day; 1:05 is in the afternoon.

    >>> read_time("8.05"), read_time("1:05"), read_time("2 pm"), read_time("25:00")
    (485, 785, 840, None)
    """
    minute = read_clock(text)
    if minute is not None and not is_told(text) and minute < EARLIEST:
        return minute + HALF_DAY
    return minute


def is_told(text: str) -> bool:
    """Does a time say a.m. or p.m.?"""
    return bool(re.search("[ap]", text, re.IGNORECASE))


def refuse(period: Period, taken: Iterable[Period]) -> str:
    """Say why a period cannot stand beside others; nothing when it can."""
    if len(period.name) > LONGEST_NAME:
        return _("The name is longer than 60 letters.")
    if period.end <= period.start:
        return _("It ends before it begins.")
    for other in taken:
        if other.name.lower() == period.name.lower():
            return _("There is a period of this name already.")
        if other.start < period.end and period.start < other.end:
            span = f"{write_clock(other.start)}-{write_clock(other.end)}"
            told = {"name": other.name, "span": span}
            return _("It overlaps with %(name)s, %(span)s.") % told
    return ""
