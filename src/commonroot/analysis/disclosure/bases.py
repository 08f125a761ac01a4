"""A whole table that adds up, found from what is shown alone.

It has nothing to do with the true table, so neither it nor what starts from it can give
that away. A region is solved with halves first; then what ties districts together is
rounded, and each district after it. Where that finds no way, all is solved at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import highspy
import numpy as np

from commonroot.analysis.disclosure.parts import mark_members
from commonroot.analysis.disclosure.solver import (
    add_line,
    ask_for_whole,
    has_answer,
    start_solver,
)
from commonroot.analysis.disclosure.sums import NO_LIMIT, Flags, Reals, System, Whole

SECONDS = 120.0
ROUNDING_SECONDS = 20.0
GAP = 0.2
# Up or down, where a number ends in a half; and a step further away.
EITHER, AWAY = 0.1, 1.0


@dataclass(frozen=True)
class Wish:
    """What a table should have: prices of each number, up to its top."""

    prices: Reals
    top: Whole

    @classmethod
    def draw(cls, top: Whole, seed: int) -> "Wish":
        """Wish that all be high, some a little more than others."""
        return cls(np.random.default_rng(seed).uniform(0.5, 1.5, len(top)), top)


def find_base(
    system: System,
    hidden: Flags,
    least: Whole,
    wish: Wish,
    modules: Sequence[Sequence[int]] = (),
    *,
    insist: bool = True,
) -> Whole | None:
    """Find a whole table that adds up and is near to a wish, from what is shown alone.

    Who does not `insist` gets nothing when rounding by modules finds no way, and has
    not waited for the whole.
    """
    if not hidden.any():
        return system.values.copy()
    if modules:
        near = solve(system, hidden, least, wish, whole=False)
        if near is not None:
            found = round_by_modules(system, hidden, least, near, modules)
            if found is not None or not insist:
                return found
    values = solve(system, hidden, least, wish, whole=True)
    return None if values is None else values.round().astype(np.int64)


def solve(
    system: System, hidden: Flags, least: Whole, wish: Wish, *, whole: bool
) -> Reals | None:
    """Solve for all hidden numbers at once, in whole numbers or with halves."""
    cells = np.flatnonzero(hidden)
    width = len(cells)
    position = find_positions(system, cells)
    solver = start_solver(2 * width)
    most = find_most(system)[cells]
    top = np.maximum(np.minimum(wish.top[cells], most), least[cells])
    columns = np.arange(2 * width, dtype=np.int32)
    # Each number is what counts, up to its top, and the rest, which does not.
    solver.changeColsBounds(
        2 * width,
        columns,
        np.concatenate([least[cells].astype(np.float64), np.zeros(width)]),
        np.concatenate([top.astype(np.float64), most - top]),
    )
    prices = np.concatenate([-wish.prices[cells], np.zeros(width)])
    solver.changeColsCost(2 * width, columns, prices)
    for members, signs in zip(system.sums, system.signs, strict=True):
        mine = position[members] >= 0
        if mine.any():
            shown = float((signs[mine] * system.values[members[mine]]).sum())
            add_line(solver, position[members[mine]], signs[mine], width, 1.0, shown)
    if whole:
        ask_for_whole(solver, 2 * width)
        solver.setOptionValue("mip_rel_gap", GAP)
        solver.setOptionValue("time_limit", SECONDS)
    else:
        solver.setOptionValue("solver", "ipm")
    solver.run()
    if not has_answer(solver):
        return None
    values = np.array(solver.getSolution().col_value)
    table = system.values.astype(np.float64)
    table[cells] = values[:width] + values[width:]
    return table


def round_by_modules(
    system: System,
    hidden: Flags,
    least: Whole,
    near: Reals,
    modules: Sequence[Sequence[int]],
) -> Whole | None:
    """Round what ties districts together, then each district beneath it."""
    table: Whole | None = np.where(hidden, least, system.values)
    done = np.zeros(len(system), bool)
    for sums in (modules[-1], *modules[:-1]):
        inside = mark_members(system, sums)
        cells = np.flatnonzero(hidden & inside & ~done)
        if table is not None and len(cells):
            table = round_near(system, cells, sums, least, near, table)
        done |= inside
    return table


def round_near(
    system: System,
    cells: Whole,
    sums: Sequence[int],
    least: Whole,
    near: Reals,
    table: Whole,
) -> Whole | None:
    """Find whole numbers near given ones that add up; the others are as in the table."""
    width = len(cells)
    position = find_positions(system, cells)
    start = np.maximum(np.floor(near[cells] + 1e-9).astype(np.int64), least[cells])
    solver = start_solver(2 * width)
    columns = np.arange(2 * width, dtype=np.int32)
    # Each number has two columns: what it goes up by, and what it goes down by.
    solver.changeColsBounds(
        2 * width,
        columns,
        np.zeros(2 * width),
        np.concatenate(
            [
                find_most(system)[cells] - start,
                (start - least[cells]).astype(np.float64),
            ]
        ),
    )
    up = np.where(near[cells] > start + 1e-6, EITHER, AWAY)
    solver.changeColsCost(
        2 * width, columns, np.concatenate([up, np.full(width, AWAY)])
    )
    ask_for_whole(solver, 2 * width)
    found = table.copy()
    found[cells] = start
    for number in sums:
        members, signs = system.sums[number], system.signs[number]
        mine = position[members] >= 0
        if mine.any():
            missing = -float((signs * found[members]).sum())
            add_line(solver, position[members[mine]], signs[mine], width, -1.0, missing)
    solver.setOptionValue("mip_rel_gap", GAP)
    solver.setOptionValue("time_limit", ROUNDING_SECONDS)
    solver.run()
    if not has_answer(solver):
        return None
    values = np.array(solver.getSolution().col_value)
    found[cells] += (values[:width] - values[width:]).round().astype(np.int64)
    return found


def find_positions(system: System, cells: Whole) -> Whole:
    """Give each class its place among some of them; -1 for the others."""
    position = np.full(len(system), -1, np.int64)
    position[cells] = np.arange(len(cells))
    return position


def find_most(system: System) -> Reals:
    """Give the most that each class can be, as the solver writes it."""
    most: Reals = np.where(
        system.most == NO_LIMIT, highspy.kHighsInf, system.most.astype(np.float64)
    )
    return most
