"""Reading rounds, lists and matches, always for somebody."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from commonroot.domain.connections.audience import (
    educator_roles,
    find_reach,
)
from commonroot.domain.connections.choices import (
    CURRENT,
    MatchState,
    RoundState,
    Standing,
)
from commonroot.domain.connections.models import (
    FollowUp,
    ListedName,
    Match,
    Participant,
    Question,
    Round,
)
from commonroot.domain.connections.pairing import people_in
from commonroot.domain.connections.queries import Shown, profiles_seen_by, show
from commonroot.domain.connections.rules import RUN_ROUND
from commonroot.domain.network.models import Person, Place
from commonroot.domain.network.sight import places_where, today


def is_educator(viewer: Person) -> bool:
    """Say whether somebody works here as an adult, today."""
    return educator_roles(viewer).exists()


def rounds_seen_by(viewer: Person) -> QuerySet[Round]:
    """List the rounds of somebody's networks; who is in them is not told by this."""
    tops = Place.objects.filter(above=None, pk__in=find_reach(viewer).around)
    return Round.objects.filter(place__surroundings__around__in=tops).select_related(
        "place"
    )


def rounds_open_to(viewer: Person) -> QuerySet[Round]:
    """List the rounds that somebody may join today and has not joined."""
    return rounds_seen_by(viewer).filter(
        ~Exists(
            Participant.objects.filter(round=OuterRef("pk"), person=viewer, left=None)
        ),
        place__in=find_reach(viewer).around,
        state=RoundState.OPEN,
        join_by__gte=today(),
    )


def find_round(viewer: Person, key: uuid.UUID) -> Round | None:
    """Find a round of one of somebody's networks."""
    return rounds_seen_by(viewer).filter(pk=key).first()


def rounds_run_by(viewer: Person) -> QuerySet[Round]:
    """List the rounds that somebody may run."""
    return Round.objects.filter(
        place__in=places_where(viewer, RUN_ROUND)
    ).select_related("place")


def find_run_round(viewer: Person, key: uuid.UUID) -> Round | None:
    """Find a round that somebody may run."""
    return rounds_run_by(viewer).filter(pk=key).first()


def participations_of(viewer: Person) -> QuerySet[Participant]:
    """List in which rounds somebody is."""
    return Participant.objects.filter(person=viewer, left=None).select_related(
        "round__place"
    )


def find_participant(viewer: Person, key: uuid.UUID) -> Participant | None:
    """Find one's own part in a round."""
    if not is_educator(viewer):
        return None
    return participations_of(viewer).filter(pk=key).first()


def find_part_in(viewer: Person, around: Round) -> Participant | None:
    """Find somebody's own part in a round, if they are in it."""
    return participations_of(viewer).filter(round=around).first()


def matches_of(viewer: Person) -> QuerySet[Match]:
    """List somebody's own matches."""
    return Match.objects.filter(Q(new=viewer) | Q(seasoned=viewer)).select_related(
        "round__place", "new", "seasoned"
    )


def find_match(viewer: Person, key: uuid.UUID) -> Match | None:
    """Find one of somebody's own matches."""
    if not is_educator(viewer):
        return None
    return matches_of(viewer).filter(pk=key).first()


def show_match_profile(viewer: Person, match: Match) -> Shown | None:
    """Show one of the two what the other says of themselves; nothing once it has ended."""
    other = match.seasoned_id if viewer.pk == match.new_id else match.new_id
    reach = find_reach(viewer)
    found = profiles_seen_by(reach).filter(person=other).first()
    return show(reach, found) if found and match.state in CURRENT else None


def find_follow_up(viewer: Person, match: Match, prompt: str) -> FollowUp | None:
    """Find what somebody said themselves, when they were asked how it goes."""
    return FollowUp.objects.filter(match=match, person=viewer, prompt=prompt).first()


def find_question(viewer: Person, key: uuid.UUID) -> Question | None:
    """Find a question that was asked of somebody."""
    if not is_educator(viewer):
        return None
    return (
        Question.objects.filter(pk=key, match__in=matches_of(viewer))
        .exclude(by=viewer)
        .select_related("match", "by")
        .first()
    )


@dataclass(frozen=True)
class Listed:
    """A name on one's list, and what one may see of it."""

    line: ListedName
    shown: Shown | None


def list_names(viewer: Person, participant: Participant) -> list[Listed]:
    """List who is on one's list, by name: the order of fit is nobody's to read."""
    lines = list(
        ListedName.objects.filter(participant=participant)
        .select_related("other__person")
        .order_by("other__person__name", "pk")
    )
    reach = find_reach(viewer)
    people = [line.other.person_id for line in lines]
    known = {
        each.person_id: show(reach, each)
        for each in profiles_seen_by(reach).filter(person__in=people)
    }
    return [Listed(line, known.get(line.other.person_id)) for line in lines]


@dataclass(frozen=True)
class InRound:
    """Somebody in a round as its organiser sees them."""

    participant: Participant
    matches: list[Match]

    @property
    def is_unmatched(self) -> bool:
        """Say whether they are without a match."""
        return not any(each.state in CURRENT for each in self.matches)


def list_in_round(around: Round) -> list[InRound]:
    """List who is in a round and whom they are matched with: no strikes, no messages."""
    matches: dict[uuid.UUID, list[Match]] = {}
    for match in Match.objects.filter(round=around, state__in=CURRENT).select_related(
        "new", "seasoned"
    ):
        for key in (match.new_id, match.seasoned_id):
            matches.setdefault(key, []).append(match)
    people = people_in(around).order_by("standing", "person__name")
    return [InRound(each, matches.get(each.person_id, [])) for each in people]


def with_counts(rounds: QuerySet[Round]) -> QuerySet[Round]:
    """Add how many people are in rounds, and how many pairs said yes; the newest first."""

    def count(rows: QuerySet[Any]) -> Coalesce:
        own = rows.filter(round=OuterRef("pk")).order_by().values("round")
        return Coalesce(Subquery(own.annotate(n=Count("pk")).values("n")), 0)

    here = Participant.objects.filter(left=None)
    return rounds.annotate(
        news=count(here.filter(standing=Standing.NEW)),
        seasoned=count(here.filter(standing=Standing.SEASONED)),
        confirmed=count(Match.objects.filter(state=MatchState.CONFIRMED)),
    ).order_by("-join_by", "name", "pk")
