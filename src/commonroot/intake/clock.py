"""Time of day: read, and set apart where a program filled it in."""

from typing import Any

import polars as pl

from commonroot.intake.dates import DateReading, read_clock
from commonroot.intake.distinct import Distinct
from commonroot.intake.labels import is_missing

DEFAULT_SHARE = 0.25
LEAST_ROWS_AT_DEFAULT = 5
DEFAULTED = -1
Account = dict[str, Any]


def read_minutes(times: Distinct, account: Account) -> pl.Series:
    """Read a column of times as minutes after midnight; tell how many cannot be read."""
    read = {text: read_clock(text) for text in times.texts}
    unread = sum(
        rows
        for text, rows in times.counts.items()
        if read[text] is None and not is_missing(text)
    )
    if unread:
        account["times_not_read"] = unread
    return set_defaults_apart(
        times.change(lambda texts: map(read.get, texts), pl.Int16), account
    )


def take_minutes(dates: Distinct, reading: DateReading, account: Account) -> pl.Series:
    """Take the minutes that stand beside the date in one column."""
    minutes = dates.change(
        lambda texts: [reading.minutes.get(text) for text in texts], pl.Int16
    )
    return set_defaults_apart(minutes, account)


def set_defaults_apart(minutes: pl.Series, account: Account) -> pl.Series:
    """Find minutes that a program filled in: midnight, and any with over a quarter.

    Such a minute becomes -1: known to be written, and known to mean nothing.

    >>> set_defaults_apart(pl.Series([480] * 6 + [500, 510], dtype=pl.Int16), {}).to_list()
    [-1, -1, -1, -1, -1, -1, 500, 510]
    """
    counted = minutes.drop_nulls().value_counts(name="rows").sort("rows")
    rows = dict(zip(counted[minutes.name], counted["rows"], strict=True))
    defaults = sorted(
        minute
        for minute, number in rows.items()
        if minute == 0
        or (number > DEFAULT_SHARE * len(minutes) and number >= LEAST_ROWS_AT_DEFAULT)
    )
    if not defaults:
        return minutes
    account["entry_time_defaults"] = [f"{m // 60:02d}:{m % 60:02d}" for m in defaults]
    account["rows_with_default_time"] = sum(rows[minute] for minute in defaults)
    frame = minutes.to_frame("minute")
    apart = pl.when(pl.col("minute").is_in(defaults)).then(pl.lit(DEFAULTED, pl.Int16))
    return frame.select(apart.otherwise("minute").alias("minute")).to_series()
