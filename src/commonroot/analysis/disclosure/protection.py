"""Small numbers on the sheet: hidden, and not to be got back from the rest.

A cell that stands for 1 to 4 students is hidden. Hiding it alone is not enough: a
total less the other cells gives it back. So the tables that share a total, or overlap
(weeks, months and weekdays; places, times and both), are looked at together. For each
hidden cell two linear programmes ask how small and how large it could be for somebody
who knows everything that is shown. While the answer is narrower than the promise,
another cell is hidden.

The promise: each hidden cell could hold 1 incident, or as many as the legend allows,
without contradicting anything else on the sheet. See docs/methods/small-numbers.md.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field

from commonroot.analysis.disclosure.seal import SEAL, Sealed
from commonroot.analysis.disclosure.settling import settle
from commonroot.analysis.disclosure.sums import NO_LIMIT, Cells, reduce

# The least and the most that a part can hold; None is no limit.
Bounds = tuple[int, int | None]
FEWEST_STUDENTS = 5
TOTAL = "total"
PATIENT_SECONDS = 600.0


@dataclass(frozen=True)
class CountedCell:
    """A count before release. `parts` are the smallest pieces that it is the sum of.

    `students` is None when the file has no student key; the incidents then stand in
    for them, which hides more. A part holds its own count; an incident in two places
    is in two parts, and a reader who adds up is taken to add up the parts. A cell can
    hold no more than its `limit`, if a reader knows one (a group's enrolment).
    """

    key: Hashable
    incidents: int
    students: int | None
    parts: Mapping[Hashable, int]
    limit: int | None = None

    @property
    def is_small(self) -> bool:
        """Does this cell stand for 1 to 4 students?"""
        return is_small(self.incidents, self.students)


@dataclass(frozen=True)
class Shown(Sealed):
    """What may be shown of one cell."""

    incidents: int | None
    students: int | None
    protected: bool

    def hide(self) -> "Shown":
        """Give the same cell, hidden."""
        return Shown(None, None, protected=True, seal=SEAL)


@dataclass(frozen=True)
class Released(Sealed):
    """Tables of which every hidden cell has been audited against all the others.

    A table in `withheld` could not be shown in any part: so few incidents lie in it
    that which cells are hidden would say what they hold.
    """

    tables: Mapping[str, Mapping[Hashable, Shown]] = field(default_factory=dict)
    withheld: frozenset[str] = frozenset()

    def table(self, name: str) -> Mapping[Hashable, Shown]:
        """Give one table; a withheld one is empty."""
        return self.tables[name]


@dataclass(frozen=True)
class Totals(Sealed):
    """What there was in all; None where it stands for 1 to 4 students, or is not known."""

    incidents: int | None
    students: int | None
    student_incidents: int | None
    removals: int | None


def release_totals(
    incidents: int,
    students: int | None,
    student_incidents: int | None,
    removals: Shown | None,
) -> Totals:
    """Release what there was in all, or nothing of it where it stands for few.

    `removals` have been released already, beside the responses that they are part of.

    >>> release_totals(3, 2, 3, None).incidents
    >>> release_totals(30, 12, 31, None).students
    12
    """
    if is_small(incidents, students):
        return Totals(None, None, None, None, seal=SEAL)
    removed = None if removals is None else removals.incidents
    return Totals(incidents, students, student_incidents, removed, seal=SEAL)


def release_count(incidents: int, students: int | None) -> Shown:
    """Release one number by itself, unless it stands for 1 to 4 students.

    What a reader could subtract from it is not asked: where there is something,
    `protect` is the way.

    >>> release_count(12, 4).protected, release_count(12, 5).incidents
    (True, 12)
    """
    if is_small(incidents, students):
        return Shown(None, None, protected=True, seal=SEAL)
    return Shown(incidents, students, protected=False, seal=SEAL)


def is_small(incidents: int, students: int | None) -> bool:
    """Does a cell stand for 1 to 4 students?

    >>> is_small(12, 4), is_small(0, 0), is_small(5, 5)
    (True, False, False)
    """
    people = incidents if students is None else students
    return incidents > 0 and people < FEWEST_STUDENTS


def protect(
    tables: Mapping[str, Sequence[CountedCell]],
    bounds: Mapping[Hashable, Bounds] | None = None,
) -> Released:
    """Hide what is small in tables that share parts, and what would give it back.

    Every table must be made of the same parts: a week and a weekday are both sums of
    days. A table of one cell is a total. `bounds` says what a reader knows of single
    parts without any table: that a day has a record, or that nothing was recorded.

    >>> released = protect({
    ...     TOTAL: [CountedCell("all", 30, 12, {"gym": 20, "bus": 6, "hall": 4})],
    ...     "place": [CountedCell("gym", 20, 9, {"gym": 20}), CountedCell("bus", 6, 6, {"bus": 6}),
    ...               CountedCell("hall", 4, 2, {"hall": 4})]})
    >>> [released.table("place")[place].incidents for place in ("gym", "bus", "hall")]
    [20, None, None]
    """
    withheld: set[str] = set()
    while True:
        told = {name: table for name, table in tables.items() if name not in withheld}
        cells = [(name, cell) for name, table in told.items() for cell in table]
        hidden, failing = hide_enough(cells, bounds or {})
        if not failing:
            break
        withheld |= failing
    shown: dict[str, dict[Hashable, Shown]] = {name: {} for name in tables}
    for (name, cell), is_hidden in zip(cells, hidden, strict=True):
        shown[name][cell.key] = (
            Shown(None, None, protected=True, seal=SEAL)
            if is_hidden
            else Shown(cell.incidents, cell.students, protected=False, seal=SEAL)
        )
    return Released(shown, frozenset(withheld), seal=SEAL)


def hide_enough(
    cells: Sequence[tuple[str, CountedCell]], bounds: Mapping[Hashable, Bounds]
) -> tuple[list[bool], set[str]]:
    """Say which cells are hidden, and name tables with a cell that nothing can protect.

    A total is never hidden to protect another cell: without it nobody could read the
    sheet. So a table of few incidents may not be shown at all.
    """
    small = [cell.is_small for _, cell in cells]
    if not any(small):
        return small, set()
    parts: dict[Hashable, int] = {}
    for _, cell in cells:
        parts |= cell.parts
    place = {part: len(cells) + at for at, part in enumerate(parts)}
    known = [bounds.get(part, (0, None)) for part in parts]
    width = len(cells)
    values = [sum(cell.parts.values()) for _, cell in cells] + list(parts.values())
    limits = [cell.limit for _, cell in cells] + [most for _, most in known]
    system = reduce(
        Cells.make(
            values,
            published=[at < width for at in range(len(values))],
            told=[
                name == TOTAL and not few
                for (name, _), few in zip(cells, small, strict=True)
            ]
            + [False] * len(parts),
            protected=small + [False] * len(parts),
            least=[1] * width + [least for least, _ in known],
            most=[
                NO_LIMIT if limit is None else max(limit, value)
                for limit, value in zip(limits, values, strict=True)
            ],
        ),
        [
            (at, *(place[part] for part in cell.parts))
            for at, (_, cell) in enumerate(cells)
        ],
        strict=True,
    )
    settled = settle(system, FEWEST_STUDENTS, seconds=PATIENT_SECONDS, families=False)
    failing = {
        name
        for at, (name, _) in enumerate(cells)
        if small[at] and int(system.of[at]) in settled.missing and name != TOTAL
    }
    hidden = system.spread(settled.hiding.hidden)[:width]
    return [bool(h) or s for h, s in zip(hidden, small, strict=True)], failing
