"""What the scan looks at: incidents as rows of codes, and the students of each.

One row is one incident, however many students it has. A column holds small numbers
(codes) that stand for its values; `listed` says which values may be named in a slice
(a value such as "not recorded" counts and is never named).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint8]
Whole = NDArray[np.int32]
Integers = NDArray[np.integer[Any]]
MOST_VALUES = 255


@dataclass(frozen=True)
class Column:
    """One column: its values, and which question it answers.

    A slice has at most one condition of each block: columns of one block (behaviour
    and response, weekday and month) are tied together by their nature, and what ties
    them is no news. `shares` are the shares that a known denominator would give
    (enrolment by grade, minutes by period); None takes the incidents' own.
    """

    name: str
    values: tuple[str, ...]
    block: str
    listed: tuple[bool, ...] = ()
    shares: tuple[float, ...] | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot be coded."""
        if not 0 < len(self.values) <= MOST_VALUES:
            raise ValueError(f"{self.name} needs 1 to {MOST_VALUES} values.")
        for what in (self.listed, self.shares):
            if what and len(what) != len(self.values):
                raise ValueError(f"{self.name} does not say something of each value.")

    def is_listed(self, code: int) -> bool:
        """May this value be named?"""
        return not self.listed or self.listed[code]


@dataclass(frozen=True)
class Events:
    """Incidents as codes, shape (columns, incidents), with the students of each.

    `students` has one row (incident, student) for each student in each incident, the
    students numbered from 0. `lead` is the one student whose habits an incident is
    taken to follow: the one with most incidents. `stratum` numbers the school and
    year of each incident; incidents are compared within their stratum only. `week`
    numbers the weeks. An incident without a known student has one of its own.

    >>> events = make_events([Column("place", ("Gym", "Hall"), "where")], [[0, 1, 1]],
    ...     [(0, 7), (1, 7), (1, 9), (2, 9)])
    >>> events.lead.tolist(), events.incidents_of_student.tolist()
    ([0, 0, 1], [2, 2])
    """

    columns: tuple[Column, ...]
    codes: Codes
    students: Whole
    lead: Whole
    stratum: Whole
    week: Whole
    incidents_of_student: Whole = field(repr=False)

    @property
    def size(self) -> int:
        """Give the number of incidents."""
        return int(self.codes.shape[1])

    @property
    def sizes(self) -> tuple[int, ...]:
        """Give the number of values of each column."""
        return tuple(len(column.values) for column in self.columns)

    @cached_property
    def margins(self) -> NDArray[np.float64]:
        """Give each value's share of all incidents: shape (columns, widest column)."""
        shares = np.zeros((len(self.columns), max(self.sizes, default=1)))
        for at, size in enumerate(self.sizes):
            counts = np.bincount(self.codes[at], minlength=size)
            shares[at, :size] = counts / max(1, self.size)
        return shares

    def place(self, name: str) -> int:
        """Give the place of a column by its name."""
        return [column.name for column in self.columns].index(name)


def make_events(
    columns: Sequence[Column],
    codes: Sequence[Sequence[int]] | Integers,
    students: Sequence[tuple[int, int]] | Integers,
    *,
    stratum: Sequence[int] | Integers | None = None,
    week: Sequence[int] | Integers | None = None,
) -> Events:
    """Make events out of codes and (incident, student) pairs with any numbers.

    Students are numbered anew, heaviest first, so that work in the order of students
    meets the same order whatever the source. Raises ValueError for codes without a value.
    """
    coded = np.ascontiguousarray(codes, dtype=np.uint8)
    if coded.ndim != 2:
        coded = coded.reshape(len(columns), -1)
    size = coded.shape[1]
    for column, row in zip(columns, coded, strict=True):
        if size and int(row.max()) >= len(column.values):
            raise ValueError(f"{column.name} has a code without a value.")
    ranked, totals = rank_students(np.asarray(students, dtype=np.int64), size)
    lead = np.full(size, len(totals), dtype=np.int32)
    np.minimum.at(lead, ranked[:, 0], ranked[:, 1])
    none = np.zeros(size, dtype=np.int32)
    return Events(
        tuple(columns),
        coded,
        ranked,
        lead,
        none if stratum is None else np.asarray(stratum, dtype=np.int32),
        none if week is None else np.asarray(week, dtype=np.int32),
        totals,
    )


def keep_events(events: Events, kept: NDArray[np.bool_]) -> Events:
    """Keep some of the incidents, with their students.

    >>> events = make_events([Column("p", ("a", "b"), "p")], [[0, 1]], [(0, 7), (1, 9)])
    >>> keep_events(events, np.array([False, True])).codes.tolist()
    [[1]]
    """
    number = np.cumsum(kept) - 1
    pairs = events.students[kept[events.students[:, 0]]].astype(np.int64)
    pairs[:, 0] = number[pairs[:, 0]]
    stratum = np.unique(events.stratum[kept], return_inverse=True)[1]
    return make_events(
        events.columns,
        events.codes[:, kept],
        pairs,
        stratum=stratum,
        week=events.week[kept],
    )


def rank_students(students: NDArray[np.int64], size: int) -> tuple[Whole, Whole]:
    """Number students anew, heaviest first; give their pairs in that order, and totals.

    Of equals, the one with the earlier incident comes first.
    """
    pairs = add_unknown(students.reshape(-1, 2), size)
    numbers, places = np.unique(pairs[:, 1], return_inverse=True)
    keys = np.unique(pairs[:, 0] * max(1, len(numbers)) + places)
    incidents, places = keys // max(1, len(numbers)), keys % max(1, len(numbers))
    totals = np.bincount(places, minlength=len(numbers))
    first = np.full(len(numbers), size)
    np.minimum.at(first, places, incidents)
    heaviest_first = np.lexsort((first, -totals))
    rank = np.empty(len(numbers), dtype=np.int32)
    rank[heaviest_first] = np.arange(len(numbers), dtype=np.int32)
    ranked = np.column_stack([incidents.astype(np.int32), rank[places]])
    order = np.lexsort((ranked[:, 0], ranked[:, 1]))
    return np.ascontiguousarray(ranked[order]), totals[heaviest_first].astype(np.int32)


def add_unknown(pairs: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """Give every incident without a student one of its own."""
    known = np.zeros(size, dtype=np.bool_)
    known[pairs[:, 0]] = True
    lonely = np.flatnonzero(~known)
    if not len(lonely):
        return pairs
    beyond = 1 + (int(pairs[:, 1].max()) if len(pairs) else -1)
    made = np.column_stack([lonely, beyond + np.arange(len(lonely))])
    return np.concatenate([pairs, made])
