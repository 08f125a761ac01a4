"""Who is written to before a meeting, and who is asked every week about a change."""

import datetime as dt

from django.db.models import Q

from commonroot.domain.network.models import Place
from commonroot.domain.network.sight import find_reason, today
from commonroot.domain.preparing.letters import send_question, send_reminder
from commonroot.domain.teams.choices import Done, MeetingState
from commonroot.domain.teams.models import Change, Meeting
from commonroot.domain.teams.queries import members_who
from commonroot.domain.teams.rules import RUN_TEAM, SEE_TEAM

SCHOOL_DAYS_BEFORE = 2
SOONEST = dt.timedelta(days=14)
PROMPT_DAY = 4


def remind_teams(on: dt.date | None = None) -> int:
    """Let letters be written to every team that meets in two school days, once each.

    To the members who may read what the team writes. A team that planned its meeting
    later than that is written to the next morning. Gives how many letters there are;
    each is sent by itself, so that one that a mail server refuses keeps no other.
    """
    day = on or today()
    letters = 0
    for meeting in Meeting.objects.filter(
        state=MeetingState.PLANNED,
        reminded=None,
        day__gt=day,
        day__lte=day + SOONEST,
    ).select_related("team__place"):
        if day < find_reminder_day(meeting.team.place, meeting.day):
            continue
        meeting.reminded = day
        meeting.save(update_fields=["reminded"])
        for person in members_who(meeting.team, SEE_TEAM):
            send_reminder.enqueue(str(meeting.pk), str(person.pk))
            letters += 1
    return letters


def find_reminder_day(school: Place, day: dt.date) -> dt.date:
    """Find the second school day before a day; weekdays where no calendar is known."""
    known = list(
        school.school_days.filter(day__lt=day)
        .order_by("-day")
        .values_list("day", flat=True)[:SCHOOL_DAYS_BEFORE]
    )
    if len(known) == SCHOOL_DAYS_BEFORE and day - known[-1] <= SOONEST:
        return dt.date.fromisoformat(str(known[-1]))
    found, left = day, SCHOOL_DAYS_BEFORE
    while left:
        found -= dt.timedelta(days=1)
        left -= found.weekday() < 5
    return found


def ask_owners(on: dt.date | None = None) -> int:
    """Let those be asked, on Fridays, who see to a change that runs: did we do it?

    Not whoever said so this week or said that it stopped, nor in a week without school.
    """
    day = on or today()
    if day.weekday() != PROMPT_DAY:
        return 0
    week = day - dt.timedelta(days=6)
    running = Change.objects.filter(
        Q(asked=None) | Q(asked__lt=week),
        cycle__ending="",
        start__lte=day,
        owner__is_active=True,
    ).select_related("owner", "cycle__team__place")
    letters = 0
    for change in running:
        school, last = change.cycle.team.place, change.done_reports.first()
        said = last is not None and (last.on >= week or last.done == Done.STOPPED)
        if said or not has_school(school, week, day):
            continue
        if change.owner is None or not find_reason(change.owner, RUN_TEAM, school):
            continue
        change.asked = day
        change.save(update_fields=["asked"])
        send_question.enqueue(str(change.pk))
        letters += 1
    return letters


def has_school(school: Place, first: dt.date, last: dt.date) -> bool:
    """Say whether there was school in a week; where no calendar reaches, there was."""
    days = school.school_days
    if not days.filter(day__gte=last).exists():
        return True
    return days.filter(day__range=(first, last)).exists()
