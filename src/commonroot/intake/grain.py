"""The grain: which rows tell of the same incident.

The key is school, school year and incident id, because some systems number from one
again every year. Without an id, rows of the same school, date, time and place are one
incident; a row that lacks one of these stands for itself.
"""

from collections.abc import Sequence

import numpy as np
import polars as pl

from commonroot.intake.cell_digests import Bits, digest_cells, mix_bits
from commonroot.intake.distinct import count_distinct
from commonroot.intake.mapping import MappingError
from commonroot.languages import gettext as _

LARGEST_CONFLICT_SHARE = 0.2
NOT_SAID = ("row", "position", "school", "incident_id")


def key_events(rows: pl.DataFrame) -> pl.Series:
    """Give each row the key of its incident, as a number that means nothing.

    Two rows have the same key when they tell of the same incident: in this file, and in
    the next one that tells of it. The keys are 64-bit hashes: among a million incidents
    two meet with a chance of 1 in 37 million. The digest of the school is added last, so
    that whoever knows the school by another name can take it away (`leave_school`).
    """
    without = rows["incident_id"].is_null()
    keys = np.zeros(rows.height, dtype=np.uint64)
    if not without.all():
        keys = sum_digests(rows, ("school_year", "incident_id"))
    if without.any():
        by_place = sum_digests(rows, ("date", "minute", "place"))
        placed = rows["place"].is_not_null() & (rows["minute"] >= 0).fill_null(
            value=False
        )
        keys = np.where(without.to_numpy(), by_place, keys)
        alone = (without & ~placed).to_numpy()
        if alone.any():
            keys[alone] = number_alike(rows.filter(pl.Series(alone)))
    return pl.Series("event", mix_bits(keys) + digest_cells(rows["school"]))


def sum_digests(rows: pl.DataFrame, names: Sequence[str]) -> Bits:
    """Sum the digests of some cells of each row; sums go round at 64 bits."""
    total = np.zeros(rows.height, dtype=np.uint64)
    for name in names:
        total += digest_cells(rows[name])
    return total


def number_alike(rows: pl.DataFrame) -> Bits:
    """Key rows that stand for themselves: by all they say, and their number among equals.

    Where a row stands in the file makes no difference: the next one has it elsewhere.
    """
    says = [
        name
        for name, kind in rows.schema.items()
        if name not in NOT_SAID and not isinstance(kind, pl.List)
    ]
    digests = pl.DataFrame({"digest": sum_digests(rows, says)})
    number = digests.select(pl.int_range(pl.len()).over("digest")).to_series()
    return digests["digest"].to_numpy() + digest_cells(
        number.alias("number among equals")
    )


def leave_school(rows: pl.DataFrame) -> pl.DataFrame:
    """Take the school out of the keys of rows that are all of one school."""
    keys = rows["event"].to_numpy() - digest_cells(rows["school"])
    return rows.with_columns(event=pl.Series(keys))


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
            _(
                "The incident id stands under two or more dates for {wrong} of {events} incidents, "
                "so that column is not an incident id."
            ).format(wrong=len(wrong), events=events),
            _(
                "Write a mapping (commonroot mapping FILE > my.toml), name the right column or take "
                "the line incident_id out, and run again with --mapping my.toml."
            ),
        )
    return rows["event"].is_in(wrong.implode())
