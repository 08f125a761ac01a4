"""What can be asked of rows, and what comes back."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Value = str | int | bool | None


@dataclass(frozen=True)
class Count:
    """How much a cell holds. None of these may be added across cells.

    `incidents` are distinct events; `students` distinct students; `student_incidents`
    distinct pairs of the two; `removals` distinct removing responses to a student in
    an event. A row without a student counts an incident and no student.
    """

    incidents: int
    students: int
    student_incidents: int
    removals: int


@dataclass(frozen=True)
class Cube:
    """Counts by the values of some columns. Cells without a row are not there."""

    by: tuple[str, ...]
    cells: Mapping[tuple[Value, ...], Count]

    def total(self) -> Count:
        """Give the one count of a question without columns; zero when no row fits."""
        return self.cells.get((), Count(0, 0, 0, 0))


@dataclass(frozen=True)
class Listing:
    """Incidents one by one, as codes, and the students of each.

    `values` are the distinct values of each column in their order, nothing recorded
    last; `codes` say for each incident which of them it has. Where the rows of an
    incident differ, the first value that was written stands for it. `students` are
    pairs (number of the incident from 0, student's key).
    """

    values: Mapping[str, tuple[Value, ...]]
    codes: Mapping[str, NDArray[np.int64]]
    students: NDArray[np.uint64]


Cubes = Mapping[tuple[str, ...], Mapping[tuple[Value, ...], int]]


class Engine(Protocol):
    """Answers questions about rows.

    Rows have the columns `event`, `student`, `response` and `removal`, and any others
    that a question names.
    """

    def count(
        self,
        by: Sequence[str] = (),
        where: Mapping[str, Collection[Value]] | None = None,
    ) -> Cube:
        """Count the rows whose columns hold one of the wanted values, by columns.

        `None` among the wanted values means rows where nothing was recorded.
        """
        ...

    def list_incidents(self, columns: Sequence[str]) -> Listing:
        """List the incidents with some columns, in the order of their first rows."""
        ...

    def count_sets(self, columns: Sequence[str], depth: int) -> Cubes:
        """Count incidents by every set of up to `depth` columns, all in one pass.

        Each incident counts once in each set, with its first values as in
        `list_incidents`. Cells without an incident are not there.
        """
        ...
