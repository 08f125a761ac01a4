"""Who pays for what."""

from django.db import transaction
from django.utils.translation import gettext as _

from commonroot.domain.network.deeds import note_deed
from commonroot.domain.network.models import Person
from commonroot.domain.partnerships.models import Partnership, PayLine
from commonroot.domain.partnerships.reasons import PartnershipError
from commonroot.domain.partnerships.rules import KEEP_PAYERS
from commonroot.domain.partnerships.sides import need_part_reason
from commonroot.domain.partnerships.words import need_words, tidy


@transaction.atomic
def add_pay_line(
    *,
    by: Person,
    partnership: Partnership,
    year: int,
    what: str,
    payer: str,
    amount: str = "",
) -> PayLine:
    """Write down who pays for what in a school year of the partnership."""
    reason = need_part_reason(by, KEEP_PAYERS, partnership)
    if not partnership.first_year <= year <= partnership.last_year:
        raise PartnershipError(_("Choose a school year of the partnership."))
    made = PayLine.objects.create(
        partnership=partnership,
        year=year,
        what=need_words(what, 200),
        payer=need_words(payer, 120),
        amount=tidy(amount, 80),
        by=by,
    )
    note_deed(by, "add", "pay line", made.pk, partnership.district, reason)
    return made


@transaction.atomic
def remove_pay_line(*, by: Person, pay_line: PayLine) -> None:
    """Take a line of who pays for what back."""
    partnership = pay_line.partnership
    reason = need_part_reason(by, KEEP_PAYERS, partnership)
    note_deed(by, "remove", "pay line", pay_line.pk, partnership.district, reason)
    pay_line.delete()
