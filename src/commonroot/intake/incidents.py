"""From a file to canonical rows, with a reason for every row left behind."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from commonroot.intake.columns import find_refused, settle_school
from commonroot.intake.dates import DateReading, MixedDatesError, read_dates
from commonroot.intake.distinct import Distinct, code_columns
from commonroot.intake.fields import Builder, Columns, hash_ids, keep_rows
from commonroot.intake.headers import is_dropped, normalise
from commonroot.intake.labels import clean_label, is_missing, label_key
from commonroot.intake.mapping import (
    ColumnMap,
    MappingError,
    need_answers,
    propose,
    read_mapping,
    show_header,
)
from commonroot.intake.names import read_vocabulary
from commonroot.intake.rules import (
    DUPLICATE,
    count_reasons,
    explain_undated,
    find_duplicates,
    find_school_years,
    say_reason,
    show_value,
)
from commonroot.intake.secret import key_students, read_secret
from commonroot.intake.sources import Source, UnreadableFileError, read_source
from commonroot.intake.words import say_taken
from commonroot.languages import ENGLISH, speaking
from commonroot.languages import gettext as _

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
    file tells of; see `docs/intake.md` for its columns. `report` is `intake.json`, and
    `headers` are those of the file.
    """

    rows: pl.DataFrame
    left: tuple[LeftRow, ...]
    report: dict[str, Any]
    mapping: ColumnMap
    headers: tuple[str, ...] = ()


@dataclass
class Sorting:
    """Rows being sorted into used and left behind, by their position in the source."""

    source: Source
    mapping: ColumnMap
    coded: Mapping[str, Distinct]
    reasons: dict[int, tuple[str, str, str]] = field(default_factory=dict)

    def leave(
        self, position: int, reason: str, column: str = "", value: str = ""
    ) -> None:
        """Leave a row behind; the first reason that is found stands."""
        self.reasons.setdefault(position, (reason, column, value))

    def dates(self) -> Distinct:
        """Give the column of dates."""
        return self.coded[self.mapping.columns["date"][0]]

    def used(self) -> pl.Series | None:
        """Say which rows are in use; None when all are."""
        if not self.reasons:
            return None
        used = np.ones(self.source.frame.height, dtype=bool)
        used[sorted(self.reasons)] = False
        return pl.Series(used)


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
    # These do not hold Python's lock: another core does them while labels are read.
    with ThreadPoolExecutor(1) as beside:
        copies = beside.submit(find_duplicates, source.frame, source.row_numbers)
        ids = start_column(beside, source, mapping.header("incident_id"), hash_ids)
        students = start_column(
            beside,
            source,
            mapping.header("student"),
            lambda column: key_students(column, secret),
        )
        coded = code_columns(source.frame, list_coded(mapping))
        refused = find_refused(source, mapping, coded)
        kept = drop_refused(mapping, refused)
        sorting = Sorting(source, kept, coded)
        reading = read_date_column(sorting)
        dates = leave_undated(sorting, reading)
        leave_copies(sorting, copies.result())
        leave_by_label(sorting)
        outside = leave_outside_school_years(sorting, dates, reading, today)
        progress("Keeping what is needed")
        hashes = ids.result() if ids else None
        builder = Builder(keep_used(sorting, hashes, dates, reading), kept)
        used = sorting.used()
        built = builder.build_rows(
            lambda: keep_rows(students.result(), used) if students else None
        )
    for position, header, value in built.conflicts:
        sorting.leave(position, "same-id-two-dates", header, value)
    if built.rows.is_empty():
        raise refuse_nothing_left(sorting)
    left = list_left(sorting)
    report = make_report(source, kept, refused, left, reading, built.account)
    if outside:
        report["guesses"]["school_years_left_out"] = outside
    return Intake(built.rows, left, report, kept, tuple(source.headers))


def list_coded(mapping: ColumnMap) -> list[str]:
    """List the mapped columns that repeat their texts; ids and students do not."""
    headers = [
        header
        for name, found in mapping.columns.items()
        if name not in ("incident_id", "student")
        for header in found
    ]
    return list(dict.fromkeys([*headers, *mapping.groups]))


def keep_used(
    sorting: Sorting, ids: pl.Series | None, dates: pl.Series, reading: DateReading
) -> Columns:
    """Keep the rows in use, of the columns that are needed."""
    source, used = sorting.source, sorting.used()
    positions = pl.int_range(source.frame.height, dtype=pl.UInt32, eager=True)
    return Columns(
        None if ids is None else keep_rows(ids, used),
        {header: column.keep(used) for header, column in sorting.coded.items()},
        keep_rows(source.row_numbers, used),
        keep_rows(positions, used),
        keep_rows(dates, used),
        reading,
    )


def start_column(
    beside: ThreadPoolExecutor,
    source: Source,
    header: str | None,
    work: Callable[[pl.Series], pl.Series],
) -> Future[pl.Series] | None:
    """Start the work on a column beside the rest; None when it is not mapped."""
    return None if header is None else beside.submit(work, source.frame[header])


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


def read_date_column(sorting: Sorting) -> DateReading:
    """Read the distinct texts of the date column."""
    header = sorting.mapping.columns["date"][0]
    counts = {
        text: rows
        for text, rows in sorting.dates().counts.items()
        if not is_missing(text)
    }
    try:
        return read_dates(counts, sorting.mapping.formats.get("date", ()))
    except MixedDatesError as error:
        raise MappingError(
            _("The column {header!r} cannot be read: {why}").format(
                header=header, why=error
            )
        ) from None


def leave_undated(sorting: Sorting, reading: DateReading) -> pl.Series:
    """Leave behind what has no readable date, each row for its own reason."""
    source, header = sorting.source, sorting.mapping.columns["date"][0]
    dates = sorting.dates().change(
        lambda texts: [reading.dates.get(text) for text in texts], pl.Date
    )
    for position in dates.is_null().arg_true().to_list() if dates.null_count() else ():
        cells = source.frame.row(position, named=True)
        ragged = int(source.row_numbers[position]) in source.ragged
        text = cells[header]
        reason = reading.reasons.get(text or "", "unreadable-date")
        if reason == "unreadable-date":
            reason = explain_undated(cells, header, ragged=ragged)
        sorting.leave(position, reason, header, show_value(text))
    if source.ragged:
        long_rows = source.row_numbers.is_in(sorted(source.ragged))
        for position in long_rows.arg_true().to_list():
            sorting.leave(position, "too-many-cells")
    return dates


def leave_copies(sorting: Sorting, copies: Mapping[int, int]) -> None:
    """Leave behind exact copies of earlier rows: position -> the first row's number."""
    for position, first in copies.items():
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


def leave_labels(
    sorting: Sorting, header: str, reason: str, wanted: Iterable[str]
) -> None:
    """Leave behind the rows whose label is one of these."""
    keys = {label_key(label) for label in wanted}
    column = sorting.coded[header]
    for position in column.find(lambda t: label_key(clean_label(t) or "") in keys):
        label = clean_label(column.text(position) or "") or ""
        sorting.leave(position, reason, header, label)


def leave_outside_school_years(
    sorting: Sorting, dates: pl.Series, reading: DateReading, today: dt.date
) -> list[str]:
    """Leave behind dates of years that the data are not about; name those years."""
    counts: dict[dt.date, int] = {}
    for text, rows in sorting.dates().counts.items():
        if text in reading.dates:
            day = reading.dates[text]
            counts[day] = counts.get(day, 0) + rows
    years, outside = find_school_years(counts, today=today)
    starts = {int(name[:4]) for name in years}
    wrong = {day for day in counts if day.year - (day.month < 7) not in starts}
    if not wrong:
        return []
    column = sorting.dates()
    for position in column.find(lambda text: reading.dates.get(text) in wrong):
        text = column.text(position) or ""
        other = reading.swapped.get(text)
        swapped = other is not None and other.year - (other.month < 7) in starts
        reason = "swapped-day-month" if swapped else "date-outside-school-years"
        sorting.leave(
            position, reason, sorting.mapping.columns["date"][0], show_value(text)
        )
    return outside


def refuse_nothing_left(sorting: Sorting) -> UnreadableFileError:
    """Say why not one row could be used: in codes, and for a page in words."""
    counts = count_reasons(
        reason for reason, _column, _value in sorting.reasons.values()
    )
    told = ", ".join(f"{reason}: {rows}" for reason, rows in counts.items())
    sentence = _(
        "No row of the file could be used as an incident ({told}). Nothing was written."
    ).format(told=told or _("there are no rows below the header"))
    if not counts:
        return UnreadableFileError(sentence)
    lines = [
        _("No row of the file could be used as an incident. Nothing was written."),
        *(
            _("{reason} Rows: {rows:,}.").format(reason=say_reason(reason), rows=rows)
            for reason, rows in counts.items()
        ),
    ]
    return UnreadableFileError(sentence, "\n".join(lines))


def tell_taken(mapping: ColumnMap) -> list[str]:
    """Tell which fields were taken from one of two headers, as `intake.json` does."""
    with speaking(ENGLISH):
        return [say_taken(name, header) for name, header in mapping.notes]


def list_left(sorting: Sorting) -> tuple[LeftRow, ...]:
    """List the source rows that were not used, in their order.

    A record that became several rows is left behind only when all of them are.
    """
    numbers = sorting.source.row_numbers
    by_row: dict[int, LeftRow] = {}
    for position, (reason, column, value) in sorted(sorting.reasons.items()):
        row = int(numbers[position])
        by_row.setdefault(row, LeftRow(row, column, value, reason))
    if by_row and sorting.source.rows_read < len(numbers):
        left = set(sorting.reasons)
        used = {int(n) for p, n in enumerate(numbers.to_list()) if p not in left}
        by_row = {row: found for row, found in by_row.items() if row not in used}
    return tuple(by_row[row] for row in sorted(by_row))


def make_report(
    source: Source,
    mapping: ColumnMap,
    refused: dict[str, str],
    left: tuple[LeftRow, ...],
    reading: DateReading,
    account: dict[str, Any],
) -> dict[str, Any]:
    """Make `intake.json`: every row and every column accounted for."""
    duplicates = sum(row.reason == DUPLICATE for row in left)
    mapped = {header for headers in mapping.columns.values() for header in headers}
    mapped |= set(mapping.groups)
    rest = [header for header in source.headers if header not in mapped]
    rows_read = source.rows_read
    show = {h: show_header(h, at) for at, h in enumerate(source.headers, start=1)}
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
            "dropped": [show[h] for h in rest if is_dropped(h) or h in refused],
            "unmapped": [
                show[h] for h in rest if not is_dropped(h) and h not in refused
            ],
            "refused": [{"column": show[h], "why": why} for h, why in refused.items()],
        },
        "unmapped_labels": account.pop("unmapped_labels"),
        "guesses": {
            **source.guesses,
            "system": mapping.system,
            "dates": reading.way,
            **({"columns": tell_taken(mapping)} if mapping.notes else {}),
            **account,
        },
    }
