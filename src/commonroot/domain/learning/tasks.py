"""Letters of learning, each sent beside the pages and tried again by itself.

What a letter tells is looked up when it is sent: between asking and sending things change.
"""

import hashlib
import secrets

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task

from commonroot.domain.learning.choices import SeatState, SeriesState
from commonroot.domain.learning.models import Seat, ToolChoice
from commonroot.domain.learning.preparing import has_sight
from commonroot.domain.network.letters import send_or_wait, write_address
from commonroot.domain.network.sight import current_roles


def digest(token: str) -> str:
    """Give what is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def find_to_write(key: str, state: SeatState) -> Seat | None:
    """Find a seat to write about, if it stands there, its series is open, and its owner sees it."""
    seat = (
        Seat.objects.select_related(
            "series__workshop", "series__place", "person", "invited_by"
        )
        .filter(pk=key, state=state, series__state=SeriesState.OPEN)
        .first()
    )
    if seat is None:
        return None
    may_read = has_sight(seat.person, seat.series) if seat.person else bool(seat.email)
    return seat if may_read else None


def find_way_in(seat: Seat) -> str:
    """Find the address at which somebody answers: a guest's is made anew for each letter."""
    if seat.person is not None:
        return write_address(reverse("learning:show-series", args=[seat.series_id]))
    token = secrets.token_urlsafe(24)
    Seat.objects.filter(pk=seat.pk).update(token_digest=digest(token))
    return write_address(reverse("learning:answer-letter", args=[token]))


def tell_dates(seat: Seat) -> str:
    """Tell when and where a series is held, a line a session."""
    return "\n".join(
        ", ".join(
            part
            for part in (
                date_format(each.day),
                time_format(each.starts),
                each.where,
            )
            if part
        )
        for each in seat.series.sessions.order_by("day", "starts")
    )


def write_to(seat: Seat, subject: str, text: str) -> EmailMessage:
    """Write a letter to whoever has a seat."""
    to = seat.person.email if seat.person else seat.email
    return EmailMessage(subject, text, settings.DEFAULT_FROM_EMAIL, [to])


def find_language(seat: Seat) -> str:
    """Find the language in which somebody is written to."""
    chosen = seat.person.language if seat.person else ""
    return chosen or settings.LANGUAGE_CODE


@task()
def send_invitation(seat: str, tried: int = 0) -> bool:
    """Invite somebody by letter; nobody who has answered, or was taken off the list."""
    found = find_to_write(seat, SeatState.INVITED)
    if found is None:
        return False
    with override(find_language(found)):
        told = {
            "name": found.invited_by.name if found.invited_by else found.series.place,
            "workshop": str(found.series),
            "place": found.series.place.name,
            "dates": tell_dates(found),
            "address": find_way_in(found),
        }
        subject = _("You are invited: %(workshop)s") % told
        text = _(
            "%(name)s invites you to a workshop for %(place)s:\n\n%(workshop)s\n%(dates)s\n\n"
        )
        text += (
            _(
                "Say whether you come, and what you need (food, access, a language):\n"
                "%(address)s\n"
            )
            if told["address"]
            else _(
                "Say whether you come, and what you need: open Learning, or tell whoever "
                "invites you.\n"
            )
        )
        letter = write_to(found, subject, text % told)
    return send_or_wait(
        letter,
        tried,
        lambda later: send_invitation.using(run_after=later).enqueue(seat, tried + 1),
    )


@task()
def send_freed(seat: str, tried: int = 0) -> bool:
    """Tell somebody who waited that there is a seat for them now."""
    found = find_to_write(seat, SeatState.COMING)
    if found is None:
        return False
    with override(find_language(found)):
        told = {
            "workshop": str(found.series),
            "dates": tell_dates(found),
            "address": find_way_in(found),
        }
        subject = _("There is a seat for you: %(workshop)s") % told
        text = _(
            "You waited for a seat, and now there is one. It is yours.\n\n%(workshop)s\n"
            "%(dates)s\n\nIf you cannot come, say so, and somebody else gets it.\n"
            "%(address)s\n"
        )
        letter = write_to(found, subject, text % told)
    return send_or_wait(
        letter,
        tried,
        lambda later: send_freed.using(run_after=later).enqueue(seat, tried + 1),
    )


@task()
def send_question(choice: str, tried: int = 0) -> bool:
    """Ask somebody whether they tried what they chose, unless they have told already."""
    found = (
        ToolChoice.objects.select_related("person", "tool", "series__workshop")
        .filter(pk=choice, tried="")
        .first()
    )
    if found is None or not current_roles(found.person).exists():
        return False
    with override(found.person.language or settings.LANGUAGE_CODE):
        told = {
            "tool": found.tool.name,
            "workshop": str(found.series),
            "address": write_address(reverse("learning:tell-try", args=[found.pk])),
        }
        subject = _("Did you try it? %(tool)s") % told
        text = _(
            "After “%(workshop)s” you chose to try this: %(tool)s.\n\nTried it? What "
            "happened? It is two taps. “It did not go well” helps the next one as much.\n"
            "%(address)s\n"
        )
        letter = EmailMessage(
            subject, text % told, settings.DEFAULT_FROM_EMAIL, [found.person.email]
        )
    return send_or_wait(
        letter,
        tried,
        lambda later: send_question.using(run_after=later).enqueue(choice, tried + 1),
    )
