"""Pages of a year, their highlights, and the words on them."""

from typing import ClassVar

from django.db import models

from commonroot.domain.highlights.choices import Stage, Words
from commonroot.domain.network.models import Place
from commonroot.domain.network.things import Thing, by_somebody


class YearPage(Thing):
    """The page of one place's school year. Without a day of publishing it is a draft."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="year_pages")
    school_year = models.CharField(max_length=7)
    # In which language its own words are written.
    language = models.CharField(max_length=8, default="en")
    lead = models.TextField(max_length=600, blank=True)
    did_not_work = models.TextField(max_length=1200, blank=True)
    shifts = models.TextField(max_length=1200, blank=True)
    published = models.DateTimeField(null=True, blank=True)
    published_by = by_somebody()
    # What its pictures were drawn from when it was published, as `write_facts` gives it.
    facts = models.JSONField(null=True, blank=True)

    class Meta:
        """One a place and school year, the newest first."""

        ordering = ("-school_year", "place__name")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place", "school_year"], name="year_once")
        ]

    def __str__(self) -> str:
        """Give place and year."""
        return f"{self.place}, {self.school_year}"


class YearWords(Thing):
    """The words of a page in another language.

    `source` is the digest of the page's own words that they say: once those change, these
    are outdated and not shown.
    """

    page = models.ForeignKey(YearPage, models.CASCADE, related_name="translations")
    language = models.CharField(max_length=8)
    lead = models.TextField(max_length=600, blank=True)
    did_not_work = models.TextField(max_length=1200, blank=True)
    shifts = models.TextField(max_length=1200, blank=True)
    source = models.CharField(max_length=64)
    on = models.DateField()
    by = by_somebody()

    class Meta:
        """One a language."""

        ordering = ("language",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["page", "language"], name="year_words_once")
        ]

    def __str__(self) -> str:
        """Give the language."""
        return self.language


class Highlight(Thing):
    """One number of a page, as the records said it on a day.

    It is never written over: a number that is drawn anew is a new one, and takes the
    place of the old when a second person has checked it. `at_least` says that the number
    is a floor. `digest` is of the records that it rests on.
    """

    page = models.ForeignKey(YearPage, models.CASCADE, related_name="highlights")
    definition = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    value = models.DecimalField(max_digits=12, decimal_places=2)
    at_least = models.BooleanField(default=False)
    digest = models.CharField(max_length=64)
    drawn = models.DateTimeField()
    drawn_by = by_somebody()
    checked = models.DateTimeField(null=True, blank=True)
    checked_by = by_somebody()
    published = models.DateTimeField(null=True, blank=True)
    ended = models.DateTimeField(null=True, blank=True)

    class Meta:
        """The newest first."""

        ordering = ("-drawn", "-pk")

    def __str__(self) -> str:
        """Name what is counted."""
        return self.definition

    @property
    def stage(self) -> Stage:
        """Say where it stands."""
        if self.published is not None:
            return Stage.PUBLISHED
        return Stage.CHECKED if self.checked is not None else Stage.DRAFT


class Quote(Thing):
    """Words on a page, by where they were said: the words themselves stay there.

    Whoever said them can take them back, and they are gone from the page.
    """

    page = models.ForeignKey(YearPage, models.CASCADE, related_name="quotes")
    said = models.CharField(max_length=12, choices=Words)
    words = models.UUIDField()

    class Meta:
        """Each once on a page."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["page", "said", "words"], name="quote_once")
        ]

    def __str__(self) -> str:
        """Say where it was said."""
        return str(self.get_said_display())
