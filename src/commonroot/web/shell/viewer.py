"""Whoever is looking at a page, and the places that they may look at."""

import uuid

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from commonroot.domain.network.models import Person, Place
from commonroot.domain.network.queries import find_place
from commonroot.domain.network.rules import SEE_PLACE
from commonroot.domain.network.sight import Rule


def viewer_of(request: HttpRequest) -> Person:
    """Give the person who is signed in; raises PermissionDenied for anybody else."""
    if not isinstance(request.user, Person):
        raise PermissionDenied
    return request.user


def get_place(viewer: Person, key: uuid.UUID, rule: Rule = SEE_PLACE) -> Place:
    """Get a place at which a rule holds, or say that there is no such page."""
    place = find_place(viewer, key, rule)
    if place is None:
        raise Http404
    return place
