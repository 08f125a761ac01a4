"""The proof that goes with a release, and how anybody can check it without a solver.

A certificate holds whole tables. Each agrees with everything shown; together they
show, for hidden cells, that both ends of the promise are still possible. They were
found from what is shown alone.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from commonroot.analysis.disclosure.design import (
    Design,
    DesignError,
    Key,
    Layout,
    lay_out,
)
from commonroot.analysis.disclosure.sums import Whole

VERSION = 1


@dataclass(frozen=True)
class Checked:
    """What a check found: hidden cells, those proven at both ends, and what is wrong."""

    hidden: int
    proven: int
    tables: int
    problems: tuple[str, ...]


class Number(Protocol):
    """A published cell: its incidents, None when hidden."""

    @property
    def incidents(self) -> int | None:
        """Give the number, or None."""


def make_certificate(
    cells: Mapping[Key, Number],
    design: Design,
    tables: Sequence[Whole],
    plain_tables: Sequence[Whole],
    facts: Mapping[str, Any],
) -> dict[str, Any]:
    """Make a certificate; tables hold the hidden cells in the order of the release."""
    certificate: dict[str, Any] = {
        "version": VERSION,
        **facts,
        "design": {
            "threshold": design.threshold,
            "dimensions": {name: list(c) for name, c in design.dimensions.items()},
            "tables": [list(table) for table in design.tables],
        },
        "tables": [table.tolist() for table in tables],
        "tables_if_zeros_were_hidden": [table.tolist() for table in plain_tables],
    }
    rows = {key: cell.incidents for key, cell in cells.items()}
    certificate["proven_cells"] = 0
    certificate["proven_cells"] = check(rows, certificate).proven
    certificate["fingerprint"] = take_fingerprint(rows, certificate)
    return certificate


def take_fingerprint(
    rows: Mapping[Key, int | None], certificate: Mapping[str, Any]
) -> str:
    """Take the SHA-256 of a release and of everything else in its certificate."""
    rest = {
        name: value
        for name, value in certificate.items()
        if name not in ("fingerprint", "page")
    }
    listed = [[list(key), number] for key, number in rows.items()]
    text = json.dumps([listed, rest], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def read_design(certificate: Mapping[str, Any]) -> Design:
    """Read the design out of a certificate."""
    if not isinstance(certificate, Mapping) or certificate.get("version") != VERSION:
        raise DesignError("this is no certificate of this version of commonroot")
    found = certificate["design"]
    return Design(
        {name: tuple(columns) for name, columns in found["dimensions"].items()},
        tuple(tuple(table) for table in found["tables"]),
        found["threshold"],
    )


def check(rows: Mapping[Key, int | None], certificate: Mapping[str, Any]) -> Checked:
    """Check a release (key: incidents, None when hidden) against its certificate."""
    design = read_design(certificate)
    leaves = [key for key in rows if is_leaf(design, key)]
    layout = lay_out(design, leaves or list(rows))
    known = [rows.get(key, 0) for key in layout.keys]
    problems = [
        f"{', '.join(key)} is not in the release"
        for key in layout.keys[: layout.published]
        if key not in rows
    ]
    hidden = np.array([value is None for value in known], bool)
    hidden[layout.published :] = True
    shown = np.array([value or 0 for value in known], np.int64)
    names = [", ".join(key) for key in layout.keys]
    sums = [np.array(members) for members in layout.sums]
    problems += [
        f"{names[members[0]]} and its parts are shown, and do not add up"
        for members in sums
        if not hidden[members].any() and shown[members[0]] != shown[members[1:]].sum()
    ]
    low, high = ~hidden, ~hidden
    lowest = find_lowest(hidden, shown, layout.sums, layout.published)
    adder = Adder(layout)
    for plain, name in ((False, "tables"), (True, "tables_if_zeros_were_hidden")):
        tables, wrong = read_tables(certificate[name], shown, hidden, name)
        least = np.where(np.arange(len(hidden)) < layout.published, not plain, 0)
        kept, found = adder.judge(tables, hidden, least)
        problems += wrong
        problems += [
            f"{name} {number + 1} does not hold: {names[cell]}"
            for number, cell in found
        ]
        if not plain and len(kept):
            low |= kept.min(axis=0) <= lowest
            high |= kept.max(axis=0) >= design.threshold - 1
    extra = [key for key in rows if key not in layout.position]
    problems += [f"{', '.join(key)} is not in the design" for key in extra]
    inside = np.arange(len(hidden)) >= layout.published
    proven = int((low & high & hidden & ~inside).sum())
    count = int((hidden & ~inside).sum())
    if proven < int(certificate["proven_cells"]):
        problems.append(f"only {proven} cells are proven")
    if count != int(certificate["hidden_cells"]):
        problems.append(f"{count} cells are hidden, not {certificate['hidden_cells']}")
    named = certificate.get("fingerprint")
    if named is not None and named != take_fingerprint(rows, certificate):
        problems.insert(
            0, "the release or its certificate was changed after it was made"
        )
    return Checked(count, proven, len(certificate["tables"]), tuple(problems))


def is_leaf(design: Design, key: Key) -> bool:
    """Is a key of the finest cells of some table?"""
    return any(
        all(label != "*" for name, label in zip_names(design, key) if name in table)
        for table in design.tables
    )


def zip_names(design: Design, key: Key) -> list[tuple[str, str]]:
    """Pair each label of a key with the name of its dimension."""
    names = [name for name, columns in design.dimensions.items() for _ in columns]
    return list(zip(names, key, strict=True))


def read_tables(
    found: Sequence[Sequence[int]], shown: Whole, hidden: Any, name: str
) -> tuple[Whole, list[str]]:
    """Read the tables that have a number for every hidden cell; name the others."""
    size = int(hidden.sum())
    right = [values for values in found if len(values) == size]
    tables = np.tile(shown, (len(right), 1))
    if right and size:
        numbers = np.array(right)
        if numbers.dtype.kind not in "iu":
            raise DesignError(f"{name} holds something else than whole numbers")
        tables[:, hidden] = numbers
    wrong = len(found) - len(right)
    return tables, [f"{wrong} of {name} have the wrong number of cells"] * (wrong > 0)


class Adder:
    """Adds many tables up at once."""

    def __init__(self, layout: Layout) -> None:
        parts = [list(members[1:]) for members in layout.sums]
        self.totals = np.array([members[0] for members in layout.sums], np.int64)
        self.members = np.array([part for each in parts for part in each], np.int64)
        lengths = [len(each) for each in parts]
        self.starts = np.cumsum([0, *lengths])[:-1].astype(np.int64)

    def judge(
        self, tables: Whole, hidden: Any, least: Whole
    ) -> tuple[Whole, list[tuple[int, int]]]:
        """Give the tables that hold, and for each other one a cell at which it does not."""
        good = []
        wrong = []
        for number, table in enumerate(tables):
            low = np.flatnonzero(hidden & (table < least))
            off = low
            if not len(low) and len(self.totals):
                sums = np.add.reduceat(table[self.members], self.starts)
                off = self.totals[sums != table[self.totals]]
            if len(off):
                wrong.append((number, int(off[0])))
            else:
                good.append(number)
        return tables[good], wrong


def find_lowest(
    hidden: Any, shown: Whole, sums: Sequence[tuple[int, ...]], published: int
) -> Whole:
    """Find the least that each hidden cell can be, as zeros among its parts are shown."""
    inside = np.arange(len(hidden)) >= published
    lowest = np.where(hidden, np.where(inside, 0, 1), shown)
    changed = True
    while changed:
        changed = False
        for total, *parts in sums:
            least = int(lowest[parts].sum())
            if hidden[total] and least > lowest[total]:
                lowest[total] = least
                changed = True
    return lowest
