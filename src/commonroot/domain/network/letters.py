"""Sending a letter: when a mail server is away, it is tried again later."""

import datetime as dt
from collections.abc import Callable

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone

MOST_TRIES = 10


def find_later(tried: int) -> dt.datetime:
    """Find when to try again: after twice the time each time."""
    return timezone.now() + dt.timedelta(minutes=2**tried)


def send_or_wait(
    letter: EmailMessage, tried: int, again: Callable[[dt.datetime], object]
) -> bool:
    """Send a letter, or let `again` plan another try; gives whether it was sent.

    After ten tries the fault is raised: somebody has to look at the mail server.
    """
    try:
        letter.send()
    except OSError:  # Everything that smtplib raises is one.
        if tried == MOST_TRIES:
            raise
        again(find_later(tried))
        return False
    return True


def write_address(path: str) -> str:
    """Write the whole address of a page for a letter that no request asked for.

    Nothing where the site has no address of its own: a laptop's is of use to nobody else.
    """
    hosts = (host for host in settings.ALLOWED_HOSTS if not host.startswith((".", "*")))
    host = next(hosts, "")
    return f"https://{host}{path}" if host and settings.SECURE_SSL_REDIRECT else ""
