"""One small table, one question, every engine; and random ones."""

from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonroot.engines import Count, DuckDBEngine, Engine, MemoryEngine

SCHEMA = {
    "event": pl.UInt64,
    "student": pl.UInt64,
    "response": pl.String,
    "removal": pl.Boolean,
    "place": pl.Enum(["Bus", "Gym", 'Hall "B"']),
    "grade": pl.String,
    "subjective": pl.Boolean,
    "hour": pl.Int16,
}


def in_memory(rows: pl.DataFrame) -> Engine:
    return MemoryEngine(rows.iter_rows(named=True))


ENGINES = [in_memory, DuckDBEngine]


def table(*rows: tuple[Any, ...]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=SCHEMA, orient="row").with_row_index("row")


ONE_FIGHT = table(
    (1, 7, "Suspension", True, "Gym", "3", False, 10),
    (1, 7, "Call home", False, "Gym", "3", False, 10),
    (1, 8, "Suspension", True, "Gym", "4", False, 10),
    (2, 7, None, False, "Bus", "3", True, None),
    (3, None, None, False, None, None, None, None),
)


@pytest.mark.parametrize("engine", ENGINES)
def test_one_fight_of_two_students_is_one_incident(engine):
    answer = engine(ONE_FIGHT).count(["place"])

    assert answer.cells == {
        ("Gym",): Count(incidents=1, students=2, student_incidents=2, removals=2),
        ("Bus",): Count(incidents=1, students=1, student_incidents=1, removals=0),
        (None,): Count(incidents=1, students=0, student_incidents=0, removals=0),
    }


@pytest.mark.parametrize("engine", ENGINES)
def test_the_total_counts_each_student_once(engine):
    answer = engine(ONE_FIGHT).count()

    assert answer.total() == Count(3, 2, 3, 2)


@pytest.mark.parametrize("engine", ENGINES)
def test_no_row_that_fits_is_an_empty_cube_with_a_total_of_zero(engine):
    answer = engine(ONE_FIGHT).count([], {"place": []})

    assert (answer.cells, answer.total()) == ({}, Count(0, 0, 0, 0))


@pytest.mark.parametrize("engine", ENGINES)
def test_a_question_may_want_what_was_not_recorded(engine):
    answer = engine(ONE_FIGHT).count(["grade"], {"place": [None, "Bus"]})

    assert answer.cells == {
        ("3",): Count(1, 1, 1, 0),
        (None,): Count(1, 0, 0, 0),
    }


@pytest.mark.parametrize("engine", ENGINES)
def test_two_columns_make_a_cell_for_each_pair_that_occurs(engine):
    answer = engine(ONE_FIGHT).count(["place", "grade"], {"removal": [True]})

    assert answer.cells == {
        ("Gym", "3"): Count(1, 1, 1, 1),
        ("Gym", "4"): Count(1, 1, 1, 1),
    }


@pytest.mark.parametrize("engine", ENGINES)
def test_an_empty_table_has_no_cells(engine):
    assert engine(table()).count(["place"]).cells == {}


def maybe(values):
    return st.none() | st.sampled_from(values)


ROWS = st.lists(
    st.tuples(
        st.integers(1, 4),
        st.none() | st.integers(1, 3),
        maybe(["Suspension", "Call home"]),
        st.booleans(),
        maybe(["Bus", "Gym", 'Hall "B"']),
        maybe(["3", "4"]),
        st.none() | st.booleans(),
        st.none() | st.integers(8, 9),
    ),
    max_size=12,
)
COLUMNS = ["place", "grade", "subjective", "hour", "response"]
WANTED = st.dictionaries(
    st.sampled_from(["place", "grade"]),
    st.lists(maybe(["Bus", "Gym", "3", "4"]), max_size=3),
    max_size=2,
).map(
    lambda where: {
        column: [
            value
            for value in values
            if value is None or (value in ("3", "4")) == (column == "grade")
        ]
        for column, values in where.items()
    }
)


@given(ROWS, st.lists(st.sampled_from(COLUMNS), unique=True, max_size=3), WANTED)
def test_duckdb_answers_any_question_as_memory_does(rows, by, where):
    frame = table(*rows)

    answers = [engine(frame).count(by, where) for engine in ENGINES]

    assert answers[1] == answers[0]


@pytest.mark.parametrize("engine", ENGINES)
def test_an_incident_is_listed_once_with_the_first_value_that_was_written(engine):
    found = engine(ONE_FIGHT).list_incidents(["place", "grade", "response"])

    assert found.values == {
        "place": ("Bus", "Gym", None),
        "grade": ("3", None),
        "response": ("Suspension", None),
    }
    assert [found.codes[column].tolist() for column in found.values] == [
        [1, 0, 2],
        [0, 0, 1],
        [0, 1, 1],
    ]
    assert found.students.tolist() == [[0, 7], [0, 8], [1, 7]]


@pytest.mark.parametrize("engine", ENGINES)
def test_one_pass_counts_incidents_by_every_set_of_columns(engine):
    found = engine(ONE_FIGHT).count_sets(["place", "grade"], 2)

    assert found == {
        ("place",): {("Gym",): 1, ("Bus",): 1, (None,): 1},
        ("grade",): {("3",): 2, (None,): 1},
        ("place", "grade"): {("Gym", "3"): 1, ("Bus", "3"): 1, (None, None): 1},
    }


@given(ROWS, st.lists(st.sampled_from(COLUMNS), unique=True, max_size=4))
def test_duckdb_lists_and_counts_incidents_as_memory_does(rows, columns):
    frame = table(*rows)

    memory, duckdb = (engine(frame).list_incidents(columns) for engine in ENGINES)
    cubes = [engine(frame).count_sets(columns, 3) for engine in ENGINES]

    assert duckdb.values == memory.values
    assert {name: codes.tolist() for name, codes in duckdb.codes.items()} == {
        name: codes.tolist() for name, codes in memory.codes.items()
    }
    assert duckdb.students.tolist() == memory.students.tolist()
    assert cubes[1] == cubes[0]
