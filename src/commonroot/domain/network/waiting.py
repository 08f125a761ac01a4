"""Files that somebody gave and nobody decided about."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from commonroot.domain.network.choices import FileState
from commonroot.domain.network.models import RosterImport, SchoolFile


@transaction.atomic
def set_aside_waiting(given_before: dt.datetime) -> int:
    """Set aside rosters, calendars and enrolments that wait since before a moment.

    What was read of them, names of staff among it, is not kept for later.
    """
    decided = {"state": FileState.SET_ASIDE, "draft": None, "decided": timezone.now()}
    return sum(
        model.objects.filter(state=FileState.WAITING, given__lt=given_before).update(
            **decided
        )
        for model in (RosterImport, SchoolFile)
    )
