"""Hide, and prove it in whole numbers; where that fails, hide more.

Linear programmes allow halves. Now and then a number that could move by halves cannot
move in whole steps: then one of its neighbours is hidden too, and all is asked again.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from commonroot.analysis.disclosure.families import Families
from commonroot.analysis.disclosure.first_cuts import Cut
from commonroot.analysis.disclosure.hiding import (
    Hiding,
    Progress,
    Readers,
    hide,
    list_requests,
)
from commonroot.analysis.disclosure.patience import NoWayOutError
from commonroot.analysis.disclosure.sums import System, Whole
from commonroot.analysis.disclosure.witnesses import Cover, find_witnesses

ROUNDS = 20


@dataclass(frozen=True)
class Settled:
    """What is hidden, and the tables that prove it.

    `missing` are small classes that no hiding can keep the promise for.
    """

    hiding: Hiding
    tables: list[Whole]
    cover: Cover
    missing: tuple[int, ...] = ()
    modules: Sequence[Sequence[int]] = ()

    def count_proven(self, system: System) -> int:
        """Count the small classes that have been seen at both ends."""
        return int((self.cover.high & self.cover.low & system.small).sum())


def settle(
    system: System,
    threshold: int,
    *,
    seconds: float,
    seed: int = 0,
    families: bool = True,
    tell: Callable[[Progress], None] = lambda progress: None,
) -> Settled:
    """Choose what to hide and prove it, within the time. Raises OutOfTimeError."""
    end = time.monotonic() + seconds
    modules = list_modules(system, threshold, seed)
    guard = Families(system, modules, end).object_to if families else None
    extra: list[Cut] = []
    found: Settled | None = None
    missing: Sequence[int] = ()
    for _ in range(ROUNDS):
        try:
            hiding = hide(
                system,
                threshold,
                seconds=end - time.monotonic(),
                seed=seed,
                guard=guard,
                extra=extra,
                tell=tell,
            )
        except NoWayOutError:
            if found is None:
                raise
            return found
        # What had no whole table before is asked about before all the rest.
        ask = partial(
            find_witnesses,
            system,
            hiding.hidden,
            threshold,
            modules,
            seed,
            end,
            partial(tell_proven, system, hiding, tell),
        )
        if missing:
            first = ask(asked=missing)[1]
            still = [
                each for each in list_missing(system, hiding, first) if each in missing
            ]
            if more := list_cuts(system, hiding, still):
                extra += more
                continue
        tables, cover = ask()
        missing = list_missing(system, hiding, cover)
        unmet = {request.cell for request in hiding.unmet}
        given_up = tuple(sorted({*missing, *unmet}))
        found = Settled(hiding, tables, cover, given_up, modules)
        more = list_cuts(system, hiding, missing)
        if not more:
            return found
        extra += more
    assert found is not None
    return found


def tell_proven(
    system: System, hiding: Hiding, tell: Callable[[Progress], None], cover: Cover
) -> None:
    """Tell how many ends of small numbers have been seen in whole tables."""
    seen = int((cover.high & system.small).sum() + (cover.low & system.small).sum())
    asked = 2 * int(system.small.sum())
    tell(Progress(seen, asked, hiding.weight, hiding.bound, "proving in whole numbers"))


def list_modules(system: System, threshold: int, seed: int) -> list[list[int]]:
    """List the sums of each module; none when the system is one."""
    readers = Readers(system, list_requests(system, threshold), [], seed)
    return [reader.sums for reader, _ in readers.modules]


def list_missing(system: System, hiding: Hiding, cover: Cover) -> Sequence[int]:
    """List the small classes without a whole table for one end, which could have one."""
    given_up = {(request.cell, request.side) for request in hiding.unmet}
    return [
        cell
        for cell in map(int, np.flatnonzero(system.small & ~(cover.high & cover.low)))
        if not (
            (cover.high[cell] or (cell, 1) in given_up)
            and (cover.low[cell] or (cell, -1) in given_up)
        )
    ]


def list_cuts(system: System, hiding: Hiding, cells: Sequence[int]) -> list[Cut]:
    """List what must be hidden more for these; nothing where nothing is left."""
    return [cut for cell in cells if (cut := list_neighbours(system, hiding, cell))]


def list_neighbours(system: System, hiding: Hiding, cell: int) -> Cut:
    """List shown classes of which one must be hidden: neighbours, or else any."""
    near = {
        int(other) for number in system.sums_of[cell] for other in system.sums[number]
    }
    shown = set(map(int, np.flatnonzero(~hiding.hidden)))
    return dict.fromkeys(sorted(near & shown or shown), 1.0)
