"""What a file of enrolment would change in a school's numbers of students."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from commonroot.domain.network.actions import NetworkError
from commonroot.domain.network.models import Place
from commonroot.domain.network.sight import today
from commonroot.intake import Enrolment
from commonroot.intake.dates import name_school_year
from commonroot.intake.enrolment import EnrolmentCount, keep_latest
from commonroot.intake.labels import label_key

GRADE = "grade"
LONGEST_LABEL, LONGEST_SOURCE = 80, 200
# School year, column, value, students, day of the count, source: as it waits.
Row = tuple[str, str, str, int, str | None, str]


@dataclass(frozen=True)
class PlannedCounts:
    """The counts of one school year; how many are new, changed, and would go."""

    year: str
    rows: tuple[Row, ...]
    new: int
    changed: int
    gone: int


@dataclass(frozen=True)
class ChosenCounts:
    """A school's counts of a file, how many rows say too little, and its name there."""

    rows: list[Row]
    left: int
    other_name: str


def choose_counts(found: Enrolment, school: Place) -> ChosenCounts:
    """Choose a school's counts out of a file; raises NetworkError when it has none."""
    named = {
        label_key(each.school): each.school for each in found.counts if each.school
    }
    own = label_key(school.name)
    key = next(iter(named)) if len(named) == 1 else own
    mine = [
        each
        for each in found.counts
        if each.school is None or label_key(each.school) == key
    ]
    told = [each for each in mine if tells_enough(each)]
    if not told:
        raise NetworkError(
            _("The file has no number of students of %(school)s that can be used.")
            % {"school": school.name}
        )
    other = named.get(key, "") if key != own else ""
    return ChosenCounts(list(make_rows(told)), len(mine) - len(told), other or "")


def tells_enough(count: EnrolmentCount) -> bool:
    """Can a count be kept? One of a group must name its grouping, and no grade beside it."""
    return not count.value or (bool(count.group) and not count.grade)


def make_rows(counts: Iterable[EnrolmentCount]) -> Iterable[Row]:
    """Make the rows that are kept: of each school year the latest counts.

    A file's own name is no source: sources are shown to everybody with a role, and
    somebody may have called their file after a student.
    """
    years: dict[str, list[EnrolmentCount]] = {}
    for count in counts:
        year = count.school_year or name_school_year(today())
        years.setdefault(year, []).append(count)
    for year, mine in sorted(years.items()):
        rows: dict[tuple[str, str], Row] = {}
        for count in keep_latest(mine).counts:
            column, value = name_count(count)
            source = (count.source or "")[:LONGEST_SOURCE]
            rows[column, value] = (
                year, column, value, count.students, count.date, source,
            )  # fmt: skip
        yield from rows.values()


def name_count(count: EnrolmentCount) -> tuple[str, str]:
    """Name what is counted: nothing for all, a grade, or a group of a grouping."""
    if count.value:
        return (count.group or "")[:LONGEST_LABEL], count.value[:LONGEST_LABEL]
    return (GRADE, count.grade[:LONGEST_LABEL]) if count.grade else ("", "")


def plan_counts(school: Place, rows: Sequence[Row]) -> list[PlannedCounts]:
    """Say what would change, by school year. Years that are not in the file stay."""
    planned = []
    for year in sorted({row[0] for row in rows}):
        mine = {row[1:3]: row[3:] for row in rows if row[0] == year}
        there = {
            (each.column, each.value): (
                each.students,
                each.counted_on.isoformat() if each.counted_on else None,
                each.source,
            )
            for each in school.enrolment.filter(school_year=year)
        }
        planned.append(
            PlannedCounts(
                year,
                tuple(row for row in rows if row[0] == year),
                new=len(mine.keys() - there.keys()),
                changed=sum(
                    there[what] != told for what, told in mine.items() if what in there
                ),
                gone=len(there.keys() - mine.keys()),
            )
        )
    return planned
