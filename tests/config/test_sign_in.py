"""Who else may say who somebody is, read from the environment."""

import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from commonroot.config.providers import describe_providers, list_sign_in_origins
from commonroot.config.sign_in import read_issuers

DIRECTORY = "12345678-90ab-cdef-1234-567890abcdef"
DISTRICT = {
    "COMMONROOT_OIDC": "district",
    "COMMONROOT_OIDC_DISTRICT_ISSUER": "https://accounts.district.example/realm",
    "COMMONROOT_OIDC_DISTRICT_CLIENT": "the-site",
    "COMMONROOT_OIDC_DISTRICT_SECRET": "between us",
    "COMMONROOT_OIDC_DISTRICT_LABEL": "North District",
}


def name_issuers(*names, directory=DIRECTORY):
    """Give an environment that names issuers, each with what it must have."""
    environment = {"COMMONROOT_OIDC": ",".join(names)}
    environment["COMMONROOT_OIDC_MICROSOFT_TENANT"] = directory
    for name in names:
        environment[f"COMMONROOT_OIDC_{name.upper()}_CLIENT"] = "c"
        environment[f"COMMONROOT_OIDC_{name.upper()}_SECRET"] = "s"
    return environment


def test_without_a_name_there_is_nobody():
    assert read_issuers({}) == ()
    assert describe_providers(()) == {}
    assert list_sign_in_origins(()) == []


def test_the_issuers_that_everybody_knows_need_no_address():
    found = read_issuers(name_issuers("google", "microsoft", "classlink", "clever"))

    assert [(each.label, each.address, each.verified) for each in found] == [
        ("Google", "https://accounts.google.com", "email_verified"),
        (
            "Microsoft",
            f"https://login.microsoftonline.com/{DIRECTORY}/v2.0",
            "xms_edov",
        ),
        ("ClassLink", "https://launchpad.classlink.com", "email_verified"),
        ("Clever", "https://clever.com", "email_verified"),
    ]


def test_a_district_is_told_to_allauth_as_it_was_named():
    assert describe_providers(read_issuers(DISTRICT)) == {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "district",
                    "name": "North District",
                    "client_id": "the-site",
                    "secret": "between us",
                    "settings": {
                        "server_url": "https://accounts.district.example/realm"
                        "/.well-known/openid-configuration",
                        "openid_configuration_overrides": {
                            "issuer": "https://accounts.district.example/realm"
                        },
                        "verified_claim": "email_verified",
                    },
                }
            ],
        }
    }


def test_forms_may_end_up_at_the_issuers_and_nowhere_else():
    hosts = {"COMMONROOT_OIDC_DISTRICT_AUTHORISE_HOST": "sign-in.example, two.example"}

    assert list_sign_in_origins(read_issuers(DISTRICT | hosts)) == [
        "https://accounts.district.example",
        "https://sign-in.example",
        "https://two.example",
    ]


@pytest.mark.parametrize("what", ["ISSUER", "CLIENT", "SECRET", "LABEL"])
def test_a_value_that_is_missing_is_named(what):
    environment = {
        name: value for name, value in DISTRICT.items() if not name.endswith(what)
    }

    with pytest.raises(ImproperlyConfigured) as told:
        read_issuers(environment)
    assert str(told.value) == (
        "COMMONROOT_OIDC names 'district',"
        f" so COMMONROOT_OIDC_DISTRICT_{what} must be set"
    )


@pytest.mark.parametrize(
    ("what", "value"),
    [
        ("ISSUER", "accounts.district.example"),
        ("ISSUER", "http://accounts.district.example"),
        ("ISSUER", "https://ana@accounts.district.example"),
        ("ISSUER", "https://accounts.district.example?realm=1"),
        ("ISSUER", "https://accounts.district.example:port"),
        ("AUTHORISE_HOST", "https://sign-in.example"),
        ("AUTHORISE_HOST", "sign-in.example; script-src *"),
        ("VERIFIED", "email verified"),
    ],
)
def test_a_value_that_cannot_be_is_named(what, value):
    name = f"COMMONROOT_OIDC_DISTRICT_{what}"

    with pytest.raises(ImproperlyConfigured, match=f"^{name} must "):
        read_issuers(DISTRICT | {name: value})


@pytest.mark.parametrize("names", ["a/b", "north,north", "open_id", "-", "é"])
def test_a_name_that_cannot_be_is_told(names):
    with pytest.raises(ImproperlyConfigured, match="^COMMONROOT_OIDC names "):
        read_issuers({"COMMONROOT_OIDC": names})


@pytest.mark.parametrize("directory", ["common", "organizations", "district.example"])
def test_microsoft_is_one_directory_and_never_all_of_them(directory):
    with pytest.raises(ImproperlyConfigured, match="TENANT must be the tenant's key"):
        read_issuers(name_issuers("microsoft", directory=directory))


def test_a_machine_may_talk_to_itself_without_a_certificate():
    address = "http://127.0.0.1:9000"
    found = read_issuers(DISTRICT | {"COMMONROOT_OIDC_DISTRICT_ISSUER": address})

    assert [each.address for each in found] == [address]


@pytest.mark.slow
def test_a_site_with_half_an_issuer_does_not_start(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "commonroot", "serve"],
        env={
            **os.environ,
            "COMMONROOT_DATA": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "commonroot.config.settings",
            "COMMONROOT_OIDC": "google",
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2
    assert "COMMONROOT_OIDC_GOOGLE_CLIENT must be set" in done.stderr
    assert "Traceback" not in done.stderr
