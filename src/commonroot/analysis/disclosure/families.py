"""Families inside the table: who knows one child's number must not solve another's.

A family knows a cell in which its child stands alone, the parts of that cell, and what
adds up from them; a pair of siblings two such cells. For each other small number there
must be whole moves of the true table in which it takes part and the known cells do not;
else the family could work it out.
"""

from collections.abc import Sequence

import numpy as np

from commonroot.analysis.disclosure.first_cuts import FAMILY, Cut
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
        self.owned: dict[Family, frozenset[int]] = {}

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
            own = self.list_own(family)
            if cell in own:
                continue
            move = next(
                (each for each in known[cell] if each.isdisjoint(own)), None
            ) or self.find_move(mover, cell, own, known)
            if move is None:
                failing.append(family)
            elif len(family) < FAMILY:
                tried += [(*family, one) for one in sorted(move & self.single - {cell})]
        return failing

    def find_move(
        self, mover: Mover, cell: int, own: frozenset[int], known: Known
    ) -> Move | None:
        """Find a move of a number in which a family's own cells take no part."""
        mover.hold(sorted(own), still=True)
        move = mover.find(cell, 1, 1)
        if move is None:
            move = mover.find(cell, -1, 1)
        mover.hold(sorted(own), still=False)
        if move is None:
            return None
        moved = frozenset(mover.cells[np.flatnonzero(move)].tolist())
        for other in moved:
            if other in known:
                known[other].append(moved)
        return moved

    def list_own(self, family: Family) -> frozenset[int]:
        """List what a family knows of its own children.

        The parts of a cell of one child are that child's too, and so is a total of
        which a family knows every part.
        """
        if family not in self.owned:
            own, new = set(family), list(family)
            while new:
                near = {number for cell in new for number in self.system.sums_of[cell]}
                more = {cell for number in near for cell in self.add_own(number, own)}
                new = sorted(more - own)
                own |= more
            self.owned[family] = frozenset(own)
        return self.owned[family]

    def add_own(self, number: int, own: set[int]) -> Sequence[int]:
        """List what a sum adds to a family's own cells."""
        members, signs = self.system.sums[number], self.system.signs[number]
        total: list[int] = members[signs < 0].tolist()
        parts: list[int] = members[signs > 0].tolist()
        if total and own.issuperset(total) and self.single.issuperset(total):
            return parts
        return total if parts and own.issuperset(parts) else ()

    def find_ways_out(
        self, hidden: Flags, failing: Sequence[tuple[int, Family]]
    ) -> list[Cut]:
        """Find a cut for each number and family, the readers working side by side."""

        def work(reader: Reader) -> list[Cut]:
            first = self.readers.index(reader)
            return [
                self.find_way_out(reader, hidden, cell, sorted(self.list_own(family)))
                for cell, family in failing[first::WORKERS]
            ]

        found = in_parallel(work, self.readers)
        return [cut for cuts in found for cut in cuts if cut]

    def find_way_out(
        self, reader: Reader, hidden: Flags, cell: int, own: Sequence[int]
    ) -> Cut:
        """Find shown cells of which one at least must be hidden.

        Where only whole numbers tie the number down, any neighbour may be.
        """
        cut: Cut = {}
        for side in (1, -1):
            found = reader.find_cut(hidden, Request(cell, side, 1), own)
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
