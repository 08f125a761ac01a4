"""Letters in the autumn: what was planned in May comes back by itself."""

import datetime as dt

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task

from commonroot.domain.convenings.models import Plan
from commonroot.domain.convenings.queries import teams_of
from commonroot.domain.network.letters import send_or_wait, write_address
from commonroot.domain.network.sight import today

AUTUMN = (9, 15)


@task()
def remind_owner(plan: str, tried: int = 0) -> bool:
    """Tell whoever sees to a plan what was planned, in words of the team."""
    found = (
        Plan.objects.filter(pk=plan, outcome="", owner__is_active=True)
        .select_related("owner", "team__convening", "team__school")
        .first()
    )
    if found is None or found.owner is None:
        return False
    reader = found.owner
    with override(reader.language or settings.LANGUAGE_CODE):
        told = {
            "month": date_format(found.team.convening.day, "F"),
            "aim": found.aim,
            "step": found.first_step,
            "day": date_format(found.by_when),
        }
        subject = _("In %(month)s you planned") % told
        text = (
            _(
                "In %(month)s your team planned: %(aim)s. The first step, by %(day)s: "
                "%(step)s. Where is it? Done, partly and not are all answers."
            )
            % told
        )
        address = write_address(reverse("convenings:show-team", args=[found.team_id]))
    letter = EmailMessage(
        subject,
        f"{text}\n\n{address}".strip() + "\n",
        settings.DEFAULT_FROM_EMAIL,
        [reader.email],
    )
    return send_or_wait(
        letter,
        tried,
        lambda later: remind_owner.using(run_after=later).enqueue(plan, tried + 1),
    )


def bring_plans_back(on: dt.date | None = None) -> int:
    """Write in the autumn after a convening to whoever sees to a plan that is open, once.

    Not to somebody who may no longer read what their team planned. Gives how many letters
    there are.
    """
    day = on or today()
    if (day.month, day.day) < AUTUMN:
        return 0
    spring = dt.date(day.year, 1, 1)
    open_plans = Plan.objects.filter(
        outcome="",
        reminded=None,
        team__convening__day__range=(spring, dt.date(day.year, *AUTUMN)),
        owner__is_active=True,
    ).select_related("owner", "team")
    letters = 0
    for plan in open_plans:
        plan.reminded = day
        plan.save(update_fields=["reminded"])
        if plan.owner and teams_of(plan.owner).filter(pk=plan.team_id).exists():
            remind_owner.enqueue(str(plan.pk))
            letters += 1
    return letters
