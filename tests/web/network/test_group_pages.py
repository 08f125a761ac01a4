"""Groups, as a principal keeps them and a teacher sees them."""

import pytest
from django.urls import reverse

from commonroot.domain.network.models import Group, Membership


def make(client, place, **told):
    given = {"kind": "data_team", "name": "Team", "rhythm": "weekly", **told}
    return client.post(
        reverse("network:add-group", args=[place.pk]), given, follow=True
    )


def add(client, group, person, **told):
    return client.post(
        reverse("network:add-member", args=[group.pk]),
        {"person": person.pk, **told},
        follow=True,
    )


def read(answer):
    return " ".join(answer.content.decode().split())


def test_a_group_is_made_filled_and_seen_by_its_school(cast, browse):
    client = browse(cast.Ben)
    make(client, cast.Oak)
    group = Group.objects.get()
    added = add(client, group, cast.Ana, member_kind="classified", duty="notes")
    seen = read(browse(cast.Grace).get(reverse("network:show-group", args=[group.pk])))

    assert "Ana is in the group." in read(added)
    for text in ("Ana", "Classified staff", "notes", "weekly"):
        assert text in seen
    assert "Add a member" not in seen


def test_a_member_is_taken_out_again(cast, browse):
    client = browse(cast.Ana)
    make(client, cast.Oak)
    add(client, Group.objects.get(), cast.Grace)
    made = Membership.objects.get()
    args = [made.group_id, made.person_id]
    address = reverse("network:end-membership", args=args)

    assert "Grace is no longer in the group." in read(client.post(address, follow=True))
    assert client.post(address).status_code == 404


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"name": "TEAM"}, "with this name here already"),
        ({"name": ""}, "This field is required."),
        ({"kind": "party"}, "Select a valid choice"),
    ],
)
def test_what_can_be_no_group_is_refused_with_a_sentence(cast, browse, told, says):
    client = browse(cast.Ben)
    make(client, cast.Oak)
    answer = make(client, cast.Oak, **told)

    assert answer.status_code == 422
    assert says in read(answer)
    assert Group.objects.count() == 1


def test_somebody_of_another_school_cannot_be_chosen(cast, browse):
    client = browse(cast.Ben)
    make(client, cast.Oak)
    answer = add(client, Group.objects.get(), cast.Noor)

    assert answer.status_code == 422
    assert "Noor" not in read(answer)
    assert Membership.objects.count() == 0


def test_groups_of_another_school_are_not_there(cast, browse):
    make(browse(cast.Noor), cast.Elm)
    group, client = Group.objects.get(), browse(cast.Ben)

    for name in ("show-group", "add-member"):
        address = reverse(f"network:{name}", args=[group.pk])
        way = client.get if name == "show-group" else client.post
        assert way(address).status_code == 404
    address = reverse("network:list-groups", args=[cast.Elm.pk])
    assert client.get(address).status_code == 404
