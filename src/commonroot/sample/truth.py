"""Truth: what is really in the sample, for tests to hold results against."""

import json
from dataclasses import asdict

from commonroot.sample.bells import Period, clock, find_schedule
from commonroot.sample.calendars import year_name
from commonroot.sample.exports import LABELS, Export
from commonroot.sample.faults import FAULT_WORDS
from commonroot.sample.incidents import SchoolRecord
from commonroot.sample.patterns import CHANGES, GAPS, LevelChange, Pattern
from commonroot.sample.planting import Planted
from commonroot.sample.profiles import GENDER_FACTORS, GRADE_FACTORS
from commonroot.sample.vocabulary import REMOVALS

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


def write_truth(
    records: list[SchoolRecord],
    exports: dict[str, Export],
    planted: dict[str, list[Planted]],
) -> bytes:
    """Write the truth as JSON: schools, patterns, gaps and changes of level."""
    first = str(min(day for days in records[0].days.values() for day in days))
    told = {
        "version": 1,
        "seed": records[0].seed,
        "school_years": [year_name(year) for year in records[0].days],
        "removal_responses": list(REMOVALS),
        "fault_words": FAULT_WORDS,
        "built_in": {"grade": GRADE_FACTORS, "Gender": GENDER_FACTORS},
        "schools": [_school(one, exports[one.school.name]) for one in records],
        "patterns": [
            _pattern(one) for record in records for one in planted[record.school.name]
        ],
        "gaps": [
            {"school": gap.school, "from": str(gap.first), "to": str(gap.last)}
            for gap in GAPS
            if str(gap.last) >= first
        ],
        "changes": [
            _change(change, record)
            for change in CHANGES
            for record in records
            if record.school.name == change.school
        ],
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _school(record: SchoolRecord, export: Export) -> dict[str, object]:
    school = record.school
    return {
        "school": school.name,
        "slug": school.slug,
        "file": school.file,
        "system": school.system,
        "district": school.district.name,
        "county": school.district.county,
        "level": school.level,
        "grades": list(school.grades),
        "students": school.size,
        "educators": len(record.staff),
        "by_year": {year_name(year): _count(record, year) for year in record.days},
        "rows": export.rows,
        "faults": export.faults,
        "labels": asdict(LABELS[school.system]),
        "bells": _bells(school.grades),
    }


def _count(record: SchoolRecord, year: int) -> dict[str, int]:
    """Count the year's true incidents; all of them have an offender."""
    incidents = [one for one in record.true_incidents if one.autumn == year]
    offenders = [one for incident in incidents for one in incident.offenders]
    return {
        "incidents": len(incidents),
        "student_incidents": len(offenders),
        "removals": sum(
            response.is_removal for one in offenders for response in one.responses
        ),
        "students": len(record.rolls[year]),
        "school_days": len(record.days[year]),
    }


def _bells(grades: tuple[str, ...]) -> list[dict[str, object]]:
    """List the periods, with the grades that follow them."""
    followers: dict[tuple[str, int, int], list[str]] = {}
    for grade in grades:
        for period in find_schedule(grade):
            followers.setdefault(_key(period), []).append(grade)
    return [
        {"period": name, "from": clock(start), "to": clock(end), "grades": among}
        for (name, start, end), among in followers.items()
    ]


def _key(period: Period) -> tuple[str, int, int]:
    return (period.name, period.start, period.end)


def _pattern(planted: Planted) -> dict[str, object]:
    pattern = planted.pattern
    return {
        "school": pattern.school,
        "title": pattern.title,
        "kind": pattern.kind,
        "conditions": _conditions(pattern),
        "from": str(pattern.first),
        "to": str(pattern.last),
        "ratio": pattern.ratio,
        "expected_incidents": round(planted.expected, 1),
        "usual_incidents": planted.usual,
        "extra_incidents": planted.extra,
        "ratio_as_told": round(planted.ratio, 2),
    }


def _change(change: LevelChange, record: SchoolRecord) -> dict[str, object]:
    """Tell a change of level, with incidents a week of five school days each side."""
    days = [day for among in record.days.values() for day in among]
    before = sum(one.recorded < change.first for one in record.true_incidents)
    after = len(record.true_incidents) - before
    days_before = sum(day < change.first for day in days)
    return {
        "school": change.school,
        "from": str(change.first),
        "ratio": change.ratio,
        "weekly_before": round(before / days_before * 5, 1),
        "weekly_after": round(after / (len(days) - days_before) * 5, 1),
    }


def _conditions(pattern: Pattern) -> dict[str, object]:
    """Name the conditions by the columns of region.csv; times end before "to"."""
    conditions: dict[str, object] = {}
    if pattern.place:
        conditions["Location"] = [pattern.place]
    if pattern.start:
        conditions["Incident Time"] = {"from": pattern.start, "to": pattern.end}
    if pattern.weekday is not None:
        conditions["Weekday"] = [WEEKDAYS[pattern.weekday]]
    if pattern.grades:
        conditions["Grade"] = list(pattern.grades)
    if pattern.behaviours:
        conditions["Behavior"] = list(pattern.behaviours)
    if pattern.race:
        conditions["Race/Ethnicity"] = [pattern.race]
    return conditions
