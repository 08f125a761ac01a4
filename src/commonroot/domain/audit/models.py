"""One line for each thing that somebody did, each sealing the one before it."""

from typing import ClassVar

from django.db import models


class Line(models.Model):
    """A line of the log. It names things by their kind and key, and holds no content.

    `digest` is an HMAC of the line before and this one with a key that is not in the
    database, so that a line that is changed, taken out or moved breaks the chain from
    there on, and whoever has the database alone cannot mend it.
    """

    number = models.BigIntegerField(unique=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=64)
    verb = models.CharField(max_length=64)
    kind = models.CharField(max_length=64)
    key = models.CharField(max_length=64)
    place = models.CharField(max_length=64, blank=True)
    origin = models.CharField(max_length=64, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    before = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        """Order as written."""

        ordering = ("number",)
        indexes: ClassVar = [models.Index(fields=["place", "number"], name="by_place")]

    def __str__(self) -> str:
        """Name the line."""
        return f"{self.number}: {self.verb} {self.kind}"


class Head(models.Model):
    """Where the chain ends. Whoever adds a line holds this row until it is written.

    `sealed_by` names the key, so that a wrong one is told from a changed line.
    """

    number = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    sealed_by = models.CharField(max_length=16, blank=True, default="")

    def __str__(self) -> str:
        """Name the end."""
        return str(self.number)
