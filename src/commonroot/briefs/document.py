"""`brief.json`: the sheet for other programs. Described in docs/brief-json.md."""

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from commonroot.analysis.disclosure import Shown
from commonroot.analysis.fairness import Estimate
from commonroot.analysis.run_chart import Week
from commonroot.briefs.facts import Facts
from commonroot.briefs.groups import Group
from commonroot.briefs.patterns import StandingOut, make_patterns
from commonroot.briefs.rows import NOT_RECORDED
from commonroot.languages import gettext as _

VERSION = 1
SLICES = ("location", "time", "weekday", "month", "grade", "behaviour", "response")


def make_document(facts: Facts, found: StandingOut) -> dict[str, Any]:
    """Make the JSON document out of released facts."""
    return {
        "version": VERSION,
        "school": name_school(facts),
        "period": {
            "from": facts.scope.first.isoformat(),
            "to": facts.scope.last.isoformat(),
        },
        "coverage": make_coverage(facts),
        "counts": make_counts(facts),
        "rate": {
            "per_100_students_per_school_day": round_rate(facts.rate.value),
            "majors_per_100_students_per_school_day": round_rate(facts.rate.majors),
            "denominator": facts.rate.denominator,
        },
        "run_chart": make_run_chart(facts),
        "slices": {name: make_slice(name, facts) for name in SLICES},
        "situations": make_situations(facts),
        "groups": [make_group(group) for group in facts.groups],
        "patterns": make_patterns(found),
    }


def name_school(facts: Facts) -> str:
    """Name the school of the sheet; several are named by their number."""
    schools = facts.scope.schools
    if len(schools) == 1:
        return schools[0]
    if schools:
        return _("{number} schools together").format(number=len(schools))
    return _("The school of this file")


def round_rate(value: float | None) -> float | None:
    """Round a rate to four places, which is more than it can bear."""
    return None if value is None else round(value, 4)


def make_coverage(facts: Facts) -> dict[str, Any]:
    """Tell how the period was recorded."""
    timing = facts.timing
    coverage = timing.coverage
    return {
        "school_days": coverage.school_days if coverage else None,
        "logging_days": timing.logging_days,
        "records_per_logging_day": None
        if facts.totals.incidents is None
        else round(timing.records_a_day, 3),
        "last_record": timing.last_record.isoformat(),
        "school_days_since_last_record": timing.days_since_last_record,
        "gaps": [
            {
                "from": gap.first.isoformat(),
                "to": gap.last.isoformat(),
                "school_days": gap.days,
            }
            for gap in (coverage.gaps if coverage else ())
        ],
        "share_without_time": round(timing.share_without_time, 4),
        "share_with_default_time": round(timing.share_default_time, 4),
        "share_without_place": round(timing.share_without_place, 4),
    }


def make_counts(facts: Facts) -> dict[str, Any]:
    """Tell the counts; each names what it counts."""
    totals = facts.totals
    counts: dict[str, Any] = {
        "incidents": totals.incidents,
        "student_incidents": totals.student_incidents,
        "removals": totals.removals,
    }
    # Removals may also be null because the file does not tell of any response.
    hidden = totals.incidents is None or (
        totals.removals is None and facts.knows_responses
    )
    return {**counts, **({"protected": True} if hidden else {})}


def make_run_chart(facts: Facts) -> dict[str, Any]:
    """Tell the weeks, their median and the signals that may be claimed."""
    chart = facts.run_chart
    if chart is None:
        return {"points": [], "days_between": None, "median": None, "signals": []}
    points = [make_week(week, facts) for week in chart.weeks]
    return {
        "points": points,
        "days_between": facts.days_between and asdict(facts.days_between),
        "median": find_shown_median(points),
        "signals": [
            {
                "from": chart.weeks[signal.first].start.isoformat(),
                "to": chart.weeks[signal.last].start.isoformat(),
                "direction": signal.direction,
                "shape": signal.shape,
                "probability": math.ceil(100 * signal.probability) / 100,
            }
            for signal in chart.signals
            if is_seen(points[signal.first : signal.last + 1])
        ],
    }


def is_seen(points: Sequence[Mapping[str, Any]]) -> bool:
    """Are at least half of these weeks shown, so that a signal is about what is seen?"""
    return 2 * sum(point["incidents"] is not None for point in points) >= len(points)


def find_shown_median(points: Sequence[Mapping[str, Any]]) -> float | None:
    """Find the median of the recorded weeks, out of what is shown of them.

    A hidden week is taken to be among the lowest, which nearly every one is; the true
    median would tell hidden weeks apart. None when the middle falls on a hidden week.
    """
    counts = sorted(
        -1 if point["incidents"] is None else int(point["incidents"])
        for point in points
        if point["logging_days"] is None or point["logging_days"] > 0
    )
    middle = (
        [counts[(len(counts) - 1) // 2], counts[len(counts) // 2]] if counts else [-1]
    )
    return None if min(middle) < 0 else sum(middle) / len(middle)


def make_week(week: Week, facts: Facts) -> dict[str, Any]:
    """Tell one week. Days with records would give away a protected week's number.

    Where the school's calendar is known, logging days are days on which recording was
    on, and say nothing about how much was recorded.
    """
    shown = facts.calendar.table("week").get(week.start.isoformat())
    protected = shown is None or shown.protected
    by_calendar = facts.timing.coverage is not None
    return {
        "week": week.start.isoformat(),
        "incidents": None if shown is None else shown.incidents,
        "logging_days": week.logging_days if by_calendar or not protected else None,
        **({"protected": True} if protected else {}),
    }


def find_table(name: str, facts: Facts) -> Mapping[Hashable, Shown]:
    """Find the released table of a slice."""
    if name in ("location", "time"):
        return facts.situations.table(name)
    if name in ("weekday", "month"):
        return facts.calendar.table(name)
    return facts.simple[name].table(name)


def make_slice(name: str, facts: Facts) -> list[dict[str, Any]]:
    """Tell one slice, largest first; what is protected comes last, in name order."""
    # About fewer than 5 students nothing is told, not even where.
    table = find_table(name, facts) if facts.totals.incidents is not None else {}
    rows = [
        {
            "value": str(value),
            "incidents": shown.incidents,
            "students": shown.students,
            **({"protected": True} if shown.protected else {}),
        }
        for value, shown in table.items()
        if shown.protected or shown.incidents
    ]
    return sorted(rows, key=order_of_row)


def order_of_row(row: Mapping[str, Any]) -> tuple[bool, float, str]:
    """Order rows by incidents, so that the place of a protected one tells nothing."""
    protected = row["incidents"] is None
    return protected, 0.0 if protected else -float(row["incidents"]), str(row["value"])


def make_situations(facts: Facts) -> list[dict[str, Any]]:
    """Tell the grid of places and times."""
    rows = [
        {
            "location": key[0],
            "time": key[1],
            "value": f"{key[0]} {key[1]}",
            "incidents": shown.incidents,
            "students": shown.students,
            **({"protected": True} if shown.protected else {}),
        }
        for key, shown in facts.situations.table("situation").items()
        if facts.totals.incidents is not None
        and isinstance(key, tuple)
        and key[0] != NOT_RECORDED
        and (shown.protected or shown.incidents)
    ]
    rows.sort(key=order_of_row)
    return [{k: v for k, v in row.items() if k != "value"} for row in rows]


def make_group(group: Group) -> dict[str, Any]:
    """Tell one group."""
    told = group.estimates
    estimates = {
        "risk": told.risk if told else None,
        "risk_ratio": told.ratio if told else None,
        "risk_ratio_shrunk": told.steadied if told else None,
        "risk_difference": told.difference if told else None,
        "students_beyond_expected": told.raw if told else None,
        "incident_rate_ratio": told.rate_ratio if told else None,
    }
    document: dict[str, Any] = {
        "column": group.column,
        "value": group.value,
        "enrolled": group.enrolled,
        "students": group.students,
    }
    for name, estimate in estimates.items():
        document[name] = point(estimate)
        document[f"{name}_95"] = interval(estimate)
    return {**document, **({"protected": True} if group.protected else {})}


def point(estimate: Estimate | None) -> float | None:
    """Give an estimate's value; JSON knows no infinity."""
    return finite(estimate.value) if estimate else None


def interval(estimate: Estimate | None) -> list[float | None] | None:
    """Give an estimate's interval; an open end is null."""
    return [finite(estimate.low), finite(estimate.high)] if estimate else None


def finite(value: float | None) -> float | None:
    """Round a finite number; anything else is null."""
    return round(value, 4) if value is not None and math.isfinite(value) else None
