"""How fast the scan is, beside other programs doing the same work in the same run.

    ./run bench scan                 (about seven minutes)
    .venv/bin/python bench/scan.py --quick

Peers are installed by this script into an environment of their own, outside the
project. Times are CPU seconds on one core unless it says otherwise, the best of some
rounds; read them as ratios of this run.
"""

import argparse
import json
import math
import os
import resource
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from made_schools import Recipe, involve_others, make_school, name_columns, to_events
from numpy.typing import NDArray

from commonroot.analysis.scan import (
    Column,
    Options,
    assume_independence,
    kernels,
    make_events,
    search,
)
from commonroot.analysis.scan.counting import count_cells, sum_margins
from commonroot.analysis.scan.events import Events
from commonroot.analysis.scan.expected import expect, find_classes, vary
from commonroot.analysis.scan.slices import lay_out

HERE = Path(__file__).resolve()
SIZES = (40, 10, 5, 20, 18, 25, 13, 8, 9, 15)
PACKAGES = ("numpy", "polars", "pandas", "pyfim", "pysubgroup")
LEAST_SUPPORT, BEST = 0.002, 10
ROUNDS = 15


def make_codes(rows: int) -> NDArray[np.uint8]:
    """Make ten columns of 5 to 40 values: skewed, and some tied to others."""
    chance = np.random.default_rng(7)
    codes = np.empty((len(SIZES), rows), dtype=np.uint8)
    for at, size in enumerate(SIZES):
        weights = 1 / np.arange(1, size + 1) ** 0.8
        codes[at] = chance.choice(size, rows, p=weights / weights.sum())
        if at in (3, 6, 8):
            tied = chance.random(rows) < 0.15
            codes[at, tied] = codes[at - 1, tied] % size
    return codes


def make_columns() -> list[Column]:
    """Name the columns, each a block of its own."""
    return [
        Column(f"c{at}", tuple(map(str, range(size))), f"c{at}")
        for at, size in enumerate(SIZES)
    ]


def bare_events(codes: NDArray[np.uint8]) -> Events:
    """Hold codes as events without students: this part counts and scores only."""
    none = np.zeros(codes.shape[1], dtype=np.int32)
    columns = tuple(make_columns())
    nobody = np.empty((0, 2), dtype=np.int32)
    return Events(columns, codes, nobody, none, none, none, none[:0])


def count_and_score(codes: NDArray[np.uint8], threads: int = 1) -> list[list[Any]]:
    """Count and score every slice to depth 3; give the ten best as the peers do."""
    events = bare_events(codes)
    layout = lay_out(events.columns, fewest=2, deepest=3)
    counts = count_cells(codes, layout, threads=threads)
    margins = sum_margins(counts, layout, events.size)
    classes = find_classes(events, None)
    expected = expect(events, classes, layout, margins=margins)
    varies = vary(events, layout, margins=margins)
    least = max(20, math.ceil(LEAST_SUPPORT * codes.shape[1]))
    cells = np.flatnonzero(counts >= least)
    scores = np.zeros(len(cells))
    named = np.ones(len(cells), dtype=np.bool_)
    given = counts[cells], expected[cells], varies[cells]
    kernels.score_counts(*given, named, float(least), scores)
    best = np.argpartition(-scores, BEST)[:BEST]
    told = [
        (float(scores[at]), layout.name(int(cells[at])), int(counts[cells[at]]))
        for at in best
    ]
    told.sort(key=lambda each: (-each[0], each[1]))
    return [[list(map(list, key)), count, value] for value, key, count in told]


def measure(work: Callable[[], Any], rounds: int, clock: Callable[[], float]) -> float:
    """Give the smallest time of some rounds."""
    times = []
    for _ in range(rounds):
        begin = clock()
        work()
        times.append(clock() - begin)
    return min(times)


def make_environment(folder: Path) -> Path:
    """Install the peers into an environment of their own; give its Python."""
    python = folder / "bin" / "python"
    if not python.exists():
        print("installing the peers ...", flush=True)
        venv.create(folder, with_pip=True)
        subprocess.run(
            [python, "-m", "pip", "install", "--quiet", *PACKAGES],
            check=True,
            stderr=subprocess.DEVNULL,
        )
    return python


def run_peer(python: Path, name: str, folder: Path) -> dict[str, Any]:
    """Run one peer in its own process, on one thread."""
    one = {"POLARS_MAX_THREADS": "1", "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        [python, HERE.parent / "peers" / "scan_peers.py", name, folder],
        env={**os.environ, **one},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        return {"error": done.stderr.strip().splitlines()[-1:]}
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def same(ours: list[list[Any]], theirs: list[list[Any]]) -> bool:
    """Are the ten best the same slices with the same counts and scores?"""
    return len(ours) == len(theirs) and all(
        a[:2] == b[:2] and math.isclose(a[2], b[2], rel_tol=1e-9)
        for a, b in zip(ours, theirs, strict=True)
    )


def compare(rows: int, peers: dict[str, float], python: Path) -> tuple[float, float]:
    """Compare counting and scoring with the peers; give our time and the floor's."""
    codes = make_codes(rows)
    ours = count_and_score(codes)
    seconds = measure(lambda: count_and_score(codes), ROUNDS, time.process_time)
    floor = measure(lambda: codes.view(np.uint64).sum(), ROUNDS, time.process_time)
    print(
        f"\ncounting and scoring all slices to depth 3, {rows:,} rows (CPU s, one core)"
    )
    print(f"  commonroot   {seconds:8.3f}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        np.save(folder / "codes.npy", codes)
        for peer, wanted in peers.items():
            found = run_peer(python, peer, folder)
            if "error" in found:
                print(f"  {peer:<12} did not run: {found['error']}")
                continue
            ratio = found["seconds"] / seconds
            told = "same ten" if same(ours, found["best"]) else "OTHER TEN"
            print(
                f"  {peer:<12} {found['seconds']:8.3f}   {ratio:6.0f} x   wanted {wanted:.0f} x   {told}",
                flush=True,
            )
    print(
        f"  reading the columns once {floor:.5f}: the scan takes {seconds / floor:.0f} x that"
    )
    both = measure(lambda: count_and_score(codes, 2), ROUNDS, time.perf_counter)
    one = measure(lambda: count_and_score(codes, 1), ROUNDS, time.perf_counter)
    cells = lay_out(make_columns(), fewest=2, deepest=3)
    one_fill = measure(lambda: count_cells(codes, cells), ROUNDS, time.perf_counter)
    two_fill = measure(
        lambda: count_cells(codes, cells, threads=2), ROUNDS, time.perf_counter
    )
    print(
        f"  two cores, elapsed: {one / both:.2f} x one core (counting alone {one_fill / two_fill:.2f} x); "
        "wanted 1.7 x"
    )
    return seconds, floor


MEMORY = """
import re, sys
sys.path.insert(0, {folder!r})
from pathlib import Path
from scan import count_and_score, make_codes
def peak():
    status = Path("/proc/self/status").read_text()
    return [int(re.search(name + r":\\s+(\\d+)", status)[1]) for name in ("VmRSS", "VmHWM")]
count_and_score(make_codes(1000))
codes = make_codes({rows})
Path("/proc/self/clear_refs").write_text("5")
before = peak()[0]
count_and_score(codes)
print(peak()[1] - before, codes.nbytes)
"""


def measure_memory(rows: int) -> None:
    """Measure what a scan needs at its peak beyond what the process held before."""
    code = MEMORY.format(folder=str(HERE.parent), rows=rows)
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    more, columns = map(int, done.stdout.split())
    print(
        f"  memory at {rows:,} rows: columns {columns / 1e6:.0f} MB, the scan {more * 1024 / 1e6:.0f} MB "
        f"more at its peak; wanted at most {(0.3 * columns + 150e6) / 1e6:.0f} MB more"
    )


def time_honest(pysubgroup: float | None, *, quick: bool) -> None:
    """Time the whole honest scan: a school, a region, a million rows."""
    options = Options(replicates=999, fewest_students=5, stop_early=False)
    recipe = Recipe(400, 600)
    school = make_school(recipe, 1)
    events = to_events(school, involve_others(school, recipe, 1))
    seconds = measure(
        lambda: search(assume_independence(events, deepest=3, root="place"), options),
        3,
        time.process_time,
    )
    print("\nthe whole honest scan: 999 replicates, without the heaviest student")
    print(
        f"  a school-year, 600 incidents, 8 columns: {seconds:.2f} s of one core   wanted 1"
    )
    region = make_region()
    two = Options(replicates=999, fewest_students=5, stop_early=False, threads=2)
    seconds = measure(
        lambda: search(assume_independence(region, deepest=3, root="place"), two),
        2,
        time.perf_counter,
    )
    print(
        f"  11 schools together, {region.size:,} incidents, two threads: {seconds:.1f} s elapsed   wanted 8"
    )
    replicates = 19 if quick else 999
    million = make_million()
    begin = time.perf_counter()
    search(
        assume_independence(million, deepest=3, root="c0"),
        Options(replicates=replicates, stop_early=False, threads=2),
    )
    seconds = time.perf_counter() - begin
    told = (
        f"wanted under {10 * pysubgroup:.0f} (ten passes of pysubgroup)"
        if pysubgroup
        else ""
    )
    print(
        f"  1,000,000 rows, {replicates} replicates, two threads: {seconds:.0f} s elapsed   {told}"
    )


def make_region() -> Events:
    """Make eleven schools of one region, each a stratum."""
    schools = [make_school(Recipe(360, 410), 50 + n) for n in range(11)]
    codes = np.concatenate(
        [np.array([s.codes[c.name] for c in name_columns()]) for s in schools], axis=1
    )
    who = np.concatenate([s.students + 1000 * n for n, s in enumerate(schools)])
    week = np.concatenate([s.week for s in schools])
    stratum = np.repeat(np.arange(11), [len(s.week) for s in schools])
    pairs = np.column_stack([np.arange(len(who)), who])
    return make_events(name_columns(), codes, pairs, stratum=stratum, week=week)


def make_million() -> Events:
    """Make a million rows of 200,000 students."""
    codes = make_codes(1_000_000)
    chance = np.random.default_rng(3)
    size = codes.shape[1]
    rates = chance.gamma(0.5, 1, 200_000)
    who = chance.choice(200_000, size, p=rates / rates.sum())
    week = np.arange(size) % 36
    pairs = np.column_stack([np.arange(size), who])
    return make_events(make_columns(), codes, pairs, week=week)


COMPILE = """
import time, sys
sys.path.insert(0, {folder!r})
begin = time.perf_counter()
from made_schools import Recipe, involve_others, make_school, to_events
from commonroot.analysis.scan import Options, assume_independence, search
imported = time.perf_counter() - begin
recipe = Recipe(400, 600)
school = make_school(recipe, 1)
events = to_events(school, involve_others(school, recipe, 1))
begin = time.perf_counter()
search(assume_independence(events, deepest=3, root="place"), Options(replicates=19))
print(imported, time.perf_counter() - begin)
"""


def time_compiling() -> None:
    """Time the first scan ever on a machine, and the first of a later process."""
    with tempfile.TemporaryDirectory() as cache:
        times = []
        for _ in range(2):
            done = subprocess.run(
                [sys.executable, "-c", COMPILE.format(folder=str(HERE.parent))],
                env={**os.environ, "NUMBA_CACHE_DIR": cache},
                capture_output=True,
                text=True,
                check=True,
            )
            times.append([float(each) for each in done.stdout.split()])
    print(
        f"\ncompiling: the first scan on a machine takes {times[0][1]:.1f} s, that of a later process "
        f"{times[1][1]:.2f} s (19 replicates); importing takes {times[1][0]:.1f} s"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help="no ten million rows")
    parser.add_argument(
        "--peers",
        type=Path,
        default=Path(tempfile.gettempdir()) / "commonroot-bench-peers",
    )
    given = parser.parse_args()
    python = make_environment(given.peers)
    compare(10_000, {"polars": 1}, python)
    seconds, _ = compare(1_000_000, {"polars": 30, "pandas": 200, "fim": 100}, python)
    pysubgroup = None
    with tempfile.TemporaryDirectory() as name:
        np.save(Path(name) / "codes.npy", make_codes(1_000_000))
        found = run_peer(python, "pysubgroup", Path(name))
        if "seconds" in found:
            pysubgroup = float(found["seconds"])
            print(f"  pysubgroup, one pass to depth 2 without a test: {pysubgroup:.1f}")
        else:
            print(f"  pysubgroup did not run: {found['error']}")
    measure_memory(1_000_000)
    if not given.quick:
        larger, _ = compare(10_000_000, {"polars": 30}, python)
        print(
            f"  ten times the rows: {larger / seconds:.1f} x the time   wanted at most 8"
        )
        measure_memory(10_000_000)
    time_honest(pysubgroup, quick=given.quick)
    time_compiling()
    print(
        f"\npeak of this process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.1f} GiB"
    )


if __name__ == "__main__":
    main()
