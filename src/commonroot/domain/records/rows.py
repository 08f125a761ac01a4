"""Canonical rows as they are kept: one text an incident, and back."""

import hashlib
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import polars as pl

from commonroot.intake.fields import CANONICAL, GROUP

TYPES: dict[str, pl.DataType] = {
    "date": pl.Date(),
    "minute": pl.Int16(),
    "subjective": pl.Boolean(),
    "student": pl.UInt64(),
    "removal": pl.Boolean(),
    "days_removed": pl.Float64(),
}
NOT_KEPT = ("row", "event")


@dataclass(frozen=True)
class Told:
    """What a file says of one incident."""

    key: str
    day: date
    school_year: str
    rows: str
    digest: str


def tell_incidents(rows: pl.DataFrame) -> Iterator[Told]:
    """Tell each incident of some canonical rows, in the order of their keys.

    The order of rows in a file, and where a row stands in it, make no difference.
    """
    kept = rows.drop("row").with_columns(
        pl.col("date").cast(pl.String),
        *(
            pl.col(name).cast(pl.String)
            for name, kind in rows.schema.items()
            if isinstance(kind, pl.Enum)
        ),
    )
    by_key: dict[int, list[dict[str, object]]] = {}
    for row in kept.iter_rows(named=True):
        key = row.pop("event")
        by_key.setdefault(key, []).append(
            {name: value for name, value in row.items() if value is not None}
        )
    for key in sorted(by_key):
        lines = sorted(json.dumps(row, sort_keys=True) for row in by_key[key])
        text = f"[{','.join(lines)}]"
        first = by_key[key][0]
        yield Told(
            str(key),
            date.fromisoformat(str(first["date"])),
            str(first["school_year"]),
            text,
            hashlib.sha256(text.encode()).hexdigest(),
        )


def read_rows(texts: Iterable[tuple[str, str]]) -> pl.DataFrame:
    """Read kept incidents (key, text) back into canonical rows."""
    found: dict[str, list[object]] = {"event": []}
    count = 0
    for key, text in texts:
        for row in json.loads(text):
            for name in row.keys() - found.keys():
                found[name] = [None] * count
            for name, values in found.items():
                values.append(int(key) if name == "event" else row.get(name))
            count += 1
    columns = [
        pl.Series("row", range(2, count + 2), dtype=pl.UInt32),
        *(
            read_column(name, found.get(name, [None] * count))
            for name in list_columns(found)
        ),
    ]
    return pl.DataFrame(columns)


def list_columns(found: Iterable[str]) -> list[str]:
    """List the columns of canonical rows, with the groups that were found."""

    groups = sorted(name for name in found if name.startswith(GROUP))
    return [*(name for name in CANONICAL if name != "row"), *groups]


def read_column(name: str, values: list[object]) -> pl.Series:
    """Read one column into the type that the intake gives it."""
    if name == "event":
        return pl.Series(name, values, dtype=pl.UInt64)
    if name == "date":
        return pl.Series(name, values, dtype=pl.String).str.to_date()
    return pl.Series(name, values, dtype=TYPES.get(name, pl.String()))


def pack(rows: pl.DataFrame) -> bytes:
    """Pack rows for the time between reading and the yes."""
    file = io.BytesIO()
    rows.write_parquet(file)
    return file.getvalue()


def unpack(packed: bytes) -> pl.DataFrame:
    """Unpack rows."""
    return pl.read_parquet(io.BytesIO(packed))
