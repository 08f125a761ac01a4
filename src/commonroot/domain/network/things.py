"""What every thing of an area has: a key that cannot be guessed, and who did it."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models


class Thing(models.Model):
    """A key that cannot be guessed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        """No table of its own."""

        abstract = True


def by_somebody() -> "models.ForeignKey[Any, Any]":
    """Name who did something; the deed stays when the person goes."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
