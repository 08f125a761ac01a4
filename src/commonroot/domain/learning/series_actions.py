"""Series: planning them, their sessions, who teaches, and materials."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commonroot.domain.learning.choices import Part, SeriesState, Side
from commonroot.domain.learning.models import (
    Facilitation,
    Interpreter,
    Material,
    Series,
    Session,
    Workshop,
)
from commonroot.domain.learning.preparing import need_to_prepare
from commonroot.domain.learning.reasons import LearningError
from commonroot.domain.learning.rules import PREPARE_WORKSHOPS
from commonroot.domain.learning.seat_actions import fill_free_seats, hold_series
from commonroot.domain.learning.sides import propose_side
from commonroot.domain.learning.spoken import find_languages
from commonroot.domain.network.deeds import need_reason, note_deed
from commonroot.domain.network.models import Person, Place
from commonroot.domain.network.sight import today

FURTHEST_DAYS = 4 * 366
SHORTEST, LONGEST = 10, 12 * 60


@transaction.atomic
def plan_series(
    *,
    by: Person,
    workshop: Workshop,
    place: Place,
    name: str = "",
    capacity: int | None = None,
) -> Series:
    """Plan to offer a workshop for a place: a school, a district, a region."""
    reason = need_reason(by, PREPARE_WORKSHOPS, place)
    made = Series.objects.create(
        workshop=workshop,
        place=place,
        name=" ".join(name.split())[:160],
        capacity=capacity,
    )
    note_deed(by, "plan", "series", made.pk, place, reason)
    return made


@transaction.atomic
def change_series(
    *,
    by: Person,
    series: Series,
    state: SeriesState,
    name: str = "",
    capacity: int | None = None,
) -> None:
    """Change a series; whoever waits gets a seat when there is more room."""
    reason = need_to_prepare(by, series)
    held = hold_series(series)
    if state == SeriesState.OPEN and not held.sessions.exists():
        raise LearningError(_("Add its first date before you open it."))
    if state == SeriesState.CALLED_OFF and held.sessions.filter(held__isnull=False):
        raise LearningError(_("A date of it was held already. End it instead."))
    held.state = state
    held.name = " ".join(name.split())[:160]
    held.capacity = capacity
    held.save(update_fields=["state", "name", "capacity"])
    note_deed(by, "change", "series", held.pk, held.place, reason)
    fill_free_seats(held)


@transaction.atomic
def add_interpreter(
    *, by: Person, series: Series, language: str, who: str = ""
) -> Interpreter:
    """Add somebody who interprets a language; twice is once."""
    reason = need_to_prepare(by, series)
    spoken = " ".join(language.split())[:40]
    if not find_languages(spoken):
        raise LearningError(_("Say which language."))
    made, is_new = Interpreter.objects.get_or_create(
        series=series, language=spoken, who=" ".join(who.split())[:120]
    )
    if is_new:
        note_deed(by, "add", "interpreter", made.pk, series.place, reason)
    return made


@transaction.atomic
def remove_interpreter(*, by: Person, interpreter: Interpreter) -> None:
    """Take an interpreter off."""
    series = interpreter.series
    reason = need_to_prepare(by, series)
    note_deed(by, "remove", "interpreter", interpreter.pk, series.place, reason)
    interpreter.delete()


def check_sitting(day: dt.date, minutes: int) -> None:
    """Refuse a day that is too far away, and a length that no sitting has."""
    if abs((day - today()).days) > FURTHEST_DAYS:
        raise LearningError(_("Choose a day within four years of today."))
    if not SHORTEST <= minutes <= LONGEST:
        raise LearningError(
            _("A session lasts from %(least)s to %(most)s minutes.")
            % {"least": SHORTEST, "most": LONGEST}
        )


@transaction.atomic
def add_session(
    *,
    by: Person,
    series: Series,
    day: dt.date,
    starts: dt.time,
    minutes: int,
    where: str = "",
) -> Session:
    """Add a session to a series; one begins at a time."""
    reason = need_to_prepare(by, series)
    check_sitting(day, minutes)
    hold_series(series)
    if series.sessions.filter(day=day, starts=starts).exists():
        raise LearningError(_("There is a session at this time already."))
    made = Session.objects.create(
        series=series,
        day=day,
        starts=starts,
        minutes=minutes,
        where=" ".join(where.split())[:200],
    )
    note_deed(by, "add", "workshop session", made.pk, series.place, reason)
    return made


@transaction.atomic
def change_session(
    *,
    by: Person,
    session: Session,
    day: dt.date,
    starts: dt.time,
    minutes: int,
    where: str = "",
) -> None:
    """Move a session, or change how long it lasts.

    Whoever was there for all of it was there for all of it still, and nobody for longer.
    """
    reason = need_to_prepare(by, session.series)
    check_sitting(day, minutes)
    hold_series(session.series)
    if session.held is not None and day > today():
        raise LearningError(_("This session was held already."))
    others = session.series.sessions.exclude(pk=session.pk)
    if others.filter(day=day, starts=starts).exists():
        raise LearningError(_("There is a session at this time already."))
    session.day, session.starts, session.minutes = day, starts, minutes
    session.where = " ".join(where.split())[:200]
    session.save(update_fields=["day", "starts", "minutes", "where"])
    session.attendances.filter(is_whole=True).update(minutes=minutes)
    session.attendances.filter(minutes__gt=minutes).update(minutes=minutes)
    place = session.series.place
    note_deed(by, "change", "workshop session", session.pk, place, reason)


@transaction.atomic
def remove_session(*, by: Person, session: Session) -> None:
    """Take a session back at which nobody was yet."""
    reason = need_to_prepare(by, session.series)
    if session.held is not None or session.attendances.exists():
        raise LearningError(_("People were there already, so it stays."))
    place = session.series.place
    note_deed(by, "remove", "workshop session", session.pk, place, reason)
    session.delete()


@transaction.atomic
def say_held(*, by: Person, session: Session, was_held: bool = True) -> None:
    """Say that a session took place, so that its hours count; or that it did not."""
    reason = need_to_prepare(by, session.series)
    if was_held and session.day > today():
        raise LearningError(_("This session is still to come."))
    if was_held == (session.held is not None):
        return
    session.held = timezone.now() if was_held else None
    session.save(update_fields=["held"])
    verb = "hold" if was_held else "take back"
    note_deed(by, verb, "workshop session", session.pk, session.series.place, reason)


@transaction.atomic
def set_facilitator(
    *,
    by: Person,
    session: Session,
    person: Person,
    part: Part,
    side: Side | None = None,
    all_sessions: bool = False,
) -> None:
    """Say who teaches a session, in which part and from which side; or all of its series.

    Without a side each session has the one that their roles of its day propose.
    Whoever teaches sees who comes and what they need, so this needs the role.
    """
    reason = need_reason(by, PREPARE_WORKSHOPS, session.series.place)
    taught = Facilitation.objects.filter(session__series=session.series, person=person)
    if by == person and session.day < today() and not taught.exists():
        # What was said in the room is for whoever was in it.
        raise LearningError(
            _(
                "This session is over. Ask somebody else to write down that you taught it."
            )
        )
    sessions = [session]
    if all_sessions:
        # What was held stays as it was taught.
        others = session.series.sessions.filter(held=None).exclude(pk=session.pk)
        sessions += list(others)
    place = session.series.place
    for each in sessions:
        own_side = side or propose_side(person, place, each.day)
        Facilitation.objects.update_or_create(
            session=each, person=person, defaults={"part": part, "side": own_side}
        )
    note_deed(by, "set", "facilitator", session.pk, place, reason)


@transaction.atomic
def remove_facilitator(*, by: Person, session: Session, person: Person) -> None:
    """Say that somebody does not teach a session."""
    reason = need_reason(by, PREPARE_WORKSHOPS, session.series.place)
    gone, _each = Facilitation.objects.filter(session=session, person=person).delete()
    if gone:
        place = session.series.place
        note_deed(by, "remove", "facilitator", session.pk, place, reason)


@transaction.atomic
def add_material(
    *, by: Person, series: Series, title: str, link: str = "", text: str = ""
) -> Material:
    """Add something to read or use: an address, or a text."""
    reason = need_to_prepare(by, series)
    if not title.strip() or not (link.strip() or text.strip()):
        raise LearningError(_("Give it a title, and an address or a text."))
    if link and not link.startswith(("https://", "http://")):
        raise LearningError(_("An address begins with https://"))
    made = Material.objects.create(
        series=series,
        title=title.strip()[:120],
        link=link.strip(),
        text=text.strip()[:4000],
    )
    note_deed(by, "add", "material", made.pk, series.place, reason)
    return made


@transaction.atomic
def remove_material(*, by: Person, material: Material) -> None:
    """Take a material away."""
    reason = need_to_prepare(by, material.series)
    note_deed(by, "remove", "material", material.pk, material.series.place, reason)
    material.delete()
