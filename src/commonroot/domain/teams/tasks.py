"""Letters of a team, sent beside the pages."""

import datetime as dt

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone
from django_tasks import task

MOST_TRIES = 10


@task()
def send_letters(subject: str, text: str, emails: list[str], tried: int = 0) -> int:
    """Send a letter to each address; those that a mail server refused are tried again later.

    Gives how many were sent now.
    """
    left = []
    for email in emails:
        letter = EmailMessage(subject, text, settings.DEFAULT_FROM_EMAIL, [email])
        try:
            letter.send()
        except OSError:  # Everything that smtplib raises is one.
            left.append(email)
    if left and tried == MOST_TRIES:
        raise OSError(f"{len(left)} letters could not be sent")
    if left:
        later = timezone.now() + dt.timedelta(minutes=2**tried)
        send_letters.using(run_after=later).enqueue(subject, text, left, tried + 1)
    return len(emails) - len(left)
