"""What is said in the room of a series: agreements, and the closing circle."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from commonroot.domain.learning.choices import Answer, Audience, WordKind, Working
from commonroot.domain.network.things import Thing, by_somebody


class RoomAgreement(Thing):
    """What a group agrees on for its time together.

    `earlier` holds wordings it had before, each with the day on which it was changed.
    It holds from `adopted` on, and is looked at again on `review`.
    """

    series = models.ForeignKey(
        "learning.Series", models.CASCADE, related_name="agreements"
    )
    text = models.CharField(max_length=300)
    earlier = models.JSONField(default=list)
    proposed_by = by_somebody()
    proposed = models.DateField()
    adopted = models.DateField(null=True, blank=True)
    review = models.DateField(null=True, blank=True)
    ended = models.DateField(null=True, blank=True)

    class Meta:
        """As they were proposed."""

        ordering = ("proposed", "pk")

    def __str__(self) -> str:
        """Give the words."""
        return self.text


class AgreementAnswer(models.Model):
    """What one person says to an agreement as it is worded now."""

    agreement = models.ForeignKey(RoomAgreement, models.CASCADE, related_name="answers")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+"
    )
    answer = models.CharField(max_length=12, choices=Answer)
    words = models.CharField(max_length=300, blank=True)

    class Meta:
        """Each once."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agreement", "person"], name="agreement_answer_once"
            )
        ]

    def __str__(self) -> str:
        """Give the answer."""
        return str(self.get_answer_display())


class RepairNote(Thing):
    """That an agreement was broken for somebody, told to those who lead the room alone.

    `line` is what they did, which whoever wrote it reads.
    """

    agreement = models.ForeignKey(RoomAgreement, models.CASCADE, related_name="repairs")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+"
    )
    text = models.CharField(max_length=600)
    on = models.DateField()
    line = models.CharField(max_length=300, blank=True)
    settled = models.DateField(null=True, blank=True)
    settled_by = by_somebody()

    class Meta:
        """As they came."""

        ordering = ("on", "pk")

    def __str__(self) -> str:
        """Give the day, and no word."""
        return self.on.isoformat()


class AgreementReview(Thing):
    """Is it working? What a group said when it looked at an agreement again."""

    agreement = models.ForeignKey(RoomAgreement, models.CASCADE, related_name="reviews")
    working = models.CharField(max_length=8, choices=Working)
    words = models.CharField(max_length=300, blank=True)
    on = models.DateField()
    by = by_somebody()

    class Meta:
        """The newest first."""

        ordering = ("-on", "-pk")

    def __str__(self) -> str:
        """Give the answer."""
        return str(self.get_working_display())


class CircleWord(Thing):
    """What somebody said in a closing circle, for whom they chose.

    `person` wrote it on their own device. One that was typed from paper, or that a guest
    wrote, has none; `typed_by` then says who typed it, and a guest takes theirs back with
    a token, of which a digest is kept. What is withdrawn is deleted.
    """

    series = models.ForeignKey(
        "learning.Series", models.CASCADE, related_name="circle_words"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="circle_words",
    )
    typed_by = by_somebody()
    kind = models.CharField(max_length=12, choices=WordKind)
    text = models.CharField(max_length=600)
    audience = models.CharField(max_length=12, choices=Audience)
    said_as = models.CharField(max_length=80, blank=True)
    token_digest = models.CharField(max_length=64, null=True, blank=True, unique=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """As they were said."""

        ordering = ("at", "pk")

    def __str__(self) -> str:
        """Name the kind, and no word."""
        return str(self.get_kind_display())
