"""Profiles, rounds and matches, and who may read what."""

import datetime as dt

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied

from commonroot.domain.audit.actions import SYSTEM
from commonroot.domain.connections import actions
from commonroot.domain.connections.choices import (
    FIELDS,
    MatchState,
    Met,
    Moment,
    Side,
)
from commonroot.domain.connections.coming import find_coming
from commonroot.domain.connections.models import FollowUp, Joining, Match, Profile
from commonroot.domain.connections.queries import (
    find_match,
    find_run_round,
    list_unmatched,
    profiles_seen_by,
    search_profiles,
)
from commonroot.domain.connections.reasons import ConnectingError
from commonroot.domain.connections.tasks import ask_matched
from commonroot.domain.network.actions import end_role, give_role
from commonroot.domain.network.choices import RoleKind
from commonroot.domain.network.models import Role
from commonroot.domain.network.sight import today

LATER = dt.date(2099, 9, 1)


def tell(person, practices=(), **more):
    told = {
        "offers": "Morning circles",
        "asks": "",
        "practices": practices,
        "spans": ["3-5"],
        "languages": "English, Spanish",
        "hours": ["lunch"],
        "contact": f"call {person.name}",
        "audiences": dict.fromkeys(FIELDS, "network"),
        **more,
    }
    return actions.keep_profile(by=person, **told)


def teach(cast, name, place):
    person = cast.people[name] = cast.add(name)
    give_role(
        by=SYSTEM,
        person=person,
        kind=RoleKind.EDUCATOR,
        place=place,
        first=dt.date(2025, 8, 1),
    )
    return person


@pytest.fixture
def round_(cast):
    return actions.begin_round(
        by=cast.Dev, place=cast.Region, name="Autumn", closes=LATER
    )


@pytest.fixture
def matched(cast, round_):
    """Grace is new, Noor seasoned, and the round proposed them to one another."""
    for person, side in ((cast.Grace, Side.NEW), (cast.Noor, Side.SEASONED)):
        tell(person)
        actions.join_round(by=person, in_round=round_, side=side)
    actions.settle_round(by=cast.Dev, in_round=round_)
    return Match.objects.get()


@pytest.mark.parametrize(
    ("audience", "readers"),
    [
        ("matches", set()),
        ("school", {"Ana", "Ben"}),
        ("district", {"Ana", "Ben"}),
        ("network", {"Ana", "Ben", "Noor"}),
    ],
)
def test_a_field_is_read_and_found_by_its_audience_alone(cast, audience, readers):
    """Others read one open field, so that the profile itself is there for all to see."""
    tell(
        cast.Grace,
        offers="Turtle corner",
        audiences={**dict.fromkeys(FIELDS, "network"), "offers": audience},
    )
    read = {
        name
        for name, person in cast.people.items()
        for seen in profiles_seen_by(person)
        if "Turtle" in str(seen.fields)
    }
    found = {
        name
        for name, person in cast.people.items()
        if search_profiles(person, "turtle")
    }
    there = {name for name, person in cast.people.items() if profiles_seen_by(person)}

    assert read == found == readers
    assert there == {"Ana", "Ben", "Noor"}


def test_a_school_in_the_same_district_reads_what_is_for_the_district(cast):
    from commonroot.domain.network.actions import add_place  # noqa: PLC0415  # this test alone

    other = add_place(by=SYSTEM, kind="school", name="Fir", above=cast.North)
    nia = teach(cast, "Nia", other)
    tell(cast.Grace, audiences=dict.fromkeys(FIELDS, "district"))

    assert [each.profile.person for each in profiles_seen_by(nia)] == [cast.Grace]
    Profile.objects.update(audiences=dict.fromkeys(FIELDS, "school"))
    assert profiles_seen_by(nia) == []


def test_without_a_profile_nobody_is_found_and_leaving_takes_all_out(cast, round_):
    assert profiles_seen_by(cast.Noor) == []
    tell(cast.Grace)
    actions.join_round(by=cast.Grace, in_round=round_, side=Side.NEW)
    assert len(profiles_seen_by(cast.Noor)) == 1
    actions.leave_directory(by=cast.Grace)

    assert profiles_seen_by(cast.Noor) == []
    assert Joining.objects.count() == Profile.objects.count() == 0


def test_a_round_is_joined_by_those_who_work_where_it_is(cast):
    made = actions.begin_round(by=cast.Carla, place=cast.North, name="N", closes=LATER)
    tell(cast.Noor)
    with pytest.raises(ConnectingError, match="another place"):
        actions.join_round(by=cast.Noor, in_round=made, side=Side.NEW)
    with pytest.raises(ConnectingError, match="First say something"):
        actions.join_round(by=cast.Grace, in_round=made, side=Side.NEW)


@pytest.mark.parametrize(
    "name", ["Ana", "Ben", "Grace", "Mara", "Jonas", "Lee", "Olga"]
)
def test_a_round_is_run_by_coaches_and_the_network(cast, round_, name):
    assert find_run_round(cast.people[name], round_.pk) is None
    with pytest.raises(PermissionDenied):
        actions.settle_round(by=cast.people[name], in_round=round_)
    with pytest.raises(PermissionDenied):
        actions.begin_round(
            by=cast.people[name], place=cast.Region, name="X", closes=LATER
        )


def test_nobody_is_matched_with_who_evaluates_them(cast, round_):
    """Ben is Grace's principal and the only one with room."""
    for person, side in ((cast.Grace, Side.NEW), (cast.Ben, Side.SEASONED)):
        tell(person)
        actions.join_round(by=person, in_round=round_, side=side)
    actions.settle_round(by=cast.Dev, in_round=round_)

    assert Match.objects.count() == 0
    assert list_unmatched(round_) == [cast.Grace]


def test_a_principal_elsewhere_can_be_matched(cast, round_):
    for person, side in ((cast.Noor, Side.NEW), (cast.Ben, Side.SEASONED)):
        tell(person)
        actions.join_round(by=person, in_round=round_, side=side)
    actions.settle_round(by=cast.Dev, in_round=round_)

    assert Match.objects.get().seasoned == cast.Ben


def test_a_struck_name_is_not_matched_and_nobody_learns_of_it(cast, round_):
    for person, side in ((cast.Grace, Side.NEW), (cast.Noor, Side.SEASONED)):
        tell(person)
        actions.join_round(by=person, in_round=round_, side=side)
    actions.strike_people(by=cast.Grace, in_round=round_, people=[cast.Noor.pk])
    actions.settle_round(by=cast.Dev, in_round=round_)

    assert Match.objects.count() == 0


def test_both_confirm_before_each_learns_how_to_reach_the_other(cast, matched):
    actions.confirm_match(by=cast.Grace, match=matched)
    matched.refresh_from_db()
    assert matched.state == MatchState.PROPOSED
    actions.confirm_match(by=cast.Noor, match=matched)
    matched.refresh_from_db()

    assert matched.state == MatchState.CONFIRMED
    assert set(matched.reasons) == {"grades", "language", "hours"}
    asked = FollowUp.objects.values_list("moment", "asked__month")
    assert set(asked) == {(Moment.BEFORE_SCHOOL, 8), (Moment.HARD_MONTH, 10)}
    assert FollowUp.objects.count() == 4


def test_a_match_is_there_for_the_two_alone(cast, matched):
    seen = {name for name, each in cast.people.items() if find_match(each, matched.pk)}

    assert seen == {"Grace", "Noor"}
    for name in ("Dev", "Ben", "Lee", "Farid"):
        for act in (
            lambda by: actions.confirm_match(by=by, match=matched),
            lambda by: actions.decline_match(by=by, match=matched),
            lambda by: actions.ask_match(by=by, match=matched, text="Hello?"),
        ):
            with pytest.raises(PermissionDenied):
                act(cast.people[name])


def test_who_is_declined_is_matched_again_and_never_with_the_same(
    cast, matched, round_
):
    actions.decline_match(by=cast.Noor, match=matched)
    assert list_unmatched(round_) == [cast.Grace]
    assert actions.match_again(by=cast.Dev, in_round=round_) == 0
    nia = teach(cast, "Nia", cast.Elm)
    tell(nia)
    Joining.objects.create(round=round_, person=nia, side=Side.SEASONED)

    assert actions.match_again(by=cast.Dev, in_round=round_) == 1
    assert Match.objects.get(state=MatchState.PROPOSED).seasoned == nia


def test_who_found_nobody_goes_first_next_time(cast, round_):
    tell(cast.Grace)
    actions.join_round(by=cast.Grace, in_round=round_, side=Side.NEW)
    actions.settle_round(by=cast.Dev, in_round=round_)
    following = actions.begin_round(
        by=cast.Dev, place=cast.Region, name="Winter", closes=LATER
    )

    assert actions.join_round(by=cast.Grace, in_round=following, side=Side.NEW).waited


def test_who_has_room_for_two_is_matched_with_two(cast, round_):
    for person in (cast.Grace, cast.Ana):
        tell(person)
        actions.join_round(by=person, in_round=round_, side=Side.NEW)
    tell(cast.Noor)
    actions.join_round(by=cast.Noor, in_round=round_, side=Side.SEASONED, capacity=2)
    actions.settle_round(by=cast.Dev, in_round=round_)

    assert {each.new for each in Match.objects.all()} == {cast.Grace, cast.Ana}


def test_both_are_asked_how_it_goes_and_can_have_somebody_else(cast, matched):
    for person in (cast.Grace, cast.Noor):
        actions.confirm_match(by=person, match=matched)
    FollowUp.objects.filter(moment=Moment.BEFORE_SCHOOL).update(asked=today())
    assert ask_matched() == 2
    assert [letter.to[0] for letter in mail.outbox] == [
        "grace@example.org",
        "noor@example.org",
    ]
    assert "call" not in mail.outbox[0].body
    words = [each.words for each in find_coming(cast.Grace, today(), today())]
    assert words == ["How is it going with Noor?"]
    actions.answer_follow_up(
        by=cast.Grace,
        follow_up=FollowUp.objects.get(person=cast.Grace, moment=Moment.BEFORE_SCHOOL),
        met=Met.ANOTHER,
    )
    matched.refresh_from_db()
    assert matched.state == MatchState.ENDED
    assert find_coming(cast.Noor, today(), today()) == []


def test_a_role_that_ends_takes_matches_and_profiles_out_of_sight(cast, matched):
    end_role(by=cast.Farid, role=Role.objects.get(person=cast.Noor))

    assert find_match(cast.Noor, matched.pk) is None
    assert profiles_seen_by(cast.Noor) == []
