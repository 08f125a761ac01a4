"""Places, people, roles, groups and the school's calendar."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from commonroot.domain.network.choices import GroupKind, MemberKind, PlaceKind, RoleKind


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
    outside_key = models.CharField(max_length=120, blank=True)

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
    last = models.DateField(null=True, blank=True)
    invited_by = models.ForeignKey(Person, models.CASCADE, related_name="invitations")
    token_digest = models.CharField(max_length=64, unique=True)
    expires = models.DateTimeField()
    accepted = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        """Name it without the address."""
        return f"{self.get_kind_display()}, {self.place}"


class Group(models.Model):
    """People who meet for a purpose."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    place = models.ForeignKey(Place, models.PROTECT, related_name="groups")
    kind = models.CharField(max_length=16, choices=GroupKind)
    name = models.CharField(max_length=120)
    rhythm = models.CharField(max_length=200, blank=True)

    class Meta:
        """By name."""

        ordering = ("name",)

    def __str__(self) -> str:
        """Give the name."""
        return self.name


class Membership(models.Model):
    """One person in one group, for a time."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    member_kind = models.CharField(max_length=16, choices=MemberKind, blank=True)
    duty = models.CharField(max_length=60, blank=True)
    first = models.DateField()
    last = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        """Say who is where."""
        return f"{self.person}, {self.group}"


class SchoolYear(models.Model):
    """One school year of a school, from its first to its last day."""

    school = models.ForeignKey(Place, models.CASCADE, related_name="school_years")
    name = models.CharField(max_length=12)
    first = models.DateField()
    last = models.DateField()

    class Meta:
        """The newest first, each once."""

        ordering = ("-first",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school", "name"], name="school_year_once")
        ]

    def __str__(self) -> str:
        """Give the name."""
        return self.name


class SchoolDay(models.Model):
    """An instructional day of a school."""

    school = models.ForeignKey(Place, models.CASCADE, related_name="school_days")
    day = models.DateField()

    class Meta:
        """Each once."""

        ordering = ("day",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school", "day"], name="school_day_once")
        ]

    def __str__(self) -> str:
        """Give the day."""
        return self.day.isoformat()


class Enrolment(models.Model):
    """How many students a school had: of a grade, of a group, or in all."""

    school = models.ForeignKey(Place, models.CASCADE, related_name="enrolment")
    school_year = models.CharField(max_length=12)
    column = models.CharField(max_length=80, blank=True)
    value = models.CharField(max_length=80, blank=True)
    students = models.PositiveIntegerField()
    counted_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200)

    class Meta:
        """Each count once."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["school", "school_year", "column", "value"],
                name="enrolment_once",
            )
        ]

    def __str__(self) -> str:
        """Name what is counted."""
        return f"{self.school_year} {self.column} {self.value}"
