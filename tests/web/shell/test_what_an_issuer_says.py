"""What is checked of an issuer's answer, and what is believed without being checked."""

import time
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from commonroot.config.urls import urlpatterns
from issuers import begin, sign_in, visit


def come_back(client, address, **changes):
    """Come back from the issuer with parts of its answer changed."""
    back = urlsplit(address)
    asked = {name: values[0] for name, values in parse_qs(back.query).items()}
    return client.get(f"{back.path}?{urlencode(asked | changes)}")


def is_in(client):
    return "_auth_user_id" in client.session


@pytest.mark.parametrize(
    "changed",
    [
        {"iss": "https://evil.example"},
        {"aud": "another-site"},
        {"exp": int(time.time()) - 60},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_a_token_from_another_for_another_or_of_another_time_is_refused(
    site, district, client, changed
):
    district.sign_in("ana@example.org")
    district.token = changed

    assert sign_in(client).status_code == 401
    assert (is_in(client), SocialAccount.objects.count()) == (False, 0)


def test_an_issuer_that_calls_itself_something_else_is_refused(site, district, client):
    district.sign_in("ana@example.org")
    district.settings = {"issuer": "https://evil.example"}
    district.token = {"iss": "https://evil.example"}

    assert sign_in(client).status_code == 401


def test_an_answer_without_a_token_is_refused(site, district, client):
    district.sign_in("ana@example.org")
    district.with_token = False

    answer = sign_in(client)

    assert (answer.status_code, answer.context["reason"]) == (403, "unclear")
    assert (is_in(client), SocialAccount.objects.count()) == (False, 0)


def test_a_profile_of_somebody_else_than_the_token_is_refused(site, district, client):
    district.sign_in("ana@example.org", key="1")
    district.profile = {"sub": "2"}

    answer = sign_in(client)

    assert (answer.status_code, answer.context["reason"]) == (403, "unclear")
    assert (is_in(client), SocialAccount.objects.count()) == (False, 0)


def test_a_state_that_was_not_given_here_is_refused(site, district, client):
    district.sign_in("ana@example.org")
    back = visit(begin(client))

    assert come_back(client, back, state="guessed").status_code == 401
    assert come_back(Client(), back).status_code == 401
    assert not is_in(client)


def test_a_state_is_good_once(site, district, client):
    district.sign_in("ana@example.org")
    back = visit(begin(client))
    come_back(client, back)
    client.logout()

    assert come_back(client, back).status_code == 401


def test_a_state_of_one_issuer_is_not_good_for_another(site, district, client):
    district.sign_in("ana@example.org")
    back = visit(begin(client)).replace("/district/", "/county/")

    assert come_back(client, back).status_code == 401


def test_a_code_that_another_browser_began_is_refused(site, district, client):
    # The issuer holds the code to the challenge of the browser that began.
    district.sign_in("ana@example.org")
    stolen = parse_qs(urlsplit(visit(begin(Client()))).query)["code"][0]
    back = visit(begin(client))

    assert come_back(client, back, code=stolen).status_code == 401
    assert not is_in(client)


def test_somebody_who_changes_their_mind_is_told_how_to_go_on(site, client):
    back = begin(client)
    state = parse_qs(urlsplit(back).query)["state"][0]
    answer = client.get(
        "/account/oidc/district/login/callback/",
        {"error": "access_denied", "state": state},
        follow=True,
    )

    assert answer.status_code == 200
    assert 'href="/account/login/"' in answer.content.decode()


def test_an_issuer_that_does_not_answer_is_told_in_our_frame(site, district, client):
    district.close()
    answer = client.post("/account/oidc/district/login/?process=login")

    assert answer.status_code == 502
    assert "Signing in did not work" in answer.content.decode()


def test_a_token_that_came_from_the_issuer_itself_is_believed_without_its_signature(
    site, district, client, keys
):
    # OpenID Connect Core, 3.1.3.7: the certificate of the issuer's host stands for it.
    district.sign_in("ana@example.org")
    district.signing_key = keys[1]
    sign_in(client)

    assert is_in(client)
    assert [path for path, _ in district.asked if path == "/keys"] == []


def test_no_nonce_is_sent_so_none_is_looked_for(site, district, client):
    # State and challenge tie the answer to the browser that began.
    district.sign_in("ana@example.org")
    district.token = {"nonce": "of somebody else"}
    sign_in(client)

    assert is_in(client)


@pytest.mark.parametrize(
    "changed",
    [{"nbf": int(time.time()) + 3600}, {"iat": int(time.time()) + 3600}, {"exp": None}],
    ids=lambda changed: next(iter(changed)),
)
def test_only_the_end_of_a_token_is_looked_at_and_only_when_it_has_one(
    site, district, client, changed
):
    district.sign_in("ana@example.org")
    district.token = changed
    sign_in(client)

    assert is_in(client)


def test_the_addresses_of_the_site_are_as_before_afterwards():
    assert [str(each.pattern) for each in urlpatterns if "3rdparty" in str(each)] == []
