"""Staff and schools from a file, as a director goes through it."""

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from commonroot.domain.network.models import Person, Role, RosterImport
from domain.network.rosters import STAFF, write_bundle

MANY = STAFF + "".join(
    f"P{n} Q{n},p{n}@oak.example,Teacher,Oak,North\nS{n},,Student,Oak,North\n"
    for n in range(250)
)


def send(client, place, text=STAFF, name="staff.csv", strict="no"):
    content = text.encode() if isinstance(text, str) else text
    return client.post(
        reverse("network:list-rosters", args=[place.pk]),
        {"file": SimpleUploadedFile(name, content), "strict": strict},
    )


def read(answer):
    return " ".join(answer.content.decode().split())


def test_a_roster_is_looked_at_confirmed_and_told(cast, browse):
    client = browse(cast.Farid)
    sent = send(client, cast.Region)
    looked = client.get(sent.headers["Location"])
    page = read(looked)

    assert looked.context["counts"]["people"] == {
        "new": 4,
        "known": 0,
        "left_out": 2,
        "all": 6,
    }
    for text in ("What it would do", "Ann West", "Principal, Oak", "New School"):
        assert text in page
    assert "Fewer than five students were in the file" in page
    assert Role.objects.filter(person__name="Ann West").count() == 0

    roster = RosterImport.objects.get()
    done = client.post(reverse("network:take-in-roster", args=[roster.pk]), follow=True)
    assert "What it did" in read(done)
    assert "Ann West" not in read(done)
    assert done.context["counts"] == looked.context["counts"]
    assert mail.outbox == []


def test_long_lists_show_two_hundred_and_say_how_many_more(cast, browse):
    client = browse(cast.Farid)
    page = read(client.get(send(client, cast.Region, MANY).headers["Location"]))

    assert "P180 Q180" in page
    assert "P240 Q240" not in page
    assert "And 54 more." in page
    assert "Students in the file, who were counted and not kept: 251" in page


def test_breaches_and_dropped_passwords_are_told_and_no_cell_is(cast, browse, tmp_path):
    client = browse(cast.Farid)
    bundle = write_bundle(tmp_path, "1.1").read_bytes()
    page = read(
        client.get(send(client, cast.Region, bundle, "bundle.zip").headers["Location"])
    )
    assert "password" in page
    assert "Opensesame" not in page

    broken = STAFF.replace("ben@oak.example", "ben at oak").replace("Role", "Role", 1)
    page = read(client.get(send(client, cast.Region, broken).headers["Location"]))
    assert "email-format" in page
    assert "ben at oak" not in page


@pytest.mark.parametrize(
    ("text", "name", "strict", "told"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "picture.csv", "no", "not text"),
        ("Student Name,Grade\nA B,3\n", "list.csv", "no", "neither a list of staff"),
        (STAFF.replace("ben@oak.example", "ben at"), "s.csv", "yes", "s.csv, row 3"),
        (b"PK\x03\x04broken", "bundle.zip", "no", "bundle.zip"),
        (b"", "empty.csv", "no", "empty"),
        (b"x", "../../x.csv", "maybe", "Select a valid choice"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_a_sentence(
    cast, browse, text, name, strict, told
):
    answer = send(browse(cast.Farid), cast.Region, text, name, strict)

    assert answer.status_code == 422
    assert told in read(answer)
    assert RosterImport.objects.count() == 0


def test_no_file_is_asked_for_again(cast, browse):
    address = reverse("network:list-rosters", args=[cast.Region.pk])
    answer = browse(cast.Farid).post(address, {"strict": "no"})

    assert answer.status_code == 422
    assert "Choose a file first." in read(answer)


def test_a_roster_that_is_set_aside_is_forgotten(cast, browse):
    client = browse(cast.Mara)
    send(client, cast.North)
    roster = RosterImport.objects.get()
    client.post(reverse("network:set-aside-roster", args=[roster.pk]))
    client.post(reverse("network:take-in-roster", args=[roster.pk]))

    roster.refresh_from_db()
    assert (roster.state, roster.draft) == ("set_aside", None)
    assert not Person.objects.filter(name="Ann West").exists()


def test_the_way_to_it_is_shown_to_those_who_may_go(cast, browse):
    def sees_link(person, place):
        page = browse(person).get(reverse("network:show-place", args=[place.pk]))
        return reverse("network:list-rosters", args=[place.pk]) in read(page)

    assert sees_link(cast.Mara, cast.North)
    assert sees_link(cast.Elena, cast.Region)
    assert not sees_link(cast.Mara, cast.Oak)
    assert not sees_link(cast.Mara, cast.South)
    assert not sees_link(cast.Ben, cast.North)


def test_at_a_school_one_is_led_back(cast, browse):
    address = reverse("network:list-rosters", args=[cast.Oak.pk])
    answer = browse(cast.Mara).get(address, follow=True)

    assert "A roster is given at a region or a district." in read(answer)


def test_a_roster_of_another_district_is_not_there(cast, browse):
    send(browse(cast.Farid), cast.South)
    roster = RosterImport.objects.get()

    for name in ("show-roster", "take-in-roster", "set-aside-roster"):
        way = "get" if name == "show-roster" else "post"
        answer = getattr(browse(cast.Mara), way)(
            reverse(f"network:{name}", args=[roster.pk])
        )
        assert answer.status_code == 404
