"""Everything the sheet tells, worked out once and released before anything is drawn."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from commonroot.analysis.coverage import Coverage, measure_coverage
from commonroot.analysis.disclosure import Released, is_small
from commonroot.analysis.rates import (
    Exposure,
    NationalMedian,
    choose_median,
    rate_per_100_students_per_day,
)
from commonroot.analysis.run_chart import RunChart, Week, draw_run_chart
from commonroot.briefs.groups import Group, Network, SchoolYear, compare_groups
from commonroot.briefs.rows import Scope
from commonroot.briefs.tables import EVERYTHING, Counter
from commonroot.engines import Engine
from commonroot.intake import Enrolment, SchoolDays
from commonroot.intake.dates import name_school_year
from commonroot.intake.fields import GROUP

RARE_A_WEEK = 2.0
FEWEST_GAPS = 10


@dataclass(frozen=True)
class Timing:
    """How well the period was recorded. Shares are of incidents."""

    coverage: Coverage | None
    days_with_records: int
    logging_days: int
    records_a_day: float
    last_record: dt.date
    share_without_time: float
    share_default_time: float
    share_without_place: float
    silent_weeks: tuple[str, ...]


@dataclass(frozen=True)
class Rate:
    """A rate with its denominator; None with the reason why there is none."""

    value: float | None
    majors: float | None
    denominator: str
    national: NationalMedian | None
    enrolled: int | None


@dataclass(frozen=True)
class DaysBetween:
    """School days from one incident to the next, where incidents are rare."""

    median: float
    longest: int
    gaps: int


@dataclass(frozen=True)
class Facts:
    """One sheet's content. Counts of people are released; nothing else is kept."""

    scope: Scope
    incidents: int | None
    students: int | None
    student_incidents: int | None
    removals: int | None
    keyed: bool
    timing: Timing
    rate: Rate
    run_chart: RunChart | None
    days_between: DaysBetween | None
    calendar: Released
    situations: Released
    simple: Mapping[str, Released]
    groups: tuple[Group, ...]
    group_year: str | None
    subjective_share: float | None
    several_years: bool
    calendar_without_school: bool
    share_off_calendar: float


def work_out(
    engine: Engine,
    scope: Scope,
    *,
    everyone: tuple[Engine, Scope] | None = None,
    enrolment: Enrolment | None,
    school_days: SchoolDays | None,
) -> Facts:
    """Work out a sheet's facts from an engine over the scope's rows.

    `everyone` is an engine over all schools of the file, when the sheet is about one
    of several; its numbers are used to steady ratios and are never told.
    """
    counter = Counter(engine)
    total = counter.total
    days = list_school_days(scope, school_days)
    timing = measure_timing(counter, scope, days)
    logged = list_logging_days(scope, days, timing)
    calendar = counter.release_calendar(days or [])
    responses = counter.release_responses()
    severity = counter.release_simple("severity")
    small = is_small(total.incidents, total.students if counter.keyed else None)
    removals = responses.table("removals").get(EVERYTHING)
    school_years = list_school_years(scope, enrolment)
    return Facts(
        scope=scope,
        incidents=None if small else total.incidents,
        students=None if small or not counter.keyed else total.students,
        student_incidents=None if small else total.student_incidents,
        removals=None
        if small or removals is None or removals.protected
        else removals.incidents,
        keyed=counter.keyed,
        timing=timing,
        rate=work_out_rate(
            counter, scope, enrolment, school_days, logged, severity, small=small
        ),
        run_chart=None if small else chart_weeks(counter, scope, days, logged),
        days_between=None if small else measure_days_between(counter, days, timing),
        calendar=calendar,
        situations=counter.release_situations(scope.time_column),
        simple={
            "grade": counter.release_simple("grade"),
            "behaviour": counter.release_simple("behaviour"),
            "severity": severity,
            "response": responses,
        },
        groups=tuple(
            compare_groups(
                find_network(engine, everyone, enrolment, school_years),
                [
                    c.removeprefix(GROUP)
                    for c in scope.rows.columns
                    if c.startswith(GROUP)
                ],
            )
        )
        if counter.keyed and not small
        else (),
        group_year=school_years[0].school_year if school_years else None,
        subjective_share=share_subjective(counter),
        several_years=scope.rows["school_year"].n_unique() > 1,
        calendar_without_school=school_days is not None and days is None,
        share_off_calendar=share_off_calendar(counter, days),
    )


def list_school_days(
    scope: Scope, school_days: SchoolDays | None
) -> list[dt.date] | None:
    """List the school days of the period: those of any school on the sheet."""
    if school_days is None:
        return None
    days = {
        day
        for school in scope.schools or (None,)
        for day in list_own_days(scope, school, school_days)
    }
    return sorted(days) or None


def share_off_calendar(counter: Counter, days: list[dt.date] | None) -> float:
    """Give the share of incidents on days that the calendar does not list."""
    if days is None:
        return 0.0
    listed = set(days)
    by_day = count_by_day(counter)
    return sum(n for day, n in by_day.items() if day not in listed) / sum(
        by_day.values()
    )


def list_own_days(
    scope: Scope, school: str | None, school_days: SchoolDays | None
) -> list[dt.date]:
    """List one school's days of the period."""
    return school_days.between(school, scope.first, scope.last) if school_days else []


def count_by_day(counter: Counter) -> dict[dt.date, int]:
    """Count incidents by date."""
    return {
        dt.date.fromisoformat(str(day)): count.incidents
        for day, count in counter.named(["day"]).items()
    }


def measure_timing(
    counter: Counter, scope: Scope, days: list[dt.date] | None
) -> Timing:
    """Measure how well the period was recorded."""
    records = count_by_day(counter)
    coverage = measure_coverage(days, records) if days else None
    logging_days = coverage.logging_days if coverage else len(records)
    events = scope.rows.group_by("event").agg(
        pl.col("minute").max().alias("minute"),
        pl.col("location").count().alias("placed"),
    )
    total = events.height

    def share(count: int) -> float:
        return count / total

    return Timing(
        coverage=coverage,
        days_with_records=len(records),
        logging_days=logging_days,
        records_a_day=counter.total.incidents / max(1, logging_days),
        last_record=scope.last_record,
        share_without_time=share(events["minute"].null_count()),
        share_default_time=share(int((events["minute"] == -1).sum())),
        share_without_place=share(int((events["placed"] == 0).sum())),
        silent_weeks=() if days else find_silent_weeks(scope, records),
    )


def find_silent_weeks(scope: Scope, records: Mapping[dt.date, int]) -> tuple[str, ...]:
    """Name the weeks without any record, for a school whose calendar we do not know."""
    recorded = {day - dt.timedelta(days=day.weekday()) for day in records}
    return tuple(
        monday.isoformat() for monday in list_mondays(scope) if monday not in recorded
    )


def list_mondays(scope: Scope) -> list[dt.date]:
    """List the Mondays of the period's weeks."""
    monday = scope.first - dt.timedelta(days=scope.first.weekday())
    weeks = (scope.last - monday).days // 7 + 1
    return [monday + dt.timedelta(weeks=number) for number in range(weeks)]


def list_logging_days(
    scope: Scope, days: list[dt.date] | None, timing: Timing
) -> list[dt.date]:
    """List the days on which records were kept."""
    if days is None or timing.coverage is None:
        return sorted(scope.rows["date"].unique().to_list())
    gaps = timing.coverage.gaps
    return [
        day for day in days if not any(gap.first <= day <= gap.last for gap in gaps)
    ]


def list_school_years(scope: Scope, enrolment: Enrolment | None) -> list[SchoolYear]:
    """List the schools of the sheet in its last school year, with their enrolment."""
    if enrolment is None:
        return []
    year = str(scope.rows["school_year"].max())
    found = [
        SchoolYear(school, year, enrolment.of_school(school, year))
        for school in scope.schools or (None,)
    ]
    return [each for each in found if each.enrolment.counts]


def find_network(
    engine: Engine,
    everyone: tuple[Engine, Scope] | None,
    enrolment: Enrolment | None,
    mine: list[SchoolYear],
) -> Network:
    """Find the other schools of the file that can steady this sheet's ratios."""
    if everyone is None or not mine:
        return Network(engine, mine, len(mine))
    other_engine, scope = everyone
    names = {each.school for each in mine}
    others = [
        each for each in list_school_years(scope, enrolment) if each.school not in names
    ]
    return Network(other_engine, [*mine, *others], len(mine))


def work_out_rate(
    counter: Counter,
    scope: Scope,
    enrolment: Enrolment | None,
    school_days: SchoolDays | None,
    logged: Sequence[dt.date],
    severity: Released,
    *,
    small: bool,
) -> Rate:
    """Work out the rate; without enrolment or a calendar there is none, and why."""
    days = list_school_days(scope, school_days)
    if enrolment is None or days is None:
        missing = [
            *(["enrolment"] if enrolment is None else []),
            *(["a calendar of school days"] if days is None else []),
        ]
        return Rate(
            None, None, f"no rate: {' and '.join(missing)} not given", None, None
        )
    exposures: list[Exposure] = []
    notes: set[str] = set()
    grades: set[str] = set()
    years = sorted({name_school_year(day) for day in logged})
    for school in scope.schools or (None,):
        own = set(list_own_days(scope, school, school_days)).intersection(logged)
        for year in years:
            counts = enrolment.of_school(school, year)
            enrolled = counts.total()
            if enrolled:
                in_year = sum(name_school_year(day) == year for day in own)
                exposures.append(Exposure(enrolled, in_year))
                grades |= set(counts.grades())
                notes.add(counts.note() or "")
    if not exposures:
        return Rate(
            None,
            None,
            "no rate: the enrolment file has no count for this school",
            None,
            None,
        )
    value = rate_per_100_students_per_day(counter.total.incidents, exposures)
    majors = severity.table("severity").get("major")
    students = max(each.enrolled for each in exposures)
    source = f" ({max(notes)})" if max(notes) else ""
    several = len(scope.schools) > 1
    enrolled = (
        sum(e.enrolled for e in exposures) if several and len(years) == 1 else students
    )
    return Rate(
        None if small else value,
        rate_per_100_students_per_day(majors.incidents, exposures)
        if majors and majors.incidents is not None and not small
        else None,
        f"{enrolled:,} students{source} on {len(logged)} school days on which records were kept",
        None
        if several
        else choose_median(
            grades or set(map(str, scope.rows["grade"].drop_nulls().unique()))
        ),
        enrolled,
    )


def chart_weeks(
    counter: Counter,
    scope: Scope,
    days: list[dt.date] | None,
    logged: Sequence[dt.date],
) -> RunChart:
    """Draw the run chart over the weeks with school, or all weeks without a calendar."""
    counts = counter.named(["week"])
    on_days: dict[dt.date, int] = {}
    for day in logged:
        monday = day - dt.timedelta(days=day.weekday())
        on_days[monday] = on_days.get(monday, 0) + 1
    with_school = (
        {day - dt.timedelta(days=day.weekday()) for day in days} if days else None
    )
    weeks = []
    for monday in list_mondays(scope):
        count = counts.get(monday.isoformat())
        incidents = count.incidents if count else 0
        if with_school is not None and monday not in with_school and not incidents:
            continue
        weeks.append(Week(monday, incidents, on_days.get(monday, 0)))
    return draw_run_chart(weeks)


def measure_days_between(
    counter: Counter, days: list[dt.date] | None, timing: Timing
) -> DaysBetween | None:
    """Measure school days between incidents where there are fewer than two a week.

    Incidents on one date count as one event in time (the rule for G charts).
    """
    if (
        days is None
        or counter.total.incidents / max(1, timing.logging_days) * 5 >= RARE_A_WEEK
    ):
        return None
    position = {day: number for number, day in enumerate(days)}
    dates = sorted(position[day] for day in count_by_day(counter) if day in position)
    gaps = sorted(
        after - before for before, after in zip(dates, dates[1:], strict=False)
    )
    if len(gaps) < FEWEST_GAPS:
        return None
    middle = len(gaps) // 2
    median = gaps[middle] if len(gaps) % 2 else (gaps[middle - 1] + gaps[middle]) / 2
    return DaysBetween(float(median), gaps[-1], len(gaps))


def share_subjective(counter: Counter) -> float | None:
    """Give the share of incidents with a behaviour that rests on judgement."""
    known = counter.engine.count([], {"subjective": [True, False]}).total()
    named = counter.engine.count([], {"subjective": [True]}).total()
    if not known.incidents:
        return None
    people = named.students if counter.keyed else named.incidents
    return (
        None if is_small(named.incidents, people) else named.incidents / known.incidents
    )
