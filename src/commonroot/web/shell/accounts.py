"""Signing in: only who was invited has an account."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from commonroot.web.shell.account_log import tell_failure


class InvitedOnly(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Closes sign-up: accounts come from invitations."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up without having been invited."""
        return False

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Tell that an e-mail and a password did not fit, and not which."""
        tell_failure()
