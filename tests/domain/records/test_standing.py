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
    compare,
    read_standing,
)
from commonroot.intake import read_incidents

DAY = dt.date(2025, 9, 2)
INCIDENTS = some.dictionaries(
    some.integers(0, 12),
    some.tuples(some.integers(0, 3), some.integers(0, 2)),
    max_size=10,
)


def make_frame(incidents):
    rows = [
        (key, DAY + dt.timedelta(days=days), digest)
        for key, (days, digest) in incidents.items()
    ]
    return pl.DataFrame(rows, SCHEMA, orient="row")


@given(INCIDENTS.filter(bool), INCIDENTS)
def test_a_plan_is_what_counting_by_hand_gives(told, standing):
    compared = compare(make_frame(told), make_frame(standing))
    days = [day for day, _ in told.values()]
    same = {key for key in told if key in standing and standing[key][1] == told[key][1]}

    assert compared.plan == {
        "new": len(told.keys() - standing.keys()),
        "changed": len((told.keys() & standing.keys()) - same),
        "unchanged": len(same),
        "not_in_the_file": sum(
            min(days) <= standing[key][0] <= max(days)
            for key in standing.keys() - told.keys()
        ),
    }
    assert set(compared.changed["event"]) == told.keys() - same


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
    return set(read_standing(school)[1].select("event", "digest").iter_rows())


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
        assert read_standing(cast.Oak)[1].height == 80


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
    days = (dt.date(2025, 9, 2) - dt.date(1970, 1, 1)).days

    assert digest_incidents(rows)["digest"].to_list() == [
        mix(
            mix(days ^ XXH64["date="])
            + XXH64["location=Gym"]
            + mix(600 ^ XXH64["minute="])
        )
    ]


def test_an_incident_of_several_rows_has_one_digest_whatever_their_order():
    two = '[{"date": "2025-09-03", "grade": "4"}, {"date": "2025-09-02"}]'
    turned = '[{"date": "2025-09-02"}, {"date": "2025-09-03", "grade": "4"}]'
    other = '[{"date": "2025-09-02"}, {"date": "2025-09-03", "grade": "5"}]'
    frames = [digest_incidents(read_rows([("7", each)])) for each in (two, turned)]

    assert frames[0].to_dicts() == frames[1].to_dicts()
    assert frames[0]["day"].to_list() == [dt.date(2025, 9, 2)]
    assert (
        digest_incidents(read_rows([("7", other)])).to_dicts() != frames[0].to_dicts()
    )


def test_a_digest_tells_texts_numbers_and_columns_apart():
    said = (
        '{"location": "Gym"}',
        '{"behaviour": "Gym"}',
        '{"location": "Gym", "minute": 0}',
        '{"location": "Gym", "minute": 1}',
        '{"location": "Gym", "removal": false}',
        '{"location": "Gym", "removal": true}',
        '{"location": "Gym", "days_removed": 1.0}',
        '{"location": "Gym", "student": 1}',
        '{"location": "Gym", "student": 18446744073709551615}',
    )
    rows = read_rows([(str(number), f"[{each}]") for number, each in enumerate(said)])

    assert digest_incidents(rows)["digest"].n_unique() == len(said)


def mix(value):
    """The last step of SplitMix64, in plain numbers."""
    value &= 2**64 - 1
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9 % 2**64
    value = (value ^ (value >> 27)) * 0x94D049BB133111EB % 2**64
    return value ^ (value >> 31)


# Given by another program.
XXH64 = {
    "date=": 13404429227661058474,
    "location=Gym": 1359910669641790285,
    "minute=": 12362890216944900799,
}
