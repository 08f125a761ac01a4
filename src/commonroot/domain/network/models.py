"""Places, people, roles and groups; calendars and rosters stand beside them."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from commonroot.domain.network.calendar_models import (
    BellPeriod,
    Enrolment,
    SchoolDay,
    SchoolFile,
    SchoolYear,
    Staffing,
    Term,
)
from commonroot.domain.network.choices import MemberKind, PlaceKind, RoleKind, Shift
from commonroot.domain.network.group_models import Group, Membership
from commonroot.domain.network.roster_models import RosterImport

__all__ = [
    "BellPeriod",
    "Enrolment",
    "Group",
    "Invitation",
    "Membership",
    "People",
    "Person",
    "Place",
    "Role",
    "RosterImport",
    "SchoolDay",
    "SchoolFile",
    "SchoolYear",
    "Staffing",
    "Term",
    "Within",
]


class Place(models.Model):
    """A place in the network: one model for every kind, from the region to a department."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20, choices=PlaceKind)
    name = models.CharField(max_length=120)
    above = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="below"
    )
    county = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="schools_of_county"
    )
    outside_key = models.CharField(max_length=255, blank=True)

    class Meta:
        """Places have one name among those beside them."""

        ordering = ("name",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                "above", "kind", Lower("name"), name="one_name_beside_others"
            )
        ]

    def __str__(self) -> str:
        """Give the name."""
        return self.name


class Within(models.Model):
    """One place lies within another, or is it: written down for every pair, at any depth."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="surroundings")
    around = models.ForeignKey(Place, models.CASCADE, related_name="contents")

    class Meta:
        """Each pair once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place", "around"], name="within_once")
        ]

    def __str__(self) -> str:
        """Say it."""
        return f"{self.place_id} within {self.around_id}"


class People(BaseUserManager["Person"]):
    """Makes people, who sign in by e-mail."""

    def create_user(
        self, email: str, password: str | None = None, **more: Any
    ) -> "Person":
        """Make one person; without a password nobody can sign in with one."""
        person = self.model(email=email.strip().lower(), **more)
        person.set_password(password)
        person.save()
        return person


class Person(AbstractBaseUser):
    """Somebody who signs in. What they may see comes from their roles alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=8, blank=True)
    is_active = models.BooleanField(default=True)
    shares_email = models.BooleanField(default=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    objects = People()

    class Meta:
        """By name."""

        ordering = ("name",)

    def __str__(self) -> str:
        """Give the name."""
        return self.name


class Role(models.Model):
    """What a person does at a place, from a first day to a last one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="roles")
    kind = models.CharField(max_length=24, choices=RoleKind)
    place = models.ForeignKey(Place, models.PROTECT, related_name="roles")
    first = models.DateField()
    last = models.DateField(null=True, blank=True)
    member_kind = models.CharField(max_length=16, choices=MemberKind, blank=True)
    shift = models.CharField(max_length=16, choices=Shift, blank=True)
    given_by_roster = models.ForeignKey(
        RosterImport, models.SET_NULL, null=True, blank=True, related_name="roles"
    )

    class Meta:
        """The longest held come first."""

        ordering = ("first", "kind")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(last__isnull=True)
                | models.Q(last__gte=models.F("first")),
                name="role_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        """Name the role."""
        return f"{self.get_kind_display()}, {self.place}"


class Invitation(models.Model):
    """A place in the network offered to somebody by e-mail. Only its digest is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField()
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=24, choices=RoleKind)
    place = models.ForeignKey(Place, models.PROTECT, related_name="invitations")
    member_kind = models.CharField(max_length=16, choices=MemberKind, blank=True)
    shift = models.CharField(max_length=16, choices=Shift, blank=True)
    last = models.DateField(null=True, blank=True)
    invited_by = models.ForeignKey(Person, models.CASCADE, related_name="invitations")
    token_digest = models.CharField(max_length=64, unique=True)
    expires = models.DateTimeField()
    accepted = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        """Name it without the address."""
        return f"{self.get_kind_display()}, {self.place}"
