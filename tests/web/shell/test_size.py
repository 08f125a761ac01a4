"""What is larger than any page takes is refused before it is read."""

import pytest
from django.conf import settings
from django.urls import reverse

from commonroot.web.shell.middleware import MOST_BYTES, MOST_BYTES_OF_STRANGERS

LARGER = "x" * (MOST_BYTES_OF_STRANGERS + 1)


def send(client, length=None):
    told = {"CONTENT_LENGTH": length} if length else {}
    return client.post(reverse("account_login"), {"login": LARGER}, **told).status_code


@pytest.mark.django_db
@pytest.mark.parametrize("cookie", ["", "x", "0123456789abcdef0123456789abcdef"])
def test_a_stranger_sends_little_whatever_cookie_they_make_up(browse, cookie):
    client = browse()
    if cookie:
        client.cookies[settings.SESSION_COOKIE_NAME] = cookie

    assert send(client) == 413


def test_whoever_is_signed_in_sends_as_much_as_a_file_is(cast, browse):
    client = browse(cast.Ana)

    assert send(client) != 413
    assert send(client, str(MOST_BYTES + 1)) == 413
