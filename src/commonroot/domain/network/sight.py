"""Who may see and do what, and why: one authoriser, and rules that every area declares.

A rule names a thing and the roles that reach it: at their own place, or at every place
within it. Nothing is reached without a rule. `docs/who-sees-what.md` is these rules.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet
from django.utils import timezone

from commonroot.domain.network.choices import RoleKind
from commonroot.domain.network.models import Person, Place, Role

Kinds = frozenset[RoleKind]


@dataclass(frozen=True)
class Rule:
    """What may be seen or done, and by whom.

    `here` are roles that reach it at their own place only, `within` those that reach it
    at their place and everywhere inside; `everywhere` says that any current role does.
    """

    name: str
    says: str
    here: Kinds = frozenset()
    within: Kinds = frozenset()
    everywhere: bool = False
    changes: bool = False

    def describe_reach(self, kind: RoleKind) -> str:
        """Say how far a role reaches: "", "own place", "own place and within" or "everywhere"."""
        if self.everywhere:
            return "everywhere"
        if kind in self.within:
            return "own place and within"
        return "own place" if kind in self.here else ""


@dataclass(frozen=True)
class Reason:
    """Why somebody may see something: the role that reaches it."""

    role: Role
    rule: Rule = field(repr=False)

    def __str__(self) -> str:
        """Say it as it is written down."""
        return f"{self.role.get_kind_display()}, {self.role.place}"


def today() -> dt.date:
    """Give the day that roles are looked at on, where the site is."""
    return timezone.localdate()


def current_roles(person: Person, on: dt.date | None = None) -> QuerySet[Role]:
    """List the roles that a person holds on a day; nobody's who may not sign in."""
    day = on or today()
    return Role.objects.filter(
        Q(last__isnull=True) | Q(last__gte=day),
        person=person,
        person__is_active=True,
        first__lte=day,
    ).select_related("place")


def find_reason(person: Person, rule: Rule, place: Place) -> Reason | None:
    """Find why a person may do this at a place; None when they may not."""
    return find_reasons(person, [rule], place)[rule]


def find_reasons(
    person: Person, rules: Iterable[Rule], place: Place
) -> dict[Rule, Reason | None]:
    """Find why a person may do each of several things at a place, in two queries."""
    roles = list(current_roles(person))
    around = set(place.surroundings.values_list("around", flat=True))

    def reaches(role: Role, rule: Rule) -> bool:
        return (
            rule.everywhere
            or (role.kind in rule.here and role.place_id == place.pk)
            or (role.kind in rule.within and role.place_id in around)
        )

    return {
        rule: next((Reason(role, rule) for role in roles if reaches(role, rule)), None)
        for rule in rules
    }


def places_where(person: Person, rule: Rule) -> QuerySet[Place]:
    """List the places at which a rule lets a person see or do something."""
    roles = list(current_roles(person))
    if rule.everywhere:
        return Place.objects.all() if roles else Place.objects.none()
    here = [role.place_id for role in roles if role.kind in rule.here]
    around = [role.place_id for role in roles if role.kind in rule.within]
    return Place.objects.filter(
        Q(pk__in=here) | Q(surroundings__around__in=around)
    ).distinct()
