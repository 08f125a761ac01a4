"""The kinds of learning: parts, states, ways of checking in."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SeriesState(models.TextChoices):
    """Where a series stands."""

    PLANNED = "planned", _("Being planned")
    OPEN = "open", _("Open")
    DONE = "done", _("Done")
    CALLED_OFF = "called_off", _("Called off")


class Part(models.TextChoices):
    """What a facilitator does in a session."""

    LEAD = "lead", _("Leads")
    CO_FACILITATOR = "co_facilitator", _("Co-facilitates")
    OBSERVER = "observer", _("Observes")


class Side(models.TextChoices):
    """Where a facilitator comes from, as it was when the session was held."""

    OUTSIDE = "outside", _("From the partner organization")
    OWN = "own", _("From the districts themselves")


class SeatState(models.TextChoices):
    """Where somebody stands who was invited to a series, or asked for a place in it."""

    INVITED = "invited", _("Invited")
    COMING = "coming", _("Coming")
    WAITING = "waiting", _("On the waiting list")
    DECLINED = "declined", _("Not coming")


class Work(models.TextChoices):
    """What somebody without an account does at their school."""

    LICENSED = "licensed", _("Licensed staff")
    CLASSIFIED = "classified", _("Classified staff")
    ADMINISTRATOR = "administrator", _("Administrator")
    OTHER = "other", _("Something else")


class Standing(models.TextChoices):
    """New to the work here, or seasoned."""

    NEW = "new", _("New")
    SEASONED = "seasoned", _("Seasoned")


class CheckInWay(models.TextChoices):
    """How it is known that somebody was there."""

    CODE = "code", _("By the code at the door")
    LIST = "list", _("From the paper list")
    BY_HAND = "by_hand", _("By a facilitator")


class WordKind(models.TextChoices):
    """What somebody says in a closing circle."""

    APPRECIATION = "appreciation", _("Something I appreciate")
    LEARNING = "learning", _("Something I take with me")


class Audience(models.TextChoices):
    """Who may read what somebody said in a closing circle: its writer chooses."""

    ONLY_ME = "only_me", _("Only me")
    FACILITATORS = "facilitators", _("Those who facilitate")
    ROOM = "room", _("Everybody in the room")
    OUTSIDE = "outside", _("It may be quoted outside of the room")


class Answer(models.TextChoices):
    """What somebody says to an agreement that was proposed."""

    YES = "yes", _("Yes")
    WITH_CHANGE = "with_change", _("Yes, with a change")
    NOT_YET = "not_yet", _("Not yet")


class Working(models.TextChoices):
    """Is an agreement working?"""

    YES = "yes", _("Yes")
    PARTLY = "partly", _("Partly")
    NO = "no", _("Not really")


class Tried(models.TextChoices):
    """Did you try it?"""

    YES = "yes", _("I tried it")
    PARTLY = "partly", _("I tried part of it")
    NOT_YET = "not_yet", _("Not yet")


class Happened(models.TextChoices):
    """What happened when somebody tried it?"""

    WORKED = "worked", _("It went well")
    MIXED = "mixed", _("Some of it went well")
    DID_NOT_WORK = "did_not_work", _("It did not go well")
    TOO_EARLY = "too_early", _("Too early to tell")
