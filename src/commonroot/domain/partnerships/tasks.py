"""Letters about partnerships, sent beside the pages."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task

from commonroot.domain.network.letters import send_or_wait, write_address
from commonroot.domain.network.models import Person
from commonroot.domain.partnerships.models import Renewal
from commonroot.domain.partnerships.rules import SEE_PARTNERSHIP
from commonroot.domain.partnerships.sides import find_part_reason


@task()
def send_renewal_letter(renewal: str, person: str, tried: int = 0) -> bool:
    """Write to somebody that both sides talk about going on soon."""
    to = Person.objects.get(pk=person)
    open_ones = Renewal.objects.filter(pk=renewal, ending="")
    found = open_ones.select_related(
        "partnership__district", "partnership__partner"
    ).first()
    if found is None or not find_part_reason(to, SEE_PARTNERSHIP, found.partnership):
        return False
    page = reverse("partnerships:show-renewals", args=[found.partnership_id])
    with override(to.language or settings.LANGUAGE_CODE):
        told = {
            "district": found.partnership.district.name,
            "day": date_format(found.day),
            "address": write_address(page),
        }
        subject = _("%(district)s: renewal talk on %(day)s") % told
        text = _(
            "On %(day)s both sides talk about whether and how the partnership with "
            "%(district)s goes on.\n\nOpen Partnerships to look at the plan, the schools and "
            "the hours taught, and print the page for the talk.\n%(address)s\n"
        )
        letter = EmailMessage(
            subject, text % told, settings.DEFAULT_FROM_EMAIL, [to.email]
        )
    return send_or_wait(
        letter,
        tried,
        lambda later: send_renewal_letter.using(run_after=later).enqueue(
            renewal, person, tried + 1
        ),
    )
