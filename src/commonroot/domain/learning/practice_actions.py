"""After a workshop: choosing a tool, telling how it went, sharing that, recommending."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from commonroot.domain.learning.choices import Happened, Tried
from commonroot.domain.learning.models import (
    Recommendation,
    Seat,
    Series,
    Tool,
    ToolChoice,
    Workshop,
)
from commonroot.domain.learning.preparing import need_to_be_in_room
from commonroot.domain.learning.reasons import LearningError
from commonroot.domain.network.choices import PlaceKind
from commonroot.domain.network.deeds import note_deed
from commonroot.domain.network.models import Person, Place
from commonroot.domain.network.sight import current_roles, today

TWO_WEEKS = dt.timedelta(days=14)
KIND = "tool choice"


@transaction.atomic
def choose_tool(*, by: Person, series: Series, tool: Tool) -> ToolChoice:
    """Choose a tool to try; in two weeks one is asked how it went. Twice is once."""
    reason = need_to_be_in_room(by, series)
    if tool.workshop_id != series.workshop_id:
        raise LearningError(_("Choose one of the tools of this workshop."))
    made, is_new = ToolChoice.objects.get_or_create(
        series=series,
        person=by,
        tool=tool,
        defaults={"chosen": today(), "ask_on": today() + TWO_WEEKS},
    )
    if is_new:
        note_deed(by, "choose", KIND, made.pk, series.place, reason)
    return made


def need_own(by: Person, choice: ToolChoice) -> None:
    """Refuse what is somebody else's."""
    if choice.person_id != by.pk:
        raise PermissionDenied


@transaction.atomic
def tell_try(
    *,
    by: Person,
    choice: ToolChoice,
    tried: Tried,
    happened: Happened | None = None,
    words: str = "",
) -> None:
    """Tell whether one tried it, and what happened. It stays one's own until it is shared."""
    need_own(by, choice)
    if tried != Tried.NOT_YET and happened is None:
        raise LearningError(_("Say what happened."))
    choice.tried = tried
    choice.happened = happened if happened and tried != Tried.NOT_YET else ""
    choice.words = words.strip()[:600]
    choice.told = today()
    if tried == Tried.NOT_YET:
        # "Not yet" is asked about once more, in another two weeks.
        choice.tried, choice.asked = "", None
        choice.ask_on = today() + TWO_WEEKS
        choice.shared = None
    choice.save()
    note_deed(by, "tell", KIND, choice.pk, choice.series.place)


@transaction.atomic
def share_try(
    *,
    by: Person,
    choice: ToolChoice,
    title: str,
    words: str,
    consent: bool,
    said_as: str = "",
    school: Place | None = None,
) -> None:
    """Share with one's network what one tried, whether it went well or not."""
    need_own(by, choice)
    if not choice.tried:
        raise LearningError(_("Tell first whether you tried it."))
    if not consent:
        raise LearningError(_("Say yes to sharing it, or keep it for yourself."))
    if not title.strip() or not words.strip():
        raise LearningError(_("Give it a title, and say what happened."))
    if school is not None and school not in list_schools(by):
        raise PermissionDenied
    choice.title, choice.words = title.strip()[:120], words.strip()[:600]
    choice.said_as, choice.school = said_as.strip()[:80], school
    choice.shared = today()
    choice.save(update_fields=["title", "words", "said_as", "school", "shared"])
    note_deed(by, "share", KIND, choice.pk, choice.series.place)


@transaction.atomic
def withdraw_try(*, by: Person, choice: ToolChoice) -> None:
    """Take back what one shared: others no longer find it."""
    need_own(by, choice)
    choice.shared, choice.title, choice.said_as, choice.school = None, "", "", None
    choice.save(update_fields=["shared", "title", "said_as", "school"])
    note_deed(by, "withdraw", KIND, choice.pk, choice.series.place)


def list_schools(person: Person) -> list[Place]:
    """List the schools at which somebody works today."""
    own = [role.place_id for role in current_roles(person)]
    found = Place.objects.filter(kind=PlaceKind.SCHOOL, contents__place__in=own)
    return list(found.distinct().order_by("name"))


def was_there(person: Person, workshop: Workshop) -> bool:
    """Say whether somebody was in any session of a workshop."""
    seats = Seat.objects.filter(person=person, series__workshop=workshop)
    return seats.filter(attendances__isnull=False).exists()


@transaction.atomic
def recommend(*, by: Person, workshop: Workshop, school: Place) -> None:
    """Recommend a workshop to one's own school: whoever was there, each once."""
    if school not in list_schools(by) or not was_there(by, workshop):
        raise PermissionDenied
    made, is_new = Recommendation.objects.get_or_create(
        workshop=workshop, person=by, school=school, defaults={"on": today()}
    )
    if is_new:
        note_deed(by, "recommend", "workshop", made.pk, None)


@transaction.atomic
def take_back_recommendation(*, by: Person, workshop: Workshop, school: Place) -> None:
    """No longer recommend a workshop."""
    for made in Recommendation.objects.filter(
        workshop=workshop, person=by, school=school
    ):
        note_deed(by, "take back", "recommendation", made.pk, None)
        made.delete()
