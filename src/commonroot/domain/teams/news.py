"""What a person's teams did since that person last looked through them."""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commonroot.domain.network.models import Group, Person
from commonroot.domain.network.sight import today
from commonroot.domain.teams.choices import MeetingState
from commonroot.domain.teams.models import (
    Change,
    CheckResult,
    Cycle,
    LastLook,
    Meeting,
    Story,
)

# Whoever comes back sooner is still at the same look: a reload takes nothing away.
NEXT_LOOK = dt.timedelta(hours=12)
FIRST_LOOK = dt.timedelta(weeks=4)


class Happening(models.TextChoices):
    """What can be new in a team."""

    MET = "met", _("Met")
    AGREED = "agreed", _("Agreed on a change")
    BEGAN = "began", _("A change began")
    CHECKED = "checked", _("Checked a change")
    ENDED = "ended", _("A cycle ended")
    SHARED = "shared", _("Shared a story")


@dataclass(frozen=True)
class News:
    """One thing that a team did. `key` is of its meeting, its cycle or its story."""

    team: uuid.UUID
    kind: Happening
    on: dt.date
    key: uuid.UUID
    text: str


@transaction.atomic
def begin_look(person: Person) -> dt.datetime:
    """Begin a look through one's teams, or go on with one; gives since when things are new.

    After twelve hours it is a new look, and what is new came since the last one. The
    first look goes back four weeks.
    """
    now = timezone.now()
    first = {"since": now - FIRST_LOOK, "opened": now}
    look, made = LastLook.objects.select_for_update().get_or_create(
        person=person, defaults=first
    )
    if not made:
        if now - look.opened >= NEXT_LOOK:
            look.since = look.opened
        look.opened = now
        look.save(update_fields=["since", "opened"])
    return look.since


@transaction.atomic
def finish_look(person: Person) -> None:
    """Say that one has read what was new when the page was opened; later things stay new."""
    LastLook.objects.filter(person=person).update(since=models.F("opened"))


def list_news(teams: Iterable[Group], since: dt.datetime) -> list[News]:
    """List what teams did since a moment, the newest first.

    Only of the teams that are given: whoever asks gives those that the viewer may see.
    """
    keys = [team.pk for team in teams]
    found = [
        *list_meetings(keys, since),
        *list_changes(keys, since),
        *list_checks(keys, since),
        *list_endings(keys, since),
        *list_stories(keys, since),
    ]
    return sorted(found, key=lambda each: each.on, reverse=True)


def find_day(at: dt.datetime | None) -> dt.date:
    """Find the day of a moment, where the site is."""
    return timezone.localdate(at)


def list_meetings(keys: list[uuid.UUID], since: dt.datetime) -> Iterator[News]:
    """List the meetings that ended since."""
    for each in Meeting.objects.filter(
        team__in=keys, state=MeetingState.ENDED, ended__gt=since
    ):
        yield News(each.team_id, Happening.MET, each.day, each.pk, "")


def list_changes(keys: list[uuid.UUID], since: dt.datetime) -> Iterator[News]:
    """List the changes that were agreed since, and those that began."""
    day = find_day(since)
    for each in Change.objects.filter(
        models.Q(agreed_at__gt=since) | models.Q(start__gt=day, start__lte=today()),
        cycle__team__in=keys,
    ).select_related("cycle"):
        team = each.cycle.team_id
        if each.agreed_at is not None and each.agreed_at > since:
            agreed = find_day(each.agreed_at)
            yield News(team, Happening.AGREED, agreed, each.cycle_id, each.what)
        if day < each.start <= today():
            yield News(team, Happening.BEGAN, each.start, each.cycle_id, each.what)


def list_checks(keys: list[uuid.UUID], since: dt.datetime) -> Iterator[News]:
    """List the checks that were made since, with what they said."""
    for each in CheckResult.objects.filter(
        change__cycle__team__in=keys, at__gt=since
    ).select_related("change__cycle"):
        cycle = each.change.cycle
        told = f"{each.change.what}: {each.get_helped_display()}"
        yield News(cycle.team_id, Happening.CHECKED, each.on, cycle.pk, told)


def list_endings(keys: list[uuid.UUID], since: dt.datetime) -> Iterator[News]:
    """List the cycles that ended since, and how."""
    for each in Cycle.objects.filter(team__in=keys, ended_at__gt=since):
        told = f"{each}: {each.get_ending_display()}"
        yield News(
            each.team_id, Happening.ENDED, find_day(each.ended_at), each.pk, told
        )


def list_stories(keys: list[uuid.UUID], since: dt.datetime) -> Iterator[News]:
    """List the stories that were shared since and not taken back."""
    for each in Story.objects.filter(
        change__cycle__team__in=keys, shared_at__gt=since, withdrawn=None
    ).select_related("change__cycle"):
        team = each.change.cycle.team_id
        yield News(team, Happening.SHARED, each.shared, each.pk, each.title)
