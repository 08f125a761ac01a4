"""Which cells are small: the primary rule.

Small is a cell of fewer incidents than the threshold (but not zero), or of fewer
distinct students, or one that one or two students make more than 80 % of, or of a
group of fewer enrolled, or one in which every enrolled student took part.

Distinct students do not add up: of a total only bounds are known (the largest part, the
sum of parts), unless the counts tell it. What is not known is taken to be few.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

import numpy as np

from commonroot.analysis.disclosure.design import (
    TOTAL_LABEL,
    Design,
    DesignError,
    Key,
    Layout,
)
from commonroot.analysis.disclosure.sums import Flags, Whole

DOMINANT = 0.8
UNKNOWN = -1
OTHER_STUDENTS = 1.5
MOST = 10**12


@dataclass(frozen=True)
class Counted:
    """What is known of one row of counts: incidents, and the people behind them."""

    incidents: int
    students: int
    largest: int | None = None
    enrolled: int | None = None


@dataclass(frozen=True)
class Counts:
    """Counts of the leaf cells, and of such totals as are told (`*` in their keys)."""

    columns: tuple[str, ...]
    leaves: Mapping[Key, Counted]
    totals: Mapping[Key, Counted] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse counts that cannot be."""
        if not self.leaves:
            raise DesignError("there is no row to release")
        for key, row in [*self.leaves.items(), *self.totals.items()]:
            check_row(key, row)


def check_row(key: Key, row: Counted) -> None:
    """Refuse a row that cannot be, with its key."""
    numbers = [row.incidents, row.students, row.largest or 0, row.enrolled or 0]
    where = ", ".join(key)
    if min(numbers) < 0:
        raise DesignError(f"{where}: a count is negative")
    if max(numbers) > MOST:
        raise DesignError(f"{where}: a count is above {MOST:,}, which cannot be")
    if row.students > row.incidents:
        raise DesignError(
            f"{where}: {row.students} students cannot have {row.incidents} incidents "
            "between them; is every incident of several students counted once each?"
        )
    if (row.incidents > 0) != (row.students > 0):
        raise DesignError(f"{where}: {row.incidents} incidents of no student")
    if row.largest is not None and row.largest > row.incidents:
        raise DesignError(f"{where}: largest_student is above incidents")
    if row.largest is not None and row.largest * row.students < row.incidents:
        raise DesignError(
            f"{where}: {row.students} students with {row.largest} incidents at the most "
            f"cannot have {row.incidents}; see largest_student"
        )


@dataclass(frozen=True)
class Judged:
    """The cells of a layout with their numbers, and which of them are small."""

    incidents: Whole
    small: Flags
    single: Flags


def judge(counts: Counts, design: Design, layout: Layout) -> Judged:
    """Add leaves up to every cell, and judge each."""
    adder = Adder(counts, design, layout)
    found = [adder.look_at(cell) for cell in range(len(layout.keys))]
    return Judged(
        adder.incidents,
        np.array([small for small, _ in found], bool),
        np.array([single for _, single in found], bool),
    )


class Adder:
    """Adds leaves up to the cells that they belong to."""

    def __init__(self, counts: Counts, design: Design, layout: Layout) -> None:
        self.counts, self.design, self.layout = counts, design, layout
        where = [counts.columns.index(column) for column in design.columns]
        self.people = find_people_columns(counts)
        size = len(layout.keys)
        self.incidents = np.zeros(size, np.int64)
        self.students: list[dict[Key, int]] = [{} for _ in range(size)]
        self.enrolled: list[dict[Key, int]] = [{} for _ in range(size)]
        self.most_students = np.zeros(size, np.int64)
        self.fewest_students = np.zeros(size, np.int64)
        self.largest = np.full(size, UNKNOWN)
        self.leaves = np.zeros(size, np.int64)
        for key, row in counts.leaves.items():
            leaf = tuple(key[at] for at in where)
            person = tuple(key[at] for at in self.people)
            for cell in self.find_cells(leaf):
                self.add(cell, person, row)
        self.told = {
            tuple(key[at] for at in where): row
            for key, row in counts.totals.items()
            if all(key[at] == TOTAL_LABEL for at in range(len(key)) if at not in where)
        }
        self.check_totals()

    def find_cells(self, leaf: Key) -> list[int]:
        """Find every cell to which a leaf belongs."""
        ways: list[Key] = [()]
        at = 0
        for columns in self.design.dimensions.values():
            depth = len(columns)
            label = leaf[at : at + depth]
            at += depth
            levels = [
                (*label[:level], *[TOTAL_LABEL] * (depth - level))
                for level in range(depth, -1, -1)
            ]
            ways = [(*way, *level) for way in ways for level in levels]
        position = self.layout.position
        return [position[way] for way in ways if way in position]

    def add(self, cell: int, person: Key, row: Counted) -> None:
        """Add a leaf to a cell."""
        self.incidents[cell] += row.incidents
        self.most_students[cell] += row.students
        self.fewest_students[cell] = max(self.fewest_students[cell], row.students)
        students, enrolled = self.students[cell], self.enrolled[cell]
        students[person] = max(students.get(person, 0), row.students)
        if row.enrolled is not None:
            enrolled[person] = max(enrolled.get(person, 0), row.enrolled)
        if row.largest is not None:
            self.largest[cell] = max(self.largest[cell], row.largest)
        self.leaves[cell] += row.incidents > 0

    def check_totals(self) -> None:
        """Refuse a told total that its leaves do not add up to.

        Distinct students are at least those of the largest leaf, at most the sum.
        """
        for key, row in self.told.items():
            cell = self.layout.position.get(key)
            if cell is None:
                continue
            if self.incidents[cell] != row.incidents:
                raise DesignError(
                    f"{', '.join(key)}: the total says {row.incidents} incidents, its "
                    f"rows add up to {self.incidents[cell]}."
                )
            fewest, most = (
                int(self.fewest_students[cell]),
                int(self.most_students[cell]),
            )
            if not fewest <= row.students <= most:
                raise DesignError(
                    f"{', '.join(key)}: the total says {row.students} students, its rows "
                    f"have {fewest} at least and {most} at most."
                )
            if row.largest is not None and row.largest < self.largest[cell]:
                raise DesignError(
                    f"{', '.join(key)}: largest_student is {row.largest}, and one of its "
                    f"rows has {self.largest[cell]}."
                )

    def look_at(self, cell: int) -> tuple[bool, bool]:
        """Say of a cell whether it is small, and whether one student makes it all."""
        incidents = int(self.incidents[cell])
        if not incidents:
            return False, False
        row = self.told.get(self.layout.keys[cell])
        fewest = row.students if row else sum(self.students[cell].values())
        exact = row is not None or self.leaves[cell] == 1
        enrolled = row.enrolled if row else None
        if enrolled is None and self.enrolled[cell]:
            enrolled = sum(self.enrolled[cell].values())
        largest = row.largest if row and row.largest is not None else None
        if largest is None and self.largest[cell] != UNKNOWN:
            largest = int(self.largest[cell])
        threshold = self.design.threshold
        small = (
            incidents < threshold
            or fewest < threshold
            or is_dominated(incidents, fewest, largest, exact=exact)
            or (enrolled is not None and (enrolled < threshold or fewest >= enrolled))
        )
        most = row.students if row else int(self.most_students[cell])
        return small, most == 1


def is_dominated(
    incidents: int, students: int, largest: int | None, *, exact: bool
) -> bool:
    """Do one or two students make more than 80 % of a cell, as far as can be told?

    The second cannot have more than the first, nor leave fewer than one incident for
    each of the others. Of a total (not exact) only its largest leaf is known.

    >>> is_dominated(60, 12, 40, exact=True), is_dominated(60, 12, 20, exact=True)
    (True, False)
    """
    if largest is None:
        return False
    second = min(largest, max(0, incidents - largest - max(0, students - 2)))
    both = largest + (second if exact else 0)
    return both > DOMINANT * incidents


def find_people_columns(counts: Counts) -> list[int]:
    """Find the columns in which a student stands once: those that enrolment differs by.

    Along these, distinct students add up. Enrolment that changes a little from month
    to month is no sign of other students, so it must mostly differ by half or more.
    Without enrolment none are known.
    """
    rows = [(key, row.enrolled) for key, row in counts.leaves.items()]
    if any(enrolled is None for _, enrolled in rows):
        return []
    return [
        column
        for column in range(len(counts.columns))
        if find_spread(rows, column) >= OTHER_STUDENTS
    ]


def find_spread(rows: Sequence[tuple[Key, int | None]], column: int) -> float:
    """Find by how much enrolment mostly differs along a column: largest over smallest."""
    lines: dict[Key, list[int]] = {}
    for key, enrolled in rows:
        rest = (*key[:column], *key[column + 1 :])
        lines.setdefault(rest, []).append(max(1, enrolled or 0))
    return median([max(line) / min(line) for line in lines.values()])
