"""How a slice moved in other schools of the region: weighed together, never told apart."""

import datetime as dt
import hashlib
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.core.cache import caches
from django.db.models import QuerySet

from commonroot.analysis.check import NOWHERE, Moves, weigh_moves
from commonroot.briefs.slice_weeks import count_elsewhere
from commonroot.briefs.timing import find_monday
from commonroot.domain.network.choices import PlaceKind
from commonroot.domain.network.models import Person, Place
from commonroot.domain.records.models import Version
from commonroot.domain.records.queries import gather_school, versions_seen_by

# With fewer than three, or hardly any incidents, one school could be told from the answer.
FEWEST_SCHOOLS, FEWEST_INCIDENTS = 3, 5
DAYS_KEPT = 8


@dataclass(frozen=True)
class Beside:
    """How a slice moved in other schools, and how many they are."""

    schools: int
    moves: Moves


ALONE = Beside(0, NOWHERE)


def weigh_other_schools(
    viewer: Person,
    school: Place,
    conditions: Mapping[str, str],
    *,
    first: dt.date,
    start: dt.date,
    end: dt.date,
    changed: Collection[uuid.UUID] = (),
) -> Beside:
    """Weigh how a slice moved in the schools around, from before a day to since it.

    For whoever may see the school's own sheet; of the others they learn nothing but how
    many there are. Left out are schools that `changed` something of the kind, that hardly
    had such incidents, or whose records begin late or end early. Fewer than three are
    none. What is kept, until the week is over, holds no count. Raises
    NotForThisViewerError.
    """
    versions_seen_by(viewer, school)
    told = (school.pk, sorted(conditions.items()), first, start, end, sorted(changed))
    key = hashlib.sha256(f"beside {told!r}".encode()).hexdigest()
    kept: Beside | None = caches["kept"].get(key)
    if kept is None:
        places = []
        for other in list_schools_around(school).exclude(pk__in=changed):
            counting = Version.objects.filter(
                incident__school=other, current_of__isnull=False, day__gte=first
            )
            records = gather_school(other, counting)
            if records is not None:
                places += count_elsewhere(
                    records.intake,
                    conditions,
                    first=first,
                    turn=find_monday(start),
                    last=end,
                )
        told_of = [each for each in places if each.target_before >= FEWEST_INCIDENTS]
        enough = len(told_of) >= FEWEST_SCHOOLS
        kept = Beside(len(told_of), weigh_moves(told_of)) if enough else ALONE
        caches["kept"].set(key, kept, DAYS_KEPT * 24 * 3600)
    return kept


def list_schools_around(school: Place) -> QuerySet[Place]:
    """List the other schools below the topmost place that a school lies in."""
    top = Place.objects.filter(contents__place=school, above__isnull=True)
    return (
        Place.objects.filter(kind=PlaceKind.SCHOOL, surroundings__around__in=top)
        .exclude(pk=school.pk)
        .distinct()
    )
