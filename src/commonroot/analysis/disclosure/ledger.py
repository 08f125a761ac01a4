"""Every earlier release for the same people, solved together with the new one.

A cell of an earlier release with the same labels and the same number is the same
unknown; with another number it has been corrected, and is an unknown of its own. So a
reader who keeps every release, and knows which numbers were corrected, is the reader
that we ask.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from commonroot.analysis.disclosure.design import TOTAL_LABEL, Design, Key, Layout
from commonroot.analysis.disclosure.rules import Judged
from commonroot.analysis.disclosure.sums import NO_LIMIT, Cells, Flags


@dataclass(frozen=True)
class Entry:
    """One release as its owner keeps it: true numbers, and what was shown of them.

    It holds what the release hides. It is kept where the records themselves are kept.
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

    @classmethod
    def make(
        cls,
        design: Design,
        layout: Layout,
        judged: Judged,
        hidden: Flags,
        released_on: str,
    ) -> "Entry":
        """Make the entry of a release."""
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
        )

    def to_json(self) -> dict[str, Any]:
        """Give the entry as JSON holds it."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> "Entry":
        """Read an entry back."""
        return cls(
            found["released_on"],
            tuple(found["columns"]),
            tuple(tuple(key) for key in found["keys"]),
            tuple(tuple(members) for members in found["sums"]),
            found["published"],
            *(
                tuple(found[name])
                for name in ("incidents", "hidden", "small", "single")
            ),
        )


def join_ledger(
    cells: Cells, layout: Layout, columns: tuple[str, ...], ledger: Sequence[Entry]
) -> tuple[Cells, list[tuple[int, ...]]]:
    """Put the cells and sums of earlier releases beside those of a new one.

    What an earlier release shows is told. What it hid stays hidden, also when it was
    corrected since.
    """
    if not ledger:
        return cells, list(layout.sums)
    joiner = Joiner(cells, layout, columns, ledger)
    for entry in ledger:
        joiner.add(entry)
    return joiner.finish()


class Joiner:
    """Puts releases side by side, the same unknown in one place."""

    def __init__(
        self,
        cells: Cells,
        layout: Layout,
        columns: tuple[str, ...],
        ledger: Sequence[Entry],
    ) -> None:
        every = dict.fromkeys(columns)
        for entry in ledger:
            every |= dict.fromkeys(entry.columns)
        self.columns = tuple(every)
        self.cells = cells
        self.sums = list(layout.sums)
        self.same: dict[tuple[Key, int], int] = {}
        self.own: dict[Key, int] = {}
        for at, key in enumerate(layout.keys):
            full = self.widen(key, columns)
            self.same[full, int(cells.values[at])] = at
            self.own[full] = at
        self.values = cells.values.tolist()
        size = len(self.values)
        self.flags = {
            name: getattr(cells, name).tolist()
            for name in ("published", "told", "protected", "kept_hidden", "single")
        }
        self.least = cells.least.tolist()
        self.module = cells.module.tolist()
        self.size = size

    def widen(self, key: Key, columns: tuple[str, ...]) -> Key:
        """Give a key with the columns of all releases; what it lacks is a total."""
        labels = dict(zip(columns, key, strict=True))
        return tuple(labels.get(column, TOTAL_LABEL) for column in self.columns)

    def add(self, entry: Entry) -> None:
        """Add one earlier release."""
        places = []
        for at, key in enumerate(entry.keys):
            full = self.widen(key, entry.columns)
            number = (full, entry.incidents[at])
            if number not in self.same:
                self.same[number] = self.start(at < entry.published)
                self.values[self.same[number]] = entry.incidents[at]
            place = self.same[number]
            places.append(place)
            if at < entry.published:
                self.take_in(place, self.own.get(full), entry, at)
        self.sums += [tuple(places[at] for at in members) for members in entry.sums]

    def start(self, published: bool) -> int:
        """Start an unknown that is not in the new release."""
        self.values.append(0)
        for flags in self.flags.values():
            flags.append(False)
        self.least.append(int(published))
        self.module.append(-1)
        return len(self.values) - 1

    def take_in(self, place: int, own: int | None, entry: Entry, at: int) -> None:
        """Take in what an earlier release told of a cell, or hid."""
        self.flags["single"][place] |= entry.single[at]
        if not entry.hidden[at] or not self.values[place]:
            self.flags["told"][place] = True
        else:
            self.flags["protected"][place] |= entry.small[at]
            self.flags["kept_hidden"][place] = True
            if own is not None:
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
