"""Convenings: who comes, whose words are read by whom, and what comes back."""

import datetime as dt

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied

from commonroot.domain.convenings import actions, word_actions
from commonroot.domain.convenings.choices import (
    Answer,
    Audience,
    GuestKind,
    Outcome,
    ThanksFor,
    WordsKind,
)
from commonroot.domain.convenings.coming import find_coming
from commonroot.domain.convenings.models import Convening, Guest, Words
from commonroot.domain.convenings.queries import (
    attendances,
    convenings_seen_by,
    count_needs,
    find_prepared,
    intentions_before,
    last_plans,
    list_participants,
    namings_of,
    plans_seen_by,
    quotes_seen_by,
    thanks_seen_by,
    words_seen_by,
)
from commonroot.domain.convenings.reasons import ConveningError
from commonroot.domain.convenings.tasks import bring_plans_back
from commonroot.domain.network.sight import today

MAY = dt.date(2026, 5, 16)


@pytest.fixture
def spring(cast):
    return actions.begin_convening(
        by=cast.Elena, place=cast.Region, name="Spring", day=MAY
    )


@pytest.fixture
def oak(cast, spring):
    actions.invite_schools(
        by=cast.Elena, convening=spring, schools=[cast.Oak.pk, cast.Elm.pk]
    )
    return spring.teams.get(school=cast.Oak)


def write(cast, spring, **more):
    told = {
        "by": cast.Ana,
        "convening": spring,
        "kind": WordsKind.REFLECTION,
        "text": "The turtle corner",
        **more,
    }
    return word_actions.write_words(**told)


def bring(cast, oak, name="Lu", kind=GuestKind.EDUCATOR, **more):
    return actions.add_guest(by=cast.Ana, team=oak, name=name, kind=kind, **more)


@pytest.mark.parametrize(
    "name", ["Ana", "Ben", "Grace", "Carla", "Mara", "Lee", "Olga"]
)
def test_a_convening_is_prepared_by_those_who_work_for_the_network(cast, spring, name):
    person = cast.people[name]
    assert find_prepared(person, spring.pk) is None
    for act in (
        lambda: actions.begin_convening(
            by=person, place=cast.Region, name="X", day=today()
        ),
        lambda: actions.invite_schools(
            by=person, convening=spring, schools=[cast.Oak.pk]
        ),
        lambda: actions.check_in(by=person, convening=spring, guests=[]),
        lambda: actions.publish_agenda(by=person, convening=spring, changed=""),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_everybody_of_the_network_sees_it_and_nobody_without_a_role(cast, spring):
    without = {
        name for name, person in cast.people.items() if not convenings_seen_by(person)
    }

    assert without == {"Olga"}


def test_a_team_brings_its_own_and_no_others(cast, oak):
    bring(cast, oak)
    for name in ("Noor", "Grace", "Carla", "Elena", "Lee"):
        with pytest.raises(PermissionDenied):
            actions.add_guest(
                by=cast.people[name], team=oak, name="X", kind=GuestKind.EDUCATOR
            )

    oak.refresh_from_db()
    assert oak.answer == Answer.COMING


@pytest.mark.parametrize("name", ["Mia Torres", "Mia  T."])
def test_of_a_student_only_a_first_name_is_kept(cast, oak, name):
    with pytest.raises(ConveningError, match="only the first name"):
        bring(cast, oak, name, GuestKind.STUDENT, caregiver_said_yes=True)
    assert Guest.objects.count() == 0


def test_a_student_comes_when_a_caregiver_said_yes_and_while_there_are_seats(cast, oak):
    with pytest.raises(ConveningError, match="a caregiver has said yes"):
        bring(cast, oak, "Mia", GuestKind.STUDENT)
    for name in ("Mia", "Leo"):
        bring(cast, oak, name, GuestKind.STUDENT, caregiver_said_yes=True, photos=True)
    with pytest.raises(ConveningError, match="seats are taken"):
        bring(cast, oak, "Zoe", GuestKind.STUDENT, caregiver_said_yes=True)

    assert Guest.objects.filter(photos=True).count() == 2


def test_names_are_read_as_far_as_each_lets_and_students_by_their_team_alone(cast, oak):
    for name, kind, listed in (
        ("Open", GuestKind.EDUCATOR, "everybody"),
        ("Team", GuestKind.CAREGIVER, "team"),
        ("Quiet", GuestKind.EDUCATOR, "preparers"),
        ("Mia", GuestKind.STUDENT, "everybody"),
    ):
        bring(cast, oak, name, kind, listed=listed, caregiver_said_yes=True)
    read = {
        name: [
            each.name for each in list_participants(cast.people[name], oak.convening)
        ]
        for name in ("Ana", "Noor", "Grace")
    }

    assert read == {
        "Ana": ["Mia", "Open", "Team"],
        "Noor": ["Open"],
        "Grace": [],  # She does not come.
    }


def test_needs_are_counted_without_names(cast, oak, spring):
    bring(cast, oak, "Lu", food="Vegetarian ", language="Spanish")
    bring(cast, oak, "Jo", food="vegetarian", access="step-free")

    assert {name: dict(found) for name, found in count_needs(spring).items()} == {
        "food": {"vegetarian": 2},
        "access": {"step-free": 1},
        "language": {"spanish": 1},
    }


def test_who_came_is_counted_once_and_students_are_no_educators(cast, oak, spring):
    guests = [
        bring(cast, oak, "Ana", person=cast.Ana),
        bring(cast, oak, "Ben", GuestKind.LEADER),
        bring(cast, oak, "Hugo", GuestKind.CAREGIVER),
        bring(cast, oak, "Mia", GuestKind.STUDENT, caregiver_said_yes=True),
    ]
    bring(cast, oak, "Home", GuestKind.EDUCATOR)
    there = actions.check_in(
        by=cast.Elena, convening=spring, guests=[each.pk for each in guests]
    )
    again = attendances(cast.Region, MAY, MAY)

    assert there == 4
    assert sorted(each.is_educator for each in again) == [False, False, True, True]
    assert attendances(cast.South, MAY, MAY) == []
    assert attendances(cast.Region, MAY + dt.timedelta(days=1), today()) == []


def test_the_door_opens_on_the_day(cast, spring):
    Convening.objects.update(day=today() + dt.timedelta(days=1))
    spring.refresh_from_db()
    with pytest.raises(ConveningError, match="has not come yet"):
        actions.check_in(by=cast.Elena, convening=spring, guests=[])


@pytest.mark.parametrize(
    ("audience", "readers"),
    [
        (Audience.ME, {"Ana"}),
        (Audience.TEAM, {"Ana", "Ben"}),
    ],
)
def test_words_are_read_by_whom_their_writer_chose(
    cast, spring, oak, audience, readers
):
    write(cast, spring, team=oak, audience=audience)
    read = {
        name for name, person in cast.people.items() if words_seen_by(person, spring)
    }

    assert read == readers


def test_shared_words_are_read_by_the_network_and_gone_when_they_are_taken_back(
    cast, spring, oak
):
    words = write(
        cast,
        spring,
        team=oak,
        audience=Audience.NETWORK,
        quotable=True,
        whose="an aide",
    )
    assert list(words_seen_by(cast.Noor, spring)) == [words]
    assert list(quotes_seen_by(cast.North, MAY, MAY)) == [words]
    assert list(quotes_seen_by(cast.South, MAY, MAY)) == []
    with pytest.raises(PermissionDenied):
        word_actions.withdraw_words(by=cast.Ben, words=words)
    word_actions.withdraw_words(by=cast.Ana, words=words)

    assert Words.objects.count() == 0


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"text": "  "}, "Write something first"),
        ({"audience": Audience.TEAM}, "You come with no team"),
        ({"quotable": True}, "for everybody in the network"),
        (
            {"kind": WordsKind.CELEBRATION, "audience": Audience.NETWORK},
            "Ask those who are named",
        ),
    ],
)
def test_words_that_cannot_be_kept_say_why(cast, spring, more, sentence):
    with pytest.raises(ConveningError, match=sentence):
        write(cast, spring, **more)


def test_a_thank_you_for_one_is_read_by_that_one(cast, spring, oak):
    word_actions.thank(
        by=cast.Ben,
        convening=spring,
        text="For the chairs",
        to=cast.Ana,
        read_by=ThanksFor.PERSON,
    )
    read = {
        name for name, person in cast.people.items() if thanks_seen_by(person, spring)
    }

    assert read == {"Ana", "Ben"}


def plan(cast, oak, **more):
    told = {
        "by": cast.Ana,
        "team": oak,
        "aim": "Calm mornings",
        "first_step": "Ask the drivers",
        "owner": cast.Ana,
        "by_when": dt.date(2026, 10, 2),
        **more,
    }
    return word_actions.make_plan(**told)


def test_a_plan_is_its_teams_and_its_coachs_until_it_is_shared(cast, spring, oak):
    made = plan(cast, oak)

    def read():
        return {
            name for name, each in cast.people.items() if plans_seen_by(each, spring)
        }

    assert read() == {"Ana", "Ben", "Carla", "Dev"}
    made.is_shared = True
    made.save()
    assert {"Noor", "Grace"} <= read()


def test_what_was_planned_in_may_comes_back_once_in_the_autumn(cast, spring, oak):
    plan(cast, oak)
    assert bring_plans_back(dt.date(2026, 9, 14)) == 0
    assert [bring_plans_back(dt.date(2026, 9, day)) for day in (15, 16)] == [1, 0]

    (letter,) = mail.outbox
    assert letter.to == ["ana@example.org"]
    assert "In May your team planned: Calm mornings." in letter.body


def test_nothing_comes_back_to_whoever_no_longer_works_there(cast, spring, oak):
    from commonroot.domain.network.actions import end_role  # noqa: PLC0415  # this test alone

    plan(cast, oak)
    end_role(by=cast.Farid, role=cast.Ana.roles.get())

    assert bring_plans_back(dt.date(2026, 9, 15)) == 0
    assert find_coming(cast.Ana, dt.date(2026, 9, 28), dt.date(2026, 10, 4)) == []


def test_a_plan_stands_in_its_owners_week_until_it_is_told(cast, spring, oak):
    made = plan(cast, oak)
    week = dt.date(2026, 9, 28), dt.date(2026, 10, 4)

    def read(person):
        return [
            each.words for each in find_coming(person, *week) if "planned" in each.words
        ]

    assert read(cast.Ana) == ["In May you planned: Ask the drivers"]
    assert read(cast.Ben) == []
    word_actions.tell_plan(by=cast.Ana, plan=made, outcome=Outcome.NOT)
    assert read(cast.Ana) == []


def test_the_next_convening_opens_with_what_was_planned(cast, spring, oak):
    made = plan(cast, oak)
    following = actions.begin_convening(
        by=cast.Elena, place=cast.Region, name="Next", day=dt.date(2027, 5, 15)
    )
    (team,) = actions.invite_schools(
        by=cast.Elena, convening=following, schools=[cast.Oak.pk]
    )

    assert following.follows == spring
    assert list(last_plans(team)) == [made]


def test_an_agenda_says_what_changed(cast, spring):
    with pytest.raises(ConveningError, match="nothing on the agenda"):
        actions.publish_agenda(by=cast.Elena, convening=spring, changed="")
    actions.add_part(
        by=cast.Elena, convening=spring, kind="circle", starts=dt.time(9), minutes=30
    )
    actions.publish_agenda(by=cast.Elena, convening=spring, changed="")
    with pytest.raises(ConveningError, match="what has changed"):
        actions.publish_agenda(by=cast.Elena, convening=spring, changed=" ")

    found = actions.publish_agenda(by=cast.Elena, convening=spring, changed="Later")
    assert (found.version, found.changed) == (2, "Later")


def test_whom_one_met_comes_back_to_oneself_alone(cast, spring):
    word_actions.connect(
        by=cast.Grace, convening=spring, other="Noor", why="bells", next_contact=today()
    )
    words = "Write to Noor, whom you met at the convening"

    assert words in [each.words for each in find_coming(cast.Grace, today(), today())]
    assert find_coming(cast.Noor, today(), today()) == []


def test_nobody_is_photographed_of_whom_it_was_not_said(cast, oak):
    for name, photos in (("Open", True), ("Quiet", False)):
        bring(cast, oak, name, photos=photos)

    assert [each.name for each in Guest.objects.filter(photos=True)] == ["Open"]


def test_two_doors_do_not_undo_one_another(cast, spring, oak):
    lu, jo, ina = (bring(cast, oak, name) for name in ("Lu", "Jo", "Ina"))

    def tick(*guests, were=()):
        actions.check_in(
            by=cast.Elena,
            convening=spring,
            guests=[each.pk for each in guests],
            were=[each.pk for each in were],
        )

    tick(lu)
    tick(jo)  # The other door's list was drawn before Lu came.
    actions.add_walk_in(by=cast.Dev, team=oak, name="Zoe", kind=GuestKind.CAREGIVER)
    tick(jo, ina, were=[lu, jo])  # A third list: Lu was a mistake.

    came = Guest.objects.filter(came__isnull=False)
    assert [each.name for each in came] == ["Ina", "Jo", "Zoe"]


def test_a_student_who_walks_in_needs_a_caregivers_yes_too(cast, oak):
    told = {"by": cast.Elena, "team": oak, "name": "Mia", "kind": GuestKind.STUDENT}
    with pytest.raises(ConveningError, match="a caregiver has said yes"):
        actions.add_walk_in(**told)
    made = actions.add_walk_in(**told, caregiver_said_yes=True)

    assert made.caregiver_said_yes


def test_whoever_sees_to_a_plan_hears_of_it_and_tells_it_also_outside_the_team(
    cast, spring, oak
):
    made = plan(cast, oak, owner=cast.Grace)
    week = dt.date(2026, 9, 28), dt.date(2026, 10, 4)

    assert [each.words for each in find_coming(cast.Grace, *week)] == [
        "In May you planned: Ask the drivers"
    ]
    assert bring_plans_back(dt.date(2026, 9, 15)) == 1
    assert [each.to for each in mail.outbox] == [["grace@example.org"]]
    told = word_actions.tell_plan(by=cast.Grace, plan=made, outcome=Outcome.DONE)
    assert told.outcome == Outcome.DONE
    with pytest.raises(PermissionDenied):
        word_actions.tell_plan(by=cast.Noor, plan=made, outcome=Outcome.NOT)


def test_what_was_planned_in_november_comes_back_the_autumn_after(cast, spring, oak):
    Convening.objects.filter(pk=spring.pk).update(day=dt.date(2025, 11, 8))
    oak.refresh_from_db()
    plan(cast, oak)

    assert [bring_plans_back(dt.date(year, 9, 15)) for year in (2025, 2026, 2027)] == [
        0,
        1,
        0,
    ]


def test_a_plan_whose_owner_left_waits_and_is_not_marked_as_sent(cast, spring, oak):
    made = plan(cast, oak)
    cast.Ana.roles.update(last=dt.date(2026, 6, 30))
    assert bring_plans_back(dt.date(2026, 9, 15)) == 0
    made.refresh_from_db()

    assert made.reminded is None


def test_what_one_means_to_do_comes_back_in_the_autumn_and_opens_the_next(cast, spring):
    meant = write(cast, spring, kind=WordsKind.INTENTION, text="Ask more")
    autumn = dt.date(2026, 9, 14), dt.date(2026, 9, 20)

    assert [each.words for each in find_coming(cast.Ana, *autumn)] == [
        "In May you meant to: Ask more"
    ]
    assert find_coming(cast.Ben, *autumn) == []
    assert find_coming(cast.Ana, dt.date(2026, 8, 3), dt.date(2026, 8, 9)) == []
    assert [bring_plans_back(dt.date(2026, 9, day)) for day in (15, 16)] == [1, 0]
    assert "Ask more" not in mail.outbox[0].body
    following = actions.begin_convening(
        by=cast.Elena, place=cast.Region, name="Next", day=dt.date(2027, 5, 15)
    )
    assert list(intentions_before(cast.Ana, following)) == [meant]
    assert list(intentions_before(cast.Ben, following)) == []


def test_a_celebration_is_read_when_everybody_who_is_named_said_yes(cast, spring, oak):
    made = write(
        cast,
        spring,
        kind=WordsKind.CELEBRATION,
        audience=Audience.NETWORK,
        named_said_yes=True,
        quotable=True,
        named=[cast.Grace, cast.Ben],
    )

    def read():
        return [
            bool(words_seen_by(cast.Noor, spring)),
            bool(quotes_seen_by(cast.Region, MAY, MAY)),
        ]

    grace, ben = (namings_of(person, spring).get() for person in (cast.Grace, cast.Ben))
    seen = [read()]
    for naming, by, said_yes in (
        (grace, cast.Grace, True),
        (ben, cast.Ben, True),
        (grace, cast.Grace, False),
    ):
        word_actions.answer_naming(by=by, naming=naming, said_yes=said_yes)
        seen.append(read())

    assert seen == [[False] * 2, [False] * 2, [True] * 2, [False] * 2]
    with pytest.raises(PermissionDenied):
        word_actions.answer_naming(by=cast.Ana, naming=ben, said_yes=True)
    assert list(words_seen_by(cast.Ana, spring)) == [made]
    assert [each.words for each in find_coming(cast.Grace, today(), today())] == [
        "Somebody names you in a celebration. May others read it?"
    ]


def test_thanks_to_the_room_are_read_by_those_who_come_and_taken_back(
    cast, spring, oak
):
    said = word_actions.thank(
        by=cast.Ben, convening=spring, text="Thank you", read_by=ThanksFor.ROOM
    )

    def read():
        return {
            name
            for name, each in cast.people.items()
            if thanks_seen_by(each, spring).exists()
        }

    # The invited teams of Oak and Elm, and those who prepare the day.
    assert read() == {"Ana", "Ben", "Noor", "Dev", "Elena", "Farid"}
    with pytest.raises(PermissionDenied):
        word_actions.take_back_thanks(by=cast.Ana, thanks=said)
    word_actions.take_back_thanks(by=cast.Ben, thanks=said)
    assert read() == set()


def test_whoever_comes_proposes_an_agreement_and_its_day_comes_back(cast, spring, oak):
    with pytest.raises(PermissionDenied):
        actions.propose_agreement(
            by=cast.Grace, convening=spring, text="x", review=today()
        )
    agreed = actions.settle_agreement(
        by=cast.Elena,
        agreement=actions.propose_agreement(
            by=cast.Noor, convening=spring, text="Dream Big", review=today()
        ),
        agreed=True,
    )

    def read(person):
        return [each.words for each in find_coming(person, today(), today())]

    assert read(cast.Elena) == ["Look at it again: “Dream Big”"]
    assert "Look at it again: “Dream Big”" not in read(cast.Noor)
    with pytest.raises(ConveningError, match="still to come"):
        actions.review_agreement(by=cast.Elena, agreement=agreed, review=today())
    actions.review_agreement(
        by=cast.Elena, agreement=agreed, review=today() + dt.timedelta(days=365)
    )
    assert read(cast.Elena) == []


def test_name_day_and_place_are_changed_and_the_one_before_is_found_anew(cast, spring):
    later = actions.begin_convening(
        by=cast.Elena, place=cast.Region, name="Next", day=dt.date(2027, 5, 15)
    )
    with pytest.raises(ConveningError, match="on this day already"):
        actions.change_convening(
            by=cast.Elena, convening=later, name="Next", day=spring.day
        )
    made = actions.change_convening(
        by=cast.Elena,
        convening=later,
        name="Before",
        day=dt.date(2026, 5, 1),
        where="Gym",
    )

    assert (made.name, made.where, made.follows) == ("Before", "Gym", None)
