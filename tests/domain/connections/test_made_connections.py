"""The made-up directory is as full as the demo says."""

import pytest

from commonroot.domain.audit.queries import verify_log
from commonroot.domain.connections.choices import MatchState, RoundState, Standing
from commonroot.domain.connections.coming import find_coming
from commonroot.domain.connections.fitting import may_meet
from commonroot.domain.connections.lines import find_lines
from commonroot.domain.connections.made_connections import PAIRS, make_connections
from commonroot.domain.connections.models import (
    FollowUp,
    Match,
    Participant,
    Profile,
    Round,
)
from commonroot.domain.connections.pairing import Table
from commonroot.domain.network.made_region import make_region
from commonroot.domain.network.models import Person
from commonroot.domain.network.sight import today


@pytest.mark.slow
def test_twenty_new_and_eight_seasoned_were_matched_but_for_one_who_goes_first(db):
    make_region()

    assert make_connections() == 30
    assert make_connections() == 0
    august = Round.objects.get(state=RoundState.SETTLED)
    now = Round.objects.get(state=RoundState.OPEN)
    counts = {
        each: august.participants.filter(standing=each).count() for each in Standing
    }
    assert counts == {Standing.NEW: 20, Standing.SEASONED: 8}
    states = list(Match.objects.values_list("state", flat=True))
    assert {each: states.count(each) for each in MatchState} == {
        MatchState.CONFIRMED: 18,
        MatchState.PROPOSED: 1,
        MatchState.DECLINED: 1,
        MatchState.ENDED: 0,
    }
    declined = Match.objects.get(state=MatchState.DECLINED)
    assert Match.objects.filter(new=declined.new, state="confirmed").count() == 1
    left = Participant.objects.get(told_unmatched__isnull=False)
    assert left.standing == Standing.NEW
    assert [each.person for each in now.participants.filter(goes_first=True)] == [
        left.person
    ]
    pairs = {
        frozenset({str(m.new_id), str(m.seasoned_id)}) for m in Match.objects.all()
    }
    assert not pairs & find_lines(
        august, Profile.objects.values_list("person", flat=True)
    )
    assert FollowUp.objects.count() == 18 * 4 - 1
    grace = Person.objects.get(name="Grace Lund")
    assert len(find_coming(grace, today(), today())) == 1
    assert verify_log().broken_at is None


@pytest.mark.slow
def test_every_pair_of_the_demo_is_one_that_the_matching_could_have_made(db):
    make_region()
    make_connections()
    august = Round.objects.get(state=RoundState.SETTLED)
    Match.objects.exclude(state=MatchState.DECLINED).delete()
    table = Table(august)
    askings = {each.who.key: each for each in table.list_askings()}
    offerings = {each.who.key: each for each in table.list_offerings()}
    people = {each.name: str(each.pk) for each in Person.objects.all()}
    for seasoned, names in PAIRS.items():
        offering = offerings[people[seasoned]]
        assert len(names) <= offering.capacity
        for name in names:
            asking = askings[people[name]]
            assert may_meet(asking, offering, table.in_line | table.matched), name
    (left,) = set(askings) - {people[n] for names in PAIRS.values() for n in names}
    full = [each for each in offerings.values() if may_meet(askings[left], each, ())]
    assert all(
        len(PAIRS[name]) == offerings[people[name]].capacity
        for name in PAIRS
        if offerings[people[name]] in full
    )
