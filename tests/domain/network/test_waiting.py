"""A file that nobody decides about is not kept for later."""

import datetime as dt

from django.utils import timezone

from commonroot.domain.network.choices import FileState
from commonroot.domain.network.models import RosterImport
from commonroot.domain.network.waiting import set_aside_waiting


def test_a_roster_that_waits_too_long_forgets_its_names(cast):
    given = RosterImport.objects.create(
        place=cast.Region, name="staff.csv", draft={"people": ["Zeb Marker"]}
    )

    assert set_aside_waiting(given.given) == 0
    assert set_aside_waiting(timezone.now() + dt.timedelta(seconds=1)) == 1
    given.refresh_from_db()
    assert (given.state, given.draft) == (FileState.SET_ASIDE, None)
