"""Other schools are a comparison only together, and never told apart."""

import datetime as dt

import pytest
from django.core.cache import caches

from briefs.small_school import make_rows, write_rows
from commonroot.analysis.check.drift import measure_drift
from commonroot.domain.audit.actions import SYSTEM
from commonroot.domain.network.actions import add_place, give_role
from commonroot.domain.network.choices import PlaceKind, RoleKind
from commonroot.domain.records.actions import give_file, take_in
from commonroot.domain.records.comparison import (
    ALONE,
    Beside,
    list_schools_around,
    weigh_other_schools,
)
from commonroot.domain.records.queries import NotForThisViewerError
from people import LONG_AGO

FIRST, START, END = dt.date(2025, 9, 1), dt.date(2026, 1, 12), dt.date(2026, 3, 29)
BUS = {"location": "Bus"}


def make_school(cast, tmp_path, number, rows):
    """Make a school of the region that has taken a file in."""
    school = add_place(
        by=SYSTEM,
        kind=PlaceKind.SCHOOL,
        name=f"School {number}",
        above=(cast.North, cast.South)[number % 2],
    )
    keeper = cast.add(f"Keeper{number}")
    give_role(
        by=SYSTEM,
        person=keeper,
        kind=RoleKind.PRINCIPAL,
        place=school,
        first=LONG_AGO,
    )
    path = write_rows(tmp_path / f"{number}.csv", rows)
    take_in(by=keeper, given=give_file(by=keeper, school=school, path=path, name="f"))
    return school


def rows_whose_bus_fell(seed):
    """Make a year in which three in four incidents on the bus were left off from January on."""
    rows = make_rows(600, seed=seed)
    kept = []
    for number, row in enumerate(rows):
        month = int(row["Incident Date"][:2])
        if row["Location"] == "Bus" and month < 7 and number % 4:
            continue
        kept.append(row)
    return kept


def weigh(cast, viewer=None, **more):
    told = {"first": FIRST, "start": START, "end": END, **more}
    return weigh_other_schools(viewer or cast.Ana, cast.Oak, BUS, **told)


def test_three_schools_that_fell_together_are_a_comparison(cast, tmp_path):
    for number in range(3):
        make_school(cast, tmp_path, number, rows_whose_bus_fell(number))

    found = weigh(cast)

    drift, variance = measure_drift(found.moves)
    assert found.schools == 3
    assert -1.2 < drift < -0.2
    assert variance < 0.04


def test_two_schools_are_none_for_one_could_be_told_from_the_answer(cast, tmp_path):
    for number in range(2):
        make_school(cast, tmp_path, number, rows_whose_bus_fell(number))

    assert weigh(cast) == ALONE


def test_schools_that_changed_something_of_the_kind_are_left_out(cast, tmp_path):
    schools = [
        make_school(cast, tmp_path, number, rows_whose_bus_fell(number))
        for number in range(4)
    ]

    assert weigh(cast).schools == 4
    assert weigh(cast, changed=[schools[0].pk]).schools == 3
    assert weigh(cast, changed=[each.pk for each in schools[:2]]) == ALONE


def test_a_school_that_hardly_had_such_incidents_says_nothing(cast, tmp_path):
    for number in range(3):
        make_school(cast, tmp_path, number, rows_whose_bus_fell(number))
    indoors = [
        {**row, "Location": "Gym" if row["Location"] == "Bus" else row["Location"]}
        for row in make_rows(600, seed=9)
    ]
    make_school(cast, tmp_path, 3, indoors)

    assert weigh(cast).schools == 3


def test_a_school_whose_records_begin_late_says_nothing(cast, tmp_path):
    for number in range(2):
        make_school(cast, tmp_path, number, rows_whose_bus_fell(number))
    late = [row for row in make_rows(600, seed=9) if row["Incident Date"][:2] < "07"]
    make_school(cast, tmp_path, 2, late)

    assert weigh(cast) == ALONE


def test_schools_of_another_region_are_not_around(cast, tmp_path):
    other = add_place(by=SYSTEM, kind=PlaceKind.REGION, name="Other region")
    district = add_place(by=SYSTEM, kind=PlaceKind.DISTRICT, name="Far", above=other)
    add_place(by=SYSTEM, kind=PlaceKind.SCHOOL, name="Far school", above=district)

    assert [each.name for each in list_schools_around(cast.Oak)] == ["Elm"]


def test_it_is_for_whoever_may_see_the_schools_own_sheet(cast, tmp_path):
    with pytest.raises(NotForThisViewerError):
        weigh(cast, cast.Noor)
    assert weigh(cast, cast.Carla) == ALONE


def test_what_is_kept_until_the_week_is_over_holds_no_count(
    cast, tmp_path, django_assert_max_num_queries
):
    for number in range(3):
        make_school(cast, tmp_path, number, rows_whose_bus_fell(number))
    first = weigh(cast)

    with django_assert_max_num_queries(2):
        again = weigh(cast)

    assert again == first
    assert set(vars(first)) == {"schools", "moves"}
    assert set(vars(first.moves)) == {"weight", "total"}
    assert isinstance(first, Beside)
    caches["kept"].clear()
    assert weigh(cast) == first
