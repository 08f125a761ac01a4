"""The first person of a network, whom nobody could invite."""

from django.db import transaction

from commonroot.domain.audit.actions import SYSTEM
from commonroot.domain.network.actions import (
    NetworkError,
    add_person,
    add_place,
    give_role,
)
from commonroot.domain.network.choices import PlaceKind, RoleKind
from commonroot.domain.network.models import Person, Place


@transaction.atomic
def begin_network(*, region: str, name: str, email: str, password: str) -> Person:
    """Make a region and its partnership director, in a site that has nobody yet.

    Raises NetworkError when there is somebody already: they can invite.
    """
    if Person.objects.exists() or Place.objects.exists():
        raise NetworkError(
            "There are people or places here already. Whoever is one of them can invite "
            "others on the site. Nothing was changed."
        )
    if not region.strip() or not name.strip():
        raise NetworkError("The region and the person need a name. Nothing was made.")
    place = add_place(by=SYSTEM, kind=PlaceKind.REGION, name=region.strip())
    person = add_person(by=SYSTEM, email=email, name=name.strip())
    person.set_password(password)
    person.save(update_fields=["password"])
    give_role(by=SYSTEM, person=person, kind=RoleKind.PARTNERSHIP_DIRECTOR, place=place)
    return person
