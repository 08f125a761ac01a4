"""Who is written to before both sides talk about going on."""

import datetime as dt

from commonroot.domain.network.models import Person
from commonroot.domain.network.sight import today
from commonroot.domain.partnerships.models import Renewal
from commonroot.domain.partnerships.rules import KEEP_PARTNERSHIP, SEE_PARTNERSHIP
from commonroot.domain.partnerships.sides import find_part_reason, list_people_who
from commonroot.domain.partnerships.tasks import send_renewal_letter

# Two months before there is time to ask those who decide; two weeks before, to print.
DAYS_BEFORE = (60, 14)


def remind_of_renewals(on: dt.date | None = None) -> int:
    """Let letters be written about renewals that come, sixty and fourteen days before.

    To whoever holds it, else to those who keep the partnership. Gives how many letters.
    """
    day = on or today()
    letters = 0
    soon = Renewal.objects.filter(
        ending="", day__gte=day, day__lte=day + dt.timedelta(days=max(DAYS_BEFORE))
    ).select_related("owner", "partnership__district", "partnership__partner")
    for renewal in soon:
        if not is_time(renewal, day):
            continue
        renewal.reminded = day
        renewal.save(update_fields=["reminded"])
        for person in list_reminded(renewal):
            send_renewal_letter.enqueue(str(renewal.pk), str(person.pk))
            letters += 1
    return letters


def is_time(renewal: Renewal, day: dt.date) -> bool:
    """Say whether somebody is written to on a day: once for each time before."""
    begun = [
        before
        for before in (renewal.day - dt.timedelta(days=each) for each in DAYS_BEFORE)
        if before <= day
    ]
    return bool(begun) and (renewal.reminded is None or renewal.reminded < max(begun))


def list_reminded(renewal: Renewal) -> list[Person]:
    """List who is written to: whoever holds it and may still see it, else who keeps it."""
    owner = renewal.owner
    if (
        owner is not None
        and owner.is_active
        and find_part_reason(owner, SEE_PARTNERSHIP, renewal.partnership)
    ):
        return [owner]
    return list_people_who(KEEP_PARTNERSHIP, renewal.partnership)
