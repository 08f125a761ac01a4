"""Patterns as sentences: place and time first, plain words, and no reason given."""

import re
from collections.abc import Mapping, Sequence

from commonroot.analysis.scan import Pattern, Visible
from commonroot.analysis.words import count_noun, write_list, write_number

TOGETHER = {
    1: "one thing",
    2: "two things together (such as a place and a time)",
    3: "three things together",
    4: "four things together",
}
CLOCKS = re.compile(r"(\d\d:\d\d)-(\d\d:\d\d)")
SPAN = re.compile(r"(?:K|\d+)-\d+")
GROUP = "group: "
EVERYWHERE = "At all places and times"
KINDS = {
    "location": "place",
    "time": "time",
    "part_of_day": "time",
    "weekday": "weekday",
    "month": "time of year",
    "term": "time of year",
    "grade": "grade",
    "grade_span": "grade",
    "reporter": "kind of writer",
    "subjective": "kind of behavior",
    "severity": "level",
    "motivation": "motivation",
    "response": "response",
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
        told.append(EVERYWHERE)
    if "weekday" in conditions:
        told.append(f"on {conditions['weekday']}s")
    for name in ("month", "term"):
        if name in conditions:
            told.append(f"in {conditions[name]}")
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
        return f"written down by: {value}"
    if name == "subjective":
        return "behavior that an adult has to judge"
    if name == "motivation":
        return f"thought to be about: {value}"
    return value


def write_grade(value: str) -> str:
    """Write a grade or a span of grades.

    >>> write_grade("4"), write_grade("K"), write_grade("3-5")
    ('grade 4', 'Kindergarten', 'grades 3-5')
    """
    if value in ("K", "PK"):
        return {"K": "Kindergarten", "PK": "Preschool"}[value]
    return f"grades {value}" if SPAN.fullmatch(value) else f"grade {value}"


def write_time(value: str) -> str:
    """Write a time of day as people say it; a bell or part of the day keeps its name.

    >>> write_time("11:30-12:00"), write_time("10:15 Recess - Grade 3")
    ('11:30 am to 12 pm', '10:15 Recess - Grade 3')
    """
    found = CLOCKS.fullmatch(value)
    return f"{write_clock(found[1])} to {write_clock(found[2])}" if found else value


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
        return "From the weeks before"
    if pattern.baseline == "exposure":
        return "From the number of students, school days and minutes there are"
    kinds = [f"this {name_kind(name)}" for name, _ in pattern.conditions]
    return f"From how usual {write_list(kinds)} are on their own"


def name_kind(name: str) -> str:
    """Name what a condition is about.

    >>> name_kind("part_of_day"), name_kind("behaviour"), name_kind("group: Race")
    ('time', 'behavior', 'Race')
    """
    return KINDS.get(name, name.removeprefix(GROUP).replace("behaviour", "behavior"))


def describe_pattern(pattern: Pattern, *, hidden: bool = False) -> str:
    """Say what one pattern is, how sure it is, and how many it is about."""
    where = name_slice(dict(pattern.conditions))
    where = f"{where[:1].upper()}{where[1:]}"
    if pattern.baseline == "history":
        where += ", in the last 4 weeks"
    ratio = pattern.ratio
    times = (
        f"{write_times(ratio.low)} to {write_times(ratio.high)} times as many "
        f"(best guess {write_times(ratio.value)})"
    )
    if hidden:
        told = (
            f"{where}: more incidents than we would expect. The numbers are not shown, because "
            "beside others on this sheet they would give away a number of fewer than 5 students."
        )
    else:
        told = (
            f"{where}: {count_noun(pattern.incidents, 'incident')}. {describe_basis(pattern)}, we "
            f"would expect about {write_expected(pattern.expected)}. Most likely this is {times}. "
            f"{count_noun(pattern.students, 'student')} {'was' if pattern.students == 1 else 'were'} "
            f"involved, in {count_noun(pattern.weeks, 'different week')}, {name_halves(pattern)}."
        )
    return told


def name_halves(pattern: Pattern) -> str:
    """Say whether the pattern holds in both halves of the period."""
    period = "the last 4 weeks" if pattern.baseline == "history" else "the period"
    if pattern.both_halves:
        return f"early and late in {period}"
    return f"but not both early and late in {period}, so it may have come and gone"


def describe_luck(probability: float) -> str:
    """Say how often luck alone does something this strong.

    >>> describe_luck(0.004)
    'Luck alone would rarely do this: of 1,000 pretend schools without any pattern, about 4 showed something this strong.'
    """
    return (
        "Luck alone would rarely do this: of 1,000 pretend schools without any pattern, about "
        f"{write_chance(probability)} showed something this strong."
    )


def describe_schools(holding: int, schools: int, strongest: str | None) -> str:
    """Say in how many schools the same thing is seen, without ranking them."""
    told = f"It is seen in {holding} of {schools} schools"
    return f"{told}, most clearly at {strongest}." if strongest else f"{told}."


def describe_nothing(visible: Sequence[Visible]) -> str:
    """Say that nothing stands out, and how large a pattern would have to be.

    >>> describe_nothing([Visible(2, 5.0, 17, 21)])
    'Nothing stands out beyond what chance would show. That does not mean that there is no problem: small patterns can hide. Here is how large a pattern would have to be for us to see it: where two things together (such as a place and a time) usually have 5 incidents, 17 or more.'
    """
    told = "Nothing stands out beyond what chance would show."
    if not visible:
        return f"{told} There are too few incidents for a pattern of any size to be told from chance."
    sizes = [
        f"where {TOGETHER[each.depth]} usually {'has' if each.depth == 1 else 'have'} "
        f"{write_number(each.expected)} incidents, {each.incidents} or more"
        for each in visible
    ]
    return (
        f"{told} That does not mean that there is no problem: small patterns can hide. Here is how "
        f"large a pattern would have to be for us to see it: {'; '.join(sizes)}."
    )
