"""What changes on everybody's screen while a meeting goes on: lines, who is here, the clock."""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max

from commonroot.domain.teams.choices import Section
from commonroot.domain.teams.clock import PartTime, read_clock, read_whole
from commonroot.domain.teams.models import Meeting
from commonroot.web.teams.forms import NoteForm
from commonroot.web.teams.minutes import list_decisions


@dataclass(frozen=True)
class Pulse:
    """Where a meeting stands: as long as both are the same, no screen needs anything new."""

    lines: str
    clock: str


def read_pulse(meeting: Meeting) -> Pulse:
    """Read where a meeting stands, without reading what is said in it."""
    told = meeting.notes.aggregate(
        Count("pk"), Count("taken_back"), Max("at"), Max("taken_back")
    )
    decided = Meeting.objects.filter(pk=meeting.pk).aggregate(
        *(
            Count(name, distinct=True)
            for name in ("checks", "cycles", "ended_cycles", "changes")
        )
    )
    there = sorted(meeting.present.values_list("pk", flat=True))
    times = (read_whole(meeting), *read_clock(meeting).values())
    return Pulse(
        digest(sorted(told.items()), sorted(decided.items()), there, meeting.guests),
        digest(meeting.state, *times),
    )


def digest(*told: object) -> str:
    """Give a short name of a state."""
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Part:
    """One part of a meeting: its time, its lines, and a form for another line."""

    section: Section
    time: PartTime
    lines: list[Any]
    form: NoteForm
    decisions: list[str]


def list_parts(meeting: Meeting, form: NoteForm | None = None) -> list[Part]:
    """List the parts of a meeting with their lines and a form for another."""
    lines = list(meeting.notes.filter(taken_back=None).select_related("by"))
    decisions = list_decisions(meeting)
    told = str(form.data.get("section", "")) if form is not None else ""
    return [
        Part(
            section,
            time,
            [line for line in lines if line.section == section],
            form if form is not None and told == section else make_form(section),
            decisions.get(section, []),
        )
        for section, time in read_clock(meeting).items()
    ]


def make_form(section: Section) -> NoteForm:
    """Make an empty form for a line of a part."""
    return NoteForm(initial={"section": section.value}, auto_id=f"{section}_%s")


def list_present(meeting: Meeting) -> list[str]:
    """List who is here, by name, and the guests."""
    there = [person.name for person in meeting.present.order_by("name")]
    return [*there, meeting.guests] if meeting.guests else there


def show_live(
    meeting: Meeting, form: NoteForm | None = None, pulse: Pulse | None = None
) -> dict[str, Any]:
    """Give what the live parts of a page show; a pulse already read is not read again."""
    return {
        "meeting": meeting,
        "pulse": pulse or read_pulse(meeting),
        "parts": list_parts(meeting, form),
        "whole": read_whole(meeting),
        "here": list_present(meeting),
    }
