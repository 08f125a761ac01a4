"""Hiding a little more, where readers still find a number too tightly bounded.

The integer programme ends with a few failing requests. For each, the cheapest move
that would meet it is found among shown numbers too; those that it uses are hidden.
"""

import highspy
import numpy as np

from commonroot.analysis.disclosure.reader import SLACK, Reader, Request
from commonroot.analysis.disclosure.solver import start_solver
from commonroot.analysis.disclosure.sums import Flags

# What a hidden number's movement costs beside a shown one's: short ways are better.
FREE = 1e-4


class Mender:
    """Finds the cheapest way out for one request of a reader at a time."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        width = reader.width
        self.columns = np.arange(2 * width, dtype=np.int32)
        self.weights = reader.system.weights[reader.cells].astype(np.float64)
        # Each number has two columns: what it goes up by, and what it goes down by.
        self.solver = start_solver(2 * width)
        for number in reader.sums:
            members = reader.position[reader.system.sums[number]]
            signs = reader.system.signs[number]
            both = np.concatenate([members, members + width]).astype(np.int32)
            values = np.concatenate([signs, -signs]).astype(np.float64)
            self.solver.addRow(0.0, 0.0, len(both), both, values)

    def mend(self, hidden: Flags, request: Request) -> Flags | None:
        """Hide what the cheapest move uses; None when no hiding can meet the request."""
        reader, width = self.reader, self.reader.width
        lower = np.zeros(2 * width)
        upper = np.concatenate([reader.up, reader.down])
        own = int(reader.position[request.cell])
        rise, fall = (own, own + width) if request.side > 0 else (own + width, own)
        lower[rise] = upper[rise] = request.need
        upper[fall] = 0.0
        costs = np.where(hidden[reader.cells], FREE, self.weights)
        both = np.concatenate([costs, costs])
        self.solver.changeColsBounds(2 * width, self.columns, lower, upper)
        self.solver.changeColsCost(2 * width, self.columns, both)
        self.solver.clearSolver()
        self.solver.run()
        if self.solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        move = np.array(self.solver.getSolution().col_value)
        used = (move[:width] > SLACK) | (move[width:] > SLACK)
        found = hidden.copy()
        found[reader.cells[used]] = True
        return found
