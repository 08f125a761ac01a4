"""One slice of a school's incidents week by week, beside the rest: what a check looks at."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from commonroot.analysis.check import (
    NOWHERE,
    Elsewhere,
    Moves,
    Series,
    Week,
    weigh_moves,
)
from commonroot.analysis.coverage import measure_coverage
from commonroot.analysis.pattern_words import name_kind
from commonroot.briefs.rows import NOT_RECORDED, BriefError, Scope, choose_rows
from commonroot.briefs.scan_columns import list_sources
from commonroot.briefs.timing import find_monday, list_mondays, list_school_days
from commonroot.intake import Intake, SchoolDays
from commonroot.intake.fields import GROUP
from commonroot.languages import gettext as _

SAME_WEEKS = dt.timedelta(weeks=52)
SUMMER, LATE = dt.timedelta(weeks=8), dt.timedelta(weeks=2)
# Longer than any holiday within the weeks that are looked at, summer apart.
EARLY = dt.timedelta(weeks=12)
LONGEST_BEFORE, FEWEST_BEFORE = dt.timedelta(weeks=44), dt.timedelta(weeks=12)


@dataclass(frozen=True)
class SliceWeeks:
    """The weeks of a slice about a day, how it moved a year before, and its first week."""

    series: Series
    last_year: Moves
    first: dt.date


def count_slice_weeks(
    intake: Intake,
    conditions: Mapping[str, str],
    *,
    start: dt.date,
    end: dt.date,
    school_days: SchoolDays | None = None,
) -> SliceWeeks:
    """Count a slice's incidents before and since a day, by week, up to `end`.

    `conditions` are those of a pattern of the scan: column and value. An incident is in
    the slice when one of its rows meets all of them. The weeks before are those of the
    school year, or of 44 weeks when it was less than 12 weeks old: children move up and
    classes change in summer. The week in which `start` lies is the first one after. Raises BriefError when a condition names a column there is not, or when
    there are no incidents.
    """
    first = max(find_first_week(start), oldest(intake.rows))
    scope = choose_rows(
        intake.rows, intake.mapping, school=None, first=first, last=end, today=end
    )
    series = make_series(scope, conditions, start, school_days)
    # Weeks before that reach into last year are not looked at a second time.
    reaches_back = scope.first < end - SAME_WEEKS
    last_year = (
        NOWHERE
        if reaches_back
        else weigh_moves(count_last_year(intake, conditions, scope, start))
    )
    return SliceWeeks(series, last_year, oldest(scope.rows))


def find_first_week(start: dt.date) -> dt.date:
    """Find the first week that is looked at before a change.

    >>> find_first_week(dt.date(2026, 1, 7)), find_first_week(dt.date(2025, 9, 24))
    (datetime.date(2025, 6, 30), datetime.date(2024, 11, 18))
    """
    autumn = find_monday(dt.date(start.year - (start.month < 7), 7, 1))
    taught = find_monday(start) - autumn - SUMMER
    return autumn if taught >= FEWEST_BEFORE else find_monday(start) - LONGEST_BEFORE


def oldest(rows: pl.DataFrame) -> dt.date:
    """Give the Monday of the first incident."""
    dates = rows["date"].drop_nulls()
    first = dates.min()
    return find_monday(first) if isinstance(first, dt.date) else dt.date.min


def make_series(
    scope: Scope,
    conditions: Mapping[str, str],
    start: dt.date,
    school_days: SchoolDays | None,
) -> Series:
    """Make the series of weeks."""
    incidents = mark_incidents(scope, conditions)
    days = list_school_days(scope, school_days)
    records = Counter(incidents["date"].to_list())
    logged = set(records)
    if days:
        marked = school_days.unrecorded if school_days else ()
        gaps = measure_coverage(days, records, marked).gaps
        logged = {
            day for day in days if not any(gap.first <= day <= gap.last for gap in gaps)
        }
    logging_days = Counter(find_monday(day) for day in logged)
    school = Counter(find_monday(day) for day in days) if days else logging_days
    inside = count_mondays(incidents.filter("inside"))
    outside = count_mondays(incidents.filter(~pl.col("inside")))
    mondays = [monday for monday in list_mondays(scope) if school[monday] or not days]
    weeks = [
        Week(
            inside[monday],
            outside[monday],
            min(logging_days[monday], school[monday]),
            school[monday],
        )
        for monday in mondays
    ]
    before = sum(monday < find_monday(start) for monday in mondays)
    return Series(weeks, before)


def count_mondays(incidents: pl.DataFrame) -> Counter[dt.date]:
    """Count incidents by the Monday of their week."""
    return Counter(find_monday(day) for day in incidents["date"].to_list())


def mark_incidents(scope: Scope, conditions: Mapping[str, str]) -> pl.DataFrame:
    """Give each incident's date, and whether it lies inside the slice."""
    groups = [
        name[len(GROUP) :] for name in scope.rows.columns if name.startswith(GROUP)
    ]
    sources = {each.name: each for each in list_sources(scope.time_column, groups)}
    inside = pl.lit(value=True)
    for name, value in conditions.items():
        source = sources.get(name)
        if source is None or source.column not in scope.rows.columns:
            raise BriefError(
                _(
                    "These records do not say {what}, so the slice cannot be counted."
                ).format(what=name_kind(name))
            )
        told = scope.rows[source.column].cast(pl.String)
        matching = [
            each
            for each in told.drop_nulls().unique().to_list()
            if (source.rename(name_truth(each)) if each else NOT_RECORDED) == value
        ]
        inside &= pl.col(source.column).cast(pl.String).is_in(matching)
    return scope.rows.group_by("event").agg(
        pl.col("date").min(), inside.fill_null(value=False).any().alias("inside")
    )


def name_truth(text: str) -> str:
    """Name a truth as the engines do."""
    return {"true": "True", "false": "False"}.get(text, text)


def count_last_year(
    intake: Intake, conditions: Mapping[str, str], scope: Scope, start: dt.date
) -> list[Elsewhere]:
    """Count the same weeks a year before; nothing when the records do not reach back."""
    first, last = oldest(scope.rows) - SAME_WEEKS, scope.last - SAME_WEEKS
    turn = find_monday(start) - SAME_WEEKS
    return count_elsewhere(intake, conditions, first=first, turn=turn, last=last)


def count_elsewhere(
    intake: Intake,
    conditions: Mapping[str, str],
    *,
    first: dt.date,
    turn: dt.date,
    last: dt.date,
) -> list[Elsewhere]:
    """Count a slice where nothing was changed, before a day and from it on.

    Nothing when the records begin late, end early, or do not tell of such a slice.
    """
    if oldest(intake.rows) > first + LATE:
        return []
    try:
        scope = choose_rows(
            intake.rows, intake.mapping, school=None, first=first, last=last, today=last
        )
        incidents = mark_incidents(scope, conditions)
    except BriefError:
        return []
    if scope.last_record < last - EARLY:
        return []
    counts = Counter(
        zip(
            (incidents["date"] < turn).to_list(),
            incidents["inside"].to_list(),
            strict=True,
        )
    )
    return [
        Elsewhere(
            target_before=counts[True, True],
            rest_before=counts[True, False],
            target_after=counts[False, True],
            rest_after=counts[False, False],
        )
    ]
