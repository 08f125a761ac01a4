"""Places and sessions, each under the one that it belongs to."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from commonroot.intake.roster.checks import Row
from commonroot.intake.roster.records import RosterPlace, RosterSession
from commonroot.intake.roster.references import ABOVE, cut_circles
from commonroot.intake.roster.rules import Breaches

PLACE_KINDS = {
    "district": "district",
    "school": "school",
    "department": "department",
    "local": "region",
    "state": "state",
    "national": "national",
}
SESSION_KINDS = ("schoolYear", "semester", "term", "gradingPeriod")
OTHER = "other"
Record = TypeVar("Record", RosterPlace, RosterSession)


def make_place(row: Row) -> RosterPlace:
    """Make a place of a row of orgs.csv."""
    return RosterPlace(
        key=row.key,
        kind=PLACE_KINDS.get(row.text("type"), OTHER),
        name=" ".join(row.text("name").split()),
        number=row.text("identifier") or None,
        above=row.text(ABOVE) or None,
    )


def make_session(row: Row) -> RosterSession:
    """Make a session of a row of academicSessions.csv, whose days were checked."""
    kind = row.text("type")
    return RosterSession(
        key=row.key,
        name=" ".join(row.text("title").split()),
        kind=kind if kind in SESSION_KINDS else OTHER,
        first=dt.date.fromisoformat(row.text("startDate")),
        last=dt.date.fromisoformat(row.text("endDate")),
        above=row.text(ABOVE) or None,
    )


def hang(
    file: str, records: Mapping[str, Record], rows: Mapping[str, int], found: Breaches
) -> Iterator[Record]:
    """Hang every record under the one above it, if that was taken too.

    `rows` has the row of each record, to name the first of a circle.
    """
    above = {
        key: record.above
        for key, record in records.items()
        if record.above and record.above in records
    }
    kept = cut_circles(file, above, rows, found)
    return (replace(record, above=kept.get(key)) for key, record in records.items())
