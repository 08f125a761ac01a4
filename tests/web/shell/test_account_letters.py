"""What the site writes and says about an account is in our own plain words."""

import re
from pathlib import Path

import allauth
import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

import commonroot
from commonroot.domain.audit.models import Line
from commonroot.web.shell.accounts import InvitedOnly

STOCK = re.compile(r"Hello from|Thank you for using|You are receiving|ignored if", re.I)
LETTERS = (
    "login_code",
    "password_reset_key",
    "email_confirmation",
    "unknown_account",
)
TEMPLATES = Path(commonroot.__file__).parent / "web" / "shell" / "templates"


@pytest.fixture(autouse=True)
def nothing_was_asked_before():
    """How often somebody may ask is counted in the cache."""
    cache.clear()


def ask_for_code(email="ana@example.org"):
    client = Client()
    client.post(reverse("account_request_login_code"), {"email": email})
    return client


def ask_for_password(email="ana@example.org"):
    Client().post(reverse("account_reset_password"), {"email": email})


def test_the_letter_with_a_code_says_what_to_do_with_it(cast):
    ask_for_code()
    (letter,) = mail.outbox

    assert letter.subject == "Your code to sign in"
    assert letter.body.startswith(
        "Somebody asked to sign in to Commonroot with your e-mail."
    )
    assert STOCK.findall(letter.body) == []
    assert letter.body.endswith("This letter comes from Commonroot, at testserver.")


def test_the_code_in_the_letter_lets_in(cast):
    client = ask_for_code()
    (code,) = re.findall(r"^[A-Z0-9]+-?[A-Z0-9]+$", mail.outbox[0].body, re.M)
    client.post(reverse("account_confirm_login_code"), {"code": code})

    assert client.get("/").status_code == 200


def test_the_letter_for_a_new_password_has_its_address_alone_on_a_line(cast):
    ask_for_password()
    (letter,) = mail.outbox
    (address,) = re.findall(r"^http\S+$", letter.body, re.M)

    assert letter.subject == "Choose a new password"
    assert STOCK.findall(letter.body) == []
    assert Client().get(address, follow=True).status_code == 200


def test_nobody_is_written_to_whom_nobody_knows(cast):
    ask_for_code("nobody@example.org")
    ask_for_password("nobody@example.org")

    assert mail.outbox == []


@pytest.mark.parametrize("language", ["es", "en"])
def test_a_letter_is_in_the_language_of_whom_it_goes_to(cast, language, monkeypatch):
    cast.Ana.language = language
    cast.Ana.save()
    spoken = []
    render = InvitedOnly.render_mail

    def hear(adapter, *told, **more):
        from django.utils.translation import get_language  # noqa: PLC0415  # as it is then

        spoken.append(get_language())
        return render(adapter, *told, **more)

    monkeypatch.setattr(InvitedOnly, "render_mail", hear)
    with override("en" if language == "es" else "es"):
        ask_for_code()

    assert spoken == [language]


@pytest.mark.parametrize("name", LETTERS)
def test_every_letter_that_may_be_sent_is_ours(name):
    for part in ("subject", "message"):
        assert (TEMPLATES / f"account/email/{name}_{part}.txt").exists()


def test_every_message_of_an_account_is_ours():
    theirs = Path(allauth.__file__).parent / "templates"
    # Nobody has a telephone number here, or more than one e-mail.
    never = {"phone_verification_sent", "phone_verified", "email_deleted"}
    never |= {"primary_email_set", "unverified_primary_email"}
    stock = {
        str(path.relative_to(theirs))
        for area in ("account", "mfa", "usersessions")
        for path in (theirs / area / "messages").glob("*.txt")
        if path.stem not in never
    }

    assert {each for each in stock if not (TEMPLATES / each).exists()} == set()


def test_a_password_that_does_not_fit_is_told_plainly(cast):
    told = {"login": "ana@example.org", "password": "not this one at all"}
    page = Client().post(reverse("account_login"), told).content.decode()

    assert "This e-mail and this password do not fit." in page


def test_the_language_that_somebody_chooses_is_that_of_letters_to_them(cast, browse):
    client = browse(cast.Ana)
    client.post(reverse("shell:set_language"), {"language": "es", "next": "/"})
    client.post(reverse("shell:set_language"), {"language": "es", "next": "/"})
    client.post(reverse("shell:set_language"), {"language": "xx", "next": "/"})
    cast.Ana.refresh_from_db()

    assert cast.Ana.language == "es"
    chosen = Line.objects.filter(verb="choose", kind="language")
    assert [line.actor for line in chosen] == [str(cast.Ana.pk)]


def test_a_language_chosen_by_nobody_is_only_the_browsers(cast):
    Client().post(reverse("shell:set_language"), {"language": "es", "next": "/"})

    assert Line.objects.filter(verb="choose").count() == 0
