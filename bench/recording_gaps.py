"""Measure how often a stable school shows a gap in recording, and which gaps are seen.

    .venv/bin/python bench/recording_gaps.py [--schools 2000]

Every line is a small simulation with a fixed seed. `Poisson`: every day the same.
`bunched`: a season of ±30 % with a random peak, and days that scatter more than chance
(variance = mean + 0.1 mean²) with weeks that carry over.
"""

import argparse
import datetime as dt

import numpy as np
from numpy.typing import NDArray

from commonroot.analysis.coverage import Coverage, measure_coverage

DAYS = [dt.date(2025, 9, 1) + dt.timedelta(n) for n in range(170)]
LEVELS = (0.3, 0.5, 1.0, 2.0, 3.0)
PROCESSES = ("Poisson", "bunched")
SEASON, DISPERSION, CARRY_OVER, WEEK = 0.3, 0.1, 0.4, 5
LENGTHS = (4, 5, 6, 7, 8, 10, 12, 15, 18, 20, 30, 40, 50, 60)
ENOUGH = 0.9
Counts = NDArray[np.int64]


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--schools", type=int, default=2000)
    schools = parser.parse_args().schools
    print(f"{len(DAYS)} school days, {schools:,} schools a line\n")
    print("process  a day  schools with a false gap  believed quiet run")
    for process in PROCESSES:
        for level in LEVELS:
            print(
                f"{process:7}  {level:5}  {measure_false_gaps(process, level, schools)}"
            )
    print(f"\nshare of true gaps that are seen, by length in school days: {LENGTHS}")
    for process in PROCESSES:
        for level in LEVELS:
            print(
                f"{process:7}  {level:5}  {measure_power(process, level, schools // 4)}"
            )


def draw_year(random: np.random.Generator, process: str, level: float) -> Counts:
    """Draw one stable year: incidents for each school day."""
    rates = np.full(len(DAYS), level)
    if process == "bunched":
        angle = 2 * np.pi * (np.arange(len(DAYS)) / 220 + random.random())
        weeks = draw_carry_over(random, len(DAYS) // WEEK + 1)
        rates = (
            rates * (1 + SEASON * np.sin(angle)) * np.repeat(weeks, WEEK)[: len(DAYS)]
        )
    return random.poisson(rates)


def draw_carry_over(random: np.random.Generator, weeks: int) -> NDArray[np.float64]:
    """Draw the weeks' own levels: log-normal with mean 1, each like the one before."""
    spread = np.log(1 + DISPERSION)
    noise = random.normal(size=weeks)
    for week in range(1, weeks):
        noise[week] = (
            CARRY_OVER * noise[week - 1] + np.sqrt(1 - CARRY_OVER**2) * noise[week]
        )
    return np.asarray(np.exp(np.sqrt(spread) * noise - spread / 2))


def look(counts: Counts) -> Coverage:
    """Measure the coverage of one year."""
    return measure_coverage(DAYS, dict(zip(DAYS, counts.tolist(), strict=True)))


def measure_false_gaps(process: str, level: float, schools: int) -> str:
    """How many stable schools show a gap, and the longest quiet run that is believed."""
    random = np.random.default_rng(1)
    found = [look(draw_year(random, process, level)) for _ in range(schools)]
    false = sum(bool(each.gaps) for each in found) / schools
    believed = np.median([each.longest_by_chance for each in found])
    return f"{false:24.2%}  {believed:18.0f}"


def measure_power(process: str, level: float, schools: int) -> str:
    """How many gaps of each length are seen, and the length at which nearly all are."""
    shares = []
    for length in LENGTHS:
        random = np.random.default_rng(2)
        seen = 0
        for _ in range(schools):
            counts = draw_year(random, process, level)
            start = int(random.integers(5, len(DAYS) - length - 5))
            counts[start : start + length] = 0
            seen += any(
                gap.first <= DAYS[start] and DAYS[start + length - 1] <= gap.last
                for gap in look(counts).gaps
            )
        shares.append(seen / schools)
    enough = next(
        (n for n, share in zip(LENGTHS, shares, strict=True) if share >= ENOUGH), None
    )
    told = " ".join(f"{share:5.0%}" for share in shares)
    return f"{told}   {ENOUGH:.0%} from {enough or 'even more'} days"


if __name__ == "__main__":
    main()
