"""What people do to their own accounts, and their coming and going, as lines of the log.

A line says who, what and when, and by which ways somebody came in: no address of a
machine, no e-mail. A second step that fails is in the log too: whoever came that far
knows the password. Other attempts that fail are told to the server's log, without saying
whose account it was: anybody can make any number of them, the log keeps all it is given,
and a line only for accounts that exist would take time that tells which do.
"""

import logging
from typing import Any

from allauth.account import signals as account
from allauth.account.authentication import get_authentication_records
from allauth.mfa import signals as second_step
from allauth.mfa.models import Authenticator
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from allauth.usersessions.models import UserSession
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db import transaction
from django.dispatch import Signal
from django.http import HttpRequest

from commonroot.domain.audit.actions import SIGN_IN, SIGN_OUT, SYSTEM, record
from commonroot.domain.network.models import Person

STEPS = {
    Authenticator.Type.TOTP: "authenticator app",
    Authenticator.Type.WEBAUTHN: "passkey",
    Authenticator.Type.RECOVERY_CODES: "recovery codes",
}
ACCOUNT_DEEDS: tuple[tuple[Signal, str, str], ...] = (
    (account.password_changed, "change", "password"),
    (account.password_reset, "reset", "password"),
    (account.password_set, "set", "password"),
    (account.email_added, "add", "e-mail"),
    (account.email_changed, "change", "e-mail"),
    (account.email_removed, "remove", "e-mail"),
)
STEP_DEEDS: tuple[tuple[Signal, str], ...] = (
    (second_step.authenticator_added, "add"),
    (second_step.authenticator_removed, "remove"),
    (second_step.authenticator_reset, "renew"),
)
logger = logging.getLogger(__name__)


@transaction.atomic
def write(
    *, by: Person | str, verb: str, kind: str, key: Any, origin: str = ""
) -> None:
    """Write one line about an account."""
    record(by=by, verb=verb, kind=kind, key=key, origin=origin)


def write_sign_in(request: HttpRequest, user: Person, **_: Any) -> None:
    """Write down that somebody is in, and by which ways."""
    ways = [way["method"] for way in get_authentication_records(request, user)]
    told = ", ".join(dict.fromkeys(ways))[:64]
    write(by=user, verb=SIGN_IN, kind="account", key=user.pk, origin=told)


def write_sign_out(user: Person | None, **_: Any) -> None:
    """Write down that somebody left."""
    if user is not None:
        write(by=user, verb=SIGN_OUT, kind="account", key=user.pk)


def write_failed_step(user: Person, **_: Any) -> None:
    """Write down that a second step failed: it need not be the person who tried."""
    write(by=SYSTEM, verb="refuse", kind="second step", key=user.pk)


def tell_failure(**_: Any) -> None:
    """Tell the server's log that somebody was not let in."""
    logger.warning("a sign-in failed")


class EndingWrittenDown(DefaultUserSessionsAdapter):  # type: ignore[misc]  # allauth has no types
    """Writes down which sessions somebody ends from another."""

    @transaction.atomic
    def end_sessions(self, sessions: list[UserSession]) -> None:
        """End sessions, and write that down."""
        for session in sessions:
            write(by=session.user, verb="end", kind="session", key=session.pk)
        super().end_sessions(sessions)


def begin() -> None:
    """Listen to what happens to accounts."""
    user_logged_in.connect(write_sign_in, dispatch_uid="log_sign_in")
    user_logged_out.connect(write_sign_out, dispatch_uid="log_sign_out")
    second_step.authentication_failed.connect(
        write_failed_step, dispatch_uid="log_failed_step"
    )
    for signal, verb, kind in ACCOUNT_DEEDS:
        listen(signal, verb, kind)
    for signal, verb in STEP_DEEDS:
        listen(signal, verb, "")


def listen(signal: Signal, verb: str, kind: str) -> None:
    """Write a line whenever a signal comes; its kind is the step's when it has none."""

    def hear(
        user: Person, authenticator: Authenticator | None = None, **_: Any
    ) -> None:
        of = kind if authenticator is None else STEPS[authenticator.type]
        write(by=user, verb=verb, kind=of, key=user.pk)

    signal.connect(hear, weak=False, dispatch_uid=f"log_{verb}_{kind or 'step'}")
