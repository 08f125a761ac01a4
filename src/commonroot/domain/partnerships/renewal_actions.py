"""When both sides talk about going on, and what came of it."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from commonroot.domain.network.deeds import note_deed
from commonroot.domain.network.models import Person
from commonroot.domain.network.sight import today
from commonroot.domain.partnerships.choices import RenewalEnd
from commonroot.domain.partnerships.models import Partnership, Renewal
from commonroot.domain.partnerships.partnership_actions import change_years
from commonroot.domain.partnerships.plan_actions import need_owner
from commonroot.domain.partnerships.reasons import PartnershipError
from commonroot.domain.partnerships.rules import KEEP_PARTNERSHIP, SEE_PARTNERSHIP
from commonroot.domain.partnerships.sides import find_part_reason, need_part_reason
from commonroot.domain.partnerships.words import need_coming, need_words, tidy


@transaction.atomic
def plan_renewal(
    *,
    by: Person,
    partnership: Partnership,
    day: dt.date,
    about: str = "",
    owner: Person | None = None,
) -> Renewal:
    """Plan the day on which both sides talk about going on; who holds it is reminded."""
    reason = need_part_reason(by, KEEP_PARTNERSHIP, partnership)
    if owner is not None:
        need_owner(owner, partnership)
    Partnership.objects.select_for_update().get(pk=partnership.pk)
    if partnership.renewals.filter(day=day, ending="").exists():
        raise PartnershipError(_("A talk is planned for that day already."))
    made = Renewal.objects.create(
        partnership=partnership,
        day=need_coming(day),
        about=tidy(about, 300),
        owner=owner,
    )
    note_deed(by, "plan", "renewal", made.pk, partnership.district, reason)
    return made


@transaction.atomic
def settle_renewal(
    *,
    by: Person,
    renewal: Renewal,
    ending: RenewalEnd,
    line: str,
    last_year: int | None = None,
    day: dt.date | None = None,
) -> Renewal:
    """Say what came of a renewal: the partnership goes on, ends, or is talked of later.

    Going on needs the new last school year, talking later another day. Raises
    PartnershipError without these, without a line, and when it was settled meanwhile.
    """
    reason = need_part_reason(by, KEEP_PARTNERSHIP, renewal.partnership)
    settled = Renewal.objects.select_for_update().get(pk=renewal.pk)
    if settled.ending:
        raise PartnershipError(_("Somebody said so already. Look at the page again."))
    settled.ending, settled.line = ending, need_words(line, 300)
    settled.settled = today()
    settled.save(update_fields=["ending", "line", "settled"])
    note_deed(by, "settle", "renewal", settled.pk, renewal.partnership.district, reason)
    if ending == RenewalEnd.RENEWED:
        go_on(by, renewal.partnership, last_year)
    elif ending == RenewalEnd.MOVED:
        talk_later(by, settled, need_coming(day))
    return settled


def talk_later(by: Person, renewal: Renewal, day: dt.date) -> None:
    """Plan the talk on another day; whoever held it holds it still, unless they left."""
    partnership, owner = renewal.partnership, renewal.owner
    if owner is not None and not find_part_reason(owner, SEE_PARTNERSHIP, partnership):
        owner = None
    plan_renewal(
        by=by, partnership=partnership, day=day, about=renewal.about, owner=owner
    )


def go_on(by: Person, partnership: Partnership, last_year: int | None) -> None:
    """Let a partnership last longer; raises PartnershipError unless it does."""
    newest = Partnership.objects.get(pk=partnership.pk)
    if last_year is None or last_year <= newest.last_year:
        raise PartnershipError(_("Choose a last school year that is later than now."))
    change_years(
        by=by,
        partnership=newest,
        first_year=newest.first_year,
        last_year=last_year,
    )
