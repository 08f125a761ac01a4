"""Groups of people who meet for a purpose, and who is in them."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower

from commonroot.domain.network.choices import GroupKind, MemberKind


class Group(models.Model):
    """People who meet for a purpose."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    place = models.ForeignKey("network.Place", models.PROTECT, related_name="groups")
    kind = models.CharField(max_length=16, choices=GroupKind)
    name = models.CharField(max_length=120)
    rhythm = models.CharField(max_length=200, blank=True)

    class Meta:
        """By name; one name at a place."""

        ordering = ("name",)
        constraints: ClassVar = [
            models.UniqueConstraint("place", Lower("name"), name="group_once")
        ]

    def __str__(self) -> str:
        """Give the name."""
        return self.name


class Membership(models.Model):
    """One person in one group, for a time."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="memberships")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships"
    )
    member_kind = models.CharField(max_length=16, choices=MemberKind, blank=True)
    duty = models.CharField(max_length=60, blank=True)
    first = models.DateField()
    last = models.DateField(null=True, blank=True)

    class Meta:
        """By name; nobody is in a group twice at a time."""

        ordering = ("person__name",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["group", "person"],
                condition=models.Q(last__isnull=True),
                name="member_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(last__isnull=True)
                | models.Q(last__gte=models.F("first")),
                name="membership_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        """Say who is where."""
        return f"{self.person}, {self.group}"
