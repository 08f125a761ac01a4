"""What allauth and the browser must know of the issuers."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from commonroot.config.sign_in import Issuer


def list_sign_in_origins(issuers: Sequence[Issuer]) -> list[str]:
    """List where the forms that begin a sign-in elsewhere end up.

    >>> list_sign_in_origins([Issuer("a", "A", "https://a.org/x", "c", "s", "v", ("b.org",))])
    ['https://a.org', 'https://b.org']
    """
    found = []
    for each in issuers:
        parts = urlsplit(each.address)
        found.append(f"{parts.scheme}://{parts.netloc}")
        found += [f"https://{host}" for host in each.hosts]
    return list(dict.fromkeys(found))


def describe_providers(issuers: Sequence[Issuer]) -> dict[str, Any]:
    """Tell allauth of the issuers, in its own words."""
    if not issuers:
        return {}
    return {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [describe_provider(each) for each in issuers],
        }
    }


def describe_provider(issuer: Issuer) -> dict[str, Any]:
    """Tell allauth of one issuer."""
    described: dict[str, Any] = {
        "server_url": f"{issuer.address.rstrip('/')}/.well-known/openid-configuration",
        # allauth believes what the page at that address calls itself; the token must
        # come from the issuer that was named here.
        "openid_configuration_overrides": {"issuer": issuer.address},
        "verified_claim": issuer.verified,
    }
    if issuer.name == "clever":
        described["token_auth_method"] = "client_secret_basic"
    return {
        "provider_id": issuer.name,
        "name": issuer.label,
        "client_id": issuer.client,
        "secret": issuer.secret,
        "settings": described,
    }
