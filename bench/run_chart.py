"""How often run charts of stable schools raise a false alarm, and what ours finds.

One command, no data needed:

    .venv/bin/python bench/run_chart.py [--charts N] [--jobs N]

Every chart is drawn by the real `draw_run_chart`, 999 replicates each. A stable
school's weeks come from the generator below (not the one inside the method): counts
around mean x carry-over x season. Over-dispersed weeks without carry-over are negative
binomial; with it, log-normal AR(1). The season is a wave of 28 % either way,
one a calendar year, with a random peak. School years have 36 weeks of five logging
days, with breaks in October, December, March and in summer.
"""

import argparse
import os
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from math import sqrt
from multiprocessing import get_context

import numpy as np
from numpy.typing import NDArray

from commonroot.analysis.run_chart import (
    RunChart,
    Week,
    describe_familiar_rules,
    draw_run_chart,
)

Numbers = NDArray[np.float64]

WEEKS = (12, 20, 36, 72, 108)
MEANS = (0.5, 1.5, 3.0, 10.0, 40.0)
BREAKS = (7, 17, 18, 29)  # calendar weeks of a school year without school
# Weeks and means where a first run of the grid, 200 charts each, came nearest to 5 %.
NEAREST = (
    (12, 3.0),
    (12, 10.0),
    (12, 40.0),
    (20, 10.0),
    (20, 40.0),
    (36, 10.0),
    (108, 3.0),
    (108, 10.0),
)
CHANGES = {"x1.5": 1.5, "x2": 2.0, "x0.6": 0.6, "x0.5": 0.5}


@dataclass(frozen=True)
class Process:
    """How the weeks of a school vary round their mean."""

    name: str
    dispersion: float = 0.0
    carry_over: float = 0.0
    season: float = 0.0
    peaks_a_year: int = 1
    short_weeks: bool = False


PROCESSES = (
    Process("Poisson"),
    Process("over-dispersed", 0.1),
    Process("+ carry-over", 0.1, 0.4),
    Process("+ season", 0.1, 0.0, 0.28),
    Process("all three", 0.1, 0.4, 0.28),
)
HARDER = (
    Process("all three, short weeks", 0.1, 0.4, 0.28, 1, True),
    Process("dispersion 0.2", 0.2, 0.4, 0.28),
    Process("dispersion 0.4", 0.4, 0.4, 0.28),
    Process("carry-over 0.7", 0.1, 0.7, 0.28),
    Process("season 40 %", 0.1, 0.4, 0.40),
    Process("two peaks a year", 0.1, 0.4, 0.28, 2),
)


@dataclass(frozen=True)
class Scenario:
    """A stable process, its size, and what (if anything) is planted in it."""

    process: Process
    weeks: int
    mean: float
    change: str = "none"


def school_weeks(wanted: int) -> list[int]:
    """List the calendar weeks, from the first, in which school is held."""
    year = [week for week in range(40) if week not in BREAKS]
    return [52 * (i // 36) + year[i % 36] for i in range(wanted)]


def planted(change: str, weeks: int, random: np.random.Generator) -> Numbers:
    """Give the factor by which each week's mean is multiplied."""
    factors = np.ones(weeks)
    if change == "one week x3":
        factors[random.integers(weeks)] = 3
    elif change in CHANGES:
        factors[weeks // 2 :] = CHANGES[change]
    return factors


def bunching(process: Process, times: Numbers, random: np.random.Generator) -> Numbers:
    """Draw what makes one week busier than another, mean 1, season apart."""
    if not process.dispersion:
        return np.ones(len(times))
    if not process.carry_over:
        shape = 1 / process.dispersion
        return random.gamma(shape, 1 / shape, len(times))
    variance = np.log1p(process.dispersion)
    level = random.normal(0, sqrt(variance))
    drawn = [level]
    for gap in np.diff(times):
        kept = process.carry_over**gap
        level = kept * level + random.normal(0, sqrt(variance * (1 - kept**2)))
        drawn.append(level)
    return np.asarray(np.exp(np.array(drawn) - variance / 2))


def simulate(scenario: Scenario, seed: int) -> tuple[list[Week], Numbers]:
    """Simulate one school's weeks, and say what was planted in them."""
    random = np.random.default_rng(seed)
    process, calendar = scenario.process, school_weeks(scenario.weeks)
    times = np.array(calendar, dtype=float)
    days = np.full(scenario.weeks, 5)
    if process.short_weeks:
        days = random.choice([5, 4, 3, 2], scenario.weeks, p=[0.7, 0.15, 0.1, 0.05])
    angle = 2 * np.pi * process.peaks_a_year * times / 52.18
    season = 1 + process.season * np.cos(angle - random.uniform(0, 2 * np.pi))
    factors = planted(scenario.change, scenario.weeks, random)
    means = scenario.mean * days / 5 * season * bunching(process, times, random)
    counts = random.poisson(means * factors)
    first = date(2023, 8, 28)
    weeks = [
        Week(first + timedelta(weeks=week), int(count), int(day))
        for week, count, day in zip(calendar, counts, days, strict=True)
    ]
    return weeks, factors


def outside_c_limits(values: Numbers) -> bool:
    """Ask the c chart: is a point beyond mean +- 3 roots of the mean?"""
    mean = values.mean()
    return bool(np.any(np.abs(values - mean) > 3 * np.sqrt(mean)))


def breaks_an_xmr_rule(values: Numbers) -> bool:
    """Ask the XmR chart with the four rules of Making Data Count (NHS England).

    A point outside the limits; seven in a row on one side of the mean; seven in a row
    rising or falling; two of three beyond two sigma on the same side.
    """
    centre, sigma = values.mean(), np.abs(np.diff(values)).mean() / 1.128
    if sigma == 0:
        return False
    away = (values - centre) / sigma
    steps = np.diff(values)
    return bool(
        np.any(np.abs(away) > 3)
        or any(in_a_row(sign * away > 0, 7, 7) for sign in (1, -1))
        or any(in_a_row(sign * steps > 0, 6, 6) for sign in (1, -1))
        or any(in_a_row(sign * away > 2, 2, 3) for sign in (1, -1))
    )


def in_a_row(hits: NDArray[np.bool_], needed: int, among: int) -> bool:
    """Ask whether any `among` neighbours hold at least `needed` hits."""
    windows = np.lib.stride_tricks.sliding_window_view(hits, among)
    return bool(np.any(windows.sum(axis=1) >= needed))


def breaks_an_anhoej_rule(values: Numbers) -> bool:
    """Ask the run chart with the Anhøj rules: too long a run, too few crossings?"""
    figures = describe_familiar_rules(values.tolist())
    return figures is not None and (
        figures.longest_run > figures.longest_run_limit
        or figures.crossings < figures.fewest_crossings
    )


def found(chart: RunChart, factors: Numbers) -> bool:
    """Ask whether a signal says truly where the series is high or low."""
    middle = (factors.max() + factors.min()) / 2
    return any(
        np.any(
            (factors > middle if signal.direction == "higher" else factors < middle)[
                signal.first : signal.last + 1
            ]
        )
        for signal in chart.signals
    )


def try_one(scenario: Scenario, seed: int) -> tuple[bool, bool, bool, bool, bool]:
    """Draw one chart: c, XmR, Anhøj and our verdict, and whether ours is true."""
    weeks, factors = simulate(scenario, seed)
    values = np.array([week.incidents for week in weeks], dtype=float)
    chart = draw_run_chart(weeks, seed=seed)
    return (
        outside_c_limits(values),
        breaks_an_xmr_rule(values),
        breaks_an_anhoej_rule(values),
        bool(chart.signals),
        found(chart, factors) if scenario.change != "none" else False,
    )


def measure(scenario: Scenario, charts: int) -> tuple[float, ...]:
    """Give the share of charts for every verdict of `try_one`."""
    start = 1_000_003 * (abs(hash_of(scenario)) % 9973)
    verdicts = [try_one(scenario, start + i) for i in range(charts)]
    return tuple(float(share) for share in np.mean(verdicts, axis=0))


def hash_of(scenario: Scenario) -> int:
    """Number a scenario the same way in every run (Python's own hash does not)."""
    return sum((i + 1) * ord(letter) for i, letter in enumerate(repr(scenario)))


Measure = Callable[[Iterable[Scenario]], Iterable[tuple[float, ...]]]


def report_false_alarms(
    title: str, scenarios: Sequence[Scenario], measure_all: Measure, charts: int
) -> None:
    """Print one line a scenario, and the worst."""
    print(f"\n{title}: share of stable charts called changed, {charts} charts each")
    print(f"{'process':24}{'weeks':>6}{'mean':>6}{'c':>7}{'XmR':>7}{'Anhøj':>7}  ours")
    results = []
    for scenario, shares in zip(scenarios, measure_all(scenarios), strict=True):
        c, xmr, anhoej, ours, _ = shares
        results.append((ours, scenario))
        error = 100 * sqrt(ours * (1 - ours) / charts)
        print(
            f"{scenario.process.name:24}{scenario.weeks:6}{scenario.mean:6g}"
            f"{c:7.0%}{xmr:7.0%}{anhoej:7.0%}{ours:7.1%} (s.e. {error:.1f})",
            flush=True,
        )
    worst, where = max(results, key=lambda result: result[0])
    mean = np.mean([ours for ours, _ in results])
    error = 100 * sqrt(0.05 * 0.95 / charts)
    print(
        f"ours: mean {mean:.1%}, worst {worst:.1%} ({where.process.name}, "
        f"{where.weeks} weeks at {where.mean:g}); {charts * len(results)} charts in "
        f"all; s.e. of one line at 5 %: {error:.1f} points"
    )


def look_closer(charts: int, pool: ProcessPoolExecutor) -> None:
    """Measure again, with ten times the charts, where the grid came nearest to 5 %."""
    scenarios = [Scenario(PROCESSES[4], weeks, mean) for weeks, mean in NEAREST]
    again = partial(measure, charts=10 * charts)
    report_false_alarms(
        "A closer look at the worst of the grid",
        scenarios,
        lambda wanted: pool.map(again, wanted),
        10 * charts,
    )


def report_power(measure_all: Measure, charts: int) -> None:
    """Print how often a planted change is truly found."""
    names = (*CHANGES, "one week x3")
    print(f"\nPower: share of charts with a true signal, {charts} charts each")
    print(f"{'process':24}{'weeks':>6}{'mean':>6}" + "".join(f"{n:>12}" for n in names))
    for process in (PROCESSES[0], PROCESSES[1], PROCESSES[4]):
        for weeks in (20, 36, 72):
            for mean in (3.0, 10.0, 40.0):
                stable = Scenario(process, weeks, mean)
                shares = measure_all([replace(stable, change=n) for n in names])
                cells = "".join(f"{share[4]:12.0%}" for share in shares)
                print(f"{process.name:24}{weeks:6}{mean:6g}{cells}", flush=True)


def main() -> None:
    """Measure everything and print it."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--charts", type=int, default=30, help="charts a scenario")
    options.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    chosen, _ = options.parse_known_args()
    started = time.perf_counter()
    grid = [Scenario(p, n, m) for p in PROCESSES for n in WEEKS for m in MEANS]
    harder = [
        Scenario(p, n, m) for p in HARDER for n in (36, 72) for m in (3.0, 10.0, 40.0)
    ]
    # One thread a process: new ones read this before they load numpy.
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    with ProcessPoolExecutor(chosen.jobs, get_context("spawn")) as pool:

        def measure_all(scenarios: Iterable[Scenario]) -> Iterable[tuple[float, ...]]:
            return pool.map(partial(measure, charts=chosen.charts), scenarios)

        report_false_alarms("The grid", grid, measure_all, chosen.charts)
        report_false_alarms("Harder than the grid", harder, measure_all, chosen.charts)
        look_closer(chosen.charts, pool)
        report_power(measure_all, chosen.charts)
    print(f"\n{time.perf_counter() - started:.0f} s with {chosen.jobs} processes")


if __name__ == "__main__":
    main()
