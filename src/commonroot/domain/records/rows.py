"""Canonical rows as they are kept: one text an incident, and back."""

import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from commonroot.intake.cell_digests import digest_cells, mix_bits
from commonroot.intake.fields import CANONICAL, GROUP

TYPES: dict[str, pl.DataType] = {
    "date": pl.Date(),
    "minute": pl.Int16(),
    "subjective": pl.Boolean(),
    "student": pl.UInt64(),
    "removal": pl.Boolean(),
    "days_removed": pl.Float64(),
}
NOT_DIGESTED = ("row", "event", "school")


@dataclass(frozen=True)
class Told:
    """What a file says of one incident."""

    key: str
    day: date
    school_year: str
    rows: str
    digest: str


def digest_incidents(rows: pl.DataFrame) -> pl.DataFrame:
    """Give each incident's key (`event`), `day` and `digest`, a line an incident.

    The digest is 64 bits made of what its rows say, so that it is the same on every
    machine. Where a row stands in a file, what the file calls the school, and columns
    that say nothing make no difference: every cell that says something is hashed (`mix_bits` of its value and its
    column's name), a row is the sum of its cells, an incident the sum of its rows.
    """
    total = np.zeros(rows.height, dtype=np.uint64)
    for name in sorted(set(rows.columns) - set(NOT_DIGESTED)):
        if rows[name].null_count() < rows.height:
            total += digest_cells(rows[name])
    lines = rows.select("event", day="date", digest=pl.Series(mix_bits(total)))
    if not lines["event"].is_duplicated().any():
        return lines
    several = lines.sort("event")
    starts = np.flatnonzero(several["event"].rle_id().diff().fill_null(1).to_numpy())
    sums = np.add.reduceat(several["digest"].to_numpy(), starts)
    days = several.group_by("event", maintain_order=True).agg(pl.col("day").min())
    return days.with_columns(digest=pl.Series(mix_bits(sums)))


def tell_incidents(
    rows: pl.DataFrame, digests: pl.DataFrame | None = None
) -> Iterator[Told]:
    """Tell each incident of some canonical rows, in the order of their keys.

    With `digests`, those of its incidents alone.
    """
    wanted = digest_incidents(rows) if digests is None else digests
    found = dict(wanted.select("event", "digest").iter_rows())
    kept = rows.drop("row").join(wanted.select("event"), on="event", how="semi")
    kept = kept.with_columns(
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
        first = by_key[key][0]
        yield Told(
            str(key),
            date.fromisoformat(str(first["date"])),
            str(first["school_year"]),
            f"[{','.join(lines)}]",
            str(found[key]),
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
    """Pack the rows that a file would write, until the yes."""
    file = io.BytesIO()
    rows.write_parquet(file)
    return file.getvalue()


def pack_told(digests: pl.DataFrame) -> bytes:
    """Pack what a file said of each incident: its key, day and digest."""
    file = io.BytesIO()
    digests.write_ipc(file, compression="uncompressed")
    return file.getvalue()


def unpack_told(packed: bytes) -> list[tuple[str, str]]:
    """Unpack keys and digests, as they stand in the database."""
    pair = pl.col("event", "digest").cast(pl.String)
    return list(read_told(packed).select(pair).iter_rows())


def read_told(packed: bytes) -> pl.DataFrame:
    """Read what a file said of each incident: its key, day and digest."""
    return pl.read_ipc(io.BytesIO(packed))


def unpack(packed: bytes) -> pl.DataFrame:
    """Unpack rows."""
    return pl.read_parquet(io.BytesIO(packed))
