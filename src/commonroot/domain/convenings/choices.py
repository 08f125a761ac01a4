"""The kinds of things of a convening."""

from django.db import models
from django.utils.translation import gettext_lazy as _

# The day in autumn on which what was planned comes back.
AUTUMN = (9, 15)


class GuestKind(models.TextChoices):
    """As what somebody comes."""

    EDUCATOR = "educator", _("Educator")
    LEADER = "leader", _("Leader")
    CAREGIVER = "caregiver", _("Caregiver")
    STUDENT = "student", _("Student")


class Answer(models.TextChoices):
    """Whether a school's team comes."""

    INVITED = "invited", _("Invited")
    COMING = "coming", _("Coming")
    NOT_COMING = "not_coming", _("Not coming this time")


class Listed(models.TextChoices):
    """Who may read somebody's name in the list of those who come."""

    PREPARERS = "preparers", _("Only those who prepare the day")
    TEAM = "team", _("My own team")
    EVERYBODY = "everybody", _("Everybody who comes")


class AgendaKind(models.TextChoices):
    """What a part of the day is."""

    TEAM_TIME = "team_time", _("Team time")
    STORIES = "stories", _("Stories of the year")
    CONSULTANCY = "consultancy", _("Consultancy")
    CONNECTION = "connection", _("Connection round")
    CELEBRATION = "celebration", _("Celebration")
    CIRCLE = "circle", _("Gratitude circle")
    MEAL = "meal", _("Meal or break")


class Audience(models.TextChoices):
    """Who may read what somebody wrote."""

    ME = "me", _("Only me")
    TEAM = "team", _("My team")
    NETWORK = "network", _("Everybody in the network")


class WordsKind(models.TextChoices):
    """What somebody wrote."""

    REFLECTION = "reflection", _("A reflection")
    SHIFT = "shift", _("Something that shifted")
    CELEBRATION = "celebration", _("A celebration")
    INTENTION = "intention", _("What I mean to do next year")


class ThanksFor(models.TextChoices):
    """Who reads a thank-you."""

    ROOM = "room", _("The room")
    PERSON = "person", _("Only the one it is for")


class Outcome(models.TextChoices):
    """What became of a plan."""

    DONE = "done", _("We did it")
    PARTLY = "partly", _("Partly")
    NOT = "not", _("Not, and that is all right to say")
