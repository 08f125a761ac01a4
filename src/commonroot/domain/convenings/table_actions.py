"""Questions for the consultancy, tables for it and for connection rounds, and thoughts."""

import uuid
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from commonroot.domain.convenings.choices import AgendaKind, Answer, GuestKind
from commonroot.domain.convenings.models import (
    AgendaPart,
    Convening,
    Guest,
    SchoolTeam,
)
from commonroot.domain.convenings.reasons import ConveningError
from commonroot.domain.convenings.rules import BRING_TEAM, PREPARE
from commonroot.domain.convenings.seating import (
    Comer,
    Met,
    pair_up,
    seat_listeners,
)
from commonroot.domain.convenings.table_models import Question, Table, Thought
from commonroot.domain.convenings.table_queries import find_table_question
from commonroot.domain.network.deeds import need_reason, note_deed
from commonroot.domain.network.models import Person
from commonroot.domain.network.sight import today

# Minutes for a pair to meet, and how often people change at most.
TURN_MINUTES, MOST_TURNS = 15, 4
SEATED = (AgendaKind.CONSULTANCY, AgendaKind.CONNECTION)


@transaction.atomic
def ask_question(
    *,
    by: Person,
    team: SchoolTeam,
    text: str,
    tried: str = "",
    told_by: Guest | None = None,
) -> Question:
    """Bring a team's question to the consultancy, or change it. Raises ConveningError."""
    reason = need_reason(by, BRING_TEAM, team.school)
    if not text.strip():
        raise ConveningError(_("Write the question first."))
    if team.convening.day < today():
        raise ConveningError(_("This convening is over."))
    if told_by is not None and not may_tell(told_by, team):
        raise ConveningError(_("Choose somebody of your own team, not a student."))
    question, _made = Question.objects.update_or_create(
        team=team,
        defaults={
            "text": text.strip()[:300],
            "tried": tried.strip()[:400],
            "told_by": told_by,
        },
    )
    note_deed(by, "ask", "question", question.pk, team.school, reason)
    return question


def may_tell(guest: Guest, team: SchoolTeam) -> bool:
    """Say whether somebody may tell a team's question: one of the team, and no student."""
    return guest.team_id == team.pk and guest.kind != GuestKind.STUDENT


@transaction.atomic
def withdraw_question(*, by: Person, question: Question) -> None:
    """Take a team's question back, with the thoughts on it."""
    school, key = question.team.school, question.pk
    reason = need_reason(by, BRING_TEAM, school)
    question.delete()
    note_deed(by, "withdraw", "question", key, school, reason)


@transaction.atomic
def set_tables(*, by: Person, part: AgendaPart) -> list[Table]:
    """Set the tables of a consultancy or a connection round, in the place of those there were.

    Until somebody has come everybody who is on the list is seated, and then those who came.
    Students stay with an adult of their own team and are not seated. Raises ConveningError
    where the day is over, where no team brings a question, or where nobody comes.
    """
    convening = Convening.objects.select_for_update().get(pk=part.convening_id)
    reason = need_reason(by, PREPARE, convening.place)
    if part.kind not in SEATED:
        raise ConveningError(_("This part of the day has no tables."))
    if convening.day < today():
        raise ConveningError(_("This convening is over."))
    guests = list_to_seat(convening)
    if not guests:
        raise ConveningError(_("Nobody is on the list yet."))
    part.tables.all().delete()
    made = (
        seat_consultancy(part, guests)
        if part.kind == AgendaKind.CONSULTANCY
        else seat_round(part, guests)
    )
    note_deed(by, "set", "tables", part.pk, convening.place, reason)
    return made


def list_to_seat(convening: Convening) -> list[Guest]:
    """List whom to seat: who came, as soon as anybody has, or else who is on the list."""
    on_list = (
        Guest.objects.filter(team__convening=convening)
        .exclude(kind=GuestKind.STUDENT)
        .exclude(team__answer=Answer.NOT_COMING)
        .select_related("team__school__above")
        .order_by("team__school__name", "name", "pk")
    )
    came = on_list.filter(came__isnull=False)
    return list(came if came.exists() else on_list)


def read_comers(guests: Iterable[Guest]) -> dict[str, Comer]:
    """Read guests as those who are seated, by their key."""
    return {
        str(each.pk): Comer(
            str(each.pk),
            str(each.team.school_id),
            str(each.team.school.above_id or ""),
            " ".join(each.language.split()).casefold(),
        )
        for each in guests
    }


def seat_consultancy(part: AgendaPart, guests: list[Guest]) -> list[Table]:
    """Seat a consultancy: a table a question."""
    comers = read_comers(guests)
    askers: dict[str, Comer] = {}
    questions = Question.objects.filter(
        team__convening=part.convening_id
    ).select_related("team")
    for question in questions:
        own = [each for each in guests if each.team_id == question.team_id]
        told_by = [each for each in own if each.pk == question.told_by_id]
        if own:
            askers[str(question.pk)] = comers[str((told_by or own)[0].pk)]
    if not askers:
        raise ConveningError(
            _("No team that comes has written its question yet. Ask them for one.")
        )
    seated = seat_listeners(comers.values(), askers)
    by_key = {str(each.pk): each for each in questions}
    return [
        lay_table(part, 1, number, keys, by_key[question])
        for number, (question, keys) in enumerate(seated.items(), 1)
    ]


def seat_round(part: AgendaPart, guests: list[Guest]) -> list[Table]:
    """Seat a connection round: a turn every quarter of an hour, nobody twice with the same."""
    comers = list(read_comers(guests).values())
    met = find_met(part, guests)
    made: list[Table] = []
    for turn in range(1, max(1, min(MOST_TURNS, part.minutes // TURN_MINUTES)) + 1):
        pairs = pair_up(comers, met)
        for number, keys in enumerate(pairs, 1):
            made.append(lay_table(part, turn, number, keys))
            met |= list_pairs(keys)
    return made


def lay_table(
    part: AgendaPart,
    turn: int,
    number: int,
    keys: Iterable[str],
    question: Question | None = None,
) -> Table:
    """Lay a table with those who sit at it."""
    table = Table.objects.create(part=part, turn=turn, number=number, question=question)
    table.guests.set(Guest.objects.filter(pk__in=map(uuid.UUID, keys)))
    return table


def list_pairs(keys: Iterable[str]) -> set[Met]:
    """List the pairs among those at one table."""
    there = list(keys)
    return {frozenset({one, other}) for one in there for other in there if one != other}


def find_met(part: AgendaPart, guests: list[Guest]) -> set[Met]:
    """Find the pairs that met in a connection round of this place, this year or before."""
    name = {each.pk: name_of(each) for each in guests}
    keys: dict[str, list[str]] = {}
    for each in guests:
        keys.setdefault(name[each.pk], []).append(str(each.pk))
    earlier = (
        Table.objects.filter(
            part__kind=AgendaKind.CONNECTION,
            part__convening__place=part.convening.place_id,
            part__convening__day__lte=part.convening.day,
        )
        .exclude(part=part)
        .prefetch_related("guests")
    )
    met: set[Met] = set()
    for table in earlier:
        known = [
            key for each in table.guests.all() for key in keys.get(name_of(each), [])
        ]
        met |= list_pairs(known)
    return met


def name_of(guest: Guest) -> str:
    """Name somebody over the years: by account, or by the name the team wrote."""
    return str(guest.person_id or f"{guest.name.casefold()}")


@transaction.atomic
def leave_thought(*, by: Person, question: Question, text: str) -> Thought:
    """Leave a thought for the team that asked, as somebody who sat at its table."""
    if find_table_question(by, question.pk) is None:
        raise PermissionDenied
    if not text.strip():
        raise ConveningError(_("Write something first."))
    made = Thought.objects.create(question=question, by=by, text=text.strip()[:400])
    note_deed(by, "leave", "thought", made.pk, question.team.school)
    return made


@transaction.atomic
def withdraw_thought(*, by: Person, thought: Thought) -> None:
    """Take one's own thought back."""
    if thought.by_id != by.pk:
        raise PermissionDenied
    key, school = thought.pk, thought.question.team.school
    thought.delete()
    note_deed(by, "withdraw", "thought", key, school)
