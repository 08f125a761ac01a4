"""A network's list of stages, and which of them a partnership reached."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from commonroot.domain.network.deeds import need_reason, note_deed
from commonroot.domain.network.models import Person, Place
from commonroot.domain.partnerships.choices import UsualStage
from commonroot.domain.partnerships.models import Partnership, Stage, StageReached
from commonroot.domain.partnerships.reasons import PartnershipError
from commonroot.domain.partnerships.rules import EDIT_STAGES, KEEP_PARTNERSHIP
from commonroot.domain.partnerships.sides import find_network, need_part_reason
from commonroot.domain.partnerships.words import need_past, need_words

MOST_WORDS, MOST_STAGES = 120, 30


def make_usual_stages(network: Place) -> list[Stage]:
    """List a network's stages; one that has none yet begins with the usual ones."""
    Place.objects.select_for_update().get(pk=network.pk)
    stages = list(Stage.objects.filter(network=network))
    if stages:
        return stages
    return Stage.objects.bulk_create(
        Stage(network=network, position=position, usual=usual)
        for position, usual in enumerate(UsualStage, start=1)
    )


@transaction.atomic
def open_stages(*, by: Person, network: Place) -> list[Stage]:
    """List a network's stages for whoever may change them, kept from now on."""
    need_reason(by, EDIT_STAGES, network)
    return make_usual_stages(network)


@transaction.atomic
def add_stage(*, by: Person, network: Place, words: str) -> Stage:
    """Add a stage of a network's own at the end of its list."""
    reason = need_reason(by, EDIT_STAGES, network)
    named = need_words(words, MOST_WORDS)
    stages = make_usual_stages(network)
    if any(str(each).lower() == named.lower() for each in stages):
        raise PartnershipError(_("This stage is on the list already."))
    if len(stages) >= MOST_STAGES:
        raise PartnershipError(_("The list is full. Take a stage off it first."))
    last = max(each.position for each in stages)
    made = Stage.objects.create(network=network, position=last + 1, words=named)
    note_deed(by, "add", "stage", made.pk, network, reason)
    return made


@transaction.atomic
def rename_stage(*, by: Person, stage: Stage, words: str) -> None:
    """Give a stage other words; what was reached keeps its stage."""
    network = stage.network
    reason = need_reason(by, EDIT_STAGES, network)
    stage.words = need_words(words, MOST_WORDS)
    stage.save(update_fields=["words"])
    note_deed(by, "rename", "stage", stage.pk, network, reason)


@transaction.atomic
def move_stage_up(*, by: Person, stage: Stage) -> None:
    """Let a stage come before the one that stands above it."""
    network = stage.network
    reason = need_reason(by, EDIT_STAGES, network)
    stages = make_usual_stages(network)
    place = next((at for at, each in enumerate(stages) if each.pk == stage.pk), 0)
    if not place:
        return
    stages[place - 1], stages[place] = stages[place], stages[place - 1]
    for position, each in enumerate(stages, start=1):
        each.position = position
    Stage.objects.bulk_update(stages, ["position"])
    note_deed(by, "move", "stage", stage.pk, network, reason)


@transaction.atomic
def retire_stage(*, by: Person, stage: Stage, retired: bool) -> None:
    """Take a stage off the list, or put it on again; where it was reached it stays."""
    network = stage.network
    reason = need_reason(by, EDIT_STAGES, network)
    stage.retired = retired
    stage.save(update_fields=["retired"])
    verb = "retire" if retired else "take up"
    note_deed(by, verb, "stage", stage.pk, network, reason)


@transaction.atomic
def reach_stage(
    *, by: Person, partnership: Partnership, stage: Stage, day: dt.date, evidence: str
) -> StageReached:
    """Say that a stage was reached, when, and by what one can tell.

    Saying it again for the same stage corrects what was said. Raises PartnershipError for
    a day to come, without evidence, or for a stage that is not on the list.
    """
    reason = need_part_reason(by, KEEP_PARTNERSHIP, partnership)
    network = find_network(partnership.district)
    if stage.network_id != network.pk or stage.retired:
        raise PartnershipError(_("Choose a stage of the list."))
    told = {"day": need_past(day), "evidence": need_words(evidence, 600), "by": by}
    Partnership.objects.select_for_update().get(pk=partnership.pk)
    reached, _made = StageReached.objects.update_or_create(
        partnership=partnership, stage=stage, defaults=told
    )
    note_deed(by, "reach", "stage reached", reached.pk, partnership.district, reason)
    return reached


@transaction.atomic
def take_back_stage(*, by: Person, reached: StageReached) -> None:
    """Take back that a stage was reached."""
    partnership = reached.partnership
    reason = need_part_reason(by, KEEP_PARTNERSHIP, partnership)
    note_deed(
        by, "take back", "stage reached", reached.pk, partnership.district, reason
    )
    reached.delete()
