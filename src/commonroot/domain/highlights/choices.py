"""The kinds of things on a page of the year."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Unit(models.TextChoices):
    """What a highlight counts in."""

    COUNT = "count", _("number")
    HOURS = "hours", _("hours")


class Stage(models.TextChoices):
    """Where a highlight stands."""

    DRAFT = "draft", _("Draft")
    CHECKED = "checked", _("Checked by a second person")
    PUBLISHED = "published", _("Published")


class Words(models.TextChoices):
    """Where words that may be quoted were said."""

    CIRCLE = "circle", _("At the end of a workshop")
    CONVENING = "convening", _("At the convening")
