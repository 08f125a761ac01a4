"""What the scan names and what it does not; judged by a plain twin and by chance."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis.scan import plain_scan

from commonroot.analysis.scan import (
    Column,
    Exposures,
    Options,
    assume_exposure,
    assume_independence,
    kernels,
    look_back,
    make_events,
    search,
)
from commonroot.analysis.scan.counting import count_cells, cover
from commonroot.analysis.scan.expected import find_tied
from commonroot.analysis.scan.large import TableScorer, make_roller
from commonroot.analysis.scan.replicates import Scorer, Searched, make_dealer
from commonroot.analysis.scan.slices import lay_out

PLACES, TIMES, GRADES, KINDS = 6, 7, 5, 6


def make_columns():
    return [
        Column("place", tuple(f"place {n}" for n in range(PLACES)), "place"),
        Column("time", tuple(f"time {n}" for n in range(TIMES)), "time"),
        Column("grade", tuple(f"grade {n}" for n in range(GRADES)), "grade"),
        Column("kind", tuple(f"kind {n}" for n in range(KINDS)), "kind"),
    ]


def make_school(seed, incidents=500, students=200, *, habits=12.0):
    """A school with nothing in it: a few students have much, each in their own way."""
    chance = np.random.default_rng(seed)
    rates = chance.gamma(0.25, 1, students)
    who = chance.choice(students, incidents, p=rates / rates.sum())
    codes = []
    for size in (PLACES, TIMES, GRADES, KINDS):
        margin = chance.dirichlet(np.full(size, 3.0))
        profiles = chance.dirichlet(margin * habits + 1e-6, students)
        codes.append([chance.choice(size, p=profiles[one]) for one in who])
    grade = chance.integers(0, GRADES, students)
    codes[2] = grade[who]
    return np.array(codes), who, chance.integers(0, 36, incidents)


def plant(codes, who, week, values, extra, seed=5):
    """Add incidents with these values, each of another student."""
    chance = np.random.default_rng(seed)
    added = np.array(
        [
            np.full(extra, values[at])
            if at in values
            else chance.choice(codes[at], extra)
            for at in range(len(codes))
        ]
    )
    return (
        np.concatenate([codes, added], axis=1),
        np.concatenate([who, 1000 + np.arange(extra)]),
        np.concatenate([week, chance.integers(0, 36, extra)]),
    )


def to_events(codes, who, week, **more):
    pairs = np.column_stack([np.arange(len(who)), who])
    return make_events(make_columns(), codes, pairs, week=week, **more)


def scan(events, **options):
    baseline = assume_independence(events, deepest=3, root="place")
    return search(baseline, Options(replicates=199, **options))


def names(found):
    return [dict(pattern.conditions) for pattern in found.patterns]


def test_a_planted_place_and_time_is_named_alone():
    events = to_events(*plant(*make_school(1), {0: 2, 1: 4}, 45))

    found = scan(events)

    assert names(found) == [{"place": "place 2", "time": "time 4"}]


def test_a_planted_place_time_and_grade_is_named_whole_and_its_pairs_are_not():
    events = to_events(*plant(*make_school(2), {0: 1, 1: 3, 2: 0}, 40))

    found = scan(events)

    assert names(found) == [{"place": "place 1", "time": "time 3", "grade": "grade 0"}]


def test_what_is_told_of_a_pattern_is_counted_from_its_incidents():
    codes, who, week = plant(*make_school(1), {0: 2, 1: 4}, 45)
    inside = (codes[0] == 2) & (codes[1] == 4)

    (pattern,) = scan(to_events(codes, who, week)).patterns

    assert (pattern.incidents, pattern.students, pattern.weeks) == (
        int(inside.sum()),
        len(set(who[inside])),
        len(set(week[inside])),
    )
    expected = (codes[0] == 2).mean() * (codes[1] == 4).mean() * len(who)
    assert pattern.expected == pytest.approx(expected)
    assert 1 < pattern.ratio.low < pattern.ratio.value < pattern.ratio.high
    assert pattern.ratio.value < pattern.incidents / pattern.expected
    assert pattern.p_adjusted == 2 / 200


def test_one_students_many_records_are_no_pattern_of_the_school():
    codes, who, week = make_school(3)
    codes, who, week = plant(codes, who, week, {0: 2, 1: 4}, 45)
    who[who >= 1000] = 7

    assert scan(to_events(codes, who, week)).patterns == ()


def test_the_same_records_of_many_students_are_a_pattern():
    codes, who, week = make_school(3)

    assert scan(to_events(*plant(codes, who, week, {0: 2, 1: 4}, 45))).patterns != ()


def test_one_bad_week_is_no_pattern():
    codes, who, week = plant(*make_school(4), {0: 2, 1: 4}, 25)
    week[who >= 1000] = 11

    assert scan(to_events(codes, who, week)).patterns == ()


def test_one_fight_of_several_students_counts_once():
    codes, who, week = plant(*make_school(1), {0: 2, 1: 4}, 45)
    alone = np.column_stack([np.arange(len(who)), who])
    others = np.column_stack([np.arange(len(who)), who + 5000])
    pairs = np.concatenate([alone, others])

    (once,) = scan(to_events(codes, who, week)).patterns
    (together,) = scan(make_events(make_columns(), codes, pairs, week=week)).patterns

    assert together.incidents == once.incidents
    assert together.expected == once.expected
    assert together.students == 2 * once.students


def test_days_of_a_week_change_places_with_all_that_happened_on_them():
    values = np.array([0, 0, 0, 2, 4, 4, 1], dtype=np.uint8)
    weeks = np.array([0, 0, 0, 0, 0, 0, 1], dtype=np.int32)
    open_days = np.array([[True, False, True, True, True], [False, True] + [False] * 3])
    seen = set()

    for number in range(200):
        dealt = np.empty_like(values)
        kernels.swap_days(
            kernels.start_random(1, number), values, weeks, open_days, dealt
        )
        assert sorted(np.bincount(dealt[:6], minlength=5)) == [0, 0, 1, 2, 3]
        assert dealt[6] == 1
        seen.add(int(dealt[0]))

    assert seen == {0, 2, 3, 4}


def test_a_students_times_are_turned_together_and_fall_by_the_minutes():
    shares = np.array([0.5, 0.3, 0.2])
    values = np.repeat(np.array([0, 1, 2], dtype=np.uint8), 1000)
    lead = np.arange(3000, dtype=np.int32)
    dealt = np.empty_like(values)

    kernels.turn_clock(kernels.start_random(1, 0), values, lead, shares, dealt)

    assert np.bincount(dealt) / 3000 == pytest.approx(shares, abs=0.04)
    one = np.zeros(3000, dtype=np.int32)
    kernels.turn_clock(kernels.start_random(1, 0), values, one, shares, dealt)
    # One student: what lay in the shortest period cannot lie in more than two.
    assert len(set(dealt[values == 2].tolist())) <= 2


def test_every_student_gets_the_grade_of_somebody_enrolled():
    enrolled = np.repeat(np.array([0, 1, 2], dtype=np.uint8), [2, 5, 13])
    lead = np.arange(20, dtype=np.int32)
    dealt = np.empty(20, dtype=np.uint8)

    kernels.deal_enrolled(kernels.start_random(3, 0), enrolled, lead, dealt)

    assert np.bincount(dealt).tolist() == [2, 5, 13]


def test_a_place_that_is_open_at_few_times_is_no_news():
    codes, who, week = make_school(6)
    eating = codes[0] == 3
    codes[1][eating] = np.where(np.arange(eating.sum()) % 2, 5, 6)
    events = to_events(codes, who, week)

    assert find_tied(events, 0, 1) == [3]
    assert scan(events).patterns == ()


def test_schools_that_differ_are_compared_within_themselves():
    first, second = make_school(7), make_school(8)
    codes = np.concatenate([first[0] // 2, second[0] // 2 + 2], axis=1)
    who = np.concatenate([first[1], second[1] + 5000])
    week = np.concatenate([first[2], second[2]])
    school = np.repeat([0, 1], [len(first[1]), len(second[1])])

    apart = scan(to_events(codes, who, week, stratum=school))
    mixed = scan(to_events(codes, who, week))

    assert apart.patterns == ()
    assert mixed.patterns != ()


def test_values_that_may_not_be_named_are_never_named():
    codes, who, week = plant(*make_school(1), {0: 2, 1: 4}, 45)
    columns = make_columns()
    listed = tuple(n != 2 for n in range(PLACES))
    columns[0] = Column("place", columns[0].values, "place", listed)
    pairs = np.column_stack([np.arange(len(who)), who])

    found = scan(make_events(columns, codes, pairs, week=week))

    assert all(each.get("place") != "place 2" for each in names(found))


def test_two_columns_of_one_block_are_never_in_one_slice():
    columns = make_columns()
    columns[3] = Column("kind", columns[3].values, "time")

    sets = lay_out(columns, fewest=2, deepest=4).sets

    assert all(not {1, 3} <= set(chosen) for chosen in sets)
    assert len(sets) == 5 + 2


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_the_same_seed_gives_the_same_answer_on_any_number_of_threads(threads):
    events = to_events(*plant(*make_school(1), {0: 2, 1: 4}, 30))

    assert (
        scan(events, threads=threads, seed=9).patterns == scan(events, seed=9).patterns
    )


def test_stopping_early_changes_nothing_that_is_named():
    events = to_events(*make_school(12))
    baseline = assume_independence(events, deepest=3, root="place")

    early = search(baseline, Options(replicates=999))
    whole = search(baseline, Options(replicates=999, stop_early=False))

    assert len(early.verdict.largest) == 200
    assert len(whole.verdict.largest) == 999
    assert early.patterns == whole.patterns == ()


def test_too_few_replicates_name_nothing():
    events = to_events(*plant(*make_school(1), {0: 2, 1: 4}, 45))
    baseline = assume_independence(events, deepest=3)

    assert search(baseline, Options(replicates=19)).patterns == ()


def test_a_school_without_incidents_has_nothing_to_say():
    events = make_events(make_columns(), np.empty((4, 0)), [])

    found = search(assume_independence(events, deepest=3))

    assert (found.patterns, found.visible) == ((), ())


def test_more_in_the_last_weeks_is_seen_beside_the_weeks_before():
    codes, who, week = make_school(9, incidents=600)
    codes, who, week = plant(codes, who, week, {0: 2, 1: 4}, 30)
    week[who >= 1000] = 32 + np.arange(30) % 4
    events = to_events(codes, who, week)

    found = search(look_back(events, week >= 32, deepest=2), Options(replicates=199))

    assert {"place": "place 2", "time": "time 4", "recent": "recent"} in names(found)


def test_a_season_that_earlier_years_had_too_is_no_news():
    codes, who, week = make_school(9, incidents=600)
    size = len(who)
    codes, who, week = plant(codes, who, week, {0: 2}, 60)
    who[size:] = np.random.default_rng(2).permutation(
        np.repeat(np.unique(who[:size])[:30], 2)
    )
    week[size:] = 32 + np.arange(60) % 4
    events = to_events(codes, who, week)
    earlier, season = codes.copy(), week >= 32

    known = look_back(
        events, week >= 32, deepest=1, earlier=earlier, same_season=season
    )
    alone = look_back(events, week >= 32, deepest=1)

    assert names(search(alone, Options(replicates=199)))
    assert not names(search(known, Options(replicates=199)))


def test_more_than_enrolment_would_give_is_seen_beside_enrolment():
    codes, who, week = make_school(10)
    codes[2] = np.random.default_rng(1).choice(GRADES, 200)[who % 200]
    codes, who, week = plant(codes, who, week, {2: 1}, 120)
    columns = make_columns()
    columns[2] = Column("grade", columns[2].values, "grade", shares=(0.2,) * 5)
    pairs = np.column_stack([np.arange(len(who)), who])
    events = make_events(columns, codes, pairs, week=week)
    enrolled = tuple(np.repeat(np.arange(5), 100).tolist())

    found = search(
        assume_exposure(events, Exposures("grade", enrolled), deepest=1),
        Options(replicates=199),
    )

    assert names(found) == [{"grade": "grade 1"}]
    assert found.patterns[0].expected == pytest.approx(events.size / 5)


def test_a_column_with_a_denominator_stands_alone_in_its_block():
    columns = make_columns()
    columns[2] = Column("grade", columns[2].values, "time", shares=(0.2,) * 5)
    events = make_events(columns, make_school(1)[0], [])

    with pytest.raises(ValueError, match="needs shares, and its own block"):
        assume_exposure(events, Exposures("grade", (0, 1)), deepest=2)


# The plain twin.

TABLES = st.integers(5, 40).flatmap(
    lambda size: st.tuples(
        st.lists(
            st.tuples(*(st.integers(0, 1), st.integers(0, 2), st.integers(0, 1))),
            min_size=size,
            max_size=size,
        ),
        st.lists(
            st.lists(st.integers(0, 6), min_size=1, max_size=2, unique=True),
            min_size=size,
            max_size=size,
        ),
        st.lists(st.integers(0, 1), min_size=size, max_size=size),
    )
)


def small_columns():
    return [
        Column("a", ("0", "1"), "a"),
        Column("b", ("0", "1", "2"), "b"),
        Column("c", ("0", "1"), "c"),
    ]


def small_search(rows, students, strata):
    pairs = [(number, one) for number, own in enumerate(students) for one in own]
    strata = np.unique(strata, return_inverse=True)[1]
    events = make_events(
        small_columns(), np.array(rows).T.reshape(3, -1), pairs, stratum=strata
    )
    baseline = assume_independence(events, deepest=3)
    searched = Searched(
        baseline.layout, baseline.expected, baseline.varies, baseline.named, 5, 3
    )
    return events, baseline, searched


@settings(max_examples=150, deadline=None)
@given(TABLES)
def test_the_plain_twin_counts_expects_and_scores_the_same(table):
    rows, students, strata = table
    events, baseline, searched = small_search(rows, students, strata)
    told = np.zeros((baseline.layout.cells, 4))
    Scorer(events, searched).score(events.codes, told)
    plain = [dict(zip("abc", row, strict=True)) for row in rows]
    members = plain_scan.count_slices(plain, {"a": "a", "b": "b", "c": "c"}, 3)

    for cell in range(baseline.layout.cells):
        key = tuple(("abc"[at], code) for at, code in baseline.layout.name(cell))
        inside = members.get(key, [])
        assert math.isclose(
            baseline.expected[cell], plain_scan.expect(plain, strata, key), abs_tol=1e-9
        )
        if len(inside) >= 5:
            assert told[cell, 0] == len(inside)
        scores = plain_scan.score(plain, students, strata, key, inside, 3)
        assert any(math.isclose(told[cell, 3], s, abs_tol=1e-7) for s in scores)


@settings(max_examples=40, deadline=None)
@given(TABLES, st.integers(0, 1000))
def test_a_replicate_keeps_every_margin_of_every_stratum(table, number):
    rows, students, strata = table
    events, baseline, _ = small_search(rows, students, strata)

    for dealer in (
        make_dealer(events, baseline.classes),
        make_roller(events, baseline.classes),
    ):
        dealt = dealer.deal(1, number)
        for before, after in zip(events.codes, dealt, strict=True):
            assert sorted(before) == sorted(after)
    dealt = make_dealer(events, baseline.classes).deal(1, number)
    for stratum in set(events.stratum.tolist()):
        mine = events.stratum == stratum
        for before, after in zip(events.codes, dealt, strict=True):
            assert sorted(before[mine]) == sorted(after[mine])


@settings(max_examples=40, deadline=None)
@given(TABLES)
def test_counting_in_cubes_gives_what_counting_row_by_row_gives(table):
    rows, students, strata = table
    events, baseline, searched = small_search(rows, students, strata)
    told = np.zeros((baseline.layout.cells, 4))
    TableScorer(events, searched).score(events.codes, told)
    counts = count_cells(events.codes, baseline.layout, threads=2)
    plain = [dict(zip("abc", row, strict=True)) for row in rows]
    members = plain_scan.count_slices(plain, {"a": "a", "b": "b", "c": "c"}, 3)

    for cell in range(baseline.layout.cells):
        key = tuple(("abc"[at], code) for at, code in baseline.layout.name(cell))
        assert counts[cell] == told[cell, 0] == len(members.get(key, []))


@pytest.mark.parametrize("columns", range(3, 21))
def test_every_three_columns_stand_together_in_some_cube(columns):
    held = {
        frozenset((a, b, c))
        for block in cover(columns)
        for a in block
        for b in block
        for c in block
        if len({a, b, c}) == 3
    }

    assert len(held) == math.comb(columns, 3)


@pytest.mark.slow
def test_schools_in_which_nothing_stands_out_are_mostly_told_so():
    named = sum(
        bool(scan(to_events(*make_school(100 + n))).patterns) for n in range(60)
    )

    # At 5 % the chance of more than 8 in 60 is below 1 in 300.
    assert named <= 8
