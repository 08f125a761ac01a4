"""Months of made-up releases with corrections, and somebody who keeps them all."""

import random

from analysis.disclosure.attacker import Attacker
from commonroot.analysis.disclosure.design import Design
from commonroot.analysis.disclosure.releasing import release
from commonroot.analysis.disclosure.rules import Counted, Counts

MONTHLY = Design(
    {"place": ("school",), "kind": ("kind",), "month": ("month",)},
    (("place", "kind", "month"),),
    threshold=5,
)
DEPTHS = (1, 1, 1)


def make_month(chance, month):
    return {
        (f"school {s}", f"kind {k}", f"m{month}"): chance.choice((0, 1, 2, 4, 6, 9, 14))
        for s in range(3)
        for k in range(3)
    }


def release_all(months, *, corrected, ledger_used=True):
    """Release each month what there was so far; now and then a number is corrected."""
    chance = random.Random(7)
    numbers, ledger, every = {}, [], []
    for month in range(months):
        if corrected and month:
            numbers[chance.choice(list(numbers))] += chance.choice((1, 2))
        numbers |= make_month(chance, month)
        rows = {key: Counted(number, number) for key, number in numbers.items()}
        counts = Counts(("school", "kind", "month"), rows)
        found = release(counts, MONTHLY, ledger if ledger_used else [], seconds=60)
        ledger.append(found.entry)
        every.append((dict(numbers), found))
    return every


def add_up(numbers):
    found = {}
    for (school, kind, month), number in numbers.items():
        for place in (school, "*"):
            for what in (kind, "*"):
                for when in (month, "*"):
                    key = (place, what, when)
                    total, parts = found.get(key, (0, 0))
                    found[key] = (total + number, parts + (number > 0))
    return found


def attack_jointly(every):
    """List small hidden cells of any release that all releases together narrow down.

    Every number that ever changes is an unknown of its own in each release, as for a
    reader who was told which were corrected; the rest are one and the same.
    """
    added = [add_up(numbers) for numbers, _ in every]
    names = {}
    releases = []
    for totals, (_, found) in zip(added, every, strict=True):
        published = {}
        for key, cell in found.cells.items():
            name = names.setdefault((key, totals[key][0]), len(names))
            published[key] = (name, cell.incidents)
        releases.append(published)
    attacker = Attacker([], DEPTHS)
    for published in releases:
        for name, value in published.values():
            attacker.take_in(0, name, value, True)
        keys = dict.fromkeys(published)
        here = {key: name for key, (name, _) in published.items()}
        for key in keys:
            before = len(attacker.rows)
            attacker.index |= {
                (0, each): attacker.index[0, here[each]] for each in keys
            }
            attacker.add_sums(0, key, keys, DEPTHS, frozenset())
            assert len(attacker.rows) >= before
    narrowed, ranges = [], {}
    for totals, published in zip(added, releases, strict=True):
        for key, (name, value) in published.items():
            number, parts = totals[key]
            if 1 <= number <= 4 and value is None:
                if name not in ranges:
                    ranges[name] = attacker.range_of(name)
                low, high = ranges[name]
                if low > parts or high < 4:
                    narrowed.append((key, number, low, high))
    return narrowed
