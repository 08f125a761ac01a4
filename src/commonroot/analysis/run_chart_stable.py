"""What a stable school's weeks look like: how they bunch, carry over and have a season.

One year of one school cannot tell these from a change, so their size is borrowed
from like schools. See docs/methods/run-chart.md for what rests on each figure.
"""

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

# Borrowed from like schools: variance of a week = mean + 0.1 mean^2, a correlation of
# 0.4 from one week to the next (docs/methods/run-chart.md), and a season of 30 % either way.
BORROWED_DISPERSION = 0.1
SPREAD_OF_DISPERSION = 0.1
CARRY_OVER = 0.4
SEASON = 0.3
WEEKS_IN_A_YEAR = 365.25 / 7


def simulate_stable(
    counts: Numbers, days: Numbers, times: Numbers, seed: int, replicates: int
) -> Numbers:
    """Simulate weeks of a stable school like this one: shape (replicates, weeks).

    A Poisson count around level x days x carry-over x season: the carry-over is
    log-normal with the variance of `estimate_dispersion` and a correlation that fades
    with the calendar, the season a wave of 30 % with a random peak. Each
    replicate is brought to the school's own level: a different level is no news.

    >>> fours, fives = np.full(20, 4.0), np.full(20, 5.0)
    >>> simulate_stable(fours, fives, np.arange(20.0), seed=1, replicates=9).shape
    (9, 20)
    """
    random = np.random.default_rng(seed)
    [dispersion] = estimate_dispersion(counts[np.newaxis], days, times)
    factor = np.linalg.cholesky(np.log1p(dispersion) * fade(times))
    carried = random.standard_normal((replicates, len(counts))) @ factor.T
    peaks = random.uniform(0, 2 * np.pi, (replicates, 1))
    season = 1 + SEASON * np.cos(2 * np.pi * times / WEEKS_IN_A_YEAR - peaks)
    weights = days * np.exp(carried) * season
    means = counts.sum() * weights / weights.sum(axis=1, keepdims=True)
    return np.asarray(random.poisson(means), dtype=np.float64)


def estimate_dispersion(charts: Numbers, days: Numbers, times: Numbers) -> Numbers:
    """Estimate each chart's phi (variance = mean + phi mean^2), shrunk to 0.1.

    From differences between neighbouring weeks, which a slow change or a season
    hardly moves, leaving out the week that differs most from its neighbours: an odd
    week must not hide itself. The weight of the chart's own figure is the
    usual spread^2 / (spread^2 + error^2). Never below 0.1; 0.1 without incidents.

    >>> estimate_dispersion(np.full((1, 20), 4.0), np.full(20, 5.0), np.arange(20.0))
    array([0.1])
    """
    level = np.maximum(charts.sum(axis=1, keepdims=True), 1) / days.sum()
    chance = level * (1 / days[1:] + 1 / days[:-1])
    surplus = np.diff(charts / days, axis=1) ** 2 - chance
    scale = 2 * level**2 * (1 - CARRY_OVER ** np.diff(times))
    kept = np.ones_like(surplus)
    edge = np.zeros((len(charts), 1))
    around = np.hstack([surplus, edge]) + np.hstack([edge, surplus])
    odd, rows = around.argmax(axis=1), np.arange(len(charts))
    kept[rows, np.maximum(odd - 1, 0)] = 0
    kept[rows, np.minimum(odd, surplus.shape[1] - 1)] = 0
    total = (kept * scale).sum(axis=1)
    own = (kept * surplus).sum(axis=1) / total
    usual = kept * (chance + BORROWED_DISPERSION * scale)
    # Neighbouring differences share a week: their squares vary as if a third fewer.
    error = np.sqrt(3 * (usual**2).sum(axis=1)) / total
    weight = SPREAD_OF_DISPERSION**2 / (SPREAD_OF_DISPERSION**2 + error**2)
    above = np.maximum(own - BORROWED_DISPERSION, 0)
    return np.asarray(BORROWED_DISPERSION + weight * above)


def estimate_season(charts: Numbers, flat: Numbers, times: Numbers) -> Numbers:
    """Estimate each chart's own yearly wave, as a factor around 1 for every week.

    The best linear prediction of a wave of 30 % with unknown peak, seen through
    counting noise and carry-over; what the weeks cannot tell stays near 1.

    >>> times = np.arange(104.0)
    >>> wave = 40 * (1 + 0.3 * np.cos(2 * np.pi * times / WEEKS_IN_A_YEAR))
    >>> season = estimate_season(wave[np.newaxis], np.full((1, 104), 40.0), times)
    >>> float(season.max().round(2)), float(season.min().round(2))
    (1.27, 0.73)
    """
    apart = 2 * np.pi * (times[:, np.newaxis] - times) / WEEKS_IN_A_YEAR
    wave = SEASON**2 / 2 * np.cos(apart)
    # The real chart is the first row; all rows share its level, give or take chance.
    noise = np.diag(1 / flat[0]) + BORROWED_DISPERSION * fade(times)
    unknown_level = 100.0
    smoother = np.linalg.solve(wave + noise + unknown_level, wave)
    surprise = charts / np.maximum(flat, 1e-9) - 1
    return np.asarray(np.clip(1 + surprise @ smoother, 1 - SEASON, 1 + SEASON))


def fade(times: Numbers) -> Numbers:
    """Say how alike two weeks are: 0.4 to the power of the weeks between them.

    >>> fade(np.array([0.0, 1, 3])).round(3).tolist()
    [[1.0, 0.4, 0.064], [0.4, 1.0, 0.16], [0.064, 0.16, 1.0]]
    """
    return np.asarray(CARRY_OVER ** np.abs(times[:, np.newaxis] - times))
