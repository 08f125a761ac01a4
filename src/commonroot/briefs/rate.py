"""How much? Incidents per 100 students per school day on which records were kept."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from commonroot.analysis.disclosure import Released, Shown, release_count
from commonroot.analysis.disclosure.seal import require_released
from commonroot.analysis.rates import (
    Exposure,
    NationalMedian,
    choose_median,
    rate_per_100_students_per_day,
)
from commonroot.briefs.rows import Scope
from commonroot.briefs.tables import Counter
from commonroot.briefs.timing import Days, list_own_days
from commonroot.engines import Value
from commonroot.intake import Enrolment, SchoolDays
from commonroot.intake.dates import name_school_year
from commonroot.languages import gettext as _


@dataclass(frozen=True)
class Rate:
    """What a rate is made of: released counts, and what they are divided by.

    Without counts there is no rate, and `denominator` says why. Raises UnreleasedError
    for a count that has not been released.
    """

    denominator: str
    counted: Shown | None = None
    counted_majors: Shown | None = None
    exposures: Sequence[Exposure] = ()
    national: NationalMedian | None = None

    def __post_init__(self) -> None:
        """Refuse counts that have not gone through the release."""
        for count in (self.counted, self.counted_majors):
            if count is not None:
                require_released(count, Shown)

    @property
    def value(self) -> float | None:
        """Give incidents per 100 students per school day; None where there is no rate."""
        return rate(self.counted, self.exposures)

    @property
    def majors(self) -> float | None:
        """Give the same of majors."""
        return rate(self.counted_majors, self.exposures)


@dataclass(frozen=True)
class Part:
    """One school in one school year: its enrolment and its recorded days."""

    school: str | None
    school_year: str
    enrolment: Enrolment
    enrolled: int
    logging_days: int

    def where(self) -> dict[str, list[Value]]:
        """Give the filter for this school and year."""
        wanted: dict[str, list[Value]] = {"school_year": [self.school_year]}
        return wanted if self.school is None else {**wanted, "school": [self.school]}


def work_out_rate(
    counter: Counter,
    scope: Scope,
    enrolment: Enrolment | None,
    school_days: SchoolDays | None,
    logged: Days,
    totals: Released,
) -> Rate:
    """Work out the rate; without enrolment or school days there is none, and why.

    Only schools and years count whose enrolment and school days are both known: what
    is divided must be of the same students and days as what it is divided by. `totals`
    is the release of severities; a protected number has no rate.
    """
    if enrolment is None or school_days is None:
        return Rate(say_missing(enrolment, school_days))
    found = list_parts(scope, enrolment, school_days, logged)
    parts = [part for part in found if part.logging_days]
    if not parts:
        return Rate(
            _("no rate: the calendar has no school day for this school")
            if found
            else _("no rate: the enrolment file has no count for this school")
        )
    exposures = [Exposure(part.enrolled, part.logging_days) for part in parts]
    majors = totals.table("severity").get("major")
    return Rate(
        describe_denominator(scope, parts, logged),
        count_parts(counter, parts),
        count_majors(counter, parts) if majors and not majors.protected else None,
        exposures,
        choose_national(scope, parts),
    )


def say_missing(enrolment: Enrolment | None, school_days: SchoolDays | None) -> str:
    """Say what there is no rate without."""
    if enrolment is None and school_days is None:
        return _("no rate: enrolment and a calendar of school days not given")
    if enrolment is None:
        return _("no rate: enrolment not given")
    return _("no rate: a calendar of school days not given")


def rate(count: Shown | None, exposures: Sequence[Exposure]) -> float | None:
    """Give the rate of a released count; a hidden one has none."""
    if count is None or count.incidents is None:
        return None
    return rate_per_100_students_per_day(count.incidents, exposures)


def count_parts(counter: Counter, parts: Sequence[Part]) -> Shown:
    """Count the incidents of some schools and years, and release their number."""
    counts = [counter.engine.count([], part.where()).total() for part in parts]
    incidents = sum(count.incidents for count in counts)
    students = sum(count.students for count in counts)
    return release_count(incidents, students if counter.keyed else None)


def count_majors(counter: Counter, parts: Sequence[Part]) -> Shown:
    """Count majors as SWIS does: one for each student, or else for each incident."""
    majors: dict[str, list[Value]] = {"severity": ["major"]}
    wanted = [{**part.where(), **majors} for part in parts]
    counts = [counter.engine.count([], where).total() for where in wanted]
    students = sum(count.students for count in counts)
    incidents = sum(count.incidents for count in counts)
    if not counter.keyed:
        return release_count(incidents, None)
    return release_count(sum(c.student_incidents for c in counts), students)


def list_parts(
    scope: Scope, enrolment: Enrolment, school_days: SchoolDays, logged: Days
) -> list[Part]:
    """List the schools and years of the sheet whose enrolment is known."""
    parts = []
    for school in scope.schools or (None,):
        own = set(list_own_days(scope, school, school_days)).intersection(logged)
        for year in scope.rows["school_year"].unique().sort().cast(pl.String):
            counts = enrolment.of_school(school, year)
            enrolled = counts.total()
            if enrolled:
                days = sum(name_school_year(day) == year for day in own)
                parts.append(Part(school, year, counts, enrolled, days))
    return parts


def describe_denominator(scope: Scope, parts: Sequence[Part], logged: Days) -> str:
    """Say what the rate was divided by, with the source of the enrolment."""
    years = {part.school_year for part in parts}
    # Over several years the same students would be added up again: the largest stands.
    largest: dict[str | None, int] = {}
    for part in parts:
        largest[part.school] = max(largest.get(part.school, 0), part.enrolled)
    enrolled = sum(largest.values())
    note = max(part.enrolment.note() or "" for part in parts)
    schools = len({part.school for part in parts})
    every = len(scope.schools) or 1
    days = [day for day in logged if name_school_year(day) in years]
    students = _("{number:,} students").format(number=enrolled)
    if note:
        students += f" ({note})"
    if schools < every:
        students += _(", {schools} of {every} schools").format(
            schools=schools, every=every
        )
    return _("{students} on {days} school days on which records were kept").format(
        students=students, days=len(days)
    )


def choose_national(scope: Scope, parts: Sequence[Part]) -> NationalMedian | None:
    """Choose the published median for the sheet's grades; several schools have none."""
    if len(scope.schools) > 1:
        return None
    enrolled = {grade for part in parts for grade in part.enrolment.grades()}
    return choose_median(
        enrolled or set(map(str, scope.rows["grade"].drop_nulls().unique()))
    )
