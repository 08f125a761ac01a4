"""Patterns as sentences: place and time first, plain words, and no reason given."""

import re
from collections.abc import Mapping, Sequence

from commonroot.analysis.scan import Pattern, Visible
from commonroot.analysis.words import (
    MONTHS,
    count_incidents,
    count_students,
    write_list,
    write_number,
)
from commonroot.languages import gettext as _
from commonroot.languages import gettext_noop, ngettext

CLOCKS = re.compile(r"(\d\d:\d\d)-(\d\d:\d\d)")
SPAN = re.compile(r"(?:K|\d+)-\d+")
GROUP = "group: "
KINDS = {
    "location": gettext_noop("this place"),
    "time": gettext_noop("this time"),
    "part_of_day": gettext_noop("this time"),
    "weekday": gettext_noop("this weekday"),
    "month": gettext_noop("this time of year"),
    "term": gettext_noop("this time of year"),
    "grade": gettext_noop("this grade"),
    "grade_span": gettext_noop("this grade"),
    "reporter": gettext_noop("this kind of writer"),
    "behaviour": gettext_noop("this behavior"),
    "subjective": gettext_noop("this kind of behavior"),
    "severity": gettext_noop("this level"),
    "motivation": gettext_noop("this motivation"),
    "response": gettext_noop("this response"),
}
ON_WEEKDAYS = {
    "Monday": gettext_noop("on Mondays"),
    "Tuesday": gettext_noop("on Tuesdays"),
    "Wednesday": gettext_noop("on Wednesdays"),
    "Thursday": gettext_noop("on Thursdays"),
    "Friday": gettext_noop("on Fridays"),
    "Saturday": gettext_noop("on Saturdays"),
    "Sunday": gettext_noop("on Sundays"),
}
# What the scan names itself; every other value is a label of the school's own.
NAMED = {
    "morning": gettext_noop("morning"),
    "midday": gettext_noop("midday"),
    "afternoon": gettext_noop("afternoon"),
    "autumn": gettext_noop("autumn"),
    "winter": gettext_noop("winter"),
    "spring": gettext_noop("spring"),
    "major": gettext_noop("major"),
    "minor": gettext_noop("minor"),
}


def name_slice(conditions: Mapping[str, str]) -> str:
    """Write what a slice is: place and time first, then when in the year, who and what.

    >>> name_slice({"location": "Playground", "time": "11:30-12:00", "grade": "4"})
    'Playground, 11:30 am to 12 pm, grade 4'
    >>> name_slice({"behaviour": "Defiance", "weekday": "Monday"})
    'At all places and times, on Mondays: Defiance'
    """
    told = [conditions["location"]] if "location" in conditions else []
    for name in ("time", "part_of_day"):
        if name in conditions:
            told.append(write_time(conditions[name]))
    if not told:
        told.append(_("At all places and times"))
    if "weekday" in conditions:
        told.append(_(ON_WEEKDAYS[conditions["weekday"]]))
    for name in ("month", "term"):
        if name in conditions:
            told.append(_("in {when}").format(when=say_value(conditions[name])))
    for name in ("grade", "grade_span"):
        if name in conditions:
            told.append(write_grade(conditions[name]))
    rest = [
        write_rest(name, value)
        for name, value in conditions.items()
        if name not in PLACED and name != "recent"
    ]
    return ", ".join(told) + (f": {write_list(rest)}" if rest else "")


PLACED = (
    "location",
    "time",
    "part_of_day",
    "weekday",
    "month",
    "term",
    "grade",
    "grade_span",
)


def say_value(value: str) -> str:
    """Say a value that the scan named itself; a label of the school's own stays as it is.

    >>> say_value("midday"), say_value("October"), say_value("Multi-Purpose Room")
    ('midday', 'October', 'Multi-Purpose Room')
    """
    return _(value) if value in NAMED or value in MONTHS else value


def write_rest(name: str, value: str) -> str:
    """Write a condition that is neither place, time nor grade.

    >>> write_rest("reporter", "Bus driver"), write_rest("subjective", "Subjective")
    ('written down by: Bus driver', 'behavior that an adult has to judge')
    >>> write_rest("group: English Learner", "No")
    'English Learner No'
    """
    if name.startswith(GROUP):
        return f"{name.removeprefix(GROUP)} {value}"
    if name == "reporter":
        return _("written down by: {value}").format(value=value)
    if name == "subjective":
        return _("behavior that an adult has to judge")
    if name == "motivation":
        return _("thought to be about: {value}").format(value=value)
    return say_value(value)


def write_grade(value: str) -> str:
    """Write a grade or a span of grades.

    >>> write_grade("4"), write_grade("K"), write_grade("3-5")
    ('grade 4', 'Kindergarten', 'grades 3-5')
    """
    if value in ("K", "PK"):
        return _("Kindergarten") if value == "K" else _("Preschool")
    if SPAN.fullmatch(value):
        return _("grades {value}").format(value=value)
    return _("grade {value}").format(value=value)


def write_time(value: str) -> str:
    """Write a time of day as people say it; a bell or part of the day keeps its name.

    >>> write_time("11:30-12:00"), write_time("10:15 Recess - Grade 3")
    ('11:30 am to 12 pm', '10:15 Recess - Grade 3')
    """
    found = CLOCKS.fullmatch(value)
    if not found:
        return say_value(value)
    return _("{first} to {last}").format(
        first=write_clock(found[1]), last=write_clock(found[2])
    )


def write_clock(value: str) -> str:
    """Write a time on the 24-hour clock as people say it.

    >>> write_clock("12:00"), write_clock("14:30")
    ('12 pm', '2:30 pm')
    """
    hour, minute = int(value[:2]), value[3:5]
    shown = f"{hour % 12 or 12}" + ("" if minute == "00" else f":{minute}")
    return f"{shown} {'am' if hour < 12 else 'pm'}"


def write_expected(value: float) -> str:
    """Write what is expected, no finer than it is known.

    >>> write_expected(14.2), write_expected(2.24)
    ('14', '2.2')
    """
    return write_number(value, 0 if value >= 10 else 1)


def write_times(value: float) -> str:
    """Write a ratio.

    >>> write_times(2.64), write_times(13.2)
    ('2.6', '13')
    """
    return write_number(value, 1 if value < 10 else 0)


def write_chance(probability: float) -> str:
    """Write a probability as schools out of a thousand.

    >>> write_chance(0.004), write_chance(0.03), write_chance(0.0001)
    ('4', '30', '1')
    """
    return str(max(1, round(1000 * probability)))


def describe_basis(pattern: Pattern) -> str:
    """Say what the expected number rests on."""
    if pattern.baseline == "history":
        return _("From the weeks before")
    if pattern.baseline == "exposure":
        return _("From the number of students, school days and minutes there are")
    kinds = [name_kind(name) for name, _value in pattern.conditions]
    return _("From how usual {kinds} are on their own").format(kinds=write_list(kinds))


def name_kind(name: str) -> str:
    """Name what a condition is about.

    >>> name_kind("part_of_day"), name_kind("behaviour"), name_kind("group: Race")
    ('this time', 'this behavior', 'this Race')
    """
    if name in KINDS:
        return _(KINDS[name])
    return _("this {group}").format(group=name.removeprefix(GROUP))


def describe_pattern(pattern: Pattern, *, hidden: bool = False) -> str:
    """Say what one pattern is, how sure it is, and how many it is about."""
    where = name_slice(dict(pattern.conditions))
    where = f"{where[:1].upper()}{where[1:]}"
    if pattern.baseline == "history":
        where = _("{where}, in the last 4 weeks").format(where=where)
    if hidden:
        return _(
            "{where}: more incidents than we would expect. The numbers are not shown, because "
            "beside others on this sheet they would give away a number of fewer than 5 students."
        ).format(where=where)
    ratio = pattern.ratio
    return _(
        "{where}: {incidents}. {basis}, we would expect about {expected}. Most likely this is "
        "{low} to {high} times as many (best guess {value}). {involved}, {halves}."
    ).format(
        where=where,
        incidents=count_incidents(pattern.incidents),
        basis=describe_basis(pattern),
        expected=write_expected(pattern.expected),
        low=write_times(ratio.low),
        high=write_times(ratio.high),
        value=write_times(ratio.value),
        involved=describe_involved(pattern),
        halves=name_halves(pattern),
    )


def describe_involved(pattern: Pattern) -> str:
    """Say how many students were involved, in how many weeks."""
    weeks = ngettext(
        "{number:,} different week", "{number:,} different weeks", pattern.weeks
    ).format(number=pattern.weeks)
    return ngettext(
        "{students} was involved, in {weeks}",
        "{students} were involved, in {weeks}",
        pattern.students,
    ).format(students=count_students(pattern.students), weeks=weeks)


def name_halves(pattern: Pattern) -> str:
    """Say whether the pattern holds in both halves of the period."""
    recent = pattern.baseline == "history"
    if pattern.both_halves:
        return (
            _("early and late in the last 4 weeks")
            if recent
            else _("early and late in the period")
        )
    return (
        _(
            "but not both early and late in the last 4 weeks, so it may have come and gone"
        )
        if recent
        else _(
            "but not both early and late in the period, so it may have come and gone"
        )
    )


def describe_luck(probability: float) -> str:
    """Say how often luck alone does something this strong.

    >>> describe_luck(0.004)
    'Luck alone would rarely do this: of 1,000 pretend schools without any pattern, about 4 showed something this strong.'
    """
    return _(
        "Luck alone would rarely do this: of 1,000 pretend schools without any pattern, about "
        "{schools} showed something this strong."
    ).format(schools=write_chance(probability))


def describe_schools(holding: int, schools: int, strongest: str | None) -> str:
    """Say in how many schools the same thing is seen, without ranking them."""
    if strongest:
        return _(
            "It is seen in {holding} of {schools} schools, most clearly at {strongest}."
        ).format(holding=holding, schools=schools, strongest=strongest)
    return _("It is seen in {holding} of {schools} schools.").format(
        holding=holding, schools=schools
    )


def describe_nothing(visible: Sequence[Visible]) -> str:
    """Say that nothing stands out, and how large a pattern would have to be.

    >>> describe_nothing([Visible(2, 5.0, 17, 21)])
    'Nothing stands out beyond what chance would show. That does not mean that there is no problem: small patterns can hide. Here is how large a pattern would have to be for us to see it: where two things together (such as a place and a time) usually have 5 incidents, 17 or more.'
    """
    told = _("Nothing stands out beyond what chance would show.")
    if not visible:
        return _(
            "{told} There are too few incidents for a pattern of any size to be told from chance."
        ).format(told=told)
    return _(
        "{told} That does not mean that there is no problem: small patterns can hide. Here is "
        "how large a pattern would have to be for us to see it: {sizes}."
    ).format(told=told, sizes="; ".join(map(describe_visible, visible)))


def describe_visible(visible: Visible) -> str:
    """Say how many incidents a pattern of one depth would need to be seen.

    >>> describe_visible(Visible(1, 12.0, 30, 36))
    'where one thing usually has 12 incidents, 30 or more'
    """
    together = {
        1: _("where one thing usually has {expected} incidents, {incidents} or more"),
        2: _(
            "where two things together (such as a place and a time) usually have {expected} "
            "incidents, {incidents} or more"
        ),
        3: _(
            "where three things together usually have {expected} incidents, {incidents} or more"
        ),
        4: _(
            "where four things together usually have {expected} incidents, {incidents} or more"
        ),
    }
    return together[visible.depth].format(
        expected=write_number(visible.expected), incidents=visible.incidents
    )
