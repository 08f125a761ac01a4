"""Adding places by hand: who may, where, and beside which others."""

import pytest
from django.core.exceptions import PermissionDenied

from commonroot.domain.audit.models import Line
from commonroot.domain.network.actions import NetworkError, add_place
from commonroot.domain.network.choices import PlaceKind
from commonroot.domain.network.models import Place


def add(cast, by, place, kind=PlaceKind.SCHOOL, name="Ash", **more):
    return add_place(
        by=cast.people[by], kind=kind, name=name, above=cast.places[place], **more
    )


@pytest.mark.parametrize("by", ["Mara", "Elena", "Farid"])
def test_a_school_is_added_in_a_district(cast, by):
    school = add(cast, by, "North")

    around = {each.around.name for each in school.surroundings.all()}
    assert around == {"Ash", "North", "Region"}
    assert Line.objects.get(key=str(school.pk)).reason.endswith(("North", "Region"))


@pytest.mark.parametrize("by", ["Ana", "Ben", "Carla", "Dev", "Ines", "Lee", "Olga"])
def test_others_add_none(cast, by):
    with pytest.raises(PermissionDenied):
        add(cast, by, "North")


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("Region", PlaceKind.DISTRICT),
        ("South", PlaceKind.SCHOOL),
        ("Elm", PlaceKind.DEPARTMENT),
    ],
)
def test_a_district_leader_adds_in_their_own_district_only(cast, place, kind):
    with pytest.raises(PermissionDenied):
        add(cast, "Mara", place, kind)


def test_nobody_adds_a_place_that_lies_in_nothing(cast):
    with pytest.raises(PermissionDenied):
        add_place(by=cast.Farid, kind=PlaceKind.REGION, name="Other")


def test_a_school_does_not_lie_in_a_region(cast):
    with pytest.raises(NetworkError, match="cannot lie there"):
        add(cast, "Farid", "Region")


@pytest.mark.parametrize("name", ["Oak", "OAK", "oak"])
def test_two_places_beside_each_other_do_not_share_a_name(cast, name):
    before = Place.objects.count()

    with pytest.raises(NetworkError, match="with this name here already"):
        add(cast, "Mara", "North", name=name)
    assert Place.objects.count() == before
    assert add(cast, "Farid", "South", name=name).name == name


def test_a_county_is_a_county(cast):
    with pytest.raises(NetworkError, match="Choose a county"):
        add(cast, "Farid", "North", county=cast.South)
