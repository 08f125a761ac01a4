"""The default engine: DuckDB, in this process, over columns that are in memory."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import duckdb

from commonroot.engines.question import Count, Cube, Value

COUNTS = """
    count(DISTINCT event),
    count(DISTINCT student),
    count(DISTINCT (event, student)) FILTER (WHERE student IS NOT NULL),
    count(DISTINCT (event, student, response)) FILTER (WHERE removal)
"""


class DuckDBEngine:
    """Counts the rows of a table that DuckDB can read without copying (Arrow, polars).

    Nothing is written to disk; the connection lives as long as the engine.
    """

    def __init__(self, rows: Any) -> None:
        self.connection = duckdb.connect()
        self.connection.execute("SET enable_external_access = false")
        self.connection.register("rows", rows)

    def count(
        self,
        by: Sequence[str] = (),
        where: Mapping[str, Collection[Value]] | None = None,
    ) -> Cube:
        """Count in one statement; column names are quoted and values are parameters."""
        columns = [quote(column) for column in by]
        conditions, values = make_conditions(where or {})
        statement = (
            f"SELECT {', '.join([*columns, COUNTS])} FROM rows"
            f"{' WHERE ' + ' AND '.join(conditions) if conditions else ''}"
            f"{' GROUP BY ' + ', '.join(columns) if columns else ''}"
        )
        found = self.connection.execute(statement, values).fetchall()
        width = len(columns)
        cells = {
            tuple(row[:width]): Count(*row[width:]) for row in found if row[width] > 0
        }
        return Cube(tuple(by), cells)


def make_conditions(
    where: Mapping[str, Collection[Value]],
) -> tuple[list[str], list[Value]]:
    """Write the conditions, and the values that they wait for."""
    conditions: list[str] = []
    parameters: list[Value] = []
    for column, wanted in where.items():
        values = [value for value in wanted if value is not None]
        places = ", ".join("?" for _ in values)
        parts = [f"{quote(column)} IN ({places})"] if values else []
        parts += [f"{quote(column)} IS NULL"] if None in wanted else []
        conditions.append(f"({' OR '.join(parts) or 'false'})")
        parameters += values
    return conditions, parameters


def quote(column: str) -> str:
    """Quote a column's name."""
    return '"' + column.replace('"', '""') + '"'
