"""The same test for tables too large to deal and count incident by incident.

Rows are laid in the order of students, students of the same number of incidents one
after another. A replicate rolls each column by a random number of students within
each such stretch: an exact permutation of students' blocks, at the price of a copy.
Cells are then counted in cubes. Nobody is left out in the replicates, which makes
their largest scores a little larger and the test a little stricter; whoever is the
heaviest in a slice is left out before the slice is named.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from commonroot.analysis.scan import kernels
from commonroot.analysis.scan.counting import count_cells
from commonroot.analysis.scan.events import Codes, Events, Whole
from commonroot.analysis.scan.expected import Classes
from commonroot.analysis.scan.replicates import (
    Numbers,
    Searched,
    list_blocks,
    prepare_deal,
)
from commonroot.analysis.scan.slices import DEEPEST

FEWEST_IN_STRETCH = 50
LARGE = 40_000


@dataclass(frozen=True)
class Stretches:
    """The order in which a column is rolled: incidents, and the stretches of it.

    Stretch i is `members[begins[i]:begins[i + 1]]`, and is rolled by whole multiples
    of `steps[i]` incidents.
    """

    members: Whole
    begins: NDArray[np.int64]
    steps: NDArray[np.int64]


@dataclass(frozen=True)
class Roller:
    """Deals by rolling; the same seed and number give the same.

    `codes` are the events' own in the order of `members`, in which most columns are
    rolled; the order of incidents does not matter to who counts them.
    """

    codes: Codes
    members: Whole
    blocks: tuple[tuple[Stretches, tuple[int, ...]], ...]

    def deal(self, seed: int, number: int) -> Codes:
        """Deal one replicate: codes of the same shape as the events' own."""
        state = kernels.start_random(seed, number)
        dealt = self.codes.copy()
        for stretches, columns in self.blocks:
            turns = draw_turns(state, stretches)
            straight = stretches.members is self.members
            for column in columns:
                if straight:
                    roll_straight(
                        self.codes[column], stretches.begins, turns, dealt[column]
                    )
                else:
                    kernels.roll_column(
                        self.codes[column],
                        stretches.members,
                        stretches.begins,
                        turns,
                        dealt[column],
                    )
        return dealt


def roll_straight(
    values: Codes, begins: NDArray[np.int64], turns: NDArray[np.int64], dealt: Codes
) -> None:
    """Roll stretches of a column that lies in their order."""
    for begin, end, turn in zip(begins[:-1], begins[1:], turns, strict=True):
        dealt[begin : end - turn] = values[begin + turn : end]
        dealt[end - turn : end] = values[begin : begin + turn]


def draw_turns(state: NDArray[np.uint64], stretches: Stretches) -> NDArray[np.int64]:
    """Draw by how many incidents each stretch is rolled."""
    sizes = np.diff(stretches.begins)
    return np.array(
        [
            step * kernels.next_below(state, size // step) if size else 0
            for size, step in zip(sizes, stretches.steps, strict=True)
        ],
        dtype=np.int64,
    )


def find_stretches(events: Events, classes: Whole, seed: int) -> Stretches:
    """Find stretches of students alike within each class.

    Students of one number of incidents make a stretch when there are 50 or more of
    them; else they are joined with their neighbours in size, and rolled by single
    incidents, so that a student's values fall to one or two others of nearly its size.
    """
    shaken = np.empty(len(events.incidents_of_student), dtype=np.int32)
    kernels.shuffle(kernels.start_random(seed, 0), shaken)
    deal = prepare_deal(events, -1, classes, lead=shaken[events.lead])
    begins: list[int] = []
    steps: list[int] = []
    for first, last in zip(deal.classes[:-1], deal.classes[1:], strict=True):
        sizes = np.diff(deal.groups[first : last + 1])
        for start, _, step in join_sizes(sizes):
            begins.append(int(deal.groups[first + start]))
            steps.append(step)
    return Stretches(
        deal.members, np.array([*begins, events.size]), np.array(steps, dtype=np.int64)
    )


def join_sizes(sizes: NDArray[np.int32]) -> list[tuple[int, int, int]]:
    """Join sizes, largest first, into stretches (start, stop, step).

    >>> join_sizes(np.array([9, 7, *[2] * 60, *[1] * 70]))
    [(0, 62, 1), (62, 132, 1)]
    >>> join_sizes(np.array([2] * 60 + [1] * 70))
    [(0, 60, 2), (60, 130, 1)]
    """
    turns = np.flatnonzero(np.concatenate([[True], sizes[1:] != sizes[:-1], [True]]))
    joined: list[tuple[int, int, int]] = []
    start = 0
    for begin, stop in zip(turns[:-1], turns[1:], strict=True):
        alike = start == begin
        if stop - start >= FEWEST_IN_STRETCH:
            joined.append((start, int(stop), int(sizes[begin]) if alike else 1))
            start = int(stop)
    if start < len(sizes):
        joined.append((start, len(sizes), 1))
    return joined


def make_roller(
    events: Events, classes: Classes, fixed: Sequence[int] = (), seed: int = 0
) -> Roller:
    """Make a roller that leaves the root and the `fixed` columns where they are."""
    moving = [at for at in range(len(events.columns)) if at not in fixed]
    blocks = [b for b in list_blocks(events, moving) if classes.root not in b]
    if classes.root is None and not fixed:
        blocks = blocks[1:]
    straight = find_stretches(events, classes.stratum, seed)
    places = np.empty(events.size, dtype=np.int32)
    places[straight.members] = np.arange(events.size, dtype=np.int32)
    rolled = []
    for block in blocks:
        stretches = straight
        if block[0] in classes.tied:
            own = find_stretches(events, classes.of(block[0]), seed)
            stretches = Stretches(places[own.members], own.begins, own.steps)
        rolled.append((stretches, tuple(block)))
    codes = np.ascontiguousarray(events.codes[:, straight.members])
    return Roller(codes, straight.members, tuple(rolled))


class TableScorer:
    """Scores tables of codes by counting all cells; one a thread."""

    def __init__(self, events: Events, searched: Searched) -> None:
        self.searched = searched
        self.nothing = np.empty(0)

    def score(self, codes: Codes, told: Numbers | None = None) -> Numbers:
        """Give the largest score at each depth; write counts and scores to `told`."""
        searched = self.searched
        layout = searched.layout
        counts = count_cells(codes, layout)
        best = np.zeros(DEEPEST + 1)
        for number, chosen in enumerate(layout.sets):
            part = layout.part(number)
            scores = self.nothing if told is None else np.zeros(part.stop - part.start)
            largest = kernels.score_counts(
                counts[part],
                searched.expected[part],
                searched.varies[part],
                searched.named[part],
                float(searched.fewest_incidents),
                scores,
            )
            best[len(chosen)] = max(best[len(chosen)], largest)
            if told is not None:
                told[part, 0], told[part, 3] = counts[part], scores
        return best
