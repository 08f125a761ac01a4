"""Reading tables, questions and thoughts, always for somebody."""

import uuid
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from commonroot.domain.convenings.choices import Listed
from commonroot.domain.convenings.models import Convening, Guest, SchoolTeam
from commonroot.domain.convenings.queries import convenings_seen_by, teams_of
from commonroot.domain.convenings.rules import PREPARE
from commonroot.domain.convenings.table_models import Question, Table, Thought
from commonroot.domain.network.models import Person
from commonroot.domain.network.sight import places_where


def questions_prepared_by(viewer: Person, convening: Convening) -> QuerySet[Question]:
    """List the questions of a convening, for those who prepare it."""
    return Question.objects.filter(
        team__convening=convening,
        team__convening__place__in=places_where(viewer, PREPARE),
    ).select_related("team__school", "told_by")


def find_own_question(viewer: Person, key: uuid.UUID) -> Question | None:
    """Find the question of one's own team."""
    found = Question.objects.filter(pk=key, team__in=teams_of(viewer).values("pk"))
    return found.select_related("team__school", "team__convening").first()


def find_question_of(team: SchoolTeam) -> Question | None:
    """Find what a team brings, for a page that has found the team for its reader."""
    return Question.objects.filter(team=team).select_related("told_by").first()


def seats_at_questions(viewer: Person) -> QuerySet[Question]:
    """List the questions at whose tables somebody sits, once the agenda is published."""
    return Question.objects.filter(
        tables__guests__person=viewer,
        team__convening__in=convenings_seen_by(viewer).values("pk"),
        team__convening__version__gt=0,
    ).distinct()


def find_table_question(viewer: Person, key: uuid.UUID) -> Question | None:
    """Find a question that somebody's own team asks, or at whose table they sit."""
    found = Question.objects.filter(
        Q(pk__in=seats_at_questions(viewer).values("pk"))
        | Q(team__in=teams_of(viewer).values("pk")),
        pk=key,
    )
    return found.select_related("team__school", "team__convening").first()


def find_thought(viewer: Person, key: uuid.UUID) -> Thought | None:
    """Find a thought of one's own."""
    found = Thought.objects.filter(
        pk=key,
        by=viewer,
        question__team__convening__in=convenings_seen_by(viewer).values("pk"),
    )
    return found.select_related("question__team__school").first()


def thoughts_seen_by(viewer: Person, question: Question) -> QuerySet[Thought]:
    """List the thoughts on a question: all for the team that asked, or else one's own."""
    own = teams_of(viewer).values("pk")
    return (
        Thought.objects.filter(question=question)
        .filter(Q(by=viewer) | Q(question__team__in=own))
        .select_related("by")
    )


@dataclass(frozen=True)
class SeatThere:
    """Where somebody sits, with whom as far as each lets them read it, and what they left there."""

    table: Table
    with_whom: list[str]
    thoughts: list[Thought]


def list_seats(viewer: Person, convening: Convening) -> list[SeatThere]:
    """List where somebody sits, once the agenda is published."""
    if not convening.version:
        return []
    tables = (
        Table.objects.filter(part__convening=convening, guests__person=viewer)
        .select_related("part", "question__team__school")
        .prefetch_related("guests__team__school")
        .order_by("part__starts", "turn", "number")
        .distinct()
    )
    own = {team.pk for team in teams_of(viewer)}
    return [
        SeatThere(
            table,
            [
                name_for(own, each)
                for each in table.guests.all()
                if each.person_id != viewer.pk
            ],
            list(thoughts_seen_by(viewer, table.question)) if table.question else [],
        )
        for table in tables
    ]


def name_for(own: set[uuid.UUID], guest: Guest) -> str:
    """Name somebody at one's table as the list of those who come does, or their school."""
    may_read = guest.listed == Listed.EVERYBODY or (
        guest.listed == Listed.TEAM and guest.team_id in own
    )
    school = guest.team.school.name
    return f"{guest.name} ({school})" if may_read else school


def tables_of(convening: Convening) -> QuerySet[Table]:
    """List all tables of a convening with those at them, for whoever prepares it."""
    return (
        Table.objects.filter(part__convening=convening)
        .select_related("part", "question__team__school")
        .prefetch_related("guests__team__school")
        .order_by("part__starts", "turn", "number")
    )
