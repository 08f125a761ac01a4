"""Planting: adding the extra incidents of each pattern to what happens anyway."""

from dataclasses import dataclass, replace
from math import sqrt

from commonroot.sample.happenings import Teller
from commonroot.sample.incidents import Incident, SchoolRecord
from commonroot.sample.patterns import PATTERNS, Pattern, was_recorded
from commonroot.sample.places import ELEMENTARY
from commonroot.sample.students import Roll
from commonroot.sample.vocabulary import MAJOR, MINOR

LEAST_EXPECTED = 4.0  # a pattern stands on at least this many, so it can be found


@dataclass(frozen=True, slots=True)
class Planted:
    """A pattern as it came out: expected, there anyway, and added."""

    pattern: Pattern
    expected: float
    usual: int
    extra: int

    @property
    def ratio(self) -> float:
        """All that there are over what was expected."""
        return (self.usual + self.extra) / self.expected


def level_frailty(record: SchoolRecord) -> None:
    """Give every race the same mean frailty where a disparity is planted.

    Otherwise chance alone would make one, and the truth would not be known.
    """
    races = {
        pattern.race
        for pattern in PATTERNS
        if pattern.school == record.school.name and pattern.race
    }
    for race in sorted(races):
        record.rolls = {
            year: _levelled(roll, race) for year, roll in record.rolls.items()
        }


def _levelled(roll: Roll, race: str) -> Roll:
    inside = [one.student.frailty for one in roll if one.student.race == race]
    outside = [one.student.frailty for one in roll if one.student.race != race]
    factor = (sum(outside) / len(outside)) / (sum(inside) / len(inside))
    return [
        replace(
            pupil,
            student=replace(pupil.student, frailty=factor * pupil.student.frailty),
        )
        if pupil.student.race == race
        else pupil
        for pupil in roll
    ]


def plant_patterns(
    record: SchoolRecord, teller: Teller, incidents: list[Incident]
) -> tuple[list[Incident], list[Planted]]:
    """Tell the extra incidents of the school's patterns."""
    extras: list[Incident] = []
    planted = []
    for pattern in PATTERNS:
        if pattern.school != record.school.name or not _years_of(pattern, record):
            continue
        usual = sum(pattern.covers(one) for one in [*incidents, *extras])
        expected = max(_expect(pattern, record, incidents), LEAST_EXPECTED)
        extra = round((pattern.ratio - 1) * expected)
        extras += [_tell_extra(pattern, record, teller) for _ in range(extra)]
        planted.append(Planted(pattern, expected, usual, extra))
    return extras, planted


def _expect(pattern: Pattern, record: SchoolRecord, incidents: list[Incident]) -> float:
    """Expect as many as on the school's other days: one year alone is too few."""
    days = [day for among in record.days.values() for day in among]
    recorded = [day for day in days if was_recorded(record.school, day)]
    inside = sum(pattern.first <= day <= pattern.last for day in recorded)
    alike = sum(pattern.resembles(one) for one in incidents)
    return alike * inside / len(recorded)


def _years_of(pattern: Pattern, record: SchoolRecord) -> list[int]:
    return [
        year
        for year, days in record.days.items()
        if any(pattern.allows_day(day) for day in days)
    ]


def _tell_extra(pattern: Pattern, record: SchoolRecord, teller: Teller) -> Incident:
    chance = teller.chance
    days = [
        (year, day)
        for year, days in record.days.items()
        for day in days
        if pattern.allows_day(day) and was_recorded(record.school, day)
    ]
    year, day = chance.pick(days)
    pupils = [one for one in record.rolls[year] if pattern.allows_pupil(one)]
    weights = [_spread(pattern, teller.profiles.weigh(one, year)) for one in pupils]
    minor_share = 0.75 if record.school.level == ELEMENTARY else 0.45
    return teller.tell(
        year,
        day,
        MINOR if chance.happens(minor_share) else MAJOR,
        chance.weigh(pupils, weights),
        allowed=pattern.allows_slot,
        behaviours=pattern.behaviours,
    )


def _spread(pattern: Pattern, weight: float) -> float:
    """A place draws in many students; a disparity falls on the usual ones."""
    return weight if pattern.kind == "disparity" else sqrt(weight) + 0.3
