"""The papers of a week: what an area prints for a meeting, where its own line names none.

An area that knows its paper gives it with its line (`bring_page` and `bring_key`). Here
stand the papers that depend on who looks, and each is given only to whoever may print it.
"""

import uuid
from collections.abc import Sequence
from dataclasses import replace

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from commonroot.domain.convenings.rules import PREPARE
from commonroot.domain.learning.models import Session
from commonroot.domain.learning.queries import series_prepared_by
from commonroot.domain.network.coming import Coming, ComingKind
from commonroot.domain.network.models import Person, Place
from commonroot.domain.network.sight import places_where

SESSION, CONVENING = "learning:show-series", "convenings:show-convening"


def add_papers(viewer: Person, found: Sequence[Coming]) -> list[Coming]:
    """Give meetings without a paper theirs: sessions the list, convenings the kit."""
    sessions = find_sessions(viewer, pick(found, SESSION))
    prepared = find_prepared(viewer, pick(found, CONVENING))
    return [add_paper(each, sessions, prepared) for each in found]


def pick(found: Sequence[Coming], page: str) -> list[Coming]:
    """Pick the meetings of a page that name no paper."""
    return [
        each
        for each in found
        if (each.kind, each.page) == (ComingKind.MEETING, page) and not each.bring_page
    ]


def find_sessions(
    viewer: Person, meetings: Sequence[Coming]
) -> dict[tuple[object, ...], uuid.UUID]:
    """Find the sessions whose list somebody may print, by series, day and hour."""
    if not meetings:
        return {}
    prepared: QuerySet[Session] = Session.objects.filter(
        series__in=series_prepared_by(viewer).values("pk"),
        series_id__in={each.key for each in meetings},
        day__in={each.day for each in meetings},
    )
    return {(each.series_id, each.day, each.starts): each.pk for each in prepared}


def find_prepared(viewer: Person, meetings: Sequence[Coming]) -> set[Place]:
    """Find the places whose convenings somebody prepares."""
    return set(places_where(viewer, PREPARE)) if meetings else set()


def add_paper(
    coming: Coming,
    sessions: dict[tuple[object, ...], uuid.UUID],
    prepared: set[Place],
) -> Coming:
    """Give one line its paper, if there is one for whoever looks."""
    if coming.kind != ComingKind.MEETING or coming.bring_page:
        return coming
    session = sessions.get((coming.key, coming.day, coming.starts))
    if coming.page == SESSION and session is not None:
        # Whoever only observes takes nothing along, though they may print it.
        return (
            replace(coming, bring_page="learning:print-list", bring_key=session)
            if coming.bring
            else coming
        )
    if coming.page == CONVENING and coming.place in prepared:
        return replace(
            coming,
            bring=coming.bring or _("The printed kit"),
            bring_page="convenings:print-kit",
            bring_key=coming.key,
        )
    return coming
