"""The states of an import, and what a school chooses about its records."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportState(models.TextChoices):
    """How far an import has come."""

    WAITING = "waiting", _("Waiting for a yes")
    ON_ITS_WAY = "on_its_way", _("Being taken in")
    TAKEN_IN = "taken_in", _("Taken in")
    UNDONE = "undone", _("Undone")
    SET_ASIDE = "set_aside", _("Set aside")
    OVERTAKEN = "overtaken", _("Overtaken: give the file again")


class EntriesCount(models.TextChoices):
    """On which days the entries made by hand count."""

    UNTIL_A_FILE = "until_a_file", _("On days that no file covers")
    ALWAYS = "always", _("Always: they are written down nowhere else")


class ErasureKind(models.TextChoices):
    """Why something went."""

    EXPIRY = "expiry", _("Kept long enough")
    STUDENT = "student", _("A student was erased on request")
