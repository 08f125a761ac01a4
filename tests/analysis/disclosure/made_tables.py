"""Made-up counts with children who come again and again."""

import random

from commonroot.analysis.disclosure.design import Design
from commonroot.analysis.disclosure.rules import Counted, Counts

REGION = Design(
    {"place": ("school",), "group": ("group",), "behaviour": ("class", "behaviour")},
    (("place", "group", "behaviour"),),
)


def count_children(seed, *, schools=3, groups=3, classes=(2, 2), months=0, children=40):
    """Count made-up children; each leaf with incidents, students and the largest."""
    chance = random.Random(seed)
    kinds = [
        (f"class {c}", f"kind {c}{b}") for c, n in enumerate(classes) for b in range(n)
    ]
    periods = [f"month {m}" for m in range(months)] or [None]
    found = {}
    enrolled = {}
    for school in range(schools):
        for _ in range(int(children * chance.uniform(0.5, 1.5))):
            group = min(int(chance.expovariate(1.2)), groups - 1)
            place = (f"school {school}", f"group {group}")
            enrolled[place] = enrolled.get(place, 0) + 1
            child = object()
            for _ in range(int(chance.expovariate(0.6))):
                kind = chance.choice(kinds)
                period = chance.choice(periods)
                key = (*place, *kind, *([period] if period else []))
                own = found.setdefault(key, {})
                own[child] = own.get(child, 0) + 1
    leaves = {}
    for school in range(schools):
        for group in range(groups):
            for kind in kinds:
                for period in periods:
                    place = (f"school {school}", f"group {group}")
                    key = (*place, *kind, *([period] if period else []))
                    own = found.get(key, {})
                    leaves[key] = Counted(
                        sum(own.values()),
                        len(own),
                        max(own.values(), default=0),
                        enrolled.get(place, 0),
                    )
    columns = ("school", "group", "class", "behaviour", *(["month"] if months else []))
    return Counts(columns, leaves)
