"""What a baseline says: how many incidents to expect, and how chance deals them.

`independence`: more than place, time, grade ... alone explain. `exposure`: more than
enrolment, minutes and days there would give. `history`: more in the recent weeks than
the slice's own past and season predict.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from commonroot.analysis.scan.events import Codes, Column, Events, make_events
from commonroot.analysis.scan.expected import (
    Classes,
    expect,
    find_classes,
    in_root_block,
    vary,
    vary_set,
)
from commonroot.analysis.scan.large import LARGE, Roller, make_roller
from commonroot.analysis.scan.replicates import Dealer, Numbers, make_dealer
from commonroot.analysis.scan.slices import Layout, lay_out, list_named

Conditions = tuple[tuple[int, int], ...]
RECENT = "recent"
SEASON_WEIGHT = 5.0


class Baseline(Protocol):
    """A baseline: the table that is searched, what is expected, and its replicates."""

    @property
    def name(self) -> str:
        """Name the baseline."""
        ...

    @property
    def events(self) -> Events:
        """Give the incidents that are searched."""
        ...

    @property
    def layout(self) -> Layout:
        """Give the slices."""
        ...

    @property
    def expected(self) -> Numbers:
        """Give what is expected in each cell."""
        ...

    @property
    def named(self) -> NDArray[np.bool_]:
        """Say of each cell whether it may be named."""
        ...

    @property
    def varies(self) -> Numbers:
        """Give each cell's variance over its mean."""
        ...

    @property
    def looked_at(self) -> NDArray[np.bool_]:
        """Say which incidents are counted: all, or the recent ones."""
        ...

    def redeal(self, seed: int, number: int) -> Codes:
        """Deal one replicate."""
        ...

    def expect_slice(self, conditions: Conditions) -> float:
        """Expect incidents where all conditions hold, any number of them."""
        ...


@dataclass(frozen=True)
class Independence:
    """Columns that know nothing of each other, within strata and given the student."""

    events: Events
    layout: Layout
    expected: Numbers
    varies: Numbers
    named: NDArray[np.bool_]
    classes: Classes
    dealer: Dealer | Roller
    name: str = "independence"

    @property
    def looked_at(self) -> NDArray[np.bool_]:
        """Count all incidents."""
        return np.ones(self.events.size, dtype=np.bool_)

    def redeal(self, seed: int, number: int) -> Codes:
        """Deal every column to students of about the same number of incidents."""
        return self.dealer.deal(seed, number)

    def expect_slice(self, conditions: Conditions) -> float:
        """Multiply the shares of each block's conditions, within classes."""
        return expect_slice(self.events, self.classes, conditions)


def assume_independence(
    events: Events, *, deepest: int, root: str | None = None
) -> Independence:
    """Prepare the baseline of independence; `root` names the column of places."""
    layout = lay_out(events.columns, fewest=2, deepest=deepest)
    classes = find_classes(events, None if root is None else events.place(root))
    return Independence(
        events,
        layout,
        expect(events, classes, layout),
        vary(events, layout),
        list_named(layout),
        classes,
        choose_dealer(events, classes),
    )


def choose_dealer(
    events: Events, classes: Classes, fixed: Sequence[int] = ()
) -> Dealer | Roller:
    """Deal incident by incident, or roll the columns of a large table."""
    if events.size > LARGE:
        return make_roller(events, classes, fixed)
    return make_dealer(events, classes, fixed)


def expect_slice(events: Events, classes: Classes, conditions: Conditions) -> float:
    """Expect incidents where all conditions hold, under independence of blocks.

    With ties, the larger of what is expected with and without them, as in `expect`.
    """
    expected = expect_slice_within(events, classes, conditions)
    if classes.tied:
        plain = expect_slice_within(events, classes.without_ties(), conditions)
        expected = max(expected, plain)
    return expected


def expect_slice_within(
    events: Events, classes: Classes, conditions: Conditions
) -> float:
    """Expect incidents in one slice with the shares of one division into classes."""
    weights = np.bincount(classes.group, minlength=classes.groups).astype(np.float64)
    by_block: dict[str, list[tuple[int, int]]] = {}
    for at, code in conditions:
        by_block.setdefault(events.columns[at].block, []).append((at, code))
    for held in by_block.values():
        shares = events.columns[held[0][0]].shares
        if shares is not None and len(held) == 1:
            weights = weights * shares[held[0][1]]
            continue
        holds = hold_all(events, tuple(held))
        fixed = in_root_block(events, classes, held[0][0])
        kinds = classes.group if fixed else classes.of(held[0][0])
        share = np.bincount(kinds, holds) / np.maximum(1, np.bincount(kinds))
        weights = weights * share[kinds[classes.members]]
    return float(weights.sum())


def hold_all(events: Events, conditions: Conditions) -> NDArray[np.bool_]:
    """Say of every incident whether all conditions hold."""
    holds = np.ones(events.size, dtype=np.bool_)
    for at, code in conditions:
        holds &= events.codes[at] == code
    return holds


@dataclass(frozen=True)
class History:
    """Recent weeks beside the slice's own earlier weeks of the same year.

    The last column says whether an incident is recent; every slice has it.
    """

    events: Events
    layout: Layout
    expected: Numbers
    varies: Numbers
    named: NDArray[np.bool_]
    classes: Classes
    dealer: Dealer | Roller
    seasons: Numbers
    name: str = "history"

    @property
    def looked_at(self) -> NDArray[np.bool_]:
        """Count the recent incidents."""
        return np.asarray(self.events.codes[-1] == 1)

    def redeal(self, seed: int, number: int) -> Codes:
        """Deal who was recent to students of about the same number of incidents."""
        return self.dealer.deal(seed, number)

    def expect_slice(self, conditions: Conditions) -> float:
        """Expect the share of all recent incidents that the slice has of all."""
        last = len(self.events.columns) - 1
        held = hold_all(self.events, tuple(c for c in conditions if c[0] != last))
        return float(np.sum(share_recent(self.events)[held]))


def share_recent(events: Events) -> Numbers:
    """Give each incident the share of its stratum's incidents that are recent."""
    recent = (events.codes[-1] == 1).astype(np.float64)
    strata = np.bincount(events.stratum)
    return np.asarray((np.bincount(events.stratum, recent) / strata)[events.stratum])


def look_back(
    events: Events,
    recent: NDArray[np.bool_],
    *,
    deepest: int,
    earlier: Codes | None = None,
    same_season: NDArray[np.bool_] | None = None,
) -> History:
    """Prepare the baseline of history for the incidents of one year.

    `earlier` are the codes of earlier years' incidents in the same columns and
    `same_season` says which of them fell into the same weeks of their year: a slice
    that is always higher at this time of year is expected to be higher.
    """
    columns = (*events.columns, Column(RECENT, ("before", RECENT), RECENT))
    whole = Events(
        columns,
        np.vstack([events.codes, recent.astype(np.uint8)]),
        events.students,
        events.lead,
        events.stratum,
        events.week,
        events.incidents_of_student,
    )
    last = len(columns) - 1
    sets = tuple(
        (*chosen, last)
        for depth in range(1, deepest + 1)
        for chosen in combinations(range(last), depth)
        if len({columns[at].block for at in chosen}) == depth
    )
    sizes = [int(np.prod([len(columns[at].values) for at in s])) for s in sets]
    layout = Layout(columns, sets, np.concatenate([[0], np.cumsum(sizes)]))
    seasons = find_seasons(layout, earlier, same_season)
    expected, varies = expect_recent(whole, layout)
    classes = find_classes(whole, None)
    return History(
        whole,
        layout,
        expected * seasons,
        varies,
        list_named(layout) & (np.arange(layout.cells) % 2 == 1),
        classes,
        choose_dealer(whole, classes, fixed=range(last)),
        seasons,
    )


def expect_recent(events: Events, layout: Layout) -> tuple[Numbers, Numbers]:
    """Expect recent incidents in every cell, and give their variance over the mean."""
    share = share_recent(events)
    overall = float((events.codes[-1] == 1).mean()) if events.size else 0.0
    expected, varies = np.zeros(layout.cells), np.zeros(layout.cells)
    for number, chosen in enumerate(layout.sets):
        shape = layout.shape(number)[:-1]
        cells = np.ravel_multi_index(
            tuple(events.codes[at] for at in chosen[:-1]), shape
        )
        size = int(np.prod(shape))
        part = layout.part(number)
        expected[part] = np.column_stack(
            [np.bincount(cells, 1 - share, size), np.bincount(cells, share, size)]
        ).ravel()
        varies[part] = vary_set(
            [
                np.bincount(cells, minlength=size) / max(1, events.size),
                np.array([1 - overall, overall]),
            ],
            [True, True],
        )
    return expected, varies


def find_seasons(
    layout: Layout, earlier: Codes | None, same_season: NDArray[np.bool_] | None
) -> Numbers:
    """Find how much higher each slice was at this time of earlier years, at least 1.

    (seen + 5) / (expected + 5), so that a handful of incidents says little. A slice
    that was lower is not expected to be lower: that would make news of nothing.
    """
    seasons = np.ones(layout.cells)
    if earlier is None or same_season is None or not same_season.any():
        return seasons
    share = float(same_season.mean())
    for number, chosen in enumerate(layout.sets):
        shape = layout.shape(number)[:-1]
        cells = np.ravel_multi_index(tuple(earlier[at] for at in chosen[:-1]), shape)
        size = int(np.prod(shape))
        seen = np.bincount(cells[same_season], minlength=size)
        usual = np.bincount(cells, minlength=size) * share
        factor = np.maximum(1.0, (seen + SEASON_WEIGHT) / (usual + SEASON_WEIGHT))
        seasons[layout.part(number)] = np.repeat(factor, 2)
    return seasons


def choose_columns(events: Events, names: Sequence[str]) -> Events:
    """Keep some columns of the events."""
    places = [events.place(name) for name in names]
    return make_events(
        [events.columns[at] for at in places],
        events.codes[places],
        events.students,
        stratum=events.stratum,
        week=events.week,
    )
