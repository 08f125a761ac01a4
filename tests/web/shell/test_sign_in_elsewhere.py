"""Signing in with an account elsewhere: who gets in, and who does not."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse

from commonroot.domain.network.actions import invite
from commonroot.domain.network.choices import RoleKind
from commonroot.domain.network.models import Person
from issuers import count_accounts, expect_refusal, sign_in, who_is_in

HOME = "/"


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
