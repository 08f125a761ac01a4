"""Faults: the slips that real exports have, few enough to stay believable."""

from dataclasses import replace
from datetime import date

from commonroot.sample.chance import Chance
from commonroot.sample.incidents import Incident, Response, SchoolRecord
from commonroot.sample.vocabulary import AWARD, NOT_BEHAVIOUR

DUPLICATES = "exact_duplicates"
FUTURE = "future_dates"
UNDATED = "missing_dates"
TWO_DATES = "two_dates"
NOTHING = "not_behaviour"
AWARDS = "awards"

FAULT_WORDS = {
    DUPLICATES: "rows that repeat another row exactly; the first of them is true",
    FUTURE: "rows of made-up incidents dated in the year 2029",
    UNDATED: "rows of made-up incidents without a date",
    TWO_DATES: "rows, two an incident, of made-up incidents filed under two dates",
    NOTHING: f"rows of {NOT_BEHAVIOUR!r}, which are not incidents",
    AWARDS: "rows with alignment Award, which are not incidents",
    "label_drift": "rows with a label that has an en dash in place of its hyphen",
    "default_times": "rows with the entry form's default time of 08:00",
    "missing_times": "rows whose time is the text NULL",
    "totals_rows": "rows that add up the others",
    "preamble_rows": "lines above the header; not counted as rows",
    "unlinked_rows": "rows with incident number 0: one incident each",
}

# How many of each a school's system gets: incidents for all but duplicates,
# which are rows.
FAULTS: dict[str, dict[str, int]] = {
    "SWIS": {DUPLICATES: 6, FUTURE: 1, UNDATED: 1, TWO_DATES: 1},
    "PowerSchool Incident Management": {
        DUPLICATES: 7, FUTURE: 1, UNDATED: 2, TWO_DATES: 1,
    },
    "Ed-Fi": {DUPLICATES: 3, FUTURE: 1},
    "eduCLIMBER": {DUPLICATES: 4, FUTURE: 1, UNDATED: 1, NOTHING: 9},
    "Infinite Campus": {DUPLICATES: 5, UNDATED: 1, TWO_DATES: 1, AWARDS: 38},
    "Synergy": {DUPLICATES: 8, FUTURE: 1, UNDATED: 1, TWO_DATES: 1, NOTHING: 5},
    "Skyward": {DUPLICATES: 5, FUTURE: 1, UNDATED: 1, TWO_DATES: 1, NOTHING: 7},
    "Aeries": {DUPLICATES: 4, FUTURE: 1, UNDATED: 1, TWO_DATES: 1},
    "DeansList": {DUPLICATES: 3, UNDATED: 1},
    "Aspen": {DUPLICATES: 4, FUTURE: 1, UNDATED: 2},
    "PowerSchool log entries": {DUPLICATES: 2, FUTURE: 1},
}  # fmt: skip


def tell_faults(record: SchoolRecord, incidents: list[Incident]) -> list[Incident]:
    """Make the school's faulty incidents out of copies of true ones."""
    chance = Chance(record.seed, "faults", record.school.name)
    plain = [one for one in incidents if len(one.participants) == 1]
    faulty: list[Incident] = []
    for kind, count in FAULTS[record.school.system].items():
        if kind == DUPLICATES:
            continue
        for model in chance.some(plain, count):
            faulty += _spoil(_simple(model, kind), record, chance)
    return faulty


def _simple(model: Incident, kind: str) -> Incident:
    """One student, one behaviour, one response: so that a fault is one row."""
    offender = replace(
        model.participants[0], responses=(Response("Conference with student"),)
    )
    return replace(
        model, kind=kind, participants=(offender,), behaviours=model.behaviours[:1]
    )


def _spoil(incident: Incident, record: SchoolRecord, chance: Chance) -> list[Incident]:
    day = incident.recorded
    if incident.kind == FUTURE:
        return [replace(incident, day=date(2029, day.month, min(day.day, 28)))]
    if incident.kind == UNDATED:
        return [replace(incident, day=None)]
    if incident.kind == TWO_DATES:
        others = [one for one in record.days[incident.autumn] if one != day]
        return [incident, replace(incident, day=chance.pick(others))]
    named = AWARD if incident.kind == AWARDS else NOT_BEHAVIOUR
    return [replace(incident, behaviours=(named,))]
