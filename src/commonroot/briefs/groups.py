"""For whom? Students of each group with at least one incident, beside the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from commonroot.analysis.disclosure import TOTAL, Cell, protect
from commonroot.analysis.fairness import (
    Comparison,
    Estimate,
    estimate_raw_difference,
    estimate_risk,
    estimate_risk_difference,
    estimate_risk_ratio,
    shrink_risk_ratios,
)
from commonroot.engines import Engine
from commonroot.intake import Enrolment
from commonroot.intake.fields import GROUP
from commonroot.intake.labels import label_key

FEWEST_ENROLLED = 10
POOLED = "Smaller groups together"


@dataclass(frozen=True)
class Group:
    """One group as the sheet may show it; estimates are None where it is protected."""

    column: str
    value: str
    enrolled: int
    students: int | None
    risk: Estimate | None
    ratio: Estimate | None
    difference: Estimate | None
    raw: Estimate | None
    shrunk: Estimate | None
    protected: bool


@dataclass(frozen=True)
class SchoolYear:
    """One school in one school year: its engine's filter and its enrolment."""

    school: str | None
    school_year: str
    enrolment: Enrolment

    def where(self) -> dict[str, list[str | int | bool | None]]:
        """Give the filter for this school and year."""
        wanted: dict[str, list[str | int | bool | None]] = {
            "school_year": [self.school_year]
        }
        if self.school is not None:
            wanted["school"] = [self.school]
        return wanted


@dataclass(frozen=True)
class Network:
    """The schools of the file, those of the sheet first, and an engine over them all."""

    engine: Engine
    schools: Sequence[SchoolYear]
    on_sheet: int


def compare_groups(network: Network, headers: Sequence[str]) -> list[Group]:
    """Compare every group of every column with the other students of its school.

    One school year only: a risk needs the students who were there that year. Several
    schools on one sheet are added up. Where the file holds several schools, a ratio
    is also told steadied by the others (docs/methods/disproportionality.md).
    """
    return [group for header in headers for group in compare_column(network, header)]


def compare_column(network: Network, header: str) -> list[Group]:
    """Compare the groups of one column."""
    everywhere = [
        count_column(network.engine, header, each) for each in network.schools
    ]
    counted = everywhere[: network.on_sheet]
    enrolled = add_up([values for values, _ in counted])
    students = add_up([found for _, found in counted])
    if not enrolled:
        return []
    pooled, enrolled, students = pool_small(enrolled, students)
    everyone = sum(enrolled.values())
    involved = sum(students.get(value, 0) for value in enrolled)
    shown = release_groups(enrolled, students)
    groups = []
    for value, number in sorted(enrolled.items(), key=lambda item: (-item[1], item[0])):
        if number < FEWEST_ENROLLED:
            continue
        mine = students.get(value, 0)
        rest = everyone - number
        if not shown[value] or not rest or involved < mine or mine > number:
            groups.append(hidden_group(header, value, number))
            continue
        comparison = Comparison(mine, number, involved - mine, rest)
        parts = pooled.get(value, (value,))
        groups.append(
            Group(
                header,
                value,
                number,
                mine,
                estimate_risk(mine, number),
                estimate_risk_ratio(comparison),
                estimate_risk_difference(comparison),
                estimate_raw_difference(comparison),
                shrink_over_schools(everywhere, network.on_sheet, parts),
                protected=False,
            )
        )
    return groups


def hidden_group(header: str, value: str, enrolled: int) -> Group:
    """Make a group of which nothing may be told but that it is there."""
    return Group(
        header, value, enrolled, None, None, None, None, None, None, protected=True
    )


def count_column(
    engine: Engine, header: str, school: SchoolYear
) -> tuple[dict[str, int], dict[str, int]]:
    """Count enrolment and students with an incident, by group, in one school."""
    cube = engine.count([GROUP + header], school.where())
    found = {str(key[0]): count.students for key, count in cube.cells.items() if key[0]}
    enrolled = school.enrolment.group(header, found)
    names = {label_key(value): value for value in enrolled}
    students: dict[str, int] = {}
    for value, number in found.items():
        name = names.get(label_key(value))
        if name is not None:
            students[name] = students.get(name, 0) + number
    return enrolled, students


def add_up(tables: Sequence[Mapping[str, int]]) -> dict[str, int]:
    """Add up counts by group; schools share no students."""
    total: dict[str, int] = {}
    for table in tables:
        for value, number in table.items():
            total[value] = total.get(value, 0) + number
    return total


def pool_small(
    enrolled: Mapping[str, int], students: Mapping[str, int]
) -> tuple[dict[str, tuple[str, ...]], dict[str, int], dict[str, int]]:
    """Pool groups of fewer than ten enrolled students into one.

    >>> pool_small({"A": 200, "B": 9, "C": 4}, {"A": 30, "B": 2})[1]
    {'A': 200, 'Smaller groups together': 13}
    """
    small = tuple(
        sorted(v for v, number in enrolled.items() if number < FEWEST_ENROLLED)
    )
    if not small:
        return {}, dict(enrolled), dict(students)
    kept = {v: number for v, number in enrolled.items() if v not in small}
    kept[POOLED] = sum(enrolled[value] for value in small)
    found = {v: students.get(v, 0) for v in kept if v != POOLED}
    found[POOLED] = sum(students.get(value, 0) for value in small)
    return {POOLED: small}, kept, found


def release_groups(
    enrolled: Mapping[str, int], students: Mapping[str, int]
) -> dict[str, bool]:
    """Say which groups may be shown beside the total of their column.

    Also hidden: a group of which all but one to four students, or all, took part.
    """
    cells = [
        Cell(
            value,
            students.get(value, 0),
            fewest(students.get(value, 0), number),
            {value: students.get(value, 0)},
        )
        for value, number in enrolled.items()
    ]
    whole = {cell.key: cell.incidents for cell in cells}
    total = Cell("all", sum(whole.values()), sum(whole.values()), whole)
    released = protect({TOTAL: [total], "groups": cells}).table("groups")
    return {
        value: value in released and not released[value].protected for value in enrolled
    }


def fewest(students: int, enrolled: int) -> int:
    """Give the smaller of those who took part and those who did not.

    >>> fewest(11, 12), fewest(12, 12), fewest(3, 12)
    (1, 0, 3)
    """
    return (
        max(0, min(students, enrolled - students)) if enrolled >= FEWEST_ENROLLED else 0
    )


def shrink_over_schools(
    counted: Sequence[tuple[Mapping[str, int], Mapping[str, int]]],
    on_sheet: int,
    parts: Sequence[str],
) -> Estimate | None:
    """Give the ratio of the sheet's schools, steadied by every school of the file.

    None when only one school has this group. For several schools on one sheet the
    figures are averaged by the group's size; averaging the ends of intervals makes
    them wider than they need be, never narrower.
    """
    compared = [
        compare_school(enrolled, students, parts) for enrolled, students in counted
    ]
    known = [(number, each) for number, each in enumerate(compared) if each]
    if len(known) < 2:
        return None
    shrunk = shrink_risk_ratios([each for _, each in known])
    mine = [
        (each.enrolled, estimate)
        for (number, each), estimate in zip(known, shrunk, strict=True)
        if number < on_sheet
    ]
    if not mine:
        return None
    total = sum(weight for weight, _ in mine)

    def mean(end: str) -> float:
        return sum(weight * (getattr(e, end) or 0.0) for weight, e in mine) / total

    return Estimate(mean("value"), mean("low"), mean("high"))


def compare_school(
    enrolled: Mapping[str, int], students: Mapping[str, int], parts: Sequence[str]
) -> Comparison | None:
    """Compare a group with the rest of one school; None when one of them is empty."""
    mine = sum(enrolled.get(value, 0) for value in parts)
    rest = sum(enrolled.values()) - mine
    took_part = sum(students.get(value, 0) for value in parts)
    others = sum(students.get(value, 0) for value in enrolled) - took_part
    if not mine or not rest or took_part > mine or others > rest:
        return None
    return Comparison(took_part, mine, others, rest)
