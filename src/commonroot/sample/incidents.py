"""Incidents: what happened, who was part of it and how the school responded."""

from dataclasses import dataclass, field, replace
from datetime import date

from commonroot.sample.bells import clock
from commonroot.sample.educators import Educator
from commonroot.sample.places import School
from commonroot.sample.students import Roll, Student
from commonroot.sample.vocabulary import OFFENDER, REMOVALS

TRUE = "true"


@dataclass(frozen=True, slots=True)
class Response:
    """What the school did about one student's part; days are school days."""

    name: str
    days: float = 0.0

    @property
    def is_removal(self) -> bool:
        """Whether it took the student out of class or school."""
        return self.name in REMOVALS

    @property
    def days_text(self) -> str:
        """The days as an export writes them: blank for none, 0.5, 1, 2 …"""
        return f"{self.days:g}" if self.days else ""


@dataclass(frozen=True, slots=True)
class Participant:
    """A student's part in an incident."""

    student: Student
    grade: str
    role: str
    responses: tuple[Response, ...] = ()


@dataclass(frozen=True, slots=True)
class Incident:
    """One event at one place and time; kind is "true", or the name of a fault."""

    autumn: int
    recorded: date
    day: date | None
    minute: int
    place: str
    behaviours: tuple[str, ...]
    severity: str
    reporter: Educator
    participants: tuple[Participant, ...]
    kind: str = TRUE
    number: int = 0
    number_in_year: int = 0

    @property
    def clock(self) -> str:
        """The time of day as HH:MM."""
        return clock(self.minute)

    @property
    def offenders(self) -> list[Participant]:
        """Those whose behaviour was written up."""
        return [one for one in self.participants if one.role == OFFENDER]

    @property
    def order(self) -> tuple[date, int, str, int]:
        """Where the incident stands among the school's others."""
        first = self.participants[0].student.number
        return (self.recorded, self.minute, self.place, first)


@dataclass(slots=True)
class SchoolRecord:
    """Everything that one school knows: the source of its export and its truth."""

    school: School
    seed: int
    rolls: dict[int, Roll]
    staff: list[Educator]
    days: dict[int, list[date]]
    incidents: list[Incident] = field(default_factory=list)

    @property
    def true_incidents(self) -> list[Incident]:
        """The incidents that really happened, without the faults."""
        return [one for one in self.incidents if one.kind == TRUE]


def number_incidents(incidents: list[Incident]) -> list[Incident]:
    """Sort by time and number from 1, both over all years and within each.

    The two halves of a pair that was filed twice share their numbers.
    """
    numbered: list[Incident] = []
    shared: dict[tuple[object, ...], tuple[int, int]] = {}
    last = 0
    last_in: dict[int, int] = {}
    for incident in sorted(incidents, key=lambda one: one.order):
        key = (incident.kind, *incident.order)
        if incident.kind == TRUE or key not in shared:
            last += 1
            last_in[incident.autumn] = last_in.get(incident.autumn, 0) + 1
            shared[key] = (last, last_in[incident.autumn])
        number, in_year = shared[key]
        numbered.append(replace(incident, number=number, number_in_year=in_year))
    return numbered
