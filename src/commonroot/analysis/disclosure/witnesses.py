"""Whole tables that agree with everything shown, and hold other hidden numbers.

A linear programme can end in halves, so it is no proof that a number could be 1. A
table of whole numbers that adds up is. All tables start from one base table and move
it by few numbers at a time.

For a certificate the base is found from what is shown alone. It has nothing to do with
the true table, so neither it nor its neighbours can give that away.
"""

from collections.abc import Callable, Iterable, Sequence
from copy import copy
from dataclasses import dataclass

import highspy
import numpy as np

from commonroot.analysis.disclosure.bases import Wish, find_base, find_most
from commonroot.analysis.disclosure.parts import (
    Part,
    in_parallel,
    list_rounds,
    share_out,
)
from commonroot.analysis.disclosure.patience import NO_DEADLINE, check_time
from commonroot.analysis.disclosure.solver import (
    add_line,
    ask_for_whole,
    has_answer,
    start_solver,
)
from commonroot.analysis.disclosure.sums import Flags, Reals, System, Whole

NEARLY = 1e-6
TRIES = 4
SECONDS = 30.0
DEAR = 50.0
EVERYTHING = Part()
# A region is looked at from so many tables at the most, as long as each closes a part
# of what the last has left open.
MOST_BASES, WORTH_IT = 20, 0.97
HIGH, LOW = 3.0, -1.0


class Mover:
    """Finds short whole moves of a base table, for all sums or those of a module."""

    def __init__(
        self,
        system: System,
        hidden: Flags,
        base: Whole,
        least: Whole,
        part: Part = EVERYTHING,
        *,
        seed: int = 0,
        deadline: float = NO_DEADLINE,
    ) -> None:
        self.deadline = deadline
        chosen = range(len(system.sums)) if part.sums is None else part.sums
        self.system, self.base = system, base
        self.cells = np.flatnonzero(part.list_free(system, hidden))
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
        up = (find_most(system) - base)[self.cells]
        down = (base - least)[self.cells].astype(np.float64)
        self.upper = np.concatenate([up, down])
        self.free_upper = self.upper.copy()
        self.dear = np.ones(self.width)
        self.chance = np.random.default_rng(seed)
        self.columns = np.arange(2 * self.width, dtype=np.int32)
        self.solver = start_solver(2 * self.width)
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
        if need > self.upper[self.sides(cell, side)[0]]:
            return None
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
        # From nowhere is nearer than from the last answer: moves are short.
        self.solver.clearSolver()
        self.solver.run()
        done = self.solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        values = np.array(self.solver.getSolution().col_value)
        self.solver.changeColBounds(rise, 0.0, float(self.upper[rise]))
        self.solver.changeColBounds(fall, 0.0, float(self.upper[fall]))
        if not done:
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
        solver, width = start_solver(2 * len(used)), len(used)
        columns = np.arange(2 * width, dtype=np.int32)
        lower = np.zeros(2 * width)
        upper = self.upper[np.concatenate([used, used + self.width])].copy()
        own = int(place[self.position[cell]])
        rise, fall = (own, own + width) if side > 0 else (own + width, own)
        lower[rise] = upper[rise] = need
        upper[fall] = 0.0
        solver.changeColsBounds(2 * width, columns, lower, upper)
        solver.changeColsCost(2 * width, columns, np.ones(2 * width))
        ask_for_whole(solver, 2 * width)
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

    def list_open(self) -> Flags:
        """Say of which numbers an end has not been seen."""
        open_: Flags = ~(self.high & self.low)
        return open_

    def start_share(self) -> "Cover":
        """Give a cover that knows as much, and learns on its own."""
        share = copy(self)
        share.high, share.low = self.high.copy(), self.low.copy()
        share.moves = {base: [] for base in self.moves}
        return share

    def take_share(self, share: "Cover") -> None:
        """Take in what another cover has learned since it was started."""
        self.high |= share.high
        self.low |= share.low
        for base, moves in share.moves.items():
            self.moves[base] += moves

    def fill(self, mover: Mover, cells: Iterable[int]) -> None:
        """Find moves for what is open among some numbers."""
        base = mover.base
        for cell in cells:
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
    tell: Callable[[Cover], None] = lambda cover: None,
    asked: Sequence[int] = (),
) -> tuple[list[Whole], Cover]:
    """Find tables in which every hidden number stands at both ends, where it can.

    `modules` lists the sums of each part of a large system; see `parts`. There the
    whole is asked only about what is small. `tell` is called after every round. When
    some classes are `asked` about, the others are left alone.
    """
    small, wanted = system.small, hidden
    if asked:
        small = wanted = np.isin(np.arange(len(system)), asked)
    cover = Cover(hidden, np.minimum(threshold - 1, system.most), system.lowest)
    *rounds, last = list_rounds(system, modules)
    wish = Wish.draw(system.least + threshold // 2, seed)
    first: Whole | None = None
    for number in range(MOST_BASES if modules else 1):
        check_time(deadline)
        base = find_base(
            system, hidden, system.least, wish, modules, insist=number == 0
        )
        if base is None:
            wish = aim(system, cover, seed + number)
            continue
        first = base if first is None else first
        cover.add_base(base)
        before = int((cover.list_open() & small).sum())
        for parts in rounds:
            start = Start(system, hidden, base, seed, deadline)
            fill_side_by_side(cover, start, parts, small if number else wanted)
            tell(cover)
        left = int((cover.list_open() & small).sum())
        if left > WORTH_IT * before:
            break
        wish = aim(system, cover, seed + number)
    if first is not None:
        start = Start(system, hidden, first, seed, deadline)
        fill_side_by_side(cover, start, last, small if modules else wanted)
    return cover.pack(), cover


@dataclass(frozen=True)
class Start:
    """Where moves start from."""

    system: System
    hidden: Flags
    base: Whole
    seed: int
    deadline: float


def fill_side_by_side(
    cover: Cover, start: Start, parts: Sequence[Part], asked: Flags
) -> None:
    """Find moves for what is open of what is asked, each part for its own share."""
    free = [part.list_free(start.system, start.hidden) for part in parts]
    wanted = np.flatnonzero(cover.list_open() & asked).tolist()

    def fill(pair: tuple[Part, Sequence[int]]) -> Cover:
        part, cells = pair
        # What parts learn side by side must not depend on which was faster.
        own = cover.start_share()
        if cells:
            mover = Mover(
                start.system,
                start.hidden,
                start.base,
                start.system.least,
                part,
                seed=start.seed,
                deadline=start.deadline,
            )
            own.fill(mover, cells)
        return own

    for own in in_parallel(fill, zip(parts, share_out(wanted, free), strict=True)):
        cover.take_share(own)


def aim(system: System, cover: Cover, seed: int) -> Wish:
    """Wish for open ends, of which no two stand in one sum.

    Of those that do, seldom both can be had in one table.
    """
    chance = np.random.default_rng(seed)
    prices = np.zeros(len(system))
    for seen, price in ((cover.high, HIGH), (cover.low, LOW)):
        taken = np.zeros(len(system.sums), bool)
        for cell in chance.permutation(np.flatnonzero(~seen & system.small)):
            own = system.sums_of[cell]
            if not taken[own].any() and not prices[cell]:
                prices[cell] = price
                taken[own] = True
    return Wish(prices, cover.top)
