"""The rows of one sheet: one school or several, one period, the students in question.

Victims, witnesses and reporters are kept by the intake and not counted here: an
incident counts when at least one student who took part in it is on record, or when
the file names no student in it at all.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from commonroot.intake import ColumnMap
from commonroot.intake.dates import read_clock
from commonroot.intake.labels import label_key
from commonroot.languages import gettext as _
from commonroot.languages import gettext_noop

WEEKDAYS = (
    gettext_noop("Monday"),
    gettext_noop("Tuesday"),
    gettext_noop("Wednesday"),
    gettext_noop("Thursday"),
    gettext_noop("Friday"),
    gettext_noop("Saturday"),
    gettext_noop("Sunday"),
)
NOT_RECORDED = "(not recorded)"
OUTSIDE_BELLS = "Between bells"
FEWEST_ROWS_OF_SCHOOL = 5


class BriefError(Exception):
    """A sheet cannot be made of this. The text says why and what to do."""


@dataclass(frozen=True)
class Scope:
    """What the sheet is about: whose rows, from when to when."""

    rows: pl.DataFrame
    schools: tuple[str, ...]
    first: dt.date
    last: dt.date
    last_record: dt.date
    until: dt.date
    without_offender: int
    time_column: str
    bell_minutes: Mapping[str, int]


def choose_rows(
    rows: pl.DataFrame,
    mapping: ColumnMap,
    *,
    school: str | None,
    first: dt.date | None,
    last: dt.date | None,
    today: dt.date | None = None,
) -> Scope:
    """Choose the rows of a sheet, and add what is read off date and time.

    The sheet is read `today`; a period without a last day ends with its last record.
    """
    today = today or dt.date.today()
    named = rows["school"].drop_nulls().unique().sort().to_list()
    if school is not None and named:
        rows = rows.filter(pl.col("school") == match_school(school, rows["school"]))
    taking_part = rows.filter(pl.col("role").is_null() | (pl.col("role") == "offender"))
    between = taking_part.filter(
        (pl.col("date") >= (first or dt.date.min))
        & (pl.col("date") <= (last or dt.date.max))
    )
    if between.is_empty():
        raise BriefError(explain_empty(taking_part, first, last))
    counted = set(taking_part["event"].unique())
    without = (
        rows.filter(~pl.col("event").is_in(list(counted))) if len(counted) else rows
    )
    last_record = max_date(between)
    schools = between["school"].drop_nulls().unique().sort().to_list()
    return Scope(
        rows=add_columns(between, mapping.bells),
        schools=tuple(schools or ([school] if school else [])),
        first=first or min_date(between),
        last=last or last_record,
        last_record=last_record,
        until=last or today,
        without_offender=without["event"].n_unique(),
        time_column=choose_time_column(between, mapping),
        bell_minutes={
            name: end - start for name, start, end in read_bells(mapping.bells)
        },
    )


def min_date(rows: pl.DataFrame) -> dt.date:
    """Give the first date."""
    dates: list[dt.date] = rows["date"].unique().to_list()
    return min(dates)


def max_date(rows: pl.DataFrame) -> dt.date:
    """Give the last date."""
    dates: list[dt.date] = rows["date"].unique().to_list()
    return max(dates)


def match_school(wanted: str, schools: pl.Series) -> str:
    """Find the school that was asked for, whatever its case and spacing."""
    counted = schools.drop_nulls().value_counts(name="rows").sort(schools.name)
    named = dict(zip(counted[schools.name], counted["rows"], strict=True))
    for name in named:
        if label_key(name) == label_key(wanted):
            return str(name)
    # A "school" of a few rows is a slip of the pen, and may be anything.
    likely = [
        str(name) for name, rows in named.items() if rows >= FEWEST_ROWS_OF_SCHOOL
    ]
    raise BriefError(
        _("The file has no school called {wanted}. It has: {schools}.").format(
            wanted=repr(wanted), schools=", ".join(likely)
        )
    )


def explain_empty(
    rows: pl.DataFrame, first: dt.date | None, last: dt.date | None
) -> str:
    """Say why there is nothing to count."""
    if rows.is_empty():
        return _(
            "No incident in the file has a student who took part in it (only victims, "
            "witnesses or reporters), so there is nothing to count."
        )
    if first and last:
        told = _("There is no incident between {first} and {last}.")
    elif first:
        told = _("There is no incident from {first} on.")
    else:
        told = _("There is no incident up to {last}.")
    run = _("The incidents run from {first} to {last}.").format(
        first=min_date(rows), last=max_date(rows)
    )
    return f"{told.format(first=first, last=last)} {run}"


def choose_time_column(rows: pl.DataFrame, mapping: ColumnMap) -> str:
    """Choose how time of day is told: bells, else the clock, else the file's periods."""
    if mapping.bells:
        return "bell"
    timed = int((rows["minute"].fill_null(-1) >= 0).sum())
    return "period" if rows["period"].count() > timed else "half_hour"


def add_columns(rows: pl.DataFrame, bells: Mapping[str, str]) -> pl.DataFrame:
    """Add week, month, weekday, half hour, hour, and bell period."""
    clock = pl.when(pl.col("minute") >= 0).then(pl.col("minute").cast(pl.Int32))
    half_hour = pl.format(
        "{}:{}",
        (clock // 60).cast(pl.String).str.zfill(2),
        pl.when(clock % 60 < 30).then(pl.lit("00")).otherwise(pl.lit("30")),
    )
    names = pl.Series(WEEKDAYS)
    added = rows.with_columns(
        pl.col("date").dt.truncate("1w").cast(pl.String).alias("week"),
        pl.col("date").dt.strftime("%Y-%m").alias("month"),
        (pl.col("date").dt.weekday() - 1)
        .replace_strict(list(range(7)), names, return_dtype=pl.String)
        .alias("weekday"),
        pl.when(clock.is_not_null()).then(half_hour).alias("half_hour"),
        pl.when(clock.is_not_null())
        .then(pl.format("{}:00", (clock // 60).cast(pl.String).str.zfill(2)))
        .alias("hour"),
        pl.col("date").cast(pl.String).alias("day"),
    )
    return added.with_columns(name_bells(added["minute"], bells).alias("bell"))


def name_bells(minutes: pl.Series, bells: Mapping[str, str]) -> pl.Series:
    """Name the bell period of each minute; a period ends before the next begins."""
    spans = read_bells(bells)
    distinct = [
        minute for minute in minutes.unique().drop_nulls().to_list() if minute >= 0
    ]
    names = [
        next(
            (name for name, start, end in spans if start <= minute < end), OUTSIDE_BELLS
        )
        for minute in distinct
    ]
    if not spans or not distinct:
        return pl.Series([None] * len(minutes), dtype=pl.String)
    return minutes.replace_strict(distinct, names, default=None, return_dtype=pl.String)


def read_bells(bells: Mapping[str, str]) -> list[tuple[str, int, int]]:
    """Read a bell schedule: name = "10:15-10:35".

    >>> read_bells({"Recess": "10:15-10:35"})
    [('Recess', 615, 635)]
    """
    spans = []
    for name, span in bells.items():
        start, _, end = span.replace("–", "-").partition("-")
        minutes = read_clock(start), read_clock(end)
        if minutes[0] is None or minutes[1] is None or minutes[0] >= minutes[1]:
            raise BriefError(
                f"The bell {name!r} in the mapping reads {span!r}. Write it like "
                '"10:15-10:35".'
            )
        spans.append((name, minutes[0], minutes[1]))
    return spans
