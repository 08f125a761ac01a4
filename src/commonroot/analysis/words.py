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
from commonroot.languages import gettext as _
from commonroot.languages import gettext_noop, ngettext

MONTHS = (
    gettext_noop("January"),
    gettext_noop("February"),
    gettext_noop("March"),
    gettext_noop("April"),
    gettext_noop("May"),
    gettext_noop("June"),
    gettext_noop("July"),
    gettext_noop("August"),
    gettext_noop("September"),
    gettext_noop("October"),
    gettext_noop("November"),
    gettext_noop("December"),
)


def write_day(day: date) -> str:
    """Write a date.

    >>> write_day(date(2026, 1, 5))
    '5 January 2026'
    """
    month = _(MONTHS[day.month - 1])
    return _("{day} {month} {year}").format(day=day.day, month=month, year=day.year)


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
    return _("under 1%") if share > 0 and percent == 0 else f"{percent}%"


def write_list(items: Sequence[str]) -> str:
    """Write a list.

    >>> write_list(["gym", "bus", "hall"])
    'gym, bus and hall'
    """
    if len(items) < 2:
        return "".join(items)
    return _("{several} and {last}").format(
        several=", ".join(items[:-1]), last=items[-1]
    )


def count_incidents(number: int) -> str:
    """Write a number of incidents.

    >>> count_incidents(1), count_incidents(3200)
    ('1 incident', '3,200 incidents')
    """
    return ngettext("{number:,} incident", "{number:,} incidents", number).format(
        number=number
    )


def count_students(number: int | None) -> str:
    """Write a number of students; a protected one as "fewer than 5 students".

    >>> count_students(1), count_students(12), count_students(None)
    ('1 student', '12 students', 'fewer than 5 students')
    """
    if number is None:
        return _("fewer than 5 students")
    return ngettext("{number:,} student", "{number:,} students", number).format(
        number=number
    )


def count_school_days(number: int) -> str:
    """Write a number of school days.

    >>> count_school_days(1), count_school_days(12)
    ('1 school day', '12 school days')
    """
    return ngettext("{number:,} school day", "{number:,} school days", number).format(
        number=number
    )


def describe_coverage(coverage: Coverage) -> list[str]:
    """Say whether people were recording; what fell comes first."""
    told = []
    for gap in coverage.gaps:
        if gap.marked:
            told.append(
                _(
                    "The school says that nobody recorded from {first} to {last} ({days}). "
                    "Those days are left out of every rate."
                ).format(
                    first=write_day(gap.first),
                    last=write_day(gap.last),
                    days=count_school_days(gap.days),
                )
            )
            continue
        told.append(
            _(
                "No record was written from {first} to {last} ({days}). That is longer than "
                "chance would give at this school, so read it as a gap in recording. Those "
                "days are left out of every rate."
            ).format(
                first=write_day(gap.first),
                last=write_day(gap.last),
                days=count_school_days(gap.days),
            )
        )
    if not coverage.can_tell:
        return [
            *told,
            _(
                "Something was written down on so few of these school days that nobody can "
                "tell quiet days from days on which nobody recorded. Read the numbers below "
                "as what was written down, and no more."
            ),
        ]
    told.append(
        _("Recording was on for {logged:,} of {days:,} school days.").format(
            logged=coverage.logging_days, days=coverage.school_days
        )
    )
    quiet = coverage.logging_days - coverage.days_with_records
    tenths = round(10 * quiet / max(1, coverage.logging_days))
    if tenths > 0:
        told.append(
            _(
                "On about {tenths} in 10 of those days nothing was written down; no such "
                "stretch is longer than usual for this school."
            ).format(tenths=tenths)
        )
    return told


def describe_days_since(days: int | None) -> str | None:
    """Say how many school days have passed since the last record.

    >>> describe_days_since(12), describe_days_since(0)
    ('12 school days have passed since then.', None)
    """
    if not days:
        return None
    return ngettext(
        "{number:,} school day has passed since then.",
        "{number:,} school days have passed since then.",
        days,
    ).format(number=days)


def describe_national(median: NationalMedian, *, majors: float | None) -> str:
    """Set a school's rate of majors beside the published one, as context only."""
    beside = (
        _(
            "This school's rate of majors, counted the same way (one for each student), is "
            "{majors}."
        ).format(majors=write_number(majors, 2))
        if majors is not None
        else _(
            "These records do not say which incidents are major, so the two cannot be compared."
        )
    )
    return _(
        "For context only: in {year}, half of {schools:,} schools with grades {grades} that "
        "record with SWIS had {median:.2f} or fewer majors per 100 students per school day "
        "(middle half: {low:.2f} to {high:.2f}). {beside} Schools differ in what they write "
        "down."
    ).format(
        year=median.year,
        schools=median.schools,
        grades=median.grades,
        median=median.median,
        low=median.first_quarter,
        high=median.third_quarter,
        beside=beside,
    )


def describe_run_chart(chart: RunChart) -> str:
    """Say what the run chart shows, and claim no more than may be claimed."""
    if chart.reason_for_no_signal == "too few weeks":
        return _(
            "Too early to tell: a pattern over time needs at least 12 weeks with records."
        )
    if not chart.signals:
        return _(
            "No change that stands out from the ordinary ups and downs of weeks and "
            "seasons. Single high or low weeks here are not news."
        )
    return " ".join(describe_signal(chart, signal) for signal in chart.signals)


def describe_signal(chart: RunChart, signal: Signal) -> str:
    """Say one signal, without saying why."""
    first = write_day(chart.weeks[signal.first].start)
    last = write_day(chart.weeks[signal.last].start)
    when = (
        _("In the week of {first}").format(first=first)
        if signal.first == signal.last
        else _("From the week of {first} to the week of {last}").format(
            first=first, last=last
        )
    )
    if signal.direction == "higher":
        return _(
            "{when} there were more incidents than the other weeks would lead one to expect, "
            "beyond ordinary ups and downs. Ask first whether recording changed."
        ).format(when=when)
    return _(
        "{when} there were fewer incidents than the other weeks would lead one to expect, "
        "beyond ordinary ups and downs. Ask first whether recording changed."
    ).format(when=when)


def describe_familiar_rules(rules: FamiliarRules | None) -> str | None:
    """Give the figures of the familiar run-chart rules, which are not a verdict."""
    if rules is None:
        return None
    return _(
        "Familiar figures, not a verdict: the longest run on one side of the median is {run} "
        "weeks (usual limit {limit}); the line crosses the median {crossings} times (usual "
        "least {fewest}). In schools where nothing changes these limits are passed far too "
        "often."
    ).format(
        run=rules.longest_run,
        limit=rules.longest_run_limit,
        crossings=rules.crossings,
        fewest=rules.fewest_crossings,
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
        return _("cannot be said")
    if math.isinf(estimate.high):
        return _("{low} or more").format(low=write(estimate.low))
    return _("{low} to {high}").format(
        low=write(estimate.low), high=write(estimate.high)
    )


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
        return _("cannot be said")
    return _("{low} to {high}").format(
        low=write_change(times * estimate.low), high=write_change(times * estimate.high)
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
        return _("{value}: nothing can be compared.").format(value=value)
    if ratio.low > 1:
        return _(
            "{value}: a larger share of students than in the rest of the school, beyond chance."
        ).format(value=value)
    if ratio.high < 1:
        return _(
            "{value}: a smaller share of students than in the rest of the school, beyond chance."
        ).format(value=value)
    return _("{value}: too few students to tell this apart from no difference.").format(
        value=value
    )
