"""Changing what a place is called, and taking back one that was added by mistake."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from commonroot.domain.audit.actions import record
from commonroot.domain.network.actions import NetworkError
from commonroot.domain.network.models import Person, Place, Within
from commonroot.domain.network.rules import ADD_PLACE
from commonroot.domain.network.sight import find_reason


def need_reason(by: Person, place: Place) -> str:
    """Say why somebody may change a place; raises PermissionDenied otherwise."""
    reason = find_reason(by, ADD_PLACE, place)
    if reason is None:
        raise PermissionDenied
    return str(reason)


@transaction.atomic
def rename_place(
    *, by: Person, place: Place, name: str, county: Place | None = None
) -> Place:
    """Give a place another name, and a school its county.

    Everything that hangs on the place stays. Raises NetworkError when another place
    beside it has the name.
    """
    reason, named = need_reason(by, place), " ".join(name.split())
    beside = Place.objects.filter(above=place.above, kind=place.kind)
    taken = beside.exclude(pk=place.pk).values_list("name", flat=True)
    if not named:
        raise NetworkError(_("A place needs a name."))
    if any(each.lower() == named.lower() for each in taken):
        raise NetworkError(
            _("There is a place of this kind with this name here already.")
        )
    place.name, place.county = named, county
    place.save(update_fields=["name", "county"])
    record(by=by, verb="rename", kind="place", key=place.pk, place=place, reason=reason)
    return place


@transaction.atomic
def remove_place(*, by: Person, place: Place) -> None:
    """Take back a place on which nothing hangs yet; raises NetworkError otherwise."""
    reason = need_reason(by, place)
    locked = Place.objects.select_for_update().get(pk=place.pk)
    if locked.above is None or is_used(locked):
        raise NetworkError(
            _(
                "There are people, places or records here, so it stays. Give it another "
                "name if this one is wrong."
            )
        )
    record(
        by=by,
        verb="remove",
        kind="place",
        key=place.pk,
        place=locked.above,
        reason=reason,
    )
    locked.delete()


def is_used(place: Place) -> bool:
    """Does anything hang on a place, of any area?"""
    return any(
        each.related_model._default_manager.filter(**{each.field.name: place}).exists()
        for each in place._meta.related_objects
        if each.related_model is not Within
    )
