"""Drawing, checking and publishing the numbers of a year."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from commonroot.domain.audit.models import Line
from commonroot.domain.highlights import actions, definitions
from commonroot.domain.highlights.definitions import DEFINITIONS, look_up
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
from commonroot.domain.network.choices import GroupKind
from commonroot.domain.network.models import Enrolment, Group
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
    meet(cast.Oak, dt.date(2025, 9, 3), dt.date(2025, 10, 1), dt.date(2026, 7, 31))
    meet(cast.Elm, dt.date(2025, 8, 1))
    meet(cast.Oak, dt.date(2025, 7, 31))
    return cast


@pytest.fixture
def page(met):
    return actions.begin_page(by=met.Elena, place=met.Region, school_year=YEAR)


def publish(cast, page):
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
    assert [len(each.details) for each in opened.values()] == [0, 0, 3, 0]
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

    assert told == ["begin", "check", "check", "check", "check", "publish"]
    assert YearPage.objects.count() == 1
