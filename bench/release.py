"""How little `release` hides, how long it takes, and what the usual rules give away.

    .venv/bin/python bench/release.py --sizes S,M --seeds 5
    ./run bench release

Tables are made anew: children of made-up schools, some of whom come again and again.
S is one district of 6 schools, M one of 12, L a region of 6 districts with 10 each.
Beside ours, on the same tables: hiding the small cells only, and hiding the next
smallest in every sum until nothing changes. A programme asks of every small cell
whether it can still be 1 (or the least that its own zeros allow) and 9.
"""

import argparse
import math
import random
import statistics
import time
from collections import Counter
from dataclasses import dataclass

import numpy as np

from commonroot.analysis.disclosure.certificate import check
from commonroot.analysis.disclosure.design import Design, lay_out
from commonroot.analysis.disclosure.families import Families
from commonroot.analysis.disclosure.hiding import Readers, list_requests
from commonroot.analysis.disclosure.ledger import join_ledger
from commonroot.analysis.disclosure.reader import Reader
from commonroot.analysis.disclosure.releasing import (
    Release,
    find_modules,
    release,
)
from commonroot.analysis.disclosure.rules import Counted, Counts, judge
from commonroot.analysis.disclosure.settling import list_modules
from commonroot.analysis.disclosure.sums import Cells, Flags, System, reduce

SIZES = {"S": (1, 6, 6, (3, 4)), "M": (1, 12, 8, (4, 4, 4)), "L": (6, 10, 8, (4, 4, 4))}
LIMITS = {"S": 60, "M": 180, "L": 400}
SHARES = (0.5, 0.2, 0.1, 0.07, 0.05, 0.04, 0.025, 0.015)
STUDENTS = 420


@dataclass(frozen=True)
class Made:
    """A made-up table, with the exact distinct students of every total."""

    counts: Counts
    design: Design


def make_table(size: str, seed: int) -> Made:
    """Make the children, and count them."""
    districts, schools, groups, classes = SIZES[size]
    chance = random.Random(seed)
    kinds = [(f"c{c}", f"b{c}{b}") for c, n in enumerate(classes) for b in range(n)]
    weights = [chance.gammavariate(1.2, 1) for _ in kinds]
    cells: dict[tuple[str, ...], Counter[int]] = {}
    enrolled: Counter[tuple[str, ...]] = Counter()
    child = 0
    for district in range(districts):
        for school in range(schools):
            place = (f"d{district}", f"s{district}{school}")
            own = [weight * chance.gammavariate(25, 1 / 25) for weight in weights]
            for _ in range(int(STUDENTS * chance.lognormvariate(0, 0.5))):
                child += 1
                group = chance.choices(range(groups), SHARES[:groups])[0]
                enrolled[*place, f"g{group}"] += 1
                rate = chance.gammavariate(0.25, 4) * 0.55
                for _ in range(draw_poisson(chance, rate)):
                    kind = chance.choices(kinds, own)[0]
                    key = (*place, f"g{group}", *kind)
                    cells.setdefault(key, Counter())[child] += 1
    leaves: dict[tuple[str, ...], Counted] = {}
    totals: dict[tuple[str, ...], Counted] = {}
    places = [(f"d{d}", f"s{d}{s}") for d in range(districts) for s in range(schools)]
    for place in places:
        for group in range(groups):
            for kind in kinds:
                key = (*place, f"g{group}", *kind)
                leaves[key] = describe(
                    cells.get(key, Counter()), enrolled[*place, f"g{group}"]
                )
    design = Design(
        {
            "place": ("district", "school"),
            "group": ("group",),
            "behaviour": ("class", "behaviour"),
        },
        (("place", "group", "behaviour"),),
    )
    if districts == 1:
        design = Design({**design.dimensions, "place": ("school",)}, design.tables)
    for total, children in add_up(cells).items():
        if "*" in total:
            totals[total] = describe(children, None)
    columns = ("district", "school", "group", "class", "behaviour")
    return Made(Counts(columns, leaves, totals), design)


def draw_poisson(chance: random.Random, rate: float) -> int:
    """Draw a number of incidents."""
    number, left = 0, chance.expovariate(1.0)
    while left < rate:
        number += 1
        left += chance.expovariate(1.0)
    return number


def describe(own: Counter[int], enrolled: int | None) -> Counted:
    """Describe a cell by its children."""
    return Counted(sum(own.values()), len(own), max(own.values(), default=0), enrolled)


def add_up(
    cells: dict[tuple[str, ...], Counter[int]],
) -> dict[tuple[str, ...], Counter[int]]:
    """Add children up to every total."""
    found: dict[tuple[str, ...], Counter[int]] = {}
    for (district, school, group, kind, behaviour), own in cells.items():
        for place in ((district, school), (district, "*"), ("*", "*"), ("*", school)):
            for who in (group, "*"):
                for what in ((kind, behaviour), (kind, "*"), ("*", "*")):
                    found.setdefault((*place, who, *what), Counter()).update(own)
    return found


def make_system(made: Made) -> System:
    """Make the system that a reader of this table sees."""
    where = [made.counts.columns.index(column) for column in made.design.columns]
    leaves = [tuple(key[at] for at in where) for key in made.counts.leaves]
    layout = lay_out(made.design, list(dict.fromkeys(leaves)))
    judged = judge(made.counts, made.design, layout)
    cells = Cells.make(
        judged.incidents,
        protected=judged.small,
        single=judged.single,
        module=find_modules(made.design, layout.keys),
    )
    return reduce(*join_ledger(cells, layout, made.design, []))


def hide_next_smallest(system: System) -> Flags:
    """Hide the small, and the next smallest where a sum has one hidden number."""
    hidden = system.small.copy()
    changed = True
    while changed:
        changed = False
        for members in system.sums:
            if hidden[members].sum() == 1:
                shown = members[~hidden[members]]
                hidden[shown[np.argmin(system.values[shown])]] = True
                changed = True
    return hidden


def attack(
    system: System, hidden: Flags, *, ask_known: bool = True
) -> tuple[float, float]:
    """Give the shares of small numbers that can be narrowed, and that are known.

    A district that fails by itself fails in the whole, and is not asked about there.
    The second share takes two programmes for each that can be narrowed; without asking
    it is not a number.
    """
    readers = Readers(system, list_requests(system, 10), [], 99)
    narrowed = {request.cell for _, request in readers.ask_modules(hidden)}
    readers.requests = [each for each in readers.requests if each.cell not in narrowed]
    for _, requests in readers.modules:
        requests[:] = [each for each in requests if each.cell not in narrowed]
    narrowed |= {request.cell for _, request in readers.ask_whole(hidden)}
    small = max(1, int(system.small.sum()))
    if not ask_known and narrowed:
        return len(narrowed) / small, math.nan
    reader = Reader(system)
    known = sum(
        reader.find_extreme(hidden, cell, 1, 1.0) < 0.5
        and reader.find_extreme(hidden, cell, -1, 1.0) < 0.5
        for cell in narrowed
    )
    return len(narrowed) / small, known / small


def find_hidden(system: System, made: Made, found: Release) -> Flags:
    """Give the hidden classes of a release."""
    hidden = np.zeros(len(system), bool)
    for at, cell in enumerate(found.cells.values()):
        if system.of[at] >= 0 and cell.incidents is None:
            hidden[system.of[at]] = True
    return hidden


def measure(size: str, seed: int) -> dict[str, float]:
    """Release one table, and attack it and the usual rules."""
    made = make_table(size, seed)
    start = time.perf_counter()
    found = release(made.counts, made.design, seconds=LIMITS[size], seed=seed)
    seconds = time.perf_counter() - start
    print(f"  {size} seed {seed}: {seconds:.1f} s {found.sentence}", flush=True)
    start = time.perf_counter()
    published = {key: cell.incidents for key, cell in found.cells.items()}
    checked = check(published, found.certificate)
    checking = time.perf_counter() - start
    system = make_system(made)
    hidden = find_hidden(system, made, found)
    narrowed, known = attack(system, hidden) if not found.sentence else (0.0, 0.0)
    # A coarser table has other cells: what was asked for is not what was published.
    families = (
        Families(system, list_modules(system, 10, seed)).object_to(hidden)
        if not found.sentence
        else []
    )
    each = size != "L"
    alone, alone_known = attack(system, system.small, ask_known=each)
    next_smallest = hide_next_smallest(system)
    usual, usual_known = attack(system, next_smallest, ask_known=each)
    return {
        "cells": len(found.cells),
        "small": int(system.weights[system.small].sum()),
        "hidden": found.hidden,
        "at least": found.bound,
        "hidden / at least": found.hidden / max(1, found.bound),
        "narrowed": narrowed,
        "known": known,
        "known to a family": len(families),
        "whole proofs": found.proven / max(1, found.small),
        "check problems": len(checked.problems),
        "seconds": seconds,
        "seconds to check": checking,
        "small only: narrowed": alone,
        "small only: known": alone_known,
        "next smallest: hidden": int(system.weights[next_smallest].sum()),
        "next smallest: narrowed": usual,
        "next smallest: known": usual_known,
    }


def main() -> None:
    """Measure every size over some seeds, and print medians and worst cases."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="S,M,L")
    parser.add_argument("--seeds", type=int, default=20)
    given = parser.parse_args()
    for size in given.sizes.split(","):
        rows = []
        for seed in range(1, given.seeds + 1):
            rows.append(measure(size, seed))
            print(
                f"{size} seed {seed}: "
                + ", ".join(f"{name} {value:.4g}" for name, value in rows[-1].items()),
                flush=True,
            )
        print(f"{size}, {len(rows)} seeds: median (worst)")
        for name in rows[0]:
            values = [row[name] for row in rows]
            worst = min(values) if name == "whole proofs" else max(values)
            print(f"  {name:26} {statistics.median(values):10.4g} ({worst:.4g})")


if __name__ == "__main__":
    main()
