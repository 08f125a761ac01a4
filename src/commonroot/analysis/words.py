"""Findings as sentences, in plain words that begin with place and time.

No sentence says why something happened, and none says that a number moved unless the
calibrated rules say so.
"""

import math
from collections.abc import Sequence
from datetime import date

from commonroot.analysis.coverage import Coverage
from commonroot.analysis.fairness import Estimate
from commonroot.analysis.rates import NationalMedian
from commonroot.analysis.run_chart import FamiliarRules, RunChart, Signal

FEWER_THAN_FIVE = "fewer than 5"


def write_day(day: date) -> str:
    """Write a date.

    >>> write_day(date(2026, 1, 5))
    '5 January 2026'
    """
    return f"{day.day} {day:%B} {day.year}"


def write_number(value: float, places: int = 0) -> str:
    """Write a number with thousands apart.

    >>> write_number(15578), write_number(0.9136, 2)
    ('15,578', '0.91')
    """
    return f"{value:,.{places}f}"


def write_share(share: float) -> str:
    """Write a share as a percentage; a trace is not nothing.

    >>> write_share(0.004), write_share(0.12), write_share(1.0)
    ('under 1%', '12%', '100%')
    """
    percent = round(share * 100)
    return "under 1%" if share > 0 and percent == 0 else f"{percent}%"


def write_list(items: Sequence[str], *, last: str = "and") -> str:
    """Write a list.

    >>> write_list(["gym", "bus", "hall"])
    'gym, bus and hall'
    """
    return f" {last} ".join(filter(None, [", ".join(items[:-1]), *items[-1:]]))


def count_noun(number: int | None, noun: str, plural: str | None = None) -> str:
    """Write a count with its noun; a protected count as "fewer than 5 students".

    >>> count_noun(1, "removal"), count_noun(3200, "incident"), count_noun(None, "student")
    ('1 removal', '3,200 incidents', 'fewer than 5 students')
    """
    many = plural or f"{noun}s"
    if number is None:
        return f"{FEWER_THAN_FIVE} {many}"
    return f"{number:,} {noun if number == 1 else many}"


def describe_coverage(coverage: Coverage) -> list[str]:
    """Say whether people were recording; what fell comes first."""
    told = []
    for gap in coverage.gaps:
        if gap.marked:
            told.append(
                f"The school says that nobody recorded from {write_day(gap.first)} to "
                f"{write_day(gap.last)} ({count_noun(gap.days, 'school day')}). Those days "
                "are left out of every rate."
            )
            continue
        told.append(
            f"No record was written from {write_day(gap.first)} to {write_day(gap.last)} "
            f"({count_noun(gap.days, 'school day')}). That is longer than chance would give at "
            "this school, so read it as a gap in recording. Those days are left out of "
            "every rate."
        )
    if not coverage.can_tell:
        return [
            *told,
            "Something was written down on so few of these school days that nobody can tell "
            "quiet days from days on which nobody recorded. Read the numbers below as what "
            "was written down, and no more.",
        ]
    told.append(
        f"Recording was on for {coverage.logging_days:,} of {coverage.school_days:,} school days."
    )
    quiet = coverage.logging_days - coverage.days_with_records
    tenths = round(10 * quiet / max(1, coverage.logging_days))
    if tenths > 0:
        told.append(
            f"On about {tenths} in 10 of those days nothing was written down; no such "
            "stretch is longer than usual for this school."
        )
    return told


def describe_days_since(days: int | None) -> str | None:
    """Say how many school days have passed since the last record.

    >>> describe_days_since(12), describe_days_since(0)
    ('12 school days have passed since then.', None)
    """
    if not days:
        return None
    return f"{count_noun(days, 'school day')} {'has' if days == 1 else 'have'} passed since then."


def describe_national(median: NationalMedian, *, majors: float | None) -> str:
    """Set a school's rate of majors beside the published one, as context only."""
    beside = (
        f"This school's rate of majors, counted the same way (one for each student), is {write_number(majors, 2)}."
        if majors is not None
        else "These records do not say which incidents are major, so the two cannot be compared."
    )
    return (
        f"For context only: in {median.year}, half of {median.schools:,} schools with grades "
        f"{median.grades} that record with SWIS had {median.median:.2f} or fewer majors per 100 students "
        f"per school day (middle half: {median.first_quarter:.2f} to {median.third_quarter:.2f}). "
        f"{beside} Schools differ in what they write down."
    )


def describe_run_chart(chart: RunChart) -> str:
    """Say what the run chart shows, and claim no more than may be claimed."""
    if chart.reason_for_no_signal == "too few weeks":
        return "Too early to tell: a pattern over time needs at least 12 weeks with records."
    if not chart.signals:
        return (
            "No change that stands out from the ordinary ups and downs of weeks and "
            "seasons. Single high or low weeks here are not news."
        )
    return " ".join(describe_signal(chart, signal) for signal in chart.signals)


def describe_signal(chart: RunChart, signal: Signal) -> str:
    """Say one signal, without saying why."""
    first = write_day(chart.weeks[signal.first].start)
    last = write_day(chart.weeks[signal.last].start)
    when = (
        f"In the week of {first}"
        if signal.first == signal.last
        else f"From the week of {first} to the week of {last}"
    )
    than = "more" if signal.direction == "higher" else "fewer"
    return (
        f"{when} there were {than} incidents than the other weeks would lead one to "
        "expect, beyond ordinary ups and downs. Ask first whether recording changed."
    )


def describe_familiar_rules(rules: FamiliarRules | None) -> str | None:
    """Give the figures of the familiar run-chart rules, which are not a verdict."""
    if rules is None:
        return None
    return (
        f"Familiar figures, not a verdict: the longest run on one side of the median is "
        f"{rules.longest_run} weeks (usual limit {rules.longest_run_limit}); the line crosses "
        f"the median {rules.crossings} times (usual least {rules.fewest_crossings}). In schools where "
        "nothing changes these limits are passed far too often."
    )


def write_interval(
    estimate: Estimate, *, places: int = 2, percent: bool = False
) -> str:
    """Write an interval; an open end is said to be open.

    >>> write_interval(Estimate(2.0, 0.8, math.inf))
    '0.80 or more'
    """

    def write(value: float) -> str:
        return f"{100 * value:.0f}%" if percent else f"{value:.{places}f}"

    if estimate.low is None or estimate.high is None:
        return "cannot be said"
    if math.isinf(estimate.high):
        return f"{write(estimate.low)} or more"
    return f"{write(estimate.low)} to {write(estimate.high)}"


def write_ratio(ratio: Estimate) -> str:
    """Write a ratio; one that is not defined is a dash.

    >>> write_ratio(Estimate(1.344, 1.0, 1.7)), write_ratio(Estimate(None, 0, math.inf))
    ('1.34', '–')
    """
    known = ratio.value is not None and math.isfinite(ratio.value)
    return f"{ratio.value:.2f}" if known else "–"


def write_change(value: float) -> str:
    """Write a difference with its sign; nothing has none.

    >>> write_change(4.2), write_change(-12.6), write_change(0.3)
    ('+4', '−13', '0')
    """
    whole = round(value)
    return "0" if whole == 0 else f"{whole:+d}".replace("-", "−")


def write_changes(estimate: Estimate, *, times: float = 1.0) -> str:
    """Write the interval of a difference.

    >>> write_changes(Estimate(0.1, -0.02, 0.22), times=100)
    '−2 to +22'
    """
    if estimate.low is None or estimate.high is None:
        return "cannot be said"
    return (
        f"{write_change(times * estimate.low)} to {write_change(times * estimate.high)}"
    )


def describe_rate_ratio(value: str, ratio: Estimate) -> str:
    """Say a group's ratio of incidents a student, which a few students can carry.

    >>> describe_rate_ratio("White", Estimate(0.9, 0.6, 1.3))
    'White 0.90 (0.60 to 1.30)'
    """
    return f"{value} {write_ratio(ratio)} ({write_interval(ratio)})"


def describe_ratio(value: str, ratio: Estimate) -> str:
    """Say what a group's ratio can and cannot tell.

    >>> describe_ratio("Hispanic", Estimate(1.3, 0.7, 2.2))
    'Hispanic: too few students to tell this apart from no difference.'
    """
    if ratio.low is None or ratio.high is None:
        return f"{value}: nothing can be compared."
    if ratio.low > 1:
        return f"{value}: a larger share of students than in the rest of the school, beyond chance."
    if ratio.high < 1:
        return f"{value}: a smaller share of students than in the rest of the school, beyond chance."
    return f"{value}: too few students to tell this apart from no difference."
