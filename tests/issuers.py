"""A site of the tests that knows the fake issuers, and a browser that goes to them."""

import importlib
import urllib.error
import urllib.request
from contextlib import contextmanager
from urllib.parse import urlsplit

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.test import override_settings
from django.urls import clear_url_caches, reverse

from commonroot.config import urls
from commonroot.config.providers import describe_providers
from commonroot.config.sign_in import read_issuers
from commonroot.domain.audit.models import Line
from commonroot.domain.network.models import Person
from fake_issuer import CLIENT, SECRET


def name_in_environment(issuers):
    """Name issuers as a site keeper does."""
    told = {"COMMONROOT_OIDC": ",".join(issuers)}
    for name, issuer in issuers.items():
        space = f"COMMONROOT_OIDC_{name.upper()}"
        told |= {
            f"{space}_ISSUER": issuer.address,
            f"{space}_CLIENT": CLIENT,
            f"{space}_SECRET": SECRET,
            f"{space}_LABEL": f"{name.title()} School",
        }
    return read_issuers(told)


@contextmanager
def site_that_knows(**issuers):
    """Run the site with its addresses as they are when issuers are named."""
    providers = describe_providers(name_in_environment(issuers))
    try:
        with override_settings(SOCIALACCOUNT_PROVIDERS=providers):
            read_addresses_again()
            yield
    finally:
        read_addresses_again()


def read_addresses_again():
    """Have the site read its addresses once more."""
    importlib.reload(urls)
    clear_url_caches()


class Stay(urllib.request.HTTPRedirectHandler):
    """Tells where an answer sends the browser, and does not go there."""

    def redirect_request(self, *_):
        return None


def visit(address):
    """Go to an issuer; gives where it sends the browser."""
    try:
        urllib.request.build_opener(Stay).open(address).close()
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.headers["Location"]
    raise AssertionError(f"{address} sent the browser nowhere")


def begin(client, name="district", process="login", **more):
    """Press the button; gives where the site sends the browser."""
    address = reverse("openid_connect_login", args=[name])
    query = {"process": process, **more}
    return client.post(address, query_params=query)["Location"]


def sign_in(client, name="district", **more):
    """Press the button, be at the issuer, come back; gives the answer of the site."""
    back = urlsplit(visit(begin(client, name, **more)))
    return client.get(f"{back.path}?{back.query}")


def who_is_in(client):
    """Give the e-mail of whoever is signed in."""
    key = client.session.get("_auth_user_id")
    return Person.objects.get(pk=key).email if key else None


def count_accounts():
    """Count everything that a sign-in could leave behind."""
    kinds = (Person, EmailAddress, SocialAccount, Line)
    return [each.objects.count() for each in kinds]


def expect_refusal(client, reason, before, **more):
    """Sign in, and see that it is refused with a reason and nothing is kept."""
    answer = sign_in(client, **more)

    assert (answer.status_code, answer.context["reason"]) == (403, reason)
    assert answer.templates[0].name == "shell/sign_in_refused.html"
    assert (who_is_in(client), count_accounts()) == (None, before)
    return answer.content.decode()
