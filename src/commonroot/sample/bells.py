"""Bells: where students of a grade are at each time of the day."""

from dataclasses import dataclass

from commonroot.sample.places import GRADES


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of the day; minutes are counted from midnight.

    Weight is its share of incidents; places are shares within the period.
    """

    name: str
    start: int
    end: int
    weight: float
    places: dict[str, float]


def at(clock: str) -> int:
    """Turn a clock time into minutes from midnight.

    >>> at("12:30")
    750
    """
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def clock(minute: int) -> str:
    """Turn minutes from midnight into a clock time.

    >>> clock(750)
    '12:30'
    """
    return f"{minute // 60:02d}:{minute % 60:02d}"


def twelve_hours(minute: int) -> str:
    """Turn minutes from midnight into a time with AM or PM.

    >>> twelve_hours(750)
    '12:30 PM'
    """
    half = "AM" if minute < 720 else "PM"
    return f"{(minute // 60 - 1) % 12 + 1}:{minute % 60:02d} {half}"


def _period(name: str, start: str, end: str, weight: float, **places: float) -> Period:
    named = {place.replace("_", " "): share for place, share in places.items()}
    return Period(name, at(start), at(end), weight, named)


def _elementary(lunch: str, recess: str, recess_end: str) -> tuple[Period, ...]:
    lesson = {"Classroom": 0.82, "Hallway": 0.06, "Bathroom": 0.07, "Library": 0.05}
    return (
        _period("arrival", "07:35", "07:55", 7, Bus=3, Bus_loading_zone=2,
                Hallway=2, Playground=3),
        _period("morning lessons", "07:55", "09:50", 20, **lesson),
        _period("first recess", "09:50", "10:05", 8, Playground=1),
        _period("late morning lessons", "10:05", lunch, 16, **lesson, Gym=0.1),
        _period("lunch", lunch, recess, 10, Cafeteria=0.9, Hallway=0.1),
        _period("second recess", recess, recess_end, 9, Playground=1),
        _period("afternoon lessons", recess_end, "14:20", 18, **lesson, Gym=0.15),
        _period("dismissal", "14:20", "14:50", 7, Bus=5, Bus_loading_zone=3,
                Hallway=2),
    )  # fmt: skip


def _secondary(early: bool) -> tuple[Period, ...]:
    """The older grades: high school has an open lunch, middle school has not."""
    lesson = {"Classroom": 0.82, "Bathroom": 0.08, "Hallway": 0.1}
    lunch = {"Cafeteria": 8.0, "Commons": 2.0}
    if not early:
        lunch = {"Cafeteria": 5.0, "Commons": 4.0, "Parking lot": 1.0}
    return (
        _period("arrival", "08:00", "08:20", 6, Bus=2, Commons=3, Hallway=3),
        _period("first period", "08:20", "09:45", 17, **lesson),
        _period("morning passing", "09:45", "09:52", 6, Hallway=8, Bathroom=2),
        _period("second period", "09:52", "11:17", 17, **lesson, Gym=0.15,
                Locker_room=0.06),
        _period("lunch", "11:20", "11:55", 13, **lunch),
        _period("after-lunch passing", "11:55", "12:03", 6, Hallway=8, Bathroom=2),
        _period("third period", "12:03", "13:28", 17, **lesson, Library=0.05),
        _period("fourth period", "13:33", "14:58", 14, **lesson, Gym=0.12,
                Locker_room=0.05),
        _period("dismissal", "14:58", "15:25", 6, Bus=4, Bus_loading_zone=2,
                Hallway=2, Parking_lot=2),
    )  # fmt: skip


YOUNGEST = _elementary("11:15", "11:40", "12:05")
MIDDLE_GRADES = _elementary("12:00", "12:25", "12:50")
EARLY_SECONDARY = _secondary(early=True)
LATE_SECONDARY = _secondary(early=False)


def find_schedule(grade: str) -> tuple[Period, ...]:
    """Find the bell schedule that a grade follows."""
    level = GRADES.index(grade)
    if level <= 2:
        return YOUNGEST
    if level <= 5:
        return MIDDLE_GRADES
    return EARLY_SECONDARY if level <= 8 else LATE_SECONDARY
