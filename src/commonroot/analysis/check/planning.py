"""What a change could show, and when: told before it begins."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from commonroot.analysis.check.checking import (
    FEWEST_BEFORE,
    FEWEST_EXPECTED,
    FEWEST_WEEKS_AFTER,
    FEWEST_WEEKS_BEFORE,
    PLANNED_WEEKS,
    plan_information,
)
from commonroot.analysis.check.evidence import (
    Evidence,
    Table,
    bound,
    measure_dispersion,
    sum_weeks,
)
from commonroot.analysis.check.series import Series, Week

EFFECTS = (0.5, 0.75)
POWER, PATHS = 0.8, 2_000


@dataclass(frozen=True)
class Sight:
    """After how many weeks an effect would probably be seen; None: not in those left.

    `effect` is the ratio: 0.5 is a halving.
    """

    effect: float
    weeks: int | None


def foresee(
    earlier: Sequence[Week],
    weeks_left: int,
    *,
    picked: float = 1.0,
    planned_weeks: int = PLANNED_WEEKS,
    effects: Sequence[float] = EFFECTS,
) -> list[Sight]:
    """Foresee before when each effect would hardly be told as helped (8 chances in 10).

    From the recorded weeks before, if the school goes on at their pace and somebody
    looks every week: the best case, without breaks and wandering. 2,000 paths with a fixed seed: the same weeks, the same answer.

    >>> week = Week(target=5, rest=25, logging_days=5, school_days=5)
    >>> foresee([week] * 18, 30)
    [Sight(effect=0.5, weeks=20), Sight(effect=0.75, weeks=None)]
    """
    weeks = [week for week in earlier if week.logging_days]
    table = sum_weeks(weeks, [])
    if len(weeks) < FEWEST_WEEKS_BEFORE or table.target_before < FEWEST_BEFORE:
        return [Sight(effect, None) for effect in effects]
    plan = plan_information(Series(weeks, len(weeks)), planned_weeks)
    dispersion = measure_dispersion(weeks)

    def look(week: int, effect: float) -> Evidence:
        share = week / len(weeks)
        foreseen = Table(
            table.target_before,
            table.rest_before,
            table.target_before * share * effect * picked,
            table.rest_before * share,
        )
        return Evidence(foreseen, dispersion, plan)

    per_week = table.target_before / len(weeks) * picked
    first = max(FEWEST_WEEKS_AFTER, math.ceil(FEWEST_EXPECTED / per_week))
    found = []
    for effect in effects:
        looks = [look(week, effect) for week in range(first, weeks_left + 1)]
        told = share_told(looks, picked) if looks else np.zeros(0)
        seen = np.flatnonzero(told >= POWER)
        found.append(Sight(effect, first + int(seen[0]) if seen.size else None))
    return found


def share_told(looks: Sequence[Evidence], picked: float) -> npt.NDArray[np.float64]:
    """Give the share of paths that lay beyond the boundary by each look."""
    places, times = np.array([look.weigh(0.0, picked) for look in looks]).T
    bounds = np.array(
        [bound(time, look.plan) for time, look in zip(times, looks, strict=True)]
    )
    steps = np.sqrt(np.diff(times, prepend=0.0).clip(min=0.0))
    chance = np.random.default_rng(1).standard_normal((PATHS, len(looks)))
    beyond = places + np.cumsum(chance * steps, axis=1) <= -bounds
    told: npt.NDArray[np.float64] = np.logical_or.accumulate(beyond, axis=1).mean(
        axis=0
    )
    return told
