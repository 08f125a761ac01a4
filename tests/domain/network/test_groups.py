"""Groups and their members: who keeps them, and who can be in them."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction

from commonroot.domain.audit.models import Line
from commonroot.domain.network import group_actions
from commonroot.domain.network.actions import NetworkError, end_role
from commonroot.domain.network.choices import GroupKind
from commonroot.domain.network.group_actions import (
    add_group,
    add_member,
    end_membership,
)
from commonroot.domain.network.group_queries import (
    find_group,
    find_membership,
    groups_seen_by,
    people_for,
)
from commonroot.domain.network.models import Group, Membership


def make(cast, by="Ben", place="Oak", name="Data team"):
    return add_group(
        by=cast.people[by],
        place=cast.places[place],
        kind=GroupKind.DATA_TEAM,
        name=name,
        rhythm="weekly",
    )


@pytest.fixture
def team(cast):
    return make(cast)


def members(cast, group):
    found = find_group(cast.Farid, group.pk, to_keep=False)
    return [each.person.name for each in found.members]


def names(people):
    return sorted(person.name for person in people)


@pytest.mark.parametrize("by", ["Ana", "Ben", "Carla", "Mara", "Dev", "Elena", "Farid"])
def test_who_keeps_the_groups_of_a_school(cast, by):
    assert str(make(cast, by)) == "Data team"


@pytest.mark.parametrize("by", ["Grace", "Hugo", "Noor", "Ines", "Kit", "Lee", "Olga"])
def test_others_make_none_and_change_none(cast, by, team):
    membership = add_member(by=cast.Ben, group=team, person=cast.Ana)
    person = cast.people[by]

    for attempt in (
        lambda: make(cast, by, name="Other"),
        lambda: add_member(by=person, group=team, person=cast.Grace),
        lambda: end_membership(by=person, membership=membership),
    ):
        with pytest.raises(PermissionDenied):
            attempt()
    assert find_group(person, team.pk, to_keep=True) is None
    assert find_membership(person, membership.group_id, membership.person_id) is None


@pytest.mark.parametrize(
    ("by", "sees"), [("Grace", True), ("Hugo", True), ("Noor", False), ("Lee", False)]
)
def test_groups_are_seen_by_those_who_see_the_people(cast, team, by, sees):
    seen = groups_seen_by(cast.people[by], cast.Oak)

    assert [group.name for group in seen] == (["Data team"] if sees else [])


@pytest.mark.parametrize("name", ["data team", "DATA  TEAM", " Data team "])
def test_two_groups_of_a_place_do_not_share_a_name(cast, team, name):
    with pytest.raises(NetworkError, match="with this name here already"):
        make(cast, name=name)
    assert Group.objects.count() == 1
    assert make(cast, "Noor", "Elm", name).place == cast.Elm


def test_members_are_those_with_a_role_at_the_place_or_within(cast, team):
    assert names(people_for(team)) == ["Ana", "Ben", "Grace", "Hugo"]
    district = make(cast, "Mara", "North")
    assert names(people_for(district)) == [
        "Ana",
        "Ben",
        "Carla",
        "Grace",
        "Hugo",
        "Ines",
        "Mara",
    ]


@pytest.mark.parametrize("name", ["Noor", "Elena", "Olga"])
def test_nobody_else_is_added(cast, team, name):
    with pytest.raises(NetworkError, match="no role here"):
        add_member(by=cast.Ben, group=team, person=cast.people[name])


def test_whoever_has_left_is_not_added(cast, team):
    end_role(by=cast.Ben, role=cast.Grace.roles.get())

    with pytest.raises(NetworkError):
        add_member(by=cast.Ben, group=team, person=cast.Grace)


def test_nobody_is_in_a_group_twice(cast, team):
    add_member(by=cast.Ben, group=team, person=cast.Ana, duty=" notes ")

    with pytest.raises(NetworkError, match="already"):
        add_member(by=cast.Ben, group=team, person=cast.Ana)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(
            group=team, person=cast.Ana, first=dt.date(2025, 1, 1)
        )
    assert Membership.objects.get().duty == "notes"


def test_a_membership_that_ends_is_shown_nowhere_and_can_begin_again(cast, team):
    membership = add_member(by=cast.Ben, group=team, person=cast.Ana)
    Membership.objects.update(first=dt.date(2025, 1, 1))
    membership.refresh_from_db()
    end_membership(by=cast.Ana, membership=membership)

    assert members(cast, team) == []
    assert find_membership(cast.Ben, membership.group_id, membership.person_id) is None
    add_member(by=cast.Ben, group=team, person=cast.Ana)
    assert members(cast, team) == ["Ana"]
    assert Membership.objects.count() == 2


def test_a_membership_that_began_today_never_was(cast, team):
    end_membership(
        by=cast.Ben, membership=add_member(by=cast.Ben, group=team, person=cast.Ana)
    )

    assert Membership.objects.count() == 0
    verbs = Line.objects.filter(kind="membership").values_list("verb", flat=True)
    assert list(verbs) == ["add", "end"]


def test_what_breaks_on_the_way_leaves_nothing(cast, team, monkeypatch):
    def break_off(*arguments, **named):
        raise DatabaseError("the disk is full")

    monkeypatch.setattr(group_actions, "record", break_off)
    for attempt in (
        lambda: make(cast, name="Other"),
        lambda: add_member(by=cast.Ben, group=team, person=cast.Ana),
    ):
        with pytest.raises(DatabaseError):
            attempt()
    assert (Group.objects.count(), Membership.objects.count()) == (1, 0)
