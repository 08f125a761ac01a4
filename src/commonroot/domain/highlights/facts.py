"""What the pictures of a year are drawn from. A published page keeps what it was drawn from."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from commonroot.domain.coaching.queries import count_visit_minutes
from commonroot.domain.highlights.sources import find_checks, find_meetings
from commonroot.domain.highlights.spans import Span
from commonroot.domain.learning.choices import Side
from commonroot.domain.learning.hours import count_presence
from commonroot.domain.teams.choices import Helped
from commonroot.domain.teams.models import CheckResult

YEARS_SHOWN = 4
MONTHS = 12


@dataclass(frozen=True)
class Month:
    """How often teams met in a month, and how many changes were first looked at."""

    year: int
    month: int
    met: int
    checked: int


@dataclass(frozen=True)
class Presence:
    """The minutes taught and visited in a school year, by where people come from."""

    school_year: str
    outside: int
    own: int


@dataclass(frozen=True)
class Facts:
    """What is drawn: months from the first to the last with anything, answers, years."""

    months: tuple[Month, ...]
    answers: Mapping[str, int]
    years: tuple[Presence, ...]


def gather_facts(span: Span) -> Facts:
    """Gather what the pictures of a year are drawn from, as the records are now."""
    return Facts(gather_months(span), gather_answers(span), gather_presence(span))


def gather_months(span: Span) -> tuple[Month, ...]:
    """Gather the months of a year, the empty ones between others too."""
    met, checked = (
        Counter((each.day.year, each.day.month) for each in found if each.day)
        for found in (find_meetings(span), find_checks(span))
    )
    names = [
        (span.first.year + (month > MONTHS), (month - 1) % MONTHS + 1)
        for month in range(span.first.month, span.first.month + MONTHS)
    ]
    filled = [at for at, name in enumerate(names) if name in met or name in checked]
    if not filled:
        return ()
    return tuple(
        Month(*name, met[name], checked[name])
        for name in names[filled[0] : filled[-1] + 1]
    )


def gather_answers(span: Span) -> dict[str, int]:
    """Gather what the last look at each change of a year said."""
    changes = [uuid.UUID(each.key) for each in find_checks(span)]
    looks = CheckResult.objects.filter(
        change__in=changes, on__range=(span.first, span.last)
    ).order_by("on", "at")
    last = dict(looks.values_list("change", "helped"))
    counts = Counter(last.values())
    return {each.value: counts[each.value] for each in Helped if counts[each.value]}


def gather_presence(span: Span) -> tuple[Presence, ...]:
    """Gather the years up to this one in which anything was taught or visited."""
    spans = [span]
    while len(spans) < YEARS_SHOWN:
        spans.insert(0, spans[0].before)
    found = (count_presence_of(each) for each in spans)
    return tuple(each for each in found if each.outside or each.own)


def count_presence_of(span: Span) -> Presence:
    """Count the minutes taught and visited in a year, by where people come from."""
    taught = count_presence(span.place, span.first, span.last)
    visited = count_visit_minutes(span.place, span.first, span.last)
    return Presence(
        span.school_year,
        taught[Side.OUTSIDE] + visited.outside,
        taught[Side.OWN] + visited.own,
    )


def write_facts(facts: Facts) -> dict[str, Any]:
    """Write facts as they are kept with a page that is published.

    >>> facts = Facts((Month(2025, 9, 3, 1),), {"helped": 1}, (Presence("2025-26", 60, 90),))
    >>> read_facts(write_facts(facts)) == facts
    True
    """
    kept = asdict(facts)
    return {**kept, "months": list(kept["months"]), "years": list(kept["years"])}


def read_facts(kept: Mapping[str, Any]) -> Facts:
    """Read the facts that were kept with a page."""
    return Facts(
        tuple(Month(**each) for each in kept["months"]),
        dict(kept["answers"]),
        tuple(Presence(**each) for each in kept["years"]),
    )


def first_of(month: Month) -> dt.date:
    """Give the first day of a month, to write its name."""
    return dt.date(month.year, month.month, 1)
