"""Small groups put together before anything is hidden."""

import operator
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from commonroot.analysis.disclosure.design import (
    TOTAL_LABEL,
    Design,
    DesignError,
    Key,
    list_nodes,
)
from commonroot.analysis.disclosure.rules import Counted, Counts, find_people_columns

TOGETHER = "Smaller groups together"


@dataclass(frozen=True)
class Pooled:
    """Counts after pooling, and the labels of each column that went into a pool."""

    counts: Counts
    members: dict[str, tuple[tuple[str, ...], ...]]
    leaves: tuple[Key, ...]

    def list_keys(self, design: Design) -> Iterator[Key]:
        """List the cells that would have been published of what was pooled."""
        if not self.members:
            return
        names = list(design.dimensions)
        for table in design.tables:
            nodes = [
                list_nodes(design, name, self.leaves)
                if name in table
                else [(TOTAL_LABEL,) * len(design.dimensions[name])]
                for name in names
            ]
            for parts in product(*nodes):
                gone = any(
                    part in self.members.get(name, ())
                    for name, part in zip(names, parts, strict=True)
                )
                if gone:
                    yield tuple(label for part in parts for label in part)


def pool_small(counts: Counts, design: Design) -> Pooled:
    """Pool, in each dimension that the design names, what is small over everything.

    Small labels of one parent are put together; where that is still small, or only
    one is, the next smallest joins them.
    """
    where = [counts.columns.index(column) for column in design.columns]
    leaves = tuple(tuple(key[at] for at in where) for key in counts.leaves)
    if design.pool and any(TOGETHER in key for key in counts.leaves):
        raise DesignError(
            f"a label is {TOGETHER!r}, the name of what is pooled; give it another name"
        )
    people = find_people_columns(counts)
    members: dict[str, tuple[tuple[str, ...], ...]] = {}
    rows = dict(counts.leaves)
    for name in design.pool:
        chosen = choose_members(rows, counts.columns, design, name)
        if chosen:
            members[name] = chosen
            own = counts.columns.index(design.dimensions[name][-1])
            rows = rename(
                rows,
                counts.columns,
                design.dimensions[name],
                chosen,
                others=own in people,
            )
    if not members:
        return Pooled(counts, {}, leaves)
    gone = {label[-1] for labels in members.values() for label in labels}
    totals = {key: row for key, row in counts.totals.items() if gone.isdisjoint(key)}
    return Pooled(Counts(counts.columns, rows, totals), members, leaves)


def choose_members(
    rows: dict[Key, Counted], columns: tuple[str, ...], design: Design, name: str
) -> tuple[Key, ...]:
    """Choose the finest labels of a dimension that are put together."""
    where = [columns.index(column) for column in design.dimensions[name]]
    weights: dict[Key, dict[Key, int]] = {}
    for key, row in rows.items():
        label = tuple(key[at] for at in where)
        found = weights.setdefault(label[:-1], {})
        few = [row.students]
        found[label] = found.get(label, 0) + min(few)
    enrolled = add_enrolled(rows, where)
    chosen: list[Key] = []
    for siblings in weights.values():
        ordered = sorted(siblings, key=lambda label: (siblings[label], label))
        pool: list[Key] = []
        for label in ordered:
            small = siblings[label] < design.threshold or (
                enrolled.get(label, design.threshold) < design.threshold
            )
            together = sum(siblings[each] for each in pool)
            if small or (pool and (len(pool) < 2 or together < design.threshold)):
                pool.append(label)
        if len(pool) > 1:
            chosen += pool
    return tuple(chosen)


def add_enrolled(rows: dict[Key, Counted], where: list[int]) -> dict[Key, int]:
    """Give the largest enrolment told of any row of each label."""
    found: dict[Key, int] = {}
    for key, row in rows.items():
        if row.enrolled is not None:
            label = tuple(key[at] for at in where)
            found[label] = max(found.get(label, 0), row.enrolled)
    return found


def rename(
    rows: dict[Key, Counted],
    columns: tuple[str, ...],
    dimension: tuple[str, ...],
    members: tuple[Key, ...],
    *,
    others: bool,
) -> dict[Key, Counted]:
    """Give pooled labels their common name, and add their rows up.

    `others` says that each label has students of its own.
    """
    where = [columns.index(column) for column in dimension]
    found: dict[Key, Counted] = {}
    for key, row in rows.items():
        label = tuple(key[at] for at in where)
        new = list(key)
        if label in members:
            new[where[-1]] = TOGETHER
        old = found.get(tuple(new))
        found[tuple(new)] = add_rows(old, row, others=others) if old else row
    return found


def add_rows(one: Counted, other: Counted, *, others: bool) -> Counted:
    """Add two rows; unless they are of other students, these count once, as few as can be."""
    combine = operator.add if others else max
    largest = max if others else operator.add
    return Counted(
        one.incidents + other.incidents,
        combine(one.students, other.students),
        None
        if one.largest is None or other.largest is None
        else largest(one.largest, other.largest),
        None
        if one.enrolled is None or other.enrolled is None
        else combine(one.enrolled, other.enrolled),
    )
