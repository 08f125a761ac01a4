"""The letter with a meeting's minutes, to each member in their own language."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task

from commonroot.domain.network.letters import send_or_wait
from commonroot.domain.network.models import Person
from commonroot.domain.network.sight import find_reason
from commonroot.domain.teams.models import Meeting
from commonroot.domain.teams.rules import SEE_TEAM
from commonroot.web.teams.minutes import draw_minutes, tell_minutes


@task()
def send_minutes(meeting: str, person: str, address: str, tried: int = 0) -> bool:
    """Send the minutes to one member, as text and as a PDF; nothing to whoever may not read them.

    Between asking and sending a role may have ended.
    """
    to = Person.objects.get(pk=person)
    found = Meeting.objects.select_related("team__place").get(pk=meeting)
    if find_reason(to, SEE_TEAM, found.team.place) is None:
        return False
    with override(to.language or settings.LANGUAGE_CODE):
        told = {"minutes": tell_minutes(found), "meeting": found, "address": address}
        subject = _("Minutes of %(day)s: %(place)s") % {
            "day": found.day.isoformat(),
            "place": found.team.place.name,
        }
        letter = EmailMessage(
            subject,
            render_to_string("teams/minutes.txt", told),
            settings.DEFAULT_FROM_EMAIL,
            [to.email],
        )
        letter.attach(
            f"minutes-{found.day}.pdf", draw_minutes(found), "application/pdf"
        )
    return send_or_wait(
        letter,
        tried,
        lambda later: send_minutes.using(run_after=later).enqueue(
            meeting, person, address, tried + 1
        ),
    )
