"""The run chart: its figures, its properties, and how often it is wrong."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from math import comb, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonroot.analysis.run_chart import (
    RunChart,
    Week,
    describe_familiar_rules,
    draw_run_chart,
)
from commonroot.analysis.run_chart_signals import find_stretches, score_all
from commonroot.analysis.run_chart_stable import estimate_dispersion, simulate_stable

MONDAY = date(2025, 9, 1)
terms = st.lists(st.integers(0, 40), min_size=12, max_size=24)
series = st.lists(st.integers(-50, 50), max_size=40)


def weeks_of(counts: Sequence[int], days: Sequence[int] | None = None) -> list[Week]:
    days = days or [5] * len(counts)
    return [
        Week(MONDAY + timedelta(weeks=index), count, day)
        for index, (count, day) in enumerate(zip(counts, days, strict=True))
    ]


def spans(chart: RunChart) -> list[tuple[int, int, str]]:
    return [(one.first, one.last, one.direction) for one in chart.signals]


# Published examples


def test_the_thirteen_published_points_have_five_crossings_and_a_longest_run_of_three():
    # Anhøj & Wentzel-Larsen, "Improving tools for quality improvement: crossings, runs
    # and crossrun" (sciencetrends.com): crossings from 3 to 4, 6 to 7, 7 to 8, 9 to 10
    # and 10 to 11. Three points are added above, to make their midline our median:
    # one more crossing, and no longer run.
    published = [1, 1, 1, -1, -1, -1, 1, -1, -1, 1, -1, -1, -1]

    figures = describe_familiar_rules([*published, 1, 1, 1])

    assert figures is not None
    assert (figures.crossings, figures.longest_run) == (5 + 1, 3)


def test_thirteen_points_signal_below_three_crossings_as_published():
    figures = describe_familiar_rules([-1, 1] * 6 + [1, 0, 0])

    assert figures is not None
    assert (figures.points, figures.fewest_crossings) == (13, 3)


@pytest.mark.parametrize(
    ("points", "limit"),
    [(10, 6), (12, 7), (22, 7), (24, 8), (44, 8), (46, 9), (90, 9), (100, 10)],
)
def test_the_limit_of_the_longest_run_is_that_of_the_published_table(points, limit):
    # Critical values for run length, unaettie.com/en-us/faq.php, Tables 1 and 2.
    figures = describe_familiar_rules([1, 2] * (points // 2))

    assert figures is not None
    assert (figures.points, figures.longest_run_limit) == (points, limit)


# Properties


@given(series)
def test_familiar_figures_do_not_know_which_way_the_series_runs(values):
    assert describe_familiar_rules(values) == describe_familiar_rules(values[::-1])


@given(series, st.integers(1, 9), st.integers(-9, 9))
def test_familiar_figures_do_not_know_the_scale(values, factor, shift):
    scaled = [factor * value + shift for value in values]

    assert describe_familiar_rules(scaled) == describe_familiar_rules(values)


@given(st.integers(0, 200), st.integers(12, 60))
@settings(max_examples=25, deadline=None)
def test_weeks_all_equal_give_no_signal(count, length):
    chart = draw_run_chart(weeks_of([count] * length), replicates=199)

    assert chart.signals == ()
    assert chart.median == count
    assert chart.familiar is None


def test_weeks_without_any_incident_say_so():
    chart = draw_run_chart(weeks_of([0] * 36))

    assert chart.reason_for_no_signal == "no incidents"
    assert chart.median == 0


@given(st.lists(st.integers(0, 500), max_size=11))
def test_fewer_than_twelve_weeks_give_no_signal_whatever_they_hold(counts):
    chart = draw_run_chart(weeks_of(counts))

    assert chart.signals == ()
    assert chart.reason_for_no_signal == "too few weeks"


def test_unlogged_weeks_do_not_count_towards_the_twelve():
    weeks = weeks_of([1, 1, 1, 1, 99, 99] * 3, [5, 5, 5, 5, 0, 0] * 3)

    assert draw_run_chart(weeks[:15]).reason_for_no_signal == "too few weeks"
    assert draw_run_chart(weeks).reason_for_no_signal != "too few weeks"


def test_no_weeks_at_all_have_no_median():
    chart = draw_run_chart(weeks_of([4, 5], [0, 0]))

    assert chart.median is None
    assert draw_run_chart([]).weeks == ()


@given(terms, st.integers(0, 300), st.data())
@settings(max_examples=25, deadline=None)
def test_what_an_unlogged_week_holds_changes_nothing_but_itself(counts, junk, data):
    missing = data.draw(st.integers(1, len(counts) - 2))
    days = [0 if index == missing else 5 for index in range(len(counts))]
    other = [junk if index == missing else n for index, n in enumerate(counts)]

    chart = draw_run_chart(weeks_of(counts, days), replicates=99)
    same = draw_run_chart(weeks_of(other, days), replicates=99)

    assert chart.signals == same.signals
    assert (chart.median, chart.familiar) == (same.median, same.familiar)
    assert all(days[one.first] and days[one.last] for one in chart.signals)


@given(terms)
@settings(max_examples=25, deadline=None)
def test_the_same_weeks_give_the_same_chart_and_signals_never_touch(counts):
    chart = draw_run_chart(weeks_of(counts), replicates=99)

    assert chart == draw_run_chart(weeks_of(counts), replicates=99)
    assert len(chart.signals) <= 3
    assert all(one.probability <= 0.05 for one in chart.signals)
    assert all(b.first > a.last + 1 for a, b in pairwise(chart.signals))
    assert (chart.reason_for_no_signal is None) == bool(chart.signals)


@given(terms)
@settings(max_examples=25, deadline=None)
def test_scores_of_a_series_told_backwards_are_the_scores_backwards(counts):
    charts = np.array([counts, counts[1:] + counts[:1]], dtype=float)
    days, times = np.full(len(counts), 5.0), np.arange(float(len(counts)))

    forward = score_all(charts, days, times)
    backward = score_all(charts[:, ::-1], days, times)

    for comparison in ("around", "five", "nine"):
        # Two charts alike in a stretch have scores of rounding only.
        mirrored = backward[comparison, 1][:, ::-1]
        assert np.allclose(forward[comparison, 1], mirrored, atol=1e-4)


def test_a_short_week_is_not_a_low_week():
    counts = [40] * 16 + [8] + [40] * 16
    days = [5] * 16 + [1] + [5] * 16

    assert spans(draw_run_chart(weeks_of(counts))) == [(16, 16, "lower")]
    assert spans(draw_run_chart(weeks_of(counts, days))) == []


def test_a_gap_in_recording_leaves_indexes_where_they_were():
    counts = [10] * 20 + [60] + [10] * 15
    days = [5] * 36
    days[3] = days[4] = 0

    assert spans(draw_run_chart(weeks_of(counts, days))) == [(20, 20, "higher")]


def test_weeks_out_of_order_or_below_zero_are_refused():
    weeks = weeks_of([3] * 12)

    with pytest.raises(ValueError, match="order of time"):
        draw_run_chart(weeks[::-1])
    with pytest.raises(ValueError, match="order of time"):
        draw_run_chart([weeks[0], weeks[0]])
    with pytest.raises(ValueError, match="negative"):
        draw_run_chart(weeks_of([-1]))
    with pytest.raises(ValueError, match="19 replicates"):
        draw_run_chart(weeks, replicates=18)


# A plain second computation


@given(series)
def test_runs_crossings_and_limits_agree_with_counting_by_hand(values):
    figures = describe_familiar_rules(values)

    assert (figures and vars(figures)) == familiar_rules_by_hand(values)


def familiar_rules_by_hand(values):
    ordered, n = sorted(values), len(values)
    middle = (ordered[(n - 1) // 2] + ordered[n // 2]) / 2 if n else 0
    sides = [value > middle for value in values if value != middle]
    if not sides:
        return None
    run = longest = 1
    crossings = 0
    for before, side in pairwise(sides):
        crossings += side != before
        run = run + 1 if side == before else 1
        longest = max(longest, run)
    n, fewest = len(sides), 0
    while sum(comb(n - 1, k) for k in range(fewest + 1)) / 2 ** (n - 1) < 0.05:
        fewest += 1
    limit = next(k for k in range(20) if n < sqrt(2) * 2**k) + 3
    return {
        "points": n,
        "longest_run": longest,
        "longest_run_limit": limit,
        "crossings": crossings,
        "fewest_crossings": fewest,
    }


@pytest.mark.parametrize(("mean", "factor"), [(5.0, 6), (20.0, 6), (60.0, 0.02)])
def test_scores_and_probabilities_agree_with_slow_loops(mean, factor):
    random = np.random.default_rng(4)
    counts = random.poisson(mean, 20).astype(float)
    counts[12:] = random.poisson(factor * mean, 8)
    days = np.array([5.0] * 10 + [3.0] + [5.0] * 9)
    times = np.arange(20.0)

    found = find_stretches(counts, days, times, seed=3, replicates=99)

    simulated = simulate_stable(counts, days, times, 3, 99)
    slow = stretches_by_hand([counts, *simulated], days)
    fast = {(one.first, one.last, round(one.probability, 9)) for one in found}
    assert fast
    assert fast == slow


def stretches_by_hand(charts, days):
    families = {}
    for kind, width in {"around": 1, "five": 5, "nine": 9, "onward": 9}.items():
        earliest = 9 if kind == "onward" else 0
        for first in range(earliest, len(days) - width + 1):
            away = [
                distance_by_hand(chart, days, first, width, kind) for chart in charts
            ]
            scores = (np.array(away) - np.mean(away)) / np.std(away)
            families.setdefault((kind, width, 1), {})[first] = scores
            families.setdefault((kind, width, -1), {})[first] = -scores
    peaks = {
        family: [max(s[i] for s in members.values()) for i in range(len(charts))]
        for family, members in families.items()
    }

    def share(family, value):
        return sum(p >= value - 1e-9 for p in peaks[family]) / len(charts)

    smallest = [
        min(share(family, peaks[family][i]) for family in families)
        for i in range(len(charts))
    ]
    slow = set()
    for family, members in families.items():
        best = max(members, key=lambda first: members[first][0])
        starts = [best] if family[0] == "onward" else list(members)
        for first in starts:
            scores = members[first]
            own = share(family, scores[0])
            probability = sum(s <= own + 1e-12 for s in smallest) / len(charts)
            if scores[0] > 0 and probability <= 0.04:
                slow.add((first, first + family[1] - 1, round(probability, 9)))
    return slow


def distance_by_hand(chart, days, first, width, kind):
    weeks = range(len(days))
    around = {
        "around": [i for i in weeks if i != first and abs(i - first) <= 9],
        "onward": range(first),
    }.get(kind, weeks)
    inside = weeks[first:] if kind == "onward" else weeks[first : first + width]
    level = sum(chart[i] for i in around) / sum(days[i] for i in around)
    likely = sum(level * days[i] for i in inside)
    usual = sum(chart) / sum(days)
    alike = sum(0.4 ** abs(i - j) for i in range(width) for j in range(width))
    alike /= width**2
    season = 0 if width == 1 else 0.3**2 / 2
    phi = dispersion_by_hand(chart, days, usual)
    seen = sum(chart[i] for i in inside)
    scatter = 1 + likely * (phi * alike + season)
    return (sqrt(seen + 3 / 8) - sqrt(likely + 3 / 8)) / sqrt(scatter)


def dispersion_by_hand(chart, days, level):
    if sum(chart) == 0:
        return 0.1
    pairs = list(pairwise(range(len(days))))
    chance = {(i, j): level * (1 / days[i] + 1 / days[j]) for i, j in pairs}
    surplus = {
        (i, j): (chart[i] / days[i] - chart[j] / days[j]) ** 2 - chance[i, j]
        for i, j in pairs
    }
    scale = 2 * level**2 * (1 - 0.4)
    odd = max(range(len(days)), key=lambda k: sum(surplus[p] for p in pairs if k in p))
    kept = [pair for pair in pairs if odd not in pair]
    own = sum(surplus[pair] for pair in kept) / (scale * len(kept))
    usual = sum((chance[pair] + 0.1 * scale) ** 2 for pair in kept)
    error = sqrt(3 * usual) / (scale * len(kept))
    return 0.1 + 0.1**2 / (0.1**2 + error**2) * max(own - 0.1, 0)


def test_an_odd_week_does_not_hide_itself_in_the_dispersion():
    calm = np.tile([9.0, 11.0], 18)
    odd = np.where(np.arange(36) == 20, 60.0, calm)

    estimates = estimate_dispersion(
        np.stack([calm, odd]), np.full(36, 5.0), np.arange(36.0)
    )

    assert estimates.tolist() == [0.1, 0.1]


# How often it is wrong, and whether it can be right


def stable_weeks(random, length, mean):
    """Draw over-dispersed weeks with carry-over 0.4 and a season of 28 %."""
    level, levels = random.normal(), []
    for _ in range(length):
        level = 0.4 * level + sqrt(1 - 0.4**2) * random.normal()
        levels.append(level)
    bunching = np.exp(np.array(levels) * sqrt(np.log(1.1))) / sqrt(1.1)
    wave = 2 * np.pi * np.arange(length) / 52 + random.uniform(0, 2 * np.pi)
    return mean * bunching * (1 + 0.28 * np.cos(wave))


def share_called_changed(length, mean, factors, charts):
    random = np.random.default_rng(7)
    called = 0
    for _ in range(charts):
        means = stable_weeks(random, length, mean) * factors
        chart = draw_run_chart(weeks_of(random.poisson(means).tolist()))
        called += bool(chart.signals)
    return called / charts


@pytest.mark.slow
@pytest.mark.parametrize(("length", "mean"), [(12, 40.0), (36, 10.0)])
def test_at_most_one_stable_school_in_twenty_is_called_changed(length, mean):
    charts = 200

    share = share_called_changed(length, mean, np.ones(length), charts)

    assert share <= 0.05 + 2.33 * sqrt(0.05 * 0.95 / charts)


@pytest.mark.slow
@pytest.mark.parametrize("factor", [2.0, 0.5])
def test_a_second_year_twice_or_half_as_busy_is_found_in_most_schools(factor):
    factors = np.where(np.arange(104) < 52, 1.0, factor)

    assert share_called_changed(104, 10.0, factors, charts=40) > 0.6


def test_a_lasting_change_is_found_where_it_began():
    calm = [18, 22, 20, 19, 21, 20] * 9

    doubled = draw_run_chart(weeks_of(calm + [2 * count for count in calm]))
    halved = draw_run_chart(weeks_of(calm + [count // 2 for count in calm]))

    assert spans(doubled) == [(54, 62, "higher")]
    assert spans(halved) == [(54, 62, "lower")]
