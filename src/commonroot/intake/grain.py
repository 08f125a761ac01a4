"""The grain: which rows tell of the same incident.

The key is school, school year and incident id, because some systems number from one
again every year. Without an id, rows of the same school, date, time and place are one
incident; a row that lacks one of these stands for itself.
"""

import polars as pl

from commonroot.intake.distinct import count_distinct
from commonroot.intake.mapping import MappingError

LARGEST_CONFLICT_SHARE = 0.2


def key_events(rows: pl.DataFrame) -> pl.Series:
    """Give each row the key of its incident, as a number that means nothing.

    Two rows have the same key when they tell of the same incident. The keys are
    64-bit hashes: among a million incidents two meet with a chance of 1 in 37 million.
    """
    placed = pl.col("place").is_not_null() & (pl.col("minute") >= 0).fill_null(
        value=False
    )
    by_place = (
        pl.when(placed)
        .then(pl.struct("school", "date", "minute", "place").hash(2))
        .otherwise(pl.struct("school", "date", "row").hash(3))
    )
    without = rows["incident_id"].null_count()
    if without == 0:
        return key_by_id(rows)
    if without == rows.height:
        return rows.select(by_place.alias("event")).to_series()
    by_id = key_by_id(rows)
    chosen = pl.when(pl.col("incident_id").is_null()).then(by_place).otherwise(by_id)
    return rows.select(chosen.alias("event")).to_series()


def key_by_id(rows: pl.DataFrame) -> pl.Series:
    """Key rows by school, school year and incident id.

    The parts are hashed one by one, which is five times as fast as hashing them
    together.
    """
    place = pl.col("school").hash(1) + pl.col("school_year").hash(2)
    return rows.select(
        (pl.col("incident_id").hash(3) ^ place.hash(4)).alias("event")
    ).to_series()


def find_conflicts(rows: pl.DataFrame) -> pl.Series | None:
    """Find the rows whose incident id stands under two dates; None when none does.

    When that is so for many ids, the column is no incident id, and we say so.
    """
    events = count_distinct(rows["event"])
    dated = rows.select(pl.col("event") ^ pl.col("date").hash(5)).to_series()
    if count_distinct(dated) == events:
        return None
    spans = rows.group_by("event").agg(
        pl.col("date").min().alias("first"), pl.col("date").max().alias("last")
    )
    wrong = spans.filter(pl.col("first") != pl.col("last"))["event"]
    if len(wrong) > LARGEST_CONFLICT_SHARE * events and len(wrong) > 1:
        raise MappingError(
            f"The incident id stands under two or more dates for {len(wrong)} of "
            f"{events} incidents, so that column is not an incident id. Write a mapping "
            "(commonroot mapping FILE > my.toml), name the right column or take the line "
            "incident_id out, and run again with --mapping my.toml."
        )
    return rows["event"].is_in(wrong.implode())
