"""Adding workshops, their other names and tools; finding out that two are one."""

from django.db import transaction
from django.utils.translation import gettext as _

from commonroot.domain.learning.models import (
    Recommendation,
    Series,
    Tool,
    Workshop,
    WorkshopName,
)
from commonroot.domain.learning.names import fold_name, tidy_name
from commonroot.domain.learning.queries import find_known
from commonroot.domain.learning.reasons import LearningError
from commonroot.domain.learning.rules import PREPARE_WORKSHOPS
from commonroot.domain.network.deeds import need_reason, note_deed
from commonroot.domain.network.models import Person, Place

LONGEST_NAME = 160


def need_name(name: str) -> str:
    """Give a name as it is kept; raises LearningError when there is none, or too much."""
    tidy = tidy_name(name)
    if not fold_name(tidy):
        raise LearningError(_("Give it a name."))
    if len(tidy) > LONGEST_NAME:
        raise LearningError(_("This name is too long."))
    return tidy


@transaction.atomic
def add_workshop(*, by: Person, place: Place, name: str, about: str = "") -> Workshop:
    """Add a workshop; one that is known by this name already is given back as it is."""
    reason = need_reason(by, PREPARE_WORKSHOPS, place)
    tidy = need_name(name)
    Place.objects.select_for_update().get(pk=place.pk)
    known = find_known(by, tidy)
    if known is not None:
        return known
    made = Workshop.objects.create(place=place, name=tidy, about=about.strip()[:2000])
    note_deed(by, "add", "workshop", made.pk, place, reason)
    return made


@transaction.atomic
def add_name(*, by: Person, workshop: Workshop, name: str) -> None:
    """Keep another name of a workshop, by which it is found too."""
    reason = need_reason(by, PREPARE_WORKSHOPS, workshop.place)
    tidy = need_name(name)
    known = find_known(by, tidy)
    if known is not None and known.pk != workshop.pk:
        raise LearningError(
            _("Another workshop has this name. If they are one, put them together.")
        )
    if known is None:
        made = WorkshopName.objects.create(workshop=workshop, name=tidy)
        note_deed(by, "add", "workshop name", made.pk, workshop.place, reason)


@transaction.atomic
def remove_name(*, by: Person, workshop: Workshop, name: str) -> None:
    """Let go of another name of a workshop."""
    reason = need_reason(by, PREPARE_WORKSHOPS, workshop.place)
    for known in WorkshopName.objects.filter(workshop=workshop, name=name):
        note_deed(by, "remove", "workshop name", known.pk, workshop.place, reason)
        known.delete()


@transaction.atomic
def describe_workshop(*, by: Person, workshop: Workshop, name: str, about: str) -> None:
    """Change what a workshop is called and what it is about; its old name still finds it."""
    reason = need_reason(by, PREPARE_WORKSHOPS, workshop.place)
    tidy = need_name(name)
    known = find_known(by, tidy)
    if known is not None and known.pk != workshop.pk:
        raise LearningError(
            _("Another workshop has this name. If they are one, put them together.")
        )
    if fold_name(tidy) != fold_name(workshop.name):
        WorkshopName.objects.filter(workshop=workshop, name__iexact=tidy).delete()
        WorkshopName.objects.get_or_create(workshop=workshop, name=workshop.name)
    workshop.name, workshop.about = tidy, about.strip()[:2000]
    workshop.save(update_fields=["name", "about"])
    note_deed(by, "describe", "workshop", workshop.pk, workshop.place, reason)


@transaction.atomic
def merge_workshops(*, by: Person, kept: Workshop, other: Workshop) -> Workshop:
    """Put two workshops together that turn out to be one.

    Series, tools and recommendations of the other go to the one that is kept, and so do
    its names: whoever looks for them finds it.
    """
    reason = need_reason(by, PREPARE_WORKSHOPS, kept.place)
    need_reason(by, PREPARE_WORKSHOPS, other.place)
    if kept.pk == other.pk:
        raise LearningError(_("Choose another workshop: this is the same one."))
    both = Workshop.objects.select_for_update().filter(pk__in=[kept.pk, other.pk])
    if len(both) != 2:
        raise LearningError(_("These were put together already."))
    names = [other.name, *other.names.values_list("name", flat=True)]
    Series.objects.filter(workshop=other, name="").update(name=other.name)
    Series.objects.filter(workshop=other).update(workshop=kept)
    Tool.objects.filter(workshop=other).update(workshop=kept)
    move_recommendations(kept, other)
    key = other.pk
    other.delete()
    keep_names(kept, names)
    note_deed(by, "put together", "workshop", key, kept.place, reason)
    return kept


def move_recommendations(kept: Workshop, other: Workshop) -> None:
    """Let recommendations count for the workshop that is kept, each person once."""
    there = set(kept.recommendations.values_list("person", "school"))
    twice = [
        each.pk
        for each in other.recommendations.all()
        if (each.person_id, each.school_id) in there
    ]
    Recommendation.objects.filter(pk__in=twice).delete()
    Recommendation.objects.filter(workshop=other).update(workshop=kept)


def keep_names(workshop: Workshop, names: list[str]) -> None:
    """Keep other names of a workshop, each once."""
    known = {fold_name(workshop.name)}
    known |= {
        fold_name(each.name) for each in WorkshopName.objects.filter(workshop=workshop)
    }
    for name in names:
        if fold_name(name) not in known:
            WorkshopName.objects.create(workshop=workshop, name=name)
            known.add(fold_name(name))


@transaction.atomic
def add_tool(*, by: Person, workshop: Workshop, name: str, about: str = "") -> Tool:
    """Add something that can be used on the day after a workshop."""
    reason = need_reason(by, PREPARE_WORKSHOPS, workshop.place)
    tidy = need_name(name)
    known = Tool.objects.filter(workshop=workshop, name__iexact=tidy).first()
    if known is not None:
        return known
    made = Tool.objects.create(workshop=workshop, name=tidy, about=about.strip()[:600])
    note_deed(by, "add", "tool", made.pk, workshop.place, reason)
    return made


@transaction.atomic
def remove_tool(*, by: Person, tool: Tool) -> None:
    """Take a tool away that nobody has chosen yet."""
    reason = need_reason(by, PREPARE_WORKSHOPS, tool.workshop.place)
    if tool.choices.exists():
        raise LearningError(_("People chose this tool, so it stays."))
    note_deed(by, "remove", "tool", tool.pk, tool.workshop.place, reason)
    tool.delete()
