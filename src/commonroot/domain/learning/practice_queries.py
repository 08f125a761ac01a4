"""Reading what people tried after workshops, and what they recommend."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from commonroot.domain.learning.models import (
    Recommendation,
    Tool,
    ToolChoice,
    Workshop,
)
from commonroot.domain.learning.queries import places_of_network, series_seen_by
from commonroot.domain.learning.rules import PREPARE_WORKSHOPS, SEE_READINESS
from commonroot.domain.network.models import Person, Place, Role
from commonroot.domain.network.queries import held_now
from commonroot.domain.network.sight import places_where

FEWEST = 3


def choices_of(viewer: Person) -> QuerySet[ToolChoice]:
    """List the tools that somebody chose themselves, in series they may still see."""
    return ToolChoice.objects.filter(
        person=viewer, series__in=series_seen_by(viewer)
    ).select_related("tool", "series__workshop", "series__place")


def find_choice(viewer: Person, key: uuid.UUID) -> ToolChoice | None:
    """Find a tool that somebody chose themselves."""
    return choices_of(viewer).filter(pk=key).first()


def find_tool(viewer: Person, key: uuid.UUID) -> Tool | None:
    """Find a tool of a workshop that somebody may change."""
    places = places_where(viewer, PREPARE_WORKSHOPS)
    found = Tool.objects.filter(pk=key, workshop__place__in=places)
    return found.select_related("workshop__place").first()


def tries_seen_by(viewer: Person, sought: str = "") -> QuerySet[ToolChoice]:
    """List what people of one's own network chose to share of what they tried."""
    found = ToolChoice.objects.filter(
        shared__isnull=False, series__place__in=places_of_network(viewer)
    )
    for word in sought.split()[:8]:
        found = found.filter(
            Q(title__icontains=word)
            | Q(words__icontains=word)
            | Q(tool__name__icontains=word)
            | Q(series__workshop__name__icontains=word)
        )
    return found.select_related("tool", "series__workshop", "school").order_by(
        "-shared", "pk"
    )


@dataclass(frozen=True)
class Readiness:
    """How many people of a school recommend a workshop to it; three or more, never who."""

    workshop: Workshop
    people: int


def count_readiness(school: Place) -> list[Readiness]:
    """Count who of a school's people of today recommends what; nothing below three."""
    here = held_now(Role.objects.filter(place__surroundings__around=school))
    counted = (
        Workshop.objects.filter(
            recommendations__school=school,
            recommendations__person__in=here.values("person"),
        )
        .annotate(people=Count("recommendations__person", distinct=True))
        .filter(people__gte=FEWEST)
        .order_by("name")
    )
    return [Readiness(each, each.people) for each in counted]


def readiness_seen_by(
    viewer: Person, schools: Iterable[Place]
) -> list[tuple[str, str, int]]:
    """List how many people of schools recommend what: school, workshop, how many.

    Only of schools of which the viewer may see it; nothing below three, and never who.
    """
    own = places_where(viewer, SEE_READINESS).values("pk")
    here = held_now(
        Role.objects.filter(
            person=OuterRef("person"), place__surroundings__around=OuterRef("school")
        )
    )
    rows = (
        Recommendation.objects.filter(
            Exists(here), school__in=[each.pk for each in schools]
        )
        .filter(school__in=own)
        .values_list("school__name", "workshop__name")
        .annotate(people=Count("person", distinct=True))
        .filter(people__gte=FEWEST)
        .order_by("school__name", "workshop__name")
    )
    return list(rows)
