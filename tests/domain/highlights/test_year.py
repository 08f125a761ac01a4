"""Drawing, checking and publishing the numbers of a year."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from commonroot.domain.audit.models import Line
from commonroot.domain.highlights import actions, definitions
from commonroot.domain.highlights.coming import find_coming
from commonroot.domain.highlights.definitions import DEFINITIONS, look_up
from commonroot.domain.highlights.facts import gather_facts, read_facts
from commonroot.domain.highlights.models import YearPage
from commonroot.domain.highlights.queries import (
    find_own_page,
    find_page,
    open_number,
    pages_seen_by,
    tell_numbers,
)
from commonroot.domain.highlights.reasons import YearError
from commonroot.domain.highlights.spans import span_of
from commonroot.domain.learning.models import (
    Attendance,
    Seat,
    Series,
    Session,
    Workshop,
)
from commonroot.domain.network.choices import GroupKind
from commonroot.domain.network.models import Enrolment, Group, Person
from commonroot.domain.teams.models import Meeting

YEAR = "2025-26"


def meet(place, *days):
    team, _made = Group.objects.get_or_create(
        place=place, kind=GroupKind.DATA_TEAM, name="Data team"
    )
    return [Meeting.objects.create(team=team, day=day, state="ended") for day in days]


@pytest.fixture
def met(cast):
    """Three meetings at Oak and one at Elm in the year, and one of the year before."""
    meet(cast.Oak, dt.date(2025, 9, 3), dt.date(2025, 10, 1), dt.date(2026, 6, 30))
    meet(cast.Elm, dt.date(2025, 7, 1))
    meet(cast.Oak, dt.date(2025, 6, 30))
    return cast


@pytest.fixture
def page(met):
    return actions.begin_page(by=met.Elena, place=met.Region, school_year=YEAR)


def publish(cast, page):
    page.refresh_from_db()
    if not page.published:
        actions.write_page(
            by=cast.Elena, page=page, lead="", shifts="", did_not_work="The bell"
        )
    for each in page.highlights.filter(ended=None):
        actions.check_highlight(by=cast.Farid, highlight=each)
    return actions.publish_page(by=cast.Farid, page=page)


def tell(page):
    return {each.definition.key: each for each in tell_numbers(page)}


def test_a_page_begins_with_what_the_records_hold_and_the_checks(page):
    told = tell(page)

    assert {key: each.value for key, each in told.items()} == {
        "meetings": "4",
        "checks": "0",
        "schools": "2",
        "districts": "2",
    }
    assert told["meetings"].before == "1"
    assert told["meetings"].is_counted_alike


def test_beginning_twice_gives_the_page_that_is_there(met, page):
    again = actions.begin_page(by=met.Dev, place=met.Region, school_year=YEAR)

    assert again == page
    assert page.highlights.count() == 4


@pytest.mark.parametrize("year", ["", "2025", "2025-27", "25-26", "2025-26 "])
def test_what_is_not_a_school_year_is_refused(met, year):
    with pytest.raises(YearError, match="like 2025-26"):
        actions.begin_page(by=met.Elena, place=met.Region, school_year=year)


def test_whoever_drew_a_number_does_not_check_it(met, page):
    with pytest.raises(YearError, match="A second person"):
        actions.check_highlight(by=met.Elena, highlight=page.highlights.first())


def test_a_number_is_not_checked_when_the_records_changed_since(met, page):
    meet(met.Elm, dt.date(2026, 2, 4))
    with pytest.raises(YearError, match="records have changed"):
        actions.check_highlight(
            by=met.Farid, highlight=page.highlights.get(definition="meetings")
        )


def test_a_page_is_published_only_when_each_number_was_checked(met, page):
    with pytest.raises(YearError, match="Not every number"):
        actions.publish_page(by=met.Farid, page=page)
    for each in page.highlights.filter(ended=None):
        actions.check_highlight(by=met.Farid, highlight=each)
    with pytest.raises(YearError, match="did not work first"):
        actions.publish_page(by=met.Farid, page=page)
    assert publish(met, page).published is not None


def test_what_people_did_never_stands_without_the_checks(met, page):
    with pytest.raises(YearError, match="never stands without"):
        actions.leave_out(by=met.Elena, page=page, key="checks")
    actions.leave_out(by=met.Elena, page=page, key="meetings")
    actions.leave_out(by=met.Elena, page=page, key="checks")

    assert sorted(tell(page)) == ["districts", "schools"]


def test_a_published_number_is_replaced_only_after_its_check(met, page):
    publish(met, page)
    meet(met.Elm, dt.date(2026, 2, 4))
    told = tell(page)["meetings"]
    assert (told.value, told.now, told.waiting) == ("4", "5", None)
    anew = actions.draw_highlight(by=met.Elena, page=page, key="meetings")
    told = tell(page)["meetings"]
    assert (told.value, told.now, told.waiting) == ("4", "5", anew)
    actions.check_highlight(by=met.Farid, highlight=anew)
    told = tell(page)["meetings"]
    assert (told.value, told.now, told.waiting) == ("5", "", None)

    history = page.highlights.filter(definition="meetings")
    assert [(str(each.value), each.ended is None) for each in history] == [
        ("5.00", True),
        ("4.00", False),
    ]


def test_a_page_taken_back_drawn_anew_and_published_tells_the_new_number(met, page):
    publish(met, page)
    meet(met.Elm, dt.date(2026, 2, 4))
    actions.withdraw_page(by=met.Elena, page=page)
    actions.draw_highlight(by=met.Elena, page=page, key="meetings")
    publish(met, page)

    told = tell(page)["meetings"]
    assert (told.value, told.now, told.waiting) == ("5", "", None)
    standing = page.highlights.filter(ended=None)
    assert sorted(each.definition for each in standing) == sorted(tell(page))


def test_a_page_taken_back_says_nothing_to_the_year_after(met, page):
    earlier = actions.begin_page(by=met.Elena, place=met.Region, school_year="2024-25")
    publish(met, earlier)
    meet(met.Oak, dt.date(2025, 6, 1))
    seen = []
    for act in (
        lambda: None,
        lambda: actions.withdraw_page(by=met.Elena, page=earlier),
    ):
        act()
        told = tell(page)["meetings"]
        seen.append((told.before, told.is_before_published))

    # The published one first, then what the records hold by themselves.
    assert seen == [("1", True), ("2", False)]


@pytest.mark.parametrize(
    "act",
    [
        lambda by, page: actions.leave_out(by=by, page=page, key="meetings"),
        lambda by, page: actions.choose_quotes(by=by, page=page, chosen=[]),
        lambda by, page: actions.write_page(
            by=by, page=page, lead="New", shifts="", did_not_work=""
        ),
    ],
)
def test_what_is_published_is_taken_back_before_it_changes(met, page, act):
    publish(met, page)
    with pytest.raises(YearError, match="Take it back first"):
        act(met.Elena, page)

    assert tell(page)["meetings"].value == "4"


def test_what_pictures_are_drawn_from_is_kept_with_the_published_page(met, page):
    publish(met, page)
    page.refresh_from_db()
    kept = read_facts(page.facts)
    meet(met.Elm, dt.date(2025, 12, 3))
    now = gather_facts(span_of(met.Region, YEAR))

    assert [(each.month, each.met) for each in kept.months][:3] == [
        (7, 1),
        (8, 0),
        (9, 1),
    ]
    assert len(kept.months) == 12  # From July to June, the empty ones too.
    assert (sum(each.met for each in kept.months), kept == now) == (4, False)


def train(cast, place, day, minutes, *people, held=True):
    """Hold a session for a place with people, each with their school and standing."""
    workshop, _made = Workshop.objects.get_or_create(place=cast.Region, name="Roots")
    series = Series.objects.create(workshop=workshop, place=place)
    session = Session.objects.create(
        series=series,
        day=day,
        starts=dt.time(9),
        minutes=minutes,
        held=timezone.now() if held else None,
    )
    for person, school, standing in people:
        known = isinstance(person, Person)
        seat = Seat.objects.create(
            series=series,
            person=person if known else None,
            guest="" if known else person,
            school=school,
            standing=standing,
            state="coming",
        )
        Attendance.objects.create(
            session=session, seat=seat, minutes=minutes, way="list"
        )


def test_each_places_page_counts_its_own_people_wherever_they_learned(cast):
    day = dt.date(2025, 8, 20)
    train(
        cast, cast.Region, day, 60,
        (cast.Grace, cast.Oak, "new"), (cast.Noor, cast.Elm, "seasoned"),
    )  # fmt: skip
    train(cast, cast.North, day, 30, ("Lu", None, "new"))
    train(cast, cast.Region, day, 90, (cast.Ana, cast.Oak, "new"), held=False)

    def count(place):
        keys = ("delivered_hours", "participant_hours", "beginners", "seasoned")
        return [
            float(look_up(DEFINITIONS[key], span_of(place, YEAR)).value) for key in keys
        ]

    assert {
        name: count(cast.places[name])
        for name in ("Region", "North", "Oak", "Elm", "South")
    } == {
        "Region": [1.5, 2.5, 2, 1],
        "North": [1.5, 1.5, 2, 0],
        "Oak": [1, 1, 1, 0],
        "Elm": [1, 1, 0, 1],
        "South": [1, 1, 0, 1],
    }


def test_nobody_is_new_and_seasoned_in_the_same_august(cast):
    for day, standing in ((18, "new"), (25, "seasoned")):
        train(
            cast,
            cast.Region,
            dt.date(2025, 8, day),
            60,
            (cast.Grace, cast.Oak, standing),
        )
    span = span_of(cast.Region, YEAR)

    assert [
        look_up(DEFINITIONS[key], span).value for key in ("beginners", "seasoned")
    ] == [1, 0]


def test_sessions_behind_the_hours_open_for_those_who_see_their_series(cast):
    train(
        cast, cast.North, dt.date(2025, 9, 1), 90, (cast.Grace, cast.Oak, "new")
    )  # fmt: skip
    span = span_of(cast.Region, YEAR)
    opened = {
        name: [
            (each.place, each.amount, each.thing is not None)
            for each in open_number(
                person, DEFINITIONS["delivered_hours"], span
            ).details
        ]
        for name, person in cast.people.items()
    }

    assert opened["Elena"] == [("North", "1.5", True)]
    assert opened["Olga"] == []


def test_of_what_schools_tell_it_is_said_how_many_told(met):
    for school, year in ((met.Oak, YEAR), (met.Elm, YEAR), (met.Oak, "2024-25")):
        Enrolment.objects.create(
            school=school, school_year=year, students=300, source="us"
        )
    page = actions.begin_page(by=met.Elena, place=met.Region, school_year=YEAR)
    told = tell(page)["students"]

    assert (told.value, told.schools_told) == ("600", 2)
    assert (told.before, told.schools_before) == ("300", 1)
    assert tell(page)["meetings"].schools_told is None


def test_a_page_asks_the_records_about_as_often_however_much_there_is(met, page):
    with CaptureQueriesContext(connection) as few:
        tell_numbers(page)
    meet(met.Elm, *(dt.date(2026, 3, day) for day in range(1, 29)))
    with CaptureQueriesContext(connection) as many:
        tell_numbers(page)

    assert len(many) == len(few) <= 40


def test_the_second_person_is_asked_in_their_week(met, page):
    week = dt.date(2026, 8, 3), dt.date(2026, 8, 9)

    def asked(name):
        return [each.words for each in find_coming(met.people[name], *week)]

    assert {name: asked(name) for name in ("Farid", "Elena", "Mara", "Grace")} == {
        "Farid": ["4 numbers of 2025-26 wait for you as the second person"],
        "Elena": [],
        "Mara": [],
        "Grace": [],
    }
    publish(met, page)
    assert asked("Farid") == []


def test_a_floor_is_told_with_a_plus(met, page):
    actions.draw_highlight(by=met.Elena, page=page, key="meetings", at_least=True)

    assert tell(page)["meetings"].value == "4+"


def test_another_version_of_a_definition_is_said_to_count_differently(
    met, page, monkeypatch
):
    """The year before was published by an older definition."""
    earlier = actions.begin_page(by=met.Elena, place=met.Region, school_year="2024-25")
    publish(met, earlier)
    changed = definitions.Definition(**{**vars(DEFINITIONS["meetings"]), "version": 2})
    monkeypatch.setitem(DEFINITIONS, "meetings", changed)
    actions.draw_highlight(by=met.Elena, page=page, key="meetings")
    told = tell(page)["meetings"]

    assert (told.before, told.is_counted_alike) == ("1", False)


def test_the_same_records_give_the_same_number_and_digest(met):
    span = span_of(met.Region, YEAR)
    once, twice = (look_up(DEFINITIONS["meetings"], span) for _ in range(2))

    assert (once.value, once.digest) == (twice.value, twice.digest)
    assert (
        once.digest != look_up(DEFINITIONS["meetings"], span_of(met.North, YEAR)).digest
    )


def test_a_draft_is_seen_by_those_who_make_it_alone(met, page):
    seen = {name: find_page(met.people[name], page.pk) for name in met.people}
    made = {name for name in met.people if find_own_page(met.people[name], page.pk)}

    assert made == {"Dev", "Elena", "Farid"}
    assert {name for name, found in seen.items() if found} == made


def test_a_published_page_is_open_to_everybody_with_a_role(met, page):
    publish(met, page)
    without = {name for name in met.people if not pages_seen_by(met.people[name])}

    assert without == {"Olga"}
    actions.withdraw_page(by=met.Elena, page=page)
    assert find_page(met.Ana, page.pk) is None


@pytest.mark.parametrize("name", ["Grace", "Ana", "Jonas", "Lee", "Olga", "Mara"])
def test_a_regions_page_is_made_by_the_network_alone(met, page, name):
    person = met.people[name]
    for act in (
        lambda: actions.draw_highlight(by=person, page=page, key="meetings"),
        lambda: actions.check_highlight(by=person, highlight=page.highlights.first()),
        lambda: actions.publish_page(by=person, page=page),
        lambda: actions.leave_out(by=person, page=page, key="meetings"),
        lambda: actions.write_page(
            by=person, page=page, lead="", shifts="", did_not_work=""
        ),
        lambda: actions.begin_page(by=person, place=met.Region, school_year=YEAR),
        lambda: actions.withdraw_page(by=person, page=page),
        lambda: actions.choose_quotes(by=person, page=page, chosen=[]),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_a_number_opens_as_far_as_one_may_see(met, page):
    """Ana works in Oak's team, Mara leads its district, Grace teaches there."""
    span = span_of(met.Region, YEAR)
    opened = {
        name: open_number(met.people[name], DEFINITIONS["meetings"], span)
        for name in ("Elena", "Mara", "Ana", "Grace")
    }

    assert {
        name: ([(place.name, n) for place, n in each.places], each.elsewhere)
        for name, each in opened.items()
    } == {
        "Elena": ([("Elm", "1"), ("Oak", "3")], ""),
        "Mara": ([("Oak", "3")], "1"),
        "Ana": ([], "4"),
        "Grace": ([], "4"),
    }
    # Elena and Mara count Oak's meetings and know their days; Ana's own open for her.
    assert {
        name: [(each.place, each.thing is not None) for each in found.details]
        for name, found in opened.items()
    } == {
        "Elena": [("Oak", False)] * 3 + [("Elm", False)],
        "Mara": [("Oak", False)] * 3,
        "Ana": [("Oak", True)] * 3,
        "Grace": [],
    }
    assert {each.value for each in opened.values()} == {4}


def test_a_school_with_fewer_than_five_students_is_not_in_the_sum(met):
    for school, students in ((met.Oak, 360), (met.Elm, 4)):
        Enrolment.objects.create(
            school=school, school_year=YEAR, students=students, source="us"
        )

    found = look_up(DEFINITIONS["students"], span_of(met.Region, YEAR))
    assert (found.value, [each.place for each in found.sources]) == (360, [met.Oak.pk])


def test_grades_are_added_up_where_a_school_tells_no_total(met):
    for grade, students in (("1", 30), ("2", 31)):
        Enrolment.objects.create(
            school=met.Oak,
            school_year=YEAR,
            column="grade",
            value=grade,
            students=students,
            source="us",
        )

    assert look_up(DEFINITIONS["students"], span_of(met.Region, YEAR)).value == 61


def test_every_deed_is_in_the_log(met, page):
    publish(met, page)
    deeds = Line.objects.filter(kind__in=("year page", "highlight"))
    told = list(deeds.order_by("number").values_list("verb", flat=True))

    assert told == ["begin", "write", *["check"] * 4, "publish"]
    assert YearPage.objects.count() == 1


def test_of_a_page_that_two_have_drawn_each_checks_what_the_other_drew(met, page):
    actions.draw_highlight(by=met.Farid, page=page, key="meetings")
    week = dt.date(2026, 8, 3), dt.date(2026, 8, 9)
    told = {
        person.name: [each.words for each in find_coming(person, *week)]
        for person in (met.Elena, met.Farid)
    }

    assert told == {
        "Elena": ["1 number of 2025-26 waits for you as the second person"],
        "Farid": ["3 numbers of 2025-26 wait for you as the second person"],
    }
