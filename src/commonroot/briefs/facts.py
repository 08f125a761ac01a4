"""Everything the sheet tells, worked out once and released before anything is drawn."""

from collections.abc import Mapping
from dataclasses import dataclass

from commonroot.analysis.disclosure import Released, Totals, release_totals
from commonroot.analysis.disclosure.seal import require_released
from commonroot.analysis.run_chart import RunChart
from commonroot.briefs.groups import Group, Network, SchoolYear, compare_groups
from commonroot.briefs.rate import Rate, work_out_rate
from commonroot.briefs.rows import Scope
from commonroot.briefs.tables import EVERYTHING, Counter
from commonroot.briefs.timing import (
    Timing,
    list_dates,
    list_logging_days,
    list_school_days,
    measure_timing,
)
from commonroot.briefs.weeks import DaysBetween, chart_weeks, measure_days_between
from commonroot.engines import Engine
from commonroot.intake import Enrolment, SchoolDays
from commonroot.intake.fields import GROUP

SIMPLE = ("grade", "behaviour", "severity")


@dataclass(frozen=True)
class Facts:
    """One sheet's content. Counts of people are released; nothing else is kept."""

    scope: Scope
    totals: Totals
    keyed: bool
    knows_responses: bool
    timing: Timing
    rate: Rate
    run_chart: RunChart | None
    days_between: DaysBetween | None
    calendar: Released
    situations: Released
    simple: Mapping[str, Released]
    groups: tuple[Group, ...]
    group_year: str | None
    several_years: bool

    def __post_init__(self) -> None:
        """Refuse tables and totals that have not gone through the release."""
        require_released(self.totals, Totals)
        for table in (self.calendar, self.situations, *self.simple.values()):
            require_released(table, Released)


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
    days = list_school_days(scope, school_days)
    records = counter.count_dates("day")
    timing = measure_timing(scope, school_days, records)
    logged = list_logging_days(days, timing, records)
    simple = {
        "response": counter.release_responses(),
        **{name: counter.release_simple(name) for name in SIMPLE},
    }
    totals = find_totals(counter, simple["response"])
    known = totals.incidents is not None
    schools = list_school_years(scope, enrolment) if counter.keyed and known else []
    return Facts(
        scope=scope,
        totals=totals,
        keyed=counter.keyed,
        knows_responses=counter.knows_responses,
        timing=timing,
        rate=work_out_rate(
            counter, scope, enrolment, school_days, logged, simple["severity"]
        )
        if known
        else Rate("no rate: fewer than 5 students"),
        run_chart=chart_weeks(scope, days, logged, counter.count_dates("week"))
        if known
        else None,
        days_between=measure_days_between(days, timing.logging_days, records)
        if known
        else None,
        calendar=counter.release_calendar(
            days or list_dates(scope), (scope.first, scope.last_record)
        ),
        situations=counter.release_situations(scope.time_column),
        simple=simple,
        groups=tuple(
            compare_groups(
                find_network(engine, everyone, enrolment, schools), list_groups(scope)
            )
        ),
        group_year=schools[0].school_year if schools else None,
        several_years=scope.rows["school_year"].n_unique() > 1,
    )


def find_totals(counter: Counter, responses: Released) -> Totals:
    """Find what there was in all; removals stand or fall with the responses."""
    total = counter.total
    return release_totals(
        total.incidents,
        total.students if counter.keyed else None,
        total.student_incidents if counter.keyed else None,
        responses.table("removals").get(EVERYTHING)
        if counter.knows_responses
        else None,
    )


def list_groups(scope: Scope) -> list[str]:
    """List the headers of the student groups."""
    return [
        column.removeprefix(GROUP)
        for column in scope.rows.columns
        if column.startswith(GROUP)
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
