"""How much? Incidents per 100 students per school day on which records were kept."""

from collections.abc import Sequence
from dataclasses import dataclass

from commonroot.analysis.rates import (
    Exposure,
    NationalMedian,
    choose_median,
    rate_per_100_students_per_day,
)
from commonroot.briefs.rows import Scope
from commonroot.briefs.timing import Days, list_own_days
from commonroot.intake import Enrolment, SchoolDays
from commonroot.intake.dates import name_school_year


@dataclass(frozen=True)
class Rate:
    """A rate with its denominator; None with the reason why there is none."""

    value: float | None
    majors: float | None
    denominator: str
    national: NationalMedian | None = None


@dataclass(frozen=True)
class Part:
    """One school in one school year: its enrolment and its recorded days."""

    enrolment: Enrolment
    enrolled: int
    logging_days: int


def work_out_rate(
    scope: Scope,
    enrolment: Enrolment | None,
    school_days: SchoolDays | None,
    logged: Days,
    incidents: int | None,
    majors: int | None,
) -> Rate:
    """Work out the rate; without enrolment or school days there is none, and why.

    `incidents` and `majors` are released counts; a protected one has no rate.
    """
    missing = [
        *([] if enrolment else ["enrolment"]),
        *([] if school_days else ["a calendar of school days"]),
    ]
    if enrolment is None or school_days is None:
        return Rate(None, None, f"no rate: {' and '.join(missing)} not given")
    parts = list_parts(scope, enrolment, school_days, logged)
    if not any(part.logging_days for part in parts):
        lacking = "school day" if parts else "count"
        file = "calendar" if parts else "enrolment file"
        return Rate(None, None, f"no rate: the {file} has no {lacking} for this school")
    exposures = [Exposure(part.enrolled, part.logging_days) for part in parts]
    return Rate(
        rate(incidents, exposures),
        rate(majors, exposures),
        describe_denominator(scope, parts, logged),
        choose_national(scope, parts),
    )


def rate(count: int | None, exposures: Sequence[Exposure]) -> float | None:
    """Give the rate of a released count."""
    return None if count is None else rate_per_100_students_per_day(count, exposures)


def list_parts(
    scope: Scope, enrolment: Enrolment, school_days: SchoolDays, logged: Days
) -> list[Part]:
    """List the schools and years of the sheet whose enrolment is known."""
    parts = []
    for school in scope.schools or (None,):
        own = set(list_own_days(scope, school, school_days)).intersection(logged)
        for year in sorted({name_school_year(day) for day in logged}):
            counts = enrolment.of_school(school, year)
            enrolled = counts.total()
            if enrolled:
                days = sum(name_school_year(day) == year for day in own)
                parts.append(Part(counts, enrolled, days))
    return parts


def describe_denominator(scope: Scope, parts: Sequence[Part], logged: Days) -> str:
    """Say what the rate was divided by, with the source of the enrolment."""
    years = {name_school_year(day) for day in logged}
    numbers = [part.enrolled for part in parts]
    # Over several years the same students would be added up again: the largest stands.
    enrolled = (
        sum(numbers) if len(scope.schools) > 1 and len(years) == 1 else max(numbers)
    )
    note = max(part.enrolment.note() or "" for part in parts)
    return (
        f"{enrolled:,} students{f' ({note})' if note else ''} on {len(logged)} school days on "
        "which records were kept"
    )


def choose_national(scope: Scope, parts: Sequence[Part]) -> NationalMedian | None:
    """Choose the published median for the sheet's grades; several schools have none."""
    if len(scope.schools) > 1:
        return None
    enrolled = {grade for part in parts for grade in part.enrolment.grades()}
    return choose_median(
        enrolled or set(map(str, scope.rows["grade"].drop_nulls().unique()))
    )
