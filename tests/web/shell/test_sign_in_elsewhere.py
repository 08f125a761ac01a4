"""Signing in with an account elsewhere: who gets in, who does not, and what is kept."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse

from commonroot.domain.audit.models import Line
from commonroot.domain.audit.queries import verify_log
from commonroot.domain.network.actions import invite
from commonroot.domain.network.choices import RoleKind
from commonroot.domain.network.models import Person
from issuers import begin, sign_in, visit

HOME = "/"


def who_is_in(client):
    """Give the e-mail of whoever is signed in."""
    key = client.session.get("_auth_user_id")
    return Person.objects.get(pk=key).email if key else None


def count_accounts():
    """Count everything that a sign-in could leave behind."""
    kinds = (Person, EmailAddress, SocialAccount, Line)
    return [each.objects.count() for each in kinds]


def read_connections():
    """Give what the log says of connecting, by whom and to what."""
    lines = Line.objects.filter(kind="sign-in").order_by("number")
    return [(line.verb, line.actor, line.key) for line in lines]


def expect_refusal(client, reason, before, **more):
    """Sign in, and see that it is refused with a reason and nothing is kept."""
    answer = sign_in(client, **more)

    assert (answer.status_code, answer.context["reason"]) == (403, reason)
    assert answer.templates[0].name == "shell/sign_in_refused.html"
    assert (who_is_in(client), count_accounts()) == (None, before)
    return answer.content.decode()


def test_somebody_known_gets_in(site, district, client):
    district.sign_in("ana@example.org")

    answer = sign_in(client)

    assert (answer.status_code, answer["Location"]) == (302, HOME)
    assert who_is_in(client) == "ana@example.org"


def test_an_e_mail_is_the_same_in_large_letters(site, district, client):
    district.sign_in("ANA@Example.org")
    sign_in(client)

    assert who_is_in(client) == "ana@example.org"


def test_the_second_time_goes_by_the_key_and_not_by_the_e_mail(site, district, client):
    district.sign_in("ana@example.org", key="7")
    sign_in(client)
    district.sign_in("ana-married@example.org", key="7")
    again = Client()
    sign_in(again)

    assert who_is_in(again) == "ana@example.org"
    assert SocialAccount.objects.count() == 1


def test_a_connection_is_in_the_log_once(site, district, client):
    district.sign_in("ana@example.org")
    sign_in(client)
    sign_in(Client())

    account = SocialAccount.objects.get()
    assert read_connections() == [("connect", str(site.Ana.pk), str(account.pk))]
    assert verify_log().problem == ""


def test_the_e_mail_alone_is_kept_of_what_an_issuer_tells(site, district, client):
    district.sign_in("ana@example.org")
    district.profile = {"name": {"first": "Ana"}, "picture": "https://a.example/ana"}
    sign_in(client)
    sign_in(Client())

    kept = SocialAccount.objects.get()
    assert kept.extra_data == {"email": "ana@example.org"}
    assert Person.objects.get(pk=site.Ana.pk).name == "Ana"


def test_a_password_and_a_session_elsewhere_outlive_connecting(site, district, client):
    site.Ana.set_password("four plain words here")
    site.Ana.save()
    other = Client()
    other.force_login(site.Ana)
    district.sign_in("ana@example.org")
    sign_in(client)

    assert Person.objects.get(pk=site.Ana.pk).has_usable_password()
    assert who_is_in(other) == "ana@example.org"
    assert other.get(HOME).status_code == 200


def test_somebody_unknown_is_told_to_ask_for_an_invitation(site, district, client):
    before = count_accounts()
    district.sign_in("zoe@example.org")

    page = expect_refusal(client, "unknown", before)

    assert "Ask your school or your network for an invitation" in page
    assert "zoe@example.org" in page


def test_somebody_invited_is_told_to_open_the_letter(site, district, client):
    invite(
        by=site.Ben,
        email="zoe@example.org",
        name="Zoe",
        kind=RoleKind.EDUCATOR,
        place=site.Oak,
    )
    before = count_accounts()
    district.sign_in("Zoe@example.org")

    page = expect_refusal(client, "invited", before)

    assert "Open the letter that came with it" in page


def test_nobody_takes_an_e_mail_here_to_wait_for_its_owner(site, district, client):
    mallory = Client()
    mallory.force_login(site.Ana)
    address = reverse("account_email")
    for action, email in (
        ("remove", "ana@example.org"),
        ("add", "zoe@example.org"),
        ("primary", "zoe@example.org"),
    ):
        mallory.post(address, {f"action_{action}": "", "email": email})
    before = count_accounts()
    district.sign_in("zoe@example.org")

    expect_refusal(client, "unknown", before)
    assert Person.objects.get(pk=site.Ana.pk).email == "ana@example.org"


@pytest.mark.parametrize("verified", [False, None, "false", "no", 0])
def test_an_e_mail_that_nobody_verified_is_not_enough(site, district, client, verified):
    before = count_accounts()
    district.sign_in("ana@example.org", verified=verified)

    expect_refusal(client, "unverified", before)


def test_an_issuer_that_says_nothing_of_verifying_is_not_enough(site, district, client):
    before = count_accounts()
    district.claims = {"sub": "1", "email": "ana@example.org"}

    expect_refusal(client, "unverified", before)


def test_an_invitation_is_not_told_to_whoever_only_claims_an_e_mail(
    site, district, client
):
    invite(
        by=site.Ben,
        email="zoe@example.org",
        name="Zoe",
        kind=RoleKind.EDUCATOR,
        place=site.Oak,
    )
    before = count_accounts()
    district.sign_in("zoe@example.org", verified=False)

    expect_refusal(client, "unverified", before)


def test_a_token_and_a_profile_with_two_e_mails_are_not_enough(site, district, client):
    before = count_accounts()
    district.sign_in("ana@example.org")
    district.profile = {"email": "ben@example.org"}

    expect_refusal(client, "unverified", before)


def test_somebody_who_was_turned_off_does_not_get_in(site, district, client):
    Person.objects.filter(pk=site.Ana.pk).update(is_active=False)
    before = count_accounts()
    district.sign_in("ana@example.org")

    expect_refusal(client, "unknown", before)


def test_somebody_turned_off_after_connecting_does_not_get_in(site, district, client):
    district.sign_in("ana@example.org")
    sign_in(Client())
    Person.objects.filter(pk=site.Ana.pk).update(is_active=False)
    before = count_accounts()

    expect_refusal(client, "unknown", before)


def test_somebody_whose_roles_ended_gets_in_and_sees_nothing(site, district, client):
    district.sign_in("olga@example.org")
    sign_in(client)
    answers = [
        client.get(reverse(name)).content.decode()
        for name in ("network:list-places", "network:list-people")
    ]

    assert who_is_in(client) == "olga@example.org"
    assert [each for each in ("Oak", "Elm", "Ben") if each in "".join(answers)] == []
    address = reverse("network:show-place", args=[site.Oak.pk])
    assert client.get(address).status_code == 404


def test_a_second_issuer_may_vouch_for_the_same_e_mail(site, district, county, client):
    district.sign_in("ana@example.org", key="1")
    county.sign_in("ana@example.org", key="2")
    sign_in(Client(), "district")
    sign_in(client, "county")

    assert who_is_in(client) == "ana@example.org"
    kept = SocialAccount.objects.order_by("pk")
    assert list(kept.values_list("provider", "uid")) == [
        ("district", "1"),
        ("county", "2"),
    ]


def test_the_key_of_one_issuer_is_nobody_at_another(site, district, county, client):
    district.sign_in("ana@example.org", key="1")
    county.sign_in("zoe@example.org", key="1")
    sign_in(Client(), "district")

    expect_refusal(client, "unknown", count_accounts(), name="county")


def test_an_e_mail_that_an_issuer_gave_to_somebody_new_does_not_get_in(
    site, district, client
):
    district.sign_in("ana@example.org", key="1")
    sign_in(Client())
    district.sign_in("ana@example.org", key="2")

    expect_refusal(client, "another", count_accounts())


def test_the_second_step_is_asked_all_the_same(site, district, client):
    TOTP.activate(site.Ana, generate_totp_secret())
    district.sign_in("ana@example.org")

    answer = sign_in(client)

    assert answer["Location"] == reverse("mfa_authenticate")
    assert who_is_in(client) is None
    assert client.get(HOME)["Location"] == f"{reverse('account_login')}?next=/"


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


@pytest.mark.parametrize("process", ["connect", "redirect"])
def test_an_account_is_connected_by_signing_in_and_in_no_other_way(
    site, district, client, process
):
    client.force_login(site.Ben)
    before = count_accounts()
    district.sign_in("ana@example.org")

    answer = sign_in(client, process=process)

    assert (answer.status_code, answer.context["reason"]) == (403, "unclear")
    assert (who_is_in(client), count_accounts()) == ("ben@example.org", before)


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


def test_pages_of_the_log_in_way_wear_our_frame_and_are_for_the_signed_in(
    site, district, client
):
    address = reverse("socialaccount_connections")
    assert client.get(address)["Location"].startswith(reverse("account_login"))

    district.sign_in("ana@example.org")
    sign_in(client)
    page = client.get(address).content.decode()

    assert "District School, ana@example.org" in page
    assert 'class="skip"' in page


def test_taking_an_account_away_is_in_the_log(site, district, client):
    site.Ana.set_password("four plain words here")
    site.Ana.save()
    district.sign_in("ana@example.org")
    sign_in(client)
    key = SocialAccount.objects.get().pk
    client.post(reverse("socialaccount_connections"), {"account": key})

    assert SocialAccount.objects.count() == 0
    actor = str(site.Ana.pk)
    assert read_connections() == [
        ("connect", actor, str(key)),
        ("disconnect", actor, str(key)),
    ]


def test_nobody_takes_away_somebody_elses_account(site, district, client):
    district.sign_in("ana@example.org")
    sign_in(Client())
    client.force_login(site.Ben)
    key = SocialAccount.objects.get().pk
    client.post(reverse("socialaccount_connections"), {"account": key})

    assert SocialAccount.objects.count() == 1


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
