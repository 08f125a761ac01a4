"""The main navigation: where somebody's roles lead."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from commonroot.domain.coaching.rules import BE_VISITED, SEE_VISIT_COUNTS, VISIT
from commonroot.domain.connections.rules import CONNECT
from commonroot.domain.convenings.rules import SEE_CONVENING
from commonroot.domain.highlights.rules import SEE_YEAR
from commonroot.domain.learning.path_rules import SEE_AGREED_PATHS, SEE_PATHS
from commonroot.domain.learning.rules import SEE_WORKSHOPS
from commonroot.domain.network.choices import RoleKind
from commonroot.domain.network.models import Person
from commonroot.domain.network.rules import SEE_PEOPLE, SEE_PLACE
from commonroot.domain.network.sight import Rule, current_roles
from commonroot.domain.partnerships.rules import SEE_SCHOOL_PART
from commonroot.domain.teams.rules import SEE_STORIES, SEE_TEAM


@dataclass(frozen=True)
class Destination:
    """One entry of the navigation; it is there for those whom its rule lets in somewhere."""

    label: str | Promise
    name: str
    rule: Rule | None = None
    is_more: bool = False


DESTINATIONS = (
    Destination(_("Home"), "shell:home"),
    Destination(_("My week"), "week:show-week", SEE_PLACE),
    Destination(_("Teams"), "teams:list-teams", SEE_TEAM),
    Destination(_("Learning"), "learning:list-learning", SEE_WORKSHOPS),
    Destination(_("Visits"), "coaching:list-visits", VISIT),
    Destination(_("Visits"), "coaching:list-visits", BE_VISITED),
    Destination(_("Convenings"), "convenings:list-convenings", SEE_CONVENING),
    Destination(_("The year"), "highlights:list-years", SEE_YEAR),
    Destination(_("Stories"), "teams:list-stories", SEE_STORIES, is_more=True),
    Destination(
        _("Connections"), "connections:show-connections", CONNECT, is_more=True
    ),
    Destination(
        _("Partnerships"),
        "partnerships:list-partnerships",
        SEE_SCHOOL_PART,
        is_more=True,
    ),
    Destination(
        _("How many visits there were"),
        "coaching:list-counts",
        SEE_VISIT_COUNTS,
        is_more=True,
    ),
    Destination(_("Who teaches next"), "learning:plan-paths", SEE_PATHS, is_more=True),
    Destination(
        _("Paths that staff let you see"),
        "learning:list-agreed-paths",
        SEE_AGREED_PATHS,
        is_more=True,
    ),
    Destination(_("Places"), "network:list-places", SEE_PLACE, is_more=True),
    Destination(_("People"), "network:list-people", SEE_PEOPLE, is_more=True),
)


@dataclass(frozen=True)
class Link:
    """An entry as it is drawn."""

    label: str | Promise
    address: str
    current: bool
    is_more: bool = False


def list_destinations(request: HttpRequest, person: Person) -> list[Link]:
    """List where a person can go, and which of it they are looking at."""
    kinds = {RoleKind(role.kind) for role in current_roles(person)}
    found = {
        reverse(each.name): each
        for each in DESTINATIONS
        if each.rule is None or any(each.rule.describe_reach(kind) for kind in kinds)
    }
    return [
        Link(each.label, address, request.path == address, each.is_more)
        for address, each in found.items()
    ]
