"""Profiles: how often each student is written up, and their own leanings."""

from dataclasses import dataclass

from commonroot.sample.chance import Chance
from commonroot.sample.places import GRADES
from commonroot.sample.students import Pupil, Student
from commonroot.sample.vocabulary import BEHAVIOURS, LOCATIONS

GRADE_FACTORS = dict(
    zip(
        GRADES,
        (0.7, 0.8, 0.9, 1.0, 1.15, 1.25, 0.9, 1.15, 1.0, 1.3, 1.1, 0.85, 0.6),
        strict=True,
    )
)
GENDER_FACTORS = {"F": 0.8, "M": 1.2, "X": 1.0}

PROFILE_SHAPE = 1.0  # each student has an own leaning to places and behaviours
YEAR_SHAPE = 5  # how much a student differs from one year to the next


@dataclass(frozen=True, slots=True)
class Profile:
    """A student's own leanings: what multiplies the usual shares."""

    places: dict[str, float]
    behaviours: dict[str, float]
    frailty_by_year: dict[int, float]


class Profiles:
    """Every student's leanings, made up when first asked for and then kept."""

    def __init__(self, seed: int, years: list[int]) -> None:
        self.seed = seed
        self.years = years
        self._known: dict[int, Profile] = {}

    def find(self, student: Student) -> Profile:
        """Look up, or first make up, a student's leanings."""
        if student.number not in self._known:
            chance = Chance(self.seed, "profile", student.number)
            self._known[student.number] = Profile(
                {place: chance.gamma(PROFILE_SHAPE) + 0.1 for place in LOCATIONS},
                {name: chance.gamma(PROFILE_SHAPE) + 0.1 for name in BEHAVIOURS},
                {year: chance.gamma(YEAR_SHAPE) for year in self.years},
            )
        return self._known[student.number]

    def weigh(self, pupil: Pupil, year: int) -> float:
        """Say how often a pupil is written up in a year, beside the others."""
        return (
            pupil.student.frailty
            * self.find(pupil.student).frailty_by_year[year]
            * GRADE_FACTORS[pupil.grade]
            * GENDER_FACTORS[pupil.student.gender]
        )
