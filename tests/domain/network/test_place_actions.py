"""A place can be called otherwise, and one added by mistake can be taken back."""

import pytest
from django.core.exceptions import PermissionDenied

from commonroot.domain.audit.actions import SYSTEM
from commonroot.domain.audit.queries import verify_log
from commonroot.domain.network.actions import NetworkError, add_place, give_role
from commonroot.domain.network.choices import GroupKind, PlaceKind, RoleKind
from commonroot.domain.network.group_actions import add_group, rename_group
from commonroot.domain.network.models import Place
from commonroot.domain.network.place_actions import (
    is_used,
    remove_place,
    rename_place,
)
from people import LONG_AGO


@pytest.fixture
def ash(cast):
    return add_place(by=SYSTEM, kind=PlaceKind.SCHOOL, name="Ash", above=cast.North)


def test_a_renamed_place_keeps_everything_that_hangs_on_it(cast):
    people = list(cast.Oak.roles.values_list("person__name", flat=True))

    rename_place(by=cast.Mara, place=cast.Oak, name="  Oak   Hill ")

    assert Place.objects.get(pk=cast.Oak.pk).name == "Oak Hill"
    assert list(cast.Oak.roles.values_list("person__name", flat=True)) == people
    assert verify_log().broken_at is None


@pytest.mark.parametrize("name", ["ash", " ASH ", ""])
def test_a_name_that_is_taken_or_empty_is_refused(cast, ash, name):
    with pytest.raises(NetworkError):
        rename_place(by=cast.Mara, place=cast.Oak, name=name)

    assert Place.objects.get(pk=cast.Oak.pk).name == "Oak"


def test_a_place_may_change_the_capital_letters_of_its_own_name(cast):
    assert rename_place(by=cast.Mara, place=cast.Oak, name="OAK").name == "OAK"


def test_a_place_on_which_nothing_hangs_is_taken_back(cast, ash):
    remove_place(by=cast.Mara, place=ash)

    assert not Place.objects.filter(name="Ash").exists()


def test_a_place_with_a_role_a_group_or_a_place_in_it_stays(cast, ash):
    assert not is_used(ash)
    give_role(
        by=SYSTEM,
        person=cast.Olga,
        kind=RoleKind.EDUCATOR,
        place=ash,
        first=LONG_AGO,
    )
    add_group(by=cast.Ana, place=cast.Oak, kind=GroupKind.DATA_TEAM, name="Data team")

    for place in (ash, cast.Oak, cast.North):
        with pytest.raises(NetworkError, match="so it stays"):
            remove_place(by=cast.Farid, place=place)

    assert (
        Place.objects.filter(pk__in=[ash.pk, cast.Oak.pk, cast.North.pk]).count() == 3
    )


@pytest.mark.parametrize("name", ["Ana", "Noor", "Carla"])
def test_whoever_may_not_add_places_changes_none(cast, ash, name):
    person = getattr(cast, name)

    with pytest.raises(PermissionDenied):
        rename_place(by=person, place=cast.Oak, name="Mine")
    with pytest.raises(PermissionDenied):
        remove_place(by=person, place=ash)


def test_a_group_is_called_otherwise_but_not_like_another(cast):
    first, second = (
        add_group(by=cast.Ana, place=cast.Oak, kind=GroupKind.DATA_TEAM, name=name)
        for name in ("Data team", "Cohort")
    )

    rename_group(by=cast.Ana, group=second, name="Reading cohort", rhythm="Mondays")

    assert (second.name, second.rhythm) == ("Reading cohort", "Mondays")
    with pytest.raises(NetworkError):
        rename_group(by=cast.Ana, group=second, name="data team")
    with pytest.raises(PermissionDenied):
        rename_group(by=cast.Noor, group=first, name="Ours")
