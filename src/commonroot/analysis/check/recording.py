"""Whether people recorded in the same way before and after; if not, nothing can be told."""

import math
from collections.abc import Sequence

from commonroot.analysis.check.series import Week

MOST_DAYS_LOST = 1 / 3
MOST_MOVED = 2.0
SURE = 3.0
FEWEST_INCIDENTS = 20


def find_recording_change(
    earlier: Sequence[Week],
    after: Sequence[Week],
    all_before: Sequence[Week],
    all_after: Sequence[Week],
) -> str | None:
    """Find a change of recording that happened with the change; gives its name.

    `earlier` and `after` are the recorded weeks, the others all weeks with school.

    `days`: the share of school days that were recorded moved by more than a third.
    `rest`: the rest of the school, where nothing was changed, moved by more than two
    times per recorded day, and further than its weeks scatter (three times its error).
    """
    if not earlier or not all_after:
        return None
    if abs(share_days(all_after) - share_days(all_before)) > MOST_DAYS_LOST:
        return "days"
    if rest_moved(earlier, after):
        return "rest"
    return None


def share_days(weeks: Sequence[Week]) -> float:
    """Give the share of school days that were recorded."""
    school_days = sum(week.school_days for week in weeks)
    return (
        sum(week.logging_days for week in weeks) / school_days if school_days else 1.0
    )


def rest_moved(earlier: Sequence[Week], after: Sequence[Week]) -> bool:
    """Say whether the rest of the school is recorded at quite another rate."""
    counts = [sum(week.rest for week in weeks) for weeks in (earlier, after)]
    days = [sum(week.logging_days for week in weeks) for weeks in (earlier, after)]
    if min(sum(counts), *days) < 1 or sum(counts) < FEWEST_INCIDENTS:
        return False
    moved = math.log((counts[1] + 0.5) / days[1]) - math.log(
        (counts[0] + 0.5) / days[0]
    )
    error = math.sqrt(
        scatter(earlier, after) * sum(1 / (each + 0.5) for each in counts)
    )
    return abs(moved) > math.log(MOST_MOVED) and abs(moved) > SURE * error


def scatter(*periods: Sequence[Week]) -> float:
    """Give the variance of the rest's weeks over Poisson's, each period with its own rate."""
    squares, freedom = 0.0, 0
    for weeks in periods:
        rate = sum(week.rest for week in weeks) / sum(w.logging_days for w in weeks)
        if rate:
            squares += sum(
                (week.rest - rate * week.logging_days) ** 2 / (rate * week.logging_days)
                for week in weeks
            )
            freedom += len(weeks) - 1
    return max(1.0, squares / freedom) if freedom else 1.0
