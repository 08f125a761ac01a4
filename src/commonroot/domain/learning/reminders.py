"""Who is asked, two weeks after a workshop, whether they tried what they chose."""

import datetime as dt

from commonroot.domain.learning.models import ToolChoice
from commonroot.domain.learning.tasks import send_question
from commonroot.domain.network.sight import today

# Whoever could not be written to for a month is not asked out of the blue.
LATEST = dt.timedelta(days=30)


def ask_about_tools(on: dt.date | None = None) -> int:
    """Let those be asked whose two weeks are over, once each; gives how many letters."""
    day = on or today()
    due = ToolChoice.objects.filter(
        tried="", asked=None, ask_on__lte=day, ask_on__gte=day - LATEST
    )
    keys = list(due.values_list("pk", flat=True))
    ToolChoice.objects.filter(pk__in=keys).update(asked=day)
    for key in keys:
        send_question.enqueue(str(key))
    return len(keys)
