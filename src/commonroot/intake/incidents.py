"""From a file to canonical rows, with a reason for every row left behind."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from commonroot.intake.columns import find_refused, settle_school
from commonroot.intake.dates import DateReading, MixedDatesError, read_dates
from commonroot.intake.distinct import look_up
from commonroot.intake.fields import build_rows
from commonroot.intake.headers import is_dropped, normalise
from commonroot.intake.labels import clean_label, is_missing, label_key
from commonroot.intake.mapping import (
    ColumnMap,
    MappingError,
    need_answers,
    propose,
    read_mapping,
)
from commonroot.intake.names import read_vocabulary
from commonroot.intake.rules import (
    DUPLICATE,
    count_reasons,
    explain_undated,
    find_duplicates,
    find_school_years,
    show_value,
)
from commonroot.intake.secret import read_secret
from commonroot.intake.sources import Source, UnreadableFileError, read_source

Progress = Callable[[str], None]


@dataclass(frozen=True)
class LeftRow:
    """One row of the source that was not used, and why."""

    row: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True)
class Intake:
    """What came of one file: canonical rows, rows left behind, and the account.

    `rows` has one row for each incident x behaviour x participant x response that the
    file tells of; see `docs/intake.md` for its columns. `report` is `intake.json`.
    """

    rows: pl.DataFrame
    left: tuple[LeftRow, ...]
    report: dict[str, Any]
    mapping: ColumnMap


@dataclass
class Sorting:
    """Rows being sorted into used and left behind, by their position in the source."""

    source: Source
    mapping: ColumnMap
    reasons: dict[int, tuple[str, str, str]] = field(default_factory=dict)

    def leave(
        self, position: int, reason: str, column: str = "", value: str = ""
    ) -> None:
        """Leave a row behind; the first reason that is found stands."""
        self.reasons.setdefault(position, (reason, column, value))

    def leave_where(self, mask: pl.Series, reason: str, header: str) -> None:
        """Leave behind every row of a mask, showing what the column said if it may be."""
        cells = self.source.frame[header]
        for position in mask.fill_null(value=False).arg_true().to_list():
            self.leave(position, reason, header, show_value(cells[position]))


def read_incidents(
    path: Path,
    *,
    mapping_path: Path | None = None,
    today: dt.date | None = None,
    secret: bytes | None = None,
    progress: Progress = lambda message: None,
) -> Intake:
    """Read a file of incidents whole.

    Raises `UnreadableFileError`, `MappingError` or `SecretError`, each with a sentence
    for the person who gave the file.
    """
    progress("Reading the file")
    source = read_source(path)
    mapping = choose_mapping(source, mapping_path)
    key = secret if secret is not None else read_secret()
    progress("Looking at every row")
    return sort_rows(
        source, mapping, key, today or dt.date.today(), progress
    )  # a school's own day


def choose_mapping(source: Source, mapping_path: Path | None) -> ColumnMap:
    """Take the person's mapping, or propose one and refuse to guess."""
    if mapping_path is not None:
        return need_answers(read_mapping(mapping_path, source.headers), source.headers)
    return need_answers(settle_school(propose(source.headers), source), source.headers)


def sort_rows(
    source: Source,
    mapping: ColumnMap,
    secret: bytes,
    today: dt.date,
    progress: Progress,
) -> Intake:
    """Sort rows into used and left behind, and build the canonical ones."""
    refused = find_refused(source, mapping)
    kept = drop_refused(mapping, refused)
    sorting = Sorting(source, kept)
    reading = read_date_column(source, kept)
    dates = leave_undated(sorting, reading)
    leave_copies(sorting)
    leave_by_label(sorting)
    outside = leave_outside_school_years(sorting, dates, reading, today)
    progress("Keeping what is needed")
    used = pl.Series("used", [True] * source.frame.height)
    if sorting.reasons:
        used = used.scatter(sorted(sorting.reasons), value_list(len(sorting.reasons)))
    built = build_rows(source, kept, dates, reading, used, secret)
    for position, header, value in built.conflicts:
        sorting.leave(position, "same-id-two-dates", header, value)
    if built.rows.is_empty():
        raise UnreadableFileError(explain_nothing_left(sorting))
    left = list_left(sorting)
    report = make_report(source, kept, refused, sorting, left, reading, built.account)
    if outside:
        report["guesses"]["school_years_left_out"] = outside
    return Intake(built.rows, left, report, kept)


def value_list(length: int) -> list[bool]:
    """Give False as often as asked."""
    return [False] * length


def drop_refused(mapping: ColumnMap, refused: dict[str, str]) -> ColumnMap:
    """Take refused columns out of a mapping; without its date there is no reading."""
    columns = {
        name: tuple(header for header in headers if header not in refused)
        for name, headers in mapping.columns.items()
    }
    groups = tuple(header for header in mapping.groups if header not in refused)
    return ColumnMap(
        columns={name: headers for name, headers in columns.items() if headers},
        groups=groups,
        system=mapping.system,
        formats=mapping.formats,
        labels=mapping.labels,
        leave_out=mapping.leave_out,
        removals=mapping.removals,
        bells=mapping.bells,
        notes=mapping.notes,
    )


def read_date_column(source: Source, mapping: ColumnMap) -> DateReading:
    """Read the distinct texts of the date column."""
    header = mapping.columns["date"][0]
    counted = source.frame[header].drop_nulls().value_counts(name="rows")
    counts = {
        text: rows
        for text, rows in zip(counted[header], counted["rows"], strict=True)
        if not is_missing(text)
    }
    try:
        return read_dates(counts, mapping.formats.get("date", ()))
    except MixedDatesError as error:
        raise MappingError(f"The column {header!r} cannot be read: {error}") from None


def leave_undated(sorting: Sorting, reading: DateReading) -> pl.Series:
    """Leave behind what has no readable date, each row for its own reason."""
    source, header = sorting.source, sorting.mapping.columns["date"][0]
    dates = look_up(
        source.frame[header],
        lambda texts: [reading.dates.get(t) for t in texts],
        pl.Date,
    )
    for position in dates.is_null().arg_true().to_list():
        cells = source.frame.row(position, named=True)
        ragged = int(source.row_numbers[position]) in source.ragged
        text = cells[header]
        reason = reading.reasons.get(text or "") or explain_undated(
            cells, header, ragged=ragged
        )
        if reason == "unreadable-date":
            reason = explain_undated(cells, header, ragged=ragged)
        sorting.leave(position, reason, header, show_value(text))
    if source.ragged:
        long_rows = source.row_numbers.is_in(sorted(source.ragged))
        for position in long_rows.arg_true().to_list():
            sorting.leave(position, "too-many-cells")
    return dates


def leave_copies(sorting: Sorting) -> None:
    """Leave behind exact copies of earlier rows."""
    source = sorting.source
    for position, first in find_duplicates(source.frame, source.row_numbers).items():
        sorting.leave(position, DUPLICATE, "", f"same as row {first}")


def leave_by_label(sorting: Sorting) -> None:
    """Leave behind awards, deleted records, "no incident" rows and what the map says."""
    mapping, vocabulary = sorting.mapping, read_vocabulary()
    rules = [
        ("kind", "award-row", vocabulary["kind"]["award"]),
        ("severity", "award-row", vocabulary["kind"]["award"]),
        ("behaviour", "no-incident-row", vocabulary["no_incident"]["labels"]),
        ("kind", "no-incident-row", vocabulary["no_incident"]["labels"]),
        *(
            (name, "left-out-by-mapping", labels)
            for name, labels in mapping.leave_out.items()
        ),
    ]
    for name, reason, labels in rules:
        for header in mapping.columns.get(name, ())[:1]:
            leave_labels(sorting, header, reason, labels)
    for header in mapping.columns.get("deleted", ()):
        gone = (
            ["Y", "Yes", "True", "1"]
            if "delet" in normalise(header)
            else ["N", "No", "False", "0"]
        )
        leave_labels(sorting, header, "deleted-record", gone)


def leave_labels(sorting: Sorting, header: str, reason: str, labels: list[str]) -> None:
    """Leave behind the rows whose label is one of these."""
    keys = {label_key(label) for label in labels}
    cells = sorting.source.frame[header]
    texts = [
        text
        for text in cells.drop_nulls().unique().to_list()
        if label_key(clean_label(text) or "") in keys
    ]
    if texts:
        for position in cells.is_in(texts).fill_null(value=False).arg_true().to_list():
            sorting.leave(position, reason, header, clean_label(cells[position]) or "")


def leave_outside_school_years(
    sorting: Sorting, dates: pl.Series, reading: DateReading, today: dt.date
) -> list[str]:
    """Leave behind dates of years that the data are not about; name those years."""
    counted = dates.drop_nulls().value_counts(name="rows")
    counts = dict(zip(counted[dates.name], counted["rows"], strict=True))
    years, outside = find_school_years(counts, today=today)
    wrong = sorted(
        day
        for day in counts
        if f"{day.year - (day.month < 7)}" not in {name[:4] for name in years}
    )
    if not wrong:
        return []
    header = sorting.mapping.columns["date"][0]
    cells = sorting.source.frame[header]
    starts = {name[:4] for name in years}
    for position in dates.is_in(wrong).fill_null(value=False).arg_true().to_list():
        other = reading.swapped.get(cells[position])
        swapped = other is not None and f"{other.year - (other.month < 7)}" in starts
        reason = "swapped-day-month" if swapped else "date-outside-school-years"
        sorting.leave(position, reason, header, show_value(cells[position]))
    return outside


def explain_nothing_left(sorting: Sorting) -> str:
    """Say why not one row could be used."""
    counts = count_reasons(reason for reason, _, _ in sorting.reasons.values())
    told = ", ".join(f"{reason}: {rows}" for reason, rows in counts.items())
    return (
        "No row of the file could be used as an incident "
        f"({told or 'there are no rows below the header'}). Nothing was written."
    )


def list_left(sorting: Sorting) -> tuple[LeftRow, ...]:
    """List the source rows that were not used, in their order.

    A record that became several rows is left behind only when all of them are.
    """
    numbers = sorting.source.row_numbers
    by_row: dict[int, LeftRow] = {}
    for position, (reason, column, value) in sorted(sorting.reasons.items()):
        row = int(numbers[position])
        by_row.setdefault(row, LeftRow(row, column, value, reason))
    if numbers.n_unique() < len(numbers):
        left = set(sorting.reasons)
        used = {int(n) for p, n in enumerate(numbers.to_list()) if p not in left}
        by_row = {row: found for row, found in by_row.items() if row not in used}
    return tuple(by_row[row] for row in sorted(by_row))


def make_report(
    source: Source,
    mapping: ColumnMap,
    refused: dict[str, str],
    sorting: Sorting,
    left: tuple[LeftRow, ...],
    reading: DateReading,
    account: dict[str, Any],
) -> dict[str, Any]:
    """Make `intake.json`: every row and every column accounted for."""
    duplicates = sum(row.reason == DUPLICATE for row in left)
    mapped = {header for headers in mapping.columns.values() for header in headers}
    mapped |= set(mapping.groups)
    rest = [header for header in source.headers if header not in mapped]
    rows_read = source.row_numbers.n_unique()
    return {
        "version": 1,
        "rows_read": rows_read,
        "rows_used": rows_read - len(left),
        "duplicates": duplicates,
        "left_behind": len(left) - duplicates,
        "reasons": count_reasons(row.reason for row in left if row.reason != DUPLICATE),
        "columns": {
            "mapped": {
                **{
                    name: headers[0] if len(headers) == 1 else list(headers)
                    for name, headers in mapping.columns.items()
                },
                **({"groups": list(mapping.groups)} if mapping.groups else {}),
            },
            "dropped": [h for h in rest if is_dropped(h) or h in refused],
            "unmapped": [h for h in rest if not is_dropped(h) and h not in refused],
            "refused": [{"column": h, "why": why} for h, why in refused.items()],
        },
        "unmapped_labels": account.pop("unmapped_labels"),
        "guesses": {
            **source.guesses,
            "system": mapping.system,
            "dates": reading.way,
            **({"columns": list(mapping.notes)} if mapping.notes else {}),
            **account,
        },
    }
