"""Signing in: only who was invited has an account, and all that is said is in plain words."""

from collections.abc import Mapping
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from commonroot.domain.network.identities import find_person
from commonroot.web.shell.account_log import tell_failure


class InvitedOnly(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Closes sign-up: accounts come from invitations."""

    error_messages: ClassVar[Mapping[str, str | Promise]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed. Ask whoever invited you."),
        "email_password_mismatch": _("This e-mail and this password do not fit."),
        "enter_current_password": _("Type the password that you have now."),
        "incorrect_code": _("This is not the code, or it came too late."),
        "incorrect_password": _("This is not your password."),
        "invalid_or_expired_key": _("This address works no more. Ask for a new one."),
        "invalid_password_reset": _("This address works no more. Ask for a new one."),
        "rate_limited": _("That was too often. Wait a few minutes, and try again."),
        "too_many_login_attempts": _(
            "That was too often. Wait a few minutes, and try again."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up without having been invited."""
        return False

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Tell that an e-mail and a password did not fit, and not which."""
        tell_failure()

    def send_mail(
        self, template_prefix: str, email: str, context: dict[str, Any]
    ) -> None:
        """Send a letter in the language of whom it goes to, else in that of the page."""
        person = find_person(email.lower())
        language = person.language if person else ""
        with override(language or get_language()):
            super().send_mail(template_prefix, email, context)
