"""The buttons that begin a sign-in elsewhere, where they lead, and where one comes back."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from issuers import begin, sign_in, visit, who_is_in

HOME = "/"


def test_signing_out_ends_it(site, district, client):
    district.sign_in("ana@example.org")
    sign_in(client)
    client.post(reverse("account_logout"))

    assert who_is_in(client) is None


def test_what_was_asked_for_first_is_where_one_comes_back(site, district, client):
    district.sign_in("ana@example.org")
    places = reverse("network:list-places")
    page = client.get(reverse("account_login"), {"next": places}).content.decode()
    button = re.search(r'action="(/account/oidc/district/[^"]+)"', page)[1]
    back = visit(client.post(button.replace("&amp;", "&"))["Location"])

    assert client.get(back)["Location"] == places


@pytest.mark.parametrize(
    "where", ["https://evil.example/", "//evil.example/", "https:evil.example"]
)
def test_nobody_is_sent_to_somewhere_else_afterwards(site, district, client, where):
    district.sign_in("ana@example.org")

    assert sign_in(client, next=where)["Location"] == HOME


def test_a_link_begins_nothing_by_itself(site, district):
    client = Client(enforce_csrf_checks=True)
    address = reverse("openid_connect_login", args=["district"])
    shown, sent = client.get(address), client.post(address)

    assert (shown.status_code, sent.status_code) == (200, 403)
    assert "You go to District School to sign in there" in shown.content.decode()
    assert district.asked == []


def test_the_issuer_is_asked_with_a_state_and_a_challenge(site, district, client):
    asked = parse_qs(urlsplit(begin(client)).query)

    assert asked["redirect_uri"] == [
        "http://testserver/account/oidc/district/login/callback/"
    ]
    assert sorted(asked["scope"][0].split()) == ["email", "openid", "profile"]
    assert asked["code_challenge_method"] == ["S256"]
    assert sorted(asked) == [
        "client_id",
        "code_challenge",
        "code_challenge_method",
        "redirect_uri",
        "response_type",
        "scope",
        "state",
    ]


def test_the_login_page_has_a_button_for_each_issuer(site, client):
    page = client.get(reverse("account_login")).content.decode()

    assert page.count("<button>Sign in with ") == 2
    assert "<button>Sign in with County School</button>" in page


def test_the_buttons_speak_spanish(site, client):
    page = client.get(reverse("account_login"), headers={"Accept-Language": "es"})

    assert "<button>Entrar con County School</button>" in page.content.decode()


def test_without_an_issuer_nothing_of_this_is_there(cast, browse, client):
    page = client.get(reverse("account_login")).content.decode()
    gone = [
        browse(cast.Ana).get(path).status_code
        for path in (
            "/account/3rdparty/",
            "/account/3rdparty/signup/",
            "/account/oidc/district/login/",
            "/account/oidc/district/login/callback/",
        )
    ]

    assert gone == [404, 404, 404, 404]
    assert page.count("<form") == 2
    assert "Accounts elsewhere" not in browse(cast.Ana).get("/you/").content.decode()
