"""Made-up school years for judging the scan: with nothing in them, or with a plant.

A few students have most of the incidents, each has habits of its own (a profile over
places, times, behaviours and motivations), incidents of a student bunch in time, some
weeks are bad weeks, and a school year has a season. Columns are independent given the
student: nothing about the school stands out unless it is planted.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from commonroot.analysis.scan import Column, Events, make_events

SIZES = {
    "place": 10,
    "period": 8,
    "behaviour": 10,
    "motivation": 6,
    "grade": 6,
    "weekday": 5,
    "month": 10,
    "response": 6,
}
HABITS = ("place", "period", "behaviour", "motivation")
WEEKS = 36
# Shape of the gamma spread of students' rates, and how much a profile is the school's.
CLUSTERING = {
    "none": (50.0, 1e6),
    "moderate": (0.42, 8.0),
    "realistic": (0.25, 4.0),
    "harsh": (0.15, 2.0),
}


@dataclass(frozen=True)
class Plant:
    """A pattern: these values together come `times` as often as they would."""

    values: dict[str, int]
    times: float


@dataclass(frozen=True)
class Recipe:
    """What a school is made of."""

    students: int = 300
    incidents: int = 350
    clustering: str = "realistic"
    several: float = 0.0
    tilt: float = 0.0
    outbreaks: int = 0
    lunch: bool = False
    moving_season: float = 0.0
    silent_weeks: int = 0
    plants: tuple[Plant, ...] = field(default=())


@dataclass(frozen=True)
class School:
    """One made school year: codes by column, students of each incident, weeks."""

    codes: dict[str, NDArray[np.int64]]
    students: NDArray[np.int64]
    week: NDArray[np.int64]
    planted: NDArray[np.int64]
    grades: NDArray[np.int64]


def make_school(recipe: Recipe, seed: int) -> School:
    """Make one school year; `planted` says which plant an incident came from, or -1."""
    chance = np.random.default_rng(seed)
    shape, conform = CLUSTERING[recipe.clustering]
    rates = chance.gamma(shape, 1, recipe.students)
    rates /= rates.sum()
    margins = {name: draw_margin(chance, size) for name, size in SIZES.items()}
    grade = chance.choice(SIZES["grade"], recipe.students, p=margins["grade"])
    profiles = {
        name: draw_profiles(chance, margins[name], conform, rates, recipe.tilt)
        for name in HABITS
    }
    weeks = draw_weeks(chance, recipe)
    who = chance.choice(recipe.students, recipe.incidents, p=rates)
    week = draw_student_weeks(chance, who, weeks)
    codes = {name: draw_each(chance, profiles[name], who) for name in HABITS}
    codes["grade"] = grade[who]
    codes["weekday"] = chance.integers(0, 5, recipe.incidents)
    codes["month"] = week * SIZES["month"] // WEEKS
    codes["response"] = chance.choice(
        SIZES["response"], recipe.incidents, p=margins["response"]
    )
    if recipe.lunch:
        serve_lunch(chance, codes)
    if recipe.moving_season:
        move_places(chance, codes, week, recipe.moving_season)
    planted = np.full(recipe.incidents, -1)
    school = School(codes, who, week, planted, grade)
    for number, plant in enumerate(recipe.plants):
        school = add_plant(chance, school, plant, number, profiles, rates, grade)
    for _ in range(recipe.outbreaks):
        school = add_outbreak(chance, school, rates, grade, margins)
    return school


def draw_margin(chance: np.random.Generator, size: int) -> NDArray[np.float64]:
    """Draw how often each value is used in a school: skewed, none of them rare."""
    return np.asarray(chance.dirichlet(np.full(size, 3.0)))


def draw_profiles(
    chance: np.random.Generator,
    margin: NDArray[np.float64],
    conform: float,
    rates: NDArray[np.float64],
    tilt: float,
) -> NDArray[np.float64]:
    """Draw each student's own profile; `tilt` ties it to how often they are referred."""
    profiles = chance.gamma(np.tile(margin * conform, (len(rates), 1)) + 1e-9) + 1e-12
    if tilt:
        standing = np.log(rates + 1e-9)
        standing = (standing - standing.mean()) / standing.std()
        slope = chance.normal(0, tilt, len(margin))
        profiles = profiles * np.exp(np.outer(standing, slope))
    return np.asarray(profiles / profiles.sum(axis=1, keepdims=True))


def draw_weeks(chance: np.random.Generator, recipe: Recipe) -> NDArray[np.float64]:
    """Draw how heavy each week is: a season, bad weeks, weeks without recording."""
    season = 1 + 0.4 * np.cos(2 * np.pi * (np.arange(WEEKS) / WEEKS - chance.random()))
    weeks = season * chance.gamma(6.0, 1 / 6, WEEKS)
    weeks[chance.choice(WEEKS, 3, replace=False)] *= 2.5
    if recipe.silent_weeks:
        begin = chance.integers(0, WEEKS - recipe.silent_weeks)
        weeks[begin : begin + recipe.silent_weeks] = 0
    return np.asarray(weeks / weeks.sum())


def draw_student_weeks(
    chance: np.random.Generator, who: NDArray[np.int64], weeks: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Draw the week of each incident: a student's own weeks, around the school's."""
    drawn = np.empty(len(who), dtype=np.int64)
    for student in np.unique(who):
        own = weeks * chance.gamma(0.6, 1.0, len(weeks))
        mine = who == student
        drawn[mine] = chance.choice(len(weeks), int(mine.sum()), p=own / own.sum())
    return drawn


def draw_each(
    chance: np.random.Generator, profiles: NDArray[np.float64], who: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Draw a value for each incident from its student's profile."""
    cumulated = np.cumsum(profiles[who], axis=1)
    return np.asarray((chance.random((len(who), 1)) > cumulated[:, :-1]).sum(axis=1))


def serve_lunch(
    chance: np.random.Generator, codes: dict[str, NDArray[np.int64]]
) -> None:
    """Tie place 0 to periods 3 and 4: lunch is in the cafeteria."""
    eating = codes["place"] == 0
    codes["period"][eating] = chance.integers(3, 5, int(eating.sum()))


def move_places(
    chance: np.random.Generator,
    codes: dict[str, NDArray[np.int64]],
    week: NDArray[np.int64],
    strength: float,
) -> None:
    """Let two places and two behaviours have a season of their own, each alone."""
    for name in ("place", "behaviour"):
        summer = np.cos(2 * np.pi * (week / WEEKS - chance.random()))
        moved = chance.random(len(week)) < strength * np.maximum(0, summer)
        codes[name][moved] = chance.integers(1, 3, int(moved.sum()))


def add_plant(
    chance: np.random.Generator,
    school: School,
    plant: Plant,
    number: int,
    profiles: dict[str, NDArray[np.float64]],
    rates: NDArray[np.float64],
    grade: NDArray[np.int64],
) -> School:
    """Add incidents with the planted values, of students drawn anew."""
    size = len(school.week)
    share = np.prod([(school.codes[n] == v).mean() for n, v in plant.values.items()])
    extra = chance.poisson((plant.times - 1) * share * size)
    spread = rates**0.5
    spread = np.where(
        np.isin(grade, [plant.values.get("grade", -1)]) | ("grade" not in plant.values),
        spread,
        0,
    )
    if not spread.sum():
        return school
    who = chance.choice(len(rates), extra, p=spread / spread.sum())
    codes = {name: values.copy() for name, values in school.codes.items()}
    source = chance.integers(0, size, extra)
    week = school.week[chance.integers(0, size, extra)]
    for name in codes:
        if name in plant.values:
            added = np.full(extra, plant.values[name])
        elif name in profiles:
            added = draw_each(chance, profiles[name], who)
        elif name == "grade":
            added = grade[who]
        elif name == "month":
            added = week * SIZES["month"] // WEEKS
        else:
            added = school.codes[name][source]
        codes[name] = np.concatenate([codes[name], added])
    return School(
        codes,
        np.concatenate([school.students, who]),
        np.concatenate([school.week, week]),
        np.concatenate([school.planted, np.full(extra, number)]),
        grade,
    )


def add_outbreak(
    chance: np.random.Generator,
    school: School,
    rates: NDArray[np.float64],
    grade: NDArray[np.int64],
    margins: dict[str, NDArray[np.float64]],
) -> School:
    """Add one bad day: six incidents at one place and time, written up one by one."""
    extra = 6
    who = chance.choice(len(rates), extra, replace=False)
    week = int(chance.integers(0, WEEKS))
    same = {name: int(chance.integers(0, SIZES[name])) for name in SIZES}
    codes = {}
    for name, values in school.codes.items():
        if name == "grade":
            added = grade[who]
        elif name == "month":
            added = np.full(extra, week * SIZES["month"] // WEEKS)
        elif name in ("place", "period", "weekday"):
            added = np.full(extra, same[name])
        else:
            added = chance.choice(SIZES[name], extra, p=margins[name])
        codes[name] = np.concatenate([values, added])
    return School(
        codes,
        np.concatenate([school.students, who]),
        np.concatenate([school.week, np.full(extra, week)]),
        np.concatenate([school.planted, np.full(extra, -1)]),
        grade,
    )


def involve_others(school: School, recipe: Recipe, seed: int) -> NDArray[np.int64]:
    """Give (incident, student) pairs: some incidents have one or two students more."""
    chance = np.random.default_rng(seed + 10**9)
    size = len(school.week)
    pairs = [np.column_stack([np.arange(size), school.students])]
    for incident in np.flatnonzero(chance.random(size) < recipe.several):
        others = chance.choice(recipe.students, 1 + int(chance.integers(0, 2)))
        pairs.append(np.column_stack([np.full(len(others), incident), others]))
    return np.concatenate(pairs)


def name_columns() -> list[Column]:
    """Name the columns of a made school, each a block of its own."""
    return [
        Column(name, tuple(f"{name} {value}" for value in range(size)), name)
        for name, size in SIZES.items()
    ]


def to_events(school: School, pairs: NDArray[np.int64]) -> Events:
    """Make the scan's events: one row an incident."""
    codes = [school.codes[name] for name in SIZES]
    return make_events(name_columns(), np.array(codes), pairs, week=school.week)


def to_rows(school: School, pairs: NDArray[np.int64]) -> Events:
    """Make what other packages scan: one row a student in an incident, all alike."""
    order = pairs[:, 0]
    codes = np.array([school.codes[name][order] for name in SIZES])
    return make_events(name_columns(), codes, [], week=school.week[order])
