"""Inviting, agreeing, holding visits, and writing and erasing their words."""

import datetime as dt
import functools
import uuid

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commonroot.domain.coaching.choices import OF_TEACHER, Part, VisitState
from commonroot.domain.coaching.holding import (
    hold_pair,
    need_kept,
    need_own,
    refuse_others,
)
from commonroot.domain.coaching.keys import PairKeyError, remove_key
from commonroot.domain.coaching.models import Pair, Visit, VisitNote
from commonroot.domain.coaching.queries import find_following
from commonroot.domain.coaching.reasons import VisitError
from commonroot.domain.coaching.rules import BE_VISITED, VISIT
from commonroot.domain.coaching.words import open_words, seal_note
from commonroot.domain.network.deeds import note_deed
from commonroot.domain.network.models import Person, Place
from commonroot.domain.network.sight import find_reason, today

LONGEST, LONGEST_SHOWN = 2000, 300
FURTHEST = dt.timedelta(days=2 * 366)
OPEN = (VisitState.ASKED, VisitState.AGREED)


@transaction.atomic
def ask_visit(
    *,
    by: Person,
    coach: Person,
    teacher: Person,
    school: Place,
    day: dt.date,
    starts: dt.time | None = None,
    minutes: int = 30,
    focus: str = "",
    follows: Visit | None = None,
) -> Visit:
    """Invite a coach, or offer a teacher a visit: it waits for the other's answer.

    The focus is the teacher's to choose, so one that a coach gives is not taken. Raises
    VisitError when one of the two may not, or the day has passed.
    """
    if by not in (coach, teacher) or coach == teacher:
        raise PermissionDenied
    if find_reason(coach, VISIT, school) is None:
        raise VisitError(_("This person does not visit at this school."))
    if find_reason(teacher, BE_VISITED, school) is None:
        raise VisitError(_("This person does not teach at this school."))
    if day < today():
        raise VisitError(_("This day has passed already."))
    if day - today() > FURTHEST:
        raise VisitError(_("Choose a day within two years."))
    pair, _made = Pair.objects.get_or_create(coach=coach, teacher=teacher)
    visit = Visit.objects.create(
        pair=hold_pair(pair),
        school=school,
        day=day,
        starts=starts,
        minutes=minutes,
        asked_by=by,
        follows=follows,
    )
    note_deed(by, "ask for", "visit", visit.pk, school)
    if by == teacher and focus.strip():
        write(by, visit, Part.FOCUS, focus, uuid.uuid4())
    return visit


@transaction.atomic
def answer_visit(*, by: Person, visit: Visit, agrees: bool, focus: str = "") -> Visit:
    """Agree to a visit, or not this time. Whoever asked does not answer for the other."""
    found = need_own(by, visit)
    if found.asked_by_id == by.pk:
        raise VisitError(_("The other one answers. You can call it off."))
    if found.state != VisitState.ASKED:
        raise VisitError(_("This visit was answered already."))
    found.state = VisitState.AGREED if agrees else VisitState.DECLINED
    found.save(update_fields=["state"])
    note_deed(by, "agree to" if agrees else "decline", "visit", found.pk, found.school)
    if agrees and found.pair.teacher_id == by.pk and focus.strip():
        write(by, found, Part.FOCUS, focus, uuid.uuid4())
    return found


@transaction.atomic
def call_off(*, by: Person, visit: Visit) -> Visit:
    """Call a visit off; either of the two may, and need not say why."""
    found = need_own(by, visit)
    if found.state not in OPEN:
        raise VisitError(_("This visit can no longer be called off."))
    found.state = VisitState.CALLED_OFF
    found.save(update_fields=["state"])
    note_deed(by, "call off", "visit", found.pk, found.school)
    return found


@transaction.atomic
def hold_visit(*, by: Person, visit: Visit) -> Visit:
    """Say that an agreed visit took place."""
    found = need_own(by, visit)
    if found.state == VisitState.HELD:
        return found
    if found.state != VisitState.AGREED:
        raise VisitError(_("Only a visit that both agreed to can be held."))
    if found.day > today():
        raise VisitError(_("This day has not come yet."))
    found.state = VisitState.HELD
    found.save(update_fields=["state"])
    note_deed(by, "hold", "visit", found.pk, found.school)
    return found


@transaction.atomic
def add_note(
    *, by: Person, visit: Visit, part: Part, words: str, key: uuid.UUID
) -> VisitNote:
    """Add a line to a visit's words, sealed. One that is sent again is kept once.

    Raises VisitError for other words under a key that is known: nothing is lost unseen.
    """
    found = need_own(by, visit)
    known = VisitNote.objects.filter(pk=key).first()
    if known is not None:
        if known.by_id != by.pk or known.visit_id != found.pk:
            raise PermissionDenied
        if (known.part, open_words(known)) != (part, words.strip()):
            raise VisitError(
                _("This page kept another line before. Keep this one once more.")
            )
        return known
    return write(by, found, part, words, key)


def may_write(person: Person, visit: Visit) -> bool:
    """Say whether one of the two may write now: a coach once both have agreed."""
    is_agreed = visit.state in (VisitState.AGREED, VisitState.HELD)
    return is_agreed or visit.pair.coach_id != person.pk


def write(
    by: Person, visit: Visit, part: Part, words: str, key: uuid.UUID
) -> VisitNote:
    """Write a line, in the transaction around it."""
    if visit.erased is not None:
        raise VisitError(_("The words of this visit were erased."))
    if not may_write(by, visit):
        raise VisitError(_("Write when both have agreed to the visit."))
    if part in OF_TEACHER and visit.pair.teacher_id != by.pk:
        raise VisitError(_("This part is the teacher’s own."))
    text = words.strip()
    if not text:
        raise VisitError(_("Write something first."))
    if len(text) > LONGEST:
        raise VisitError(
            _("At most %(most)s characters in one note. Write a second one.")
            % {"most": LONGEST}
        )
    try:
        sealed = seal_note(visit, key, part, text)
    except PairKeyError:
        raise VisitError(
            _(
                "The key of your words is missing on this site, or is another one. Nothing "
                "was added, and what you wrote stays where you wrote it. Whoever keeps the "
                "site can put the key back from a backup; then try again."
            )
        ) from None
    note = VisitNote.objects.create(
        pk=key,
        visit=visit,
        part=part,
        by=by,
        at=timezone.now(),
        sealed=sealed,
    )
    note_deed(by, "write", "visit note", note.pk, visit.school)
    return note


@transaction.atomic
def take_back_note(*, by: Person, note: VisitNote) -> None:
    """Take back a line that one wrote oneself: it is gone, and the key with the last one."""
    found = need_kept(by, note.visit)
    if note.by_id != by.pk:
        raise PermissionDenied
    key = note.pk
    note.delete()
    note_deed(by, "take back", "visit note", key, found.school)
    change_key_when_empty(found.pair)


@transaction.atomic
def look_again(*, by: Person, visit: Visit, day: dt.date) -> Visit:
    """Choose a date to look again: it opens the next visit of the two, linked to this one.

    Another date can be chosen when that visit did not come about.
    """
    found = need_own(by, visit)
    if found.state != VisitState.HELD:
        raise VisitError(_("First hold this visit."))
    if find_following(found) is not None:
        raise VisitError(
            _("The next visit is chosen already. Call it off to choose another day.")
        )
    following = ask_visit(
        by=by,
        coach=found.pair.coach,
        teacher=found.pair.teacher,
        school=found.school,
        day=day,
        starts=found.starts,
        minutes=found.minutes,
        follows=found,
    )
    found.again = day
    found.save(update_fields=["again"])
    return following


@transaction.atomic
def show_focus(*, by: Person, visit: Visit, focus: str) -> Visit:
    """Let the principal see with whom one works and on what focus: the teacher's choice.

    Without words the principal sees with whom, and no focus.
    """
    found = need_own(by, visit)
    refuse_others(by, found)
    words = focus.strip()
    if len(words) > LONGEST_SHOWN:
        raise VisitError(
            _("At most %(most)s characters. Your principal sees nothing yet.")
            % {"most": LONGEST_SHOWN}
        )
    found.is_shown, found.shown_focus = True, words
    found.save(update_fields=["is_shown", "shown_focus"])
    note_deed(by, "show", "visit", found.pk, found.school)
    return found


@transaction.atomic
def hide_focus(*, by: Person, visit: Visit) -> Visit:
    """Stop letting the principal see it."""
    found = need_kept(by, visit)
    refuse_others(by, found)
    found.is_shown, found.shown_focus = False, ""
    found.save(update_fields=["is_shown", "shown_focus"])
    note_deed(by, "hide", "visit", found.pk, found.school)
    return found


@transaction.atomic
def erase_words(*, by: Person, visit: Visit) -> int:
    """Erase every word of a visit, the coach's too; gives how many lines went.

    That the visit was held stays. When nothing of the pair is left, its key goes as well.
    """
    found = need_kept(by, visit)
    refuse_others(by, found)
    gone, _kinds = found.notes.all().delete()
    found.erased = timezone.now()
    found.is_shown, found.shown_focus = False, ""
    found.save(update_fields=["erased", "is_shown", "shown_focus"])
    note_deed(by, "erase", "visit note", found.pk, found.school)
    change_key_when_empty(found.pair)
    return gone


def change_key_when_empty(pair: Pair) -> None:
    """Remove the key of a pair, which the caller holds, when none of its words is left.

    What older copies of the database hold is closed for good. The pair gets the name of a
    new key first: words that are written meanwhile are sealed with that one.
    """
    if VisitNote.objects.filter(visit__pair=pair).exists():
        return
    old, pair.sealed_with = pair.sealed_with, uuid.uuid4()
    pair.save(update_fields=["sealed_with"])
    transaction.on_commit(functools.partial(remove_key, old))
