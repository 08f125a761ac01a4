"""The cast, for tests of the site's areas."""

import pytest

from people import Cast


@pytest.fixture
def cast(db):
    return Cast()
