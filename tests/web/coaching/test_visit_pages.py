"""Visits, as a teacher, a coach and a principal meet them."""

import csv
import datetime as dt
import io
import re
import uuid

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from commonroot.domain.coaching import actions
from commonroot.domain.coaching.choices import Part, VisitState
from commonroot.domain.coaching.keys import find_path
from commonroot.domain.coaching.models import Pair, Visit, VisitNote
from commonroot.domain.network.actions import end_role
from commonroot.domain.network.models import Role
from commonroot.domain.network.sight import today

SAID = "The turtle corner calmed Milo"


def address(name, *keys):
    return reverse(f"coaching:{name}", args=keys)


@pytest.fixture
def visit(cast):
    made = actions.ask_visit(
        by=cast.Grace,
        coach=cast.Carla,
        teacher=cast.Grace,
        school=cast.Oak,
        day=today(),
        focus="Coming in from recess",
    )
    actions.answer_visit(by=cast.Carla, visit=made, agrees=True)
    actions.hold_visit(by=cast.Carla, visit=made)
    actions.add_note(
        by=cast.Carla, visit=made, part=Part.SEEN, words=SAID, key=uuid.uuid4()
    )
    return made


def test_a_teacher_invites_a_coach_who_agrees_and_both_write(cast, browse):
    grace, carla = browse(cast.Grace), browse(cast.Carla)
    asked = grace.post(
        address("ask-visit"),
        {
            "whom": f"{cast.Carla.pk}.{cast.Oak.pk}",
            "day": today().isoformat(),
            "starts": "10:15",
            "minutes": "30",
            "focus": "transitions",
            "words": "Ten minutes to sit down",
        },
    )
    visit = Visit.objects.get()
    assert asked.headers["Location"] == address("show-visit", visit.pk)
    assert (
        "Transitions. Ten minutes to sit down"
        in carla.get(address("show-visit", visit.pk)).content.decode()
    )
    for name in ("agree-visit", "hold-visit"):
        carla.post(address(name, visit.pk))
    for client, part, words in (
        (carla, "seen", SAID),
        (grace, "next_step", "First task on the board"),
    ):
        client.post(
            address("add-note", visit.pk),
            {"part": part, "words": words, "key": str(uuid.uuid4())},
        )
    page = grace.get(address("show-visit", visit.pk)).content.decode()

    visit.refresh_from_db()
    assert visit.state == VisitState.HELD
    assert SAID in page
    assert "First task on the board" in page


def test_letters_say_that_there_is_a_visit_and_no_word_of_it(cast, browse):
    browse(cast.Grace).post(
        address("ask-visit"),
        {
            "whom": f"{cast.Carla.pk}.{cast.Oak.pk}",
            "day": today().isoformat(),
            "minutes": "30",
            "words": SAID,
        },
    )

    (letter,) = mail.outbox
    assert letter.to == ["carla@example.org"]
    assert "turtle" not in letter.subject + letter.body
    assert "Grace" not in letter.subject + letter.body


def list_places_to_look(cast, visit):
    """List the pages on which somebody who is curious would look for words."""
    return [
        address("show-visit", visit.pk),
        address("list-visits"),
        address("export-visits"),
        address("list-counts"),
        address("list-shown", cast.Oak.pk),
        reverse("shell:search") + "?q=turtle",
        reverse("shell:home"),
        reverse("week:show-week"),
        reverse("network:list-people"),
        reverse("network:show-place", args=[cast.Oak.pk]),
    ]


def test_nobody_but_the_two_finds_a_word_anywhere(cast, browse, visit):
    found = {
        name
        for name, person in cast.people.items()
        for page in list_places_to_look(cast, visit)
        if "turtle"
        in browse(person)
        .get(page)
        .content.decode(errors="replace")
        .replace("q=turtle", "")
        .replace('value="turtle"', "")
        .replace("“turtle”", "")
    }

    assert found == {"Carla", "Grace"}


def test_a_principal_learns_not_even_that_there_was_a_visit_with_whom(
    cast, browse, visit
):
    ben = browse(cast.Ben)
    before = ben.get(address("list-shown", cast.Oak.pk)).content.decode()
    browse(cast.Grace).post(address("show-focus", visit.pk), {"focus": "Transitions"})
    shown = ben.get(address("list-shown", cast.Oak.pk)).content.decode()
    browse(cast.Grace).post(address("hide-focus", visit.pk))
    after = ben.get(address("list-shown", cast.Oak.pk)).content.decode()

    assert [
        ("Grace" in page, "Transitions" in page) for page in (before, shown, after)
    ] == [
        (False, False),
        (True, True),
        (False, False),
    ]
    assert "recess" not in shown


def test_counts_are_told_without_names(cast, browse, visit):
    page = browse(cast.Mara).get(address("list-counts")).content.decode()
    row = re.search(r"Oak</th><td>(\d+)", page)

    assert row[1] == "1"
    assert "Grace" not in page
    assert "Carla" not in page


def test_ones_own_visits_are_given_as_a_table(cast, browse, visit):
    table = browse(cast.Grace).get(address("export-visits")).content.decode()
    (row,) = csv.DictReader(io.StringIO(table))

    assert (row["school"], row["coach"], row["state"]) == ("Oak", "Carla", "held")
    assert row["seen"] == f"Carla: {SAID}"
    nothing = browse(cast.Ben).get(address("export-visits")).content.decode()
    assert len(nothing.splitlines()) == 1


def test_a_note_written_without_a_network_is_sent_later_and_once(cast, browse, visit):
    told = {
        "part": "talk",
        "words": "On the bus",
        "key": str(uuid.uuid4()),
        "person": str(cast.Carla.pk),
    }
    send = lambda client: client.post(  # noqa: E731  # the same call by three people
        address("add-note", visit.pk), told, headers={"accept": "application/json"}
    )
    answers = [send(browse(person)) for person in (cast.Carla, cast.Carla, cast.Grace)]

    assert [each.status_code for each in answers] == [200, 200, 409]
    assert VisitNote.objects.filter(part="talk").count() == 1


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"words": ""}, "Write something first."),
        ({"words": "x" * 2001}, "At most 2000 characters"),
        ({"part": "gossip"}, "Choose one of the answers"),
        ({"key": "no key"}, "The device sent no key."),
        ({"part": "next_step"}, "This part is the teacher’s own."),
    ],
)
def test_a_line_that_cannot_be_kept_says_why_and_stays_in_the_form(
    cast, browse, visit, more, sentence
):
    told = {"part": "talk", "words": "Hello", "key": str(uuid.uuid4()), **more}
    answer = browse(cast.Carla).post(address("add-note", visit.pk), told)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert VisitNote.objects.count() == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"whom": ""},
        {"whom": "nobody"},
        {"day": "yesterday"},
        {"day": "2020-01-01"},
        {"minutes": "0"},
        {"starts": "25:00"},
        {"words": "x" * 5000},
    ],
)
def test_what_cannot_be_asked_for_is_said_in_the_form(cast, browse, wrong):
    told = {
        "whom": f"{cast.Carla.pk}.{cast.Oak.pk}",
        "day": today().isoformat(),
        "minutes": "30",
        **wrong,
    }
    answer = browse(cast.Grace).post(address("ask-visit"), told)

    assert answer.status_code == 422
    assert Visit.objects.count() == 0


def test_the_teacher_erases_the_words_and_the_visit_stays(cast, browse, visit):
    grace = browse(cast.Grace)
    assert "Erase them" in grace.get(address("erase-words", visit.pk)).content.decode()
    page = grace.post(address("erase-words", visit.pk), follow=True).content.decode()

    assert "2 lines are erased." in page
    assert "turtle" not in page
    assert Visit.objects.filter(state=VisitState.HELD).count() == 1


def test_a_date_to_look_again_that_has_passed_is_refused(cast, browse, visit):
    past = (today() - dt.timedelta(days=1)).isoformat()
    answer = browse(cast.Carla).post(address("look-again", visit.pk), {"day": past})

    assert answer.status_code == 422
    assert Visit.objects.count() == 1


def test_a_visit_stands_in_the_week_of_both_and_of_nobody_else(cast, browse):
    visit = actions.ask_visit(
        by=cast.Grace,
        coach=cast.Carla,
        teacher=cast.Grace,
        school=cast.Oak,
        day=today(),
        starts=dt.time(10, 15),
        focus=SAID,
    )
    actions.answer_visit(by=cast.Carla, visit=visit, agrees=True)
    weeks = {
        name: browse(person).get(reverse("week:show-week")).content.decode()
        for name, person in cast.people.items()
    }

    assert {name for name, page in weeks.items() if str(visit.pk) in page} == {
        "Carla",
        "Grace",
    }
    assert "Visit with Grace" in weeks["Carla"]
    assert "Carla visits you" in weeks["Grace"]
    assert not any("turtle" in page for page in weeks.values())


def test_the_pages_speak_spanish(cast, browse, visit):
    grace = browse(cast.Grace)
    grace.cookies["django_language"] = "es"

    assert "Qué se vio" in grace.get(address("show-visit", visit.pk)).content.decode()
    assert "Pedir una visita" in grace.get(address("list-visits")).content.decode()


def test_a_coach_is_offered_a_line_once_both_have_agreed(cast, browse):
    asked = actions.ask_visit(
        by=cast.Carla,
        coach=cast.Carla,
        teacher=cast.Grace,
        school=cast.Oak,
        day=today(),
    )

    def offers():
        page = browse(cast.Carla).get(address("show-visit", asked.pk))
        return "data-keep" in page.content.decode()

    before = offers()
    actions.answer_visit(by=cast.Grace, visit=asked, agrees=True)
    assert (before, offers()) == (False, True)


def test_lists_run_no_more_queries_with_many_visits(
    cast, browse, visit, django_assert_max_num_queries
):
    Visit.objects.bulk_create(
        Visit(pair=visit.pair, school=cast.Oak, day=today(), state=VisitState.HELD)
        for _ in range(30)
    )
    client = browse(cast.Grace)
    with django_assert_max_num_queries(18):
        client.get(address("list-visits"))


def count_queries(client, page):
    client.get(page)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(page).status_code == 200
    return len(asked)


def add_held(visit, number):
    for each in range(number):
        made = Visit.objects.create(
            pair=visit.pair,
            school=visit.school,
            day=today() - dt.timedelta(days=each + 1),
            state=VisitState.HELD,
        )
        actions.add_note(
            by=visit.pair.teacher,
            visit=made,
            part=Part.TALK,
            words=f"Talk {each}",
            key=uuid.uuid4(),
        )


@pytest.mark.parametrize("name", ["export-visits", "list-visits"])
def test_thirty_visits_take_no_more_queries_than_three(cast, browse, visit, name):
    grace = browse(cast.Grace)
    add_held(visit, 2)
    few = count_queries(grace, address(name))
    add_held(visit, 27)

    assert count_queries(grace, address(name)) == few


def list_shown_visits(client, page):
    """List the visits that a page of the list leads to, and whether it leads on."""
    html = client.get(address("list-visits"), {"page": page}).content.decode()
    found = re.findall(r"/visits/([0-9a-f-]{36})/", html)
    return found, f"?page={page + 1}" in html


def test_every_visit_is_on_some_page_also_those_that_did_not_come_about(
    cast, browse, visit
):
    Visit.objects.bulk_create(
        Visit(
            pair=visit.pair,
            school=cast.Oak,
            day=today() - dt.timedelta(days=each),
            state=state,
        )
        for each in range(1, 21)
        for state in (VisitState.HELD, VisitState.DECLINED, VisitState.CALLED_OFF)
    )
    grace = browse(cast.Grace)
    pages = [list_shown_visits(grace, page) for page in (1, 2, 3)]

    assert [(len(found), leads_on) for found, leads_on in pages] == [
        (30, True),
        (30, True),
        (1, False),
    ]
    assert sorted(key for found, _ in pages for key in found) == sorted(
        str(key) for key in Visit.objects.values_list("pk", flat=True)
    )


def test_a_page_of_the_list_that_is_none_shows_one_that_there_is(cast, browse, visit):
    grace = browse(cast.Grace)
    for page in ("0", "99", "x", "9" * 400):
        answer = grace.get(address("list-visits"), {"page": page})
        assert str(visit.pk) in answer.content.decode()


@pytest.fixture
def offered(cast):
    return actions.ask_visit(
        by=cast.Carla,
        coach=cast.Carla,
        teacher=cast.Grace,
        school=cast.Oak,
        day=today(),
    )


def test_a_focus_that_is_too_long_comes_back_with_the_form(cast, browse, offered):
    told = {"focus": "calm", "words": "y" * 1801}
    answer = browse(cast.Grace).post(address("agree-visit", offered.pk), told)

    offered.refresh_from_db()
    assert (answer.status_code, offered.state) == (422, VisitState.ASKED)
    assert "y" * 1801 in answer.content.decode()
    assert '<option value="calm" selected>' in answer.content.decode()


def test_a_focus_for_a_visit_that_was_called_off_meanwhile_comes_back(
    cast, browse, offered
):
    actions.call_off(by=cast.Carla, visit=offered)
    told = {"words": "Coming in"}
    page = browse(cast.Grace).post(address("agree-visit", offered.pk), told)

    assert page.status_code == 422
    assert "This visit was answered already." in page.content.decode()
    assert "Coming in</textarea>" in page.content.decode()


def test_words_stay_in_the_form_when_the_key_is_missing(cast, browse, visit):
    path = find_path(Pair.objects.get().sealed_with)
    path.unlink()
    told = {"part": "talk", "words": "On the bus", "key": str(uuid.uuid4())}
    page = browse(cast.Carla).post(address("add-note", visit.pk), told)
    sent = browse(cast.Carla).post(
        address("add-note", visit.pk), told, headers={"accept": "application/json"}
    )

    assert (page.status_code, sent.status_code) == (422, 422)
    assert "On the bus</textarea>" in page.content.decode()
    assert sent.json()["problem"].startswith("The key of your words is missing")
    assert not path.exists()


def test_words_for_the_principal_that_are_too_long_stay_in_the_form(
    cast, browse, visit
):
    told = {"focus": "z" * 301}
    page = browse(cast.Grace).post(address("show-focus", visit.pk), told)

    assert page.status_code == 422
    assert f'value="{"z" * 301}"' in page.content.decode()
    assert "At most 300 characters." in page.content.decode()


def test_another_day_can_be_chosen_when_the_next_visit_was_declined(
    cast, browse, visit
):
    grace = browse(cast.Grace)
    again = {"day": today().isoformat()}
    grace.post(address("look-again", visit.pk), again)
    following = Visit.objects.get(follows=visit)
    twice = grace.post(address("look-again", visit.pk), again)
    assert twice.status_code == 422
    assert "The next visit is chosen already." in twice.content.decode()
    browse(cast.Carla).post(address("decline-visit", following.pk))
    page = grace.get(address("show-visit", visit.pk)).content.decode()

    assert address("look-again", visit.pk) in page
    assert "will not take place. You can choose another day." in page
    assert Visit.objects.filter(follows=visit).count() == 1


def test_a_teacher_who_has_left_reads_erases_and_is_offered_nothing_else(
    cast, browse, visit
):
    end_role(by=cast.Farid, role=Role.objects.get(person=cast.Grace))
    grace = browse(cast.Grace)
    page = grace.get(address("show-visit", visit.pk)).content.decode()
    listed = grace.get(address("list-visits")).content.decode()

    assert SAID in page
    assert address("show-visit", visit.pk) in listed
    offered = [
        name
        for name in ("add-note", "look-again", "show-focus", "erase-words")
        if address(name, visit.pk) in page
    ]
    assert offered == ["erase-words"]
    told = {"part": "talk", "words": "x", "key": str(uuid.uuid4())}
    assert grace.post(address("add-note", visit.pk), told).status_code == 422
    assert grace.post(address("erase-words", visit.pk)).status_code == 302
    assert VisitNote.objects.count() == 0


def test_a_visit_on_paper_has_its_words_and_is_for_the_two_alone(cast, browse, visit):
    paper = {
        name: browse(person).get(address("print-visit", visit.pk))
        for name, person in cast.people.items()
    }

    assert {name for name, each in paper.items() if each.status_code == 200} == {
        "Carla",
        "Grace",
    }
    assert SAID in paper["Carla"].content.decode()
