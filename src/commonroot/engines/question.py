"""What can be asked of rows, and what comes back."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

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
