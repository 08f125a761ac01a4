"""Two issuers of the outside world, and the site that knows them."""

import pytest

from fake_issuer import FakeIssuer, make_key
from issuers import site_that_knows


@pytest.fixture(scope="session")
def keys():
    return make_key(), make_key()


@pytest.fixture
def district(keys):
    issuer = FakeIssuer(keys[0])
    yield issuer
    issuer.close()


@pytest.fixture
def county(keys):
    issuer = FakeIssuer(keys[0])
    yield issuer
    issuer.close()


@pytest.fixture
def site(cast, district, county):
    """The site with everybody of the cast, and both issuers named."""
    with site_that_knows(district=district, county=county):
        yield cast
