"""Who was there, and for how long: by the code at the door, by hand, from the paper list."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commonroot.domain.audit.actions import record
from commonroot.domain.learning.choices import (
    CheckInWay,
    SeatState,
    SeriesState,
    Standing,
)
from commonroot.domain.learning.models import Attendance, Seat, Session, make_code
from commonroot.domain.learning.preparing import has_sight, need_to_prepare
from commonroot.domain.learning.reasons import LearningError
from commonroot.domain.learning.seat_actions import find_school, hold_series
from commonroot.domain.learning.sides import propose_standing
from commonroot.domain.network.deeds import note_deed
from commonroot.domain.network.models import Person, Place
from commonroot.domain.network.sight import today

AT_THE_DOOR = "whoever holds the code of the door"
# Whoever comes this late was there from the beginning.
GRACE = dt.timedelta(minutes=15)
MOST_GUESTS = 200


@dataclass(frozen=True)
class Tick:
    """Whether somebody was there, and for how many minutes; None for all of it."""

    seat: uuid.UUID
    was_there: bool
    minutes: int | None = None


def read_stay(session: Session, minutes: int | None) -> int:
    """Read how long somebody stayed, in minutes: all of a session unless it is told."""
    if minutes is None:
        return session.minutes
    if not 1 <= minutes <= session.minutes:
        raise LearningError(
            _("From 1 to %(most)s minutes.") % {"most": session.minutes}
        )
    return minutes


def need_begun(session: Session) -> None:
    """Refuse to say who was at a session that is still to come."""
    if session.day > today():
        raise LearningError(_("This session is still to come."))


def put_down(
    session: Session, seat: Seat, minutes: int, way: CheckInWay, by: Person | None
) -> None:
    """Put down that somebody was there: once, however often it is said."""
    Attendance.objects.update_or_create(
        session=session,
        seat=seat,
        defaults={
            "minutes": minutes,
            "is_whole": minutes == session.minutes,
            "way": way,
            "by": by,
        },
    )
    if seat.state != SeatState.COMING:
        seat.state, seat.waited_since = SeatState.COMING, None
        seat.save(update_fields=["state", "waited_since"])


@transaction.atomic
def note_presence(
    *, by: Person, session: Session, ticks: Sequence[Tick], way: CheckInWay
) -> None:
    """Note who was there: all of a paper list at once, or one tick of it."""
    reason = need_to_prepare(by, session.series)
    need_begun(session)
    hold_series(session.series)
    seats = {seat.pk: seat for seat in session.series.seats.all()}
    known = dict(session.attendances.values_list("seat", "minutes"))
    for tick in ticks:
        seat = seats.get(tick.seat)
        if seat is None:
            raise LearningError(_("Somebody was taken off the list meanwhile."))
        if not tick.was_there:
            session.attendances.filter(seat=seat).delete()
            continue
        minutes = read_stay(session, tick.minutes)
        if known.get(tick.seat) != minutes:
            put_down(session, seat, minutes, way, by)
    note_deed(by, "note", "attendance", session.pk, session.series.place, reason)


@transaction.atomic
def note_walk_in(
    *,
    by: Person,
    session: Session,
    key: uuid.UUID,
    guest: str,
    school: Place | None = None,
    standing: Standing | None = None,
    minutes: int | None = None,
    way: CheckInWay = CheckInWay.BY_HAND,
) -> Seat:
    """Note somebody who was not on the list. The key is made where it is noted: sent twice, it is noted once."""
    reason = need_to_prepare(by, session.series)
    need_begun(session)
    stay = read_stay(session, minutes)
    hold_series(session.series)
    seat = find_or_seat(session, key, guest, school, standing)
    put_down(session, seat, stay, way, by)
    note_deed(by, "note", "attendance", session.pk, session.series.place, reason)
    return seat


def find_or_seat(
    session: Session,
    key: uuid.UUID,
    guest: str,
    school: Place | None,
    standing: Standing | None = None,
) -> Seat:
    """Find the seat of somebody by key or name, or give them one: walk-ins are welcome."""
    known = Seat.objects.filter(pk=key).first()
    if known is not None:
        if known.series_id != session.series_id:
            raise LearningError(_("Another list has this key already."))
        return known
    name = " ".join(guest.split())[:120]
    if not name:
        raise LearningError(_("Write the name."))
    alike = session.series.seats.filter(person=None, guest__iexact=name)
    if school is not None:
        alike = alike.filter(school__in=[school])
    found = alike.first()
    return found or Seat.objects.create(
        pk=key,
        series=session.series,
        guest=name,
        school=school,
        state=SeatState.COMING,
        standing=standing or "",
    )


def find_stay(session: Session, now: dt.datetime) -> int:
    """Find how long somebody stays who comes now, in minutes: what is left of a session."""
    begins = timezone.make_aware(dt.datetime.combine(session.day, session.starts))
    if now <= begins + GRACE:
        return session.minutes
    left = session.minutes - int((now - begins).total_seconds() // 60)
    return max(1, left)


def need_today(session: Session) -> None:
    """Refuse a code on any day but that of its session, and when it it does not take place."""
    if session.day != today():
        raise LearningError(_("This code is for another day."))
    if session.series.state == SeriesState.CALLED_OFF:
        raise LearningError(_("This series was called off."))


def need_open_door(session: Session) -> None:
    """Refuse to let anybody in by the code on another day, or when the session is over."""
    need_today(session)
    if session.held is not None:
        raise LearningError(
            _("This session is over. Whoever taught can still add you to the list.")
        )


@transaction.atomic
def renew_code(*, by: Person, session: Session) -> Session:
    """Make the code at the door anew: the one before opens nothing from now on."""
    reason = need_to_prepare(by, session.series)
    session.code = make_code()
    session.save(update_fields=["code"])
    note_deed(by, "renew", "code", session.pk, session.series.place, reason)
    return session


@transaction.atomic
def check_in(*, by: Person, session: Session) -> Attendance:
    """Check in with the code at the door, as oneself; once, however often it is read."""
    need_open_door(session)
    if not has_sight(by, session.series):
        raise LearningError(
            _("This workshop is of another network. Come in as a guest.")
        )
    held = hold_series(session.series)
    seat, _made = Seat.objects.get_or_create(
        series=held,
        person=by,
        defaults={
            "state": SeatState.COMING,
            "school": find_school(by, held),
            "standing": propose_standing(by, today()),
        },
    )
    stay = find_stay(session, timezone.now())
    if not session.attendances.filter(seat=seat).exists():
        put_down(session, seat, stay, CheckInWay.CODE, by)
        note_deed(by, "note", "attendance", session.pk, held.place)
    return session.attendances.get(seat=seat)


@transaction.atomic
def check_in_guest(*, session: Session, guest: str, school: Place | None) -> Seat:
    """Check in a guest with the code at the door, by name; the same name is the same guest."""
    need_open_door(session)
    held = hold_series(session.series)
    by_code = session.attendances.filter(way=CheckInWay.CODE, seat__person=None)
    if by_code.count() >= MOST_GUESTS:
        raise LearningError(_("Too many guests. Ask whoever is at the door."))
    seat = find_or_seat(session, uuid.uuid4(), guest, school)
    stay = find_stay(session, timezone.now())
    if not session.attendances.filter(seat=seat).exists():
        put_down(session, seat, stay, CheckInWay.CODE, None)
        key, place = session.pk, held.place
        record(by=AT_THE_DOOR, verb="note", kind="attendance", key=key, place=place)
    return seat


def find_by_code(code: str) -> Session | None:
    """Find the session whose door a code opens."""
    found = Session.objects.filter(code=code)
    return found.select_related("series__workshop", "series__place").first()
