"""What the records say of somebody's way from attending to leading."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, QuerySet

from commonroot.domain.learning.choices import Part
from commonroot.domain.learning.models import Attendance, Facilitation
from commonroot.domain.learning.path_models import PathStage, Signature
from commonroot.domain.network.models import Person

NEEDS = ("attended", "co_facilitated", "led_with_others", "led_alone", "mentored")


@dataclass(frozen=True)
class Taught:
    """One session that somebody taught or was in: what, in which part, with whom, how long.

    `part` is None for whoever came to learn.
    """

    day: dt.date
    workshop: str
    part: Part | None
    beside: tuple[str, ...]
    minutes: int

    @property
    def need(self) -> str:
        """Say of what it is evidence; nothing for whoever observed."""
        if self.part is None:
            return "attended"
        if self.part == Part.CO_FACILITATOR:
            return "co_facilitated"
        if self.part != Part.LEAD:
            return ""
        return "led_with_others" if self.beside else "led_alone"


@dataclass(frozen=True)
class Need:
    """What a stage asks for of one kind: how many, how many there are, and which."""

    kind: str
    asked: int
    there: int
    sessions: Sequence[Taught]


@dataclass(frozen=True)
class Evidence:
    """What the records say of somebody's way, session by session; the newest first."""

    taught: Sequence[Taught]
    attended: Sequence[Taught]
    mentored: int

    @property
    def counts(self) -> Mapping[str, int]:
        """Count what there is of each kind that a stage may ask for."""
        found = dict.fromkeys(NEEDS, 0)
        for each in (*self.taught, *self.attended):
            if each.need:
                found[each.need] += 1
        return {**found, "mentored": self.mentored}

    @property
    def attended_minutes(self) -> int:
        """Add up the minutes that somebody was in sessions to learn."""
        return sum(each.minutes for each in self.attended)

    def meets(self, stage: PathStage) -> bool:
        """Say whether the records hold what a stage asks for."""
        counts = self.counts
        return all(counts[need] >= getattr(stage, need) for need in NEEDS)

    def list_needs(self, stage: PathStage) -> list[Need]:
        """List what a stage asks for, each with the sessions that are evidence of it."""
        counts, sessions = self.counts, (*self.taught, *self.attended)
        return [
            Need(
                kind,
                getattr(stage, kind),
                counts[kind],
                [each for each in sessions if each.need == kind],
            )
            for kind in NEEDS
            if getattr(stage, kind)
        ]


def gather_evidence(person: Person) -> Evidence:
    """Gather what sessions say of somebody: those that were held alone."""
    return gather_all([person.pk])[person.pk]


def gather_all(people: Collection[uuid.UUID]) -> dict[uuid.UUID, Evidence]:
    """Gather what sessions say of many people, in as many questions as for one."""
    taught, attended = list_taught(people), list_attended(people)
    mentored = count_mentored(people)
    return {
        each: Evidence(taught[each], attended[each], len(mentored[each]))
        for each in people
    }


def list_taught(people: Collection[uuid.UUID]) -> Mapping[uuid.UUID, list[Taught]]:
    """List what each of people taught or observed, with whom."""
    own = (
        Facilitation.objects.filter(person__in=people, session__held__isnull=False)
        .select_related("session__series__workshop")
        .order_by("-session__day", "-session__starts")
    )
    teaching: dict[object, list[tuple[uuid.UUID, str]]] = defaultdict(list)
    for session, person, name in (
        Facilitation.objects.filter(session__in=own.order_by().values("session"))
        .exclude(part=Part.OBSERVER)
        .values_list("session", "person", "person__name")
    ):
        teaching[session].append((person, name))
    found = defaultdict(list)
    for each in own:
        beside = {
            name
            for person, name in teaching[each.session_id]
            if person != each.person_id
        }
        found[each.person_id].append(
            Taught(
                each.session.day,
                str(each.session.series),
                Part(each.part),
                tuple(sorted(beside)),
                each.session.minutes,
            )
        )
    return found


def list_attended(people: Collection[uuid.UUID]) -> Mapping[uuid.UUID, list[Taught]]:
    """List the sessions in which each of people was to learn."""
    found = defaultdict(list)
    for each in (
        Attendance.objects.filter(seat__person__in=people, session__held__isnull=False)
        .select_related("session__series__workshop", "seat")
        .order_by("-session__day", "-session__starts")
    ):
        if each.seat.person_id is not None:
            found[each.seat.person_id].append(
                Taught(
                    each.session.day, str(each.session.series), None, (), each.minutes
                )
            )
    return found


def count_mentored(
    people: Collection[uuid.UUID],
) -> Mapping[uuid.UUID, set[uuid.UUID]]:
    """Find with whose paths each of people went along to a stage that both signed."""
    found = defaultdict(set)
    for mentor, path in (
        signed_by_both().filter(by__in=people).values_list("by", "path")
    ):
        found[mentor].add(path)
    return found


def signed_by_both() -> QuerySet[Signature]:
    """List the signatures of mentors beside which whoever walks the path has signed, too."""
    own = Signature.objects.filter(
        path=OuterRef("path"),
        stage=OuterRef("stage"),
        by=OuterRef("path__person"),
        taken_back=None,
    )
    return Signature.objects.filter(
        Exists(own), as_mentor=True, taken_back=None
    ).exclude(by=F("path__person"))
