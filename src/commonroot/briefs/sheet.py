"""The sheet as words and tables: one content, drawn as a page and as print."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from commonroot.analysis import words
from commonroot.analysis.pattern_words import (
    describe_luck,
    name_slice,
    write_clock,
)
from commonroot.analysis.questions import Shape, choose_questions
from commonroot.analysis.run_chart import (
    FamiliarRules,
    RunChart,
    describe_familiar_rules,
)
from commonroot.briefs.document import is_seen, make_document
from commonroot.briefs.facts import Facts
from commonroot.briefs.groups import POOLED, Group
from commonroot.briefs.patterns import StandingOut
from commonroot.briefs.rows import NOT_RECORDED, OUTSIDE_BELLS, WEEKDAYS
from commonroot.briefs.scan_columns import SPANS
from commonroot.briefs.scan_release import Told
from commonroot.briefs.sheet_words import list_words
from commonroot.charts.bars import describe_bars
from commonroot.charts.run_chart import describe_key, list_rows
from commonroot.intake import Intake
from commonroot.intake.labels import WITHHELD, is_subjective
from commonroot.languages import find_language, gettext_noop, ngettext
from commonroot.languages import gettext as _

TABLE = re.compile(r"^\[[^\]]*\]")
CLOCK = re.compile(r"(\d\d):(\d\d)")
MOST_ROWS = 8
MOST_HOURS = 9
LEAST_SHOWN_SHARE = 1 / 3
MANY_OFF_CALENDAR = 0.1
TITLES = {
    "location": gettext_noop("Place"),
    "time": gettext_noop("Time of day"),
    "weekday": gettext_noop("Day of the week"),
    "month": gettext_noop("Month"),
    "grade": gettext_noop("Grade"),
    "behaviour": gettext_noop("Behavior"),
    "response": gettext_noop("Response"),
}
# What stands for no label of the school's own; the names of weekdays are marked in rows.
SAID = {
    NOT_RECORDED: gettext_noop("(not recorded)"),
    OUTSIDE_BELLS: gettext_noop("Between bells"),
    WITHHELD: gettext_noop("(label not shown)"),
    "Ungraded": gettext_noop("Ungraded"),
    POOLED: gettext_noop("Smaller groups together"),
}


def make_sheet(
    facts: Facts, intake: Intake, found: StandingOut, *, source: str
) -> dict[str, Any]:
    """Write the sheet's content out of released facts."""
    document = make_document(facts, found)
    return {
        "language": find_language(),
        "words": list_words(),
        "school": document["school"],
        "period": _("{first} to {last}").format(
            first=words.write_day(facts.scope.first),
            last=words.write_day(facts.scope.last),
        ),
        "source": _("From {source}.").format(source=source),
        "recording": write_recording(facts),
        "rate": write_rate(facts, document),
        "chart": write_chart(facts, document),
        "slices": [write_slice(name, document["slices"][name]) for name in TITLES],
        "grid": write_grid(document["situations"]),
        "where": write_where(facts, document),
        "patterns": write_patterns(found),
        "groups": write_groups(facts),
        "questions": choose_questions(find_shape(facts, document)),
        "notes": write_notes(facts, intake),
    }


def write_recording(facts: Facts) -> list[str]:
    """Say whether people were recording."""
    timing = facts.timing
    told = []
    if timing.coverage:
        told += words.describe_coverage(timing.coverage)
    else:
        days = timing.days_with_records
        told.append(
            ngettext(
                "Records were written on {days:,} day. {why}, so nobody can say on how many "
                "school days nothing was written.",
                "Records were written on {days:,} days. {why}, so nobody can say on how many "
                "school days nothing was written.",
                days,
            ).format(days=days, why=explain_calendar(facts))
        )
        if timing.silent_weeks:
            weeks = len(timing.silent_weeks)
            told.append(
                ngettext(
                    "{weeks} week in this period has no record at all: a holiday, or a gap in "
                    "recording?",
                    "{weeks} weeks in this period have no record at all: a holiday, or a gap "
                    "in recording?",
                    weeks,
                ).format(weeks=weeks)
            )
    if facts.totals.incidents is not None:
        told.append(
            _(
                "On average {incidents} incidents were written down a day. The last record is "
                "of {day}."
            ).format(
                incidents=words.write_number(timing.records_a_day, 1),
                day=words.write_day(timing.last_record),
            )
        )
    since = words.describe_days_since(timing.days_since_last_record)
    return [*told, *([since] if since else []), write_missing(facts)]


def explain_calendar(facts: Facts) -> str:
    """Say why the school days are not known."""
    if not facts.timing.calendar_without_school:
        return _("No calendar of school days was given")
    named = words.write_list(facts.scope.schools) or _("this school")
    return _(
        "The calendar that was given has no school day of {schools} in this period (the names "
        "must be the same)"
    ).format(schools=named)


def write_missing(facts: Facts) -> str:
    """Say what the records lack."""
    timing = facts.timing
    lacking = [
        say.format(share=words.write_share(share))
        for share, say in (
            (timing.share_without_time, _("{share} have no time")),
            (timing.share_without_place, _("{share} have no place")),
        )
        if share > 0
    ]
    told = (
        _("Of the incidents, {lacking}.").format(lacking=words.write_list(lacking))
        if lacking
        else _("Every incident has a time and a place.")
    )
    if timing.share_default_time > 0:
        filled_in = _(
            "For {share} the time is one that the program fills in by itself; they are left "
            "out wherever time of day is shown."
        ).format(share=words.write_share(timing.share_default_time))
        told = f"{told} {filled_in}"
    return told


def write_rate(facts: Facts, document: Mapping[str, Any]) -> dict[str, Any]:
    """Say how much there was, with its denominator."""
    if facts.totals.incidents is None:
        return {
            "headline": None,
            "sentences": [
                _(
                    "Fewer than 5 students were involved in this period, so no number is shown. "
                    "Talk about each situation in private, not on paper."
                )
            ],
        }
    sentences = [write_totals(facts)]
    rate = facts.rate
    if rate.value is None:
        sentences.append(
            _("These are counts, not rates ({why}).").format(why=rate.denominator)
        )
    else:
        sentences.append(
            _(
                "That is {rate} incidents per 100 students per school day: {denominator}."
            ).format(
                rate=words.write_number(rate.value, 2), denominator=rate.denominator
            )
        )
    if facts.run_chart and write_chart(facts, document) is None:
        sentences.append(
            _(
                "Most weeks are too small to be shown without pointing at a student, so there "
                "is no chart of weeks here."
            )
        )
    if rate.national and rate.value is not None:
        sentences.append(words.describe_national(rate.national, majors=rate.majors))
    if facts.days_between:
        between = facts.days_between
        sentences.append(
            _(
                "Incidents are rare here, so look at the time between them: half of the time "
                "{median:g} school days or more passed from one day with an incident to the "
                "next, {longest} at the longest."
            ).format(median=between.median, longest=between.longest)
        )
    return {
        "headline": None if rate.value is None else words.write_number(rate.value, 2),
        "sentences": sentences,
    }


def write_totals(facts: Facts) -> str:
    """Say how many incidents, students and removals there were."""
    totals = facts.totals
    incidents = words.count_incidents(totals.incidents or 0)
    if facts.keyed:
        told = ngettext(
            "There was {incidents} that involved {students}",
            "There were {incidents} that involved {students}",
            totals.incidents or 0,
        ).format(incidents=incidents, students=words.count_students(totals.students))
    else:
        told = ngettext(
            "There was {incidents}", "There were {incidents}", totals.incidents or 0
        ).format(incidents=incidents)
    if totals.removals is not None:
        return ngettext(
            "{told}, and {removals:,} removal from class or community.",
            "{told}, and {removals:,} removals from class or community.",
            totals.removals,
        ).format(told=told, removals=totals.removals)
    if facts.knows_responses:
        return _(
            "{told}. The number of removals is not shown, to protect students."
        ).format(told=told)
    return _(
        "{told}. The records do not say what followed, so removals are not known."
    ).format(told=told)


def write_chart(facts: Facts, document: Mapping[str, Any]) -> dict[str, Any] | None:
    """Say what the run chart shows, with the table behind it."""
    chart = facts.run_chart
    points = document["run_chart"]["points"]
    if chart is None or len(points) < 2:
        return None
    shown = sum(point["incidents"] is not None for point in points)
    if shown < LEAST_SHOWN_SHARE * len(points):
        return None
    median = document["run_chart"]["median"]
    return {
        "finding": words.describe_run_chart(keep_seen(chart, points)),
        "familiar": words.describe_familiar_rules(describe_shown(points)),
        "key": describe_key(points, median),
        "points": points,
        "median": median,
        "signals": document["run_chart"]["signals"],
        "rows": list_rows(points),
    }


def keep_seen(chart: RunChart, points: Sequence[Mapping[str, Any]]) -> RunChart:
    """Keep the signals that are about weeks which are shown."""
    seen = tuple(s for s in chart.signals if is_seen(points[s.first : s.last + 1]))
    return replace(chart, signals=seen)


def describe_shown(points: Sequence[Mapping[str, Any]]) -> FamiliarRules | None:
    """Describe the familiar rules over what is shown; hidden weeks are the lowest."""
    return describe_familiar_rules(
        [
            -1 if point["incidents"] is None else point["incidents"]
            for point in points
            if point["logging_days"] is None or point["logging_days"] > 0
        ]
    )


def write_slice(name: str, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Write one slice: bars largest first, then what is protected."""
    open_rows = [row for row in rows if row["incidents"] is not None]
    largest = max((row["incidents"] for row in open_rows), default=1)
    shown = [
        {
            "label": name_value(name, row["value"]),
            "incidents": f"{row['incidents']:,}",
            "students": "" if row["students"] is None else f"{row['students']:,}",
            "width": round(100 * row["incidents"] / largest, 1),
        }
        for row in open_rows
    ]
    only_missing = all(row["value"] == NOT_RECORDED for row in rows)
    return {
        "name": name,
        "title": _(TITLES[name]),
        "rows": [] if only_missing else shown[:MOST_ROWS],
        "more": [] if only_missing else shown[MOST_ROWS:],
        "hidden": [
            name_value(name, row["value"])
            for row in rows
            if row["incidents"] is None and not only_missing
        ],
    }


def name_value(name: str, value: str) -> str:
    """Name a slice's value for a reader.

    >>> name_value("month", "2025-10"), name_value("time", "14:30"), name_value("grade", "3")
    ('October 2025', '2:30 pm', 'Grade 3')
    """
    if value in SAID:
        return _(SAID[value])
    if name == "time":
        return name_time(value)
    if name == "month":
        month = _(words.MONTHS[int(value[5:]) - 1])
        return _("{month} {year}").format(month=month, year=value[:4])
    if name == "weekday":
        return _(value) if value in WEEKDAYS else value
    if name == "grade":
        return name_grade(value)
    return value


def name_grade(value: str) -> str:
    """Name a grade, or a band of grades, for a reader.

    >>> name_grade("K"), name_grade("4"), name_grade("3-5"), name_grade("Ungraded")
    ('Kindergarten', 'Grade 4', 'Grades 3-5', 'Ungraded')
    """
    if value.isdigit():
        return _("Grade {value}").format(value=value)
    if value in SPANS.values():
        return _("Grades {value}").format(value=value)
    if value in ("K", "PK"):
        return _("Kindergarten") if value == "K" else _("Preschool")
    return _(SAID[value]) if value in SAID else value


def name_time(value: str) -> str:
    """Name a time of day as people say it; a bell period keeps its name.

    >>> name_time("12:00"), name_time("09:30"), name_time("Recess 1")
    ('12 pm', '9:30 am', 'Recess 1')
    """
    if not CLOCK.fullmatch(value):
        return _(SAID[value]) if value in SAID else value
    return write_clock(value)


def write_grid(situations: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    """Write the grid of places and times; the busiest times, in their order."""
    totals: dict[str, int] = {}
    for cell in situations:
        totals[cell["time"]] = totals.get(cell["time"], 0) + (cell["incidents"] or 0)
    times = sorted(sorted(totals, key=lambda time: -totals[time])[:MOST_HOURS])
    places: dict[str, int] = {}
    for cell in situations:
        places[cell["location"]] = places.get(cell["location"], 0) + (
            cell["incidents"] or 0
        )
    if len(times) < 2 or not places:
        return None
    found = {(cell["location"], cell["time"]): cell for cell in situations}
    largest = max((cell["incidents"] or 0 for cell in situations), default=0) or 1
    return {
        "times": [name_time(time) for time in times],
        "left_out": len(totals) - len(times),
        "rows": [
            {
                "place": place,
                "cells": [
                    show_cell(found.get((place, time)), largest) for time in times
                ],
            }
            for place in sorted(places, key=lambda place: (-places[place], place))
        ],
    }


def show_cell(cell: Mapping[str, Any] | None, largest: int) -> dict[str, Any]:
    """Show one cell of the grid, darker where there is more."""
    if cell is None or cell["incidents"] == 0:
        return {"text": "0", "level": 0}
    if cell["incidents"] is None:
        return {"text": "<5*", "level": 0}
    return {
        "text": str(cell["incidents"]),
        "level": 1 + round(4 * cell["incidents"] / largest),
    }


def leading(rows: Sequence[Mapping[str, Any]]) -> str | None:
    """Give the value that leads a slice."""
    for row in rows:
        if row["incidents"] is not None and not str(row["value"]).startswith("("):
            return str(row["value"])
    return None


def write_where(facts: Facts, document: Mapping[str, Any]) -> str:
    """Say in one sentence where and when most was written down."""
    slices = document["slices"]
    place, time = leading(slices["location"]), leading(slices["time"])
    if place is None and time is None:
        if facts.situations.withheld or slices["location"] or slices["time"]:
            return _(
                "There are too few incidents to show places and times without pointing at a "
                "student."
            )
        return _("Too few incidents have a place or a time to say where or when.")
    return _(
        "{told} The list shows where people wrote things down; part 4 says what is more than "
        "chance."
    ).format(told=name_leading(place, time))


def name_leading(place: str | None, time: str | None) -> str:
    """Name the place and the time with the most incidents."""
    if time is None:
        return _("The place with the most incidents is {place}.").format(place=place)
    is_clock = bool(CLOCK.fullmatch(time))
    time = name_time(time)
    if place is None:
        if is_clock:
            return _("The half hour with the most begins at {time}.").format(time=time)
        return _("The time with the most is {time}.").format(time=time)
    if is_clock:
        return _(
            "The place with the most incidents is {place}, and the half hour with the most "
            "begins at {time}."
        ).format(place=place, time=time)
    return _(
        "The place with the most incidents is {place}, and the time with the most is {time}."
    ).format(place=place, time=time)


def write_patterns(found: StandingOut) -> dict[str, Any]:
    """Write what stands out: a sentence each, and what its small picture shows."""
    luck = (
        describe_luck(max(told.pattern.p_adjusted for told in found.patterns)) + " "
        if found.patterns
        else ""
    )
    searched = luck + _(
        "We looked at {slices:,} combinations of up to {depth} things. Of 100 schools without "
        "any pattern, fewer than 5 would be shown one here. This part does not say why."
    ).format(slices=found.slices, depth=found.depth)
    return {
        "sentence": found.sentence,
        "searched": "" if found.reason else searched,
        "rows": [
            {
                "where": capitalise(name_slice(dict(told.pattern.conditions))),
                "sentence": told.finding,
                "incidents": None if told.protected else told.pattern.incidents,
                "expected": None if told.protected else told.pattern.expected,
                "picture": describe_picture(told),
            }
            for told in found.patterns
        ],
    }


def capitalise(text: str) -> str:
    """Begin with a capital and leave the rest alone."""
    return text[:1].upper() + text[1:]


def describe_picture(told: Told) -> str:
    """Say what a pattern's picture shows."""
    if told.protected:
        return ""
    pattern = told.pattern
    return describe_bars(pattern.incidents, pattern.expected)


def find_shape(facts: Facts, document: Mapping[str, Any]) -> Shape:
    """Find what the choice of questions looks at."""
    slices = document["slices"]
    situations = [s for s in document["situations"] if s["incidents"] is not None]
    busiest = situations[0] if situations else None
    behaviour, response = leading(slices["behaviour"]), leading(slices["response"])
    removing = (
        facts.scope.rows.filter(facts.scope.rows["removal"])["response"]
        .unique()
        .to_list()
    )
    gaps = facts.timing.coverage.gaps if facts.timing.coverage else ()
    return Shape(
        place=leading(slices["location"]),
        time=(time := leading(slices["time"])) and name_time(time),
        place_time=(busiest["location"], name_time(busiest["time"]))
        if busiest
        else None,
        place_time_share=busiest["incidents"] / facts.totals.incidents
        if busiest and facts.totals.incidents
        else None,
        behaviour=behaviour,
        behaviour_is_subjective=behaviour is not None and is_subjective(behaviour),
        response=response,
        removal_leads=response is not None and response in removing,
        recording_fell=bool(gaps),
        share_without_time=facts.timing.share_without_time
        + facts.timing.share_default_time,
        share_without_place=facts.timing.share_without_place,
        group_differs=any(stands_out(group) for group in facts.groups),
    )


def stands_out(group: Group) -> bool:
    """Does a group's ratio differ from one beyond chance?"""
    return bool(group.estimates and (group.estimates.ratio.low or 0) > 1)


def write_groups(facts: Facts) -> dict[str, Any] | None:
    """Write the groups: risk, ratio, difference and number of students together."""
    if not facts.groups:
        return None
    columns: dict[str, list[dict[str, Any]]] = {}
    for group in facts.groups:
        columns.setdefault(group.column, []).append(write_group(group))
    return {
        "note": _(
            "Students with at least one incident in {year}, out of all students of the group. "
            "These numbers are about what adults wrote down as much as about what students "
            "did. They can say where to look in our system; they cannot say why, and they say "
            "nothing about any child."
        ).format(year=facts.group_year),
        "several_schools": any(
            group.estimates and group.estimates.steadied for group in facts.groups
        ),
        "columns": [
            {"name": name_header(name), "rows": rows} for name, rows in columns.items()
        ],
        "hidden": any(group.protected for group in facts.groups),
    }


def write_group(group: Group) -> dict[str, Any]:
    """Write one group's line."""
    told = group.estimates
    if told is None:
        return {"value": name_group(group.value), "protected": True}
    steadied = told.steadied
    value = name_group(group.value)
    return {
        "value": value,
        "protected": False,
        "students": _("{students:,} of {enrolled:,}").format(
            students=group.students, enrolled=group.enrolled
        ),
        "risk": words.write_share(told.risk.value or 0.0),
        "risk_95": words.write_interval(told.risk, percent=True),
        "ratio": words.write_ratio(told.ratio),
        "ratio_95": words.write_interval(told.ratio),
        "shrunk": words.write_ratio(steadied) if steadied else "",
        "shrunk_95": words.write_interval(steadied) if steadied else "",
        "difference": _("{change} points").format(
            change=words.write_change(100 * (told.difference.value or 0))
        ),
        "difference_95": words.write_changes(told.difference, times=100),
        "raw": words.write_change(told.raw.value or 0),
        "raw_95": words.write_changes(told.raw),
        "beyond_chance": (told.ratio.low or 0) > 1
        or (told.ratio.high is not None and told.ratio.high < 1),
        "sentence": words.describe_ratio(value, told.ratio),
        "rates": words.describe_rate_ratio(value, told.rate_ratio),
    }


def name_header(header: str) -> str:
    """Name a column of groups for a reader: a database's table and underlines are no words.

    >>> name_header("[Students]Special_Education"), name_header("Race/Ethnicity")
    ('Special Education', 'Race/Ethnicity')
    """
    return TABLE.sub("", header).replace("_", " ").strip() or header


def name_group(value: str) -> str:
    """Name a group of students as the school does; what was added together, as we do."""
    return _(SAID[value]) if value in SAID else value


def write_notes(facts: Facts, intake: Intake) -> list[str]:
    """Say what was counted and what was not."""
    report = intake.report
    left = report["duplicates"] + report["left_behind"]
    rows = _("Rows: {read:,} read, {used:,} used, {left:,} left behind.").format(
        read=report["rows_read"], used=report["rows_used"], left=left
    )
    notes = [
        # The rows of a sheet about fewer than 5 students would tell how few.
        *([rows] if facts.totals.incidents is not None else []),
        _(
            "An incident is counted once, however many students, behaviors or responses it "
            "has; so the numbers in a list can add up to more than the total."
        ),
    ]
    if any(WITHHELD in labels for labels in report["unmapped_labels"].values()):
        notes.append(
            _(
                'Where it says "(label not shown)", the label has a word that could be '
                "somebody's name. If it is not, name it under [labels] in a mapping, and it "
                "will be shown."
            )
        )
    if facts.scope.without_offender:
        notes.append(
            _(
                "Incidents in which only victims, witnesses or reporters are on record are not "
                "counted."
            )
        )
    if facts.timing.share_off_calendar > MANY_OFF_CALENDAR:
        notes.append(
            _(
                "{share} of the incidents are on days that the calendar does not list as school "
                "days. Is it the right calendar, and the right year?"
            ).format(share=words.write_share(facts.timing.share_off_calendar))
        )
    if not facts.keyed:
        notes.append(
            _(
                "The records have no student number, so students cannot be counted and no risk "
                "can be told."
            )
        )
    if facts.several_years:
        notes.append(
            _("These records span several school years; a sheet of one year says more.")
        )
    notes.append(
        _(
            "* Hidden because it stands for fewer than 5 students, or because it would give "
            "such a number away. What counts is students: 3 incidents of 5 students are shown."
        )
    )
    return notes
