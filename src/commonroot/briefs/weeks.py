"""How are we doing over time? Incidents by week, or the days between rare ones."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from commonroot.analysis.run_chart import RunChart, Week, draw_run_chart
from commonroot.briefs.rows import Scope
from commonroot.briefs.timing import Counts, Days, find_monday, list_mondays

RARE_A_WEEK = 2.0
DAYS_A_WEEK = 5
FEWEST_GAPS = 10


@dataclass(frozen=True)
class DaysBetween:
    """School days from one incident to the next, where incidents are rare."""

    median: float
    longest: int
    gaps: int


def chart_weeks(
    scope: Scope, days: Days, logged: Days, counts: Mapping[dt.date, int]
) -> RunChart:
    """Draw the run chart over the weeks with school, or all weeks without a calendar.

    `counts` holds incidents by Monday.
    """
    logging_days = Counter(find_monday(day) for day in logged)
    with_school = {find_monday(day) for day in days}
    weeks = [
        Week(monday, counts.get(monday, 0), logging_days[monday])
        for monday in list_mondays(scope)
        if not days or monday in with_school or monday in counts
    ]
    return draw_run_chart(weeks)


def measure_days_between(
    days: Days, logging_days: int, records: Counts
) -> DaysBetween | None:
    """Measure school days between incidents where there are fewer than two a week.

    Incidents on one date count as one event in time (the rule for G charts).
    """
    a_week = sum(records.values()) / max(1, logging_days) * DAYS_A_WEEK
    if not days or a_week >= RARE_A_WEEK:
        return None
    position = {day: number for number, day in enumerate(days)}
    dates = sorted(position[day] for day in records if day in position)
    gaps = [after - before for before, after in pairwise(dates)]
    if len(gaps) < FEWEST_GAPS:
        return None
    return DaysBetween(float(median(gaps)), max(gaps), len(gaps))
