"""What comes after a workshop: tools tried, and what people recommend; and materials."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from commonroot.domain.learning.choices import Happened, Tried
from commonroot.domain.network.models import Place
from commonroot.domain.network.things import Thing


class Tool(Thing):
    """Something from a workshop that can be used on the next day."""

    workshop = models.ForeignKey(
        "learning.Workshop", models.CASCADE, related_name="tools"
    )
    name = models.CharField(max_length=160)
    about = models.CharField(max_length=600, blank=True)

    class Meta:
        """By name."""

        ordering = ("name",)

    def __str__(self) -> str:
        """Give the name."""
        return self.name


class ToolChoice(Thing):
    """A tool that somebody chose to try, when they are asked about it, and what happened.

    It is its chooser's own. What is `shared` is read by their network, as they word it.
    """

    series = models.ForeignKey(
        "learning.Series", models.CASCADE, related_name="tool_choices"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="tool_choices"
    )
    tool = models.ForeignKey(Tool, models.CASCADE, related_name="choices")
    chosen = models.DateField()
    ask_on = models.DateField()
    asked = models.DateField(null=True, blank=True)
    tried = models.CharField(max_length=8, choices=Tried, blank=True)
    happened = models.CharField(max_length=12, choices=Happened, blank=True)
    words = models.CharField(max_length=600, blank=True)
    told = models.DateField(null=True, blank=True)
    shared = models.DateField(null=True, blank=True)
    title = models.CharField(max_length=120, blank=True)
    said_as = models.CharField(max_length=80, blank=True)
    school = models.ForeignKey(
        Place, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        """The newest first; a tool once in a series."""

        ordering = ("-chosen", "-pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["series", "person", "tool"], name="tool_choice_once"
            )
        ]

    def __str__(self) -> str:
        """Name the tool."""
        return str(self.tool)


class Recommendation(Thing):
    """That somebody recommends a workshop to their school. Only how many do is shown."""

    workshop = models.ForeignKey(
        "learning.Workshop", models.CASCADE, related_name="recommendations"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="recommendations"
    )
    school = models.ForeignKey(Place, models.CASCADE, related_name="recommendations")
    on = models.DateField()

    class Meta:
        """Each once."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workshop", "person", "school"], name="recommendation_once"
            )
        ]

    def __str__(self) -> str:
        """Say what is recommended, without saying who does."""
        return str(self.workshop)


class Material(Thing):
    """Something to read or use in a series: an address, or a text."""

    series = models.ForeignKey(
        "learning.Series", models.CASCADE, related_name="materials"
    )
    title = models.CharField(max_length=120)
    link = models.URLField(max_length=400, blank=True)
    text = models.TextField(max_length=4000, blank=True)

    class Meta:
        """By title."""

        ordering = ("title",)

    def __str__(self) -> str:
        """Give the title."""
        return self.title


class DateFeed(models.Model):
    """The address at which dates can be followed: a person's own, or those of a series.

    Only its digest is kept.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="learning_feed",
    )
    series = models.OneToOneField(
        "learning.Series",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="feed",
    )
    token_digest = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        """Name it without its token."""
        return f"feed of {self.series or self.person}"
