"""Which accounts elsewhere were connected to a person, and taken away again."""

from typing import Any

from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.db import transaction
from django.db.models.signals import post_delete
from django.http import HttpRequest

from commonroot.domain.audit.actions import record
from commonroot.domain.network.models import Person


@transaction.atomic
def connect(request: HttpRequest, sociallogin: SocialLogin, person: Person) -> None:
    """Remember that an account elsewhere is this person's, and write that down."""
    sociallogin.connect(request, person)
    record(by=person, verb="connect", kind="sign-in", key=sociallogin.account.pk)


def write_removal(instance: SocialAccount, origin: Any, **_: Any) -> None:
    """Write down that somebody took an account elsewhere away.

    Not when it goes because the person does: that is not their doing, and told anyway.
    """
    if origin is instance:
        record(by=instance.user, verb="disconnect", kind="sign-in", key=instance.pk)


def begin() -> None:
    """Listen to accounts being taken away; Django tells of it in their transaction."""
    post_delete.connect(write_removal, sender=SocialAccount, dispatch_uid="sign_in_log")
