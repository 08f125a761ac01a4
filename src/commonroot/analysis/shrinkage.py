"""Shrinkage: one group's risk ratio in several schools, each lending to the others.

The model. In school j the group's students with an incident are binomial with
risk q_j exp(x_j), the rest's with risk q_j. The log risk ratios x_j are normal
around the network's mean m with spread s; m is normal around 0 with standard
deviation 1, and s is half-normal with scale 0.5. Nothing is approximated by a
normal but the spread between schools: counts of 0, 1 and 2 enter as they are.

The rest's risk q_j is profiled (set to its best value for each x_j), not
integrated out. A school without any incident then says nothing about the
ratio, as it should, and swapping group and rest turns every ratio upside down
exactly; a prior on q_j alone breaks both. For rare incidents the profile equals
the conditional likelihood, which does not depend on q_j at all.
"""

from collections.abc import Sequence
from math import isqrt

import numpy as np
from numpy.typing import NDArray

from commonroot.analysis.intervals import find_likeliest_share

Numbers = NDArray[np.float64]
Table = tuple[int, int, int, int]

# On the log scale 1.0 says: two networks in three have a mean ratio between
# 1/2.7 and 2.7, and nineteen in twenty between 1/7 and 7.
SPREAD_OF_MEAN = 1.0
# Half-normal 0.5: schools mostly differ by less than a factor e^0.5 = 1.6 from
# their network. Friede et al. (2017), Research Synthesis Methods 8:79-91.
SCALE_OF_SPREAD = 0.5

# Ratios from 1/1100 to 1100 in steps of 2.5 %.
STEPS = 280
LOG_RATIOS: Numbers = np.linspace(-7.0, 7.0, 2 * STEPS + 1)
# From any ratio on the grid to any other.
ALL_DEPARTURES: Numbers = np.linspace(-14.0, 14.0, 4 * STEPS + 1)
# Four scales of the half-normal.
WIDEST_SPREAD = 4 * SCALE_OF_SPREAD
TINY = 1e-300


def shrink_log_ratios(tables: Sequence[Table], levels: Sequence[float]) -> Numbers:
    """Give quantiles of each school's log risk ratio, shape (schools, levels).

    A table is (students, enrolled, rest's students, rest's enrolled).

    >>> own = shrink_log_ratios([(6, 20, 20, 280)], [0.5])[0, 0]
    >>> calm = (2, 25, 20, 250)
    >>> shared = shrink_log_ratios([(6, 20, 20, 280), calm, calm, calm], [0.5])[0, 0]
    >>> float(np.exp(own).round(2)), float(np.exp(shared).round(2))
    (3.34, 2.17)
    """
    log_likelihoods = np.array([_log_likelihood(table) for table in tables])
    return _find_quantiles(_find_posteriors(log_likelihoods), levels)


def _find_posteriors(log_likelihoods: Numbers) -> Numbers:
    """Posteriors on LOG_RATIOS, shape (schools, ratios); rows add up to 1.

    Each school's prior is what all the other schools, and not its own counts,
    say about the network's mean and spread.
    """
    schools = len(log_likelihoods)
    priors = np.full_like(log_likelihoods, -np.inf)
    prior_of_mean = np.log(_normal(LOG_RATIOS, SPREAD_OF_MEAN))
    for spread, weight in zip(*_lay_out_spreads(schools), strict=True):
        departures = _normal(ALL_DEPARTURES, spread)
        means = _blur(log_likelihoods, departures)
        others = means.sum(axis=0) - means + prior_of_mean + np.log(weight)
        priors = np.logaddexp(priors, _blur(others, departures))
    logs = log_likelihoods + priors
    posteriors = np.exp(logs - logs.max(axis=1, keepdims=True))
    return np.asarray(posteriors / posteriors.sum(axis=1, keepdims=True))


def _log_likelihood(table: Table) -> Numbers:
    """Log likelihood of LOG_RATIOS with the rest's risk at its best value."""
    count, total, other_count, other_total = table
    ratios = np.exp(LOG_RATIOS)
    other_shares = find_likeliest_share(*table, ratios)
    shares = ratios * other_shares
    return (
        _log_power(shares, count)
        + _log_power(1 - shares, total - count)
        + _log_power(other_shares, other_count)
        + _log_power(1 - other_shares, other_total - other_count)
    )


def _log_power(shares: Numbers, times: int) -> Numbers:
    """times * log(share), where no times of log(0) is nothing."""
    if times == 0:
        return np.zeros_like(shares)
    return times * np.log(np.maximum(shares, TINY))


def _lay_out_spreads(schools: int) -> tuple[Numbers, Numbers]:
    """Spreads between schools to sum over, and their prior weights.

    By Gauss and Legendre. Many schools settle their spread more sharply, as the
    root of their number, so they need finer steps.
    """
    nodes, weights = np.polynomial.legendre.leggauss(max(24, 8 * isqrt(schools)))
    spreads = (nodes + 1) * WIDEST_SPREAD / 2
    return spreads, weights * np.exp(-0.5 * (spreads / SCALE_OF_SPREAD) ** 2)


def _normal(values: Numbers, spread: float) -> Numbers:
    """A normal density around 0 on the grid, adding up to 1.

    A spread far under the step becomes a single spike: schools are all alike.
    """
    density = np.exp(-0.5 * (values / spread) ** 2)
    return np.asarray(density / density.sum())


def _blur(logs: Numbers, departures: Numbers) -> Numbers:
    """Sum each row over schools' departures; logarithms come in and go out.

    A Fourier transform is quicker, and refused: its noise of 1e-16 drowns the
    far tails, and then a hundred schools in step outvote the one that is not. A
    product of matrices is refused too: its threads wait for one another on a
    busy laptop, and take ten times as long.
    """
    top = logs.max(axis=1, keepdims=True)
    rows = [np.convolve(row, departures, "valid") for row in np.exp(logs - top)]
    return np.asarray(np.log(np.array(rows) + TINY) + top)


def _find_quantiles(posteriors: Numbers, levels: Sequence[float]) -> Numbers:
    """Quantiles of each row, joining the middles of the steps by straight lines."""
    middles = posteriors.cumsum(axis=1) - posteriors / 2
    return np.array([np.interp(levels, row, LOG_RATIOS) for row in middles])
