"""What is kept of an account elsewhere, what the log says, and how it is taken away."""

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse

from commonroot.domain.audit.models import Line
from commonroot.domain.audit.queries import verify_log
from commonroot.domain.network.models import Person
from issuers import count_accounts, expect_refusal, sign_in, who_is_in

HOME = "/"


def read_connections():
    """Give what the log says of connecting, by whom and to what."""
    lines = Line.objects.filter(kind="sign-in").order_by("number")
    return [(line.verb, line.actor, line.key) for line in lines]


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


def test_the_page_of_accounts_wears_our_frame_and_is_for_whoever_is_signed_in(
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
