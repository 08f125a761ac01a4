"""Tables of a convening: who sits with whom, the questions teams bring, and thoughts on them."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from commonroot.domain.network.things import Thing


class Question(Thing):
    """What a team brings to the consultancy, told by one of them.

    Read by the team, by those who prepare the day, and at its table.
    """

    team = models.OneToOneField(
        "convenings.SchoolTeam", models.CASCADE, related_name="question"
    )
    text = models.CharField(max_length=300)
    tried = models.CharField(max_length=400, blank=True)
    told_by = models.ForeignKey(
        "convenings.Guest", models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        """By school."""

        ordering = ("team__school__name",)

    def __str__(self) -> str:
        """Give the words."""
        return self.text


class Table(Thing):
    """One table of one turn of a part of the day. `question` is what is talked about there."""

    part = models.ForeignKey(
        "convenings.AgendaPart", models.CASCADE, related_name="tables"
    )
    turn = models.PositiveSmallIntegerField(default=1)
    number = models.PositiveSmallIntegerField()
    question = models.ForeignKey(
        Question, models.CASCADE, null=True, blank=True, related_name="tables"
    )
    guests = models.ManyToManyField("convenings.Guest", related_name="tables")

    class Meta:
        """By turn and number; each once."""

        ordering = ("turn", "number")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["part", "turn", "number"], name="table_once"
            )
        ]

    def __str__(self) -> str:
        """Give the number."""
        return str(self.number)


class Thought(Thing):
    """What somebody at the table would try, or wonders. For the team that asked."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="thoughts")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    text = models.CharField(max_length=400)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """As they came."""

        ordering = ("at", "pk")

    def __str__(self) -> str:
        """Name no word."""
        return f"thought on {self.question_id}"
