"""Families inside the table: who knows one child's number must not solve another's.

A family knows every cell in which its child stands alone, and a pair of siblings two
such cells. For each small number there must be whole moves of the true table in which
it takes part and the known cells do not; else the family could work it out.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from commonroot.analysis.disclosure.first_cuts import Cut
from commonroot.analysis.disclosure.patience import NO_DEADLINE
from commonroot.analysis.disclosure.reader import Reader, Request
from commonroot.analysis.disclosure.sums import Flags, System
from commonroot.analysis.disclosure.witnesses import Mover, find_shared

Move = frozenset[int]
# So many families are enough to learn from at a time.
MOST_FAMILIES = 4


class Families:
    """Looks for numbers that a family could work out."""

    def __init__(
        self,
        system: System,
        modules: Sequence[Sequence[int]] = (),
        deadline: float = NO_DEADLINE,
    ) -> None:
        self.deadline = deadline
        self.system = system
        self.modules = modules
        self.single = set(np.flatnonzero(system.single).tolist())
        self.reader = Reader(system)

    def object_to(self, hidden: Flags) -> list[Cut]:
        """Give a cut for each number that a family could work out."""
        if not self.single:
            return []
        open_cells = set(np.flatnonzero(self.system.small).tolist())
        known: dict[int, list[Move]] = {cell: [] for cell in open_cells}
        found: list[Cut] = []
        for mover in self.list_movers(hidden):
            mover.avoid(np.array(sorted(self.single), np.int64))
            last = len(mover.cells) and mover.width == int(hidden.sum())
            for cell in map(int, mover.cells):
                if cell in open_cells:
                    families = self.find_families(mover, cell, known)
                    if not families:
                        open_cells.discard(cell)
                    elif last:
                        found += [
                            self.find_way_out(hidden, cell, family)
                            for family in families
                        ]
        return [cut for cut in found if cut]

    def list_movers(self, hidden: Flags) -> Iterator[Mover]:
        """List movers from the true table: those of the modules, then of the whole."""
        values, least, end = self.system.values, self.system.least, self.deadline
        if self.modules:
            shared = find_shared(self.system, self.modules)
            for sums in self.modules:
                yield Mover(
                    self.system,
                    hidden,
                    values,
                    least,
                    sums=sums,
                    held=shared,
                    deadline=end,
                )
        yield Mover(self.system, hidden, values, least, deadline=end)

    def find_families(
        self, mover: Mover, cell: int, known: dict[int, list[Move]]
    ) -> list[tuple[int, ...]]:
        """Find families that could work a number out, a few at the most."""
        tried: list[tuple[int, ...]] = [()]
        failing: list[tuple[int, ...]] = []
        while tried and len(failing) < MOST_FAMILIES:
            family = tried.pop()
            if self.is_own(cell, family):
                continue
            move = next(
                (each for each in known[cell] if each.isdisjoint(family)), None
            ) or self.find_move(mover, cell, family, known)
            if move is None:
                failing.append(family)
            elif len(family) < 2:
                tried += [(*family, one) for one in sorted(move & self.single - {cell})]
        return failing

    def find_move(
        self,
        mover: Mover,
        cell: int,
        family: tuple[int, ...],
        known: dict[int, list[Move]],
    ) -> Move | None:
        """Find a move of a number in which a family's cells take no part."""
        mover.hold(family, still=True)
        move = mover.find(cell, 1, 1)
        if move is None:
            move = mover.find(cell, -1, 1)
        mover.hold(family, still=False)
        if move is None:
            return None
        moved = frozenset(mover.cells[np.flatnonzero(move)].tolist())
        for other in moved:
            if other in known:
                known[other].append(moved)
        return moved

    def is_own(self, cell: int, family: tuple[int, ...]) -> bool:
        """Does a number stand for a family's own children only?"""
        return cell in family or any(
            set(family).issuperset(parts)
            for number in self.system.sums_of[cell]
            for members, signs in [
                (self.system.sums[number], self.system.signs[number])
            ]
            for parts in [members[signs > 0].tolist()]
            if cell in members[signs < 0]
        )

    def find_way_out(self, hidden: Flags, cell: int, family: tuple[int, ...]) -> Cut:
        """Find shown cells of which one at least must be hidden.

        Where only whole numbers tie the number down, any neighbour may be.
        """
        cut: Cut = {}
        for side in (1, -1):
            found = self.reader.find_cut(hidden, Request(cell, side, 1), family)
            if found is not None:
                for other in map(int, np.flatnonzero(found)):
                    cut[other] = max(cut.get(other, 0.0), float(found[other]))
        shown = {other: part for other, part in cut.items() if not hidden[other]}
        return shown or {
            int(other): 1.0
            for number in self.system.sums_of[cell]
            for other in self.system.sums[number]
            if not hidden[other]
        }
