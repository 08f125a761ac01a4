"""A real browser goes to an issuer and comes back, held to the site's policy."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from commonroot.config.providers import list_sign_in_origins
from fake_issuer import FakeIssuer, make_key
from issuers import name_in_environment, site_that_knows
from people import Cast

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def issuer():
    made = FakeIssuer(make_key())
    made.sign_in("ben@example.org")
    yield made
    made.close()


@pytest.fixture
def open_page(browser, live_server, issuer):
    """Open a page of the site that knows the issuer, by default without JavaScript."""
    Cast()
    contexts = []

    def open_one(**how):
        contexts.append(browser.new_context(**{"java_script_enabled": False} | how))
        return contexts[-1].new_page()

    with site_that_knows(district=issuer):
        yield open_one
    for context in contexts:
        context.close()


def allow(settings, origins):
    """Let forms of the site end up at these places too."""
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    settings.CONTENT_SECURITY_POLICY = {
        "DIRECTIVES": directives | {"form-action": ["'self'", *origins]}
    }


def press(page, live_server):
    page.goto(live_server.url)
    page.get_by_role("button", name="Sign in with District School").click()


def test_one_button_leads_there_and_back(open_page, live_server, issuer, settings):
    allow(settings, list_sign_in_origins(name_in_environment({"district": issuer})))
    page = open_page()
    press(page, live_server)

    assert page.get_by_role("heading", level=1).inner_text() == "Hello, Ben"
    assert page.url == f"{live_server.url}/"


def test_a_browser_goes_to_no_issuer_that_the_policy_does_not_name(
    open_page, live_server, issuer, settings
):
    allow(settings, [])
    page = open_page()
    refused = []
    page.on("console", lambda said: refused.append(said.text))
    press(page, live_server)
    page.wait_for_timeout(1000)

    assert "form-action 'self'" in " ".join(refused)
    assert [path for path, _ in issuer.asked if path == "/authorize"] == []


def test_the_pages_of_it_can_be_used_by_everybody(
    open_page, live_server, issuer, settings
):
    allow(settings, list_sign_in_origins(name_in_environment({"district": issuer})))
    page = open_page(java_script_enabled=True)
    found = {}
    issuer.sign_in("zoe@example.org")
    page.goto(live_server.url)
    found["sign in"] = Axe().run(page).violations_count
    page.get_by_role("button", name="Sign in with District School").click()
    found["refused"] = Axe().run(page).violations_count
    issuer.sign_in("ben@example.org")
    press(page, live_server)
    page.goto(f"{live_server.url}/account/3rdparty/")
    found["connected"] = Axe().run(page).violations_count
    page.goto(f"{live_server.url}/you/")
    found["account"] = Axe().run(page).violations_count

    assert found == {"sign in": 0, "refused": 0, "connected": 0, "account": 0}
