"""Which schools take part in a partnership, and which are whole school partners."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from commonroot.domain.network.deeds import note_deed
from commonroot.domain.network.models import Person, Place
from commonroot.domain.partnerships.models import Partnership, SchoolPart, WholeSchool
from commonroot.domain.partnerships.plan_actions import add_readiness, need_school
from commonroot.domain.partnerships.queries import within_days
from commonroot.domain.partnerships.reasons import PartnershipError, UnreadyError
from commonroot.domain.partnerships.rules import KEEP_PARTNERSHIP
from commonroot.domain.partnerships.sides import need_part_reason
from commonroot.domain.partnerships.years import begin_year, end_year

# A partnership starts with so many schools; others join when one can tell they are ready.
STARTERS = 3


@transaction.atomic
def add_school(
    *,
    by: Person,
    partnership: Partnership,
    school: Place,
    first: dt.date,
    readiness: str = "",
) -> SchoolPart:
    """Let a school take part from a day on; `readiness` is kept as a note on it.

    Raises PartnershipError for a day outside of the partnership's years, a school of
    another district and one that takes part already; UnreadyError, beyond the first
    three, for one of whose readiness nothing is noted.
    """
    reason = need_part_reason(by, KEEP_PARTNERSHIP, partnership)
    locked = Partnership.objects.select_for_update().get(pk=partnership.pk)
    need_school(partnership, school)
    if not begin_year(locked.first_year) <= first <= end_year(locked.last_year):
        raise PartnershipError(_("Choose a day in the years of the partnership."))
    later = within_days(first, dt.date.max)
    if partnership.parts.filter(later, school=school).exists():
        raise PartnershipError(_("This school takes part already."))
    if readiness.strip():
        add_readiness(by, locked, school, readiness)
    elif not may_join_unnoted(locked, school, first):
        raise UnreadyError(
            _(
                "Three schools take part already, and others join when they are ready. "
                "Say how one can tell that this school is."
            )
        )
    made = SchoolPart.objects.create(
        partnership=partnership, school=school, first=first
    )
    note_deed(by, "add", "school part", made.pk, school, reason)
    return made


def may_join_unnoted(partnership: Partnership, school: Place, first: dt.date) -> bool:
    """Say whether a school may join with no more words: a starter, or noted before."""
    taking_part = partnership.parts.filter(within_days(first, dt.date.max))
    schools = taking_part.values("school").distinct().count()
    return (
        schools < STARTERS or partnership.readiness_notes.filter(school=school).exists()
    )


@transaction.atomic
def end_part(*, by: Person, part: SchoolPart, last: dt.date) -> None:
    """End a school's part with a day; as a whole school partner it ends then too."""
    reason = need_part_reason(by, KEEP_PARTNERSHIP, part.partnership)
    ended = SchoolPart.objects.select_for_update().get(pk=part.pk)
    if last < ended.first:
        raise PartnershipError(_("It cannot end before it began."))
    later = SchoolPart.objects.filter(
        partnership=ended.partnership_id, school=ended.school_id
    ).exclude(pk=ended.pk)
    if later.filter(first__gt=ended.first, first__lte=last).exists():
        raise PartnershipError(_("By then it takes part anew."))
    ended.last = last
    ended.save(update_fields=["last"])
    ended.wholes.filter(first__gt=last).delete()
    ended.wholes.filter(within_days(last, dt.date.max)).update(last=last)
    note_deed(by, "end", "school part", ended.pk, ended.school, reason)


@transaction.atomic
def remove_part(*, by: Person, part: SchoolPart) -> None:
    """Take a school's part back that was added by mistake."""
    reason = need_part_reason(by, KEEP_PARTNERSHIP, part.partnership)
    note_deed(by, "remove", "school part", part.pk, part.school, reason)
    part.delete()


@transaction.atomic
def begin_whole(*, by: Person, part: SchoolPart, first: dt.date) -> WholeSchool:
    """Say that a school is a whole school partner from a day on."""
    reason = need_part_reason(by, KEEP_PARTNERSHIP, part.partnership)
    locked = SchoolPart.objects.select_for_update().get(pk=part.pk)
    if first < locked.first or (locked.last is not None and first > locked.last):
        raise PartnershipError(_("Choose a day on which the school takes part."))
    if locked.wholes.filter(within_days(first, dt.date.max)).exists():
        raise PartnershipError(_("This school is a whole school partner already."))
    made = WholeSchool.objects.create(part=locked, first=first, last=locked.last)
    note_deed(by, "begin", "whole school", made.pk, locked.school, reason)
    return made


@transaction.atomic
def end_whole(*, by: Person, part: SchoolPart, last: dt.date) -> None:
    """Say that a school is a whole school partner until a day and no longer."""
    reason = need_part_reason(by, KEEP_PARTNERSHIP, part.partnership)
    locked = SchoolPart.objects.select_for_update().get(pk=part.pk)
    whole = locked.wholes.filter(last__isnull=True).first()
    if whole is None:
        raise PartnershipError(_("This school is not a whole school partner now."))
    if last < whole.first or (locked.last is not None and last > locked.last):
        raise PartnershipError(_("Choose a day on which it was one."))
    whole.last = last
    whole.save(update_fields=["last"])
    note_deed(by, "end", "whole school", whole.pk, locked.school, reason)
