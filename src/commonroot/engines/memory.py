"""The judge: plain Python, slow and plain to see. Other engines must agree with it."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

import numpy as np

from commonroot.engines.question import Count, Cube, Cubes, Listing, Value


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

    def list_incidents(self, columns: Sequence[str]) -> Listing:
        """List the incidents by going through the rows one at a time."""
        incidents = self.first_values(columns)
        values = {
            column: order_values({found[column] for found in incidents.values()})
            for column in columns
        }
        number = {event: place for place, event in enumerate(incidents)}
        students = sorted(
            {
                (number[row["event"]], row["student"])
                for row in self.rows
                if row["student"] is not None
            }
        )
        return Listing(
            values,
            {
                column: np.array(
                    [
                        values[column].index(found[column])
                        for found in incidents.values()
                    ],
                    dtype=np.int64,
                )
                for column in columns
            },
            np.array(students, dtype=np.uint64).reshape(-1, 2),
        )

    def first_values(self, columns: Sequence[str]) -> dict[Any, dict[str, Value]]:
        """Give each incident the first value written in each column, by its key."""
        ordered = sorted(self.rows, key=lambda row: row["row"])
        incidents: dict[Any, list[Mapping[str, Any]]] = {}
        firsts = {row["event"]: row["row"] for row in reversed(ordered)}
        for event in sorted(firsts, key=lambda event: (firsts[event], event)):
            incidents[event] = [row for row in ordered if row["event"] == event]
        return {
            event: {
                column: min(
                    (
                        (row["row"], row[column])
                        for row in rows
                        if row[column] is not None
                    ),
                    default=(0, None),
                )[1]
                for column in columns
            }
            for event, rows in incidents.items()
        }

    def count_sets(self, columns: Sequence[str], depth: int) -> Cubes:
        """Count every set of columns by going through the incidents."""
        incidents = self.first_values(columns).values()
        return {
            chosen: Counter(
                tuple(found[column] for column in chosen) for found in incidents
            )
            for size in range(1, depth + 1)
            for chosen in combinations(columns, size)
        }


def order_values(values: Iterable[Value]) -> tuple[Value, ...]:
    """Put the values of a column in their order, nothing recorded last.

    >>> order_values({"b", None, "a"})
    ('a', 'b', None)
    """
    written = {value for value in values if value is not None}
    return (*sorted(written, key=str), *([None] if None in set(values) else []))


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
