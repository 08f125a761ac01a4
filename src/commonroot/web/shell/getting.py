"""Things that a page is about, or that there is no such page."""

from collections.abc import Callable
from typing import TypeVar

from django.http import Http404

Thing = TypeVar("Thing")


def get(find: Callable[..., Thing | None], *asked: object) -> Thing:
    """Get what a query finds for the viewer; without that there is no such page."""
    found = find(*asked)
    if found is None:
        raise Http404
    return found
