"""Holding a meeting: who is there, what is said, how it ends."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commonroot.domain.network.deeds import need_reason, note_deed
from commonroot.domain.network.models import Person
from commonroot.domain.teams.choices import QUESTIONS, MeetingState, Rating, Section
from commonroot.domain.teams.clock import add_running
from commonroot.domain.teams.models import CoachNote, Meeting, Note
from commonroot.domain.teams.reasons import TeamError
from commonroot.domain.teams.rules import ADVISE_TEAM, RUN_TEAM


@transaction.atomic
def begin_meeting(*, by: Person, meeting: Meeting) -> Meeting:
    """Begin a meeting; one that is under way goes on."""
    reason = need_reason(by, RUN_TEAM, meeting.team.place)
    locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if locked.state == MeetingState.UNDER_WAY:
        return locked
    if locked.state != MeetingState.PLANNED:
        raise TeamError(_("This meeting is over. Plan another one."))
    under_way = Meeting.objects.filter(team=locked.team, state=MeetingState.UNDER_WAY)
    if under_way.exists():
        raise TeamError(
            _("The team has another meeting under way. End that one first.")
        )
    locked.state, locked.began = MeetingState.UNDER_WAY, timezone.now()
    locked.section, locked.section_began = Section.LAST_CHANGE, locked.began
    locked.save(update_fields=["state", "began", "section", "section_began"])
    note_deed(by, "begin", "meeting", locked.pk, locked.team.place, reason)
    return locked


def need_under_way(meeting: Meeting) -> Meeting:
    """Give a meeting anew if it is under way; raises TeamError otherwise."""
    found = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if found.state != MeetingState.UNDER_WAY:
        raise TeamError(_("This meeting is not under way."))
    return found


@transaction.atomic
def go_to_section(*, by: Person, meeting: Meeting, section: Section) -> Meeting:
    """Go to a part of the meeting: its clock runs from now on, the other's stands still."""
    reason = need_reason(by, RUN_TEAM, meeting.team.place)
    found, now = need_under_way(meeting), timezone.now()
    if found.section == section:
        return found
    found.spent = add_running(found, now)
    found.section, found.section_began = section, now
    found.save(update_fields=["spent", "section", "section_began"])
    note_deed(by, "go on", "meeting", found.pk, found.team.place, reason)
    return found


@transaction.atomic
def note_present(
    *,
    by: Person,
    meeting: Meeting,
    come: Iterable[Person] = (),
    gone: Iterable[Person] = (),
    guests: str = "",
    guests_before: str = "",
) -> None:
    """Note who came and who left, each by themselves: two who note at once lose nothing.

    `guests` were `guests_before` where they were written; what others wrote stays.
    """
    reason = need_reason(by, RUN_TEAM, meeting.team.place)
    found = need_under_way(meeting)
    found.present.add(*come)
    found.present.remove(*gone)
    found.guests = merge_guests(found.guests, guests_before, guests)
    found.save(update_fields=["guests"])
    note_deed(by, "note", "presence", found.pk, found.team.place, reason)


def merge_guests(kept: str, before: str, told: str) -> str:
    """Merge what somebody changed about the guests into what is kept.

    >>> merge_guests("a driver, a nurse", "a driver", "a driver, two parents")
    'a driver, a nurse, two parents'
    >>> merge_guests("a driver, a nurse", "a driver", "")
    'a nurse'
    """
    known, was, now = (list_guests(each) for each in (kept, before, told))
    left = [each for each in known if each not in was or each in now]
    return ", ".join([*left, *(each for each in now if each not in known)])[:200]


def list_guests(text: str) -> list[str]:
    """List guests that are written with commas, each once."""
    found = (" ".join(each.split()) for each in text.replace("\0", "").split(","))
    return list(dict.fromkeys(each for each in found if each))


@transaction.atomic
def add_note(*, by: Person, meeting: Meeting, section: Section, text: str) -> Note:
    """Add a line to the minutes: two people who write at once lose nothing."""
    reason = need_reason(by, RUN_TEAM, meeting.team.place)
    found, words = need_under_way(meeting), text.strip()[:600]
    if not words:
        raise TeamError(_("Write something first."))
    note = Note.objects.create(meeting=found, section=section, text=words, by=by)
    note_deed(by, "add", "note", note.pk, found.team.place, reason)
    return note


@transaction.atomic
def take_back_note(*, by: Person, note: Note) -> None:
    """Take a line of the minutes back, while the meeting is under way."""
    reason = need_reason(by, RUN_TEAM, note.meeting.team.place)
    need_under_way(note.meeting)
    waiting = Note.objects.filter(pk=note.pk, taken_back=None)
    if waiting.update(taken_back=timezone.now()):
        note_deed(by, "take back", "note", note.pk, note.meeting.team.place, reason)


@transaction.atomic
def end_meeting(
    *, by: Person, meeting: Meeting, ratings: Sequence[str], decided: bool
) -> Meeting:
    """End a meeting with the team's answers to the four quick questions."""
    reason = need_reason(by, RUN_TEAM, meeting.team.place)
    locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
    need_under_way(locked)
    if len(ratings) != len(QUESTIONS) or any(each not in Rating for each in ratings):
        raise TeamError(_("Answer the four quick questions first."))
    locked.state, locked.ended = MeetingState.ENDED, timezone.now()
    locked.ratings, locked.decided = list(ratings), decided
    locked.spent, locked.section_began = add_running(locked, locked.ended), None
    locked.save(
        update_fields=["state", "ended", "ratings", "decided", "spent", "section_began"]
    )
    note_deed(by, "end", "meeting", locked.pk, locked.team.place, reason)
    return locked


@transaction.atomic
def advise(*, by: Person, meeting: Meeting, text: str) -> CoachNote:
    """Leave the facilitator a note before a meeting."""
    reason = need_reason(by, ADVISE_TEAM, meeting.team.place)
    if not text.strip():
        raise TeamError(_("Write something first."))
    note = CoachNote.objects.create(meeting=meeting, text=text.strip()[:600], by=by)
    note_deed(by, "advise", "meeting", meeting.pk, meeting.team.place, reason)
    return note
