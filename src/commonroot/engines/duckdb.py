"""The default engine: DuckDB, in this process, over columns that are in memory."""

from collections.abc import Collection, Mapping, Sequence
from itertools import combinations
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from commonroot.engines.question import Count, Cube, Cubes, Listing, Value

COUNTS = """
    count(DISTINCT event),
    count(DISTINCT student),
    count(DISTINCT (event, student)) FILTER (WHERE student IS NOT NULL),
    count(DISTINCT (event, student, response)) FILTER (WHERE removal)
"""
FIRST_VALUES = "SELECT event, min(row) AS first_row{} FROM rows GROUP BY event"


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

    def list_incidents(self, columns: Sequence[str]) -> Listing:
        """List the incidents; the codes are made by Arrow."""
        table = self.connection.sql(
            f"SELECT {list_firsts(columns)} FROM ({FIRST_VALUES.format(firsts(columns))})"
            " ORDER BY first_row, event"
        ).to_arrow_table()
        values, codes = {}, {}
        for place, column in enumerate(columns):
            values[column], codes[column] = encode(table.column(place))
        pairs = self.connection.sql(
            "SELECT number, student FROM (SELECT event, row_number() OVER"
            " (ORDER BY min(row), event) - 1 AS number FROM rows GROUP BY event)"
            " JOIN (SELECT DISTINCT event, student FROM rows WHERE student IS NOT NULL)"
            " USING (event) ORDER BY number, student"
        ).to_arrow_table()
        students = np.column_stack(
            [pairs.column(place).to_numpy().astype(np.uint64) for place in (0, 1)]
        )
        return Listing(values, codes, students)

    def count_sets(self, columns: Sequence[str], depth: int) -> Cubes:
        """Count every set in one statement, with grouping sets over the incidents."""
        sets = [
            chosen
            for size in range(1, depth + 1)
            for chosen in combinations(columns, size)
        ]
        if not sets:
            return {}
        named = [quote(column) for column in columns]
        grouping = ", ".join(
            f"({', '.join(quote(column) for column in chosen)})" for chosen in sets
        )
        found = self.connection.execute(
            f"SELECT GROUPING({', '.join(named)}), count(*), {', '.join(named)}"
            f" FROM ({FIRST_VALUES.format(firsts(columns))})"
            f" GROUP BY GROUPING SETS ({grouping})"
        ).fetchall()
        cubes: dict[tuple[str, ...], dict[tuple[Value, ...], int]] = {
            chosen: {} for chosen in sets
        }
        for mask, count, *cell in found:
            # A bit that is set says that its column was summed over.
            held = [
                place
                for place in range(len(columns))
                if not mask >> (len(columns) - 1 - place) & 1
            ]
            chosen = tuple(columns[place] for place in held)
            cubes[chosen][tuple(cell[place] for place in held)] = count
        return cubes


def firsts(columns: Sequence[str]) -> str:
    """Write the expressions for the first value of each column in each incident."""
    return "".join(
        f", arg_min({quote(column)}, (row, {quote(column)})) AS {quote(column)}"
        for column in columns
    )


def list_firsts(columns: Sequence[str]) -> str:
    """Write the names of the columns, or of one when none is asked for."""
    return ", ".join(map(quote, columns)) or "event"


def encode(column: Any) -> tuple[tuple[Value, ...], NDArray[np.int64]]:
    """Make a column of Arrow into its values in order, and a code for each row."""
    encoded = column.cast(column.type.value_type) if is_encoded(column) else column
    encoded = encoded.combine_chunks().dictionary_encode()
    found = encoded.dictionary.to_pylist()
    codes = encoded.indices.fill_null(len(found)).to_numpy(zero_copy_only=False)
    order = sorted(range(len(found)), key=lambda place: str(found[place]))
    missing = bool((codes == len(found)).any())
    places = np.empty(len(found) + 1, dtype=np.int64)
    places[order] = np.arange(len(found))
    places[len(found)] = len(found)
    values = tuple(found[place] for place in order)
    return (*values, *([None] if missing else [])), places[codes]


def is_encoded(column: Any) -> bool:
    """Is a column of Arrow held as codes already?"""
    return hasattr(column.type, "value_type") and hasattr(column.type, "index_type")


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
