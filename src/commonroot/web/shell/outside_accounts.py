"""Signing in with an account elsewhere: only for people who are known here."""

from typing import Any, NoReturn

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from django.http import HttpRequest
from django.shortcuts import render

from commonroot.domain.network.identities import find_person, is_invited
from commonroot.domain.network.models import Person
from commonroot.web.shell.outside_claims import find_verified_email, read_claims
from commonroot.web.shell.sign_in_log import connect


class KnownOnly(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Lets in who is known by a verified e-mail. Nobody is made, nobody is merged."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Connect whoever is known, the first time; refuse everybody else."""
        told = read_claims(sociallogin.account.extra_data)
        verified = sociallogin.provider.app.settings["verified_claim"]
        email = find_verified_email(told, verified)
        keep_little(sociallogin.account, email)
        # Connecting happens while signing in, and then only to the same e-mail.
        if not told or sociallogin.state.get("process") != AuthProcess.LOGIN:
            refuse(request, sociallogin, "unclear")
        if sociallogin.is_existing:
            need_active(request, sociallogin)
            return
        if email is None:
            refuse(request, sociallogin, "unverified")
        connect(request, sociallogin, find_known(request, sociallogin, email))

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: Any) -> Any:
        """Take nothing over: what the issuer calls somebody is not their name here."""
        return sociallogin.user


def keep_little(account: SocialAccount, email: str | None) -> None:
    """Keep the e-mail alone of what the issuer told, to show which account it is."""
    account.extra_data = {"email": email} if email else {}
    if account.pk:
        account.save(update_fields=["extra_data"])


def need_active(request: HttpRequest, sociallogin: SocialLogin) -> None:
    """Refuse whoever was connected once and may no longer sign in."""
    if not sociallogin.user.is_active:
        refuse(request, sociallogin, "unknown")


def find_known(request: HttpRequest, sociallogin: SocialLogin, email: str) -> Person:
    """Find the person whom a verified e-mail belongs to, or refuse."""
    person = find_person(email)
    if person is None:
        reason = "invited" if is_invited(email) else "unknown"
        refuse(request, sociallogin, reason, email)
    provider = sociallogin.account.provider
    # An address that a district gave to somebody new comes with another key.
    if SocialAccount.objects.filter(user=person, provider=provider).exists():
        refuse(request, sociallogin, "another", email)
    return person


def refuse(
    request: HttpRequest, sociallogin: SocialLogin, reason: str, email: str = ""
) -> NoReturn:
    """Say why somebody is not let in, and what they can do."""
    told = {"reason": reason, "issuer": sociallogin.provider.name, "email": email}
    page = render(request, "shell/sign_in_refused.html", told, status=403)
    raise ImmediateHttpResponse(page)
