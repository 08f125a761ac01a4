"""Numbers of students as they may be shown: no grouping with a small group in it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from commonroot.analysis.disclosure import release_count
from commonroot.domain.network.enrolment_plan import GRADE


@dataclass(frozen=True)
class ShownGrouping:
    """The groups of one grouping; none when one of them is too small to be shown.

    A hidden group could be worked out from the total and the others, so all are hidden.
    """

    title: str
    groups: tuple[tuple[str, int], ...]
    hidden: int


@dataclass(frozen=True)
class ShownStudents:
    """What may be shown of a school year's counts."""

    year: str
    total: int | None
    groupings: tuple[ShownGrouping, ...]


def release_years(
    counts: Iterable[tuple[str, str, str, int]],
) -> list[ShownStudents]:
    """Release counts of students: school year, grouping, group and students of each."""
    years: dict[str, dict[str, dict[str, int]]] = {}
    for year, column, value, students in counts:
        years.setdefault(year, {}).setdefault(column, {})[value] = students
    return [release_year(year, columns) for year, columns in years.items()]


def release_year(year: str, columns: dict[str, dict[str, int]]) -> ShownStudents:
    """Release the counts of one school year."""
    whole = columns.get("", {}).get("")
    shown = release_count(whole, whole) if whole is not None else None
    return ShownStudents(
        year,
        shown.incidents if shown else None,
        tuple(
            release_grouping(column, groups)
            for column, groups in columns.items()
            if column
        ),
    )


def release_grouping(column: str, groups: dict[str, int]) -> ShownGrouping:
    """Release one grouping whole, or nothing of it."""
    title = _("By grade") if column == GRADE else column
    told = [(name, release_count(number, number)) for name, number in groups.items()]
    if any(shown.protected for _name, shown in told):
        return ShownGrouping(title, (), len(told))
    return ShownGrouping(
        title, tuple((name, shown.incidents or 0) for name, shown in told), 0
    )
