"""The states of an import."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportState(models.TextChoices):
    """How far an import has come."""

    WAITING = "waiting", _("Waiting for a yes")
    TAKEN_IN = "taken_in", _("Taken in")
    UNDONE = "undone", _("Undone")
    SET_ASIDE = "set_aside", _("Set aside")
