"""What people choose from in the directory and in rounds."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    """Who may see a field of somebody's profile; a match always may."""

    MATCHES = "matches", _("Only people I am matched with")
    SCHOOL = "school", _("My school")
    DISTRICT = "district", _("My district")
    NETWORK = "network", _("My network")


class Field(models.TextChoices):
    """The fields of a profile; each has an audience of its own."""

    OFFER = "offer", _("What I can offer")
    ASK = "ask", _("What I ask")
    PRACTICES = "practices", _("Practices")
    WORK = "work", _("My work")
    GRADE_SPANS = "grade_spans", _("Grades")
    LANGUAGES = "languages", _("Languages")
    HOURS = "hours", _("Good times to meet")
    PLACE = "place", _("Where I work")


class TagKind(models.TextChoices):
    """The fields that hold several choices."""

    PRACTICES = Field.PRACTICES.value, _("Practices")
    GRADE_SPANS = Field.GRADE_SPANS.value, _("Grades")
    LANGUAGES = Field.LANGUAGES.value, _("Languages")
    HOURS = Field.HOURS.value, _("Good times to meet")


class UsualPractice(models.TextChoices):
    """Practices that every network begins with. It may put some aside and add its own.

    The keys are kept, so that everybody reads them in their own language.
    """

    CIRCLES = "usual:circles", _("Community circles")
    WELCOME = "usual:welcome", _("Welcoming every student at the door")
    ROUTINES = "usual:routines", _("Teaching routines")
    REPAIR = "usual:repair", _("Repairing harm together")
    CALM = "usual:calm", _("Helping students find calm")
    FAMILIES = "usual:families", _("Working with families")
    MULTILINGUAL = "usual:multilingual", _("Teaching multilingual students")
    INCLUSION = "usual:inclusion", _("Including students with disabilities")
    VOICE = "usual:voice", _("Students’ own voice in class")
    FIRST_WEEKS = "usual:first_weeks", _("Planning the first weeks")


class Work(models.TextChoices):
    """What somebody does in a school."""

    CLASS = "class", _("Teach a class")
    SPECIAL = "special", _("Special education")
    AIDE = "aide", _("Help in classrooms")
    SUPPORT = "support", _("Counselor, nurse or social worker")
    CLASSIFIED = "classified", _("Office, kitchen, bus or grounds")
    LEAD = "lead", _("Lead a school or a program")
    COACH = "coach", _("Coach")


class GradeSpan(models.TextChoices):
    """Grades that belong together."""

    PRE_K_2 = "pk-2", _("Pre-K to 2")
    GRADES_3_5 = "3-5", _("Grades 3 to 5")
    GRADES_6_8 = "6-8", _("Grades 6 to 8")
    GRADES_9_12 = "9-12", _("Grades 9 to 12")


class Language(models.TextChoices):
    """Languages that people can talk in."""

    ENGLISH = "en", _("English")
    SPANISH = "es", _("Spanish")
    SIGN = "ase", _("American Sign Language")
    ARABIC = "ar", _("Arabic")
    CHINESE = "zh", _("Chinese")
    RUSSIAN = "ru", _("Russian")
    TAGALOG = "tl", _("Tagalog")
    VIETNAMESE = "vi", _("Vietnamese")


class Hours(models.TextChoices):
    """When somebody can meet."""

    BEFORE = "before", _("Before school")
    LUNCH = "lunch", _("At lunch or in a free lesson")
    AFTER = "after", _("Right after school")
    EVENING = "evening", _("In the evening")
    WEEKEND = "weekend", _("On weekends")


class Standing(models.TextChoices):
    """New to the work here, or seasoned."""

    NEW = "new", _("New: I ask")
    SEASONED = "seasoned", _("Seasoned: I offer")


class RoundState(models.TextChoices):
    """How far a matching round has come."""

    OPEN = "open", _("People join")
    LISTED = "listed", _("People look at their lists")
    SETTLED = "settled", _("Settled")
    CALLED_OFF = "called_off", _("Called off")


class MatchState(models.TextChoices):
    """How far a match has come. It says of nobody that they said no."""

    PROPOSED = "proposed", _("Waiting for both to say yes")
    CONFIRMED = "confirmed", _("Both said yes")
    DECLINED = "declined", _("Did not come about")
    ENDED = "ended", _("Ended")


CURRENT = (MatchState.PROPOSED, MatchState.CONFIRMED)


class Prompt(models.TextChoices):
    """The two gentle questions of a year."""

    BEFORE_SCHOOL = "before_school", _("Before school opens")
    FIRST_MONTH = "first_month", _("After the first hard month")


class Met(models.TextChoices):
    """Have you met?"""

    YES = "yes", _("Yes, we have met")
    PLANNED = "planned", _("Not yet, and we have a day")
    NOT_YET = "not_yet", _("Not yet")


class Helps(models.TextChoices):
    """What helps?"""

    TALKING = "talking", _("Talking about how it goes")
    WATCHING = "watching", _("Seeing each other teach or work")
    MATERIALS = "materials", _("Sharing plans and materials")
    TIPS = "tips", _("Quick tips by message")
    ENCOURAGEMENT = "encouragement", _("Knowing that somebody is there")
    TIME = "time", _("More time to meet would help")
    NOTHING_YET = "nothing_yet", _("Nothing yet")


def write_practice(kept: str) -> str:
    """Write a practice as it is kept: a usual one in the reader's language, another as it is."""
    return str(UsualPractice(kept).label) if kept in UsualPractice else kept
