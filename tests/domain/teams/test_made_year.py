"""The made-up year is as full as the demo says."""

import pytest

from commonroot.domain.audit.queries import verify_log
from commonroot.domain.network.made_region import make_region
from commonroot.domain.network.models import Person
from commonroot.domain.teams.choices import Ending, MeetingState
from commonroot.domain.teams.due import checks_due
from commonroot.domain.teams.made_year import make_teams
from commonroot.domain.teams.models import Change, Cycle, Meeting
from commonroot.domain.teams.queries import glance_at_teams, stories_seen_by


@pytest.mark.slow
def test_eight_teams_held_88_meetings_and_ended_changes_in_every_way(db):
    make_region()

    assert make_teams() == 8
    assert make_teams() == 0
    assert Meeting.objects.filter(state=MeetingState.ENDED).count() == 88
    assert set(Cycle.objects.values_list("ending", flat=True)) == {"", *Ending.values}
    assert set(
        Change.objects.filter(checks__isnull=False).values_list(
            "checks__helped", flat=True
        )
    ) == {"helped", "did_not_help", "too_early", "cannot_tell"}
    assert checks_due().count() == 1
    dev = Person.objects.get(name="Dev Raman")
    assert [each.counts.due for each in glance_at_teams(dev)] == [1] + [0] * 7
    assert stories_seen_by(dev).count() == 4
    assert verify_log().broken_at is None
