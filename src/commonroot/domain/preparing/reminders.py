"""Letters before a meeting, with the sheet, and a weekly word to whoever sees to a change."""

import datetime as dt

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from commonroot.briefs.rows import BriefError
from commonroot.domain.network.group_queries import current_memberships
from commonroot.domain.network.models import Person, Place
from commonroot.domain.network.sight import find_reason, today
from commonroot.domain.records.rules import SEE_SHEET
from commonroot.domain.records.sheets import find_sheet
from commonroot.domain.teams.choices import MeetingState
from commonroot.domain.teams.models import Change, Meeting

SCHOOL_DAYS_BEFORE = 2
SOONEST = dt.timedelta(days=14)
PROMPT_DAY = 4


def remind_teams(on: dt.date | None = None) -> int:
    """Write to the members of every team that meets in two school days, once each.

    A team that planned its meeting later than that is written to the next morning.
    Gives how many letters were sent.
    """
    day = on or today()
    sent = 0
    for meeting in Meeting.objects.filter(
        state=MeetingState.PLANNED,
        reminded=None,
        day__gt=day,
        day__lte=day + SOONEST,
    ).select_related("team__place"):
        if day < find_reminder_day(meeting.team.place, meeting.day):
            continue
        members = [
            each.person for each in current_memberships().filter(group=meeting.team)
        ]
        sent += sum(remind(meeting, person) for person in members)
        meeting.reminded = day
        meeting.save(update_fields=["reminded"])
    return sent


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


def remind(meeting: Meeting, person: Person) -> int:
    """Write one letter, with the sheet for whoever may see it."""
    school = meeting.team.place
    with override(person.language or settings.LANGUAGE_CODE):
        told = {"place": school.name, "day": date_format(meeting.day)}
        letter = EmailMessage(
            _("%(place)s: the data team meets on %(day)s") % told,
            _(
                "The meeting on %(day)s is prepared. It begins with the last change: did we "
                "do it, and did it help?\n\nThe meeting sheet of today is attached, for those "
                "who may see it.\n"
            )
            % told,
            settings.DEFAULT_FROM_EMAIL,
            [person.email],
        )
    sheet = draw(person, school)
    if sheet is not None:
        letter.attach("meeting-sheet.pdf", sheet, "application/pdf")
    return int(letter.send())


def draw(person: Person, school: Place) -> bytes | None:
    """Draw the sheet as somebody may see it; none where they may not, or there is none."""
    if find_reason(person, SEE_SHEET, school) is None:
        return None
    try:
        files = find_sheet(person, school, None, None)
    except BriefError:
        return None
    return files["brief.pdf"] if files else None


def ask_owners(on: dt.date | None = None) -> int:
    """Ask, on Fridays, whoever sees to a change that runs: did we do it? Two taps."""
    day = on or today()
    if day.weekday() != PROMPT_DAY:
        return 0
    running = Change.objects.filter(
        cycle__ending="", start__lte=day, owner__is_active=True
    ).select_related("owner", "cycle__team__place")
    sent = 0
    for change in running:
        if change.owner is None or change.done_reports.filter(
            on__gt=day - dt.timedelta(days=7)
        ):
            continue
        with override(change.owner.language or settings.LANGUAGE_CODE):
            told = {"what": change.what, "place": change.cycle.team.place.name}
            letter = EmailMessage(
                _("%(place)s: did we do it this week?") % told,
                _(
                    "%(what)s\n\nOpen Teams, choose your team and this change, and say how it "
                    "is: not started, partly, as planned, or stopped. It is two taps.\n"
                )
                % told,
                settings.DEFAULT_FROM_EMAIL,
                [change.owner.email],
            )
        sent += letter.send()
    return sent
