"""Letters, sent beside the pages."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task

from commonroot.domain.network.actions import renew_token
from commonroot.domain.network.letters import send_or_wait
from commonroot.domain.network.models import Invitation


@task()
def send_invitation(key: str, address: str, language: str, tried: int = 0) -> bool:
    """Send the letter of an invitation; `address` has TOKEN where its token belongs.

    The token is made here, so that what waits to be sent holds none. An invitation that
    was accepted meanwhile gets no letter. A mail server that is away is tried again,
    after twice the time each time.
    """
    invitation = Invitation.objects.select_related("place", "invited_by").get(pk=key)
    if invitation.accepted is not None:
        return False
    token = renew_token(invitation)
    with override(language):
        told = {
            "inviter": invitation.invited_by.name,
            "place": invitation.place.name,
            "role": invitation.get_kind_display(),
            "address": address.replace("TOKEN", token),
        }
        subject = _("You are invited to Commonroot")
        text = _(
            "%(inviter)s invites you to work with %(place)s as: %(role)s.\n\n"
            "Open this page within two weeks to accept:\n%(address)s\n"
        )
    letter = EmailMessage(
        subject, text % told, settings.DEFAULT_FROM_EMAIL, [invitation.email]
    )
    return send_or_wait(
        letter,
        tried,
        lambda later: send_invitation.using(run_after=later).enqueue(
            key, address, language, tried + 1
        ),
    )
