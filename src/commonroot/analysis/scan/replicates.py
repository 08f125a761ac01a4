"""Schools like this one in which nothing stands out, and how far chance alone goes.

Each replicate deals every column's values to students of about the same number of
incidents, and keeps what each student has together: children with many records and
habits of their own are in the null, so they cannot pass for a pattern.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from commonroot.analysis.scan import kernels
from commonroot.analysis.scan.events import Codes, Events, Whole
from commonroot.analysis.scan.expected import Classes
from commonroot.analysis.scan.slices import DEEPEST, Layout

JITTER = 0.15
ROUND = 20
BATCH = 200
Numbers = NDArray[np.float64]
Redeal = Callable[[int, int], Codes]


@dataclass(frozen=True)
class Deal:
    """The order in which one column is dealt: incidents, students and classes."""

    column: int
    members: Whole
    groups: Whole
    classes: Whole


@dataclass(frozen=True)
class Searched:
    """What is scored, and against what: one table of cells for every set."""

    layout: Layout
    expected: Numbers
    varies: Numbers
    named: NDArray[np.bool_]
    fewest_incidents: int
    fewest_students: int


def prepare_deal(
    events: Events, column: int, classes: Whole, lead: Whole | None = None
) -> Deal:
    """Prepare the order for dealing one column within classes.

    Students of the same number of incidents stand in the order of `lead`.
    """
    if not events.size:
        nothing = np.zeros(1, dtype=np.int32)
        return Deal(column, nothing[:0], nothing, nothing)
    lead = events.lead if lead is None else lead
    keys = classes.astype(np.int64) * (int(lead.max(initial=0)) + 1) + lead
    _, group, sizes = np.unique(keys, return_inverse=True, return_counts=True)
    members = np.lexsort((np.arange(events.size), group, -sizes[group], classes))
    ordered = group[members]
    begins = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))
    classes_of_groups = classes[members][begins]
    turns = np.flatnonzero(
        np.concatenate([[True], classes_of_groups[1:] != classes_of_groups[:-1]])
    )
    return Deal(
        column,
        members.astype(np.int32),
        np.append(begins, events.size).astype(np.int32),
        np.append(turns, len(begins)).astype(np.int32),
    )


def prepare_deals(
    events: Events, classes: Classes, columns: Sequence[int]
) -> list[Deal]:
    """Prepare the dealing of some columns, one order for all that share classes."""
    made: dict[int, Deal] = {}
    deals = []
    for column in columns:
        found = classes.of(column)
        key = column if column in classes.tied else -1
        if key not in made:
            made[key] = prepare_deal(events, column, found)
        same = made[key]
        deals.append(Deal(column, same.members, same.groups, same.classes))
    return deals


def list_blocks(events: Events, columns: Sequence[int]) -> list[list[int]]:
    """List the columns by block: those of one block are dealt together."""
    blocks: dict[str, list[int]] = {}
    for column in columns:
        blocks.setdefault(events.columns[column].block, []).append(column)
    return list(blocks.values())


@dataclass(frozen=True)
class Dealer:
    """Deals the columns of a table anew; the same seed and number give the same."""

    events: Events
    deals: tuple[tuple[Deal, tuple[int, ...]], ...]

    def deal(self, seed: int, number: int) -> Codes:
        """Deal one replicate: codes of the same shape as the events' own."""
        state = kernels.start_random(seed, number)
        dealt = self.events.codes.copy()
        order = np.arange(self.events.size, dtype=np.int32)
        for deal, columns in self.deals:
            source = np.empty(self.events.size, dtype=np.int32)
            kernels.deal_column(
                state, order, deal.members, deal.groups, deal.classes, JITTER, source
            )
            for column in columns:
                dealt[column] = self.events.codes[column][source]
        return dealt


def make_dealer(events: Events, classes: Classes, fixed: Sequence[int] = ()) -> Dealer:
    """Make a dealer that leaves the root and the `fixed` columns where they are.

    Of a block all columns move together. Without a root the first block stays: only
    how columns lie to each other matters.
    """
    moving = [at for at in range(len(events.columns)) if at not in fixed]
    blocks = list_blocks(events, moving)
    if classes.root is None and not fixed:
        blocks = blocks[1:]
    elif classes.root is not None:
        blocks = [block for block in blocks if classes.root not in block]
    deals = prepare_deals(events, classes, [block[0] for block in blocks])
    return Dealer(
        events,
        tuple((deal, tuple(block)) for deal, block in zip(deals, blocks, strict=True)),
    )


class CellScorer(Protocol):
    """Scores tables of codes."""

    def score(self, codes: Codes, told: Numbers | None = None) -> Numbers:
        """Give the largest score at each depth; write every cell's figures to `told`."""
        ...


class Scorer:
    """Scores tables of codes against what is expected; one a thread."""

    def __init__(self, events: Events, searched: Searched) -> None:
        layout = searched.layout
        self.events, self.searched = events, searched
        self.strides = np.zeros_like(layout.members)
        largest = 1
        for number, chosen in enumerate(layout.sets):
            shape = layout.shape(number)
            strides = np.cumprod((1, *shape[:0:-1]))[::-1]
            self.strides[number, : len(chosen)] = strides
            largest = max(largest, int(np.prod(shape)))
        self.of_students = events.incidents_of_student / max(1, events.size)
        self.counts = np.zeros(largest, dtype=np.int32)
        self.touched = np.empty(events.size + 1, dtype=np.uint32)
        self.fewest = np.array([searched.fewest_incidents, searched.fewest_students])
        self.nothing = np.empty((0, 4))

    def score(self, codes: Codes, told: Numbers | None = None) -> Numbers:
        """Give the largest score at each depth; write every cell's figures to `told`."""
        best = np.zeros(DEEPEST + 1)
        kernels.score_sets(
            codes,
            self.events.students,
            self.of_students,
            self.searched.layout.members,
            self.searched.layout.depths,
            self.strides,
            self.searched.layout.offsets,
            self.searched.expected,
            self.searched.varies,
            self.searched.named,
            self.fewest,
            self.counts,
            self.touched,
            best,
            self.nothing if told is None else told,
        )
        return best


def score_replicates(
    events: Events,
    searched: Searched,
    redeal: Redeal,
    make_scorer: Callable[[Events, Searched], CellScorer],
    *,
    replicates: int,
    seed: int,
    threads: int = 1,
    hopeless: Callable[[Numbers], bool] = lambda largest: False,
    progress: Callable[[float], Any] = lambda share: None,
) -> Numbers:
    """Give the largest score of each replicate at each depth: shape (replicates, depths).

    Each replicate has random numbers of its own, so any number of threads gives the
    same. After each batch `hopeless` may say that the rest would change nothing that
    is named; then fewer come back.
    """
    found = np.zeros((replicates, DEEPEST + 1))

    def work(numbers: range) -> int:
        scorer = make_scorer(events, searched)
        for number in numbers:
            found[number] = scorer.score(redeal(seed, number))
        return numbers.stop

    with ThreadPoolExecutor(threads) as pool:
        for begin in range(0, replicates, BATCH):
            end = min(replicates, begin + BATCH)
            rounds = [
                range(at, min(end, at + ROUND)) for at in range(begin, end, ROUND)
            ]
            for done in pool.map(work, rounds):
                progress(done / replicates)
            if hopeless(found[:end]):
                return found[:end]
    return found
