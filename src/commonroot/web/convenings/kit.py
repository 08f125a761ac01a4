"""The printed kit of a convening: name cards, the agenda, and a sheet for each team."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from importlib.resources import files
from typing import Any
from uuid import UUID

import typst
from django.utils.formats import time_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from commonroot.domain.convenings.models import Convening, SchoolTeam, Table
from commonroot.domain.convenings.queries import last_plans
from commonroot.domain.convenings.rules import SEE_PLAN
from commonroot.domain.convenings.table_queries import tables_of
from commonroot.domain.network.choices import GroupKind
from commonroot.domain.network.days import say_day_and_year
from commonroot.domain.network.models import Group, Person
from commonroot.domain.network.school_years import days_of, year_of
from commonroot.domain.network.sight import places_where
from commonroot.domain.teams.choices import MeetingState
from commonroot.domain.teams.models import Cycle, Meeting
from commonroot.domain.teams.queries import list_cycles
from commonroot.domain.teams.rules import SEE_TEAM

# How a table thinks about a question, in about three quarters of an hour.
STEPS = (
    (5, gettext_lazy("One of the team tells the question. Nobody interrupts.")),
    (5, gettext_lazy("Short questions about facts, with short answers.")),
    (
        20,
        gettext_lazy(
            "The table thinks aloud about what the school does, never about one child. "
            "The team listens and takes notes."
        ),
    ),
    (10, gettext_lazy("The team says what it heard and what it takes home.")),
    (5, gettext_lazy("Each says one thing their own school could use.")),
)


@dataclass(frozen=True)
class TeamSheet:
    """A school's own year, for its team to look at and to plan from.

    `cycles` are what was seen, what was tried and what the check said, in words; empty
    for whoever prepares the kit and may not see the team's detail.
    """

    school: str
    counts: str
    cycles: list[tuple[str, str, str]]
    last: list[tuple[str, str]]


def tell_sheet(viewer: Person, team: SchoolTeam) -> TeamSheet:
    """Tell a school's year: meetings never without checks, detail only where one may see it."""
    first, last = days_of(year_of(team.convening.day))
    groups = Group.objects.filter(place=team.school, kind=GroupKind.DATA_TEAM)
    held = Meeting.objects.filter(
        team__in=groups, state=MeetingState.ENDED, day__range=(first, last)
    ).count()
    cycles = [
        each
        for group in groups
        for each in list_cycles(group)
        if first <= each.opened <= last
    ]
    changes = [each.change for each in cycles if hasattr(each, "change")]
    checked = sum(bool(each.checks.all()) for each in changes)
    may_see = places_where(viewer, SEE_TEAM).filter(pk=team.school_id).exists()
    may_see_plans = places_where(viewer, SEE_PLAN).filter(pk=team.school_id).exists()
    return TeamSheet(
        team.school.name,
        _("Meetings: %(held)s. Changes tried: %(tried)s. Checked: %(checked)s.")
        % {"held": held, "tried": len(changes), "checked": checked},
        [tell_cycle(each) for each in cycles] if may_see else [],
        [
            (each.aim, str(each.get_outcome_display()) if each.outcome else _("open"))
            for each in last_plans(team)
            if each.is_shared or may_see_plans
        ],
    )


def tell_cycle(cycle: Cycle) -> tuple[str, str, str]:
    """Tell a cycle: what was seen, what was tried, and what the check said."""
    change = getattr(cycle, "change", None)
    check = next(iter(change.checks.all()), None) if change else None
    voices = " ".join(
        f"{each.get_whom_display()}: “{each.heard}”"
        for each in cycle.voices.all()
        if each.heard
    )
    answer = str(check.get_helped_display()) if check else _("not checked")
    return (
        f"{cycle.what}, {cycle.where}. {voices}".strip(),
        change.what if change else _("nothing was tried"),
        answer,
    )


def tell_seats(tables: Iterable[Table]) -> dict[UUID, str]:
    """Tell for each guest where they sit over the day, for the name card."""
    told: dict[UUID, list[str]] = {}
    for table in tables:
        at = time_format(table.part.starts)
        words = _("%(at)s table %(n)s") % {"at": at, "n": table.number}
        for guest in table.guests.all():
            lines = told.setdefault(guest.pk, [])
            # Of one part's turns the first names the hour, the others their table only.
            lines.append(words if table.turn == 1 else str(table.number))
    return {guest: ", ".join(lines) for guest, lines in told.items()}


def draw_sheet(viewer: Person, team: SchoolTeam) -> bytes:
    """Draw one team's own sheet as a tagged PDF."""
    return draw(team.convening, sheets=[asdict(tell_sheet(viewer, team))])


def draw_kit(viewer: Person, convening: Convening) -> bytes:
    """Draw the kit as a tagged PDF."""
    teams = convening.teams.select_related("school", "convening")
    tables = list(tables_of(convening))
    seats = tell_seats(tables)
    return draw(
        convening,
        cards=[
            [
                guest.name,
                team.school.name,
                str(guest.get_kind_display()),
                seats.get(guest.pk, ""),
            ]
            for team in teams
            for guest in team.guests.all()
        ],
        tables=[
            [
                str(table.number),
                table.question.team.school.name,
                table.question.text,
                table.question.tried,
            ]
            for table in tables
            if table.question
        ],
        agenda=[
            [time_format(part.starts), str(part), part.room, part.language]
            for part in convening.parts.all()
        ],
        agreements=[
            each.text
            for each in convening.agreements.filter(ended=None, agreed__isnull=False)
        ],
        sheets=[asdict(tell_sheet(viewer, team)) for team in teams],
    )


def draw(convening: Convening, **parts: list[Any]) -> bytes:
    """Draw the given parts of the kit; the sheet of one team is a kit with nothing else."""
    told = {
        "cards": [],
        "tables": [],
        "agenda": [],
        "agreements": [],
        "sheets": [],
        **parts,
        "name": convening.name,
        "day": say_day_and_year(convening.day),
        "where": convening.where,
        "steps": [[str(minutes), str(what)] for minutes, what in STEPS],
        "language": (get_language() or "en")[:2],
        "words": {
            "agenda": _("The day"),
            "agreements": _("What we agreed on"),
            "year": _("Our year"),
            "seen": _("What we saw"),
            "tried": _("What we tried"),
            "said": _("What the check said"),
            "last": _("What we planned last year"),
            "next": _("What we plan next"),
            "aim": _("What we aim for"),
            "step": _("The first step"),
            "who": _("Who sees to it"),
            "when": _("By when"),
            "table": _("Table"),
            "tried_before": _("What we tried"),
            "minutes": _("minutes"),
            "notes": _("For the team to take home"),
            "no_detail": _("The cycles stand on your team’s own page."),
        },
    }
    template = (
        files("commonroot.web.convenings") / "templates" / "convenings" / "kit.typ"
    )
    pdf = typst.compile(
        template.read_bytes(),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"kit": json.dumps(told)},
        timestamp=0,
    )
    if not isinstance(pdf, bytes):
        raise TypeError("the PDF came in parts")
    return pdf
