"""What a partnership chooses from: its usual stages, and what becomes of steps."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class UsualStage(models.TextChoices):
    """The stages a network begins with, from the first meeting to the whole district.

    A network changes the list for itself. The keys are kept, so that everybody reads the
    usual words in their own language.
    """

    LEADERS = "leaders", _("Meet the leadership team")
    PLAN = "plan", _("Make a plan together")
    SEEDS = "seeds", _("Plant seeds: workshops that help the next day")
    SMALL_STEPS = "small_steps", _("Small steps: set up how discipline data is kept")
    COACH = "coach", _("Find and hire a coach")
    FIRST_SCHOOLS = "first_schools", _("Start with one to three schools")
    MORE_SCHOOLS = "more_schools", _("Add schools as they are ready")
    WHOLE_DISTRICT = "whole_district", _("Whole district")


class PartnerSide(models.TextChoices):
    """Whose step it is."""

    PARTNER = "partner", _("The partner")
    DISTRICT = "district", _("The district")


class StepState(models.TextChoices):
    """Where a step of the plan stands."""

    OPEN = "open", _("Open")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Dropped")


class Turn(models.TextChoices):
    """What became of a step, each time somebody said."""

    DONE = "done", _("Done")
    MOVED = "moved", _("Moved to another day")
    DROPPED = "dropped", _("Dropped")
    TAKEN_UP = "taken_up", _("Taken up again")


class RenewalEnd(models.TextChoices):
    """How the conversation about going on ended."""

    RENEWED = "renewed", _("We go on")
    NOT_RENEWED = "not_renewed", _("It ends with its last year")
    MOVED = "moved", _("We talk on another day")
