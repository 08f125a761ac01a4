"""Reading convenings, always for somebody."""

import datetime as dt
import uuid
from collections import Counter
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from commonroot.domain.convenings.choices import (
    Audience,
    GuestKind,
    Listed,
    ThanksFor,
    WordsKind,
)
from commonroot.domain.convenings.models import (
    Convening,
    ConveningAgreement,
    Guest,
    MadeConnection,
    Naming,
    Plan,
    SchoolTeam,
    Thanks,
    Words,
)
from commonroot.domain.convenings.rules import BRING_TEAM, PREPARE, SEE_PLAN
from commonroot.domain.network.models import Person, Place
from commonroot.domain.network.queries import networks_of
from commonroot.domain.network.sight import current_roles, places_where, today


def convenings_seen_by(viewer: Person) -> QuerySet[Convening]:
    """List the convenings of the networks in which somebody has a role."""
    tops = networks_of(viewer).values("pk")
    return (
        Convening.objects.filter(place__surroundings__around__in=tops)
        .select_related("place", "follows")
        .distinct()
    )


def find_convening(viewer: Person, key: uuid.UUID) -> Convening | None:
    """Find a convening of one's own network."""
    return convenings_seen_by(viewer).filter(pk=key).first()


def find_prepared(viewer: Person, key: uuid.UUID) -> Convening | None:
    """Find a convening that somebody prepares."""
    places = places_where(viewer, PREPARE)
    found = Convening.objects.filter(pk=key, place__in=places)
    return found.select_related("place", "follows").first()


def find_prepared_agreement(
    viewer: Person, key: uuid.UUID
) -> ConveningAgreement | None:
    """Find an agreement of a convening that somebody prepares."""
    places = places_where(viewer, PREPARE)
    found = ConveningAgreement.objects.filter(pk=key, convening__place__in=places)
    return found.select_related("convening__place").first()


def teams_of(viewer: Person) -> QuerySet[SchoolTeam]:
    """List the school teams with which somebody comes."""
    return SchoolTeam.objects.filter(
        school__in=places_where(viewer, BRING_TEAM)
    ).select_related("school", "convening__place")


def find_team(viewer: Person, key: uuid.UUID) -> SchoolTeam | None:
    """Find a school's team with which somebody comes."""
    return teams_of(viewer).filter(pk=key).first()


def is_list_closed(team: SchoolTeam) -> bool:
    """Say whether a convening is over and it is written down who came."""
    there = Guest.objects.filter(team__convening=team.convening_id)
    return team.convening.day < today() and there.filter(came__isnull=False).exists()


def find_guest(viewer: Person, key: uuid.UUID) -> Guest | None:
    """Find somebody who comes with one's own team."""
    found = Guest.objects.filter(pk=key, team__in=teams_of(viewer).values("pk"))
    return found.select_related("team__school", "team__convening").first()


def find_plan(viewer: Person, key: uuid.UUID) -> Plan | None:
    """Find a plan of one's own team, or that one sees to."""
    found = Plan.objects.filter(
        Q(team__in=teams_of(viewer).values("pk"))
        | Q(pk__in=plans_owned_by(viewer).values("pk")),
        pk=key,
    )
    return found.select_related("team__school", "team__convening").first()


def plans_seen_by(viewer: Person, convening: Convening) -> QuerySet[Plan]:
    """List the plans of a convening: of schools one reaches, and those that were shared."""
    own = places_where(viewer, SEE_PLAN).values("pk")
    return (
        Plan.objects.filter(team__convening=convening)
        .filter(Q(team__school__in=own) | Q(is_shared=True))
        .select_related("team__school", "owner")
    )


def last_plans(team: SchoolTeam) -> QuerySet[Plan]:
    """List what a team planned at the convening before this one."""
    return Plan.objects.filter(
        team__convening=team.convening.follows_id, team__school=team.school
    ).select_related("owner")


# Somebody who is named in it has not said yes.
UNASKED = Exists(Naming.objects.filter(words=OuterRef("pk"), said_yes=None))


def words_seen_by(viewer: Person, convening: Convening) -> QuerySet[Words]:
    """List the words that somebody may read: one's own, one's team's, and shared ones.

    Where people are named, others read it once all of them have said yes.
    """
    own = teams_of(viewer).values("pk")
    shared = Q(audience=Audience.TEAM, team__in=own) | Q(audience=Audience.NETWORK)
    return (
        Words.objects.filter(convening=convening)
        .filter(Q(by=viewer) | (shared & ~UNASKED))
        .select_related("by", "team__school")
        .prefetch_related("namings__person")
    )


def namings_of(viewer: Person, convening: Convening) -> QuerySet[Naming]:
    """List the celebrations of others in which somebody is named."""
    return (
        Naming.objects.filter(person=viewer, words__convening=convening)
        .exclude(words__audience=Audience.ME)
        .select_related("words__by", "words__convening__place")
    )


def find_naming(viewer: Person, key: uuid.UUID) -> Naming | None:
    """Find that somebody is named in a celebration."""
    found = Naming.objects.filter(pk=key, person=viewer)
    return found.select_related("words__convening__place").first()


def intentions_before(viewer: Person, convening: Convening) -> QuerySet[Words]:
    """List what somebody meant to do, of the convening before this one."""
    return Words.objects.filter(
        convening=convening.follows_id, by=viewer, kind=WordsKind.INTENTION
    )


def plans_owned_by(viewer: Person) -> QuerySet[Plan]:
    """List the plans that somebody sees to, of schools where they still have a role."""
    places = current_roles(viewer).values("place")
    return Plan.objects.filter(
        owner=viewer, team__school__contents__place__in=places
    ).distinct()


def comes_to(viewer: Person, convening: Convening) -> bool:
    """Say whether somebody comes to a convening, or prepares it."""
    return (
        Guest.objects.filter(team__convening=convening, person=viewer).exists()
        or teams_of(viewer).filter(convening=convening).exists()
        or find_prepared(viewer, convening.pk) is not None
    )


def thanks_seen_by(viewer: Person, convening: Convening) -> QuerySet[Thanks]:
    """List the thank-yous to oneself, by oneself, and for the room if one comes."""
    mine = Q(to=viewer) | Q(by=viewer)
    if comes_to(viewer, convening):
        mine |= Q(read_by=ThanksFor.ROOM)
    return (
        Thanks.objects.filter(convening=convening)
        .filter(mine)
        .select_related("by", "to")
    )


def connections_of(viewer: Person, convening: Convening) -> QuerySet[MadeConnection]:
    """List whom somebody met there, for themselves alone."""
    return MadeConnection.objects.filter(convening=convening, by=viewer)


def list_participants(viewer: Person, convening: Convening) -> list[Guest]:
    """List those who come, as far as each lets the viewer read their name.

    Nobody for whoever does not come. Students are read by their own team alone.
    """
    if not comes_to(viewer, convening):
        return []
    own = set(teams_of(viewer).values_list("pk", flat=True))
    guests = Guest.objects.filter(team__convening=convening).select_related(
        "team__school"
    )
    return [
        each
        for each in guests
        if (
            each.listed == Listed.EVERYBODY
            and (each.kind != GuestKind.STUDENT or each.team_id in own)
        )
        or (each.listed == Listed.TEAM and each.team_id in own)
    ]


def count_needs(convening: Convening) -> dict[str, Counter[str]]:
    """Count what those who come need, without names: for the kitchen and the rooms."""
    needs: dict[str, Counter[str]] = {
        name: Counter() for name in ("food", "access", "language")
    }
    for guest in Guest.objects.filter(team__convening=convening):
        for name, counter in needs.items():
            words = " ".join(getattr(guest, name).split()).casefold()
            if words:
                counter[words] += 1
    return needs


@dataclass(frozen=True)
class Attended:
    """Somebody who was at a convening. No name."""

    key: str
    school: uuid.UUID
    is_educator: bool


def attendances(around: Place, first: dt.date, last: dt.date) -> list[Attended]:
    """List who was at a convening of a place from one day to another, each person once.

    Leaders are educators; students and caregivers are not.
    """
    came = Guest.objects.filter(
        team__school__surroundings__around=around,
        team__convening__day__range=(first, last),
        came__isnull=False,
    ).values_list("pk", "person", "team__school", "kind")
    found = {
        str(person or pk): Attended(
            str(person or pk),
            school,
            kind in (GuestKind.EDUCATOR, GuestKind.LEADER),
        )
        for pk, person, school, kind in came
    }
    return list(found.values())


def quotes_seen_by(around: Place, first: dt.date, last: dt.date) -> QuerySet[Words]:
    """List the words that may be quoted outside, of convenings of a place in these days.

    They are shared with the network and said to be quotable, so everybody may read them.
    """
    return Words.objects.filter(
        Q(team=None, convening__place__surroundings__around=around)
        | Q(team__school__surroundings__around=around),
        ~UNASKED,
        convening__day__range=(first, last),
        audience=Audience.NETWORK,
        quotable=True,
    ).distinct()
