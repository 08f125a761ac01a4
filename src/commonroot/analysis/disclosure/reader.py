"""A reader with a computer, who asks how small and how large a hidden number can be.

Everything is asked about *moves*: by how much the hidden numbers can go up and down
together so that every sum stays what it is. A linear programme finds the largest move
of one number, or pushes many at once.

Fischetti & Salazar (2001), "Solving the cell suppression problem on tabular data with
linear constraints", Management Science 47:1008: the reader's programmes, and the cut
that a programme which fails gives back.
"""

from collections.abc import Sequence
from typing import NamedTuple

import highspy
import numpy as np

from commonroot.analysis.disclosure.solver import start_solver
from commonroot.analysis.disclosure.sums import NO_LIMIT, Flags, Reals, System, Whole

PRIMAL_SIMPLEX = 4
SLACK = 1e-6
# A shown number may move by this part of what it could: of all the prices that a
# failing programme can give, those are then chosen that ask for the fewest cells.
LEANING = 1e-3
POOR = 0.03
POOR_ROUNDS = 3


class Request(NamedTuple):
    """One side of the promise: this class must be able to go up (1) or down (-1)."""

    cell: int
    side: int
    need: int


class Reader:
    """Asks about moves in one part of a system, or in all of it."""

    def __init__(
        self, system: System, sums: Sequence[int] | None = None, *, plain: bool = False
    ) -> None:
        """Prepare; `plain` is a reader who does not know that zeros are shown."""
        chosen = list(range(len(system.sums)) if sums is None else sums)
        found = {int(cell) for number in chosen for cell in system.sums[number]}
        self.system, self.sums = system, chosen
        self.cells = np.array(
            sorted(found) if sums is not None else range(len(system)), np.int64
        )
        position = np.full(len(system), -1, np.int64)
        position[self.cells] = np.arange(len(self.cells))
        self.position = position
        least = np.zeros(len(self.cells)) if plain else system.least[self.cells]
        self.down = (system.values[self.cells] - least).astype(np.float64)
        most = system.most[self.cells]
        self.up = np.where(
            most == NO_LIMIT, highspy.kHighsInf, most - system.values[self.cells]
        ).astype(np.float64)
        self.width = len(self.cells)
        self.columns = np.arange(self.width, dtype=np.int32)
        self.solver = start_solver(self.width)
        # Only the objective changes between most questions: primal simplex then goes
        # on from the last answer.
        self.solver.setOptionValue("simplex_strategy", PRIMAL_SIMPLEX)
        self.solver.setOptionValue("presolve", "off")
        members = [position[system.sums[number]] for number in chosen]
        if members:
            lengths = [len(each) for each in members]
            zeros = np.zeros(len(members))
            self.solver.addRows(
                len(members),
                zeros,
                zeros,
                sum(lengths),
                np.cumsum([0, *lengths])[:-1].astype(np.int32),
                np.concatenate(members).astype(np.int32),
                np.concatenate([system.signs[number] for number in chosen]).astype(
                    np.float64
                ),
            )
        self.solver.changeObjectiveSense(highspy.ObjSense.kMaximize)

    def move(self, low: Reals, high: Reals, prices: Reals) -> Reals:
        """Find the best move within bounds; one that does not end is a move of zero."""
        self.solver.changeColsBounds(self.width, self.columns, low, high)
        self.solver.changeColsCost(self.width, self.columns, prices)
        self.solver.run()
        status = self.solver.getModelStatus()
        if status != highspy.HighsModelStatus.kOptimal:
            # A basis left by another question can stand in the way: ask afresh.
            self.solver.clearSolver()
            self.solver.run()
            status = self.solver.getModelStatus()
        if status != highspy.HighsModelStatus.kOptimal:
            raise RuntimeError(f"the audit of small numbers did not finish: {status}")
        return np.array(self.solver.getSolution().col_value)

    def room(self, hidden: Flags) -> tuple[Reals, Reals]:
        """Give how far each number can go down and up when these are hidden."""
        mine = hidden[self.cells]
        return np.where(mine, -self.down, 0.0), np.where(mine, self.up, 0.0)

    def audit(
        self,
        hidden: Flags,
        requests: Sequence[Request],
        chance: np.random.Generator,
        held: Flags | None = None,
    ) -> list[Request]:
        """Find the requests that cannot be met when these classes are hidden.

        Classes that are `held` stay where they are, hidden or not.
        """
        if not requests:
            return []
        low, high = self.room(hidden if held is None else hidden & ~held)
        asked = Asked(requests, self.position)
        self.push_many(low, high, asked, chance)
        return [
            requests[number]
            for number in map(int, np.flatnonzero(asked.open))
            if asked.open[number] and not self.push_one(low, high, asked, number)
        ]

    def push_many(
        self, low: Reals, high: Reals, asked: "Asked", chance: np.random.Generator
    ) -> None:
        """Push all that is open, up or down as it falls, and mark what was reached."""
        poor = 0
        while asked.open.any() and poor < POOR_ROUNDS:
            still = np.flatnonzero(asked.open)
            wanted = np.where(chance.random(self.width) < 0.5, 1, -1)
            used = still[wanted[asked.cells[still]] == asked.sides[still]]
            if not len(used):
                continue
            prices = np.zeros(self.width)
            prices[asked.cells[used]] = asked.sides[used] * chance.uniform(
                0.5, 1.5, len(used)
            )
            bounds = asked.bound(low, high, used)
            reached = asked.mark(self.move(*bounds, prices))
            poor = poor + 1 if reached < max(1, POOR * len(still)) else 0

    def push_one(self, low: Reals, high: Reals, asked: "Asked", number: int) -> bool:
        """Push one alone; mark what the move reaches besides."""
        prices = np.zeros(self.width)
        prices[asked.cells[number]] = asked.sides[number]
        asked.mark(self.move(*asked.bound(low, high, np.array([number])), prices))
        reached = not asked.open[number]
        asked.open[number] = False
        return reached

    def find_cut(
        self,
        hidden: Flags,
        request: Request,
        held: Sequence[int] = (),
        lean: Reals | float = LEANING,
    ) -> Reals | None:
        """Find what else could be hidden so that a request is met, with some held still.

        Gives for each class the part of the need that hiding it could at most bring;
        the parts of what is hidden must come to 1. None when the request is met.
        """
        own = int(self.position[request.cell])
        need = float(request.need)
        down, up = np.minimum(self.down, need), np.minimum(self.up, need)
        low, high = self.room(hidden)
        shown = ~hidden[self.cells]
        low[shown], high[shown] = (-lean * down)[shown], (lean * up)[shown]
        low[own], high[own] = (0.0, need) if request.side > 0 else (-need, 0.0)
        known = [int(self.position[cell]) for cell in held]
        low[known] = high[known] = 0.0
        prices = np.zeros(self.width)
        prices[own] = request.side
        reached = self.move(low, high, prices)[own] * request.side
        if reached >= need - SLACK:
            return None
        dual = np.array(self.solver.getSolution().col_dual)
        rising, falling = dual > 1e-9, dual < -1e-9
        gain = np.zeros(self.width)
        gain[rising] = dual[rising] * self.up[rising]
        gain[falling] = -dual[falling] * self.down[falling]
        gain[[own, *known]] = 0.0
        whole = np.zeros(len(self.system))
        whole[self.cells] = np.minimum(gain, need) / need
        whole[whole < 1e-7] = 0.0
        return whole

    def find_extreme(self, hidden: Flags, cell: int, side: int, most: float) -> float:
        """Find how far one class can move to a side, `most` at the most."""
        low, high = self.room(hidden)
        own = int(self.position[cell])
        if side > 0:
            high[own] = min(high[own], most)
        else:
            low[own] = max(low[own], -most)
        prices = np.zeros(self.width)
        prices[own] = side
        return float(self.move(low, high, prices)[own] * side)


class Asked:
    """Requests as arrays, and which of them are still open."""

    def __init__(self, requests: Sequence[Request], position: Whole) -> None:
        self.cells = position[[request.cell for request in requests]]
        self.sides = np.array([request.side for request in requests], np.int64)
        self.needs = np.array([request.need for request in requests], np.float64)
        self.open = np.ones(len(requests), bool)

    def bound(self, low: Reals, high: Reals, used: Whole) -> tuple[Reals, Reals]:
        """Let none go further than it needs, so that the room reaches for many."""
        low, high = low.copy(), high.copy()
        up, down = used[self.sides[used] > 0], used[self.sides[used] < 0]
        rising, falling = self.cells[up], self.cells[down]
        high[rising] = np.minimum(high[rising], self.needs[up])
        low[falling] = np.maximum(low[falling], -self.needs[down])
        return low, high

    def mark(self, move: Reals) -> int:
        """Close what a move reaches, and count it."""
        reached = self.open & (move[self.cells] * self.sides >= self.needs - SLACK)
        self.open[reached] = False
        return int(reached.sum())
