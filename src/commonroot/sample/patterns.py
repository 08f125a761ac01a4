"""Patterns: what was planted in the sample on purpose, for a fair test to find."""

from dataclasses import dataclass
from datetime import date

from commonroot.sample.bells import Period, at
from commonroot.sample.incidents import Incident, Participant
from commonroot.sample.places import School
from commonroot.sample.students import Pupil
from commonroot.sample.vocabulary import SUBJECTIVE


@dataclass(frozen=True, slots=True)
class Pattern:
    """More incidents than usual where all of the conditions hold.

    Empty conditions allow anything. Times are "HH:MM"; the end is not included.
    """

    school: str
    title: str
    first: date
    last: date
    ratio: float
    kind: str = "place and time"
    place: str = ""
    start: str = ""
    end: str = ""
    grades: tuple[str, ...] = ()
    weekday: int | None = None
    behaviours: tuple[str, ...] = ()
    race: str = ""

    def allows_day(self, day: date) -> bool:
        """Whether the pattern holds on this day."""
        right_weekday = self.weekday is None or day.weekday() == self.weekday
        return self.first <= day <= self.last and right_weekday

    def allows_slot(self, period: Period, place: str) -> bool:
        """Whether a whole period at this place lies inside the pattern."""
        if self.place and place != self.place:
            return False
        return not self.start or (
            at(self.start) <= period.start and period.end <= at(self.end)
        )

    def allows_pupil(self, pupil: Pupil | Participant) -> bool:
        """Whether a student of this grade and group is meant."""
        right_grade = not self.grades or pupil.grade in self.grades
        return right_grade and self.race in ("", pupil.student.race)

    def covers(self, incident: Incident) -> bool:
        """Whether all conditions hold for the incident and one of its offenders."""
        return self.allows_day(incident.recorded) and self.resembles(incident)

    def resembles(self, incident: Incident) -> bool:
        """Whether all conditions but the dates hold."""
        if self.weekday not in (None, incident.recorded.weekday()):
            return False
        if self.place and incident.place != self.place:
            return False
        if self.start and not at(self.start) <= incident.minute < at(self.end):
            return False
        if self.behaviours and incident.behaviours[0] not in self.behaviours:
            return False
        return any(self.allows_pupil(one) for one in incident.offenders)


@dataclass(frozen=True, slots=True)
class Gap:
    """Days on which a school recorded nothing, though things went on as usual."""

    school: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class LevelChange:
    """A true and lasting change of a school's rate, from a date on."""

    school: str
    first: date
    ratio: float


PATTERNS = (
    Pattern("Juniper Flat Elementary", "Second recess on the playground, grades 3-4",
            date(2025, 11, 1), date(2026, 6, 30), 5.0, place="Playground",
            start="12:25", end="12:50", grades=("3", "4")),
    Pattern("Cinder Basin Middle", "Hallways after lunch, grade 7",
            date(2025, 9, 1), date(2026, 6, 30), 4.0, place="Hallway",
            start="11:55", end="12:03", grades=("7",)),
    Pattern("Madrone Valley High", "Parking lot at lunch, grades 11-12",
            date(2025, 1, 6), date(2025, 6, 30), 6.0, place="Parking lot",
            start="11:20", end="11:55", grades=("11", "12")),
    Pattern("Piñon Ridge Elementary", "The bus home, grades K-3",
            date(2025, 10, 1), date(2026, 6, 30), 5.0, place="Bus",
            start="14:20", end="14:50", grades=("K", "1", "2", "3")),
    Pattern("Wren Creek School", "Bathrooms, grades 6-8",
            date(2024, 9, 1), date(2025, 6, 30), 4.0, place="Bathroom",
            grades=("6", "7", "8")),
    Pattern("Salt Marsh School", "The cafeteria on Fridays",
            date(2025, 9, 1), date(2026, 6, 30), 5.0, place="Cafeteria", weekday=4),
    Pattern("Lantern Point High", "First period on Mondays, grades 9-10",
            date(2025, 9, 1), date(2026, 6, 30), 4.0, place="Classroom",
            start="08:20", end="09:45", grades=("9", "10"), weekday=0),
    Pattern("Madrone Valley High", "Subjective behaviors, Hispanic students",
            date(2024, 9, 1), date(2026, 6, 30), 1.8, kind="disparity",
            behaviours=SUBJECTIVE, race="Hispanic"),
)  # fmt: skip

GAPS = (
    Gap("Salt Marsh School", date(2024, 11, 4), date(2024, 11, 22)),
    Gap("Lantern Point High", date(2025, 4, 7), date(2025, 4, 18)),
    Gap("Piñon Ridge Elementary", date(2026, 1, 12), date(2026, 1, 30)),
    Gap("Juniper Flat Elementary", date(2025, 2, 3), date(2025, 2, 14)),
)

CHANGES = (LevelChange("Cinder Basin High", date(2026, 1, 5), 0.5),)


def was_recorded(school: School, day: date) -> bool:
    """Say whether the school kept records on this day."""
    return not any(
        gap.school == school.name and gap.first <= day <= gap.last for gap in GAPS
    )


def share_of_usual(school: School, day: date) -> float:
    """Say how much of the usual rate is left on a day: 0 when nobody recorded."""
    share = 1.0 if was_recorded(school, day) else 0.0
    for change in CHANGES:
        if change.school == school.name and day >= change.first:
            share *= change.ratio
    return share
