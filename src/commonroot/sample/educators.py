"""Educators: the staff of each school, and who writes up what they see."""

from dataclasses import dataclass

from commonroot.sample.chance import Chance
from commonroot.sample.names import FIRST_NAMES, LAST_NAMES
from commonroot.sample.places import EDUCATORS, SCHOOLS, School

CLASSIFIED_SHARE = 0.45

TEACHER = "Teacher"
ASSISTANT = "Educational assistant"
DRIVER = "Bus driver"
COUNSELOR = "Counselor"
PRINCIPAL = "Principal"

# Who is likely to be there and see it.
WATCHERS = {
    "Playground": (ASSISTANT, ASSISTANT, ASSISTANT, TEACHER),
    "Cafeteria": (ASSISTANT, ASSISTANT, TEACHER, PRINCIPAL),
    "Bus": (DRIVER,),
    "Bus loading zone": (ASSISTANT, TEACHER, PRINCIPAL),
    "Hallway": (TEACHER, TEACHER, ASSISTANT, PRINCIPAL, COUNSELOR),
    "Parking lot": (PRINCIPAL, ASSISTANT, TEACHER),
}
ELSEWHERE = (TEACHER,) * 8 + (ASSISTANT, COUNSELOR)


@dataclass(frozen=True, slots=True, eq=False)
class Educator:
    """A member of staff."""

    number: int
    name: str
    role: str
    classified: bool


def count_educators() -> dict[str, int]:
    """Share the region's educators out by size; the largest remainders get one more."""
    students = sum(school.size for school in SCHOOLS)
    exact = {one.name: EDUCATORS * one.size / students for one in SCHOOLS}
    counts = {name: int(share) for name, share in exact.items()}
    by_rest = sorted(exact, key=lambda name: int(exact[name]) - exact[name])
    for name in by_rest[: EDUCATORS - sum(counts.values())]:
        counts[name] += 1
    return counts


def hire(school: School, seed: int) -> list[Educator]:
    """Fill the school's staff list: licensed first, then classified."""
    chance = Chance(seed, "staff", school.name)
    total = count_educators()[school.name]
    classified = round(total * CLASSIFIED_SHARE)
    licensed = total - classified
    roles = [PRINCIPAL, COUNSELOR, *[TEACHER] * (licensed - 2)]
    roles += [DRIVER, DRIVER, *[ASSISTANT] * (classified - 2)]
    return [
        Educator(
            number=school.number * 1000 + place,
            name=f"{chance.pick(FIRST_NAMES)} {chance.pick(LAST_NAMES)}",
            role=role,
            classified=role in (DRIVER, ASSISTANT),
        )
        for place, role in enumerate(roles)
    ]


def find_reporter(place: str, staff: list[Educator], chance: Chance) -> Educator:
    """Choose who saw it: somebody whose work brings them to the place."""
    role = chance.pick(WATCHERS.get(place, ELSEWHERE))
    return chance.pick([one for one in staff if one.role == role])
