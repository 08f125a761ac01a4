"""Families inside the table: who knows one child's number must not solve another's.

A family knows every cell in which its child stands alone, and a pair of siblings two
such cells. For each small number there must be whole moves of the true table in which
it takes part and the known cells do not; else the family could work it out.
"""

from collections.abc import Sequence

import numpy as np

from commonroot.analysis.disclosure.first_cuts import Cut
from commonroot.analysis.disclosure.parts import (
    WORKERS,
    Part,
    in_parallel,
    list_rounds,
    share_out,
)
from commonroot.analysis.disclosure.patience import NO_DEADLINE
from commonroot.analysis.disclosure.reader import Reader, Request
from commonroot.analysis.disclosure.sums import Flags, System
from commonroot.analysis.disclosure.witnesses import Mover

Move = frozenset[int]
Family = tuple[int, ...]
Known = dict[int, list[Move]]
# So many families are enough to learn from at a time.
MOST_FAMILIES = 4


class Families:
    """Looks for numbers that a family could work out.

    A move that was found stays one while all that it moves stays hidden, so what was
    learned of one choice is kept for the next.
    """

    def __init__(
        self,
        system: System,
        modules: Sequence[Sequence[int]] = (),
        deadline: float = NO_DEADLINE,
    ) -> None:
        self.deadline = deadline
        self.system = system
        self.rounds = list_rounds(system, modules)
        self.single = set(np.flatnonzero(system.single).tolist())
        self.avoided = np.array(sorted(self.single), np.int64)
        self.readers = [Reader(system) for _ in range(WORKERS)]
        self.known: Known = {}

    def object_to(self, hidden: Flags) -> list[Cut]:
        """Give a cut for each number that a family could work out."""
        if not self.single:
            return []
        self.forget(hidden)
        left = sorted(self.known)
        failing: list[tuple[int, Family]] = []
        for parts in self.rounds:
            shares = share_out(
                left, [part.list_free(self.system, hidden) for part in parts]
            )
            failing = self.search_all(hidden, parts, shares)
            asked = {cell for share in shares for cell in share}
            left = sorted({*left} - asked | {cell for cell, _ in failing})
        return self.find_ways_out(hidden, failing)

    def forget(self, hidden: Flags) -> None:
        """Forget the moves of what is no longer hidden."""
        shown = set(np.flatnonzero(~hidden).tolist())
        self.known = {
            cell: [move for move in self.known.get(cell, ()) if shown.isdisjoint(move)]
            for cell in map(int, np.flatnonzero(self.system.small))
        }

    def search_all(
        self, hidden: Flags, parts: Sequence[Part], shares: Sequence[Sequence[int]]
    ) -> list[tuple[int, Family]]:
        """Find the families of many numbers, each part looking at its own share."""

        def search(
            pair: tuple[Part, Sequence[int]],
        ) -> tuple[list[tuple[int, Family]], Known]:
            part, cells = pair
            # What parts learn side by side must not depend on which was faster.
            known: Known = {cell: list(self.known[cell]) for cell in cells}
            if not cells:
                return [], known
            mover = self.make_mover(hidden, part)
            found = [
                (cell, family)
                for cell in cells
                for family in self.find_families(mover, cell, known)
            ]
            return found, known

        found = in_parallel(search, zip(parts, shares, strict=True))
        for _, known in found:
            self.known |= known
        return [pair for pairs, _ in found for pair in pairs]

    def make_mover(self, hidden: Flags, part: Part) -> Mover:
        """Make a mover from the true table, which spares single children."""
        system = self.system
        mover = Mover(
            system, hidden, system.values, system.least, part, deadline=self.deadline
        )
        mover.avoid(self.avoided)
        return mover

    def find_families(self, mover: Mover, cell: int, known: Known) -> list[Family]:
        """Find families that could work a number out, a few at the most."""
        tried: list[Family] = [()]
        failing: list[Family] = []
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
        self, mover: Mover, cell: int, family: Family, known: Known
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

    def is_own(self, cell: int, family: Family) -> bool:
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

    def find_ways_out(
        self, hidden: Flags, failing: Sequence[tuple[int, Family]]
    ) -> list[Cut]:
        """Find a cut for each number and family, the readers working side by side."""

        def work(reader: Reader) -> list[Cut]:
            first = self.readers.index(reader)
            return [
                self.find_way_out(reader, hidden, cell, family)
                for cell, family in failing[first::WORKERS]
            ]

        found = in_parallel(work, self.readers)
        return [cut for cuts in found for cut in cuts if cut]

    def find_way_out(
        self, reader: Reader, hidden: Flags, cell: int, family: Family
    ) -> Cut:
        """Find shown cells of which one at least must be hidden.

        Where only whole numbers tie the number down, any neighbour may be.
        """
        cut: Cut = {}
        for side in (1, -1):
            found = reader.find_cut(hidden, Request(cell, side, 1), family)
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
