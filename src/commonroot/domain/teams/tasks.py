"""Letters of a team, sent beside the pages."""

from django.conf import settings
from django.core.mail import EmailMessage
from django_tasks import task

from commonroot.domain.network.letters import send_or_wait


@task()
def send_letter(subject: str, text: str, email: str, tried: int = 0) -> bool:
    """Send one letter; one that a mail server refused is tried again later."""
    letter = EmailMessage(subject, text, settings.DEFAULT_FROM_EMAIL, [email])
    return send_or_wait(
        letter,
        tried,
        lambda later: send_letter.using(run_after=later).enqueue(
            subject, text, email, tried + 1
        ),
    )
