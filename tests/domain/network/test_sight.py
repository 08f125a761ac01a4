"""Who sees what, at which place, on which day."""

import datetime as dt

import pytest

from commonroot.domain.audit.actions import SYSTEM
from commonroot.domain.network.actions import add_place, give_role
from commonroot.domain.network.choices import PlaceKind, RoleKind
from commonroot.domain.network.models import Person
from commonroot.domain.network.queries import (
    find_place,
    people_seen_by,
    places_seen_by,
    roles_seen_by,
)
from commonroot.domain.network.rules import INVITE, RULES, SEE_PEOPLE
from commonroot.domain.network.sight import (
    Rule,
    current_roles,
    find_reason,
    places_where,
)
from people import ROLES

OAK_ONLY = Rule("test", "test", here=frozenset({RoleKind.TEAM_MEMBER}))
COACHED = Rule("test", "test", within=frozenset({RoleKind.DISTRICT_COACH}))


def names(found):
    return sorted(each.name for each in found)


def test_a_role_at_a_place_reaches_that_place_only(cast):
    assert names(places_where(cast.Ana, OAK_ONLY)) == ["Oak"]
    assert names(places_where(cast.Noor, OAK_ONLY)) == ["Elm"]


def test_a_role_around_a_place_reaches_all_that_lies_within(cast):
    assert names(places_where(cast.Carla, COACHED)) == ["North", "Oak"]


def test_somebody_without_a_role_sees_nothing(cast):
    stranger = cast.add("Pia")

    assert [names(places_where(stranger, rule)) for rule in RULES] == [[]] * len(RULES)
    assert names(places_seen_by(stranger)) == []


def test_a_role_takes_its_sight_with_it_on_the_day_after_its_last(cast):
    role = cast.Ana.roles.get()
    role.last = dt.date(2026, 3, 31)
    role.save()

    assert current_roles(cast.Ana, dt.date(2026, 3, 31)).count() == 1
    assert current_roles(cast.Ana, dt.date(2026, 4, 1)).count() == 0


def test_a_role_that_has_not_begun_lets_nobody_in(cast):
    role = cast.Ana.roles.get()

    assert current_roles(cast.Ana, role.first - dt.timedelta(days=1)).count() == 0


def test_a_person_whose_account_is_closed_sees_nothing(cast):
    Person.objects.filter(pk=cast.Farid.pk).update(is_active=False)

    assert names(places_seen_by(Person.objects.get(pk=cast.Farid.pk))) == []


def test_whoever_left_sees_nothing_of_what_was_theirs(cast):
    assert names(places_seen_by(cast.Olga)) == []
    assert find_place(cast.Olga, cast.Oak.pk) is None


@pytest.mark.parametrize("name", ROLES)
def test_one_place_and_many_agree_about_everybody(cast, name):
    person = cast.people[name]
    for rule in (*RULES, OAK_ONLY, COACHED):
        listed = {place.pk for place in places_where(person, rule)}
        asked = {
            place.pk
            for place in cast.places.values()
            if find_reason(person, rule, place) is not None
        }
        assert listed == asked


def test_the_reason_is_the_role_that_reaches(cast):
    assert str(find_reason(cast.Carla, SEE_PEOPLE, cast.Oak)) == "District coach, North"
    assert find_reason(cast.Carla, SEE_PEOPLE, cast.Elm) is None


def test_people_are_seen_at_ones_own_places_only(cast):
    assert names(people_seen_by(cast.Ana)) == ["Ana", "Ben", "Grace", "Hugo"]
    assert names(people_seen_by(cast.Noor)) == ["Noor"]
    assert names(people_seen_by(cast.Lee)) == []
    assert [role.person.name for role in roles_seen_by(cast.Noor, cast.Oak)] == []


def test_a_person_with_two_roles_shows_only_the_one_that_is_seen(cast):
    give_role(by=SYSTEM, person=cast.Grace, kind=RoleKind.EDUCATOR, place=cast.Elm)

    (grace,) = [each for each in people_seen_by(cast.Noor) if each.name == "Grace"]

    assert [role.place.name for role in grace.roles_seen] == ["Elm"]


def test_the_site_keeper_can_do_nothing_to_people(cast):
    assert find_reason(cast.Lee, INVITE, cast.Oak) is None


def test_departments_lie_in_schools_and_are_reached_from_around(cast):
    add_place(by=SYSTEM, kind=PlaceKind.DEPARTMENT, name="Counseling", above=cast.Oak)

    assert names(places_where(cast.Carla, COACHED)) == ["Counseling", "North", "Oak"]
