"""Preparing a convening: the day, its teams, agenda, agreements, and who came."""

import datetime as dt
import uuid
from collections.abc import Collection
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commonroot.domain.convenings.choices import AgendaKind, Answer, GuestKind
from commonroot.domain.convenings.models import (
    AgendaPart,
    Convening,
    ConveningAgreement,
    Guest,
    SchoolTeam,
)
from commonroot.domain.convenings.queries import comes_to, is_list_closed
from commonroot.domain.convenings.reasons import ConveningError
from commonroot.domain.convenings.rules import BRING_TEAM, PREPARE
from commonroot.domain.convenings.tasks import invite_team, list_to_invite
from commonroot.domain.network.choices import PlaceKind
from commonroot.domain.network.deeds import need_reason, note_deed
from commonroot.domain.network.models import Person, Place
from commonroot.domain.network.sight import today

FURTHEST = dt.timedelta(days=4 * 366)


@transaction.atomic
def begin_convening(
    *,
    by: Person,
    place: Place,
    name: str,
    day: dt.date,
    starts: dt.time | None = None,
    where: str = "",
) -> Convening:
    """Begin a convening: it follows the last one, and opens with the plans made there."""
    reason = need_reason(by, PREPARE, place)
    if not name.strip():
        raise ConveningError(_("Give it a name."))
    if Convening.objects.filter(place=place, day=day).exists():
        raise ConveningError(_("There is a convening on this day already."))
    need_near(day)
    last = Convening.objects.filter(place=place, day__lt=day).first()
    made = Convening.objects.create(
        place=place,
        name=" ".join(name.split()),
        day=day,
        starts=starts,
        where=" ".join(where.split()),
        follows=last,
    )
    note_deed(by, "begin", "convening", made.pk, place, reason)
    return made


def need_near(day: dt.date) -> None:
    """Raise ConveningError for a day that is further away than anybody plans."""
    if abs(day - today()) > FURTHEST:
        raise ConveningError(_("Choose a day within four years of today."))


@transaction.atomic
def change_convening(
    *,
    by: Person,
    convening: Convening,
    name: str,
    day: dt.date,
    starts: dt.time | None = None,
    where: str = "",
) -> Convening:
    """Change what a convening is called, its day, or where it is."""
    found = Convening.objects.select_for_update().get(pk=convening.pk)
    reason = need_reason(by, PREPARE, found.place)
    if not name.strip():
        raise ConveningError(_("Give it a name."))
    others = Convening.objects.filter(place=found.place).exclude(pk=found.pk)
    if others.filter(day=day).exists():
        raise ConveningError(_("There is a convening on this day already."))
    need_near(day)
    found.name, found.day, found.starts = " ".join(name.split()), day, starts
    found.where = " ".join(where.split())
    found.follows = others.filter(day__lt=day).first()
    found.save(update_fields=["name", "day", "starts", "where", "follows"])
    note_deed(by, "change", "convening", found.pk, found.place, reason)
    return found


@transaction.atomic
def invite_schools(
    *, by: Person, convening: Convening, schools: Collection[uuid.UUID]
) -> list[SchoolTeam]:
    """Invite schools of the region, with seats for students and caregivers, by letter."""
    reason = need_reason(by, PREPARE, convening.place)
    inside = Place.objects.filter(
        pk__in=schools, kind=PlaceKind.SCHOOL, surroundings__around=convening.place
    )
    made = []
    for school in inside:
        team, is_new = SchoolTeam.objects.get_or_create(
            convening=convening, school=school
        )
        if is_new:
            made.append(team)
            for person in list_to_invite(school):
                invite_team.enqueue(str(team.pk), str(person.pk))
            note_deed(by, "invite", "school team", team.pk, school, reason)
    return made


@transaction.atomic
def answer_invitation(*, by: Person, team: SchoolTeam, answer: Answer) -> SchoolTeam:
    """Say whether a school's team comes."""
    reason = need_reason(by, BRING_TEAM, team.school)
    team.answer = answer
    team.save(update_fields=["answer"])
    note_deed(by, "answer", "school team", team.pk, team.school, reason)
    return team


@transaction.atomic
def add_guest(
    *,
    by: Person,
    team: SchoolTeam,
    name: str,
    kind: GuestKind,
    person: Person | None = None,
    access: str = "",
    food: str = "",
    language: str = "",
    listed: str = "preparers",
    photos: bool = False,
    caregiver_said_yes: bool = False,
) -> Guest:
    """Add somebody who comes with a school's team.

    Of a student one word is kept, the first name, and only when a caregiver said yes.
    Raises ConveningError when the seats for students or caregivers are taken.
    """
    found = SchoolTeam.objects.select_for_update().get(pk=team.pk)
    reason = need_reason(by, BRING_TEAM, found.school)
    words = " ".join(name.split())[:80]
    if not words:
        raise ConveningError(_("Write a name."))
    if kind == GuestKind.STUDENT:
        need_first_name(words, caregiver_said_yes)
    need_open_list(found)
    need_seat(found, kind)
    guest = Guest.objects.create(
        team=found,
        person=person,
        name=words,
        kind=kind,
        access=access.strip(),
        food=food.strip(),
        language=language.strip(),
        listed=listed,
        photos=photos and (kind != GuestKind.STUDENT or caregiver_said_yes),
        caregiver_said_yes=kind == GuestKind.STUDENT and caregiver_said_yes,
    )
    if found.answer != Answer.COMING:
        found.answer = Answer.COMING
        found.save(update_fields=["answer"])
    note_deed(by, "add", "guest", guest.pk, found.school, reason)
    return guest


def need_first_name(name: str, caregiver_said_yes: bool) -> None:
    """Raise ConveningError unless it is a first name, of a student whose caregiver said yes."""
    if " " in name:
        raise ConveningError(
            _("Of a student only the first name is kept. Write one word.")
        )
    if not caregiver_said_yes:
        raise ConveningError(_("A student comes when a caregiver has said yes."))


def need_open_list(team: SchoolTeam) -> None:
    """Raise ConveningError once it is written down who came: the list is what was then."""
    if is_list_closed(team):
        raise ConveningError(_("This convening is over, and its list stands."))


def need_seat(team: SchoolTeam, kind: GuestKind) -> None:
    """Raise ConveningError when the seats of this kind are taken."""
    seats = {
        GuestKind.STUDENT: team.student_seats,
        GuestKind.CAREGIVER: team.caregiver_seats,
    }
    if kind in seats and team.guests.filter(kind=kind).count() >= seats[kind]:
        raise ConveningError(
            _("These seats are taken. Ask those who prepare the day for another.")
        )


@transaction.atomic
def remove_guest(*, by: Person, guest: Guest) -> None:
    """Take somebody off who does not come: nothing of them is kept."""
    school, key = guest.team.school, guest.pk
    reason = need_reason(by, BRING_TEAM, school)
    need_open_list(guest.team)
    guest.delete()
    note_deed(by, "remove", "guest", key, school, reason)


@transaction.atomic
def set_seats(
    *, by: Person, team: SchoolTeam, students: int, caregivers: int
) -> SchoolTeam:
    """Set how many seats a team has for students and caregivers.

    Raises ConveningError where fewer are left than are taken.
    """
    reason = need_reason(by, PREPARE, team.convening.place)
    SchoolTeam.objects.select_for_update().get(pk=team.pk)
    for kind, seats in (
        (GuestKind.STUDENT, students),
        (GuestKind.CAREGIVER, caregivers),
    ):
        if team.guests.filter(kind=kind).count() > seats:
            raise ConveningError(_("More of these seats are taken already."))
    team.student_seats, team.caregiver_seats = students, caregivers
    team.save(update_fields=["student_seats", "caregiver_seats"])
    note_deed(by, "set", "school team", team.pk, team.school, reason)
    return team


@transaction.atomic
def check_in(
    *,
    by: Person,
    convening: Convening,
    guests: Collection[uuid.UUID],
    were: Collection[uuid.UUID] = (),
) -> int:
    """Write down who came, from one list at the door; gives how many are there now.

    `were` are those who were ticked already on that list: only what was changed there is
    written down, so two doors do not undo one another.
    """
    reason = need_reason(by, PREPARE, convening.place)
    if convening.day > today():
        raise ConveningError(_("This day has not come yet."))
    there = Guest.objects.filter(team__convening=convening)
    there.filter(pk__in=guests, came=None).update(came=timezone.now())
    there.filter(pk__in=set(were) - set(guests)).update(came=None)
    note_deed(by, "check in", "convening", convening.pk, convening.place, reason)
    return there.filter(came__isnull=False).count()


@transaction.atomic
def add_walk_in(
    *,
    by: Person,
    team: SchoolTeam,
    name: str,
    kind: GuestKind,
    caregiver_said_yes: bool = False,
) -> Guest:
    """Add somebody who came without having been named before, a student with a yes."""
    reason = need_reason(by, PREPARE, team.convening.place)
    words = " ".join(name.split())[:80]
    if not words:
        raise ConveningError(_("Write a name."))
    if kind == GuestKind.STUDENT:
        need_first_name(words, caregiver_said_yes)
    guest = Guest.objects.create(
        team=team,
        name=words,
        kind=kind,
        came=timezone.now(),
        caregiver_said_yes=kind == GuestKind.STUDENT,
    )
    note_deed(by, "add", "guest", guest.pk, team.school, reason)
    return guest


@transaction.atomic
def add_part(
    *,
    by: Person,
    convening: Convening,
    kind: AgendaKind,
    starts: dt.time,
    minutes: int,
    title: str = "",
    room: str = "",
    language: str = "",
) -> AgendaPart:
    """Add a part to the day."""
    reason = need_reason(by, PREPARE, convening.place)
    part = AgendaPart.objects.create(
        convening=convening,
        kind=kind,
        title=title.strip(),
        starts=starts,
        minutes=minutes,
        room=room.strip(),
        language=language.strip(),
    )
    note_deed(by, "add", "agenda", part.pk, convening.place, reason)
    return part


@transaction.atomic
def remove_part(*, by: Person, part: AgendaPart) -> None:
    """Take a part out of the day."""
    place, key = part.convening.place, part.pk
    reason = need_reason(by, PREPARE, place)
    part.delete()
    note_deed(by, "remove", "agenda", key, place, reason)


def tell_parts(convening: Convening) -> list[dict[str, Any]]:
    """Tell the parts of a day as they are kept with an agenda that is published."""
    return [
        {
            "kind": part.kind,
            "title": part.title,
            "starts": part.starts.isoformat("minutes"),
            "minutes": part.minutes,
            "room": part.room,
            "language": part.language,
        }
        for part in convening.parts.all()
    ]


@transaction.atomic
def publish_agenda(*, by: Person, convening: Convening, changed: str) -> Convening:
    """Publish the agenda as it stands, with a line on what is new."""
    found = Convening.objects.select_for_update().get(pk=convening.pk)
    reason = need_reason(by, PREPARE, found.place)
    if not found.parts.exists():
        raise ConveningError(_("There is nothing on the agenda yet."))
    if found.version and not changed.strip():
        raise ConveningError(_("Say in a line what has changed."))
    found.version, found.changed = found.version + 1, changed.strip()[:200]
    found.published_parts = tell_parts(found)
    found.save(update_fields=["version", "changed", "published_parts"])
    note_deed(by, "publish", "agenda", found.pk, found.place, reason)
    return found


@transaction.atomic
def propose_agreement(
    *, by: Person, convening: Convening, text: str, review: dt.date
) -> ConveningAgreement:
    """Propose an agreement, as somebody who comes or prepares the day.

    Those who prepare it write down when the room agreed.
    """
    if not comes_to(by, convening):
        raise PermissionDenied
    if not text.strip():
        raise ConveningError(_("Write something first."))
    made = ConveningAgreement.objects.create(
        convening=convening, text=text.strip()[:200], proposed_by=by, review=review
    )
    note_deed(by, "propose", "agreement", made.pk, convening.place)
    return made


@transaction.atomic
def settle_agreement(
    *, by: Person, agreement: ConveningAgreement, agreed: bool
) -> ConveningAgreement:
    """Write down that an agreement was agreed, or that it was let go."""
    place = agreement.convening.place
    reason = need_reason(by, PREPARE, place)
    if agreed:
        agreement.agreed = agreement.agreed or today()
    else:
        agreement.ended = today()
    agreement.save(update_fields=["agreed", "ended"])
    note_deed(
        by, "agree" if agreed else "end", "agreement", agreement.pk, place, reason
    )
    return agreement


@transaction.atomic
def review_agreement(
    *, by: Person, agreement: ConveningAgreement, review: dt.date
) -> ConveningAgreement:
    """Write down that an agreement was looked at again and stays, up to another day."""
    place = agreement.convening.place
    reason = need_reason(by, PREPARE, place)
    if review <= today():
        raise ConveningError(_("Choose a day that is still to come."))
    agreement.review = review
    agreement.save(update_fields=["review"])
    note_deed(by, "review", "agreement", agreement.pk, place, reason)
    return agreement
