"""The main navigation: where somebody's roles lead."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from commonroot.domain.network.choices import RoleKind
from commonroot.domain.network.models import Person
from commonroot.domain.network.rules import SEE_PEOPLE, SEE_PLACE
from commonroot.domain.network.sight import Rule, current_roles
from commonroot.domain.teams.rules import SEE_STORIES, SEE_TEAM


@dataclass(frozen=True)
class Destination:
    """One entry of the navigation; it is there for those whom its rule lets in somewhere."""

    label: str | Promise
    name: str
    rule: Rule | None = None


DESTINATIONS = (
    Destination(_("Home"), "shell:home"),
    Destination(_("Teams"), "teams:list-teams", SEE_TEAM),
    Destination(_("Stories"), "teams:list-stories", SEE_STORIES),
    Destination(_("Places"), "network:list-places", SEE_PLACE),
    Destination(_("People"), "network:list-people", SEE_PEOPLE),
)


@dataclass(frozen=True)
class Link:
    """An entry as it is drawn."""

    label: str | Promise
    address: str
    current: bool


def list_destinations(request: HttpRequest, person: Person) -> list[Link]:
    """List where a person can go, and which of it they are looking at."""
    kinds = {RoleKind(role.kind) for role in current_roles(person)}
    return [
        Link(each.label, address, request.path == address)
        for each in DESTINATIONS
        if each.rule is None or any(each.rule.describe_reach(kind) for kind in kinds)
        for address in [reverse(each.name)]
    ]
