"""Who may see which field of a profile, told twice: for one profile, and for a search."""

import uuid
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from commonroot.domain.connections.choices import CURRENT, Audience, Field
from commonroot.domain.connections.models import Match, Profile
from commonroot.domain.connections.rules import EDUCATORS
from commonroot.domain.network.choices import MemberKind
from commonroot.domain.network.models import Person, Role, Within
from commonroot.domain.network.sight import current_roles, today

NOT_MATCHED = (MemberKind.STUDENT, MemberKind.CAREGIVER)
Keys = frozenset[uuid.UUID]


@dataclass(frozen=True)
class Reach:
    """Where somebody works, all that lies around it, and whom they are matched with."""

    person: uuid.UUID
    own: Keys
    around: Keys
    matches: Keys

    @property
    def is_nowhere(self) -> bool:
        """Say whether no role of theirs lets them into the directory."""
        return not self.own


def educator_roles(person: Person) -> QuerySet[Role]:
    """List the roles of today by which somebody is an adult who works here."""
    return (
        current_roles(person)
        .filter(kind__in=EDUCATORS)
        .exclude(member_kind__in=NOT_MATCHED)
    )


def find_reach(viewer: Person) -> Reach:
    """Find how far somebody's sight of profiles reaches today."""
    own = frozenset(educator_roles(viewer).values_list("place", flat=True))
    around = frozenset(
        Within.objects.filter(place__in=own).values_list("around", flat=True)
    )
    pairs = Match.objects.filter(
        Q(new=viewer) | Q(seasoned=viewer), state__in=CURRENT
    ).values_list("new", "seasoned")
    matches = frozenset(key for pair in pairs for key in pair) - {viewer.pk}
    return Reach(viewer.pk, own, around, matches)


def profiles_at_work() -> QuerySet[Profile]:
    """List the profiles of people who still work where their profile says."""
    day = today()
    held = Role.objects.filter(
        Q(last__isnull=True) | Q(last__gte=day),
        person=OuterRef("person"),
        place=OuterRef("place"),
        first__lte=day,
        kind__in=EDUCATORS,
    ).exclude(member_kind__in=NOT_MATCHED)
    return Profile.objects.filter(Exists(held), person__is_active=True).select_related(
        "person", "place"
    )


def may_see(reach: Reach, profile: Profile, field: Field) -> bool:
    """Say whether a field of a profile may be seen from where somebody stands."""
    if reach.is_nowhere:
        return False
    if profile.person_id in {reach.person, *reach.matches}:
        return True
    audience = getattr(profile, f"{field}_to")
    if audience == Audience.NETWORK:
        return profile.network_id in reach.around
    if audience == Audience.MATCHES:
        return False
    around = profile.school_id if audience == Audience.SCHOOL else profile.district_id
    # Whoever works at a region has no school and no district: those beside them see it.
    return profile.place_id in reach.own if around is None else around in reach.around


def where_seen(reach: Reach, field: Field) -> Q:
    """Say in the database's words which profiles show a field: the same as `may_see`."""
    if reach.is_nowhere:
        return Q(pk__in=[])
    own, around, to = list(reach.own), list(reach.around), f"{field}_to"
    return (
        Q(person__in=[reach.person, *reach.matches])
        | Q(**{to: Audience.NETWORK}, network__in=around)
        | Q(**{to: Audience.DISTRICT}, district__in=around)
        | Q(**{to: Audience.DISTRICT}, district=None, place__in=own)
        | Q(**{to: Audience.SCHOOL}, school__in=around)
        | Q(**{to: Audience.SCHOOL}, school=None, place__in=own)
    )


def list_fields_seen(reach: Reach, profile: Profile) -> list[Field]:
    """List the fields of a profile that may be seen."""
    return [field for field in Field if may_see(reach, profile, field)]
