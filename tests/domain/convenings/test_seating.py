"""Who sits with whom: different schools, nobody twice, nobody alone."""

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonroot.domain.convenings.seating import Comer, pair_up, seat_listeners

SIZES = st.lists(st.integers(1, 6), min_size=1, max_size=6)


def make_comers(sizes):
    return [
        Comer(f"{school}.{number}", str(school), str(school % 2))
        for school, size in enumerate(sizes)
        for number in range(size)
    ]


def school_of(key):
    return key.split(".")[0]


@given(SIZES, st.integers(1, 3))
def test_everybody_sits_at_one_table_a_turn_and_nobody_alone(sizes, turns):
    comers, met = make_comers(sizes), set()
    for _turn in range(turns):
        tables = pair_up(comers, met)
        met |= {frozenset(pair) for table in tables for pair in combinations(table, 2)}

        assert sorted(key for table in tables for key in table) == sorted(
            each.key for each in comers
        )
        assert len(comers) == 1 or {len(table) for table in tables} <= {2, 3}


@given(SIZES)
def test_as_many_sit_with_another_school_as_can(sizes):
    comers = make_comers(sizes)
    alone = [
        table
        for table in pair_up(comers, [])
        if len({school_of(key) for key in table}) == 1
    ]
    # Of the largest school those are left whom all others together cannot meet.
    largest = max(sizes)
    others = sum(sizes) - largest

    assert sum(map(len, alone)) <= max(0, largest - others)


def test_nobody_meets_the_same_twice_while_there_are_others():
    comers, met = make_comers([2, 2, 2, 2]), set()
    seen = Counter()
    for _turn in range(4):
        for table in pair_up(comers, met):
            pairs = {frozenset(pair) for pair in combinations(table, 2)}
            seen.update(pairs)
            met |= pairs

    assert max(seen.values()) == 1


def test_people_of_one_language_and_of_other_districts_come_first():
    rosa = Comer("Rosa", "Oak", "North", "spanish")
    luz = Comer("Luz", "Elm", "South", "spanish")
    ben = Comer("Ben", "Oak", "North")
    jo = Comer("Jo", "Ash", "North")

    assert {frozenset(each) for each in pair_up([rosa, ben, luz, jo], [])} == {
        frozenset({"Rosa", "Luz"}),
        frozenset({"Ben", "Jo"}),
    }


@given(SIZES, st.data())
def test_listeners_spread_and_never_sit_at_their_own_schools_question(sizes, data):
    comers = make_comers(sizes)
    asking = data.draw(st.integers(1, len(sizes)))
    askers = {
        f"question {school}": next(
            each for each in comers if each.school == str(school)
        )
        for school in range(asking)
    }
    seated = seat_listeners(comers, askers)

    assert sorted(key for keys in seated.values() for key in keys) == sorted(
        each.key for each in comers
    )
    for question, asker in askers.items():
        strangers = [key for key in seated[question] if key != asker.key]
        if asking > 1:
            assert asker.school not in map(school_of, strangers)


def test_tables_of_a_consultancy_are_of_one_size_give_or_take_one():
    comers = make_comers([3, 3, 3, 3])
    askers = {each.school: each for each in comers if each.key.endswith(".0")}
    sizes = [len(keys) for keys in seat_listeners(comers, askers).values()]

    assert sorted(sizes) == [3, 3, 3, 3]


@pytest.mark.parametrize("people", [0, 1])
def test_nobody_and_one_person_are_seated_too(people):
    comers = make_comers([people] if people else [])

    assert pair_up(comers, []) == [[each.key] for each in comers]
