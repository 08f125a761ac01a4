"""Canonical rows as they are kept: one text an incident, and back."""

import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import polars as pl
import polars_hash

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


def digest_incidents(rows: pl.DataFrame) -> pl.DataFrame:
    """Give each incident's key (`event`), `day` and `digest`, a line an incident.

    The digest is the XXH64 of what its rows say, so that it is the same on every
    machine. Where a row stands in a file, and columns that say nothing, make no
    difference.
    """
    said = [
        pl.lit(f"{name}=") + pl.col(name).cast(pl.String)
        for name in sorted(set(rows.columns) - set(NOT_KEPT))
        if rows[name].null_count() < rows.height
    ]
    text = pl.concat_str(said, separator="\x1f", ignore_nulls=True)
    lines = rows.select("event", day="date", text=text).select(
        "event", "day", digest=hash_texts("text")
    )
    if not lines["event"].is_duplicated().any():
        return lines
    several = lines.sort("event", "digest").group_by("event", maintain_order=True)
    joined = several.agg(
        pl.col("day").min(), pl.col("digest").cast(pl.String).str.join("+").alias("all")
    )
    return joined.select("event", "day", digest=hash_texts("all"))


def hash_texts(column: str) -> pl.Expr:
    """Hash a column of texts."""
    hashed: pl.Expr = polars_hash.col(column).nchash.xxhash64()
    return hashed


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


def pack(rows: pl.DataFrame, digests: pl.DataFrame) -> bytes:
    """Pack rows and their incidents' digests for the time between reading and the yes."""
    file = io.BytesIO()
    told = digests.select("event", "digest")
    rows.join(told, on="event", how="left", maintain_order="left").write_parquet(file)
    return file.getvalue()


def unpack(packed: bytes) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Unpack rows and digests."""
    rows = pl.read_parquet(io.BytesIO(packed))
    told = rows.select("event", "digest", day="date")
    digests = told.group_by("event").agg(pl.col("day").min(), pl.col("digest").first())
    return rows.drop("digest"), digests
