"""What of a check may be told: the answer and a coarse interval, and no count.

An exact ratio is a count in disguise: beside the one of the day before it tells what
happened in between.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

from commonroot.analysis.check.checking import Check, Verdict

STEP, MOST_TOLD = 0.05, 4.0


@dataclass(frozen=True)
class Answer:
    """What may be told of a change. A `high` of None is more than four times as many.

    `schools` is how many other schools it was compared with, together.
    """

    verdict: Verdict
    weeks_before: int
    weeks_after: int
    ratio: float | None = None
    low: float | None = None
    high: float | None = None
    reason: str = ""
    schools: int = 0


def release_answer(check: Check, schools: int = 0) -> Answer:
    """Give a check without its counts, its ratios in steps of a twentieth.

    Ends are moved outwards, so that the interval holds at least what it held; but never
    across 1, on whose side the answer stands.

    >>> from commonroot.analysis.check.checking import Verdict
    >>> found = Check(Verdict.HELPED, 18, 12, 36, 96.0, 1.0, 0.375, 0.21, 0.97)
    >>> told = release_answer(found)
    >>> told.ratio, told.low, told.high
    (0.4, 0.2, 0.95)
    """
    told = Answer(
        check.verdict,
        check.weeks_before,
        check.weeks_after,
        reason=check.reason,
        schools=schools,
    )
    if check.ratio is None or check.low is None or check.high is None:
        return told
    low, high = step(check.low, math.floor), step(check.high, math.ceil)
    if check.high < 1:
        high = min(high, 1 - STEP)
    if check.low > 1:
        low = max(low, 1 + STEP)
    return Answer(
        check.verdict,
        check.weeks_before,
        check.weeks_after,
        min(MOST_TOLD, max(STEP, step(check.ratio, round))),
        round(min(low, MOST_TOLD), 2),
        None if high > MOST_TOLD else round(high, 2),
        check.reason,
        schools,
    )


def step(ratio: float, take: Callable[[float], int]) -> float:
    """Move a ratio onto the steps."""
    if math.isinf(ratio):
        return ratio
    return round(take(round(ratio / STEP, 9)) * STEP, 2)
