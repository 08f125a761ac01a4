"""Letters about matches and how they go. They hold no word of a profile."""

import datetime as dt

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task

from commonroot.domain.connections.choices import MatchState
from commonroot.domain.connections.models import FollowUp, Match
from commonroot.domain.network.letters import send_or_wait, write_address
from commonroot.domain.network.models import Person
from commonroot.domain.network.sight import today


@task()
def tell_match(match: str, person: str, tried: int = 0) -> bool:
    """Tell one of two that something about a match waits for them."""
    found = Match.objects.filter(pk=match).select_related("new", "seasoned").first()
    reader = Person.objects.filter(pk=person, is_active=True).first()
    if found is None or reader is None:
        return False
    other = found.seasoned if found.new_id == reader.pk else found.new
    with override(reader.language or settings.LANGUAGE_CODE):
        if found.state == MatchState.CONFIRMED:
            subject = _("How is it going?")
            text = _(
                "You and %(name)s were matched. Have you met, and what helps? Two taps at "
                "Commonroot are enough."
            )
        else:
            subject = _("Somebody to meet")
            text = _(
                "You could meet %(name)s. Say yes or not this one at Commonroot; nobody "
                "asks why."
            )
        address = write_address(reverse("connections:show-match", args=[match]))
    letter = EmailMessage(
        subject,
        f"{text % {'name': other.name}}\n\n{address}".strip() + "\n",
        settings.DEFAULT_FROM_EMAIL,
        [reader.email],
    )
    return send_or_wait(
        letter,
        tried,
        lambda later: tell_match.using(run_after=later).enqueue(
            match, person, tried + 1
        ),
    )


def ask_matched(on: dt.date | None = None) -> int:
    """Ask those whose moment is today how it goes; gives how many letters there are."""
    due = FollowUp.objects.filter(
        asked=on or today(),
        met="",
        match__state=MatchState.CONFIRMED,
        person__is_active=True,
    )
    for each in due:
        tell_match.enqueue(str(each.match_id), str(each.person_id))
    return len(due)
