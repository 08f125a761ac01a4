"""Students: who is on each school's roll, year by year. Nobody here is real."""

from dataclasses import dataclass
from datetime import date, timedelta

from commonroot.sample.chance import Chance
from commonroot.sample.names import FIRST_NAMES, LAST_NAMES
from commonroot.sample.places import GRADES, School

# A low shape means that few students make most incidents: chosen so that the
# top 5 % make about 42 % of them in a school year (the "realistic" case of our own study).
FRAILTY_SHAPE = 0.31
STAYED = 0.94  # share of a class that was at the school the year before

RACES = {
    "White": 75.0,
    "Hispanic": 15.0,
    "Multiracial": 7.0,
    "Asian": 0.9,
    "Black": 0.8,
    "American Indian": 0.8,
    "Pacific Islander": 0.5,
}
GENDERS = {"F": 48.5, "M": 50.7, "X": 0.8}
IEP_SHARE = 0.15
LEARNER_SHARES = {"Hispanic": 0.12, "Asian": 0.1, "Pacific Islander": 0.1}


@dataclass(frozen=True, slots=True, eq=False)
class Student:
    """A student; frailty is how often they are written up, 1 being average."""

    number: int
    first: str
    last: str
    born: date
    gender: str
    race: str
    iep: bool
    english_learner: bool
    phone: str
    email: str
    frailty: float

    @property
    def groups(self) -> dict[str, str]:
        """The student's groups, by column name."""
        return {
            "Race/Ethnicity": self.race,
            "IEP": "Yes" if self.iep else "No",
            "English Learner": "Yes" if self.english_learner else "No",
            "Gender": self.gender,
        }


@dataclass(frozen=True, slots=True, eq=False)
class Pupil:
    """A student in a grade, for one school year."""

    student: Student
    grade: str


Roll = list[Pupil]


def enrol(school: School, years: list[int], seed: int) -> dict[int, Roll]:
    """Fill the school's roll for each year.

    The latest year has exactly the school's size. Earlier years are told
    backwards: a class is most of the class that it later became.
    """
    chance = Chance(seed, "roll", school.name)
    office = _Office(school, chance)
    latest = [
        [office.admit(grade, years[-1]) for _ in range(size)]
        for grade, size in zip(school.grades, _split(school, chance), strict=True)
    ]
    classes = {years[-1]: latest}
    for year in reversed(years[:-1]):
        classes[year] = _classes_before(classes[year + 1], school, year, office)
    return {
        year: [
            Pupil(student, grade)
            for grade, members in zip(school.grades, classes[year], strict=True)
            for student in members
        ]
        for year in years
    }


def _split(school: School, chance: Chance) -> list[int]:
    """Divide the school into classes that differ a little."""
    count = len(school.grades)
    sizes = [school.size // count for _ in range(count)]
    for place in range(school.size - sum(sizes)):
        sizes[place] += 1
    for place in range(count - 1):
        moved = int(sizes[place] * 0.12 * (chance.share() - 0.5))
        sizes[place] += moved
        sizes[place + 1] -= moved
    return sizes


def _classes_before(
    later: list[list[Student]], school: School, year: int, office: "_Office"
) -> list[list[Student]]:
    classes = []
    for place, grade in enumerate(school.grades):
        model = later[min(place + 1, len(later) - 1)]
        stayed = [one for one in model if office.chance.happens(STAYED)]
        if place + 1 == len(later):
            stayed = []
        new = len(model) - len(stayed) + office.chance.between(-1, 1)
        classes.append([*stayed, *(office.admit(grade, year) for _ in range(new))])
    return classes


class _Office:
    """The school office, which admits one made-up student at a time."""

    def __init__(self, school: School, chance: Chance) -> None:
        self.school = school
        self.chance = chance
        self.number = school.number * 100_000

    def admit(self, grade: str, year: int) -> Student:
        chance = self.chance
        self.number += chance.between(1, 9)
        first, last = chance.pick(FIRST_NAMES), chance.pick(LAST_NAMES)
        race = chance.weigh(list(RACES), list(RACES.values()))
        return Student(
            number=self.number,
            first=first,
            last=last,
            born=_birthday(grade, year, chance),
            gender=chance.weigh(list(GENDERS), list(GENDERS.values())),
            race=race,
            iep=chance.happens(IEP_SHARE),
            english_learner=chance.happens(LEARNER_SHARES.get(race, 0.003)),
            phone=f"541-555-01{chance.between(0, 99):02d}",
            email=f"family{self.number}@example.org",
            frailty=chance.gamma(FRAILTY_SHAPE),
        )


def _birthday(grade: str, year: int, chance: Chance) -> date:
    """Five years old on the first of September of the kindergarten year."""
    youngest = date(year - 5 - GRADES.index(grade), 9, 1)
    return youngest - timedelta(chance.between(0, 364))
