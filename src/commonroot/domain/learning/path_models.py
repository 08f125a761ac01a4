"""The path of a coach: stages, who walks it with whom, and what both have signed."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from commonroot.domain.network.models import Place
from commonroot.domain.network.things import Thing, by_somebody

USUAL_NAMES = (
    gettext_noop("Attend"),
    gettext_noop("Co-facilitate"),
    gettext_noop("Lead with support"),
    gettext_noop("Lead alone"),
    gettext_noop("Mentor others"),
)


class PathStage(Thing):
    """One stage of a network's own list, and what of the records belongs to it."""

    region = models.ForeignKey(Place, models.CASCADE, related_name="path_stages")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    attended = models.PositiveSmallIntegerField(default=0)
    co_facilitated = models.PositiveSmallIntegerField(default=0)
    led_with_others = models.PositiveSmallIntegerField(default=0)
    led_alone = models.PositiveSmallIntegerField(default=0)
    mentored = models.PositiveSmallIntegerField(default=0)

    class Meta:
        """In their order; each once."""

        ordering = ("number",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["region", "number"], name="stage_once")
        ]

    def __str__(self) -> str:
        """Give the name: the usual ones in the reader's language, the network's as written."""
        return gettext(self.name) if self.name in USUAL_NAMES else self.name


class Path(Thing):
    """Somebody on the way from attending to leading, and who walks it with them.

    `employer_may_see` is the person's own choice, and can be taken back.
    """

    region = models.ForeignKey(Place, models.PROTECT, related_name="paths")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="paths"
    )
    mentor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="mentored"
    )
    begun = models.DateField()
    # What was written before is for the mentor of then.
    mentored_since = models.DateTimeField(default=timezone.now)
    employer_may_see = models.BooleanField(default=False)
    # The employers of that day are meant, and none that comes later.
    employer_agreed = models.DateField(null=True, blank=True)

    class Meta:
        """By name; one path a person in a region."""

        ordering = ("person__name",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["region", "person"], name="path_once")
        ]

    def __str__(self) -> str:
        """Name who walks it."""
        return str(self.person)


class Signature(Thing):
    """That one of the two signed a stage. One that is taken back stays, with its day.

    `as_mentor` is what somebody was when they signed: what a mentor signed stands when
    another goes along later.
    """

    path = models.ForeignKey(Path, models.CASCADE, related_name="signatures")
    stage = models.ForeignKey(PathStage, models.PROTECT, related_name="signatures")
    by = by_somebody()
    as_mentor = models.BooleanField(default=False)
    at = models.DateTimeField(auto_now_add=True)
    taken_back = models.DateTimeField(null=True, blank=True)

    class Meta:
        """As they were made."""

        ordering = ("at",)

    def __str__(self) -> str:
        """Say what was signed."""
        return f"{self.stage}, {self.by}"


class PathReflection(Thing):
    """What somebody thinks of where they are, for the two and whoever may see the path."""

    path = models.ForeignKey(Path, models.CASCADE, related_name="reflections")
    by = by_somebody()
    text = models.CharField(max_length=1000)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """As they were written."""

        ordering = ("at",)

    def __str__(self) -> str:
        """Name no word."""
        return f"reflection of {self.path_id}"


class IssuedBadge(Thing):
    """A credential that somebody asked for, and its place in the list of those taken back."""

    # A badge stays when its seat goes: its number is never given again.
    seat = models.OneToOneField(
        "learning.Seat", models.SET_NULL, null=True, related_name="issued_badge"
    )
    number = models.PositiveIntegerField(unique=True)
    issued = models.DateTimeField()
    # The participant minutes that it says.
    minutes = models.PositiveIntegerField(default=0)
    revoked = models.DateTimeField(null=True, blank=True)

    class Meta:
        """In their order."""

        ordering = ("number",)

    def __str__(self) -> str:
        """Give the number."""
        return str(self.number)
