"""What stands is compared with a file, and never remembered wrongly."""

import datetime as dt

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as some

from briefs.small_school import make_rows, write_rows
from commonroot.domain.records.actions import give_file, take_in, undo
from commonroot.domain.records.erasure_actions import erase_student
from commonroot.domain.records.models import Version
from commonroot.domain.records.rows import digest_incidents, read_rows
from commonroot.domain.records.standing import (
    SCHEMA,
    count_plan,
    find_changed,
    read_standing,
)
from commonroot.intake import read_incidents

DAY = dt.date(2025, 9, 2)
INCIDENTS = some.dictionaries(some.integers(0, 12), some.integers(0, 3), max_size=10)


def make_frame(incidents):
    rows = [(key, DAY, digest) for key, digest in incidents.items()]
    return pl.DataFrame(rows, SCHEMA, orient="row")


@given(INCIDENTS.filter(bool), INCIDENTS)
def test_a_plan_is_what_counting_by_hand_gives(told, standing):
    plan = count_plan(make_frame(told), make_frame(standing))
    changed = find_changed(make_frame(told), make_frame(standing))

    assert plan == {
        "new": len(told.keys() - standing.keys()),
        "changed": sum(key in standing and standing[key] != told[key] for key in told),
        "unchanged": sum(standing.get(key) == told[key] for key in told),
        "not_in_the_file": len(standing.keys() - told.keys()),
    }
    assert set(changed["event"]) == {k for k in told if standing.get(k) != told[k]}


def read_from_the_database(school):
    """Read what stands by the plain way, out of the rows themselves."""
    current = Version.objects.filter(
        incident__school=school, current_of__isnull=False
    ).values_list("incident__key", "rows")
    rows = read_rows(current)
    if rows.is_empty():
        return set()
    return set(digest_incidents(rows).select("event", "digest").iter_rows())


def read_remembered(school):
    return set(read_standing(school).select("event", "digest").iter_rows())


def test_what_is_remembered_is_what_the_database_says(cast, tmp_path):
    rows = make_rows(80, students=30)
    file = write_rows(tmp_path / "a.csv", rows)
    for row in rows[:30]:
        row["Location"] = "Library"
    other = write_rows(tmp_path / "b.csv", rows)

    def take(path):
        return take_in(
            by=cast.Ana,
            given=give_file(by=cast.Ana, school=cast.Oak, path=path, name="f"),
        )

    seen = []
    first = take(file)
    seen.append(read_remembered(cast.Oak) == read_from_the_database(cast.Oak))
    second = take(other)
    seen.append(read_remembered(cast.Oak) == read_from_the_database(cast.Oak))
    undo(by=cast.Ana, given=second)
    seen.append(read_remembered(cast.Oak) == read_from_the_database(cast.Oak))
    erase_student(by=cast.Ben, school=cast.Oak, number="1003", reason="asked")
    seen.append(read_remembered(cast.Oak) == read_from_the_database(cast.Oak))
    undo(by=cast.Ana, given=first)
    seen.append(read_remembered(cast.Oak) == read_from_the_database(cast.Oak))

    assert seen == [True] * 5
    assert read_remembered(cast.Oak) == set()


@pytest.mark.django_db(transaction=True)
def test_what_was_just_taken_in_is_remembered_without_asking(
    cast, tmp_path, django_assert_num_queries
):
    file = write_rows(tmp_path / "a.csv", make_rows(80, students=30))
    given_file = give_file(by=cast.Ana, school=cast.Oak, path=file, name="f")
    take_in(by=cast.Ana, given=given_file)

    with django_assert_num_queries(1):
        assert read_standing(cast.Oak).height == 80


def test_digests_do_not_depend_on_order_or_on_columns_that_say_nothing(tmp_path):
    rows = read_incidents(
        write_rows(tmp_path / "a.csv", make_rows(80, students=30))
    ).rows
    empty = rows.with_columns(pl.lit(None, pl.String).alias("group: Nothing"))

    def digest(frame):
        return set(digest_incidents(frame).select("event", "digest").iter_rows())

    assert digest(rows) == digest(rows.reverse()) == digest(empty)
    moved = rows.with_columns(pl.lit("Gym").alias("location"))
    assert len(digest(rows) & digest(moved)) == 0


def test_a_digest_is_the_same_on_every_machine():
    rows = read_rows(
        [("7", '[{"date": "2025-09-02", "location": "Gym", "minute": 600}]')]
    )

    assert digest_incidents(rows)["digest"].to_list() == [
        # xxhash64 of "date=2025-09-02\x1flocation=Gym\x1fminute=600", by another program
        XXH64
    ]


XXH64 = 16938622406063050994
