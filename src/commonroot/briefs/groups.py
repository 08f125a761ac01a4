"""For whom? Students of each group with at least one incident, beside the others."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from commonroot.analysis.disclosure import TOTAL, CountedCell, Shown, is_small, protect
from commonroot.analysis.disclosure.seal import UnreleasedError, require_released
from commonroot.analysis.fairness import (
    Comparison,
    Estimate,
    estimate_incident_rate_ratio,
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
UNLISTED = "of no listed group"


@dataclass(frozen=True)
class Estimates:
    """What is told of one group beside the other students of its school.

    `risk` and `ratio` and `difference` are of students with at least one incident,
    `raw` is a number of students, `rate_ratio` is of incidents with the student as the
    unit, and `steadied` is the ratio with the other schools of the file taken in.
    """

    risk: Estimate
    ratio: Estimate
    difference: Estimate
    raw: Estimate
    rate_ratio: Estimate
    steadied: Estimate | None


@dataclass(frozen=True)
class Group:
    """One group as the sheet may show it; protected when there are no estimates.

    `counted` is the released number of its students with an incident, None where the
    whole column is hidden. Raises UnreleasedError for a number that was not released,
    and for estimates of a hidden one.
    """

    column: str
    value: str
    enrolled: int
    counted: Shown | None = None
    estimates: Estimates | None = None

    def __post_init__(self) -> None:
        """Refuse what has not gone through the release."""
        if self.counted is not None:
            require_released(self.counted, Shown)
        if self.estimates is not None and self.students is None:
            raise UnreleasedError("there are no estimates of a hidden number")

    @property
    def protected(self) -> bool:
        """Is everything but the group's name hidden?"""
        return self.estimates is None

    @property
    def students(self) -> int | None:
        """Give the released number of students with at least one incident."""
        return None if self.counted is None else self.counted.incidents


@dataclass(frozen=True)
class Tally:
    """One school's groups: students enrolled, and incidents of each who had one.

    Students of no listed group are a group of their own, which is never shown. It is
    `unmatched` when their rows do name a group that the enrolment does not have.
    """

    enrolled: Mapping[str, int]
    incidents: Mapping[str, tuple[int, ...]]
    unmatched: bool = False

    def students(self, values: Iterable[str]) -> int:
        """Count the students of some groups with at least one incident."""
        return sum(len(self.incidents.get(value, ())) for value in values)

    def histogram(self, values: Iterable[str]) -> dict[int, int]:
        """Count the enrolled students of some groups by their number of incidents."""
        named = list(values)
        found = Counter(n for value in named for n in self.incidents.get(value, ()))
        enrolled = sum(self.enrolled.get(value, 0) for value in named)
        found[0] = max(0, enrolled - sum(found.values()))
        return dict(found)


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
    whole = add_up(everywhere[: network.on_sheet])
    parts = pool_small(whole.enrolled)
    enrolled = {
        name: sum(whole.enrolled[value] for value in values)
        for name, values in parts.items()
    }
    students = {name: whole.students(values) for name, values in parts.items()}
    shown = release_groups(enrolled, students)
    if whole.unmatched:
        # A group without students may only have another name in the rows.
        shown = {name: cell for name, cell in shown.items() if students[name]}
    groups = []
    for name, number in sorted(enrolled.items(), key=lambda item: (-item[1], item[0])):
        if number < FEWEST_ENROLLED or name == UNLISTED:
            continue
        counted, estimates = shown.get(name), None
        if counted and not counted.protected:
            estimates = estimate(whole, parts[name], everywhere, network.on_sheet)
            # A number with nothing to compare it with is not told.
            counted = counted if estimates else counted.hide()
        groups.append(Group(header, name, number, counted, estimates))
    return groups


def estimate(
    whole: Tally, values: Sequence[str], everywhere: Sequence[Tally], on_sheet: int
) -> Estimates | None:
    """Estimate everything for one group; None when there is nothing to compare with."""
    comparison = compare(whole, values)
    if comparison is None:
        return None
    others = [value for value in whole.enrolled if value not in values]
    return Estimates(
        estimate_risk(comparison.students, comparison.enrolled),
        estimate_risk_ratio(comparison),
        estimate_risk_difference(comparison),
        estimate_raw_difference(comparison),
        estimate_incident_rate_ratio(whole.histogram(values), whole.histogram(others)),
        steady(everywhere, on_sheet, values),
    )


def count_column(engine: Engine, header: str, school: SchoolYear) -> Tally:
    """Count enrolment and each student's incidents, by group, in one school."""
    cube = engine.count([GROUP + header, "student"], school.where())
    labels: dict[object, Counter[str]] = {}
    for (value, student), count in cube.cells.items():
        if student is not None:
            named = UNLISTED if value is None else str(value)
            labels.setdefault(student, Counter())[named] += count.incidents
    found: dict[str, list[int]] = {}
    for counts in labels.values():
        # A student whose rows name two groups is counted once, in the more frequent.
        value = min(counts, key=lambda v: (v == UNLISTED, -counts[v], v))
        found.setdefault(value, []).append(counts.total())
    enrolled = school.enrolment.group(header, found)
    if not enrolled:
        return Tally({}, {})
    names = {label_key(value): value for value in enrolled}
    incidents: dict[str, tuple[int, ...]] = {}
    for value, numbers in found.items():
        name = names.get(label_key(value), UNLISTED)
        incidents[name] = (*incidents.get(name, ()), *sorted(numbers))
    # Students without a group in the rows are mostly enrolled in a listed one.
    rest = max(0, (school.enrolment.total() or 0) - sum(enrolled.values()))
    unmatched = any(
        label_key(value) not in names for value in found if value != UNLISTED
    )
    return Tally({**enrolled, UNLISTED: rest}, incidents, unmatched)


def add_up(tallies: Sequence[Tally]) -> Tally:
    """Add up schools, which share no students."""
    enrolled: Counter[str] = Counter()
    incidents: dict[str, tuple[int, ...]] = {}
    for tally in tallies:
        enrolled.update(tally.enrolled)
        for value, numbers in tally.incidents.items():
            incidents[value] = (*incidents.get(value, ()), *numbers)
    return Tally(enrolled, incidents, any(tally.unmatched for tally in tallies))


def pool_small(enrolled: Mapping[str, int]) -> dict[str, tuple[str, ...]]:
    """Pool groups of fewer than ten enrolled students into one; give each its parts.

    >>> pool_small({"A": 200, "B": 9, "C": 4})
    {'A': ('A',), 'Smaller groups together': ('B', 'C')}
    """
    small = tuple(
        sorted(
            v
            for v, number in enrolled.items()
            if number < FEWEST_ENROLLED and v != UNLISTED
        )
    )
    parts: dict[str, tuple[str, ...]] = {v: (v,) for v in enrolled if v not in small}
    return {**parts, POOLED: small} if small else parts


def release_groups(
    enrolled: Mapping[str, int], students: Mapping[str, int]
) -> dict[str, Shown]:
    """Release the groups' numbers of students, beside the number of students in all.

    Also hidden: a group of which all but one to four students, or all, took part.
    Students of no listed group are a cell too, which is never shown.
    """
    cells = [
        CountedCell(
            value,
            students.get(value, 0),
            students.get(value, 0)
            if value == UNLISTED
            else fewest(students.get(value, 0), number),
            {value: students.get(value, 0)},
            # More students than are enrolled: the enrolment is of other groups.
            limit=None if value == UNLISTED else max(number, students.get(value, 0)),
        )
        for value, number in enrolled.items()
    ]
    everyone = sum(cell.incidents for cell in cells)
    if is_small(everyone, everyone):
        return {}
    whole = {cell.key: cell.incidents for cell in cells}
    total = CountedCell("all", everyone, everyone, whole)
    released = protect({TOTAL: [total], "groups": cells}).table("groups")
    return {value: released[value] for value in enrolled if value in released}


def fewest(students: int, enrolled: int) -> int:
    """Give the smaller of those who took part and those who did not.

    >>> fewest(11, 12), fewest(12, 12), fewest(3, 12)
    (1, 0, 3)
    """
    return (
        max(0, min(students, enrolled - students)) if enrolled >= FEWEST_ENROLLED else 0
    )


def steady(
    tallies: Sequence[Tally], on_sheet: int, values: Sequence[str]
) -> Estimate | None:
    """Give the ratio of the sheet's schools, steadied by every school of the file.

    None when only one school has this group. For several schools on one sheet the
    figures are averaged by the group's size; averaging the ends of intervals makes
    them wider than they need be, never narrower.
    """
    own, others = tallies[:on_sheet], tallies[on_sheet:]
    mine = gather(own, values)
    compared = mine + gather(others, values)
    if len(compared) < 2 or not mine:
        return None
    steadied = shrink_risk_ratios(compared)[: len(mine)]
    weights = [comparison.enrolled for comparison in mine]

    def mean(end: str) -> float:
        ends = [getattr(estimate, end) or 0.0 for estimate in steadied]
        return sum(w * e for w, e in zip(weights, ends, strict=True)) / sum(weights)

    return Estimate(mean("value"), mean("low"), mean("high"))


def gather(tallies: Sequence[Tally], values: Sequence[str]) -> list[Comparison]:
    """Gather the schools' comparisons, those of 1 to 4 students as if one school.

    A ratio of this sheet must not tell how few students another school had.
    """
    compared = [found for tally in tallies if (found := compare(tally, values))]
    small = [found for found in compared if is_few(found)]
    rest = [found for found in compared if not is_few(found)]
    if not small:
        return rest
    together = Comparison(
        sum(found.students for found in small),
        sum(found.enrolled for found in small),
        sum(found.rest_students for found in small),
        sum(found.rest_enrolled for found in small),
    )
    return [*rest, together] if len(small) > 1 and not is_few(together) else rest


def is_few(comparison: Comparison) -> bool:
    """Does one side of a comparison stand for 1 to 4 students?"""
    return is_small(comparison.students, comparison.students) or is_small(
        comparison.rest_students, comparison.rest_students
    )


def compare(tally: Tally, values: Sequence[str]) -> Comparison | None:
    """Compare some groups with the rest of one school; None when one side is empty.

    Also None when more students took part than are enrolled: then the enrolment is
    of another year or of other groups, and no risk can be told.
    """
    others = [value for value in tally.enrolled if value not in values]
    enrolled = sum(tally.enrolled.get(value, 0) for value in values)
    rest = sum(tally.enrolled[value] for value in others)
    students, rest_students = tally.students(values), tally.students(others)
    if not enrolled or not rest or students > enrolled or rest_students > rest:
        return None
    return Comparison(students, enrolled, rest_students, rest)
