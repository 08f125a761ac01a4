"""Whoever is looking at a page."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from commonroot.domain.network.models import Person


def viewer_of(request: HttpRequest) -> Person:
    """Give the person who is signed in; raises PermissionDenied for anybody else."""
    if not isinstance(request.user, Person):
        raise PermissionDenied
    return request.user
