"""The plan of a partnership: its steps and what became of them; readiness notes."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from commonroot.domain.network.deeds import note_deed
from commonroot.domain.network.models import Person, Place
from commonroot.domain.network.sight import today
from commonroot.domain.partnerships.choices import PartnerSide, StepState, Turn
from commonroot.domain.partnerships.models import (
    Partnership,
    ReadinessNote,
    Step,
    StepTurn,
)
from commonroot.domain.partnerships.reasons import PartnershipError
from commonroot.domain.partnerships.rules import PLAN_PARTNERSHIP, SEE_PARTNERSHIP
from commonroot.domain.partnerships.sides import (
    list_people_who,
    list_schools,
    need_part_reason,
)
from commonroot.domain.partnerships.words import (
    need_coming,
    need_day,
    need_words,
    tidy,
)

BECOMES = {
    Turn.DONE: StepState.DONE,
    Turn.DROPPED: StepState.DROPPED,
    Turn.MOVED: StepState.OPEN,
    Turn.TAKEN_UP: StepState.OPEN,
}


@transaction.atomic
def add_step(
    *,
    by: Person,
    partnership: Partnership,
    what: str,
    side: PartnerSide,
    by_when: dt.date,
    owner: Person | None = None,
    who: str = "",
) -> Step:
    """Add a step to the plan: what, who of which side, by when.

    The owner is somebody who sees the partnership; anybody else is named in `who`.
    """
    reason = need_part_reason(by, PLAN_PARTNERSHIP, partnership)
    words, named = need_words(what, 300), tidy(who, 120)
    if owner is None and not named:
        raise PartnershipError(_("Say who sees to it."))
    if owner is not None:
        need_owner(owner, partnership)
    made = Step.objects.create(
        partnership=partnership,
        what=words,
        side=side,
        owner=owner,
        who="" if owner else named,
        by_when=need_day(by_when),
    )
    note_deed(by, "add", "step", made.pk, partnership.district, reason)
    return made


def need_owner(owner: Person, partnership: Partnership) -> None:
    """Raise PartnershipError for somebody who could not see what they own."""
    if owner not in list_people_who(SEE_PARTNERSHIP, partnership):
        raise PartnershipError(_("Choose somebody who works with this partnership."))


@transaction.atomic
def settle_step(
    *, by: Person, step: Step, turn: Turn, line: str, by_when: dt.date | None = None
) -> Step:
    """Say with a line what became of a step: done, moved, dropped, or taken up again.

    Raises PartnershipError without a line, without a day to come where it has another,
    and when somebody settled it meanwhile.
    """
    reason = need_part_reason(by, PLAN_PARTNERSHIP, step.partnership)
    settled = Step.objects.select_for_update().get(pk=step.pk)
    if (settled.state == StepState.OPEN) == (turn == Turn.TAKEN_UP):
        raise PartnershipError(_("Somebody said so already. Look at the plan again."))
    StepTurn.objects.create(
        step=settled,
        turn=turn,
        line=need_words(line, 300),
        before=settled.by_when,
        on=today(),
        by=by,
    )
    settled.state = BECOMES[turn]
    if settled.state == StepState.OPEN:
        settled.by_when = need_coming(by_when)
    settled.save(update_fields=["state", "by_when"])
    note_deed(by, turn.value, "step", step.pk, step.partnership.district, reason)
    return settled


@transaction.atomic
def note_readiness(
    *, by: Person, partnership: Partnership, school: Place, text: str
) -> ReadinessNote:
    """Note what was noticed of a school's readiness; schools do not see it."""
    reason = need_part_reason(by, PLAN_PARTNERSHIP, partnership)
    need_school(partnership, school)
    made = add_readiness(by, partnership, school, text)
    note_deed(by, "add", "readiness note", made.pk, partnership.district, reason)
    return made


def add_readiness(
    by: Person, partnership: Partnership, school: Place, text: str
) -> ReadinessNote:
    """Add a note on a school's readiness, in the transaction around it."""
    return ReadinessNote.objects.create(
        partnership=partnership,
        school=school,
        day=today(),
        text=need_words(text, 600),
        by=by,
    )


def need_school(partnership: Partnership, school: Place) -> None:
    """Raise PartnershipError for a place that is no school of the district."""
    if not list_schools(partnership.district).filter(pk=school.pk).exists():
        raise PartnershipError(_("Choose a school of the district."))


@transaction.atomic
def take_back_note(*, by: Person, note: ReadinessNote) -> None:
    """Take a readiness note back: it is gone."""
    reason = need_part_reason(by, PLAN_PARTNERSHIP, note.partnership)
    note_deed(
        by, "take back", "readiness note", note.pk, note.partnership.district, reason
    )
    note.delete()
