"""Parts of a large system: districts alone, then in pairs, then everything.

What a part can do while the rest stands still, the whole can do. A district alone
answers most questions, two districts that give and take most of the others, and a
programme of a sixth or a third of the whole is much quicker than the whole.
"""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from commonroot.analysis.disclosure.sums import Flags, System

WORKERS = 2
# A district is paired with the next, and with the one after that.
STEPS = (1, 2)
Each = TypeVar("Each")
Result = TypeVar("Result")


@dataclass(frozen=True)
class Part:
    """Some of the sums (None: all), and the classes that stand still meanwhile."""

    sums: Sequence[int] | None = None
    held: Flags | None = None

    def list_free(self, system: System, hidden: Flags) -> Flags:
        """Say of every class whether it can move in this part."""
        free = hidden.copy()
        if self.sums is not None:
            free &= mark_members(system, self.sums)
        if self.held is not None:
            free &= ~self.held
        return free


def mark_members(system: System, sums: Sequence[int]) -> Flags:
    """Mark the classes that stand in some sums."""
    inside = np.zeros(len(system), bool)
    for number in sums:
        inside[system.sums[number]] = True
    return inside


def list_rounds(
    system: System, modules: Sequence[Sequence[int]]
) -> list[tuple[Part, ...]]:
    """List rounds of parts to ask; what one round cannot answer is asked of the next.

    `modules` are the sums of each district, and last those that tie districts together.
    """
    rounds: list[tuple[Part, ...]] = []
    if modules:
        inside = np.array([mark_members(system, sums) for sums in modules])
        shared = inside.sum(axis=0) != 1
        rounds.append(tuple(Part(sums, shared) for sums in modules))
        districts = len(modules) - 1
        for step in STEPS:
            if step < districts:
                pairs = dict.fromkeys(
                    tuple(sorted({one, (one + step) % districts}))
                    for one in range(districts)
                )
                rounds.append(
                    tuple(join_parts(modules, inside, pair) for pair in pairs)
                )
    return [*rounds, (Part(),) * WORKERS]


def join_parts(
    modules: Sequence[Sequence[int]], inside: Flags, chosen: Sequence[int]
) -> Part:
    """Join some districts and what ties them together; all others stand still."""
    others = [at for at in range(len(modules) - 1) if at not in chosen]
    sums = {number for at in (*chosen, -1) for number in modules[at]}
    held: Flags = np.any(inside[others], axis=0)
    return Part(sorted(sums), held)


def share_out(classes: Iterable[int], free: Sequence[Flags]) -> list[list[int]]:
    """Give each class to the part that has fewest, of those in which it can move.

    >>> share_out([0, 1, 2], [np.array([True, True, True]), np.array([False, True, True])])
    [[0, 2], [1]]
    """
    shares: list[list[int]] = [[] for _ in free]
    for class_ in classes:
        able = [
            share for share, flags in zip(shares, free, strict=True) if flags[class_]
        ]
        if able:
            min(able, key=len).append(class_)
    return shares


def in_parallel(work: Callable[[Each], Result], each: Iterable[Each]) -> list[Result]:
    """Do the same work on several things, as many at once as there are workers."""
    with ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(work, each))
