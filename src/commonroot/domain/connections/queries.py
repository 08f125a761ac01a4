"""Reading the directory, always for somebody: nothing that its owner did not choose to show."""

import uuid
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from commonroot.domain.connections.audience import (
    Reach,
    find_reach,
    list_fields_seen,
    profiles_at_work,
    where_seen,
)
from commonroot.domain.connections.choices import (
    Field,
    TagKind,
)
from commonroot.domain.connections.models import (
    Profile,
    ProfileTag,
)
from commonroot.domain.network.choices import PlaceKind
from commonroot.domain.network.models import Person, Place, Within

TEXTS = (Field.OFFER, Field.ASK, Field.WORK)


@dataclass(frozen=True)
class Shown:
    """A profile as one person may see it: field by field, nothing of the others."""

    profile: Profile
    fields: list[Field]

    def tell(self, field: Field) -> list[str]:
        """Tell what a field holds, as it is kept; nothing where it may not be seen."""
        if field not in self.fields:
            return []
        if field == Field.PLACE:
            return [self.profile.place.name]
        if field in TEXTS:
            text = getattr(self.profile, field.value)
            return [text] if text else []
        return [tag.value for tag in self.profile.tags.all() if tag.kind == field]


@dataclass(frozen=True)
class Sought:
    """What somebody looks for in the directory; empty is anything."""

    practice: str = ""
    grade_span: str = ""
    language: str = ""
    place: uuid.UUID | None = None


def find_own_profile(person: Person) -> Profile | None:
    """Find somebody's own profile."""
    return (
        Profile.objects.filter(person=person)
        .select_related("place", "person")
        .prefetch_related("tags")
        .first()
    )


def profiles_seen_by(reach: Reach) -> QuerySet[Profile]:
    """List the profiles of which at least one field may be seen."""
    seen = Q()
    for field in Field:
        seen |= where_seen(reach, field)
    return profiles_at_work().filter(seen).prefetch_related("tags")


def search_directory(viewer: Person, sought: Sought) -> QuerySet[Profile]:
    """Find profiles by what may be seen of them: a hidden field is found by nobody."""
    reach = find_reach(viewer)
    found = profiles_seen_by(reach).exclude(person=viewer)
    for kind, value in (
        (TagKind.PRACTICES, sought.practice),
        (TagKind.GRADE_SPANS, sought.grade_span),
        (TagKind.LANGUAGES, sought.language),
    ):
        if value:
            tags = ProfileTag.objects.filter(
                profile=OuterRef("pk"), kind=kind, value=value
            )
            found = found.filter(where_seen(reach, Field(kind.value)), Exists(tags))
    if sought.place is not None:
        inside = Within.objects.filter(around=sought.place).values("place")
        found = found.filter(where_seen(reach, Field.PLACE), place__in=inside)
    return found


def show(reach: Reach, profile: Profile) -> Shown:
    """Show a profile as far as it may be seen."""
    return Shown(profile, list_fields_seen(reach, profile))


def find_profile(viewer: Person, key: uuid.UUID) -> Shown | None:
    """Find a profile of which somebody may see something."""
    reach = find_reach(viewer)
    found = profiles_seen_by(reach).filter(pk=key).first()
    return show(reach, found) if found else None


def list_search_places(viewer: Person) -> QuerySet[Place]:
    """List the districts and schools of somebody's networks, to look in."""
    own = find_reach(viewer).around
    tops = Place.objects.filter(above=None, pk__in=own)
    return (
        Place.objects.filter(
            surroundings__around__in=tops,
            kind__in=[PlaceKind.DISTRICT, PlaceKind.SCHOOL],
        )
        .distinct()
        .order_by("kind", "name")
    )
