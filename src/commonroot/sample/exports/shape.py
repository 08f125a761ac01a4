"""Shape: what all exports share: labels, flat rows, duplicates and delimited text."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import StringIO
from typing import TypeVar

from commonroot.sample.chance import Chance
from commonroot.sample.faults import DUPLICATES, FAULTS
from commonroot.sample.incidents import (
    TRUE,
    Incident,
    Participant,
    Response,
    SchoolRecord,
)

Row = TypeVar("Row")

DRIFT_SHARE = 0.04
HYPHEN, EN_DASH = " - ", " \N{EN DASH} "

STORIES = (
    "{first} was asked twice to stop and did not.",
    "{first} {last} and another student argued, then {first} walked off.",
    "Staff saw {first} do this; {first} said it was a joke.",
    "{first} was upset after losing a game. Called home.",
    "Second time this week, {first} apologized.",
    'When asked, {first} said "it was not me".',
)


@dataclass(frozen=True, slots=True)
class Labels:
    """A system's own words, by our plain ones; a word not listed is unchanged."""

    behaviours: dict[str, str] = field(default_factory=dict)
    locations: dict[str, str] = field(default_factory=dict)
    responses: dict[str, str] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)

    def behaviour(self, name: str) -> str:
        """Say a behaviour as the system does."""
        return self.behaviours.get(name, name)

    def location(self, name: str) -> str:
        """Say a place as the system does."""
        return self.locations.get(name, name)

    def response(self, response: Response | None) -> str:
        """Say a response as the system does; blank when there was none."""
        return self.responses.get(response.name, response.name) if response else ""

    def role(self, name: str) -> str:
        """Say a student's part as the system does."""
        return self.roles.get(name, name)


@dataclass(frozen=True, slots=True)
class Export:
    """A file's content, how many rows it has and the faults among them."""

    content: bytes
    rows: int
    faults: dict[str, int]


@dataclass(frozen=True, slots=True)
class Line:
    """One participant, one behaviour, one response: the finest flat row."""

    incident: Incident
    participant: Participant
    behaviour: str = ""
    response: Response | None = None


def lines_of(incident: Incident) -> Iterator[Line]:
    """Multiply an incident out, as most flat exports do.

    Those who were not offenders have one line, without behaviour or response.
    """
    for participant in incident.participants:
        if participant not in incident.offenders:
            yield Line(incident, participant)
            continue
        for behaviour in incident.behaviours:
            for response in participant.responses or (None,):
                yield Line(incident, participant, behaviour, response)


def offender_lines_of(incident: Incident) -> list[Line]:
    """Multiply out the offenders only, for systems that know no other role."""
    return [line for line in lines_of(incident) if line.behaviour]


def repeat_some(rows: list[Row], lines: list[Line], record: SchoolRecord) -> list[Row]:
    """Repeat a few rows of true incidents, each right after itself."""
    chance = Chance(record.seed, "duplicates", record.school.name)
    true = [place for place, line in enumerate(lines) if line.incident.kind == TRUE]
    repeated = chance.some(true, FAULTS[record.school.system][DUPLICATES])
    return [
        row
        for place, one in enumerate(rows)
        for row in ([one, one] if place in repeated else [one])
    ]


def count_faults(lines: list[Line], record: SchoolRecord) -> dict[str, int]:
    """Count the rows of each kind of fault."""
    counts = {DUPLICATES: FAULTS[record.school.system][DUPLICATES]}
    for line in lines:
        if line.incident.kind != TRUE:
            counts[line.incident.kind] = counts.get(line.incident.kind, 0) + 1
    return counts


def write_delimited(
    header: Sequence[str],
    rows: Sequence[Sequence[object]],
    *,
    delimiter: str = ",",
    encoding: str = "utf-8",
) -> bytes:
    """Write a header and rows as delimited text with Windows line ends."""
    text = StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def tell_story(line: Line) -> str:
    """Tell what happened with the student's name in it, as narratives do."""
    student = line.participant.student
    story = STORIES[(line.incident.number * 7 + student.number) % len(STORIES)]
    return story.format(first=student.first, last=student.last)


def case_number(incident: Incident) -> str:
    """Make up the case number that some exports carry."""
    return f"CN-{incident.autumn % 100}-{incident.number:05d}"


class Drift:
    """Labels that drift: now and then an en dash where there was a hyphen."""

    def __init__(self, record: SchoolRecord) -> None:
        self.chance = Chance(record.seed, "drift", record.school.name)
        self.count = 0

    def drift(self, label: str) -> str:
        """Return the label, sometimes with the other dash."""
        if HYPHEN not in label or not self.chance.happens(DRIFT_SHARE):
            return label
        self.count += 1
        return label.replace(HYPHEN, EN_DASH)
