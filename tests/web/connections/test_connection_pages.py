"""Connections in the browser: from nobody in the directory to two who have met."""

import csv
import datetime as dt
import io
import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from commonroot.domain.audit.models import Line
from commonroot.domain.connections.choices import Audience
from commonroot.domain.connections.models import (
    FollowUp,
    ListedName,
    Match,
    Participant,
    Profile,
    ProfileTag,
    Question,
    Round,
)
from commonroot.domain.network.sight import today
from web.connections.things import (
    make_match,
    make_participant,
    make_profile,
    make_question,
    make_round,
)


def go(client, name, /, *args, **given):
    return client.get(reverse(f"connections:{name}", args=args), given)


def press(client, name, /, *args, **given):
    return client.post(reverse(f"connections:{name}", args=args), given)


def read(answer):
    """Give what stands between the head and the foot of a page."""
    return answer.content.decode().partition("<main")[2].partition("</main>")[0]


def without_tokens(page):
    """Give a page without what differs from one request to the next."""
    return re.sub(r'value="\w{64}"', "", page)


def say(client, place, **more):
    """Fill in one's profile."""
    given = {
        "workplace": str(place.pk),
        "usual_to": "network",
        "offer": "Circles that work",
        "practices": ["usual:circles"],
        "languages": ["en", "es"],
        **more,
    }
    return press(client, "keep-profile", **given)


def test_a_teacher_joins_the_directory_and_is_found_and_leaves(cast, browse):
    grace, noor = browse(cast.Grace), browse(cast.Noor)
    assert "You are not in the directory" in read(go(grace, "show-connections"))
    assert say(grace, cast.Oak, hours_to="school").status_code == 302
    profile = Profile.objects.get()
    assert (profile.offer_to, profile.hours_to) == ("network", "school")

    found = read(go(noor, "search-directory", practice="usual:circles"))
    assert "Grace" in found
    assert "Circles that work" in read(go(noor, "show-profile", profile.pk))
    press(grace, "leave-directory")
    assert "Grace" not in read(go(noor, "search-directory"))
    assert go(noor, "show-profile", profile.pk).status_code == 404


def test_without_a_choice_everything_is_for_matches_alone(cast, browse):
    page = read(go(browse(cast.Grace), "keep-profile"))

    assert page.count('value="matches"') == 9
    assert (
        'value="matches" required id="id_usual_to_0" checked' in page.replace("\n", " ")
        or "checked" in page.partition('value="matches"')[2].partition("</label>")[0]
    )


def test_a_hidden_field_is_found_neither_by_a_page_nor_by_a_search(cast, browse):
    profile = make_profile(
        cast.Oak, cast.Grace, languages_to=Audience.MATCHES, place_to=Audience.DISTRICT
    )
    ProfileTag.objects.create(profile=profile, kind="languages", value="vi")
    noor, ana = browse(cast.Noor), browse(cast.Ana)

    assert "Grace" in read(go(noor, "search-directory"))
    assert "Grace" not in read(go(noor, "search-directory", language="vi"))
    assert "Grace" not in read(go(noor, "search-directory", place=str(cast.Oak.pk)))
    assert "Grace" not in read(go(noor, "search-directory", place=str(cast.North.pk)))
    assert "Grace" in read(go(ana, "search-directory", place=str(cast.Oak.pk)))
    assert "Grace" not in read(go(ana, "search-directory", language="vi"))
    page = read(go(noor, "show-profile", profile.pk))
    assert "Vietnamese" not in page
    assert "Oak" not in page


def test_what_a_match_may_see_stays_hidden_when_only_proposed_to_others(cast, browse):
    profile = make_profile(
        cast.Elm, cast.Noor, offer="for matches", offer_to="matches", reach="0471"
    )
    match = make_match(cast.Oak, cast.Grace, seasoned=cast.Noor)
    page = read(go(browse(cast.Grace), "show-match", match.pk))
    assert "for matches" in page
    assert "0471" not in page
    assert cast.Noor.email not in page
    assert "for matches" not in read(go(browse(cast.Ana), "show-profile", profile.pk))


def test_how_to_reach_one_another_is_there_after_both_said_yes_and_not_before(
    cast, browse
):
    make_profile(cast.Elm, cast.Noor, reach="0471")
    match = make_match(cast.Oak, cast.Grace, seasoned=cast.Noor)
    grace, noor = browse(cast.Grace), browse(cast.Noor)
    press(grace, "accept-match", match.pk)
    for client in (grace, noor):
        assert "@example.org" not in read(go(client, "show-match", match.pk))
    press(noor, "accept-match", match.pk)
    page = read(go(grace, "show-match", match.pk))
    assert cast.Noor.email in page
    assert "0471" in page
    press(noor, "decline-match", match.pk)
    page = read(go(grace, "show-match", match.pk))
    assert cast.Noor.email not in page
    assert "0471" not in page
    assert "Nobody is at fault" in page


def test_the_reason_is_shown_to_both(cast, browse):
    match = make_match(
        cast.Oak,
        cast.Grace,
        seasoned=cast.Noor,
        reasons=[["practice", "usual:circles"], ["district", str(cast.North.pk)]],
    )
    for person in (cast.Grace, cast.Noor):
        page = read(go(browse(person), "show-match", match.pk))
        assert "You both chose: Community circles." in page
        assert "You both work in North." in page
    spanish = browse(cast.Noor).get(
        reverse("connections:show-match", args=[match.pk]),
        headers={"Accept-Language": "es"},
    )
    assert spanish.status_code == 200


def test_a_round_from_opening_to_meeting(cast, browse):
    elena, grace, noor = (browse(p) for p in (cast.Elena, cast.Grace, cast.Noor))
    for client, place in ((grace, cast.Oak), (noor, cast.Elm)):
        say(client, place)
    day = today()
    page = go(elena, "open-round", cast.Region.pk)
    given = {
        name: value.isoformat() for name, value in page.context["form"].initial.items()
    }
    press(elena, "open-round", cast.Region.pk, name="Midyear", **given)
    around = Round.objects.get()
    press(grace, "join-round", around.pk, standing="new", not_own_school="on")
    press(noor, "join-round", around.pk, standing="seasoned", capacity="2")
    assert Participant.objects.count() == 2
    press(elena, "make-lists", around.pk)
    part = Participant.objects.get(person=cast.Grace)
    assert "Noor" in read(go(grace, "show-list", part.pk))
    refused = press(elena, "settle-round", around.pk)
    assert refused.status_code == 422
    yesterday = day - dt.timedelta(days=1)
    Round.objects.update(strike_by=yesterday, join_by=yesterday)
    press(elena, "settle-round", around.pk)
    match = Match.objects.get()
    page = read(go(elena, "run-round", around.pk))
    assert "Grace" in page
    assert "Noor" in page
    for client in (grace, noor):
        press(client, "accept-match", match.pk)
    press(grace, "plan-day", match.pk, day=day.isoformat(), at="15:30")
    match.refresh_from_db()
    assert (match.state, match.meets_on) == ("confirmed", day)
    Round.objects.update(ask_first=day)
    Match.objects.update(new_said_yes=yesterday - dt.timedelta(days=9))
    Match.objects.update(seasoned_said_yes=yesterday - dt.timedelta(days=9))
    press(grace, "say-how-it-goes", match.pk, met="yes")
    assert "What helps?" in read(go(grace, "say-how-it-goes", match.pk))
    press(grace, "say-how-it-goes", match.pk, helps="tips")
    assert FollowUp.objects.get().helps == "tips"
    assert "Thank you" in read(go(grace, "say-how-it-goes", match.pk))
    # Nobody else reads what she said: not the other, not whoever runs the round.
    for client in (noor, elena):
        for name, key in (("show-match", match.pk), ("run-round", around.pk)):
            assert "Quick tips" not in go(client, name, key).content.decode()


def test_somebody_who_has_not_met_is_offered_somebody_else(cast, browse):
    match = make_match(cast.Oak, cast.Grace, seasoned=cast.Noor, state="confirmed")
    Round.objects.update(ask_first=today())
    grace = browse(cast.Grace)
    press(grace, "say-how-it-goes", match.pk, met="not_yet")

    page = read(go(grace, "say-how-it-goes", match.pk))
    assert "Find somebody else for me" in page
    assert "nobody is at fault" in page


def test_whoever_runs_a_round_sees_no_strikes_no_messages_and_no_limits(cast, browse):
    make_profile(cast.Oak, cast.Grace)
    make_profile(cast.Elm, cast.Noor)
    part = make_participant(cast.Region, cast.Grace)
    other = Participant.objects.create(
        round=part.round, person=cast.Noor, standing="seasoned", joined=today()
    )
    line = ListedName.objects.create(participant=part, other=other, place_on_list=0)
    Round.objects.update(state="listed")
    elena = browse(cast.Elena)
    before = read(go(elena, "run-round", part.round_id))
    press(browse(cast.Grace), "show-list", part.pk, struck=[str(line.pk)])
    line.refresh_from_db()
    assert line.is_struck
    question = make_question(cast.Region, cast.Grace)
    Question.objects.update(text="Only for two")

    after = read(go(elena, "run-round", part.round_id))
    assert without_tokens(after) == without_tokens(before)
    assert go(elena, "show-list", part.pk).status_code == 404
    assert go(elena, "show-match", question.match_id).status_code == 404
    assert go(browse(cast.Noor), "show-list", part.pk).status_code == 404
    ours = Line.objects.filter(kind__in=["list", "round", "match", "question"])
    told = " ".join(f"{each.verb} {each.reason} {each.origin}" for each in ours)
    assert "Only for two" not in told


def test_the_site_keeper_sees_no_profile(cast, browse):
    profile = make_profile(cast.Oak, cast.Grace)
    lee = browse(cast.Lee)

    assert go(lee, "show-profile", profile.pk).status_code == 404
    for name in ("show-connections", "search-directory", "list-rounds"):
        assert "Grace" not in read(go(lee, name))


def test_everything_of_oneself_is_a_table_and_nothing_of_others(cast, browse):
    grace = browse(cast.Grace)
    say(grace, cast.Oak, offer="=1+1")
    question = make_question(cast.Oak, cast.Grace)
    make_question(cast.Elm, cast.Noor)
    press(grace, "answer-question", question.pk, text="On Tuesdays")
    rows = list(csv.reader(io.StringIO(go(grace, "export-own").content.decode())))

    assert rows[0] == ["what", "day", "with", "field", "value", "who_may_see"]
    assert {row[0] for row in rows[1:]} == {"profile", "match", "question"}
    assert [row[4] for row in rows if row[3] == "answer"] == ["On Tuesdays"]
    assert [row[4] for row in rows if row[3] == "What I can offer"] == ["'=1+1"]
    assert sum(row[0] == "question" for row in rows) == 2


@pytest.mark.parametrize(
    "given",
    [
        {"workplace": ""},
        {"workplace": str(uuid.uuid4())},
        {"usual_to": "everybody"},
        {"offer": "x" * 601},
        {"languages": ["klingon"]},
        {"practices": ["not on the list"]},
        {"hours_to": "world"},
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_is_kept(cast, browse, given):
    answer = say(browse(cast.Grace), cast.Oak, **given)

    assert answer.status_code == 422
    assert Profile.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("ask-question", {"text": ""}),
        ("ask-question", {"text": "x" * 301}),
        ("ask-question", {"text": "Too late to ask"}),
        ("plan-day", {"day": "never"}),
        ("plan-day", {"day": "2001-01-01"}),
        ("plan-day", {"day": "9999-12-31"}),
        ("say-how-it-goes", {"met": "maybe"}),
        ("say-how-it-goes", {"met": "yes", "helps": "x"}),
    ],
)
def test_a_match_says_what_it_could_not_read(cast, browse, name, given):
    match = make_match(cast.Oak, cast.Grace, state="confirmed")
    answer = press(browse(cast.Grace), name, match.pk, **given)

    assert answer.status_code == 422
    assert 'class="problem"' in answer.content.decode()


@pytest.mark.parametrize(
    "given",
    [
        {"standing": "new", "only_language": "klingon"},
        {"standing": "seasoned", "capacity": "99"},
        {"standing": "old"},
        {},
    ],
)
def test_joining_in_a_way_that_there_is_not_is_refused(cast, browse, given):
    make_profile(cast.Oak, cast.Grace)
    around = make_round(cast.Region)
    assert (
        press(browse(cast.Grace), "join-round", around.pk, **given).status_code == 422
    )
    assert Participant.objects.count() == 0


def test_a_search_for_what_there_is_not_is_answered(cast, browse):
    for given in ({"place": "x"}, {"place": str(uuid.uuid4())}):
        assert go(browse(cast.Grace), "search-directory", **given).status_code == 422


def test_saying_yes_to_what_has_ended_says_so(cast, browse):
    match = make_match(cast.Oak, cast.Grace, state="declined")
    answer = browse(cast.Grace).post(
        reverse("connections:accept-match", args=[match.pk]), follow=True
    )

    assert "This match has ended. Nobody is at fault." in read(answer)


def test_a_network_edits_its_practices_on_a_page(cast, browse):
    elena = browse(cast.Elena)
    press(elena, "edit-practices", cast.Region.pk, text="Morning walks")
    assert "Morning walks" in read(go(browse(cast.Grace), "keep-profile"))
    assert press(elena, "edit-practices", cast.Region.pk, text="").status_code == 422
    press(elena, "edit-practices", cast.Region.pk, aside="Morning walks")
    assert "Morning walks" not in read(go(browse(cast.Grace), "keep-profile"))


PAGES = (
    "show-connections", "keep-profile", "leave-directory", "search-directory",
    "list-rounds",
)  # fmt: skip


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_page_is_there_in_both_languages_full_and_empty(cast, browse, language):
    client = browse(cast.Carla)
    headers = {"Accept-Language": language}

    def look(name, *args):
        page = client.get(reverse(f"connections:{name}", args=args), headers=headers)
        assert page.status_code == 200
        assert f'lang="{language}"' in page.content.decode()

    for name in PAGES:
        look(name)
    profile = make_profile(cast.North, cast.Carla)
    match = make_match(cast.North, cast.Carla, state="confirmed")
    part = make_participant(cast.North, cast.Carla)
    for name in PAGES:
        look(name)
    look("show-profile", profile.pk)
    look("show-match", match.pk)
    look("say-how-it-goes", match.pk)
    look("show-list", part.pk)
    look("show-round", part.round_id)
    look("run-round", part.round_id)
    look("open-round", cast.North.pk)


def add_many(cast, first, last):
    """Add people, a round with them and matches, numbered from a first to a last."""
    around, _ = Round.objects.get_or_create(
        name="Many",
        defaults={
            key: getattr(make_round(cast.North), key)
            for key in (
                "place",
                "join_by",
                "strike_by",
                "first",
                "ask_first",
                "ask_second",
                "last",
            )
        },
    )
    own, _ = Participant.objects.get_or_create(
        round=around,
        person=cast.Carla,
        defaults={"standing": "seasoned", "joined": today()},
    )
    for number in range(first, last):
        profile = make_profile(cast.Oak)
        ProfileTag.objects.create(profile=profile, kind="languages", value="es")
        part = Participant.objects.create(
            round=around, person=profile.person, standing="new", joined=today()
        )
        ListedName.objects.create(participant=own, other=part, place_on_list=number)
        Match.objects.create(
            round=around, new=profile.person, seasoned=cast.Carla, made=today()
        )
    return around, own


@pytest.mark.slow
def test_thirty_people_take_no_more_queries_than_three(cast, browse):
    def count():
        found = {}
        client = browse(cast.Carla)
        for name, args in (
            ("show-connections", []),
            ("search-directory", []),
            ("list-rounds", []),
            ("show-round", [around.pk]),
            ("run-round", [around.pk]),
            ("show-list", [own.pk]),
        ):
            address = reverse(f"connections:{name}", args=args)
            client.get(address)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address).status_code == 200
            found[name] = len(asked)
        return found

    make_profile(cast.North, cast.Carla)
    around, own = add_many(cast, 0, 3)
    few = count()
    add_many(cast, 3, 30)
    many = count()

    assert {
        name: (few[name], many[name]) for name in few if many[name] > few[name]
    } == {}
    assert max(many.values()) < 40
