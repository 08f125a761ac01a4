"""Visits, as a teacher, a coach and a principal meet them."""

import csv
import datetime as dt
import io
import re
import uuid

import pytest
from django.core import mail
from django.urls import reverse

from commonroot.domain.coaching import actions
from commonroot.domain.coaching.choices import Part, VisitState
from commonroot.domain.coaching.models import Visit, VisitNote
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
