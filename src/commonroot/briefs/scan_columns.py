"""From an engine's list of incidents to what the scan looks at."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from commonroot.analysis.scan import Column, Events, make_events
from commonroot.analysis.words import MONTHS
from commonroot.briefs.rows import NOT_RECORDED, OUTSIDE_BELLS, WEEKDAYS
from commonroot.engines import Engine, Listing, Value
from commonroot.intake.fields import GROUP
from commonroot.intake.labels import WITHHELD

MOST_NAMED = 60
RARE = "(rare)"
NEVER_NAMED = (NOT_RECORDED, WITHHELD, OUTSIDE_BELLS, RARE)
HALF_HOUR = 30
TERMS = {
    **dict.fromkeys((8, 9, 10, 11, 12), "autumn"),
    **dict.fromkeys((1, 2, 3), "winter"),
}
SPANS = {
    "PK": "K-2",
    "K": "K-2",
    **{str(grade): "K-2" for grade in (1, 2)},
    **{str(grade): "3-5" for grade in (3, 4, 5)},
    **{str(grade): "6-8" for grade in (6, 7, 8)},
    **{str(grade): "9-12" for grade in (9, 10, 11, 12)},
}
MIDDAY, AFTERNOON = 11, 13


@dataclass(frozen=True)
class Source:
    """One column of the scan: the rows' column it comes from, and how values are named."""

    name: str
    column: str
    block: str
    rename: Callable[[str], str] = str


def name_half_hour(value: str) -> str:
    """Name a half hour by its ends.

    >>> name_half_hour("11:30")
    '11:30-12:00'
    """
    minutes = int(value[:2]) * 60 + int(value[3:]) + HALF_HOUR
    return f"{value}-{minutes // 60:02d}:{minutes % 60:02d}"


def name_part(value: str) -> str:
    """Name the part of the day of a half hour.

    >>> name_part("10:30"), name_part("11:00"), name_part("13:30")
    ('morning', 'midday', 'afternoon')
    """
    hour = int(value[:2])
    return "morning" if hour < MIDDAY else "midday" if hour < AFTERNOON else "afternoon"


def name_month(value: str) -> str:
    """Name a month of any year.

    >>> name_month("2025-10")
    'October'
    """
    return MONTHS[int(value[5:]) - 1]


def name_term(value: str) -> str:
    """Name the part of the school year of a month.

    >>> name_term("2025-10"), name_term("2026-02"), name_term("2026-05")
    ('autumn', 'winter', 'spring')
    """
    return TERMS.get(int(value[5:]), "spring")


def name_span(value: str) -> str:
    """Name the span of a grade; a span is its own, a grade outside K-12 has none.

    >>> name_span("4"), name_span("6-8"), name_span("Ungraded")
    ('3-5', '6-8', '(not recorded)')
    """
    return value if value in SPANS.values() else SPANS.get(value, NOT_RECORDED)


def name_subjective(value: str) -> str:
    """Name behaviours that an adult's judgement names; of the others nothing is said."""
    return "Subjective" if value == "True" else NOT_RECORDED


def list_sources(time_column: str, groups: Sequence[str] = ()) -> list[Source]:
    """List the columns of the scan: where, when, who, what, and by whom written down.

    Columns of one block say the same thing more and less finely, or are tied by
    their nature (drivers write of buses), so no slice has two of them.
    """
    clock = [Source("time", time_column, "time")]
    if time_column == "half_hour":
        clock = [
            Source("time", "half_hour", "time", name_half_hour),
            Source("part_of_day", "half_hour", "time", name_part),
        ]
    return [
        Source("location", "location", "place"),
        *clock,
        Source("weekday", "weekday", "calendar"),
        Source("month", "month", "calendar", name_month),
        Source("term", "month", "calendar", name_term),
        Source("grade", "grade", "grade"),
        Source("grade_span", "grade", "grade", name_span),
        Source("behaviour", "behaviour", "what"),
        Source("subjective", "subjective", "what", name_subjective),
        Source("severity", "severity", "what"),
        Source("motivation", "motivation", "what"),
        Source("response", "response", "what"),
        Source("reporter", "reporter", "place"),
        *(Source(GROUP + name, GROUP + name, GROUP) for name in groups),
    ]


@dataclass(frozen=True)
class Table:
    """The scan's events, with what the engine needs to be asked about a slice.

    `filters` gives, for a column and a value, the rows' column and its values.
    """

    events: Events
    filters: Mapping[tuple[str, str], tuple[str, tuple[Value, ...]]]
    schools: tuple[str, ...]
    school: NDArray[np.int64]
    date: NDArray[np.int64]
    first: dt.date
    year: NDArray[np.int64]


def make_table(engine: Engine, sources: Sequence[Source]) -> Table:
    """Ask the engine for incidents and code them for the scan.

    A column in which nothing varies is left out: it can say nothing.
    """
    wanted = ["day", "minute", "location", "school", "school_year"]
    named = [*wanted, *(source.column for source in sources)]
    listing = merge_records(engine.list_incidents(list(dict.fromkeys(named))))
    columns, codes = [], []
    filters: dict[tuple[str, str], tuple[str, tuple[Value, ...]]] = {}
    for source in sources:
        column, coded = code_column(listing, source)
        if sum(column.listed) == 0 or len(column.values) < 2:
            continue
        columns.append(column)
        codes.append(coded)
        for value in column.values:
            matching = tuple(
                each
                for each in listing.values[source.column]
                if each is not None and source.rename(str(each)) == value
            )
            filters[source.name, value] = (source.column, matching)
    days = [dt.date.fromisoformat(str(day)) for day in listing.values["day"]]
    first = min(days, default=dt.date.min)
    monday = first - dt.timedelta(days=first.weekday())
    date = np.array([(day - monday).days for day in days], dtype=np.int64)
    date = date[listing.codes["day"]] if len(days) else np.empty(0, dtype=np.int64)
    years = listing.codes["school_year"]
    school = listing.codes["school"]
    stratum = school * (1 + int(years.max(initial=0))) + years
    students = listing.students
    keys = np.unique(students[:, 1], return_inverse=True)[1]
    pairs = np.column_stack([students[:, 0].astype(np.int64), keys])
    return Table(
        make_events(
            columns,
            np.array(codes, dtype=np.uint8).reshape(len(columns), len(date)),
            pairs,
            stratum=np.unique(stratum, return_inverse=True)[1],
            week=date // 7,
        ),
        filters,
        tuple(str(name) for name in listing.values["school"]),
        school,
        date,
        monday,
        years,
    )


def merge_records(listing: Listing) -> Listing:
    """Take records of one school, day, minute and place for one incident.

    One fight is often written up once for each student. Without a minute or a
    place nobody can say, so such records stand for themselves. Incidents without a
    student are left out: whose they are decides what is a pattern.
    """
    size = len(next(iter(listing.codes.values()), np.empty(0)))
    told = np.ones(size, dtype=np.bool_)
    keys = np.zeros(size, dtype=np.int64)
    for name in ("school", "day", "minute", "location"):
        values, codes = listing.values[name], listing.codes[name]
        keys = keys * (len(values) + 1) + codes
        if name in ("minute", "location"):
            known = [is_told(name, value) for value in values]
            told &= np.array(known, dtype=np.bool_)[codes]
    keys = np.where(told, keys, -1 - np.arange(size))
    keyed = np.zeros(size, dtype=np.bool_)
    keyed[listing.students[:, 0].astype(np.int64)] = True
    number = np.full(size, -1, dtype=np.int64)
    kept: list[int] = []
    seen: dict[int, int] = {}
    for at in np.flatnonzero(keyed).tolist():
        place = seen.setdefault(int(keys[at]), len(kept))
        if place == len(kept):
            kept.append(at)
        number[at] = place
    students = listing.students.copy()
    students[:, 0] = number[students[:, 0].astype(np.int64)]
    return Listing(
        listing.values,
        {name: codes[kept] for name, codes in listing.codes.items()},
        np.unique(students, axis=0),
    )


def is_told(name: str, value: Value) -> bool:
    """Does a record say its minute or place?"""
    if name == "minute":
        return isinstance(value, int) and value >= 0
    return value is not None and value not in NEVER_NAMED


def code_column(listing: Listing, source: Source) -> tuple[Column, NDArray[np.int64]]:
    """Code one column by the names of its values; rare ones of very many are merged."""
    values = listing.values[source.column]
    named = [
        NOT_RECORDED if value is None else source.rename(str(value)) for value in values
    ]
    codes = listing.codes[source.column]
    counts = np.bincount(codes, minlength=len(values))
    by_name: dict[str, int] = {}
    for name, count in zip(named, counts, strict=True):
        by_name[name] = by_name.get(name, 0) + int(count)
    kept = sorted(by_name, key=lambda name: (-by_name[name], name))[:MOST_NAMED]
    if len(kept) < len(by_name):
        named = [name if name in kept else RARE for name in named]
    order = sorted(set(named), key=lambda name: order_of(source.name, name))
    places = np.array([order.index(name) for name in named], dtype=np.int64)
    column = Column(
        source.name,
        tuple(order) or (NOT_RECORDED,),
        source.block,
        tuple(name not in NEVER_NAMED for name in order) or (False,),
    )
    return column, places[codes] if len(places) else codes


def order_of(name: str, value: str) -> tuple[int, str]:
    """Put weekdays and months in their own order, all else in that of its letters."""
    for own, order in (("weekday", WEEKDAYS), ("month", MONTHS)):
        if name == own and value in order:
            return order.index(value), value
    return len(MONTHS), value
