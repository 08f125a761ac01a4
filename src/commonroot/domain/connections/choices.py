"""The kinds of things that connect people."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    """Who may read a field of a profile."""

    MATCHES = "matches", _("Only people I am matched with")
    SCHOOL = "school", _("My school")
    DISTRICT = "district", _("My district")
    NETWORK = "network", _("My whole network")


class Span(models.TextChoices):
    """The grades that somebody works with."""

    FIRST = "k-2", _("Grades K to 2")
    SECOND = "3-5", _("Grades 3 to 5")
    MIDDLE = "6-8", _("Grades 6 to 8")
    HIGH = "9-12", _("Grades 9 to 12")


class Hours(models.TextChoices):
    """When somebody can meet."""

    BEFORE = "before", _("Before school")
    LUNCH = "lunch", _("At lunch")
    AFTER = "after", _("After school")
    EVENING = "evening", _("In the evening, by phone or video")


class Side(models.TextChoices):
    """How somebody joins a round."""

    NEW = "new", _("I am new and would like somebody to ask")
    SEASONED = "seasoned", _("I have been here a while and can be asked")


class RoundState(models.TextChoices):
    """Where a round of matching stands."""

    OPEN = "open", _("Open to join")
    SETTLED = "settled", _("Matched")


class MatchState(models.TextChoices):
    """Where two people who were matched stand."""

    PROPOSED = "proposed", _("Waits for both")
    CONFIRMED = "confirmed", _("Confirmed by both")
    DECLINED = "declined", _("Not this one")
    ENDED = "ended", _("Ended")


class Reason(models.TextChoices):
    """Why two people were matched, as both are told."""

    PRACTICE = "practice", _("You named the same practice")
    GRADES = "grades", _("You work with the same grades")
    LANGUAGE = "language", _("You speak a language that both chose")
    HOURS = "hours", _("You can meet at the same time of day")
    SCHOOL = "school", _("You work in the same school")
    DISTRICT = "district", _("You work in the same district")


class Moment(models.TextChoices):
    """When two who were matched are asked how it goes."""

    BEFORE_SCHOOL = "before_school", _("Before school opens")
    HARD_MONTH = "hard_month", _("After the first hard month")


class Met(models.TextChoices):
    """Whether two have met."""

    YES = "yes", _("Yes, we have met")
    NOT_YET = "not_yet", _("Not yet")
    ANOTHER = "another", _("I would rather have somebody else")


FIELDS = ("offers", "asks", "practices", "spans", "languages", "hours")
