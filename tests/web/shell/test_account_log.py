"""What people do to their own accounts is in the log, without any personal data."""

import json
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.test import Client
from django.urls import reverse

from commonroot.domain.audit.models import Line
from commonroot.domain.audit.queries import find_last_change, lines_of, verify_log
from commonroot.web.shell.deeds import DEEDS

# The second steps tell of themselves when what they did is kept for good.
pytestmark = pytest.mark.django_db(transaction=True)
OLD, NEW = "four plain words here", "five other plain words here"


@pytest.fixture
def ana(cast):
    cast.Ana.set_password(OLD)
    cast.Ana.save()
    return cast.Ana


def read_log(since=0):
    lines = Line.objects.filter(number__gt=since).order_by("number")
    return [(line.verb, line.kind, line.actor) for line in lines]


def last_line():
    return Line.objects.order_by("number").last().number


def sign_in(password=OLD):
    client = Client()
    told = {"login": "ana@example.org", "password": password}
    client.post(reverse("account_login"), told)
    return client


def code_of(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def add_app(client):
    client.post(reverse("account_reauthenticate"), {"password": OLD})
    client.get(reverse("mfa_activate_totp"))
    secret = client.session["mfa.totp.secret"]
    client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    return secret


def test_signing_in_and_out_are_in_the_log_with_the_way(ana):
    since = last_line()
    client = sign_in()
    client.post(reverse("account_logout"))

    me = str(ana.pk)
    assert read_log(since) == [("sign in", "account", me), ("sign out", "account", me)]
    assert Line.objects.get(verb="sign in").origin == "password"
    assert verify_log().problem == ""


def test_a_password_that_does_not_fit_leaves_no_line_and_names_nobody(ana, caplog):
    since = last_line()
    sign_in("not the password at all")
    told = {"login": "nobody@example.org", "password": "whatever this may be"}
    Client().post(reverse("account_login"), told)

    assert read_log(since) == []
    assert [
        each.getMessage()
        for each in caplog.records
        if each.name.endswith("account_log")
    ] == ["a sign-in failed", "a sign-in failed"]
    assert "example.org" not in caplog.text


def test_a_changed_password_is_in_the_log(ana):
    client = sign_in()
    since = last_line()
    told = {"oldpassword": OLD, "password1": NEW, "password2": NEW}
    client.post(reverse("account_change_password"), told)

    assert read_log(since)[0] == ("change", "password", str(ana.pk))
    assert sign_in(NEW).get("/").status_code == 200


def test_a_password_set_anew_by_a_letter_is_in_the_log(ana):
    client = Client()
    client.post(reverse("account_reset_password"), {"email": "ana@example.org"})
    (letter,) = mail.outbox
    (address,) = [
        word.partition("testserver")[2]
        for word in letter.body.split()
        if "/password/reset/key/" in word
    ]
    since = last_line()
    page = client.get(address, follow=True)
    client.post(page.request["PATH_INFO"], {"password1": NEW, "password2": NEW})

    assert read_log(since)[0] == ("reset", "password", str(ana.pk))


def test_who_changed_how_one_signs_in_is_told_by_a_plain_letter(ana):
    client = sign_in()
    told = {"oldpassword": OLD, "password1": NEW, "password2": NEW}
    client.post(reverse("account_change_password"), told)
    client.post(reverse("account_reauthenticate"), {"password": NEW})
    client.get(reverse("mfa_activate_totp"))
    code = code_of(client.session["mfa.totp.secret"])
    client.post(reverse("mfa_activate_totp"), {"code": code})
    client.post(reverse("mfa_generate_recovery_codes"))
    client.post(reverse("mfa_deactivate_totp"))

    assert [letter.subject for letter in mail.outbox] == [
        "Your password was changed",
        "A second step was added to your account",
        "Your account has new recovery codes",
        "A second step was taken from your account",
    ]
    for letter in mail.outbox:
        assert letter.to == ["ana@example.org"]
        assert "If it was not you, choose a new password now" in letter.body
        assert "127.0.0.1" not in letter.body


def test_a_second_step_is_in_the_log_when_it_comes_is_renewed_and_goes(ana):
    client = sign_in()
    since = last_line()
    add_app(client)
    client.post(reverse("mfa_generate_recovery_codes"))
    client.post(reverse("mfa_deactivate_totp"))

    me = str(ana.pk)
    assert read_log(since) == [
        ("add", "authenticator app", me),
        ("add", "recovery codes", me),
        ("renew", "recovery codes", me),
        ("remove", "authenticator app", me),
        ("remove", "recovery codes", me),
    ]


def test_a_second_step_that_fails_is_in_the_log(ana):
    add_app(sign_in())
    client = sign_in()
    since = last_line()
    client.post(reverse("mfa_authenticate"), {"code": "000000"})

    assert read_log(since) == [("refuse", "second step", "system")]
    assert Line.objects.get(verb="refuse").key == str(ana.pk)


def test_a_session_ended_from_another_is_in_the_log(ana):
    other, client = sign_in(), sign_in()
    other.get("/")
    client.get("/")
    since = last_line()
    client.post(reverse("usersessions_list"))

    assert read_log(since) == [("end", "session", str(ana.pk))]
    assert other.get("/").status_code == 302


def test_nothing_in_these_lines_says_who_it_was_but_the_key(ana):
    add_app(sign_in())
    told = json.dumps(list(Line.objects.values_list("key", "origin", "reason")))

    assert "@" not in told
    assert "127.0.0.1" not in told


def test_a_sheet_is_not_drawn_anew_when_somebody_comes_and_goes(ana, cast):
    before = find_last_change(cast.Oak)
    add_app(sign_in())

    assert find_last_change(cast.Oak) == before


def test_coming_and_going_stay_out_of_what_somebody_did(ana):
    client = sign_in()
    add_app(client)
    client.post(reverse("account_logout"))
    mine = [(line.verb, line.kind) for line in lines_of(ana)]

    assert mine == [("add", "recovery codes"), ("add", "authenticator app")]


def test_every_deed_of_an_account_has_words(ana):
    since = last_line()
    client = sign_in()
    add_app(client)
    client.post(reverse("mfa_generate_recovery_codes"))
    client.post(reverse("mfa_deactivate_totp"))
    client.post(reverse("account_logout"))

    told = {(verb, kind) for verb, kind, _ in read_log(since)}
    assert told - DEEDS.keys() == set()
