"""Stories reach the whole of a network, and end at its edge."""

import datetime as dt

import pytest

from commonroot.domain.audit.actions import SYSTEM
from commonroot.domain.network.actions import add_place, give_role
from commonroot.domain.network.choices import GroupKind, PlaceKind, RoleKind
from commonroot.domain.network.models import Group
from commonroot.domain.teams.models import Change, Cycle, Story
from commonroot.domain.teams.queries import (
    find_similar,
    search_stories,
    stories_seen_by,
)


@pytest.fixture
def elsewhere(cast):
    """A school of another region, with Zoe on its team."""
    places = {}
    above = None
    for kind, name in (
        (PlaceKind.REGION, "Far Region"),
        (PlaceKind.DISTRICT, "Far District"),
        (PlaceKind.SCHOOL, "Fir"),
    ):
        above = places[name] = add_place(by=SYSTEM, kind=kind, name=name, above=above)
    cast.people["Zoe"] = cast.add("Zoe")
    give_role(
        by=SYSTEM, person=cast.Zoe, kind=RoleKind.TEAM_MEMBER, place=places["Fir"]
    )
    return places["Fir"]


def share(place, title):
    """Share a story of a team of a place."""
    day = dt.date(2026, 1, 7)
    team = Group.objects.create(place=place, kind=GroupKind.DATA_TEAM, name="Data team")
    cycle = Cycle.objects.create(team=team, opened=day, what="a", where="b", when="c")
    change = Change.objects.create(
        cycle=cycle, what="x", start=day, review=day, done_when="y"
    )
    return Story.objects.create(
        change=change, title=title, tried="u", place="Bus", happened="partly",
        helped="helped", shared=day,
    )  # fmt: skip


def test_a_story_reaches_the_whole_network_and_no_other(cast, elsewhere):
    share(cast.Oak, "near")
    share(elsewhere, "far")
    seen = {
        name: sorted(story.title for story in stories_seen_by(cast.people[name]))
        for name in ("Ana", "Noor", "Hugo", "Elena", "Zoe", "Olga", "Lee")
    }

    assert seen == {
        "Ana": ["near"],
        "Noor": ["near"],
        "Hugo": ["near"],
        "Elena": ["near"],
        "Zoe": ["far"],
        "Olga": [],
        "Lee": [],
    }


def test_searching_finds_nothing_beyond_the_network(cast, elsewhere):
    share(elsewhere, "far")

    assert list(search_stories(cast.Ana, "bus")) == []
    assert find_similar(cast.Ana, ["Bus"]) == []


def test_whoever_works_in_two_networks_sees_the_stories_of_both(cast, elsewhere):
    share(cast.Oak, "near")
    share(elsewhere, "far")
    give_role(by=SYSTEM, person=cast.Zoe, kind=RoleKind.EDUCATOR, place=cast.Elm)

    assert sorted(story.title for story in stories_seen_by(cast.Zoe)) == ["far", "near"]
