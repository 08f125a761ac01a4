"""Beginning a partnership, and changing its years."""

from django.db import transaction
from django.utils.translation import gettext as _

from commonroot.domain.network.choices import PlaceKind
from commonroot.domain.network.deeds import need_reason, note_deed
from commonroot.domain.network.models import Person, Place
from commonroot.domain.partnerships.models import Partnership
from commonroot.domain.partnerships.reasons import PartnershipError
from commonroot.domain.partnerships.rules import KEEP_PARTNERSHIP
from commonroot.domain.partnerships.sides import (
    find_network,
    list_partners,
    need_part_reason,
)
from commonroot.domain.partnerships.stage_actions import make_usual_stages
from commonroot.domain.partnerships.years import (
    EARLIEST,
    LATEST,
    LONGEST,
    begin_year,
    end_year,
)


@transaction.atomic
def begin_partnership(
    *, by: Person, partner: Place, district: Place, first_year: int, last_year: int
) -> Partnership:
    """Begin a partnership with a district, for some school years.

    Raises PartnershipError when it cannot be: with a place that is no district, with a
    partner from elsewhere, or for years that the two have together already.
    """
    reason = need_reason(by, KEEP_PARTNERSHIP, district)
    if district.kind != PlaceKind.DISTRICT:
        raise PartnershipError(_("A partnership is with a district."))
    if not list_partners(district).filter(pk=partner.pk).exists():
        raise PartnershipError(_("Choose a partner organization or the region."))
    Place.objects.select_for_update().get(pk=district.pk)
    refuse_years(partner, district, first_year, last_year)
    make_usual_stages(find_network(district))
    made = Partnership.objects.create(
        partner=partner, district=district, first_year=first_year, last_year=last_year
    )
    note_deed(by, "begin", "partnership", made.pk, district, reason)
    return made


def refuse_years(
    partner: Place,
    district: Place,
    first_year: int,
    last_year: int,
    besides: Partnership | None = None,
) -> None:
    """Raise PartnershipError for years that cannot be, or that the two share already."""
    if last_year < first_year:
        raise PartnershipError(
            _("The last school year does not come before the first.")
        )
    if first_year < EARLIEST or last_year > LATEST or last_year - first_year >= LONGEST:
        raise PartnershipError(_("Choose nearer school years, twenty at most."))
    shared = Partnership.objects.filter(
        partner=partner,
        district=district,
        first_year__lte=last_year,
        last_year__gte=first_year,
    )
    if besides is not None:
        shared = shared.exclude(pk=besides.pk)
    if shared.exists():
        raise PartnershipError(
            _("These two have a partnership in some of these years already.")
        )


@transaction.atomic
def change_years(
    *, by: Person, partnership: Partnership, first_year: int, last_year: int
) -> Partnership:
    """Change the first and the last school year of a partnership.

    Raises PartnershipError for years that cannot be, or that leave a school outside.
    """
    reason = need_part_reason(by, KEEP_PARTNERSHIP, partnership)
    Place.objects.select_for_update().get(pk=partnership.district_id)
    changed = Partnership.objects.select_related("partner", "district").get(
        pk=partnership.pk
    )
    refuse_years(changed.partner, changed.district, first_year, last_year, changed)
    refuse_leaving_out(changed, first_year, last_year)
    changed.first_year, changed.last_year = first_year, last_year
    changed.save(update_fields=["first_year", "last_year"])
    note_deed(by, "change", "partnership", changed.pk, changed.district, reason)
    return changed


def refuse_leaving_out(
    partnership: Partnership, first_year: int, last_year: int
) -> None:
    """Raise PartnershipError when a school began to take part outside of these years."""
    days = (begin_year(first_year), end_year(last_year))
    outside = partnership.parts.exclude(first__range=days).first()
    if outside is not None:
        raise PartnershipError(
            _("%(school)s takes part from a day outside of these years.")
            % {"school": outside.school.name}
        )
