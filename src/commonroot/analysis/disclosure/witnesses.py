"""Whole tables that agree with everything shown, and hold other hidden numbers.

A linear programme can end in halves, so it is no proof that a number could be 1. A
table of whole numbers that adds up is. All tables start from one base table and move
it by few numbers at a time.

For a certificate the base is found from what is shown alone. It has nothing to do with
the true table, so neither it nor its neighbours can give that away.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np

from commonroot.analysis.disclosure.patience import NO_DEADLINE, check_time
from commonroot.analysis.disclosure.sums import NO_LIMIT, Flags, Reals, System, Whole

NEARLY = 1e-6
TRIES = 4
SECONDS = 30.0
WORKERS = 2
DEAR = 50.0


def start(columns: int) -> Any:
    """Start a silent solver with so many columns on one thread."""
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]  # it ships no types
    solver.silent()
    solver.setOptionValue("threads", 1)
    solver.addVars(columns, np.zeros(columns), np.zeros(columns))
    return solver


def has_answer(solver: Any) -> bool:
    """Has the solver found something that meets every line?"""
    status = solver.getInfo().primal_solution_status
    return bool(status == highspy.SolutionStatus.kSolutionStatusFeasible)


def find_base(
    system: System, hidden: Flags, least: Whole, spread: Whole, seed: int
) -> Whole | None:
    """Find a whole table that adds up, from what is shown alone.

    Hidden numbers are drawn away from their least, so that there is room to move.
    """
    cells = np.flatnonzero(hidden)
    width = len(cells)
    if not width:
        return system.values.copy()
    position = np.full(len(system), -1, np.int64)
    position[cells] = np.arange(width)
    solver = start(2 * width)
    most = np.where(system.most == NO_LIMIT, highspy.kHighsInf, system.most)[cells]
    top = np.minimum(least[cells] + spread[cells], most)
    # Each number is what counts, up to the spread, and the rest, which does not.
    solver.changeColsBounds(
        2 * width,
        np.arange(2 * width, dtype=np.int32),
        np.concatenate([least[cells].astype(np.float64), np.zeros(width)]),
        np.concatenate([top.astype(np.float64), most - top]),
    )
    chance = np.random.default_rng(seed)
    prices = np.concatenate([-chance.uniform(0.5, 1.5, width), np.zeros(width)])
    solver.changeColsCost(2 * width, np.arange(2 * width, dtype=np.int32), prices)
    solver.changeColsIntegrality(
        2 * width,
        np.arange(2 * width, dtype=np.int32),
        np.array([highspy.HighsVarType.kInteger] * (2 * width)),
    )
    for members, signs in zip(system.sums, system.signs, strict=True):
        mine = position[members] >= 0
        if mine.any():
            shown = float((signs[mine] * system.values[members[mine]]).sum())
            add_line(solver, position[members[mine]], signs[mine], width, 1.0, shown)
    solver.setOptionValue("mip_rel_gap", 0.2)
    solver.setOptionValue("time_limit", SECONDS * 4)
    solver.run()
    if not has_answer(solver):
        return None
    values = np.array(solver.getSolution().col_value)
    table = system.values.copy()
    table[cells] = (values[:width] + values[width:]).round().astype(np.int64)
    return table


def add_line(
    solver: Any, columns: Whole, signs: Whole, width: int, second: float, total: float
) -> None:
    """Add a sum over pairs of columns; the second of each counts by its own sign."""
    both = np.concatenate([columns, columns + width]).astype(np.int32)
    values = np.concatenate([signs, second * signs]).astype(np.float64)
    solver.addRow(total, total, len(both), both, values)


class Mover:
    """Finds short whole moves of a base table, for all sums or those of a module."""

    def __init__(
        self,
        system: System,
        hidden: Flags,
        base: Whole,
        least: Whole,
        *,
        sums: Sequence[int] | None = None,
        held: Flags | None = None,
        seed: int = 0,
        deadline: float = NO_DEADLINE,
    ) -> None:
        self.deadline = deadline
        chosen = list(range(len(system.sums)) if sums is None else sums)
        inside = np.zeros(len(system), bool)
        for number in chosen:
            inside[system.sums[number]] = True
        free = hidden & (inside | (sums is None))
        if held is not None:
            free &= ~held
        self.system, self.base = system, base
        self.cells = np.flatnonzero(free)
        self.width = len(self.cells)
        self.position = np.full(len(system), -1, np.int64)
        self.position[self.cells] = np.arange(self.width)
        self.lines = [
            (self.position[members[mine]], signs[mine])
            for number in chosen
            for members, signs in [(system.sums[number], system.signs[number])]
            for mine in [self.position[members] >= 0]
            if mine.any()
        ]
        most = np.where(system.most == NO_LIMIT, highspy.kHighsInf, system.most - base)
        down = (base - least)[self.cells].astype(np.float64)
        self.upper = np.concatenate([most[self.cells].astype(np.float64), down])
        self.free_upper = self.upper.copy()
        self.dear = np.ones(self.width)
        self.chance = np.random.default_rng(seed)
        self.columns = np.arange(2 * self.width, dtype=np.int32)
        self.solver = start(2 * self.width)
        self.solver.setOptionValue("presolve", "off")
        self.solver.changeColsBounds(
            2 * self.width, self.columns, np.zeros(2 * self.width), self.upper
        )
        for columns, signs in self.lines:
            add_line(self.solver, columns, signs, self.width, -1.0, 0.0)
        self.change_prices()

    def avoid(self, cells: Whole) -> None:
        """Prefer moves in which some numbers take no part."""
        where = self.position[cells]
        self.dear[where[where >= 0]] = DEAR
        self.change_prices()

    def hold(self, cells: Sequence[int], *, still: bool) -> None:
        """Hold some numbers where they are, or let them go again."""
        for cell in cells:
            own = int(self.position[cell])
            if own >= 0:
                for column in (own, own + self.width):
                    most = 0.0 if still else float(self.free_upper[column])
                    self.upper[column] = most
                    self.solver.changeColBounds(column, 0.0, most)

    def change_prices(self) -> None:
        """Prefer other short moves than before."""
        prices = np.tile(self.dear * self.chance.uniform(0.7, 1.3, self.width), 2)
        self.solver.changeColsCost(2 * self.width, self.columns, prices)

    def find(self, cell: int, side: int, need: int) -> Whole | None:
        """Find a whole move that takes one number so far; none has been found if None.

        Where the shortest has halves in it, others are asked for, and at last a whole
        one among the numbers that those used.
        """
        seen = np.zeros(self.width, bool)
        for _ in range(TRIES):
            move = self.ask(cell, side, need)
            if move is None:
                return None
            if np.abs(move - move.round()).max(initial=0.0) < NEARLY:
                return move.round().astype(np.int64)
            seen |= np.abs(move) > NEARLY
            self.change_prices()
        found = self.find_among(np.flatnonzero(seen), cell, side, need)
        if found is None:
            found = self.find_among(np.arange(self.width), cell, side, need)
        return found

    def ask(self, cell: int, side: int, need: int) -> Reals | None:
        """Ask for the shortest move, halves allowed."""
        check_time(self.deadline)
        rise, fall = self.sides(cell, side)
        self.solver.changeColBounds(rise, float(need), float(need))
        self.solver.changeColBounds(fall, 0.0, 0.0)
        self.solver.run()
        done = self.solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        values = np.array(self.solver.getSolution().col_value)
        self.solver.changeColBounds(rise, 0.0, float(self.upper[rise]))
        self.solver.changeColBounds(fall, 0.0, float(self.upper[fall]))
        if not done:
            self.solver.clearSolver()
            return None
        move: Reals = values[: self.width] - values[self.width :]
        return move

    def sides(self, cell: int, side: int) -> tuple[int, int]:
        """Give the column in which a number moves to a side, and the other one."""
        own = int(self.position[cell])
        return (own, own + self.width) if side > 0 else (own + self.width, own)

    def find_among(self, used: Whole, cell: int, side: int, need: int) -> Whole | None:
        """Find a whole move in which only some numbers take part."""
        place = np.full(self.width, -1, np.int64)
        place[used] = np.arange(len(used))
        solver, width = start(2 * len(used)), len(used)
        columns = np.arange(2 * width, dtype=np.int32)
        lower = np.zeros(2 * width)
        upper = self.upper[np.concatenate([used, used + self.width])].copy()
        own = int(place[self.position[cell]])
        rise, fall = (own, own + width) if side > 0 else (own + width, own)
        lower[rise] = upper[rise] = need
        upper[fall] = 0.0
        solver.changeColsBounds(2 * width, columns, lower, upper)
        solver.changeColsCost(2 * width, columns, np.ones(2 * width))
        kinds = np.array([highspy.HighsVarType.kInteger] * (2 * width))
        solver.changeColsIntegrality(2 * width, columns, kinds)
        for members, signs in self.lines:
            mine = place[members] >= 0
            if mine.any():
                add_line(solver, place[members[mine]], signs[mine], width, -1.0, 0.0)
        solver.setOptionValue("mip_rel_gap", 1.0)
        solver.setOptionValue("time_limit", SECONDS)
        solver.run()
        if not has_answer(solver):
            return None
        values = np.array(solver.getSolution().col_value)
        move = np.zeros(self.width, np.int64)
        move[used] = (values[:width] - values[width:]).round().astype(np.int64)
        return move


class Cover:
    """Which hidden numbers have been seen at both ends of the promise."""

    def __init__(self, hidden: Flags, top: Whole, lowest: Whole) -> None:
        self.top, self.lowest = top, lowest
        self.high, self.low = ~hidden, ~hidden
        self.moves: dict[int, list[tuple[Whole, Whole]]] = {}
        self.bases: dict[int, Whole] = {}

    def add_base(self, base: Whole) -> None:
        """Take in a whole table, from which moves will start."""
        self.bases[id(base)] = base
        self.moves.setdefault(id(base), [])
        self.high |= base >= self.top
        self.low |= base <= self.lowest

    def fill(self, mover: Mover, cells: Whole | None = None) -> None:
        """Find moves for everything that is open among a mover's numbers."""
        base = mover.base
        for cell in map(int, mover.cells if cells is None else cells):
            for side in (1, -1):
                if (self.high if side > 0 else self.low)[cell]:
                    continue
                end = self.top if side > 0 else self.lowest
                move = mover.find(cell, side, side * int(end[cell] - base[cell]))
                if move is not None:
                    self.add(base, mover.cells, move)

    def add(self, base: Whole, cells: Whole, move: Whole) -> None:
        """Take in a move of some classes away from a base."""
        used = np.flatnonzero(move)
        where, by = cells[used], move[used]
        moved = base[where] + by
        self.high[where] |= moved >= self.top[where]
        self.low[where] |= moved <= self.lowest[where]
        self.moves[id(base)].append((where, by))

    def pack(self) -> list[Whole]:
        """List tables in which all of this can be seen."""
        return [
            table
            for number, base in self.bases.items()
            for table in pack_moves(base, self.moves[number])
        ]


def pack_moves(base: Whole, moves: Sequence[tuple[Whole, Whole]]) -> list[Whole]:
    """Put moves that touch different numbers into one table; the base comes first.

    Two moves that share no number are both whole, so their table adds up too.
    """
    tables, used = [base.copy()], [np.ones(len(base), bool)]
    for where, by in sorted(moves, key=lambda move: -len(move[0])):
        slot = next((n for n, flags in enumerate(used) if not flags[where].any()), None)
        if slot is None:
            slot = len(tables)
            tables.append(base.copy())
            used.append(np.zeros(len(base), bool))
        tables[slot][where] += by
        used[slot][where] = True
    return tables


def find_witnesses(
    system: System,
    hidden: Flags,
    threshold: int,
    modules: Sequence[Sequence[int]],
    seed: int,
    deadline: float = NO_DEADLINE,
) -> tuple[list[Whole], Cover]:
    """Find tables in which every hidden number stands at both ends, where it can.

    `modules` lists the sums of each part of a large system. What several share is held
    there; what a module cannot do alone is asked of the whole.
    """
    cover = Cover(hidden, np.minimum(threshold - 1, system.most), system.lowest)
    spread = np.full(len(system), threshold // 2)
    base = find_base(system, hidden, system.least, spread, seed)
    if base is None:
        return [], cover
    cover.add_base(base)
    start_from = Start(system, hidden, base, seed, deadline)
    if modules:
        shared = find_shared(system, modules)
        in_parallel(
            lambda sums: cover.fill(start_from.mover(sums, shared)), list(modules)
        )
    shares = [np.flatnonzero(hidden)[start::WORKERS] for start in range(WORKERS)]
    in_parallel(lambda cells: cover.fill(start_from.mover(), cells), shares)
    return cover.pack(), cover


@dataclass(frozen=True)
class Start:
    """Where movers start from."""

    system: System
    hidden: Flags
    base: Whole
    seed: int
    deadline: float

    def mover(
        self, sums: Sequence[int] | None = None, held: Flags | None = None
    ) -> Mover:
        """Make a mover of some sums, or of all."""
        return Mover(
            self.system,
            self.hidden,
            self.base,
            self.system.least,
            sums=sums,
            held=held,
            seed=self.seed,
            deadline=self.deadline,
        )


def find_shared(system: System, modules: Sequence[Sequence[int]]) -> Flags:
    """Find the classes that stand in several modules, or in none."""
    inside = np.zeros((len(modules), len(system)), bool)
    for row, sums in zip(inside, modules, strict=True):
        for number in sums:
            row[system.sums[number]] = True
    found: Flags = inside.sum(axis=0) != 1
    return found


def in_parallel(work: Callable[[Any], None], each: Sequence[Any]) -> None:
    """Do the same work on several things, as many at once as there are workers."""
    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(work, each))
