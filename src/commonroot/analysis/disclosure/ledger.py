"""Every earlier release for the same people, solved together with the new one.

A cell of an earlier release with the same labels and the same number is the same
unknown; with another number it has been corrected, and is an unknown of its own. So a
reader who keeps every release, and knows which numbers were corrected, is the reader
that we ask. Tables of other columns are tied together by the leaves of the counts
that all of them come from.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from commonroot.analysis.disclosure.design import TOTAL_LABEL, Design, Key, Layout
from commonroot.analysis.disclosure.rules import Counts, Judged
from commonroot.analysis.disclosure.sums import NO_LIMIT, Cells, Flags

Labels = frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Entry:
    """One release as its owner keeps it: true numbers, and what was shown of them.

    It holds what the release hides. It is kept where the records themselves are kept.
    What it hid `keeps` hidden, unless nothing at all could be published.
    """

    released_on: str
    columns: tuple[str, ...]
    keys: tuple[Key, ...]
    sums: tuple[tuple[int, ...], ...]
    published: int
    incidents: tuple[int, ...]
    hidden: tuple[bool, ...]
    small: tuple[bool, ...]
    single: tuple[bool, ...]
    leaf_columns: tuple[str, ...]
    leaves: tuple[Key, ...]
    leaf_incidents: tuple[int, ...]
    parts: tuple[tuple[int, ...], ...]
    keeps: bool = True

    @classmethod
    def make(
        cls,
        design: Design,
        layout: Layout,
        judged: Judged,
        hidden: Flags,
        released_on: str,
        counts: Counts,
        *,
        keeps: bool = True,
    ) -> "Entry":
        """Make the entry of a release."""
        leaves = tuple(counts.leaves)
        return cls(
            released_on,
            design.columns,
            layout.keys,
            layout.sums,
            layout.published,
            tuple(judged.incidents.tolist()),
            tuple(hidden.tolist()),
            tuple(judged.small.tolist()),
            tuple(judged.single.tolist()),
            counts.columns,
            leaves,
            tuple(row.incidents for row in counts.leaves.values()),
            tuple(find_parts(layout, design.columns, counts.columns, leaves)),
            keeps,
        )

    def to_json(self) -> dict[str, Any]:
        """Give the entry as JSON holds it."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> "Entry":
        """Read an entry back; raises ValueError when it does not hold together."""
        entry = cls(
            found["released_on"],
            tuple(found["columns"]),
            tuple(tuple(key) for key in found["keys"]),
            tuple(tuple(members) for members in found["sums"]),
            int(found["published"]),
            tuple(found["incidents"]),
            tuple(found["hidden"]),
            tuple(found["small"]),
            tuple(found["single"]),
            tuple(found["leaf_columns"]),
            tuple(tuple(key) for key in found["leaves"]),
            tuple(found["leaf_incidents"]),
            tuple(tuple(members) for members in found["parts"]),
            bool(found["keeps"]),
        )
        size, leaves = len(entry.keys), len(entry.leaves)
        lengths = {
            len(getattr(entry, n)) for n in ("incidents", "hidden", "small", "single")
        }
        places = [at for members in entry.sums for at in members]
        below = [at for _, *members in entry.parts for at in members]
        if (
            lengths != {size}
            or len(entry.leaf_incidents) != leaves
            or not all(0 <= at < size for at in places)
            or not all(0 <= at < leaves for at in below)
            or not all(0 <= members[0] < size for members in entry.parts)
        ):
            raise ValueError("the entry does not hold together")
        return entry


def find_parts(
    layout: Layout,
    columns: tuple[str, ...],
    leaf_columns: tuple[str, ...],
    leaves: Sequence[Key],
) -> list[tuple[int, ...]]:
    """Find the leaves of every finest cell: its position, then theirs."""
    totals = {members[0] for members in layout.sums}
    finest = [at for at in range(len(layout.keys)) if at not in totals]
    shapes: dict[tuple[int, ...], dict[Key, int]] = {}
    for at in finest:
        key = layout.keys[at]
        where = tuple(n for n, label in enumerate(key) if label != TOTAL_LABEL)
        shapes.setdefault(where, {})[tuple(key[n] for n in where)] = at
    found: dict[int, list[int]] = {}
    for where, cells in shapes.items():
        own = [leaf_columns.index(columns[n]) for n in where]
        for number, leaf in enumerate(leaves):
            cell = cells.get(tuple(leaf[n] for n in own))
            if cell is not None:
                found.setdefault(cell, []).append(number)
    return [(cell, *members) for cell, members in found.items()]


def join_ledger(
    cells: Cells,
    layout: Layout,
    design: Design,
    ledger: Sequence[Entry],
    counts: Counts | None = None,
) -> tuple[Cells, list[tuple[int, ...]]]:
    """Put the cells and sums of earlier releases beside those of a new one.

    What an earlier release shows is told. What it hid stays hidden, also when it was
    corrected since, unless it is zero now.
    """
    if not ledger or counts is None:
        return cells, list(layout.sums)
    joiner = Joiner(cells, layout, design.columns)
    leaves = tuple(counts.leaves)
    joiner.tie(
        range(len(layout.keys)),
        counts.columns,
        leaves,
        [row.incidents for row in counts.leaves.values()],
        find_parts(layout, design.columns, counts.columns, leaves),
    )
    for entry in ledger:
        joiner.add(entry)
    return joiner.finish()


class Joiner:
    """Puts releases side by side, the same unknown in one place."""

    def __init__(self, cells: Cells, layout: Layout, columns: tuple[str, ...]) -> None:
        self.sums = list(layout.sums)
        self.same: dict[tuple[Labels, int], int] = {}
        self.own: dict[Labels, int] = {}
        self.values: list[int] = cells.values.tolist()
        for at, key in enumerate(layout.keys):
            labels = name_labels(key, columns)
            self.same.setdefault((labels, self.values[at]), at)
            self.own.setdefault(labels, at)
        self.flags = {
            name: getattr(cells, name).tolist()
            for name in ("published", "told", "protected", "kept_hidden", "single")
        }
        self.least = cells.least.tolist()
        self.module = cells.module.tolist()

    def find(self, labels: Labels, value: int, *, published: bool) -> int:
        """Find an unknown, or start one that is not in the new release."""
        if (labels, value) not in self.same:
            self.same[labels, value] = len(self.values)
            self.values.append(value)
            for flags in self.flags.values():
                flags.append(False)
            self.least.append(0)
            self.module.append(-1)
        place = self.same[labels, value]
        if published and value:
            self.least[place] = 1
        return place

    def tie(
        self,
        places: Sequence[int],
        columns: tuple[str, ...],
        leaves: Sequence[Key],
        values: Sequence[int],
        parts: Sequence[tuple[int, ...]],
    ) -> None:
        """Tie the finest cells of a release to the leaves that they come from."""
        below = [
            self.find(name_labels(leaf, columns), value, published=False)
            for leaf, value in zip(leaves, values, strict=True)
        ]
        for cell, *members in parts:
            leaf_places = [below[at] for at in members]
            if leaf_places != [places[cell]]:
                self.sums.append((places[cell], *leaf_places))

    def add(self, entry: Entry) -> None:
        """Add one earlier release."""
        places = []
        for at, key in enumerate(entry.keys):
            labels = name_labels(key, entry.columns)
            published = at < entry.published
            place = self.find(labels, entry.incidents[at], published=published)
            places.append(place)
            if published:
                self.take_in(place, self.own.get(labels), entry, at)
        self.sums += [tuple(places[at] for at in members) for members in entry.sums]
        self.tie(
            places, entry.leaf_columns, entry.leaves, entry.leaf_incidents, entry.parts
        )

    def take_in(self, place: int, own: int | None, entry: Entry, at: int) -> None:
        """Take in what an earlier release told of a cell, or hid."""
        self.flags["single"][place] |= entry.single[at]
        if not entry.hidden[at]:
            self.flags["told"][place] = True
        elif self.values[place] and entry.keeps:
            self.flags["protected"][place] |= entry.small[at]
            self.flags["kept_hidden"][place] = True
            if own is not None and self.values[own]:
                self.flags["kept_hidden"][own] = True

    def finish(self) -> tuple[Cells, list[tuple[int, ...]]]:
        """Give the cells and sums of all releases together."""
        arrays = {name: np.array(flags, bool) for name, flags in self.flags.items()}
        arrays["protected"] &= ~arrays["told"]
        return (
            Cells(
                values=np.array(self.values, np.int64),
                least=np.array(self.least, np.int64),
                most=np.full(len(self.values), NO_LIMIT),
                module=np.array(self.module, np.int64),
                **arrays,
            ),
            list(dict.fromkeys(self.sums)),
        )


def name_labels(key: Key, columns: tuple[str, ...]) -> Labels:
    """Name a cell by its labels, without the totals, whatever else its table has.

    >>> sorted(name_labels(("N", "*", "gym"), ("district", "school", "place")))
    [('district', 'N'), ('place', 'gym')]
    """
    return frozenset(
        (column, label)
        for column, label in zip(columns, key, strict=True)
        if label != TOTAL_LABEL
    )
