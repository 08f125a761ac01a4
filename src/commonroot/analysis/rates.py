"""Rates with their denominators, and the published figures to read them beside."""

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True)
class Exposure:
    """How many students were there for how many recorded school days."""

    enrolled: int
    logging_days: int


def rate_per_100_students_per_day(
    count: int, exposures: Collection[Exposure]
) -> float | None:
    """Give a count per 100 students per school day on which records were kept.

    None when there is no exposure. Several schools or years add up as student-days.

    >>> rate_per_100_students_per_day(150, [Exposure(364, 170)])
    0.2424...

    Source: SWIS, "office discipline referrals per 100 students per school day".
    """
    student_days = sum(each.enrolled * each.logging_days for each in exposures)
    return 100 * count / student_days if student_days else None


@dataclass(frozen=True)
class NationalMedian:
    """A published national figure: majors only, per 100 students per school day."""

    grades: str
    median: float
    first_quarter: float
    third_quarter: float
    schools: int
    year: str = "2012-13"


# SWIS (PBISApps), 5,429 schools that recorded with SWIS in 2012-13; majors only.
NATIONAL_MEDIANS = {
    "K-6": NationalMedian("K-6", 0.21, 0.10, 0.39, 3321),
    "6-9": NationalMedian("6-9", 0.40, 0.22, 0.69, 985),
    "9-12": NationalMedian("9-12", 0.49, 0.27, 0.89, 503),
    "PreK-8": NationalMedian("PreK-8", 0.32, 0.15, 0.60, 297),
    "PreK-12": NationalMedian("PreK-12", 0.44, 0.20, 0.80, 74),
}
GRADE_NUMBERS = {"PK": -1, "TK": 0, "K": 0, **{str(n): n for n in range(1, 13)}}


def choose_median(grades: Collection[str]) -> NationalMedian | None:
    """Choose the published median for a school's grades; None when they are unknown.

    >>> choose_median(["K", "1", "5"]).grades, choose_median(["7", "8"]).grades
    ('K-6', '6-9')
    """
    numbers = [GRADE_NUMBERS[grade] for grade in grades if grade in GRADE_NUMBERS]
    if not numbers:
        return None
    lowest, highest = min(numbers), max(numbers)
    if highest <= 6 and lowest < 6:
        return NATIONAL_MEDIANS["K-6"]
    if lowest >= 9:
        return NATIONAL_MEDIANS["9-12"]
    if lowest >= 5 and highest <= 9:
        return NATIONAL_MEDIANS["6-9"]
    return NATIONAL_MEDIANS["PreK-8" if highest <= 8 else "PreK-12"]
