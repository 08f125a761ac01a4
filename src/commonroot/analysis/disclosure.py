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

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import highspy
import numpy as np

# The least and the most that a part can hold; None is no limit.
Bounds = tuple[int, int | None]
FEWEST_STUDENTS = 5
TOTAL = "total"
PRIMAL_SIMPLEX = 4
SLACK = 1e-6
# Above this, parts times small cells, whole numbers are not asked about: tables so
# large leave each hidden cell many partners, and the fractions have been asked.
MOST_WHOLE_QUESTIONS = 30_000
# What is shown is true of the real counts, so "or infeasible" cannot be the case.
UNBOUNDED = (
    highspy.HighsModelStatus.kUnbounded,
    highspy.HighsModelStatus.kUnboundedOrInfeasible,
)


@dataclass(frozen=True)
class Cell:
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
class Shown:
    """What may be shown of one cell."""

    incidents: int | None
    students: int | None
    protected: bool


@dataclass(frozen=True)
class Released:
    """Tables of which every hidden cell has been audited against all the others.

    A table in `withheld` could not be shown in any part: so few incidents lie in it
    that which cells are hidden would say what they hold.
    """

    tables: Mapping[str, Mapping[Hashable, Shown]] = field(default_factory=dict)
    withheld: frozenset[str] = frozenset()

    def table(self, name: str) -> Mapping[Hashable, Shown]:
        """Give one table; a withheld one is empty."""
        return self.tables[name]


def is_small(incidents: int, students: int | None) -> bool:
    """Does a cell stand for 1 to 4 students?

    >>> is_small(12, 4), is_small(0, 0), is_small(5, 5)
    (True, False, False)
    """
    people = incidents if students is None else students
    return incidents > 0 and people < FEWEST_STUDENTS


def protect(
    tables: Mapping[str, Sequence[Cell]],
    bounds: Mapping[Hashable, Bounds] | None = None,
) -> Released:
    """Hide what is small in tables that share parts, and what would give it back.

    Every table must be made of the same parts: a week and a weekday are both sums of
    days. A table of one cell is a total. `bounds` says what a reader knows of single
    parts without any table: that a day has a record, or that nothing was recorded.

    >>> released = protect({
    ...     TOTAL: [Cell("all", 30, 12, {"gym": 20, "bus": 6, "hall": 4})],
    ...     "place": [Cell("gym", 20, 9, {"gym": 20}), Cell("bus", 6, 6, {"bus": 6}),
    ...               Cell("hall", 4, 2, {"hall": 4})]})
    >>> [released.table("place")[place].incidents for place in ("gym", "bus", "hall")]
    [20, None, None]
    """
    cells = [(name, cell) for name, table in tables.items() for cell in table]
    small = [cell.is_small for _, cell in cells]
    hidden, withheld = hide_enough(cells, small, bounds or {})
    shown: dict[str, dict[Hashable, Shown]] = {name: {} for name in tables}
    for (name, cell), is_hidden in zip(cells, hidden, strict=True):
        if name in withheld:
            continue
        shown[name][cell.key] = (
            Shown(None, None, protected=True)
            if is_hidden
            else Shown(cell.incidents, cell.students, protected=False)
        )
    return Released(shown, withheld)


def hide_enough(
    cells: Sequence[tuple[str, Cell]],
    small: Sequence[bool],
    bounds: Mapping[Hashable, Bounds],
) -> tuple[list[bool], frozenset[str]]:
    """Hide further cells until no small one can be worked out.

    In each round every table with a small cell that is bounded too tightly gets one
    partner for it: the smallest shown cell of its own, or, when it has none left, of
    any table that shares a part with the cell. A table without any is withheld.
    """
    hidden = list(small)
    withheld: set[str] = set()
    whole = False
    while True:
        failing = find_failing(cells, small, hidden, withheld, bounds, whole=whole)
        if not failing and whole:
            return hidden, frozenset(withheld)
        # Whole numbers narrow a little more than fractions do, and take longer to
        # ask about: they have the last word.
        whole = not failing
        helped: set[str] = set()
        for position in failing:
            table = cells[position][0]
            if table in helped or table in withheld:
                continue
            partner = choose_partner(cells, hidden, withheld, position)
            if partner is None:
                withheld.add(table)
            else:
                hidden[partner] = True
                helped.add(table)


def find_failing(
    cells: Sequence[tuple[str, Cell]],
    small: Sequence[bool],
    hidden: Sequence[bool],
    withheld: Collection[str],
    bounds: Mapping[Hashable, Bounds],
    *,
    whole: bool,
) -> list[int]:
    """Find the small cells that are bounded too tightly by all that is shown."""
    told = [
        position for position, (table, _) in enumerate(cells) if table not in withheld
    ]
    unsure = [position for position in told if small[position]]
    if not unsure:
        return []
    parts = {part for position in told for part in cells[position][1].parts}
    if whole and len(parts) * len(unsure) > MOST_WHOLE_QUESTIONS:
        return []
    auditor = Auditor(
        [(cells[position][1], hidden[position]) for position in told],
        bounds,
        whole=whole,
    )
    return [p for p in unsure if not auditor.keeps_promise(cells[p][1])]


def choose_partner(
    cells: Sequence[tuple[str, Cell]],
    hidden: Sequence[bool],
    withheld: Collection[str],
    position: int,
) -> int | None:
    """Choose the cell to hide beside one that can be worked out.

    A total is never chosen: without it nobody could read the sheet.
    """
    name, cell = cells[position]
    open_cells = [
        (table != name, candidate.incidents, other)
        for other, (table, candidate) in enumerate(cells)
        if not hidden[other]
        and candidate.incidents > 0
        and table != TOTAL
        and table not in withheld
        and (table == name or not cell.parts.keys().isdisjoint(candidate.parts))
    ]
    return min(open_cells)[2] if open_cells else None


class Auditor:
    """Asks how small and how large a hidden cell could be, given all that is shown."""

    def __init__(
        self,
        cells: Sequence[tuple[Cell, bool]],
        bounds: Mapping[Hashable, Bounds],
        *,
        whole: bool = False,
    ) -> None:
        parts = sorted({part for cell, _ in cells for part in cell.parts}, key=repr)
        self.index = {part: column for column, part in enumerate(parts)}
        self.solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]  # it ships no types
        self.solver.silent()
        # Only the objective changes from one question to the next: primal simplex then
        # goes on from the last answer.
        self.solver.setOptionValue("simplex_strategy", PRIMAL_SIMPLEX)
        self.width = len(parts)
        for part in parts:
            least, at_most = bounds.get(part, (0, None))
            self.solver.addVar(least, highspy.kHighsInf if at_most is None else at_most)
        if whole:
            integer = [highspy.HighsVarType.kInteger] * self.width
            self.solver.changeColsIntegrality(
                self.width, np.arange(self.width, dtype=np.int32), np.array(integer)
            )
        for cell, is_hidden in cells:
            columns = self.columns(cell)
            known = float(sum(cell.parts.values()))
            lower = min(1.0, known) if is_hidden else known
            most = highspy.kHighsInf if cell.limit is None else float(cell.limit)
            upper = most if is_hidden else known
            self.solver.addRow(
                lower, upper, len(columns), columns, np.ones(len(columns))
            )

    def columns(self, cell: Cell) -> np.ndarray:
        """Give the columns of the parts of a cell."""
        return np.array(sorted(self.index[part] for part in cell.parts), dtype=np.int32)

    def keeps_promise(self, cell: Cell) -> bool:
        """Could this cell still hold one incident, and as many as its legend says?"""
        largest = self.solve(cell, highspy.ObjSense.kMaximize)
        smallest = self.solve(cell, highspy.ObjSense.kMinimize)
        allowed = max(FEWEST_STUDENTS - 1, cell.incidents)
        if cell.limit is not None:
            allowed = min(allowed, cell.limit)
        return smallest < 1 + SLACK and largest > allowed - SLACK

    def solve(self, cell: Cell, sense: highspy.ObjSense) -> float:
        """Solve for the extreme of one cell; unbounded above is infinite."""
        costs = np.zeros(self.width)
        costs[self.columns(cell)] = 1.0
        self.solver.changeColsCost(
            self.width, np.arange(self.width, dtype=np.int32), costs
        )
        self.solver.changeObjectiveSense(sense)
        self.solver.run()
        status = self.solver.getModelStatus()
        if status == highspy.HighsModelStatus.kOptimal:
            return float(self.solver.getObjectiveValue())
        if sense == highspy.ObjSense.kMaximize and status in UNBOUNDED:
            return float("inf")
        raise RuntimeError(f"the audit of small numbers did not finish: {status}")
