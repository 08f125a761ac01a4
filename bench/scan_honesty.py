"""How often the scan names a pattern where there is none, and finds one where there is.

    .venv/bin/python bench/scan_honesty.py [--schools 300] [--replicates 199]

Made-up school years (`made_schools.py`) with known truth. For every null the share of
schools in which anything is named (wanted: at most 5 %), with its Monte Carlo error;
beside it the same for permuting the rows of the export, which is what packages do.
Then planted patterns: how often they are found, how much of the list is false, and how
the corrected ratio and its interval do. The same command gives the same figures.
"""

import argparse
import math
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
from made_schools import (
    SIZES,
    WEEKS,
    Plant,
    Recipe,
    School,
    involve_others,
    make_school,
    to_events,
    to_rows,
)

from commonroot.analysis.scan import (
    Events,
    Exposures,
    Found,
    Options,
    assume_exposure,
    assume_independence,
    look_back,
    search,
)
from commonroot.analysis.scan.baseline import choose_columns
from commonroot.analysis.scan.exposure import Exposure

CROWDS = ((200, 150), (300, 350), (400, 600))
RECENT_WEEKS = 4
HALF = 0.5
LEAST_PLANTED = 0.3


@dataclass(frozen=True)
class Case:
    """One line of the table: a recipe, and how the scan is asked."""

    name: str
    recipe: Recipe
    baseline: str = "independence"
    plain: bool = True


def list_nulls() -> list[Case]:
    """List the nulls: nothing is planted in any of them."""
    cases = []
    for clustering in ("none", "moderate", "realistic", "harsh"):
        for students, incidents in CROWDS:
            name = f"{clustering}, {students} students, {incidents} incidents"
            cases.append(Case(name, Recipe(students, incidents, clustering)))
    middle = Recipe(300, 350, "realistic")
    for students, incidents in CROWDS:
        recipe = replace(middle, students=students, incidents=incidents, several=0.12)
        cases.append(Case(f"several students in 12 %, {incidents} incidents", recipe))
    for tilt in (0.15, 0.3, 0.5):
        cases.append(Case(f"habits tied to number, {tilt}", replace(middle, tilt=tilt)))
    cases += [
        Case("harsh, habits tied to number, 0.3", Recipe(300, 350, "harsh", tilt=0.3)),
        Case("lunch is in the cafeteria", replace(middle, lunch=True)),
        Case("6 weeks without recording", replace(middle, silent_weeks=6)),
        Case(
            "two with seasons (entries without month)",
            replace(middle, moving_season=0.4),
        ),
        Case("two bad days", replace(middle, outbreaks=2)),
    ]
    for students, incidents in CROWDS:
        recipe = replace(middle, students=students, incidents=incidents)
        for baseline in ("history", "exposure"):
            name = f"{baseline}, {students} students, {incidents}"
            cases.append(Case(name, recipe, baseline, False))
    return cases


def list_plants() -> list[Case]:
    """List the plants of the research notes: one a school, and two together."""
    cases = []
    for students, incidents in CROWDS:
        for times in (2.0, 3.0, 4.0, 6.0):
            plant = Plant({"place": 2, "period": 3}, times)
            recipe = Recipe(students, incidents, plants=(plant,))
            cases.append(Case(f"pair x{times:.0f}, {incidents}", recipe))
        for times in (4.0, 8.0, 12.0):
            plant = Plant({"place": 2, "period": 3, "behaviour": 1}, times)
            recipe = Recipe(students, incidents, plants=(plant,))
            cases.append(Case(f"triple x{times:.0f}, {incidents}", recipe))
    for students, incidents in CROWDS[1:]:
        both = (
            Plant({"place": 2, "period": 3}, 6.0),
            Plant({"behaviour": 4, "grade": 1, "motivation": 2}, 9.0),
        )
        recipe = Recipe(students, incidents, plants=both)
        cases.append(Case(f"pair x6 and triple x9, {incidents}", recipe))
    return cases


@dataclass(frozen=True)
class Outcome:
    """What came of one school: entries, false ones, plants found, ratios."""

    listed: int
    false: int
    found: tuple[bool, ...]
    by_rows: int
    ratios: tuple[tuple[float, float, float, float, float], ...]


def look(case: Case, seed: int, options: Options) -> Outcome:
    """Make one school, scan it, and compare the list with the truth."""
    recipe = with_even_plants(case.recipe, seed)
    school = make_school(recipe, seed)
    pairs = involve_others(school, recipe, seed)
    events = to_events(school, pairs)
    if case.baseline == "history":
        recent = school.week >= school.week.max() - RECENT_WEEKS + 1
        # As on the sheet: month tells what is recent, so it is not asked.
        names = [c.name for c in events.columns if c.name != "month"]
        chosen = choose_columns(events, names)
        found = search(look_back(chosen, recent, deepest=2), options)
    elif case.baseline == "exposure":
        found = search(expose(school, events), options)
    else:
        found = search(assume_independence(events, deepest=3, root="place"), options)
    by_rows = 0
    if case.plain:
        rows = assume_independence(to_rows(school, pairs), deepest=3)
        by_rows = len(search(rows, options).patterns)
    if recipe.moving_season:
        # A place with a season of its own is no false alarm; what follows from it is.
        found = replace(
            found,
            patterns=tuple(
                pattern
                for pattern in found.patterns
                if "month" not in dict(pattern.conditions)
            ),
        )
    shares = judge(school, found, len(recipe.plants)) if recipe.plants else []
    plants = len(recipe.plants)
    return Outcome(
        len(found.patterns),
        sum(all(part < LEAST_PLANTED for part, _ in each) for each in shares)
        if plants
        else len(found.patterns),
        tuple(
            any(covered >= HALF for covered in (each[at][1] for each in shares))
            for at in range(plants)
        ),
        by_rows,
        tuple(
            (
                pattern.incidents / pattern.expected,
                pattern.ratio.value,
                pattern.ratio.low,
                pattern.ratio.high,
                true_ratio(school, recipe, pattern.conditions),
            )
            for pattern in found.patterns
            if plants
        ),
    )


def expose(school: School, events: Events) -> Exposure:
    """Set a school beside its enrolment by grade and its five school days a week."""
    enrolled = np.bincount(school.grades, minlength=SIZES["grade"])
    shares = {
        "grade": tuple(map(float, enrolled / enrolled.sum())),
        "weekday": (0.2,) * 5,
    }
    columns = tuple(
        replace(column, shares=shares[column.name]) if column.name in shares else column
        for column in events.columns
    )
    exposures = Exposures(
        of_students="grade",
        enrolled=tuple(school.grades.tolist()),
        of_days="weekday",
        open_days=np.ones((WEEKS, 5), dtype=np.bool_),
    )
    known = replace(events, columns=columns)
    return assume_exposure(known, exposures, deepest=3, root="place")


def with_even_plants(recipe: Recipe, seed: int) -> Recipe:
    """Plant where the notes plant: the values stand for a tenth of all or nearly.

    Expected 2.6, 6.1 and 10.5 incidents for a pair, and 0.4, 1.0 and 1.8 for a triple.
    """
    if not recipe.plants:
        return recipe
    school = make_school(replace(recipe, plants=()), seed)
    moved = []
    for plant in recipe.plants:
        wanted = 0.0175 if len(plant.values) == 2 else 0.003
        values = choose_values(school, tuple(plant.values), wanted)
        moved.append(Plant(values, plant.times))
    return replace(recipe, plants=tuple(moved))


def choose_values(
    school: School, names: Sequence[str], wanted: float
) -> dict[str, int]:
    """Choose values of about equal shares whose product is near the wanted one."""
    each = wanted ** (1 / len(names))
    chosen = {}
    for name in names:
        share = np.bincount(school.codes[name]) / len(school.week)
        chosen[name] = int(np.argmin(np.abs(np.log(share + 1e-9) - math.log(each))))
    return chosen


def judge(school: School, found: Found, plants: int) -> list[list[tuple[float, float]]]:
    """For each entry and plant: share of the entry that is planted, and of the plant."""
    told = []
    for pattern in found.patterns:
        inside = np.ones(len(school.week), dtype=bool)
        for name, value in pattern.conditions:
            inside &= school.codes[name] == int(value.split()[-1])
        told.append(
            [
                (
                    float((school.planted[inside] == number).mean()),
                    float(inside[school.planted == number].sum())
                    / max(1, int((school.planted == number).sum())),
                )
                for number in range(plants)
            ]
        )
    return told


def true_ratio(
    school: School, recipe: Recipe, conditions: Sequence[tuple[str, str]]
) -> float:
    """Give the planted ratio when the entry is the plant itself, else no number."""
    named = {name: int(value.split()[-1]) for name, value in conditions}
    for number, plant in enumerate(recipe.plants):
        if plant.values == named:
            size = len(school.week)
            base = (school.planted != number).sum()
            share = np.prod(
                [
                    (school.codes[n][school.planted != number] == v).mean()
                    for n, v in named.items()
                ]
            )
            margins = np.prod([(school.codes[n] == v).mean() for n, v in named.items()])
            return float(plant.times * share * base / (margins * size))
    return math.nan


def run(
    cases: Sequence[Case],
    schools: int,
    replicates: int,
    report: Callable[[Case, list[Outcome]], None],
) -> None:
    """Run every case over its schools on two processes, and report each."""
    with ProcessPoolExecutor(2) as pool:
        for case in cases:
            # As the sheet asks: nothing is named of fewer than 5 students.
            options = Options(replicates=replicates, fewest_students=5)
            tasks = [(case, 7919 * number + 1, options) for number in range(schools)]
            report(case, list(pool.map(look_at, tasks, chunksize=10)))


def look_at(task: tuple[Case, int, Options]) -> Outcome:
    """Do one task in a process."""
    return look(*task)


def error(share: float, number: int) -> float:
    """Give the Monte Carlo error of a share, in points."""
    return 100 * math.sqrt(max(share * (1 - share), 0.25 / number) / number)


def report_null(case: Case, outcomes: list[Outcome]) -> None:
    """Print one null."""
    share = float(np.mean([outcome.listed > 0 for outcome in outcomes]))
    rows = float(np.mean([outcome.by_rows > 0 for outcome in outcomes]))
    beside = f"{100 * rows:5.1f}" if case.plain else "    -"
    print(
        f"  {case.name:<45} {100 * share:5.1f} (+/- {error(share, len(outcomes)):.1f})"
        f"   rows permuted {beside}",
        flush=True,
    )


def report_plant(case: Case, outcomes: list[Outcome]) -> None:
    """Print one planted case."""
    found = np.mean([outcome.found for outcome in outcomes], axis=0)
    listed = float(np.mean([outcome.listed for outcome in outcomes]))
    false = sum(outcome.false for outcome in outcomes)
    share = false / max(1, sum(outcome.listed for outcome in outcomes))
    rows = float(np.mean([outcome.by_rows for outcome in outcomes]))
    ratios = np.array(
        [r for o in outcomes for r in o.ratios if not math.isnan(r[4])]
    ).reshape(-1, 5)
    told = ""
    if len(ratios) >= 20:
        raw = np.exp(np.mean(np.log(ratios[:, 0] / ratios[:, 4])))
        picked = np.exp(np.mean(np.log(ratios[:, 1] / ratios[:, 4])))
        covers = np.mean(
            (ratios[:, 2] <= ratios[:, 4]) & (ratios[:, 4] <= ratios[:, 3])
        )
        told = f"  ratio/true: raw {raw:.2f}, ours {picked:.2f}, interval covers {100 * covers:.0f} %"
    print(
        f"  {case.name:<28} found {', '.join(f'{100 * f:3.0f} %' for f in found)}"
        f"  list {listed:.2f}  false entries {100 * share:.1f} %  (rows permuted lists {rows:.1f}){told}",
        flush=True,
    )


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--schools", type=int, default=300)
    parser.add_argument("--replicates", type=int, default=199)
    parser.add_argument("--only", help="cases whose name has this text")
    given = parser.parse_args()
    wanted = given.only or ""
    print(f"{given.schools} school years a line, {given.replicates} replicates")
    print("Nothing planted: schools (%) in which a pattern is named; wanted: at most 5")
    nulls = [case for case in list_nulls() if wanted in case.name]
    run(nulls, given.schools, given.replicates, report_null)
    print("Planted")
    plants = [case for case in list_plants() if wanted in case.name]
    run(plants, given.schools, given.replicates, report_plant)


if __name__ == "__main__":
    main()
