"""The one door: counts in, what may be shown of them out, with the proof."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from commonroot.analysis.disclosure.bases import Wish, find_base
from commonroot.analysis.disclosure.certificate import make_certificate
from commonroot.analysis.disclosure.design import (
    TOTAL_LABEL,
    Design,
    DesignError,
    Key,
    Layout,
    lay_out,
)
from commonroot.analysis.disclosure.hiding import Progress, list_plain_requests
from commonroot.analysis.disclosure.ledger import Entry, join_ledger
from commonroot.analysis.disclosure.patience import NoWayOutError, OutOfTimeError
from commonroot.analysis.disclosure.pooling import Pooled, pool_small
from commonroot.analysis.disclosure.rules import Counts, Judged, judge
from commonroot.analysis.disclosure.seal import SEAL, Sealed
from commonroot.analysis.disclosure.settling import settle
from commonroot.analysis.disclosure.sums import Cells, Flags, System, Whole, reduce
from commonroot.analysis.disclosure.witnesses import Cover, Mover

# The first design may take this part of the time; each coarser one nearly all of the
# rest, for it is quicker by far.
FIRST_SHARE, NEXT_SHARE = 0.8, 0.9
LEAST_SECONDS = 0.05
LATE = "The time limit came before every small number was proven safe"
TOLD = "Together with earlier releases this table would tell small numbers"


class ToldTooMuchError(Exception):
    """No hiding keeps the promise beside what earlier releases tell."""


@dataclass(frozen=True)
class ReleasedCell(Sealed):
    """What is released of one cell: a number, or why there is none."""

    incidents: int | None
    status: str


@dataclass(frozen=True)
class Release(Sealed):
    """Every published cell, the certificate, and what is told of the work.

    `sentence` is empty, or says that a coarser table is published than was asked for.
    `unmet` counts small numbers that earlier releases already tell too much of.
    """

    columns: tuple[str, ...]
    cells: Mapping[Key, ReleasedCell]
    certificate: Mapping[str, Any]
    entry: Entry = field(repr=False)
    sentence: str = ""
    small: int = 0
    bound: int = 0
    proven: int = 0
    unmet: int = 0

    @property
    def hidden(self) -> int:
        """Count the hidden cells."""
        return sum(cell.status == "hidden" for cell in self.cells.values())


Tell = Callable[[Progress], None]


def release(
    counts: Counts,
    design: Design,
    ledger: Sequence[Entry] = (),
    *,
    released_on: str = "",
    seconds: float = 300.0,
    seed: int = 0,
    tell: Tell = lambda progress: None,
) -> Release:
    """Release counts by a design, jointly with every earlier release of the ledger.

    When the time limit comes before the proof, the next coarser design is tried; in
    the end nothing but zeros is shown. Raises DesignError for counts that do not fit.

    >>> from commonroot.analysis.disclosure.rules import Counted
    >>> rows = {("gym",): Counted(20, 15), ("bus",): Counted(14, 12),
    ...         ("hall",): Counted(4, 2)}
    >>> found = release(Counts(("place",), rows), Design({"place": ("place",)}, (("place",),)))
    >>> [(key[0], cell.incidents) for key, cell in found.cells.items()]
    [('gym', 20), ('bus', None), ('hall', None), ('*', 38)]
    """
    missing = [column for column in design.columns if column not in counts.columns]
    if missing:
        raise DesignError(f"the counts have no column {', '.join(missing)}")
    end = time.monotonic() + seconds
    wanted: Design | None = design
    share, told = FIRST_SHARE, False
    while wanted is not None:
        left = (end - time.monotonic()) * share
        if left > LEAST_SECONDS:
            try:
                found = release_once(
                    counts, wanted, ledger, left, seed, tell, released_on
                )
            except OutOfTimeError:
                pass
            except (ToldTooMuchError, NoWayOutError):
                told = bool(ledger)
            else:
                return tell_coarser(found, design, wanted, told=told)
        wanted, share = wanted.coarsen(), NEXT_SHARE
    return release_nothing(counts, design, released_on, ledger, told=told)


def tell_coarser(
    found: Release, design: Design, used: Design, *, told: bool
) -> Release:
    """Say so when a coarser design was used than was asked for."""
    if used == design:
        return found
    dropped = [column for column in design.columns if column not in used.columns]
    without = f"without {', '.join(dropped)}" if dropped else "with fewer tables"
    sentence = f"{TOLD if told else LATE}, so a coarser table is published: {without}."
    return replace(found, sentence=sentence, seal=SEAL)


def release_once(
    counts: Counts,
    design: Design,
    ledger: Sequence[Entry],
    seconds: float,
    seed: int,
    tell: Tell,
    released_on: str,
) -> Release:
    """Release by one design, or raise OutOfTimeError."""
    end = time.monotonic() + seconds
    asked = prepare(counts, design, ledger)
    system = asked.system
    settled = settle(
        system,
        design.threshold,
        seconds=end - time.monotonic(),
        seed=seed,
        tell=tell,
    )
    if settled.missing:
        raise ToldTooMuchError if ledger else OutOfTimeError
    plain = find_plain_witnesses(
        system, settled.hiding.hidden, settled.modules, seed, end
    )
    hidden = asked.list_hidden(settled.hiding.hidden)
    cells = asked.publish(hidden)
    facts = {
        "released_on": released_on,
        "seed": seed,
        "hidden_cells": sum(cell.status == "hidden" for cell in cells.values()),
        "hidden_at_least": settled.hiding.bound,
    }
    together = {
        key: ReleasedCell(None, "pooled", seal=SEAL)
        for key in asked.pooled.list_keys(design)
    }
    return Release(
        columns=design.columns,
        cells=cells | together,
        certificate=make_certificate(
            cells,
            design,
            [asked.spread(table, hidden) for table in settled.tables],
            [asked.spread(table, hidden) for table in plain],
            facts,
        ),
        entry=Entry.make(
            design, asked.layout, asked.judged, hidden, released_on, asked.pooled.counts
        ),
        small=int(system.small.sum()),
        bound=settled.hiding.bound,
        proven=settled.count_proven(system),
        unmet=len(settled.missing),
        seal=SEAL,
    )


@dataclass(frozen=True)
class Asked:
    """What a design asks to release: its cells, judged, and the system they make."""

    pooled: Pooled
    layout: Layout
    judged: Judged
    cells: Cells
    system: System

    def list_hidden(self, hidden: Flags) -> Flags:
        """Say of every cell whether it is hidden, given that for each class."""
        found = self.system.spread(hidden)
        kept = self.cells.kept_hidden & ~self.cells.told & (self.cells.values > 0)
        every: Flags = (found | kept)[: len(self.layout.keys)]
        return every

    def publish(self, hidden: Flags) -> dict[Key, ReleasedCell]:
        """Give every published cell, hidden or shown."""
        return {
            key: ReleasedCell(None, "hidden", seal=SEAL)
            if hidden[at]
            else ReleasedCell(int(self.judged.incidents[at]), "shown", seal=SEAL)
            for at, key in enumerate(self.layout.keys[: self.layout.published])
        }

    def spread(self, table: Whole, hidden: Flags) -> Whole:
        """Give a table of classes as numbers of the cells that a reader does not see."""
        inside = np.arange(len(hidden)) >= self.layout.published
        of = self.system.of
        found: Whole = np.where(of >= 0, table[of], self.cells.values)
        own: Whole = found[np.flatnonzero(hidden | inside)]
        return own


def prepare(counts: Counts, design: Design, ledger: Sequence[Entry]) -> Asked:
    """Pool, lay out, judge, and put earlier releases beside it."""
    pooled = pool_small(counts, design)
    layout = lay_out(design, list_leaves(pooled.counts, design))
    judged = judge(pooled.counts, design, layout)
    published = np.arange(len(layout.keys)) < layout.published
    cells, sums = join_ledger(
        Cells.make(
            judged.incidents,
            published=published,
            protected=judged.small & published,
            single=judged.single,
            least=published.astype(np.int64),
            module=find_modules(design, layout.keys),
        ),
        layout,
        design,
        ledger,
        pooled.counts,
    )
    return Asked(pooled, layout, judged, cells, reduce(cells, sums))


def list_leaves(counts: Counts, design: Design) -> list[Key]:
    """List the finest labels that a design publishes, each once."""
    where = [counts.columns.index(column) for column in design.columns]
    return list(dict.fromkeys(tuple(key[at] for at in where) for key in counts.leaves))


def find_plain_witnesses(
    system: System,
    hidden: Flags,
    modules: Sequence[Sequence[int]],
    seed: int,
    deadline: float,
) -> list[Whole]:
    """Find tables for a reader who does not know that zeros are shown."""
    requests = list_plain_requests(system)
    if not requests:
        return []
    none = np.zeros(len(system), np.int64)
    base = find_base(system, hidden, none, Wish.draw(none + 3, seed), modules)
    if base is None:
        return []
    cover = Cover(hidden, none, none + 1)
    cover.add_base(base)
    wanted = np.flatnonzero(hidden & (system.lowest > 1)).tolist()
    mover = Mover(system, hidden, base, none, seed=seed, deadline=deadline)
    cover.fill(mover, wanted)
    return cover.pack()


def find_modules(design: Design, keys: Sequence[Key]) -> Whole:
    """Give each cell its module: the second level of the deepest dimension.

    A region is solved district by district; what ties them together comes last.
    """
    at, best = 0, (0, 0)
    for columns in design.dimensions.values():
        best = max(best, (len(columns), -at))
        at += len(columns)
    depth, start = best[0], -best[1]
    if depth < 2:
        return np.zeros(len(keys), np.int64)
    numbers: dict[str, int] = {}
    return np.array(
        [
            -1
            if key[start] == TOTAL_LABEL
            else numbers.setdefault(key[start], len(numbers))
            for key in keys
        ],
        np.int64,
    )


def release_nothing(
    counts: Counts,
    design: Design,
    released_on: str,
    ledger: Sequence[Entry],
    *,
    told: bool,
) -> Release:
    """Release nothing but zeros; beside earlier releases not even these."""
    layout = lay_out(design, list_leaves(counts, design))
    judged = judge(counts, design, layout)
    hidden = np.ones(len(layout.keys), bool) if ledger else judged.incidents > 0
    cells = {
        key: ReleasedCell(None, "hidden", seal=SEAL)
        if hidden[at]
        else ReleasedCell(0, "shown", seal=SEAL)
        for at, key in enumerate(layout.keys[: layout.published])
    }
    count = int(hidden[: layout.published].sum())
    return Release(
        columns=design.columns,
        cells=cells,
        certificate=make_certificate(
            cells, design, [], [], {"released_on": released_on, "hidden_cells": count}
        ),
        entry=Entry.make(
            design, layout, judged, hidden, released_on, counts, keeps=False
        ),
        sentence=f"{TOLD if told else LATE}, so no number is published"
        + ("." if told else " but zeros."),
        small=int(judged.small.sum()),
        seal=SEAL,
    )
