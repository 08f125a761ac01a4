"""What of teams belongs in somebody's week: meetings, checks, changes, whom to ask."""

import datetime as dt

from django.db.models import Q
from django.utils.translation import gettext as _

from commonroot.domain.network.coming import Coming, ComingKind
from commonroot.domain.network.group_queries import current_memberships
from commonroot.domain.network.models import Person
from commonroot.domain.teams.choices import Done, MeetingState
from commonroot.domain.teams.due import checks_due
from commonroot.domain.teams.models import Change, Meeting
from commonroot.domain.teams.queries import teams_where
from commonroot.domain.teams.rules import ADVISE_TEAM, RUN_TEAM, SEE_TEAM

CHECK_AFTER = dt.timedelta(days=7)


def find_coming(viewer: Person, first: dt.date, last: dt.date) -> list[Coming]:
    """Find what comes up in teams for somebody from one day to another, and what is due."""
    return [
        *find_meetings(viewer, first, last),
        *find_checks(viewer, last),
        *find_changes(viewer, last),
    ]


def find_meetings(viewer: Person, first: dt.date, last: dt.date) -> list[Coming]:
    """Find the meetings of one's own teams and of those one coaches."""
    mine = current_memberships().filter(person=viewer).values("group")
    coached = teams_where(viewer, ADVISE_TEAM).values("pk")
    planned = Meeting.objects.filter(
        Q(team__in=mine) | Q(team__in=coached),
        team__in=teams_where(viewer, SEE_TEAM).values("pk"),
        state__in=(MeetingState.PLANNED, MeetingState.UNDER_WAY),
        day__range=(first, last),
    ).select_related("team__place")
    return [
        Coming(
            ComingKind.MEETING,
            _("%(team)s meets") % {"team": each.team.name},
            each.day,
            "teams:show-meeting",
            each.pk,
            each.team.place,
            each.starts,
            each.minutes,
            _("The meeting sheet"),
            "records:print-sheet",
            each.team.place_id,
        )
        for each in planned
    ]


def find_checks(viewer: Person, last: dt.date) -> list[Coming]:
    """Find the changes of one's own teams whose check is due by a day."""
    mine = current_memberships().filter(person=viewer).values("group")
    due = checks_due(last).filter(
        cycle__team__in=mine,
        cycle__team__place__in=teams_where(viewer, RUN_TEAM).values("place"),
    )
    return [
        Coming(
            ComingKind.DUE,
            _("Did it help? %(change)s") % {"change": each.what},
            each.review,
            "teams:show-cycle",
            each.cycle_id,
            each.cycle.team.place,
        )
        for each in due.select_related("cycle__team__place")
    ]


def find_changes(viewer: Person, last: dt.date) -> list[Coming]:
    """Find the changes that one sees to and has not told of for a week."""
    running = Change.objects.filter(
        owner=viewer,
        cycle__ending="",
        start__lte=last,
        cycle__team__in=teams_where(viewer, RUN_TEAM).values("pk"),
    )
    found = []
    for each in running.select_related("cycle__team__place").prefetch_related(
        "done_reports"
    ):
        told = next(iter(each.done_reports.all()), None)
        if told is not None and told.done == Done.STOPPED:
            continue
        due = max(each.start, told.on + CHECK_AFTER if told else each.start)
        if due <= last:
            found.append(
                Coming(
                    ComingKind.PROMISED,
                    _("Did we do it? %(change)s") % {"change": each.what},
                    due,
                    "teams:show-cycle",
                    each.cycle_id,
                    each.cycle.team.place,
                )
            )
    return found
