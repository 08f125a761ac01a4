"""Adding a place, as a district leader and a director do it."""

import pytest
from django.urls import reverse

from commonroot.domain.audit.actions import SYSTEM
from commonroot.domain.network.actions import add_place
from commonroot.domain.network.choices import PlaceKind
from commonroot.domain.network.models import Place


def send(client, place, **told):
    return client.post(
        reverse("network:add-place", args=[place.pk]),
        {"kind": "school", "name": "Ash", **told},
        follow=True,
    )


def read(answer):
    return " ".join(answer.content.decode().split())


def test_a_place_is_added_and_shown(cast, browse):
    page = read(send(browse(cast.Mara), cast.North, name="  Ash   School "))

    assert "<h1>Ash School</h1>" in page
    assert "Ash School was added." in page


def test_a_school_gets_its_county(cast, browse):
    county = add_place(by=SYSTEM, kind=PlaceKind.COUNTY, name="Lake", above=cast.Region)
    send(browse(cast.Mara), cast.North, county=county.pk)

    assert Place.objects.get(name="Ash").county == county


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"name": "oak"}, "with this name here already"),
        ({"name": "   "}, "This field is required."),
        ({"kind": "district"}, "Select a valid choice"),
        ({"kind": "region"}, "Select a valid choice"),
        ({"name": "x" * 121}, "at most 120"),
    ],
)
def test_what_cannot_be_added_is_refused_with_a_sentence(cast, browse, told, says):
    before = Place.objects.count()
    answer = send(browse(cast.Mara), cast.North, **told)

    assert answer.status_code == 422
    assert says in read(answer)
    assert Place.objects.count() == before


def test_only_kinds_that_can_lie_there_are_offered(cast, browse):
    page = browse(cast.Farid).get(reverse("network:add-place", args=[cast.Region.pk]))
    kinds = [value for value, _label in page.context["form"].fields["kind"].choices]

    assert kinds == ["county", "district"]


def test_in_a_department_nothing_is_added(cast, browse):
    office = add_place(
        by=SYSTEM, kind=PlaceKind.DEPARTMENT, name="Office", above=cast.Oak
    )
    answer = browse(cast.Mara).get(
        reverse("network:add-place", args=[office.pk]), follow=True
    )

    assert "No other place lies inside a place of this kind." in read(answer)


def test_a_school_is_called_otherwise_on_its_page(cast, browse):
    address = reverse("network:rename-place", args=[cast.Oak.pk])
    client = browse(cast.Mara)

    page = read(client.post(address, {"name": "Oak Hill"}, follow=True))

    assert "<h1>Oak Hill</h1>" in page
    assert "This place is called Oak Hill now." in page
    taken = client.post(address, {"name": ""})
    assert taken.status_code == 422
    assert "Take this place back" not in read(client.get(address))


def test_a_place_added_by_mistake_is_taken_back_on_its_page(cast, browse):
    client = browse(cast.Mara)
    send(client, cast.North, name="Ahs")
    mistake = Place.objects.get(name="Ahs")
    assert "Take this place back" in read(
        client.get(reverse("network:rename-place", args=[mistake.pk]))
    )

    page = read(
        client.post(reverse("network:remove-place", args=[mistake.pk]), follow=True)
    )

    assert "Ahs was taken back." in page
    assert "<h1>North</h1>" in page


def test_a_place_in_use_is_not_taken_back(cast, browse):
    page = read(
        browse(cast.Mara).post(
            reverse("network:remove-place", args=[cast.Oak.pk]), follow=True
        )
    )

    assert "so it stays" in page
    assert "<h1>Oak</h1>" in page
