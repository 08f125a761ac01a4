"""The kinds of things of a visit."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class VisitState(models.TextChoices):
    """Where a visit stands. Only the teacher's yes makes one of an offer."""

    ASKED = "asked", _("Waits for an answer")
    AGREED = "agreed", _("Agreed")
    HELD = "held", _("Held")
    DECLINED = "declined", _("Not this time")
    CALLED_OFF = "called_off", _("Called off")


class Part(models.TextChoices):
    """The parts of a visit's words."""

    FOCUS = "focus", _("What to look at")
    SEEN = "seen", _("What was seen")
    TALK = "talk", _("What we talked about")
    NEXT_STEP = "next_step", _("The teacher’s own next step")


class Focus(models.TextChoices):
    """What teachers often ask a visitor to look at."""

    BEGINNING = "beginning", _("How the lesson begins")
    TRANSITIONS = "transitions", _("Transitions")
    TALKING = "talking", _("Who talks, and who is asked")
    CALM = "calm", _("Calming down and repairing")
    ROOM = "room", _("The room and its routines")
    BELONGING = "belonging", _("How each student belongs")


# Who writes which part: the focus and the next step are the teacher's own.
OF_TEACHER = frozenset({Part.FOCUS, Part.NEXT_STEP})
