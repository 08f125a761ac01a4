"""Joining the directory, and changing what one says there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from commonroot.domain.connections.audience import educator_roles
from commonroot.domain.connections.choices import (
    Audience,
    Field,
    GradeSpan,
    Hours,
    Language,
    TagKind,
    Work,
)
from commonroot.domain.connections.models import (
    Profile,
    ProfileTag,
)
from commonroot.domain.connections.reasons import ConnectingError
from commonroot.domain.network.choices import PlaceKind
from commonroot.domain.network.deeds import note_deed
from commonroot.domain.network.models import Person, Place

MOST_PRACTICES = 8
CHOICES = {
    TagKind.GRADE_SPANS: GradeSpan,
    TagKind.LANGUAGES: Language,
    TagKind.HOURS: Hours,
}


@dataclass(frozen=True)
class Told:
    """What somebody says of themselves, and who may see each field."""

    offer: str = ""
    ask: str = ""
    work: str = ""
    reach: str = ""
    tags: Mapping[TagKind, Sequence[str]] = field(default_factory=dict)
    audiences: Mapping[Field, Audience] = field(default_factory=dict)


def list_workplaces(person: Person) -> list[Place]:
    """List where somebody works, today."""
    keys = educator_roles(person).values("place")
    return list(Place.objects.filter(pk__in=keys).order_by("name"))


@transaction.atomic
def keep_profile(*, by: Person, place: Place, told: Told) -> Profile:
    """Join the directory, or change what one says there. Only for oneself."""
    if place not in list_workplaces(by):
        raise PermissionDenied
    refuse_tags(told)
    around = {each.kind: each for each in list_around(place)}
    known = Profile.objects.filter(person=by).first()
    profile, made = Profile.objects.update_or_create(
        person=by,
        defaults={
            "place": place,
            "school": around.get(PlaceKind.SCHOOL),
            "district": around.get(PlaceKind.DISTRICT),
            "network": next(each for each in around.values() if each.above_id is None),
            "offer": told.offer.strip(),
            "ask": told.ask.strip(),
            "work": told.work,
            "reach": told.reach.strip(),
            **{
                f"{each}_to": told.audiences.get(each, Audience.MATCHES)
                for each in Field
            },
        },
    )
    keep_tags(profile, told, known)
    note_deed(by, "join" if made else "change", "profile", profile.pk, place)
    return profile


def list_around(place: Place) -> list[Place]:
    """List a place and all that lies around it."""
    return list(Place.objects.filter(contents__place=place))


def refuse_tags(told: Told) -> None:
    """Raise ConnectingError for something that nobody could have chosen."""
    for kind, choices in CHOICES.items():
        if set(told.tags.get(kind, ())) - set(choices.values):
            raise ConnectingError(_("Choose from what the page offers."))
    if told.work and told.work not in Work:
        raise ConnectingError(_("Choose from what the page offers."))
    if len(set(told.tags.get(TagKind.PRACTICES, ()))) > MOST_PRACTICES:
        raise ConnectingError(_("Choose eight practices at most."))


def keep_tags(profile: Profile, told: Told, known: Profile | None) -> None:
    """Keep the several choices of a profile, in place of earlier ones."""
    wanted = {
        (kind.value, value) for kind, values in told.tags.items() for value in values
    }
    if known is not None:
        profile.tags.all().delete()
    ProfileTag.objects.bulk_create(
        ProfileTag(profile=profile, kind=kind, value=value)
        for kind, value in sorted(wanted)
    )
