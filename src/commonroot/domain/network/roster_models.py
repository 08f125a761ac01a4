"""Rosters that somebody gave: what they say until the yes, and what they did."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models

from commonroot.domain.network.choices import FileState


class RosterImport(models.Model):
    """One roster, given at a region or a district.

    `draft` holds what was read between reading and the yes, and is empty after;
    `report` and `done` hold numbers and reasons, and nobody's name. The file itself is
    never kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    place = models.ForeignKey("network.Place", models.PROTECT, related_name="rosters")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    name = models.CharField(max_length=200)
    strict = models.BooleanField(default=False)
    state = models.CharField(
        max_length=12, choices=FileState, default=FileState.WAITING
    )
    given = models.DateTimeField(auto_now_add=True)
    decided = models.DateTimeField(null=True, blank=True)
    report = models.JSONField(default=dict)
    done = models.JSONField(default=dict)
    draft = models.JSONField(null=True)

    class Meta:
        """The newest first; what was decided holds nothing that was read."""

        ordering = ("-given",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state=FileState.WAITING)
                | models.Q(draft__isnull=True),
                name="decided_roster_has_no_draft",
            )
        ]

    def __str__(self) -> str:
        """Name the file."""
        return self.name
