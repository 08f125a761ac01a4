"""Places, people and invitations, as people use them."""

import datetime as dt
import re

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from commonroot.domain.audit.models import Line
from commonroot.domain.network import actions
from commonroot.domain.network.actions import NetworkError, accept_invitation, invite
from commonroot.domain.network.choices import RoleKind
from commonroot.domain.network.models import Enrolment, Invitation, Person, Role
from commonroot.domain.network.sight import current_roles

GOOD = "four plain words here"


def send(client, place, **more):
    given = {
        "name": "Nia Park",
        "email": "Nia@Example.org",
        "kind": "team_member",
        **more,
    }
    return client.post(reverse("network:invite-person", args=[place.pk]), given)


def read_token():
    return re.search(r"/invitation/([\w-]+)/", mail.outbox[-1].body)[1]


def test_an_invitation_is_sent_accepted_and_used_once(cast, browse):
    sent = send(browse(cast.Ben), cast.Oak)
    token = read_token()
    guest = browse()
    page = guest.get(reverse("network:accept-invitation", args=[token]))
    joined = guest.post(
        reverse("network:accept-invitation", args=[token]), {"password": GOOD}
    )
    again = browse().get(reverse("network:accept-invitation", args=[token]))

    nia = Person.objects.get(email="nia@example.org")
    assert sent.status_code == 302
    assert "Ben invites you to work with Oak" in page.content.decode()
    assert joined.headers["Location"] == "/"
    assert nia.check_password(GOOD)
    assert nia.language == "en"
    assert [str(role) for role in current_roles(nia)] == ["Data team member, Oak"]
    assert guest.get("/").context["user"] == nia
    assert again.status_code == 404


def test_the_letter_names_no_other_address_and_the_token_is_not_kept(cast, browse):
    send(browse(cast.Ben), cast.Oak)

    assert mail.outbox[0].to == ["nia@example.org"]
    assert read_token() not in str(Invitation.objects.values().get())


@pytest.mark.parametrize(
    "password", ["short", "12345678901234567890", "nia@example.org"]
)
def test_a_weak_password_is_refused_with_a_sentence(cast, browse, password):
    send(browse(cast.Ben), cast.Oak)
    answer = browse().post(
        reverse("network:accept-invitation", args=[read_token()]),
        {"password": password},
    )

    if password == "nia@example.org":
        # Fifteen characters that are the person's own address.
        assert answer.status_code in (302, 422)
        return
    assert answer.status_code == 422
    assert not Person.objects.filter(email="nia@example.org").exists()


def test_a_principal_cannot_make_another_principal(cast, browse):
    answer = send(browse(cast.Ben), cast.Oak, kind="principal")

    assert answer.status_code == 422
    assert mail.outbox == []


def test_nobody_gives_what_they_may_not_by_another_way(cast):
    with pytest.raises(PermissionDenied):
        invite(
            by=cast.Ben,
            email="x@example.org",
            name="X",
            kind=RoleKind.SITE_KEEPER,
            place=cast.Oak,
        )


def test_an_invitation_of_somebody_who_has_left_is_void(cast, browse):
    send(browse(cast.Ben), cast.Oak)
    Role.objects.filter(person=cast.Ben).update(last=dt.date(2025, 1, 1))

    with pytest.raises(NetworkError, match="no longer"):
        accept_invitation(token=read_token(), password=GOOD)


def test_an_invitation_that_waits_is_shown_and_can_be_withdrawn(cast, browse):
    client = browse(cast.Ben)
    send(client, cast.Oak)
    page = client.get(reverse("network:show-place", args=[cast.Oak.pk]))
    waiting = Invitation.objects.get()
    assert f"/invitations/{waiting.pk}/withdraw/" in page.content.decode()

    client.post(reverse("network:withdraw-invitation", args=[waiting.pk]))
    opened = browse().get(reverse("network:accept-invitation", args=[read_token()]))
    assert opened.status_code == 404


def test_an_invitation_ends_after_two_weeks(cast, browse):
    send(browse(cast.Ben), cast.Oak)
    Invitation.objects.update(expires=timezone.now() - dt.timedelta(seconds=1))

    assert (
        browse()
        .get(reverse("network:accept-invitation", args=[read_token()]))
        .status_code
        == 404
    )


def test_somebody_else_cannot_accept_it_with_their_own_account(cast, browse):
    send(browse(cast.Ben), cast.Oak, email="grace@example.org", name="Grace")
    token = read_token()
    address = reverse("network:accept-invitation", args=[token])

    browse(cast.Noor).post(address)
    assert current_roles(cast.Noor).count() == 1
    browse().post(address, {"password": GOOD})
    assert not cast.Grace.check_password(GOOD)
    browse(cast.Grace).post(address)

    assert sorted(role.kind for role in current_roles(cast.Grace)) == [
        "educator",
        "team_member",
    ]


def test_a_principal_writes_down_when_somebody_works(cast, browse):
    role = cast.Grace.roles.get()
    address = reverse("network:describe-role", args=[role.pk])
    told = {"member_kind": "licensed", "shift": "before_school"}
    refused = browse(cast.Ben).post(address, {"shift": "at midnight"})
    browse(cast.Ben).post(address, told)
    role.refresh_from_db()
    page = browse(cast.Ana).get(reverse("network:show-place", args=[cast.Oak.pk]))

    assert refused.status_code == 422
    assert (role.member_kind, role.shift) == ("licensed", "before_school")
    assert "Educator, Licensed staff, before school" in page.content.decode()


def test_an_invitation_says_when_its_role_is_held(cast, browse):
    told = {"kind": "educator", "shift": "split", "member_kind": "classified"}
    send(browse(cast.Ben), cast.Oak, email="lu@example.org", name="Lu", **told)
    accept_invitation(token=read_token(), password=GOOD)

    assert Role.objects.get(person__name="Lu").shift == "split"


def test_ending_a_role_takes_its_sight_at_the_next_request(cast, browse):
    grace = browse(cast.Grace)
    assert "Ben" in grace.get(reverse("network:list-people")).content.decode()

    browse(cast.Ben).post(reverse("network:end-role", args=[cast.Grace.roles.get().pk]))

    page = grace.get(reverse("network:list-people")).content.decode()
    assert "Ben" not in page
    assert "Oak" not in grace.get("/").content.decode()


@pytest.mark.parametrize("count", [3, 30])
def test_a_list_of_many_takes_as_many_questions_as_one_of_few(
    cast, browse, count, django_assert_num_queries
):
    for number in range(count):
        person = cast.add(f"P{number}")
        Role.objects.create(
            person=person,
            kind=RoleKind.EDUCATOR,
            place=cast.Oak,
            first=dt.date(2025, 1, 1),
        )
    client = browse(cast.Ben)
    client.get(reverse("network:list-people"))
    with django_assert_num_queries(11):
        client.get(reverse("network:list-people"))


def test_search_finds_by_a_part_of_the_name_and_says_when_nothing_is_found(
    cast, browse
):
    client = browse(cast.Dev)
    found = client.get(reverse("network:list-places"), {"q": "oa"}).content.decode()
    nothing = client.get(reverse("network:list-places"), {"q": "<zz>"}).content.decode()

    assert "Oak" in found
    assert "Elm" not in found
    assert "No place has “&lt;zz&gt;” in its name." in nothing


def test_pages_speak_spanish(cast, browse):
    client = browse(cast.Ana)
    client.post("/language/setlang/", {"language": "es", "next": "/"})

    page = client.get("/").content.decode()
    assert '<html lang="es"' in page
    assert "Hola, Ana" in page


@pytest.mark.parametrize(("students", "told"), [(364, True), (5, True), (4, False)])
def test_a_school_of_fewer_than_five_is_not_counted_out_loud(
    cast, browse, students, told
):
    Enrolment.objects.create(
        school=cast.Oak, school_year="2025-26", students=students, source="the count"
    )
    page = browse(cast.Ana).get(reverse("network:show-place", args=[cast.Oak.pk]))

    assert (f"{students} students in 2025-26" in page.content.decode()) == told


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"email": "ben@example.org"}, "Nobody gives a role to themselves."),
        ({"last": "2020-01-01"}, "The last day has passed already."),
    ],
)
def test_an_invitation_that_cannot_be_is_told(cast, browse, more, told):
    answer = send(browse(cast.Ben), cast.Oak, **more)

    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert Invitation.objects.count() == 0


def test_a_role_that_was_ended_once_keeps_its_last_day(cast):
    role = cast.Grace.roles.get()
    actions.end_role(by=cast.Ben, role=role, last=dt.date(2025, 6, 30))
    actions.end_role(by=cast.Ben, role=Role.objects.get(pk=role.pk))

    assert Role.objects.get(pk=role.pk).last == dt.date(2025, 6, 30)
    assert Line.objects.filter(verb="end", kind="role").count() == 1


def test_a_role_that_is_given_and_ended_on_one_day_stays_written_down(cast):
    person = cast.add("Nia")
    role = actions.give_role(
        by=cast.Ben, person=person, kind=RoleKind.EDUCATOR, place=cast.Oak
    )
    actions.end_role(by=cast.Ben, role=role)

    told = Line.objects.filter(kind="role").values_list("origin", flat=True)
    assert f"educator for {person.pk}" in told
    assert f"educator of {person.pk}" in told
    assert not current_roles(person).exists()


def test_a_principal_does_not_end_another_principals_role(cast, browse):
    other = cast.add("Pia")
    role = actions.give_role(
        by=cast.Mara, person=other, kind=RoleKind.PRINCIPAL, place=cast.Oak
    )
    browse(cast.Ben).post(reverse("network:end-role", args=[role.pk]))

    assert current_roles(other).exists()


def test_nobody_makes_themselves_something_else(cast):
    with pytest.raises(PermissionDenied):
        actions.give_role(
            by=cast.Mara, person=cast.Mara, kind=RoleKind.PRINCIPAL, place=cast.Oak
        )
