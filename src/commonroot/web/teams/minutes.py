"""The minutes of a meeting: told once, for the page, the letter and the printer."""

import json
from dataclasses import asdict, dataclass
from importlib.resources import files

import typst
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from commonroot.domain.teams.choices import QUESTIONS, Rating, Section
from commonroot.domain.teams.models import Change, Cycle, Meeting
from commonroot.web.teams.check_words import describe


@dataclass(frozen=True)
class Minutes:
    """What the minutes say. `parts` are headings with their lines."""

    title: str
    day: str
    present: str
    parts: list[tuple[str, list[str]]]
    decisions: list[str]
    ratings: list[tuple[str, str]]


def tell_minutes(meeting: Meeting) -> Minutes:
    """Tell the minutes of a meeting."""
    lines = list(meeting.notes.filter(taken_back=None))
    there = [person.name for person in meeting.present.order_by("name")]
    there += [meeting.guests] if meeting.guests else []
    return Minutes(
        f"{meeting.team.name}, {meeting.team.place.name}",
        date_format(meeting.day),
        ", ".join(there),
        [
            (
                str(section.label),
                [line.text for line in lines if line.section == section],
            )
            for section in Section
            if any(line.section == section for line in lines)
        ],
        [each for some in list_decisions(meeting).values() for each in some],
        [
            (str(question), str(Rating(answer).label))
            for question, answer in zip(QUESTIONS, meeting.ratings, strict=False)
        ],
    )


def list_decisions(meeting: Meeting) -> dict[Section, list[str]]:
    """List what was decided in a meeting, by its part.

    Checks made and cycles ended, the pattern that was chosen, changes agreed.
    """
    looked_at = [
        f"{check.change.what}: {' '.join(describe(check))}"
        for check in meeting.checks.select_related("change")
    ]
    looked_at += [
        f"{cycle}: {cycle.get_ending_display()}. {cycle.learned}"
        for cycle in meeting.ended_cycles.all()
    ]
    return {
        Section.LAST_CHANGE: looked_at,
        Section.PATTERN: [state(cycle) for cycle in meeting.cycles.all()],
        Section.CHANGE: list_agreed(meeting),
    }


def state(cycle: Cycle) -> str:
    """State the pattern that a cycle is about, in one or two sentences."""
    parts = (
        cycle.what,
        cycle.where,
        cycle.when,
        cycle.who,
        cycle.how_often,
        cycle.since,
    )
    told = ", ".join(part.strip().rstrip(".") for part in parts if part.strip())
    if not cycle.why:
        return _("We chose: %(pattern)s.") % {"pattern": told}
    return _("We chose: %(pattern)s. We think that: %(why)s") % {
        "pattern": told,
        "why": cycle.why,
    }


def list_agreed(meeting: Meeting) -> list[str]:
    """List the changes that were agreed on in a meeting."""
    told = []
    for change in Change.objects.filter(agreed_in=meeting).select_related("owner"):
        told.append(
            _(
                "%(what)s %(owner)s sees to it, from %(start)s. We check it on %(review)s."
            )
            % {
                "what": f"{change.what}.".replace("..", "."),
                "owner": change.owner.name if change.owner else "",
                "start": date_format(change.start),
                "review": date_format(change.review),
            }
        )
    return told


def draw_minutes(meeting: Meeting) -> bytes:
    """Draw the minutes as a tagged PDF."""
    words = {
        "minutes": _("Minutes"),
        "present": _("Present"),
        "decided": _("Decided"),
        "questions": _("Four quick questions"),
        "language": (get_language() or "en")[:2],
    }
    told = {**asdict(tell_minutes(meeting)), "words": words}
    template = files("commonroot.web.teams") / "templates" / "teams" / "minutes.typ"
    pdf = typst.compile(
        template.read_bytes(),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"minutes": json.dumps(told)},
        timestamp=0,
    )
    if not isinstance(pdf, bytes):
        raise TypeError("the PDF came in parts")
    return pdf
