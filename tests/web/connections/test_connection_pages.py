"""Connections, as new and seasoned people and whoever runs a round meet them."""

import pytest
from django.core import mail
from django.urls import reverse

from commonroot.domain.connections.choices import FIELDS, MatchState
from commonroot.domain.connections.models import (
    Match,
    Message,
    Practice,
    Profile,
    Round,
)

LATER = "2099-09-01"


def address(name, *keys):
    return reverse(f"connections:{name}", args=keys)


def tell(client, **more):
    told = {
        "offers": "Morning circles",
        "spans": "3-5",
        "languages": "English",
        "contact": "room 12",
        **{f"audience_{name}": "network" for name in FIELDS},
        **more,
    }
    return client.post(address("keep-profile"), told)


@pytest.fixture
def round_(cast, browse):
    told = {"name": "Autumn", "closes": LATER}
    browse(cast.Dev).post(address("begin-round", cast.Region.pk), told)
    return Round.objects.get()


@pytest.fixture
def match(cast, browse, round_):
    for person, side in ((cast.Grace, "new"), (cast.Noor, "seasoned")):
        client = browse(person)
        tell(client, contact=f"call {person.name}")
        client.post(address("join-round", round_.pk), {"side": side})
    browse(cast.Dev).post(address("settle-round", round_.pk))
    return Match.objects.get()


def test_a_profile_is_made_with_the_networks_practices_and_found(cast, browse):
    browse(cast.Elena).post(
        address("edit-practices", cast.Region.pk), {"text": "Class meetings"}
    )
    practice = Practice.objects.get()
    tell(browse(cast.Grace), practices=[str(practice.pk)])
    noor = browse(cast.Noor)

    assert "Class meetings" in noor.get(address("search") + "?q=class").content.decode()
    page = noor.get(address("search") + "?q=chess").content.decode()
    assert "Nobody tells you of this." in page
    assert "Grace" not in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"audience_offers": "everybody"},
        {"spans": "college"},
        {"practices": "no key"},
        {"offers": "x" * 401},
        {"hours": "midnight"},
    ],
)
def test_a_profile_that_cannot_be_is_refused_in_the_form(cast, browse, wrong):
    assert tell(browse(cast.Grace), **wrong).status_code == 422
    assert Profile.objects.count() == 0


def test_whoever_works_in_no_school_has_no_profile(cast, browse):
    for name in ("Dev", "Lee", "Olga"):
        answer = browse(cast.people[name]).get(address("keep-profile"))
        assert answer.headers["Location"] == address("show-own")


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"side": "boss"}, "Choose one of the answers"),
        ({"side": "seasoned", "capacity": "9"}, "Choose one of the answers"),
        ({"side": "seasoned", "capacity": "-1"}, "Choose one of the answers"),
        ({"side": "new"}, "First say something of yourself"),
    ],
)
def test_what_cannot_be_joined_says_why(cast, browse, round_, told, sentence):
    page = browse(cast.Grace).post(address("join-round", round_.pk), told, follow=True)

    assert sentence in page.content.decode()
    assert round_.joinings.count() == 0


def test_two_are_matched_told_why_and_reach_one_another_after_both_said_yes(
    cast, browse, match
):
    grace, noor = browse(cast.Grace), browse(cast.Noor)
    assert sorted(letter.to[0] for letter in mail.outbox) == [
        "grace@example.org",
        "noor@example.org",
    ]
    page = grace.get(address("show-match", match.pk)).content.decode()
    assert "You work with the same grades" in page
    grace.post(address("confirm-match", match.pk))
    before = grace.get(address("show-match", match.pk)).content.decode()
    noor.post(address("confirm-match", match.pk))
    after = grace.get(address("show-match", match.pk)).content.decode()

    assert ("call Noor" in before, "call Noor" in after) == (False, True)


def test_a_question_before_saying_yes_is_for_the_two_alone(cast, browse, match):
    told = {"text": "Do you teach second grade?"}
    browse(cast.Grace).post(address("ask-match", match.pk), told)
    pages = {
        name: browse(person).get(where).content.decode()
        for name, person in cast.people.items()
        for where in (
            address("run-round", match.round_id)
            if name in ("Dev", "Elena", "Farid")
            else address("show-match", match.pk),
        )
    }

    assert {name for name, page in pages.items() if "second grade" in page} == {
        "Grace",
        "Noor",
    }
    assert Message.objects.count() == 1


def test_a_question_that_is_too_long_stays_in_the_form(cast, browse, match):
    answer = browse(cast.Grace).post(
        address("ask-match", match.pk), {"text": "x" * 401}
    )

    assert answer.status_code == 422
    assert "x" * 401 in answer.content.decode()


def test_not_this_one_needs_no_reason(cast, browse, match):
    page = browse(cast.Noor).post(address("decline-match", match.pk), follow=True)
    match.refresh_from_db()

    assert "without fault" in page.content.decode()
    assert match.state == MatchState.DECLINED
    run = browse(cast.Dev).get(address("run-round", match.round_id)).content.decode()
    assert "Match again with whoever has room" in run


def test_a_round_for_a_day_that_has_passed_is_refused(cast, browse):
    told = {"name": "Autumn", "closes": "2020-01-01"}
    answer = browse(cast.Dev).post(address("begin-round", cast.Region.pk), told)

    assert answer.status_code == 422
    assert Round.objects.count() == 0


def test_leaving_takes_everything_out(cast, browse, match):
    browse(cast.Grace).post(address("leave"))

    assert Profile.objects.filter(person=cast.Grace).count() == 0
    assert "Grace" not in browse(cast.Noor).get(address("search")).content.decode()


def test_ones_own_connections_are_given_as_a_table(cast, browse, match):
    table = browse(cast.Grace).get(address("export-own")).content.decode()

    assert "Morning circles" in table
    assert "Noor,Waits for both" in table


def test_the_pages_speak_spanish(cast, browse, match):
    grace = browse(cast.Grace)
    grace.cookies["django_language"] = "es"

    assert (
        "Por qué ustedes dos"
        in grace.get(address("show-match", match.pk)).content.decode()
    )


def test_search_runs_no_more_queries_with_many_profiles(
    cast, browse, django_assert_max_num_queries
):
    from commonroot.domain.network.models import Person  # noqa: PLC0415  # this test alone

    for number in range(30):
        person = Person.objects.create_user(f"p{number}@example.org", name=f"P{number}")
        Profile.objects.create(
            person=person,
            school=cast.Elm,
            offers="Circles",
            audiences=dict.fromkeys(FIELDS, "network"),
        )
    client = browse(cast.Grace)
    with django_assert_max_num_queries(20):
        assert client.get(address("search")).content.decode().count("Circles") == 30
