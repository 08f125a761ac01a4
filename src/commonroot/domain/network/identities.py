"""Whom an e-mail belongs to, for whoever signs in with it."""

from django.utils import timezone

from commonroot.domain.network.models import Invitation, Person


def find_person(email: str) -> Person | None:
    """Find the person with this e-mail, in small letters, who may sign in."""
    return Person.objects.filter(email=email, is_active=True).first()


def is_invited(email: str) -> bool:
    """Does an invitation to this e-mail, in small letters, wait to be accepted?"""
    return Invitation.objects.filter(
        email=email, accepted=None, expires__gt=timezone.now()
    ).exists()
