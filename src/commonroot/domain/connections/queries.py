"""Reading profiles, rounds and matches, always for somebody."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from commonroot.domain.connections.choices import (
    FIELDS,
    Audience,
    Hours,
    MatchState,
    Side,
    Span,
)
from commonroot.domain.connections.models import (
    FollowUp,
    Joining,
    Match,
    Practice,
    Profile,
    Round,
)
from commonroot.domain.connections.rules import CONNECT, EDIT_PRACTICES, RUN_ROUND
from commonroot.domain.network.choices import PlaceKind
from commonroot.domain.network.models import Person, Place, Within
from commonroot.domain.network.sight import current_roles, places_where


@dataclass(frozen=True)
class Seen:
    """A profile as one viewer may read it: a field that is not for them is not there."""

    profile: Profile
    fields: dict[str, str]

    @property
    def is_bare(self) -> bool:
        """Say whether there is nothing for this viewer."""
        return not self.fields


def find_own_school(viewer: Person) -> Place | None:
    """Find the school or department's school at which somebody works now."""
    places = places_where(viewer, CONNECT).filter(kind=PlaceKind.SCHOOL)
    return places.order_by("name").first()


def find_tops(place: Place) -> QuerySet[Place]:
    """Find the top of the network that a place lies in."""
    return Place.objects.filter(above=None, contents__place=place)


def list_practices(place: Place) -> QuerySet[Practice]:
    """List the practices of the network that a place lies in."""
    around = place.surroundings.values("around")
    return Practice.objects.filter(region__in=around)


def practices_of(viewer: Person, place: Place) -> QuerySet[Practice]:
    """List the practices of a place that somebody may edit."""
    return Practice.objects.filter(
        region=place, region__in=places_where(viewer, EDIT_PRACTICES)
    )


def read_field(profile: Profile, field: str) -> str:
    """Read one field of a profile as words."""
    if field == "practices":
        return ", ".join(each.text for each in profile.practices.all())
    if field in ("spans", "hours"):
        kinds = Span if field == "spans" else Hours
        return ", ".join(
            str(each.label) for each in kinds if each.value in getattr(profile, field)
        )
    return str(getattr(profile, field)).strip()


@dataclass(frozen=True)
class Reach:
    """What lets a viewer read fields: own schools, districts, tops, and matches."""

    schools: frozenset[uuid.UUID]
    districts: frozenset[uuid.UUID]
    tops: frozenset[uuid.UUID]
    matched: frozenset[uuid.UUID]


def find_reach(viewer: Person) -> Reach:
    """Find what somebody's place and matches let them read."""
    schools = places_where(viewer, CONNECT)
    around = Place.objects.filter(contents__place__in=schools.values("pk"))
    rows = list(around.distinct().values_list("pk", "kind", "above"))
    matches = Match.objects.filter(
        Q(new=viewer) | Q(seasoned=viewer),
        state__in=(MatchState.PROPOSED, MatchState.CONFIRMED),
    ).values_list("new", "seasoned")
    return Reach(
        frozenset(schools.values_list("pk", flat=True)),
        frozenset(pk for pk, kind, _above in rows if kind == PlaceKind.DISTRICT),
        frozenset(pk for pk, _kind, above in rows if above is None),
        frozenset(key for pair in matches for key in pair) - {viewer.pk},
    )


def may_read(
    reach: Reach, profile: Profile, field: str, tops: Iterable[uuid.UUID]
) -> bool:
    """Say whether a field of a profile is for a viewer with this reach."""
    if profile.person_id in reach.matched:
        return True
    audience = profile.find_audience(field)
    if audience == Audience.SCHOOL:
        return profile.school_id in reach.schools
    if audience == Audience.DISTRICT:
        return profile.school.above_id in reach.districts
    return audience == Audience.NETWORK and bool(reach.tops & set(tops))


def profiles_seen_by(viewer: Person) -> list[Seen]:
    """List the profiles of others of which somebody may read anything, by name."""
    if not places_where(viewer, CONNECT).exists():
        return []
    reach = find_reach(viewer)
    profiles = (
        Profile.objects.exclude(person=viewer)
        .filter(person__is_active=True)
        .select_related("person", "school")
        .prefetch_related("practices")
    )
    tops: dict[uuid.UUID, set[uuid.UUID]] = {}
    rows = Within.objects.filter(around__above=None).values_list("place", "around")
    for place, around in rows:
        tops.setdefault(place, set()).add(around)
    seen = [
        Seen(
            profile,
            {
                field: words
                for field in FIELDS
                if may_read(reach, profile, field, tops.get(profile.school_id, ()))
                and (words := read_field(profile, field))
            },
        )
        for profile in profiles
    ]
    return [each for each in seen if not each.is_bare]


def search_profiles(viewer: Person, sought: str, span: str = "") -> list[Seen]:
    """Find profiles by words and grades, in what the viewer may read of each alone."""
    words = [word.casefold() for word in sought.split()[:8]]
    label = str(Span(span).label) if span in Span.values else ""
    found = []
    for each in profiles_seen_by(viewer):
        text = " ".join(
            [*each.fields.values(), each.profile.person.name, each.profile.school.name]
        ).casefold()
        if all(word in text for word in words) and (
            not label or label in each.fields.get("spans", "")
        ):
            found.append(each)
    return found


def rounds_open_to(viewer: Person) -> QuerySet[Round]:
    """List the rounds for a place at which somebody works now, or around it."""
    places = [role.place_id for role in current_roles(viewer)]
    around = Place.objects.filter(contents__place__in=places).values("pk")
    return Round.objects.filter(place__in=around).select_related("place")


def find_round(viewer: Person, key: uuid.UUID) -> Round | None:
    """Find a round, for anybody who has a role."""
    if not current_roles(viewer).exists():
        return None
    return Round.objects.filter(pk=key).select_related("place").first()


def find_run_round(viewer: Person, key: uuid.UUID) -> Round | None:
    """Find a round that somebody runs."""
    places = places_where(viewer, RUN_ROUND)
    found = Round.objects.filter(pk=key, place__in=places)
    return found.select_related("place").first()


def find_joining(viewer: Person, of: Round) -> Joining | None:
    """Find how somebody joined a round."""
    return of.joinings.filter(person=viewer).first()


def matches_of(viewer: Person) -> QuerySet[Match]:
    """List one's own matches."""
    if not current_roles(viewer).exists():
        return Match.objects.none()
    return Match.objects.filter(Q(new=viewer) | Q(seasoned=viewer)).select_related(
        "new", "seasoned", "round__place"
    )


def find_match(viewer: Person, key: uuid.UUID) -> Match | None:
    """Find one of one's own matches."""
    return matches_of(viewer).filter(pk=key).first()


def list_unmatched(of: Round) -> list[Person]:
    """List who joined a settled round as new and has nobody now, by name."""
    matched = of.matches.filter(
        state__in=(MatchState.PROPOSED, MatchState.CONFIRMED)
    ).values("new")
    people = Person.objects.filter(joinings__round=of, joinings__side=Side.NEW).exclude(
        pk__in=matched
    )
    return list(people.order_by("name"))


def rounds_run_by(viewer: Person) -> QuerySet[Round]:
    """List the rounds that somebody runs, with how many joined."""
    return Round.objects.filter(place__in=places_where(viewer, RUN_ROUND)).annotate(
        joined=Count("joinings")
    )


def follow_ups_due(person: Person, on: dt.date) -> QuerySet[FollowUp]:
    """List what somebody was asked about their matches and has not answered."""
    return FollowUp.objects.filter(
        person=person, met="", asked__lte=on, match__state=MatchState.CONFIRMED
    ).select_related("match__new", "match__seasoned")
