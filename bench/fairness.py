"""Measure how honest the fairness intervals are, and what they cost.

    python bench/fairness.py [--draws 150]

Every line is a small simulation with a fixed seed: how often a 95 % interval
holds the truth, how wide it is beside the usual one, how far the value errs.
"""

import argparse
import math
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from commonroot.analysis.fairness import (
    Comparison,
    Estimate,
    estimate_incident_rate_ratio,
    estimate_risk_ratio,
    shrink_risk_ratios,
)

SCHOOLS = 11
RISK = 0.08

Numbers = NDArray[np.float64] | NDArray[np.int64]
One = TypeVar("One")
Other = TypeVar("Other")


def main() -> None:
    """Print every table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=150)
    draws = parser.parse_args().draws
    print(f"{draws} draws a line, of {SCHOOLS} schools each in the first table\n")
    print_shrinkage(draws)
    print_school_apart(draws)
    print_rates(5 * draws)


def print_shrinkage(draws: int) -> None:
    """Shrunk ratios beside each school's own, over mean and spread of schools."""
    print(f"{SCHOOLS} schools, group 12-60, rest 150-400, risk {RISK:.0%}")
    print("mean ratio  spread  shrunk covers  own covers  error   width   ms")
    for mean in (1.0, 2.0):
        for spread in (0.0, 0.2, 0.4, 0.8):
            random = np.random.default_rng(1)
            truths = math.log(mean) + spread * random.normal(size=(draws, SCHOOLS))
            print(f"{mean:10.1f}  {spread:6.1f}  {measure_shrinkage(truths)}")
    print("error, width: shrunk over own, root mean square and median\n")


def measure_shrinkage(truths: Numbers) -> str:
    """One line for true log ratios of shape (draws, schools)."""
    random = np.random.default_rng(2)
    networks = [draw_network(random, np.exp(row)) for row in truths]
    start = time.perf_counter()
    shrunk = [shrink_risk_ratios(network) for network in networks]
    elapsed = 1000 * (time.perf_counter() - start) / len(networks)
    own = [[estimate_risk_ratio(each) for each in network] for network in networks]
    errors = [
        math.log(estimate.value or math.nan) - truth
        for estimate, truth in pair(shrunk, truths)
    ]
    raw_errors = [
        math.log(add_half(each)) - truth for each, truth in pair(networks, truths)
    ]
    widths = [
        measure_width(one) / measure_width(other)
        for one, other in pair(shrunk, own)
        if math.isfinite(measure_width(other))
    ]
    return (
        f"{count_covered(shrunk, truths):13.1%}  {count_covered(own, truths):10.1%}"
        f"  {math.hypot(*errors) / math.hypot(*raw_errors):5.2f}"
        f"  {np.median(widths):6.2f}  {elapsed:3.0f}"
    )


def print_school_apart(draws: int) -> None:
    """What shrinkage costs the one school that really differs."""
    print("Ten schools at ratio 1, one apart with 30 students in the group")
    print("its ratio  shrunk covers  own covers  median shrunk  median own")
    for ratio in (2.0, 3.0, 5.0):
        random = np.random.default_rng(3)
        truths = np.ones(SCHOOLS)
        truths[0] = ratio
        networks = [draw_network(random, truths, first=30) for _ in range(draws)]
        shrunk = [[shrink_risk_ratios(network)[0]] for network in networks]
        own = [[estimate_risk_ratio(network[0])] for network in networks]
        truth = np.full((draws, 1), math.log(ratio))
        print(
            f"{ratio:9.1f}  {count_covered(shrunk, truth):13.1%}"
            f"  {count_covered(own, truth):10.1%}"
            f"  {find_median(shrunk):13.2f}  {find_median(own):10.2f}"
        )
    print()


def print_rates(draws: int) -> None:
    """Student-level intervals of the incident rate ratio beside Poisson ones."""
    print(f"Incident rate ratio 1.5, rest 260 students, {draws} draws")
    print("group  clustering  student covers  Poisson covers  width  open")
    for students in (20, 40, 80):
        for shape in (0.2, 0.5, 2.0):
            line = measure_rates(draws, students, shape)
            print(f"{students:5d}  {1 / shape:10.1f}  {line}")
    print("clustering: squared spread of students' rates; width: student over")
    print("Poisson, median of logs; open: share of ranges from 0 to infinity")


def measure_rates(draws: int, students: int, shape: float) -> str:
    """One line for a group size and a gamma frailty."""
    random = np.random.default_rng(4)
    estimates, poisson = [], []
    for _ in range(draws):
        group, rest = (
            random.poisson(random.gamma(shape, mean / shape, size))
            for mean, size in ((1.5, students), (1.0, 260))
        )
        estimates.append([estimate_incident_rate_ratio(tally(group), tally(rest))])
        poisson.append([estimate_as_poisson(group, rest)])
    truths = np.full((draws, 1), math.log(1.5))
    widths = [
        measure_width(one) / measure_width(other)
        for one, other in pair(estimates, poisson)
        if math.isfinite(measure_width(one))
    ]
    return (
        f"{count_covered(estimates, truths):14.1%}"
        f"  {count_covered(poisson, truths):14.1%}"
        f"  {np.median(widths):5.2f}  {1 - len(widths) / draws:4.0%}"
    )


def draw_network(
    random: np.random.Generator, ratios: Numbers, *, first: int | None = None
) -> list[Comparison]:
    """Students with incidents in every school, for its true risk ratio."""
    enrolled = random.integers(12, 61, len(ratios))
    rest_enrolled = random.integers(150, 401, len(ratios))
    if first:
        enrolled[0] = first
    students = random.binomial(enrolled, np.minimum(1, RISK * ratios))
    rest = random.binomial(rest_enrolled, RISK)
    columns = zip(students, enrolled, rest, rest_enrolled, strict=True)
    return [Comparison(*(int(count) for count in row)) for row in columns]


def estimate_as_poisson(group: Numbers, rest: Numbers) -> Estimate:
    """The usual interval, which takes every incident for independent."""
    incidents, rest_incidents = max(0.5, group.sum()), rest.sum()
    ratio = incidents / len(group) / (rest_incidents / len(rest))
    margin = math.exp(1.96 * math.sqrt(1 / incidents + 1 / rest_incidents))
    return Estimate(ratio, ratio / margin, ratio * margin)


def add_half(each: Comparison) -> float:
    """The raw ratio with half a student added, so that it is never 0."""
    risk = (each.students + 0.5) / (each.enrolled + 0.5)
    return risk / ((each.rest_students + 0.5) / (each.rest_enrolled + 0.5))


def pair(
    rows: Iterable[Iterable[One]], others: Iterable[Iterable[Other]]
) -> Iterator[tuple[One, Other]]:
    """Walk two tables of the same shape together."""
    for row, other in zip(rows, others, strict=True):
        yield from zip(row, other, strict=True)


def count_covered(estimates: Iterable[Iterable[Estimate]], truths: Numbers) -> float:
    """Share of intervals that hold the true log ratio."""
    held = [
        (each.low or 0) <= math.exp(truth) <= (each.high or math.inf)
        for each, truth in pair(estimates, truths)
    ]
    return sum(held) / len(held)


def find_median(rows: list[list[Estimate]]) -> float:
    """Median of the first school's value over all draws."""
    return float(np.median([row[0].value or 0 for row in rows]))


def measure_width(estimate: Estimate) -> float:
    """Width of an interval on the log scale; infinite where an end is open."""
    if not estimate.low or estimate.high is None:
        return math.inf
    return math.log(estimate.high / estimate.low)


def tally(counts: Numbers) -> dict[int, int]:
    """Number of incidents to number of students."""
    values, times = np.unique(counts, return_counts=True)
    return dict(zip(values.tolist(), times.tolist(), strict=True))


if __name__ == "__main__":
    main()
