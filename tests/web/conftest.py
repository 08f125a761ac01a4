"""The cast, and a browser without a screen that any of them can use."""

import pytest
from django.test import Client

from people import Cast


@pytest.fixture
def cast(db):
    return Cast()


@pytest.fixture
def browse():
    """Sign somebody in, and give their browser."""

    def sign_in(person=None):
        client = Client()
        if person is not None:
            client.force_login(person)
        return client

    return sign_in
