"""How honest the check of a change is: weekly looks for a year, with and without effect.

    .venv/bin/python bench/check.py --schools 1000

Made-up series: weeks before and after a change, a week effect that the whole school
shares (autocorrelated), a season, and a scatter of the slice's own. Each series is looked
at every week by the product's own `check_change`, and by the plain test that compares
before with after (two Poisson counts, 5 %). Prints how often each ever called a change
helped or worse when nothing was changed, and how often an effect was seen.
"""

import argparse
import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy.stats import binomtest

from commonroot.analysis.check import (
    Elsewhere,
    Series,
    Verdict,
    Week,
    check_change,
    weigh_moves,
)

WEEKS_BEFORE, WEEKS_AFTER = 18, 36
Counts = npt.NDArray[np.int64]


@dataclass(frozen=True)
class World:
    """How a school's weeks come about; incidents a week in the slice and in the rest."""

    target: float
    rest: float
    before: int = WEEKS_BEFORE
    shared: float = 0.25
    shared_memory: float = 0.4
    season: float = 0.3
    own: float = 0.3
    own_memory: float = 0.0
    bunching: float = 1.3
    effect: float = 1.0


@dataclass(frozen=True)
class School:
    """One made school: its weeks, what is left of a picked height, and schools beside it."""

    series: Series
    picked: float = 1.0
    others: tuple[Series, ...] = ()


def wander(
    chance: np.random.Generator, weeks: int, spread: float, memory: float
) -> npt.NDArray[np.float64]:
    """Make effects of mean 1 that remember the week before."""
    noise = chance.normal(size=weeks)
    path = np.empty(weeks)
    path[0] = noise[0]
    for week in range(1, weeks):
        path[week] = memory * path[week - 1] + math.sqrt(1 - memory**2) * noise[week]
    return np.exp(spread * path - spread**2 / 2)


def draw(
    chance: np.random.Generator, means: npt.NDArray[np.float64], bunching: float
) -> Counts:
    """Draw counts whose variance is `bunching` times their mean, beside that of the means."""
    if bunching <= 1:
        return chance.poisson(means)
    return chance.negative_binomial(means / (bunching - 1) + 1e-12, 1 / bunching)


def make_region(
    world: World, chance: np.random.Generator, falls: float, others: int
) -> School:
    """Make a school where nothing was changed in a region where the slice falls everywhere.

    Each school moves a little by itself beside that (a spread of 0.1).
    """

    def make_one() -> Series:
        own = math.exp(chance.normal(0, 0.1))
        return make(replace(world, effect=falls * own), chance)

    return School(make_one(), 1.0, tuple(make_one() for _ in range(others)))


def helped_beside(chance: np.random.Generator, others: int) -> School:
    """Make a school whose change halved its slice, beside schools where nothing moved."""
    region = make_region(World(5, 30), chance, 1.0, others)
    return replace(region, series=make(World(5, 30, effect=0.5), chance))


def sum_elsewhere(series: Series, end: int) -> Elsewhere:
    """Sum a school's weeks up to one, before and after."""
    before, after = series.weeks[: series.before], series.weeks[series.before : end]
    return Elsewhere(
        sum(week.target for week in before),
        sum(week.rest for week in before),
        sum(week.target for week in after),
        sum(week.rest for week in after),
    )


def make(world: World, chance: np.random.Generator) -> Series:
    """Make one school's weeks."""
    weeks = world.before + WEEKS_AFTER
    season = 1 + world.season * np.sin(2 * math.pi * np.arange(weeks) / 36)
    shared = wander(chance, weeks, world.shared, world.shared_memory) * season
    own = wander(chance, weeks, world.own, world.own_memory)
    changed = np.where(np.arange(weeks) >= world.before, world.effect, 1.0)
    target = draw(chance, world.target * shared * own * changed, world.bunching)
    rest = draw(chance, world.rest * shared, world.bunching)
    return join(target, rest, world.before)


def join(target: Counts, rest: Counts, before: int) -> Series:
    """Join counts into weeks in which every day was recorded."""
    pairs = zip(target.tolist(), rest.tolist(), strict=True)
    return Series([Week(one, other, 5, 5) for one, other in pairs], before)


def make_picked(world: World, chance: np.random.Generator, slices: int) -> School:
    """Make a school in which the hottest of many slices is picked, and nothing changed.

    Gives also how much of its height is left after shrinking it towards the others, as
    their own spread before the change says (moments).
    """
    weeks = world.before + WEEKS_AFTER
    shared = wander(chance, weeks, world.shared, world.shared_memory)
    true = np.exp(chance.normal(0, 0.3, size=slices))
    means = world.target * true[:, None] * shared
    counts = draw(chance, means, world.bunching)
    early = counts[:, : world.before].sum(axis=1)
    middle = early.mean()
    spread = max(0.0, (early.var() - world.bunching * middle) / middle**2)
    hottest = int(early.argmax())
    shape = 1 / max(spread, 1e-3) / world.bunching
    seen = early[hottest] / world.bunching
    kept = (seen + shape) / (middle / world.bunching + shape) * middle / early[hottest]
    rest = counts.sum(axis=0) - counts[hottest]
    return School(join(counts[hottest], rest, world.before), float(min(1.0, kept)))


def look_every_week(school: School) -> Iterator[Verdict]:
    """Check a change in each week since it began."""
    series = school.series
    for end in range(series.before + 3, len(series.weeks) + 1):
        seen = replace(series, weeks=series.weeks[:end])
        moves = weigh_moves(sum_elsewhere(other, end) for other in school.others)
        yield check_change(
            seen, picked=school.picked, goal=0.75, elsewhere=moves
        ).verdict


def compare_plainly(series: Series) -> bool:
    """Say whether the plain before/after test ever called the change a change."""
    before = sum(week.target for week in series.weeks[: series.before])
    after = 0
    for number, week in enumerate(series.weeks[series.before :], start=1):
        after += week.target
        share = number / (number + series.before)
        if number >= 3 and binomtest(after, before + after, share).pvalue < 0.05:
            return True
    return False


def measure(
    name: str,
    schools: int,
    make_one: Callable[[np.random.Generator], School],
    seed: int,
) -> None:
    """Measure one kind of school, and print a line."""
    chance = np.random.default_rng(seed)
    ever = dict.fromkeys(Verdict, 0)
    by_week = {12: 0, 24: 0, 36: 0}
    plain = 0
    for _ in range(schools):
        school = make_one(chance)
        verdicts = list(look_every_week(school))
        for verdict in set(verdicts):
            ever[verdict] += 1
        for week in by_week:
            by_week[week] += Verdict.HELPED in verdicts[: week - 2]
        plain += compare_plainly(school.series)
    print(
        f"{name:44}"
        + "".join(
            f"{100 * count / schools:8.1f}"
            for count in (
                ever[Verdict.HELPED],
                ever[Verdict.GOT_WORSE],
                ever[Verdict.DID_NOT_HELP],
                ever[Verdict.CANNOT_TELL],
                plain,
                *by_week.values(),
            )
        ),
        flush=True,
    )


def list_worlds() -> Iterator[tuple[str, World]]:
    """List the schools in which nothing was changed."""
    for target, rest in ((1.5, 8), (2, 20), (4, 8), (4, 30), (5, 30), (10, 30)):
        yield f"no effect, {target:g} and {rest} a week", World(target, rest)
    base = World(5, 30)
    yield "no effect, incidents apart (Poisson)", replace(base, own=0, bunching=1)
    yield "no effect, a whole year before", replace(base, before=36)
    yield "no effect, students bunch more", replace(base, bunching=2.0)
    yield "no effect, the slice wanders (memory 0.4)", replace(base, own_memory=0.4)
    yield "no effect, the slice wanders (memory 0.7)", replace(base, own_memory=0.7)


def main() -> None:
    """Measure, and print a table of percentages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--schools", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    begin = time.perf_counter()
    heads = ("helped", "worse", "did not", "cannot", "plain", "by 12", "by 24", "by 36")
    print(
        f"{'% of changes that were ever called':44}" + "".join(f"{h:>8}" for h in heads)
    )
    for name, world in list_worlds():
        measure(name, given.schools, lambda c, w=world: School(make(w, c)), given.seed)  # type: ignore[misc]  # bound early, one world each
    for slices, target in ((60, 2.0), (300, 0.5)):
        world = World(target, 0)
        measure(
            f"no effect, the hottest of {slices} slices picked",
            given.schools // 2,
            lambda c, w=world, n=slices: make_picked(w, c, n),  # type: ignore[misc]  # as above
            given.seed,
        )
    for falls in (0.75, 0.6):
        for others in (0, 3, 10):
            measure(
                f"no effect, falls to {falls:g} everywhere, {others} others",
                given.schools // 2,
                lambda c, f=falls, n=others: make_region(World(5, 30), c, f, n),  # type: ignore[misc]  # as above
                given.seed,
            )
    for others in (3, 10):
        measure(
            f"half, 5 a week, 18 weeks before, {others} others",
            given.schools // 2,
            lambda c, n=others: helped_beside(c, n),  # type: ignore[misc]  # as above
            given.seed,
        )
    for effect, word in ((0.75, "a quarter less"), (0.5, "half")):
        for before in (18, 36):
            for target in (2, 5, 10):
                world = World(target, 30, effect=effect, before=before)
                measure(
                    f"{word}, {target} a week, {before} weeks before",
                    given.schools // 2,
                    lambda c, w=world: School(make(w, c)),  # type: ignore[misc]  # as above
                    given.seed,
                )
    print(f"{given.schools} schools a line, {time.perf_counter() - begin:.0f} s")


if __name__ == "__main__":
    main()
