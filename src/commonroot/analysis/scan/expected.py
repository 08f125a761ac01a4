"""How many incidents a baseline expects in every cell, and how far that may vary.

Within a stratum (a school in a year) the columns are taken to be independent. A
place whose incidents nearly all fall into a few values of another column (lunch is
in the cafeteria) is tied to it: there the place's own shares are used, and the other
places are compared among themselves. See docs/methods/scan.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from commonroot.analysis.scan import kernels
from commonroot.analysis.scan.events import Events, Whole
from commonroot.analysis.scan.slices import Layout

Numbers = NDArray[np.float64]
FEWEST_OF_TIED = 6
TIED_SHARE = 0.9
LARGEST_SHARE_ELSEWHERE = 0.4
EMPTY_SHARE = 0.25
EMPTY_SPREADS = 4.0
BUNCHING = 2.0


@dataclass(frozen=True)
class Classes:
    """Within what the values of each column are dealt and counted.

    `root` is the column that is never dealt (places); None when there is none. `tied`
    has a class for each incident, for the columns to which a value of the root is
    tied; for all others the stratum is the class. `group` numbers the combinations.
    """

    root: int | None
    stratum: Whole
    tied: Mapping[int, Whole]
    group: Whole

    def of(self, column: int) -> Whole:
        """Give the class of each incident for one column."""
        return self.tied.get(column, self.stratum)

    def without_ties(self) -> "Classes":
        """Give the strata alone."""
        return Classes(self.root, self.stratum, {}, self.stratum)

    @cached_property
    def groups(self) -> int:
        """Give the number of groups."""
        return int(self.group.max(initial=-1)) + 1

    @cached_property
    def members(self) -> Whole:
        """Give one incident of each group, which stands for its classes."""
        first = np.zeros(self.groups, dtype=np.int32)
        first[self.group[::-1]] = np.arange(len(self.group), dtype=np.int32)[::-1]
        return first


def find_classes(events: Events, root: int | None) -> Classes:
    """Find strata, and within them the values of the root that are tied to a column."""
    tied: dict[int, Whole] = {}
    group = events.stratum
    if root is not None and events.size:
        strata = int(events.stratum.max()) + 1
        places = events.codes[root].astype(np.int32)
        for at, column in enumerate(events.columns):
            if column.block == events.columns[root].block or column.shares:
                continue
            values = find_tied(events, root, at)
            if values:
                inside = np.isin(places, values)
                tied[at] = np.where(inside, 1 + places, 0) * strata + events.stratum
                group = np.unique(
                    group.astype(np.int64) * (int(tied[at].max()) + 1) + tied[at],
                    return_inverse=True,
                )[1].astype(np.int32)
    return Classes(root, events.stratum, tied, group)


def find_tied(events: Events, root: int, column: int) -> list[int]:
    """Find the values of the root whose time (grade, behaviour ...) is structure.

    Either they happen at few values: 9 in 10 of 6 or more incidents fall into values
    that hold at most 4 in 10 of all the others'. Or they never happen at many: the
    values at which there is none would hold a quarter of them or more, and 4 standard
    errors more than chance leaves empty. Only what has a value is looked at.
    """
    shape = (len(events.columns[root].values), len(events.columns[column].values))
    cells = events.codes[root].astype(np.int64) * shape[1] + events.codes[column]
    table = np.bincount(cells, minlength=shape[0] * shape[1]).reshape(shape)
    listed = [events.columns[column].is_listed(code) for code in range(shape[1])]
    table = table[:, np.array(listed)]
    return [
        value
        for value in range(shape[0])
        if events.columns[root].is_listed(value)
        and table[value].sum() >= FEWEST_OF_TIED
        and table.sum() > table[value].sum()
        and (
            happens_at_few(table[value], table.sum(axis=0) - table[value])
            or never_happens(table[value], table.sum(axis=0) - table[value])
        )
    ]


def happens_at_few(own: NDArray[np.int64], others: NDArray[np.int64]) -> bool:
    """Do 9 in 10 fall into values that hold at most 4 in 10 of the others?

    >>> happens_at_few(np.array([0, 19, 1]), np.array([60, 20, 20]))
    True
    """
    order = np.argsort(-own, kind="stable")
    needed = int(np.searchsorted(np.cumsum(own[order]), TIED_SHARE * own.sum())) + 1
    elsewhere = others[order[:needed]].sum() / others.sum()
    return bool(elsewhere <= LARGEST_SHARE_ELSEWHERE)


def never_happens(own: NDArray[np.int64], others: NDArray[np.int64]) -> bool:
    """Are more values empty than chance leaves empty, even where incidents bunch?

    >>> never_happens(np.array([0, 0, 20, 20]), np.array([30, 30, 30, 30]))
    True
    """
    usual = own.sum() * others / others.sum()
    empty = np.exp(-usual / BUNCHING)
    missing = float(usual[own == 0].sum())
    spread = float(np.sqrt((usual**2 * empty * (1 - empty)).sum()))
    chance = float((usual * empty).sum()) + EMPTY_SPREADS * spread
    return missing >= max(EMPTY_SHARE * float(own.sum()), chance)


def expect(
    events: Events,
    classes: Classes,
    layout: Layout,
    *,
    margins: Numbers | None = None,
) -> Numbers:
    """Expect incidents in every cell of the layout, from shares within classes.

    `margins` are those of the events, where they are known already. Where values are
    tied, the larger of what is expected with and without their ties: what is left when
    the buses and the cafeteria are set aside may be one place alone, and that would be
    no news either.

    Source: independence within strata, E = sum over strata of N x product of shares;
    with classes, the same conditional on the root's value.

    >>> from commonroot.analysis.scan.events import Column, make_events
    >>> from commonroot.analysis.scan.slices import lay_out
    >>> columns = [Column("place", ("a", "b"), "p"), Column("time", ("x", "y"), "t")]
    >>> events = make_events(columns, [[0, 0, 1, 1], [0, 0, 0, 1]], [])
    >>> expect(events, find_classes(events, None), lay_out(columns, fewest=2, deepest=2))
    array([1.5, 0.5, 1.5, 0.5])
    """
    expected = expect_within(events, classes, layout, margins)
    if classes.tied:
        plain = expect_within(events, classes.without_ties(), layout, margins)
        expected = np.maximum(expected, plain)
    return expected


def expect_within(
    events: Events,
    classes: Classes,
    layout: Layout,
    margins: Numbers | None,
) -> Numbers:
    """Expect incidents in every cell with the shares of one division into classes."""
    weights = weigh_groups(classes)
    widest = max((len(column.values) for column in events.columns), default=1)
    shares = np.zeros((classes.groups, len(events.columns), widest))
    for at, column in enumerate(events.columns):
        size = len(column.values)
        if classes.groups == 1 and column.shares is None:
            known = events.margins if margins is None else margins
            shares[:, at, :size] = known[at, :size]
        else:
            shares[:, at, :size] = share_column(events, classes, at)
    expected = np.zeros(layout.cells)
    kernels.expect_sets(weights, shares, *describe_sets(layout), expected)
    return expected


def in_root_block(events: Events, classes: Classes, at: int) -> bool:
    """Is a column of the same block as the root, so that it moves with it?"""
    return (
        classes.root is not None
        and events.columns[at].block == events.columns[classes.root].block
    )


def weigh_groups(classes: Classes) -> Numbers:
    """Count the incidents of each group."""
    if classes.groups == 1:
        return np.array([float(len(classes.group))])
    return np.bincount(classes.group, minlength=classes.groups).astype(np.float64)


def share_column(events: Events, classes: Classes, at: int) -> Numbers:
    """Give a column's shares in every group: shape (groups, values)."""
    column = events.columns[at]
    if column.shares is not None:
        return np.tile(np.array(column.shares), (classes.groups, 1))
    size = len(column.values)
    # The root's block is not dealt: in each group it has the group's own shares.
    fixed = in_root_block(events, classes, at)
    kinds = classes.group if fixed else classes.of(at)
    number = int(kinds.max(initial=-1)) + 1
    cells = kinds.astype(np.int64) * size + events.codes[at]
    table = np.bincount(cells, minlength=number * size).reshape(number, size)
    shares = table / np.maximum(1, table.sum(axis=1, keepdims=True))
    return np.asarray(shares[kinds[classes.members]])


def describe_sets(layout: Layout) -> tuple[NDArray[np.int64], ...]:
    """Give the columns and depths of all sets, columns' sizes, and where cells begin."""
    return layout.members, layout.depths, layout.sizes, layout.offsets


def vary(
    events: Events,
    layout: Layout,
    *,
    margins: Numbers | None = None,
) -> Numbers:
    """Give each cell's variance over its mean when margins are fixed.

    With P the product of the shares p of d columns, f of which have fixed margins:
    1 + (f - 1) P - sum over the fixed ones of P / p. A column with a denominator has
    no fixed margin. For two and three columns with fixed margins that is
    (1 - p)(1 - q) and 1 - pq - pr - qr + 2 pqr.
    """
    shares = (events.margins if margins is None else margins).copy()
    for at, column in enumerate(events.columns):
        if column.shares is not None:
            shares[at, : len(column.shares)] = column.shares
    fixed = np.array([column.shares is None for column in events.columns])
    varies = np.empty(layout.cells)
    kernels.vary_sets(shares, fixed, *describe_sets(layout), varies)
    return varies


def vary_set(shares: Sequence[Numbers], fixed: Sequence[bool]) -> Numbers:
    """Give the variance over the mean for one set of columns, as a flat table.

    >>> vary_set([np.array([0.2]), np.array([0.5])], [True, True])
    array([0.4])
    """
    sizes = [len(share) for share in shares]
    table = np.zeros((len(shares), max(sizes)))
    for at, share in enumerate(shares):
        table[at, : len(share)] = share
    varies = np.zeros(int(np.prod(sizes)))
    places = np.arange(len(shares))
    kernels.vary_cells(table, np.array(fixed), places, np.array(sizes), varies)
    return varies
