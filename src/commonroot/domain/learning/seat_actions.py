"""Seats: inviting, asking, answering, and the waiting list."""

import itertools
import uuid

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commonroot.domain.audit.actions import record
from commonroot.domain.learning.choices import SeatState, SeriesState, Standing, Work
from commonroot.domain.learning.models import Seat, Series
from commonroot.domain.learning.preparing import has_sight, need_to_prepare, teaches
from commonroot.domain.learning.queries import people_of, series_seen_by
from commonroot.domain.learning.reasons import LearningError
from commonroot.domain.learning.rules import CHOOSE_COLLEAGUES, PREPARE_WORKSHOPS
from commonroot.domain.learning.sides import propose_standing
from commonroot.domain.learning.tasks import send_freed, send_invitation
from commonroot.domain.network.choices import PlaceKind
from commonroot.domain.network.deeds import need_reason, note_deed
from commonroot.domain.network.models import Person, Place
from commonroot.domain.network.sight import current_roles, find_reason, today

HELD = (SeatState.INVITED, SeatState.COMING)
AT_THE_LETTER = "whoever holds the letter"


def hold_series(series: Series) -> Series:
    """Hold a series, so that no two people get its last seat."""
    held = Series.objects.select_for_update(of=("self",)).select_related("place")
    return held.get(pk=series.pk)


def count_free(series: Series) -> int | None:
    """Count the seats that are neither taken nor offered; None when there is no limit."""
    if series.capacity is None:
        return None
    return max(0, series.capacity - series.seats.filter(state__in=HELD).count())


def has_room(series: Series) -> bool:
    """Say whether there is a seat left."""
    return count_free(series) != 0


def need_open(series: Series) -> None:
    """Refuse what needs a series that is open and not over."""
    if series.state != SeriesState.OPEN:
        raise LearningError(_("It is not open. Letters go out once it is."))
    if is_over(series):
        raise LearningError(_("It is over."))


def is_over(series: Series) -> bool:
    """Say whether the last session of a series has passed."""
    return not series.sessions.filter(day__gte=today()).exists()


@transaction.atomic
def invite(
    *,
    by: Person,
    series: Series,
    person: Person | None = None,
    guest: str = "",
    email: str = "",
    school: Place | None = None,
    standing: Standing | None = None,
    work: Work | None = None,
) -> Seat:
    """Invite somebody to a series; when it is full they wait for a seat.

    Whoever prepares it may invite anybody, a principal people of their own school: a
    colleague by name, or somebody who has no account yet as a guest.
    """
    reason = need_to_invite(by, series, school, person)
    held = hold_series(series)
    need_open(held)
    seat = find_earlier(held, person, " ".join(guest.split())[:120], school)
    address = "" if person else email.strip()[:254]
    if seat.email.casefold() != address.casefold():
        forget_needs(seat)
    seat.email = address
    seat.school = school
    seat.standing = standing or (propose_standing(person, today()) if person else "")
    seat.work = "" if person else work or ""
    seat.invited_by, seat.answered = by, None
    is_free = has_room(held)
    seat.state = SeatState.INVITED if is_free else SeatState.WAITING
    seat.waited_since = None if is_free else timezone.now()
    seat.save()
    if is_free:
        send_invitation.enqueue(str(seat.pk))
    note_deed(by, "invite", "seat", seat.pk, held.place, reason)
    return seat


def forget_needs(seat: Seat) -> None:
    """Let go of what somebody needs, and of their letter: another address is another reader."""
    seat.language = seat.access = seat.food = ""
    seat.token_digest = None


def need_to_invite(
    by: Person, series: Series, school: Place | None, person: Person | None
) -> str:
    """Say why somebody may invite to a series; raises PermissionDenied otherwise."""
    try:
        return need_to_prepare(by, series)
    except PermissionDenied:
        if school is None:
            raise
    reason = need_reason(by, CHOOSE_COLLEAGUES, school)
    if not school.surroundings.filter(around=series.place_id).exists():
        raise PermissionDenied
    if person is not None and not people_of(school).filter(pk=person.pk).exists():
        raise PermissionDenied
    return reason


def find_earlier(
    series: Series, person: Person | None, guest: str, school: Place | None
) -> Seat:
    """Find the seat of somebody who said no before, or begin a new one."""
    if person is None and not guest:
        raise LearningError(_("Say who is invited."))
    known = (
        series.seats.filter(person=person)
        if person
        else series.seats.filter(person=None, guest__iexact=guest, school=school)
    ).first()
    if known is not None and known.state != SeatState.DECLINED:
        raise LearningError(_("%(name)s is on the list already.") % {"name": known})
    return known or Seat(series=series, person=person, guest=guest)


@transaction.atomic
def ask_for_seat(*, by: Person, series: Series) -> Seat:
    """Ask for a seat: there is one, or one waits for it."""
    if not series_seen_by(by).filter(pk=series.pk).exists():
        raise PermissionDenied
    held = hold_series(series)
    need_open(held)
    if not is_for(by, held):
        raise LearningError(
            _("It is for people of %(place)s.") % {"place": held.place.name}
        )
    known = held.seats.filter(person=by).first()
    if known is not None:
        return answer_seat(seat=known, is_coming=True, by=by)
    is_free = has_room(held)
    seat = Seat.objects.create(
        series=held,
        person=by,
        school=find_school(by, held),
        state=SeatState.COMING if is_free else SeatState.WAITING,
        standing=propose_standing(by, today()),
        waited_since=None if is_free else timezone.now(),
        answered=timezone.now(),
    )
    note_deed(by, "ask for", "seat", seat.pk, held.place)
    return seat


def is_for(person: Person, series: Series) -> bool:
    """Say whether a series is for somebody: of a place around or inside one of theirs."""
    own = [role.place_id for role in current_roles(person)]
    place = series.place
    return (
        place.contents.filter(place__in=own).exists()
        or place.surroundings.filter(around__in=own).exists()
    )


def find_school(person: Person, series: Series) -> Place | None:
    """Find the school at which somebody works, among those that a series is for."""
    own = [role.place_id for role in current_roles(person)]
    return Place.objects.filter(
        kind=PlaceKind.SCHOOL,
        contents__place__in=own,
        surroundings__around=series.place_id,
    ).first()


@transaction.atomic
def answer_seat(*, seat: Seat, is_coming: bool, by: Person | None = None) -> Seat:
    """Say whether one comes, oneself or with the letter of a guest.

    A seat that somebody lets go is given to whoever waits longest.
    """
    if by is not None and seat.person_id != by.pk:
        raise PermissionDenied
    held = hold_series(seat.series)
    seat = Seat.objects.select_related("series", "person").get(pk=seat.pk)
    if is_over(held):
        raise LearningError(_("It is over."))
    if is_coming:
        take_seat(held, seat)
    else:
        seat.state, seat.waited_since = SeatState.DECLINED, None
    seat.answered = timezone.now()
    seat.save(update_fields=["state", "waited_since", "answered"])
    actor = by or AT_THE_LETTER
    record(by=actor, verb="answer", kind="seat", key=seat.pk, place=held.place)
    fill_free_seats(held)
    return seat


def take_seat(series: Series, seat: Seat) -> None:
    """Take a seat that was offered, or one that is free; otherwise wait for one."""
    if seat.state in HELD:
        seat.state = SeatState.COMING
        return
    need_open(series)
    if has_room(series) and seat.state == SeatState.DECLINED:
        seat.state = SeatState.COMING
    elif seat.state == SeatState.DECLINED:
        seat.state, seat.waited_since = SeatState.WAITING, timezone.now()


@transaction.atomic
def say_needs(
    *,
    seat: Seat,
    language: str = "",
    access: str = "",
    food: str = "",
    by: Person | None = None,
) -> None:
    """Say what one needs: a language, access, food. Only those who prepare it see this."""
    if by is not None and seat.person_id != by.pk:
        need_to_prepare(by, seat.series)
    seat.language = language.strip()[:40]
    seat.access = access.strip()[:200]
    seat.food = food.strip()[:200]
    seat.save(update_fields=["language", "access", "food"])
    place = seat.series.place
    record(by=by or AT_THE_LETTER, verb="set", kind="seat", key=seat.pk, place=place)


@transaction.atomic
def change_seat(
    *, by: Person, seat: Seat, state: SeatState, standing: Standing | None = None
) -> None:
    """Change where somebody stands, as those who prepare it heard: by telephone, at the door."""
    reason = need_to_prepare(by, seat.series)
    held = hold_series(seat.series)
    if state == SeatState.WAITING and seat.state != SeatState.WAITING:
        seat.waited_since = timezone.now()
    elif state != SeatState.WAITING:
        seat.waited_since = None
    seat.state, seat.standing = state, standing or ""
    seat.save(update_fields=["state", "standing", "waited_since"])
    note_deed(by, "change", "seat", seat.pk, held.place, reason)
    fill_free_seats(held)


@transaction.atomic
def remove_seat(*, by: Person, seat: Seat) -> None:
    """Take a seat back that was given by mistake; whoever was there keeps theirs."""
    reason = need_to_invite(by, seat.series, seat.school, None)
    held = hold_series(seat.series)
    if find_reason(by, PREPARE_WORKSHOPS, held.place) is None and not teaches(by, held):
        # Whoever only chooses colleagues does not learn here who was there.
        if held.sessions.filter(day__lte=today()).exists():
            raise LearningError(_("It has begun. Ask whoever prepares it."))
    elif seat.attendances.exists():
        raise LearningError(_("They were there already, so it stays."))
    note_deed(by, "remove", "seat", seat.pk, held.place, reason)
    seat.delete()
    fill_free_seats(held)


def fill_free_seats(series: Series) -> list[uuid.UUID]:
    """Give free seats to whoever waits longest, and tell them; gives whose they are.

    Whoever was invited while it was full has not said yes: they are invited now. Whoever
    no longer sees the series, since their last role ended, is passed over.
    """
    if series.state != SeriesState.OPEN or is_over(series):
        return []
    waiting = series.seats.filter(state=SeatState.WAITING).select_related("person")
    able = (
        seat
        for seat in waiting.order_by("waited_since", "pk")
        if seat.person is None or has_sight(seat.person, series)
    )
    given = []
    for seat in itertools.islice(able, count_free(series)):
        said_yes = seat.answered is not None
        seat.state = SeatState.COMING if said_yes else SeatState.INVITED
        seat.waited_since = None
        seat.save(update_fields=["state", "waited_since"])
        (send_freed if said_yes else send_invitation).enqueue(str(seat.pk))
        given.append(seat.pk)
    return given
