"""Which cells to hide: as few as possible, by an integer programme.

The programme knows only cuts. It proposes cells to hide; readers who find a number too
tightly bounded give further cuts; and so on. Its bound is the proven minimum.
"""

import highspy
import numpy as np

from commonroot.analysis.disclosure.first_cuts import Cut
from commonroot.analysis.disclosure.patience import NoWayOutError
from commonroot.analysis.disclosure.solver import ask_for_whole, start_solver
from commonroot.analysis.disclosure.sums import Flags, System

TOLERANCE = 1e-9
# All ties together weigh less than one cell.
TIE = 0.5


class Chooser:
    """The integer programme: minimise what is hidden, whatever has been learned."""

    def __init__(self, system: System) -> None:
        self.system = system
        self.solver = start_solver()
        self.size = len(system)
        self.known: set[tuple[tuple[int, float], ...]] = set()
        lower = system.hidden.astype(np.float64)
        self.solver.addVars(self.size, lower, np.ones(self.size))
        columns = np.arange(self.size, dtype=np.int32)
        # Of two choices that hide as many, the one that hides the smaller numbers.
        load = (system.values * system.weights).astype(np.float64)
        tie = TIE * load / max(1.0, float(load.sum()))
        self.solver.changeColsCost(
            self.size, columns, system.weights.astype(np.float64) + tie
        )
        ask_for_whole(self.solver, self.size)
        for members in system.sums:
            self.need_partners(members.tolist())

    def need_partners(self, members: list[int]) -> None:
        """A cell hidden alone in a sum helps nobody: it would be one subtraction."""
        hidden = self.system.hidden
        if any(hidden[member] for member in members):
            # With a hidden cell in the sum, every further one has its partner.
            return
        for cell in members:
            others = [member for member in members if member != cell]
            self.add_row(others + [cell], [1.0] * len(others) + [-1.0], 0.0)

    def add_row(self, cells: list[int], values: list[float], least: float) -> None:
        """Add a line to the programme."""
        self.solver.addRow(
            least,
            highspy.kHighsInf,
            len(cells),
            np.array(cells, np.int32),
            np.array(values, np.float64),
        )

    def learn(self, cut: Cut) -> bool:
        """Take in a cut; False when it says nothing new, or cannot be met."""
        hidden = self.system.hidden
        rest = 1.0 - sum(part for cell, part in cut.items() if hidden[cell])
        free = {
            cell: min(part, rest) / rest
            for cell, part in cut.items()
            if part > TOLERANCE and not hidden[cell] and rest > TOLERANCE
        }
        if not free or sum(free.values()) < 1.0 - TOLERANCE:
            return False
        key = tuple(sorted((cell, round(part, 6)) for cell, part in free.items()))
        if key in self.known:
            return False
        self.known.add(key)
        self.add_row(list(free), list(free.values()), 1.0)
        return True

    def choose(self, seconds: float, gap: float) -> tuple[Flags, float] | None:
        """Choose what to hide; give it with the bound. None when time was too short."""
        self.solver.setOptionValue("time_limit", self.solver.getRunTime() + seconds)
        self.solver.setOptionValue("mip_rel_gap", gap)
        self.solver.run()
        if self.solver.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
            raise NoWayOutError
        information = self.solver.getInfo()
        if (
            information.primal_solution_status
            != highspy.SolutionStatus.kSolutionStatusFeasible
        ):
            return None
        values = np.array(self.solver.getSolution().col_value)
        return values > 0.5, float(information.mip_dual_bound) - TIE
