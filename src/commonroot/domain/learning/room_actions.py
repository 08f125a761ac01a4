"""Agreements of a group: proposed, answered, adopted, looked at again."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from commonroot.domain.learning.choices import Answer, Working
from commonroot.domain.learning.models import (
    AgreementAnswer,
    AgreementReview,
    RepairNote,
    RoomAgreement,
    Series,
)
from commonroot.domain.learning.preparing import need_to_be_in_room, teaches
from commonroot.domain.learning.reasons import LearningError
from commonroot.domain.network.deeds import note_deed
from commonroot.domain.network.models import Person
from commonroot.domain.network.sight import today

KIND, REPAIR = "room agreement", "repair"


def need_words(text: str) -> str:
    """Give words as they are kept; raises LearningError when there are none."""
    words = " ".join(text.split())
    if not words:
        raise LearningError(_("Write something first."))
    return words[:300]


@transaction.atomic
def propose_agreement(*, by: Person, series: Series, text: str) -> RoomAgreement:
    """Propose an agreement: whoever is in the room."""
    reason = need_to_be_in_room(by, series)
    words = need_words(text)
    if series.agreements.filter(text__iexact=words, ended=None).exists():
        raise LearningError(_("This is proposed already."))
    made = RoomAgreement.objects.create(
        series=series, text=words, proposed_by=by, proposed=today()
    )
    note_deed(by, "propose", KIND, made.pk, series.place, reason)
    return made


@transaction.atomic
def answer_agreement(
    *,
    by: Person,
    agreement: RoomAgreement,
    answer: Answer,
    words: str = "",
    wording: int = 0,
) -> None:
    """Answer what was proposed: yes, yes with a change, or not yet and why.

    `wording` says which words were read: the first ones, or those after so many changes.
    """
    reason = need_to_be_in_room(by, agreement.series)
    held = RoomAgreement.objects.select_for_update().get(pk=agreement.pk)
    if held.adopted or held.ended:
        raise LearningError(_("It was decided already."))
    if wording != len(held.earlier):
        raise LearningError(
            _("It was worded anew meanwhile. Read it, and answer again.")
        )
    if answer != Answer.YES and not words.strip():
        raise LearningError(_("Say what you would change, or why not yet."))
    AgreementAnswer.objects.update_or_create(
        agreement=held,
        person=by,
        defaults={"answer": answer, "words": words.strip()[:300]},
    )
    note_deed(by, "answer", KIND, held.pk, agreement.series.place, reason)


def need_to_lead(by: Person, agreement: RoomAgreement) -> str:
    """Say why somebody may word or adopt an agreement: they proposed it, or teach here."""
    reason = need_to_be_in_room(by, agreement.series)
    if not may_lead(by, agreement):
        raise PermissionDenied
    return reason


def may_lead(person: Person, agreement: RoomAgreement) -> bool:
    """Say whether somebody proposed an agreement, or teaches the group."""
    return agreement.proposed_by_id == person.pk or teaches(person, agreement.series)


@transaction.atomic
def reword_agreement(*, by: Person, agreement: RoomAgreement, text: str) -> None:
    """Word an agreement anew. Everybody answers anew: nobody agreed to these words yet."""
    reason = need_to_lead(by, agreement)
    words = need_words(text)
    held = RoomAgreement.objects.select_for_update().get(pk=agreement.pk)
    if held.text == words or held.ended:
        return
    held.earlier = [*held.earlier, [held.text, today().isoformat()]]
    held.text, held.adopted, held.review = words, None, None
    held.save(update_fields=["earlier", "text", "adopted", "review"])
    held.answers.all().delete()
    note_deed(by, "reword", KIND, held.pk, agreement.series.place, reason)


@transaction.atomic
def adopt_agreement(*, by: Person, agreement: RoomAgreement, review: dt.date) -> None:
    """Adopt an agreement: somebody says yes, nobody says not yet, and a day to look again."""
    reason = need_to_lead(by, agreement)
    held = RoomAgreement.objects.select_for_update().get(pk=agreement.pk)
    if review <= today():
        raise LearningError(_("Choose a day to come for looking at it again."))
    answers = set(held.answers.values_list("answer", flat=True))
    if Answer.NOT_YET in answers:
        raise LearningError(
            _("Somebody says “not yet”. Talk about it, or word it anew.")
        )
    if Answer.YES not in answers:
        raise LearningError(_("Nobody has said yes yet."))
    held.adopted, held.review = held.adopted or today(), review
    held.save(update_fields=["adopted", "review"])
    note_deed(by, "adopt", KIND, held.pk, agreement.series.place, reason)


def set_review(agreement: RoomAgreement, review: dt.date | None, ends: bool) -> None:
    """Set the day on which a group looks again, or let an agreement go; a day to come stays."""
    if ends:
        agreement.review, agreement.ended = None, today()
    else:
        agreement.review = review or agreement.review
        if agreement.review is None or agreement.review <= today():
            raise LearningError(_("Choose a day to look at it again, or let it go."))
    agreement.save(update_fields=["review", "ended"])


@transaction.atomic
def review_agreement(
    *,
    by: Person,
    agreement: RoomAgreement,
    working: Working,
    review: dt.date | None = None,
    words: str = "",
    ends: bool = False,
) -> AgreementReview:
    """Say whether an agreement is working, as anybody in the room may.

    Whoever leads says when to look again, or lets it go. Each has one answer a day.
    """
    reason = need_to_be_in_room(by, agreement.series)
    if agreement.adopted is None:
        raise LearningError(_("It is not adopted yet."))
    if review is not None and review <= today():
        raise LearningError(_("Choose a day to come for looking at it again."))
    made, _made = AgreementReview.objects.update_or_create(
        agreement=agreement,
        on=today(),
        by=by,
        defaults={"working": working, "words": words.strip()[:300]},
    )
    if may_lead(by, agreement):
        set_review(agreement, review, ends)
    note_deed(by, "review", KIND, agreement.pk, agreement.series.place, reason)
    return made


@transaction.atomic
def ask_repair(*, by: Person, agreement: RoomAgreement, text: str) -> RepairNote:
    """Say that an agreement was broken, to those alone who lead the room."""
    reason = need_to_be_in_room(by, agreement.series)
    if agreement.adopted is None:
        raise LearningError(_("It is not adopted yet."))
    words = text.strip()
    if not words:
        raise LearningError(_("Write something first."))
    made = RepairNote.objects.create(
        agreement=agreement, person=by, text=words[:600], on=today()
    )
    note_deed(by, "ask", REPAIR, made.pk, agreement.series.place, reason)
    return made


@transaction.atomic
def settle_repair(*, by: Person, note: RepairNote, line: str) -> None:
    """Say what was done about it, for whoever wrote it. Those who lead the room do."""
    series = note.agreement.series
    if not teaches(by, series):
        raise PermissionDenied
    words = line.strip()
    if not words:
        raise LearningError(_("Say what you did."))
    held = RepairNote.objects.select_for_update(of=("self",)).get(pk=note.pk)
    held.line, held.settled, held.settled_by = words[:300], today(), by
    held.save(update_fields=["line", "settled", "settled_by"])
    note_deed(by, "settle", REPAIR, held.pk, series.place)


@transaction.atomic
def withdraw_repair(*, by: Person, note: RepairNote) -> None:
    """Take back what one wrote: it is gone."""
    if note.person_id != by.pk:
        raise PermissionDenied
    note_deed(by, "withdraw", REPAIR, note.pk, note.agreement.series.place)
    note.delete()
