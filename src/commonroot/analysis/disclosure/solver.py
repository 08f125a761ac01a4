"""HiGHS, as everything here starts it: silent, and on one thread.

Whoever needs more threads asks several questions side by side.
"""

from typing import Any

import highspy
import numpy as np

from commonroot.analysis.disclosure.sums import Whole


def start_solver(columns: int = 0) -> Any:
    """Start a solver with so many columns, each held at zero."""
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]  # it ships no types
    solver.silent()
    solver.setOptionValue("threads", 1)
    solver.addVars(columns, np.zeros(columns), np.zeros(columns))
    return solver


def ask_for_whole(solver: Any, columns: int) -> None:
    """Ask that all columns be whole numbers."""
    solver.changeColsIntegrality(
        columns,
        np.arange(columns, dtype=np.int32),
        np.array([highspy.HighsVarType.kInteger] * columns),
    )


def has_answer(solver: Any) -> bool:
    """Has the solver found something that meets every line?"""
    status = solver.getInfo().primal_solution_status
    return bool(status == highspy.SolutionStatus.kSolutionStatusFeasible)


def add_line(
    solver: Any, columns: Whole, signs: Whole, width: int, second: float, total: float
) -> None:
    """Add a sum over pairs of columns; the second of each counts by its own sign."""
    both = np.concatenate([columns, columns + width]).astype(np.int32)
    values = np.concatenate([signs, second * signs]).astype(np.float64)
    solver.addRow(total, total, len(both), both, values)
