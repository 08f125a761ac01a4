"""Numbers of one or two people stay off the pages of a year, alone and beside one another."""

import datetime as dt

import pytest

from commonroot.domain.audit.actions import SYSTEM
from commonroot.domain.highlights import actions
from commonroot.domain.highlights.few import find_telling_page, tells_of_few
from commonroot.domain.highlights.reasons import YearError
from commonroot.domain.network.actions import add_place
from commonroot.domain.network.choices import PlaceKind
from domain.highlights.test_year import YEAR, publish, tell, train

AUGUST = dt.date(2025, 8, 20)
OF_PEOPLE = ["beginners", "participant_hours"]


def begin(cast, place):
    return actions.begin_page(by=cast.Elena, place=place, school_year=YEAR)


def come(cast, school, *names):
    """Let new people of a school come to a session of the region."""
    people = [(name, school, "new") for name in names]
    train(cast, cast.Region, AUGUST, 60, *people)


@pytest.mark.parametrize(
    ("names", "is_told"), [(("A", "B"), False), (("A", "B", "C"), True)]
)
def test_a_page_begins_without_numbers_of_one_or_two_people(cast, names, is_told):
    come(cast, cast.Oak, *names)
    page = begin(cast, cast.Oak)

    assert [key in tell(page) for key in OF_PEOPLE] == [is_told, is_told]
    assert [tells_of_few(page, key) for key in OF_PEOPLE] == [not is_told] * 2


def test_such_a_number_is_not_drawn_by_hand_either(cast):
    come(cast, cast.Oak, "A", "B")
    page = begin(cast, cast.Oak)

    with pytest.raises(YearError, match="would tell of one or two people"):
        actions.draw_highlight(by=cast.Elena, page=page, key="beginners")


def test_two_pages_do_not_leave_one_or_two_people_between_them(cast):
    come(cast, cast.Oak, "A", "B", "C")
    ash = add_place(by=SYSTEM, name="Ash", kind=PlaceKind.SCHOOL, above=cast.North)
    come(cast, ash, "D")
    district, school = begin(cast, cast.North), begin(cast, cast.Oak)
    publish(cast, district)

    with pytest.raises(YearError, match=r"Beside the page of .*North"):
        publish(cast, school)
    for key in OF_PEOPLE:
        actions.leave_out(by=cast.Elena, page=school, key=key)
    publish(cast, school)
    assert find_telling_page(school, "beginners") == district


def test_several_schools_together_do_not_leave_them_of_their_district(cast):
    ash, birch = (
        add_place(by=SYSTEM, name=name, kind=PlaceKind.SCHOOL, above=cast.North)
        for name in ("Ash", "Birch")
    )
    come(cast, cast.Oak, "A", "B", "C")
    come(cast, ash, "D", "E", "F")
    come(cast, birch, "G")
    publish(cast, begin(cast, cast.Oak))
    publish(cast, begin(cast, cast.North))

    with pytest.raises(YearError, match="Beside the page of"):
        publish(cast, begin(cast, ash))


def test_pages_that_leave_three_people_or_nobody_stand_beside_one_another(cast):
    ash = add_place(by=SYSTEM, name="Ash", kind=PlaceKind.SCHOOL, above=cast.North)
    come(cast, cast.Oak, "A", "B", "C")
    come(cast, ash, "D", "E", "F")
    for place in (cast.North, cast.Oak, ash):
        publish(cast, begin(cast, place))

    assert tell(begin(cast, cast.North))["beginners"].value == "6"
