"""The judge: plain Python, slow and plain to see. Other engines must agree with it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from commonroot.engines.question import Count, Cube, Value


class MemoryEngine:
    """Counts rows that are held in memory as mappings.

    >>> engine = MemoryEngine([
    ...     {"event": 1, "student": "a", "response": "ISS", "removal": True, "place": "Gym"},
    ...     {"event": 1, "student": "b", "response": None, "removal": False, "place": "Gym"}])
    >>> engine.count(["place"]).cells
    {('Gym',): Count(incidents=1, students=2, student_incidents=2, removals=1)}
    """

    def __init__(self, rows: Iterable[Mapping[str, Any]]) -> None:
        self.rows = list(rows)

    def count(
        self,
        by: Sequence[str] = (),
        where: Mapping[str, Collection[Value]] | None = None,
    ) -> Cube:
        """Count by going through the rows one at a time."""
        wanted = where or {}
        cells: dict[tuple[Value, ...], list[Mapping[str, Any]]] = defaultdict(list)
        for row in self.rows:
            if all(row[column] in values for column, values in wanted.items()):
                cells[tuple(row[column] for column in by)].append(row)
        return Cube(tuple(by), {key: count_rows(rows) for key, rows in cells.items()})


def count_rows(rows: Sequence[Mapping[str, Any]]) -> Count:
    """Count the rows of one cell."""
    with_student = [row for row in rows if row["student"] is not None]
    return Count(
        incidents=len({row["event"] for row in rows}),
        students=len({row["student"] for row in with_student}),
        student_incidents=len({(row["event"], row["student"]) for row in with_student}),
        removals=len(
            {
                (row["event"], row["student"], row["response"])
                for row in rows
                if row["removal"]
            }
        ),
    )
