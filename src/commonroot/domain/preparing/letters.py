"""The letters themselves, each sent beside the pages and tried again by itself."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task

from commonroot.briefs.rows import BriefError
from commonroot.domain.network.letters import send_or_wait, write_address
from commonroot.domain.network.models import Person, Place
from commonroot.domain.network.sight import find_reason
from commonroot.domain.records.rules import SEE_SHEET
from commonroot.domain.records.sheets import find_sheet
from commonroot.domain.teams.choices import MeetingState
from commonroot.domain.teams.models import Change, Meeting
from commonroot.domain.teams.rules import RUN_TEAM, SEE_TEAM


@task()
def send_reminder(meeting: str, person: str, tried: int = 0) -> bool:
    """Write to one member before a meeting, with the sheet for whoever may see it."""
    to = Person.objects.get(pk=person)
    found = Meeting.objects.filter(pk=meeting).select_related("team__place").first()
    if found is None or found.state != MeetingState.PLANNED:
        return False
    school = found.team.place
    if find_reason(to, SEE_TEAM, school) is None:
        return False
    with override(to.language or settings.LANGUAGE_CODE):
        told = {"place": school.name, "day": date_format(found.day)}
        letter = EmailMessage(
            _("%(place)s: the data team meets on %(day)s") % told,
            _(
                "The meeting on %(day)s is prepared. It begins with the last change: did we "
                "do it, and did it help?\n\nThe meeting sheet of today is attached, for those "
                "who may see it.\n"
            )
            % told,
            settings.DEFAULT_FROM_EMAIL,
            [to.email],
        )
    sheet = draw(to, school)
    if sheet is not None:
        letter.attach("meeting-sheet.pdf", sheet, "application/pdf")
    return send_or_wait(
        letter,
        tried,
        lambda later: send_reminder.using(run_after=later).enqueue(
            meeting, person, tried + 1
        ),
    )


def draw(person: Person, school: Place) -> bytes | None:
    """Draw the sheet as somebody may see it; none where they may not, or there is none."""
    if find_reason(person, SEE_SHEET, school) is None:
        return None
    try:
        files = find_sheet(person, school, together=True)
    except BriefError:
        return None
    return files["brief.pdf"] if files else None


@task()
def send_question(change: str, tried: int = 0) -> bool:
    """Ask whoever sees to a change whether it was done this week."""
    changes = Change.objects.select_related("owner", "cycle__team__place")
    found = changes.filter(pk=change).first()
    if found is None or found.owner is None:
        return False
    if find_reason(found.owner, RUN_TEAM, found.cycle.team.place) is None:
        return False
    address = write_address(reverse("teams:report-done", args=[found.pk]))
    with override(found.owner.language or settings.LANGUAGE_CODE):
        told = {
            "what": found.what,
            "place": found.cycle.team.place.name,
            "address": address,
        }
        subject = _("%(place)s: did we do it this week?") % told
        text = (
            _("%(what)s\n\nOpen this page and tap one answer:\n%(address)s\n")
            if address
            else _(
                "%(what)s\n\nOpen Teams, choose your team and this change, and say how it "
                "is: not started, partly, as planned, or stopped. It is two taps.\n"
            )
        )
        letter = EmailMessage(
            subject, text % told, settings.DEFAULT_FROM_EMAIL, [found.owner.email]
        )
    return send_or_wait(
        letter,
        tried,
        lambda later: send_question.using(run_after=later).enqueue(change, tried + 1),
    )
