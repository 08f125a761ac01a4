"""The same work done by other programs; run by bench/scan.py in an environment of its own.

    python bench/peers/scan_peers.py NAME FOLDER

Reads codes.npy (columns x rows) and sizes.json, counts every slice of one to three
columns with a support of at least 0.2 %, scores them against independence, and prints
the CPU seconds of the best of three runs and the ten best as JSON. Reading and encoding
are not timed.
"""

import importlib
import json
import math
import sys
import time
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

LEAST_SUPPORT = 0.002
BEST = 10
Slice = tuple[tuple[int, int], ...]


def score(found: dict[Slice, int], size: int) -> list[list[Any]]:
    """Score slices of two and three columns against independence, as the scan does."""
    share = {key[0]: count / size for key, count in found.items() if len(key) == 1}
    scored = []
    for key, count in found.items():
        if len(key) == 1 or any(each not in share for each in key):
            continue
        parts = [share[each] for each in key]
        expected = size * math.prod(parts)
        if count <= expected:
            continue
        varies = 1 + (len(parts) - 1) * math.prod(parts)
        for at in range(len(parts)):
            varies -= math.prod(p for i, p in enumerate(parts) if i != at)
        value = (count * math.log(count / expected) - (count - expected)) / varies
        scored.append((value, key, count))
    scored.sort(key=lambda each: (-each[0], each[1]))
    return [[list(map(list, key)), count, value] for value, key, count in scored[:BEST]]


def list_sets(columns: int) -> list[tuple[int, ...]]:
    """List every set of one to three columns."""
    return [s for depth in (1, 2, 3) for s in combinations(range(columns), depth)]


def count_with_polars(codes: Any, least: int) -> tuple[float, Any]:
    """One group-by a set of columns."""
    pl = importlib.import_module("polars")
    frame = pl.DataFrame({f"c{at}": row for at, row in enumerate(codes)})
    begin = time.process_time()
    found = {}
    for chosen in list_sets(len(codes)):
        table = (
            frame.lazy()
            .group_by([f"c{at}" for at in chosen])
            .len()
            .filter(pl.col("len") >= least)
            .collect()
        )
        for *values, count in table.iter_rows():
            found[tuple(zip(chosen, values, strict=True))] = count
    best = score(found, codes.shape[1])
    return time.process_time() - begin, best


def count_with_pandas(codes: Any, least: int) -> tuple[float, Any]:
    """One group-by a set of columns."""
    pandas = importlib.import_module("pandas")
    frame = pandas.DataFrame({f"c{at}": row for at, row in enumerate(codes)})
    begin = time.process_time()
    found = {}
    for chosen in list_sets(len(codes)):
        sizes = frame.groupby([f"c{at}" for at in chosen], sort=False).size()
        sizes = sizes[sizes >= least]
        for values, count in sizes.items():
            values = values if isinstance(values, tuple) else (values,)
            found[tuple(zip(chosen, map(int, values), strict=True))] = int(count)
    best = score(found, codes.shape[1])
    return time.process_time() - begin, best


def count_with_fim(codes: Any, least: int) -> tuple[float, Any]:
    """Borgelt's eclat, in C."""
    fim = importlib.import_module("fim")
    items = codes.astype(int) + 256 * np.arange(len(codes))[:, np.newaxis]
    baskets = [tuple(row) for row in items.T.tolist()]
    begin = time.process_time()
    found = {}
    for basket, count in fim.eclat(
        baskets, supp=-least, zmin=1, zmax=3, target="s", report="a"
    ):
        key = tuple(sorted((item // 256, item % 256) for item in basket))
        found[key] = count
    best = score(found, codes.shape[1])
    return time.process_time() - begin, best


def search_with_pysubgroup(codes: Any, least: int) -> tuple[float, Any]:
    """One pass to depth 2 for a yes-or-no outcome, without any test."""
    pysubgroup = importlib.import_module("pysubgroup")
    pandas = importlib.import_module("pandas")
    frame = pandas.DataFrame({f"c{at}": row for at, row in enumerate(codes)})
    frame["outcome"] = np.random.default_rng(1).random(len(frame)) < 0.3
    begin = time.process_time()
    target = pysubgroup.BinaryTarget("outcome", True)
    space = pysubgroup.create_selectors(frame, ignore=["outcome"], nbins=300)
    task = getattr(pysubgroup, TASK)(
        frame, target, space, result_set_size=BEST, depth=2, qf=pysubgroup.WRAccQF()
    )
    pysubgroup.DFS(pysubgroup.BitSetRepresentation).execute(task)
    return time.process_time() - begin, []


TASK = "SubgroupDiscoveryTask"
ROUNDS = 3
PEERS = {
    "polars": count_with_polars,
    "pandas": count_with_pandas,
    "fim": count_with_fim,
    "pysubgroup": search_with_pysubgroup,
}


def main() -> None:
    """Run one peer and print what it took and found."""
    name, folder = sys.argv[1], Path(sys.argv[2])
    codes = np.load(folder / "codes.npy")
    least = max(20, math.ceil(LEAST_SUPPORT * codes.shape[1]))
    runs = [PEERS[name](codes, least) for _ in range(ROUNDS)]
    seconds, best = min(runs, key=lambda run: run[0])
    print(json.dumps({"seconds": seconds, "best": best}))


if __name__ == "__main__":
    main()
