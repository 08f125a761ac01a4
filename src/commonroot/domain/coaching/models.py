"""Visits by invitation. Their words belong to teacher and coach, and are sealed."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models

from commonroot.domain.coaching.choices import Part, VisitState
from commonroot.domain.network.models import Place
from commonroot.domain.network.things import Thing, by_somebody


class Pair(Thing):
    """A teacher and a coach. `sealed_with` names the key of their words, in the site's folder."""

    coach = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="pairs_as_coach"
    )
    teacher = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="pairs_as_teacher"
    )
    sealed_with = models.UUIDField(default=uuid.uuid4, editable=False)

    class Meta:
        """Each once, and nobody with themselves."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["coach", "teacher"], name="pair_once"),
            models.CheckConstraint(
                condition=~models.Q(coach=models.F("teacher")), name="pair_of_two"
            ),
        ]

    def __str__(self) -> str:
        """Name both."""
        return f"{self.teacher}, {self.coach}"


class Visit(Thing):
    """One visit to a teacher's room, without a word of what it was about.

    `shown_focus` is the focus as the teacher lets the principal see it, and empty as long
    as they do not; `is_shown` says that they do. `again` is when the two look again.
    """

    pair = models.ForeignKey(Pair, models.CASCADE, related_name="visits")
    school = models.ForeignKey(Place, models.PROTECT, related_name="visits")
    day = models.DateField()
    starts = models.TimeField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(default=30)
    state = models.CharField(
        max_length=12, choices=VisitState, default=VisitState.ASKED
    )
    asked_by = by_somebody()
    again = models.DateField(null=True, blank=True)
    follows = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="followed_by"
    )
    is_shown = models.BooleanField(default=False)
    shown_focus = models.CharField(max_length=300, blank=True)
    erased = models.DateTimeField(null=True, blank=True)

    class Meta:
        """The newest first."""

        ordering = ("-day", "-starts", "pk")

    def __str__(self) -> str:
        """Give the day."""
        return self.day.isoformat()


class VisitNote(models.Model):
    """A line of a visit's words, sealed with the pair's key.

    Its key comes from whoever writes it, so that one sent twice is kept once.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    visit = models.ForeignKey(Visit, models.CASCADE, related_name="notes")
    part = models.CharField(max_length=12, choices=Part)
    by = by_somebody()
    at = models.DateTimeField()
    sealed = models.TextField()

    class Meta:
        """As they were written."""

        ordering = ("at", "pk")

    def __str__(self) -> str:
        """Name the part, and no word."""
        return str(self.get_part_display())
