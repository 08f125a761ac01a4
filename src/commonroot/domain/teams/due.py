"""What is due in a team: checks, promises to ask, agreements."""

import datetime as dt

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from commonroot.domain.network.models import Group
from commonroot.domain.network.sight import today
from commonroot.domain.teams.models import Change, CheckResult, Voice


def checks_due(on: dt.date | None = None) -> QuerySet[Change]:
    """List the changes whose review has come, and that nobody has checked since."""
    day = on or today()
    checked = CheckResult.objects.filter(
        change=OuterRef("pk"), on__gte=F("change__review")
    )
    return Change.objects.filter(~Exists(checked), review__lte=day, cycle__ending="")


def list_checks_due(*teams: Group, on: dt.date | None = None) -> list[Change]:
    """List the changes of teams whose check is due, the longest overdue first."""
    due = checks_due(on).filter(cycle__team__in=teams)
    return list(due.select_related("cycle", "owner").order_by("review"))


def list_askings(*teams: Group) -> list[Voice]:
    """List whom teams promised to ask and have not heard yet, by the day promised."""
    open_voices = Voice.objects.filter(
        Q(heard="") & Q(reason=""), cycle__team__in=teams, cycle__ending=""
    )
    return list(open_voices.select_related("cycle").order_by("by_when"))


def list_agreements_due(team: Group, on: dt.date | None = None) -> list[object]:
    """List the agreements that the team wanted to look at again by now."""
    return list(team.agreements.filter(ended=None, review__lte=on or today()))
