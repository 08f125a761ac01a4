"""Letters wait for a mail server that is away, and know the site's address."""

import datetime as dt

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.utils import timezone

from commonroot.domain.network.letters import (
    MOST_TRIES,
    find_later,
    send_or_wait,
    write_address,
)


class AwayLetter(EmailMessage):
    """A letter whose mail server is away."""

    def send(self, fail_silently=False):
        raise OSError("away")


def test_a_letter_that_can_be_sent_is_sent_once():
    planned = []

    assert send_or_wait(
        EmailMessage("a", "b", None, ["x@example.org"]), 0, planned.append
    )
    assert (len(mail.outbox), planned) == (1, [])


def test_a_letter_that_cannot_be_sent_is_tried_after_twice_the_time():
    planned = []

    assert not send_or_wait(
        AwayLetter("a", "b", None, ["x@example.org"]), 3, planned.append
    )
    assert planned[0] - timezone.now() > dt.timedelta(minutes=7)
    assert find_later(4) - planned[0] > dt.timedelta(minutes=7)


def test_the_last_try_is_no_secret():
    with pytest.raises(OSError, match="away"):
        send_or_wait(AwayLetter("a", "b", None, ["x@example.org"]), MOST_TRIES, print)


@pytest.mark.parametrize(
    ("hosts", "is_https", "address"),
    [
        (
            ["*", ".example.org", "site.example.org"],
            True,
            "https://site.example.org/a/",
        ),
        (["127.0.0.1"], False, ""),
        (["*"], True, ""),
    ],
)
def test_a_site_of_its_own_has_an_address(settings, hosts, is_https, address):
    settings.ALLOWED_HOSTS, settings.SECURE_SSL_REDIRECT = hosts, is_https

    assert write_address("/a/") == address
