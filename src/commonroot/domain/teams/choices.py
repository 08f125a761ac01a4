"""What a team chooses from, in the field's own words."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MeetingState(models.TextChoices):
    """How far a meeting has come."""

    PLANNED = "planned", _("Planned")
    UNDER_WAY = "under_way", _("Under way")
    ENDED = "ended", _("Ended")
    CALLED_OFF = "called_off", _("Called off")


class Section(models.TextChoices):
    """The parts of a meeting, in their order."""

    LAST_CHANGE = "last_change", _("Last change: did we do it? Did it help?")
    RECORDING = "recording", _("Were we recording?")
    DOING = "doing", _("How are we doing?")
    PATTERN = "pattern", _("One pattern")
    VOICES = "voices", _("What students and families say")
    CHANGE = "change", _("One small change")
    CLOSING = "closing", _("Closing")


# Minutes of a meeting of 45.
MINUTES = {
    Section.LAST_CHANGE: 8,
    Section.RECORDING: 3,
    Section.DOING: 4,
    Section.PATTERN: 10,
    Section.VOICES: 7,
    Section.CHANGE: 10,
    Section.CLOSING: 3,
}


class Duty(models.TextChoices):
    """Who does what in a team's meetings."""

    FACILITATOR = "facilitator", _("Facilitator")
    MINUTE_TAKER = "minute_taker", _("Minute-taker")
    DATA_ANALYST = "data_analyst", _("Data analyst")


class Whom(models.TextChoices):
    """Whose voice is asked."""

    STUDENTS = "students", _("Students")
    FAMILIES = "families", _("Families")


class HowMany(models.TextChoices):
    """About how many were asked: never a count of a few people."""

    FEW = "few", _("Fewer than 10")
    SOME = "some", _("10 to 29")
    MANY = "many", _("30 or more")


class Done(models.TextChoices):
    """Did we do it?"""

    NOT_STARTED = "not_started", _("Not started")
    PARTLY = "partly", _("Partly")
    AS_PLANNED = "as_planned", _("As planned")
    STOPPED = "stopped", _("Stopped")


class Helped(models.TextChoices):
    """Did it help?"""

    HELPED = "helped", _("It helped")
    DID_NOT_HELP = "did_not_help", _("It did not help as hoped")
    GOT_WORSE = "got_worse", _("It got worse")
    TOO_EARLY = "too_early", _("Too early to tell")
    CANNOT_TELL = "cannot_tell", _("It cannot be told")


class Ending(models.TextChoices):
    """How a cycle ended."""

    KEPT = "kept", _("Kept")
    ADAPTED = "adapted", _("Adapted")
    DROPPED = "dropped", _("Dropped")
    UNCHECKED = "unchecked", _("Stopped without a check")


class Goal(models.TextChoices):
    """What a team hopes for, as the share that would be left."""

    TENTH = "0.9", _("A tenth less")
    QUARTER = "0.75", _("A quarter less")
    HALF = "0.5", _("Half")


class Rating(models.TextChoices):
    """An answer to one of the four quick questions."""

    YES = "yes", _("Yes")
    PARTLY = "partly", _("Partly")
    NO = "no", _("Not really")


class Factor(models.TextChoices):
    """What of the school's system may make days hard; a network adds lines of its own.

    The keys are kept, so that everybody reads the lines in their own language.
    """

    ROUTINE = "usual:routine", _("The routine was never taught, or long ago")
    EXPECTATION = "usual:expectation", _("Adults do not agree on what is expected")
    ADULTS = "usual:adults", _("Too few adults where and when it happens")
    SPACE = "usual:space", _("The space: crowded, noisy, out of sight")
    SCHEDULE = "usual:schedule", _("The schedule: too long, too short, at a hard time")
    TRANSITION = "usual:transition", _("The transition before or after it")
    RESPONSE = "usual:response", _("How adults respond when it begins")
    WORK = "usual:work", _("The work is too hard, too easy, or without choice")
    NEED = (
        "usual:need",
        _("Something that students need is missing: food, rest, movement, a friend"),
    )


def write_factor(kept: str) -> str:
    """Write a factor as it is kept: a usual line in the reader's language, another as it is."""
    return str(Factor(kept).label) if kept in Factor else kept


QUESTIONS = (
    _("Was this meeting a good use of our time?"),
    _("Did we keep track of what we had promised?"),
    _("Did we do what we had promised?"),
    _("Does what we do have the effects that we want?"),
)
