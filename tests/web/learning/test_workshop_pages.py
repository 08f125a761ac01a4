"""Workshops, as those who prepare them and those who come meet them."""

import datetime as dt
import re
import uuid

import pytest
from django.core import mail
from django.urls import reverse

from commonroot.domain.audit.actions import SYSTEM
from commonroot.domain.learning.choices import SeatState
from commonroot.domain.learning.coming import find_coming
from commonroot.domain.learning.mix import count_mix
from commonroot.domain.learning.models import (
    Attendance,
    CircleWord,
    Interpreter,
    Recommendation,
    RepairNote,
    RoomAgreement,
    Seat,
    Series,
    Session,
    Tool,
    ToolChoice,
    Workshop,
)
from commonroot.domain.learning.room_queries import quotes_of
from commonroot.domain.learning.series_actions import (
    change_session,
    say_held,
    set_facilitator,
)
from commonroot.domain.learning.tasks import digest
from commonroot.domain.network.actions import give_role
from commonroot.domain.network.sight import today
from commonroot.domain.partnerships.partnership_actions import begin_partnership
from web.learning.things import give_letter, give_token

ROOTS = "Rooted Relationships: Growing Equitable Classroom Communities"
OTHER = "Rooted Relationships: Growing Equitable Learning Communities"


def address(name, *keys):
    return reverse(f"learning:{name}", args=keys)


@pytest.fixture
def workshop(cast, browse):
    carla = browse(cast.Carla)
    carla.post(address("add-workshop", cast.North.pk), {"name": ROOTS})
    made = Workshop.objects.get()
    carla.post(address("name-workshop", made.pk), {"name": OTHER})
    carla.post(address("add-tool", made.pk), {"name": "Greeting at the door"})
    return made


@pytest.fixture
def series(cast, browse, workshop):
    """A series for the district, open, with a session today and one seat."""
    carla = browse(cast.Carla)
    carla.post(
        address("plan-series", workshop.pk),
        {"place": str(cast.North.pk), "capacity": "1"},
    )
    made = Series.objects.get()
    carla.post(
        address("add-session", made.pk),
        {"day": today().isoformat(), "starts": "23:00", "minutes": "120"},
    )
    session = made.sessions.get()
    carla.post(
        address("set-facilitator", session.pk),
        {"person": str(cast.Carla.pk), "part": "lead"},
    )
    carla.post(address("prepare-series", made.pk), {"state": "open", "capacity": "1"})
    made.refresh_from_db()
    assert made.state == "open"
    return made


def ask(client, series, answer="ask", **needs):
    return client.post(address("take-seat", series.pk), {"answer": answer, **needs})


def test_a_workshop_is_known_by_any_of_its_names(cast, browse, workshop):
    carla = browse(cast.Carla)
    again = carla.post(address("add-workshop", cast.North.pk), {"name": OTHER.upper()})
    found = browse(cast.Grace).get(
        address("list-workshops") + "?q=learning communities"
    )

    assert again.headers["Location"] == address("show-workshop", workshop.pk)
    assert Workshop.objects.count() == 1
    assert ROOTS in found.content.decode()


def test_two_that_turn_out_to_be_one_are_put_together(cast, browse, workshop):
    carla = browse(cast.Carla)
    told = {"name": "Class circles", "is_new": "yes"}
    carla.post(address("add-workshop", cast.North.pk), told)
    other = Workshop.objects.exclude(pk=workshop.pk).get()
    carla.post(address("merge-workshops", workshop.pk), {"other": str(other.pk)})

    assert Workshop.objects.get() == workshop
    assert "Class circles" in workshop.names.values_list("name", flat=True)


def test_seats_run_out_people_wait_and_the_next_gets_the_seat_by_letter(
    cast, browse, series
):
    grace, ana = browse(cast.Grace), browse(cast.Ana)
    ask(grace, series, food="Vegan")
    page = ask(ana, series)
    assert page.status_code == 302
    assert Seat.objects.get(person=cast.Ana).state == SeatState.WAITING
    mail.outbox.clear()
    ask(grace, series, answer="no")

    assert Seat.objects.get(person=cast.Ana).state == SeatState.COMING
    assert [letter.to for letter in mail.outbox] == [["ana@example.org"]]


def test_needs_are_told_without_names_and_to_those_who_prepare_alone(
    cast, browse, series
):
    ask(browse(cast.Grace), series, food="Vegan", access="Large print")
    sheet = browse(cast.Carla).get(address("show-needs", series.pk)).content.decode()
    others = {
        name
        for name, person in cast.people.items()
        if "Vegan"
        in browse(person).get(address("show-series", series.pk)).content.decode()
    }

    assert "Vegan: 1" in sheet
    assert "Grace" not in sheet
    assert others == {"Grace"}


def test_a_principal_chooses_colleagues_and_sees_the_mix(cast, browse, series):
    Series.objects.update(capacity=None)
    ben = browse(cast.Ben)
    page = ben.get(address("choose-colleagues", series.pk)).content.decode()
    assert "Grace" in page
    ben.post(
        address("choose-colleagues", series.pk),
        {
            "school": str(cast.Oak.pk),
            "person": str(cast.Grace.pk),
            f"standing-{cast.Grace.pk}": "seasoned",
        },
    )
    seat = Seat.objects.get(person=cast.Grace)
    roster = browse(cast.Carla).get(address("show-roster", series.pk)).content.decode()

    assert (seat.state, seat.standing, seat.school) == (
        SeatState.INVITED,
        "seasoned",
        cast.Oak,
    )
    assert "Oak" in roster
    for name in ("Grace", "Noor", "Mara"):
        client = browse(cast.people[name])
        assert client.get(address("show-roster", series.pk)).status_code == 404


def read_rows(page):
    """Read the rows of the tables of a page: each as its words."""
    rows = re.findall(r"<tr>(.*?)</tr>", page.partition("<main")[2])
    return [re.sub(r"<[^>]*>", " ", row).split() for row in rows]


def test_a_principal_sees_the_mix_of_the_whole_series_and_no_other_school_by_name(
    cast, browse, series
):
    Series.objects.update(capacity=None, place=cast.Region)
    for person, school, standing, food in (
        (cast.Grace, cast.Oak, "new", ""),
        (cast.Ana, cast.Oak, "seasoned", ""),
        (cast.Noor, cast.Elm, "seasoned", "Vegan"),
        (None, cast.Elm, "", ""),
        (cast.Dev, None, "seasoned", ""),
    ):
        Seat.objects.create(
            series=series,
            person=person,
            guest="" if person else "Lu Park",
            school=school,
            standing=standing,
            food=food,
            state="coming",
        )
    page = browse(cast.Ben).get(address("choose-colleagues", series.pk))
    told = page.content.decode()

    assert read_rows(told) == [
        ["School", "New", "Seasoned", "Not", "said", "All"],
        ["Oak", "1", "1", "0", "2"],
        ["Everybody", "else", "0", "2", "1", "3"],
        ["Role", "New", "Seasoned", "Not", "said", "All"],
        ["Data", "team", "member", "0", "2", "0", "2"],
        ["Educator", "1", "0", "0", "1"],
        ["Not", "said", "0", "0", "1", "1"],
        ["Regional", "coach", "0", "1", "0", "1"],
    ]
    hidden = ("Elm", "Noor", "Dev", "Lu Park", "Vegan")
    assert [name for name in hidden if name in told.partition("<main")[2]] == []


def test_who_was_there_is_kept_with_minutes_and_walk_ins(cast, browse, series):
    ask(browse(cast.Grace), series)
    session, seat = Session.objects.get(), Seat.objects.get()
    carla = browse(cast.Carla)
    told = {
        "there": str(seat.pk),
        f"minutes-{seat.pk}": "45",
        "guest": "Lu Park",
        "key": str(uuid.uuid4()),
    }
    for _ in range(2):
        carla.post(address("check-in", session.pk), told)

    assert sorted(Attendance.objects.values_list("minutes", flat=True)) == [45, 120]
    wrong = carla.post(
        address("check-in", session.pk), {**told, f"minutes-{seat.pk}": "long"}
    )
    assert wrong.status_code == 422


def test_a_tick_that_waited_for_a_network_is_kept_once_and_only_of_whoever_ticked(
    cast, browse, series
):
    ask(browse(cast.Grace), series)
    session, seat = Session.objects.get(), Seat.objects.get()
    told = {"seat": str(seat.pk), "there": "yes", "person": str(cast.Carla.pk)}
    answers = [
        browse(person).post(address("note-tick", session.pk), told).status_code
        for person in (cast.Carla, cast.Carla, cast.Dev, cast.Ben)
    ]

    assert answers == [200, 200, 409, 409]
    assert Attendance.objects.count() == 1


def test_the_code_at_the_door_lets_people_in_as_themselves_and_guests_by_name(
    cast, browse, series
):
    Series.objects.update(capacity=None)
    session = Session.objects.get()
    ask(browse(cast.Grace), series)
    door = address("come-in", session.code)
    browse(cast.Grace).post(door, {"who": "me"})
    guest = browse().post(door, {"guest": "Lu Park"}).content.decode()
    empty = browse().post(door, {"guest": ""})

    assert "Welcome, Lu Park." in guest
    assert empty.status_code == 422
    assert Attendance.objects.count() == 2
    assert browse().get(address("come-in", "no-code")).status_code == 404
    Session.objects.update(day=today() - dt.timedelta(days=1))
    late = browse().post(door, {"guest": "Jo"})
    assert late.status_code == 422
    assert Attendance.objects.count() == 2


def test_the_paper_list_and_the_code_are_for_those_who_prepare(cast, browse, series):
    session = Session.objects.get()
    for name in ("print-list", "show-code"):
        assert browse(cast.Carla).get(address(name, session.pk)).status_code == 200
        assert browse(cast.Grace).get(address(name, session.pk)).status_code == 404


def test_delivered_and_participant_hours_stand_apart(cast, browse, series):
    ask(browse(cast.Grace), series)
    session, seat = Session.objects.get(), Seat.objects.get()
    Attendance.objects.create(session=session, seat=seat, minutes=90, way="list")
    browse(cast.Carla).post(address("say-held", session.pk), {"held": "yes"})
    page = browse(cast.Mara).get(address("show-hours", cast.North.pk)).content.decode()

    assert "<b>2</b> delivered hours" in page
    assert "<b>1.5</b> participant hours" in page
    assert "where two who teach together count twice: 0 from outside, 2 by our" in page
    unnamed = re.findall(r"[\d.]+(?:</b>)? hours", page)
    assert unnamed == []


def test_an_agreement_is_adopted_when_nobody_says_not_yet(cast, browse, series):
    ask(browse(cast.Grace), series)
    grace, carla = browse(cast.Grace), browse(cast.Carla)
    grace.post(address("list-agreements", series.pk), {"text": "We listen to the end"})
    made = RoomAgreement.objects.get()
    review = {"review": (today() + dt.timedelta(days=30)).isoformat()}
    carla.post(
        address("answer-agreement", made.pk),
        {"answer": "not_yet", "words": "Too vague", "wording": "0"},
    )
    early = carla.post(address("adopt-agreement", made.pk), review)
    assert early.status_code == 422
    carla.post(address("answer-agreement", made.pk), {"answer": "yes", "wording": "0"})
    carla.post(address("adopt-agreement", made.pk), review)
    made.refresh_from_db()

    assert made.adopted == today()
    assert (
        browse(cast.Noor).get(address("list-agreements", series.pk)).status_code == 404
    )


def say(client, series, audience, text="The turtle corner"):
    told = {"kind": "appreciation", "text": text, "audience": audience, "said_as": ""}
    return client.post(address("show-circle", series.pk), told)


@pytest.mark.parametrize(
    ("audience", "readers"),
    [
        ("only_me", {"Grace"}),
        ("facilitators", {"Grace", "Carla"}),
        ("room", {"Grace", "Carla", "Ana"}),
    ],
)
def test_words_of_a_circle_are_read_by_whom_their_writer_chose(
    cast, browse, series, audience, readers
):
    Series.objects.update(capacity=None)
    for name in ("Grace", "Ana"):
        ask(browse(cast.people[name]), series)
    session = Session.objects.get()
    for seat in Seat.objects.all():
        Attendance.objects.create(session=session, seat=seat, minutes=60, way="list")
    say(browse(cast.Grace), series, audience)
    assert CircleWord.objects.count() == 1
    read = {
        name
        for name, person in cast.people.items()
        for page in (address("show-circle", series.pk), address("list-quotes"))
        if "turtle" in browse(person).get(page).content.decode()
    }
    own = browse(cast.Grace).get(address("list-own-words")).content.decode()

    assert "turtle" in own
    assert read | {"Grace"} == readers


def test_words_that_are_taken_back_are_gone_everywhere(cast, browse, series):
    grace = browse(cast.Grace)
    ask(grace, series)
    say(grace, series, "outside")
    assert "turtle" in browse(cast.Noor).get(address("list-quotes")).content.decode()
    grace.post(address("withdraw-word", CircleWord.objects.get().pk))

    assert (
        "turtle" not in browse(cast.Noor).get(address("list-quotes")).content.decode()
    )
    assert CircleWord.objects.count() == 0


def test_what_was_tried_is_ones_own_until_it_is_shared(cast, browse, series):
    grace = browse(cast.Grace)
    ask(grace, series)
    grace.post(address("choose-tool", series.pk), {"tool": str(Tool.objects.get().pk)})
    choice = ToolChoice.objects.get()
    assert choice.ask_on == today() + dt.timedelta(days=14)
    told = {"tried": "yes", "happened": "did_not_work", "words": "They laughed"}
    grace.post(address("tell-try", choice.pk), told)
    before = browse(cast.Noor).get(address("list-tries")).content.decode()
    share = {"title": "At the door", "words": "They laughed", "consent": "on"}
    refused = grace.post(
        address("share-try", choice.pk), {**share, "consent": ""}
    ).status_code
    grace.post(address("share-try", choice.pk), share)
    after = browse(cast.Noor).get(address("list-tries")).content.decode()

    assert ("They laughed" in before, refused, "They laughed" in after) == (
        False,
        422,
        True,
    )
    assert "It did not go well" in after


def test_recommendations_are_a_count_from_three_on_and_never_who(
    cast, browse, series, workshop
):
    ben = browse(cast.Ben)
    readiness = address("show-readiness", cast.Oak.pk)
    session = Session.objects.get()
    for name in ("Grace", "Ana", "Ben"):
        assert ROOTS not in ben.get(readiness).content.decode()
        seat = Seat.objects.create(
            series=series, person=cast.people[name], state="coming"
        )
        Attendance.objects.create(session=session, seat=seat, minutes=60, way="list")
        browse(cast.people[name]).post(
            address("recommend", workshop.pk), {"school": str(cast.Oak.pk)}
        )
    page = ben.get(readiness).content.decode()

    kept = begin_partnership(
        by=cast.Farid,
        partner=cast.Region,
        district=cast.North,
        first_year=2025,
        last_year=2027,
    )
    planned = reverse("partnerships:show-schools", args=[kept.pk])
    assert Recommendation.objects.count() == 3
    assert ROOTS in browse(cast.Farid).get(planned).content.decode()
    assert ROOTS not in browse(cast.Mara).get(planned).content.decode()
    assert f"{ROOTS}</th><td>3" in page
    assert "Grace" not in page.partition("<main")[2]


def test_the_pages_speak_spanish(cast, browse, series):
    for name, keys, words in (
        ("list-learning", (), "Todos los talleres"),
        ("show-series", (series.pk,), "Mi lugar"),
        ("list-workshops", (), "Lo que la gente de esta red aprende junta"),
    ):
        client = browse(cast.Grace)
        client.cookies["django_language"] = "es"
        assert words in client.get(address(name, *keys)).content.decode()


def test_a_wrong_minute_keeps_every_tick_in_the_form(cast, browse, series):
    ask(browse(cast.Grace), series)
    session, seat = Session.objects.get(), Seat.objects.get()
    answer = browse(cast.Carla).post(
        address("check-in", session.pk),
        {
            "there": str(seat.pk),
            f"minutes-{seat.pk}": "long",
            "guest": "Lu Park",
            "key": str(uuid.uuid4()),
        },
    )
    page = answer.content.decode()

    assert answer.status_code == 422
    assert f'value="{seat.pk}" checked' in page
    assert 'role="alert">Write minutes as a number. Grace.</p>' in page
    assert 'value="long" aria-invalid="true"' in page
    assert ('value="long"' in page, 'value="Lu Park"' in page) == (True, True)
    assert Attendance.objects.count() == 0


def test_somebody_who_walked_in_without_a_network_is_kept_once(cast, browse, series):
    Series.objects.update(capacity=None)
    session = Session.objects.get()
    told = {"guest": "Lu Park", "key": str(uuid.uuid4()), "person": str(cast.Carla.pk)}
    for _ in range(2):
        browse(cast.Carla).post(address("note-tick", session.pk), told)

    assert [str(each.seat) for each in Attendance.objects.all()] == ["Lu Park"]


def test_whoever_taught_is_asked_whether_it_was_held_until_it_is_said(
    cast, browse, series
):
    Session.objects.update(day=today() - dt.timedelta(days=3))
    session = Session.objects.get()

    def read(person):
        return [
            (each.words, each.page)
            for each in find_coming(person, today(), today())
            if "held" in each.words
        ]

    asked = [(f"Was it held? {series}", "learning:change-session")]
    assert (read(cast.Carla), read(cast.Grace)) == (asked, [])
    assert (
        browse(cast.Carla).get(reverse(asked[0][1], args=[session.pk])).status_code
        == 200
    )
    browse(cast.Carla).post(address("say-held", session.pk), {"held": "yes"})
    assert read(cast.Carla) == []


def test_whoever_prepares_is_asked_whether_it_was_held_where_nobody_taught(
    cast, series
):
    Session.objects.update(day=today() - dt.timedelta(days=60))
    session = Session.objects.get()

    def list_asked():
        return {
            name
            for name, person in cast.people.items()
            for each in find_coming(person, today(), today())
            if (each.page, each.key) == ("learning:change-session", session.pk)
        }

    assert list_asked() == {"Carla"}
    session.facilitations.update(part="observer")
    assert list_asked() == {"Carla", "Dev", "Elena", "Farid"}
    Session.objects.update(day=today() - dt.timedelta(days=61))
    assert list_asked() == set()


def test_yes_with_a_change_alone_adopts_nothing(cast, browse, series):
    carla = browse(cast.Carla)
    carla.post(address("list-agreements", series.pk), {"text": "We listen"})
    made = RoomAgreement.objects.get()
    review = {"review": (today() + dt.timedelta(days=30)).isoformat()}
    seen = []
    for answer in ("with_change", "yes"):
        carla.post(
            address("answer-agreement", made.pk),
            {"answer": answer, "words": "Shorter", "wording": "0"},
        )
        carla.post(address("adopt-agreement", made.pk), review)
        made.refresh_from_db()
        seen.append(made.adopted)

    assert seen == [None, today()]


def test_everybody_in_the_room_says_whether_it_works_and_the_lead_sets_the_day(
    cast, browse, series
):
    ask(browse(cast.Grace), series)
    later = today() + dt.timedelta(days=30)
    made = RoomAgreement.objects.create(
        series=series,
        text="We listen",
        proposed_by=cast.Carla,
        proposed=today(),
        adopted=today(),
        review=later,
    )
    grace, carla = browse(cast.Grace), browse(cast.Carla)
    for words in ("Late on", "At the end"):
        told = {"working": "partly", "words": words}
        grace.post(address("review-agreement", made.pk), told)
    made.refresh_from_db()
    assert (made.review, made.ended, made.reviews.count()) == (later, None, 1)
    carla.post(
        address("review-agreement", made.pk),
        {
            "working": "yes",
            "words": "In the circle",
            "review": (later + dt.timedelta(days=1)).isoformat(),
        },
    )
    made.refresh_from_db()
    page = grace.get(address("list-agreements", series.pk)).content.decode()

    assert made.review == later + dt.timedelta(days=1)
    assert "Yes: 1, Partly: 1" in page
    said = ("Late on", "At the end", "In the circle")
    assert [page.count(words) for words in said] == [0, 1, 1]
    assert (
        browse(cast.Noor)
        .post(address("review-agreement", made.pk), {"working": "no"})
        .status_code
        == 404
    )


def test_whoever_was_there_for_all_of_a_session_is_so_when_it_grows(
    cast, browse, series
):
    Series.objects.update(capacity=None)
    for name in ("Grace", "Ana"):
        ask(browse(cast.people[name]), series)
    session = Session.objects.get()
    for seat, minutes in zip(Seat.objects.order_by("pk"), (120, 45), strict=True):
        Attendance.objects.create(
            session=session,
            seat=seat,
            minutes=minutes,
            is_whole=minutes == 120,
            way="list",
        )
    seen = []
    for minutes in (150, 30, 120):
        change_session(
            by=cast.Carla,
            session=session,
            day=session.day,
            starts=session.starts,
            minutes=minutes,
        )
        seen.append(sorted(Attendance.objects.values_list("minutes", flat=True)))

    assert seen == [[45, 150], [30, 30], [30, 120]]


def test_who_taught_what_was_held_stays(cast, browse, series):
    held = Session.objects.get()
    browse(cast.Carla).post(address("say-held", held.pk), {"held": "yes"})
    browse(cast.Carla).post(
        address("add-session", series.pk),
        {
            "day": (today() + dt.timedelta(days=7)).isoformat(),
            "starts": "09:00",
            "minutes": "60",
        },
    )
    coming = Session.objects.exclude(pk=held.pk).get()
    set_facilitator(
        by=cast.Carla,
        session=coming,
        person=cast.Dev,
        part="lead",
        side="own",
        all_sessions=True,
    )

    assert {each.session for each in cast.Dev.facilitations.all()} == {coming}


def test_whoever_leaves_the_district_teaches_its_later_sessions_from_outside(
    cast, browse, series
):
    carla, days = browse(cast.Carla), dt.timedelta(days=7)
    give_role(
        by=SYSTEM,
        person=cast.Noor,
        kind="educator",
        place=cast.Oak,
        first=today() - days,
        last=today() + days,
    )
    carla.post(
        address("add-session", series.pk),
        {
            "day": (today() + 2 * days).isoformat(),
            "starts": "09:00",
            "minutes": "60",
        },
    )
    carla.post(
        address("set-facilitator", series.sessions.first().pk),
        {"person": str(cast.Noor.pk), "part": "lead", "all_sessions": "on"},
    )

    taught = cast.Noor.facilitations.order_by("session__day")
    assert list(taught.values_list("side", flat=True)) == ["own", "outside"]


def test_a_guest_takes_back_what_they_said_with_their_address_alone(
    cast, browse, series
):
    session, guest = Session.objects.get(), browse()
    answer = guest.post(
        address("say-as-guest", session.code),
        {"kind": "learning", "text": "The turtle corner", "audience": "outside"},
    )
    own = answer.headers["Location"]
    quotes = address("list-quotes")
    before = "turtle" in browse(cast.Noor).get(quotes).content.decode()
    guest.post(own, {"audience": "facilitators"})
    assert CircleWord.objects.get().audience == "facilitators"
    assert browse().get(address("own-guest-word", "no-token")).status_code == 404
    page = guest.post(own, {"withdraw": "yes"}).content.decode()

    assert (before, "It is gone" in page) == (True, True)
    assert CircleWord.objects.count() == 0
    assert guest.get(own).status_code == 404


def test_whoever_teaches_finds_where_words_from_paper_are_taken_back(
    cast, browse, series
):
    carla = browse(cast.Carla)
    carla.post(
        address("show-circle", series.pk),
        {
            "paper": "yes",
            "kind": "learning",
            "text": "The turtle corner",
            "audience": "room",
        },
    )
    refused = carla.post(
        address("show-circle", series.pk),
        {"paper": "yes", "kind": "learning", "text": "x", "audience": "outside"},
    )
    assert refused.status_code == 422
    assert "the writer agreed" in refused.content.decode()
    word = CircleWord.objects.get()
    link = address("change-word", word.pk)

    assert link in carla.get(address("show-circle", series.pk)).content.decode()
    carla.post(address("withdraw-word", word.pk))
    assert CircleWord.objects.count() == 0


def test_a_quote_is_of_the_year_of_its_workshop_whenever_it_was_typed(
    cast, browse, series
):
    Session.objects.update(day=dt.date(2025, 10, 1))
    CircleWord.objects.create(
        series=series, kind="learning", text="x", audience="outside"
    )

    assert [
        len(quotes_of(cast.Region, dt.date(year, 8, 1), dt.date(year + 1, 7, 31)))
        for year in (2024, 2025, 2026)
    ] == [0, 1, 0]


def test_words_of_a_guest_are_narrowed_by_whoever_teaches_and_never_widened(
    cast, browse, series
):
    browse().post(
        address("say-as-guest", Session.objects.get().code),
        {"kind": "learning", "text": "The turtle", "audience": "room", "said_as": "x"},
    )
    word, carla = CircleWord.objects.get(), browse(cast.Carla)
    seen = []
    for audience in ("outside", "facilitators", "room"):
        answer = carla.post(
            address("change-word", word.pk),
            {"audience": audience, "said_as": "Lu Guest"},
        )
        word.refresh_from_db()
        seen.append((answer.status_code, word.audience, word.said_as))

    assert seen == [
        (422, "room", "x"),
        (302, "facilitators", "x"),
        (422, "facilitators", "x"),
    ]


def test_nobody_puts_themselves_into_a_room_that_is_over(cast, browse, series):
    Session.objects.update(day=today() - dt.timedelta(days=3))
    session = Session.objects.get()
    dev, carla = browse(cast.Dev), browse(cast.Carla)
    told = {"person": str(cast.Dev.pk), "part": "co_facilitator"}
    own = dev.post(address("set-facilitator", session.pk), told)
    assert own.status_code == 422
    assert session.facilitations.count() == 1
    carla.post(address("set-facilitator", session.pk), told)

    assert session.facilitations.count() == 2


def test_words_are_taken_back_also_by_whoever_no_longer_works_here(
    cast, browse, series
):
    grace = browse(cast.Grace)
    ask(grace, series)
    say(grace, series, "outside")
    cast.Grace.roles.update(last=today() - dt.timedelta(days=1))
    assert CircleWord.objects.count() == 1
    grace.post(address("withdraw-word", CircleWord.objects.get().pk))

    assert CircleWord.objects.count() == 0


def test_a_principal_who_takes_seats_back_does_not_learn_who_was_there(
    cast, browse, series
):
    Series.objects.update(capacity=None)
    for name in ("Grace", "Ana"):
        ask(browse(cast.people[name]), series)
    there, away = Seat.objects.order_by("pk")
    Attendance.objects.create(
        session=Session.objects.get(), seat=there, minutes=60, way="list"
    )
    ben = browse(cast.Ben)
    answers = [
        ben.post(
            address("choose-colleagues", series.pk),
            {"school": str(cast.Oak.pk), "take_back": str(seat.pk)},
        )
        for seat in (there, away)
    ]

    assert [each.status_code for each in answers] == [422, 422]
    assert ["It has begun." in each.content.decode() for each in answers] == [True] * 2
    assert Seat.objects.count() == 2


def test_nobody_checks_in_to_what_was_called_off(cast, browse, series):
    Series.objects.update(state="called_off")
    answer = browse().post(
        address("come-in", Session.objects.get().code), {"guest": "Lu"}
    )

    assert answer.status_code == 422
    assert Attendance.objects.count() == 0


def test_words_that_may_be_quoted_are_found_from_ones_own_page(cast, browse):
    noor, quotes = browse(cast.Noor), address("list-quotes")
    page = noor.get(address("list-learning")).content.decode()

    assert page.count(f'href="{quotes}"') == 1
    assert noor.get(quotes).status_code == 200


def propose(cast, series, **more):
    return RoomAgreement.objects.create(
        series=series,
        text="We listen",
        proposed_by=cast.Carla,
        proposed=today(),
        **more,
    )


def read_fields(page):
    """Read what stands in the fields of a page: its values, and what is chosen."""
    fields = re.findall(r"<input [^>]*>", page.partition("<main")[2])
    read = [
        (re.search(r' name="([^"]*)"', field), re.search(r' value="([^"]*)"', field))
        for field in fields
        if 'type="hidden"' not in field
        and ('type="radio"' not in field or " checked" in field)
    ]
    return [(name[1], value[1] if value else "") for name, value in read if name]


def test_what_was_written_about_an_agreement_stands_there_when_it_is_refused(
    cast, browse, series
):
    carla, yesterday = browse(cast.Carla), today() - dt.timedelta(days=1)
    made = propose(cast, series)

    def send(verb, **told):
        answer = carla.post(address(f"{verb}-agreement", made.pk), told)
        assert answer.status_code == 422
        return read_fields(answer.content.decode())

    no_answer = send("answer", words="Too vague")
    assert no_answer == [("words", "Too vague"), ("text", "We listen"), ("text", "")]
    assert send("reword", text="We listen. " * 30)[1] == ("text", "We listen. " * 30)
    made.adopted = today()
    made.save()
    assert send(
        "review", working="partly", words="Mostly", review=yesterday.isoformat()
    ) == [
        ("working", "partly"),
        ("words", "Mostly"),
        ("review", yesterday.isoformat()),
        ("text", ""),
    ]


def test_whoever_comes_in_while_a_list_is_refused_stays_checked_in(
    cast, browse, series
):
    Series.objects.update(capacity=None)
    for name in ("Grace", "Ana"):
        ask(browse(cast.people[name]), series)
    session, carla = Session.objects.get(), browse(cast.Carla)
    grace, ana = Seat.objects.get(person=cast.Grace), Seat.objects.get(person=cast.Ana)
    # Ana reads the code at the door after the list was drawn, and before it is sent.
    Attendance.objects.create(session=session, seat=ana, minutes=60, way="code")
    told = {
        "there": str(grace.pk),
        f"minutes-{grace.pk}": "long",
        f"minutes-{ana.pk}": "",
    }
    page = carla.post(address("check-in", session.pk), told).content.decode()
    again = {
        "there": re.findall(r'name="there" value="([^"]*)" checked', page),
        "was": re.findall(r'name="was" value="([^"]*)"', page),
        **dict(re.findall(r'name="(minutes-[^"]*)"[^>]* value="([^"]*)"', page)),
        f"minutes-{grace.pk}": "45",
    }
    carla.post(address("check-in", session.pk), again)

    assert dict(Attendance.objects.values_list("seat", "minutes")) == {
        grace.pk: 45,
        ana.pk: 60,
    }


def test_a_tick_for_a_list_that_is_gone_is_refused_with_a_sentence(
    cast, browse, series
):
    session = Session.objects.get()
    answer = browse(cast.Ben).post(
        address("note-tick", session.pk), {"person": str(cast.Ben.pk)}
    )

    assert (answer.status_code, answer.json()["problem"]) == (
        404,
        "This list is gone, or you no longer keep it. Tell whoever teaches.",
    )


def test_a_guest_reads_before_and_after_that_they_can_take_it_back(
    cast, browse, series
):
    guest, door = browse(), address("say-as-guest", Session.objects.get().code)
    before = guest.get(door).content.decode()
    told = {"kind": "learning", "text": "The turtle", "audience": "outside"}
    own = guest.post(door, told).headers["Location"]
    after = guest.get(own).content.decode()
    token = own.rstrip("/").rpartition("/")[2]

    assert "You then get an address of your own." in before
    assert f"<code>http://testserver{own}</code>" in after
    assert CircleWord.objects.get().token_digest == digest(token)


def test_whoever_teaches_is_offered_fewer_readers_alone_and_comes_back_to_the_circle(
    cast, browse, series
):
    carla = browse(cast.Carla)
    offered = {}
    for audience in ("facilitators", "room", "outside"):
        word = CircleWord.objects.create(
            series=series, typed_by=cast.Carla, kind="learning", audience=audience
        )
        page = carla.get(address("change-word", word.pk)).content.decode()
        offered[audience] = re.findall(
            r'name="audience" value="([^"]*)"', page.partition("<main")[2]
        )
        assert "This was written on paper" in page
    changed = carla.post(address("change-word", word.pk), {"audience": "facilitators"})
    gone = carla.post(address("withdraw-word", word.pk))

    assert offered == {
        "facilitators": ["facilitators"],
        "room": ["facilitators", "room"],
        "outside": ["facilitators", "room", "outside"],
    }
    circle = address("show-circle", series.pk)
    assert [each.headers["Location"] for each in (changed, gone)] == [circle] * 2


def test_an_agreement_ends_only_when_whoever_leads_lets_it_go(cast, browse, series):
    later, carla = today() + dt.timedelta(days=30), browse(cast.Carla)
    made = propose(cast, series, adopted=today(), review=later)
    seen = []
    for due, told in (
        (later, {}),
        (today(), {}),
        (today(), {"ends": "yes"}),
    ):
        RoomAgreement.objects.update(review=due)
        answer = carla.post(
            address("review-agreement", made.pk), {"working": "yes", **told}
        )
        made.refresh_from_db()
        seen.append((answer.status_code, made.review, made.ended))

    assert seen == [
        (302, later, None),
        (422, today(), None),
        (302, None, today()),
    ]


@pytest.mark.parametrize(
    ("name", "give"), [("own-guest-word", give_token), ("answer-letter", give_letter)]
)
def test_what_a_guest_said_or_needs_is_kept_by_no_browser(cast, browse, name, give):
    answer = browse().get(address(name, give(cast.Oak)))

    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_new_code_closes_the_door_of_the_one_before(cast, browse, series):
    session = Session.objects.get()
    old = address("come-in", session.code)
    refused = browse(cast.Grace).post(address("renew-code", session.pk))
    browse(cast.Carla).post(address("renew-code", session.pk))
    session.refresh_from_db()
    new = address("come-in", session.code)

    assert refused.status_code == 404
    assert [browse().get(each).status_code for each in (old, new)] == [404, 200]


def test_the_code_lets_nobody_in_when_the_session_is_over(cast, browse, series):
    session = Session.objects.get()
    say_held(by=cast.Carla, session=session)
    late = browse().post(address("come-in", session.code), {"guest": "Invented"})

    assert late.status_code == 422
    assert "This session is over." in late.content.decode()
    assert Attendance.objects.count() == 0


def test_languages_that_were_asked_for_stand_beside_who_interprets_them(
    cast, browse, series
):
    ask(browse(cast.Grace), series, language="Hmong")
    carla, page = browse(cast.Carla), address("show-needs", series.pk)
    week = (today(), today() + dt.timedelta(days=6))

    def find_due(person):
        due = [each.words for each in find_coming(person, *week)]
        return [each for each in due if each.startswith("Find an interpreter")]

    assert "Hmong: 1. <b>Nobody interprets yet.</b>" in carla.get(page).content.decode()
    assert find_due(cast.Carla) == [f"Find an interpreter: Hmong, {ROOTS}"]
    assert find_due(cast.Grace) == []
    wrong = carla.post(address("add-interpreter", series.pk), {"language": " , "})
    assert wrong.status_code == 422
    carla.post(
        address("add-interpreter", series.pk), {"language": "Hmong", "who": "Mai Vang"}
    )
    assert "Hmong: 1. Mai Vang interprets." in carla.get(page).content.decode()
    assert find_due(cast.Carla) == []
    read = browse(cast.Grace).get(address("show-series", series.pk)).content.decode()
    assert ("Interpreted: Hmong" in read, "Mai Vang" in read) == (True, False)
    carla.post(address("remove-interpreter", Interpreter.objects.get().pk))
    assert find_due(cast.Carla) == [f"Find an interpreter: Hmong, {ROOTS}"]
    # Whoever teaches is asked too, without a role there, and until the last session.
    Series.objects.update(place=cast.Region)
    Session.objects.create(
        series=series,
        day=today() - dt.timedelta(days=7),
        starts=dt.time(9),
        minutes=60,
    )
    assert find_due(cast.Carla) == [f"Find an interpreter: Hmong, {ROOTS}"]
    Session.objects.filter(day=today()).update(day=today() - dt.timedelta(days=1))
    assert find_due(cast.Carla) == []


def test_the_mix_says_what_guests_do_as_it_was_said_when_they_were_invited(
    cast, browse, series
):
    Series.objects.update(capacity=None)
    carla = browse(cast.Carla)
    for name, work in (("Lu", "classified"), ("Jo", "classified"), ("Al", "")):
        told = {"guest": name, "work": work, "school": str(cast.Oak.pk)}
        carla.post(address("add-seat", series.pk), told)
    rows = {row.name: row.whole for row in count_mix(series).by_role}

    assert rows == {"Classified staff": 2, "Not said": 1}
    page = carla.get(address("show-roster", series.pk)).content.decode()
    assert "Classified staff" in page


def test_what_somebody_tried_and_shared_is_among_the_stories_of_their_network(
    cast, browse, series
):
    choice = ToolChoice.objects.create(
        series=series, person=cast.Grace, tool=Tool.objects.get(), chosen=today(),
        ask_on=today(), tried="yes", happened="worked",
    )  # fmt: skip
    told = {"title": "Hello by name", "words": "Fewer late starts", "consent": "on"}
    browse(cast.Grace).post(address("share-try", choice.pk), told)
    stories = reverse("teams:list-stories")

    def read(person, sought=""):
        page = browse(person).get(f"{stories}?q={sought}").content.decode()
        return "Fewer late starts" in page

    assert [read(cast.Ana), read(cast.Ana, "hello"), read(cast.Ana, "buses")] == [
        True,
        True,
        False,
    ]
    browse(cast.Grace).post(address("withdraw-try", choice.pk))
    assert read(cast.Ana) is False


def test_a_broken_agreement_is_told_to_those_who_lead_and_to_nobody_else(
    cast, browse, series
):
    Series.objects.update(capacity=None)
    grace, ana, carla = (browse(each) for each in (cast.Grace, cast.Ana, cast.Carla))
    for client in (grace, ana):
        ask(client, series)
    made = RoomAgreement.objects.create(
        series=series, text="We listen", proposed_by=cast.Carla, proposed=today(),
        adopted=today(), review=today() + dt.timedelta(days=30),
    )  # fmt: skip
    page = address("list-agreements", series.pk)
    empty = grace.post(address("repair-agreement", made.pk), {"repair": " "})
    assert empty.status_code == 422
    grace.post(address("repair-agreement", made.pk), {"repair": "I was talked over"})
    note = RepairNote.objects.get()

    def read(client):
        text = client.get(page).content.decode()
        return [each in text for each in ("I was talked over", "Grace", "We spoke")]

    assert [read(each) for each in (grace, ana, carla)] == [
        [True, True, False],
        [False, False, False],
        [True, True, False],
    ]
    week = (today(), today() + dt.timedelta(days=6))
    due = f"Somebody asks for repair: {ROOTS}"
    assert due in [each.words for each in find_coming(cast.Carla, *week)]
    assert (
        ana.post(address("settle-repair", note.pk), {"line": "We spoke"}).status_code
        == 404
    )
    carla.post(address("settle-repair", note.pk), {"line": "We spoke about it"})
    assert read(grace)[2] is True
    assert due not in [each.words for each in find_coming(cast.Carla, *week)]
    assert ana.post(address("withdraw-repair", note.pk)).status_code == 404
    grace.post(address("withdraw-repair", note.pk))
    assert read(carla)[0] is False
