"""Canonical fields: what each mapped column becomes.

Nothing of a dropped or unmapped column is touched here.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import polars as pl

from commonroot.intake import labels
from commonroot.intake.cell_digests import digest_texts
from commonroot.intake.clock import read_minutes, take_minutes
from commonroot.intake.dates import DateReading, name_school_year
from commonroot.intake.distinct import Distinct, make_distinct
from commonroot.intake.grain import find_conflicts, key_events
from commonroot.intake.kept_labels import (
    LabelKeeper,
    keep_groups,
    keep_reporters,
    split_cells,
)
from commonroot.intake.labels import clean_label, label_key
from commonroot.intake.mapping import SEVERAL, ColumnMap
from commonroot.intake.rules import show_value

GROUP = "group: "
LONGEST_ZEROS = 12
YEAR_BEFORE = re.compile(r"^\s*(?:20)?\d{2}\s*-\s*(?:20)?\d{2}\s+(?=\D)")
CANONICAL = (
    "row",
    "event",
    "school",
    "school_year",
    "date",
    "minute",
    "period",
    "location",
    "behaviour",
    "severity",
    "subjective",
    "grade",
    "role",
    "student",
    "response",
    "removal",
    "days_removed",
    "reporter",
    "motivation",
)


@dataclass(frozen=True)
class Columns:
    """The mapped columns of the rows in use, by header, and how the dates were read.

    Incident ids are hashed already.
    """

    incident_ids: pl.Series | None
    coded: Mapping[str, Distinct]
    row_numbers: pl.Series
    positions: pl.Series
    dates: pl.Series
    reading: DateReading


@dataclass(frozen=True)
class Built:
    """Canonical rows, conflicts found on the way, and what is to be told."""

    rows: pl.DataFrame
    conflicts: Sequence[tuple[int, str, str]]
    account: dict[str, Any]


class Builder:
    """Builds canonical columns, and the account that grows beside them."""

    def __init__(self, columns: Columns, mapping: ColumnMap) -> None:
        self.columns = columns
        self.mapping = mapping
        self.keeper = LabelKeeper(mapping.labels)
        self.account: dict[str, Any] = {}
        self.height = len(columns.row_numbers)

    def empty(self, kind: Any) -> pl.Series:
        """Give a column in which nothing is known."""
        return pl.Series([None], dtype=kind).new_from_index(0, self.height)

    def coded(self, field: str) -> Distinct | None:
        """Give the mapped column of a field, or None."""
        header = self.mapping.header(field)
        return None if header is None else self.columns.coded[header]

    def build(
        self, field: str, make: Callable[[Distinct], pl.Series], kind: Any = pl.String
    ) -> pl.Series:
        """Build a field if it is mapped; nothing is known of one that is not."""
        column = self.coded(field)
        return self.empty(kind) if column is None else make(column)

    def judge(self, field: str, judge: Callable[[str], str | None]) -> pl.Series:
        """Build a field whose labels have a meaning of ours."""
        return self.build(field, lambda column: self.keeper.judge(field, column, judge))

    def build_rows(self, students: Callable[[], pl.Series | None]) -> Built:
        """Build the canonical rows; the students' keys are asked for at the last."""
        rows = self.build_fields()
        rows = rows.with_columns(key_events(rows))
        self.tell_merged(rows)
        wrong = find_conflicts(rows)
        keys = students()
        rows = rows.with_columns(
            (self.empty(pl.UInt64) if keys is None else keys).alias("student")
        )
        conflicts = self.list_conflicts(rows, wrong)
        if wrong is not None:
            rows = rows.filter(~wrong)
        for field in SEVERAL:
            rows = (
                rows.explode(field) if isinstance(rows[field].dtype, pl.List) else rows
            )
        self.account["unmapped_labels"] = self.keeper.unmapped
        self.tell_unfound()
        return Built(self.finish(rows), conflicts, self.account)

    def build_fields(self) -> pl.DataFrame:
        """Build every field; a list where one row holds several labels."""
        columns = {
            "row": self.columns.row_numbers,
            "position": self.columns.positions,
            "date": self.columns.dates,
            "school_year": self.build_years(),
            "minute": self.build_minutes(),
            "school": self.build("school", self.keep_schools),
            "incident_id": (
                self.empty(pl.UInt64)
                if self.columns.incident_ids is None
                else self.columns.incident_ids
            ),
            "grade": self.judge("grade", labels.find_grade),
            "role": self.judge("role", labels.find_role),
            "days_removed": self.build("days_removed", self.read_days, pl.Float64),
            "reporter": self.build("reporter", keep_reporters),
            "location": self.build(
                "location", lambda c: self.keeper.keep("location", c, labels.name_place)
            ),
            "place": self.build("location", key_places),
            "motivation": self.build(
                "motivation", lambda c: self.keeper.keep("motivation", c)
            ),
            "period": self.build("period", lambda c: self.keeper.keep("period", c)),
            "severity": self.judge("severity", labels.find_severity),
            **{field: self.build_several(field) for field in SEVERAL},
            **{
                GROUP + h: keep_groups(self.columns.coded[h])
                for h in self.mapping.groups
            },
        }
        return pl.DataFrame([series.alias(name) for name, series in columns.items()])

    def build_years(self) -> pl.Series:
        """Name the school year of every date."""
        read = self.columns.reading.dates
        years = {text: name_school_year(day) for text, day in read.items()}
        dates = self.columns.coded[self.mapping.columns["date"][0]]
        return dates.change(lambda texts: map(years.get, texts), pl.String)

    def build_minutes(self) -> pl.Series:
        """Read the minute of the day from its own column, or from beside the date."""
        times = self.coded("time")
        if times is not None:
            return read_minutes(times, self.account)
        if not self.columns.reading.minutes:
            return self.empty(pl.Int16)
        dates = self.columns.coded[self.mapping.columns["date"][0]]
        return take_minutes(dates, self.columns.reading, self.account)

    def keep_schools(self, column: Distinct) -> pl.Series:
        """Keep schools' names."""
        renames = self.keeper.renames.get("school", {})
        return column.change(lambda texts: clean_schools(renames, texts), pl.String)

    def read_days(self, column: Distinct) -> pl.Series:
        """Read the number of days removed."""
        read = {text: read_number(text) for text in column.texts}
        unread = sum(
            rows
            for text, rows in column.counts.items()
            if read[text] is None and not labels.is_missing(text)
        )
        if unread:
            self.account["days_not_read"] = unread
        return column.change(lambda texts: map(read.get, texts), pl.Float64)

    def build_several(self, field: str) -> pl.Series:
        """Build a field that may stand in several columns, or several times in a cell."""
        headers = self.mapping.columns.get(field, ())
        if not headers:
            return self.empty(pl.String)
        columns = [self.columns.coded[header] for header in headers]
        if len(columns) == 1 and not any(";" in text for text in columns[0].texts):
            return self.keeper.keep(field, columns[0])
        flat = pl.concat([spread_cells(column) for column in columns])
        kept = flat.with_columns(
            self.keeper.keep(field, make_distinct(flat["text"])).alias("text")
        )
        gathered = kept.group_by("at", maintain_order=True).agg(
            pl.col("text").cast(pl.String).drop_nulls().unique(maintain_order=True)
        )
        rows = pl.DataFrame({"at": pl.int_range(self.height, eager=True)})
        return rows.join(gathered, on="at", how="left", maintain_order="left")["text"]

    def tell_unfound(self) -> None:
        """Tell which labels of the mapping stand nowhere in the file: a slip, perhaps."""
        named = {field: tuple(table) for field, table in self.mapping.labels.items()}
        if self.mapping.removals is not None:
            named["response"] = (*named.get("response", ()), *self.mapping.removals)
        unfound = []
        for field, found in named.items():
            headers = self.mapping.columns.get(field, ())
            written = {
                label_key(clean_label(part) or "")
                for header in headers
                if header in self.columns.coded
                for text in self.columns.coded[header].texts
                for part in (text, *text.split(";"))
            }
            # Removals speak of labels as they are called after renaming.
            written |= {
                label_key(new) for new in self.mapping.labels.get(field, {}).values()
            }
            unfound += [label for label in found if label_key(label) not in written]
        if unfound:
            self.account["mapping_labels_not_found"] = unfound

    def tell_merged(self, rows: pl.DataFrame) -> None:
        """Tell how many rows were taken for one incident where there is no id."""
        lacking = rows.filter(pl.col("incident_id").is_null())
        if lacking.height:
            merged = lacking["row"].n_unique() - lacking["event"].n_unique()
            self.account["rows_without_incident_id"] = lacking.height
            self.account["incidents_proposed_by"] = "school, date, time and location"
            self.account["rows_merged_into_incidents"] = max(0, merged)

    def list_conflicts(
        self, rows: pl.DataFrame, wrong: pl.Series | None
    ) -> list[tuple[int, str, str]]:
        """List the rows whose id stands under two dates, with what the date says."""
        if wrong is None:
            return []
        header = self.mapping.columns["date"][0]
        cells = self.columns.coded[header]
        places = wrong.arg_true().to_list()
        positions = rows["position"].gather(places).to_list()
        return [
            (position, header, show_value(cells.text(place)))
            for position, place in zip(positions, places, strict=True)
        ]

    def finish(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Add what follows from the labels, and put the columns in their order."""
        severity = rows["severity"]
        if severity.null_count() == rows.height:
            severity = change_labels(rows["behaviour"], labels.find_severity, pl.String)
        roles = rows["role"]
        if self.mapping.header("role") and not (roles == "offender").any():
            roles = roles.cast(pl.String).replace({"participant": "offender"})
        removes = change_labels(rows["response"], self.is_removal, pl.Boolean)
        told_by_days = rows["response"].is_null() & (
            rows["days_removed"] > 0
        ).fill_null(value=False)
        finished = rows.with_columns(
            severity.alias("severity"),
            roles.alias("role"),
            change_labels(rows["behaviour"], labels.is_subjective, pl.Boolean).alias(
                "subjective"
            ),
            (removes.fill_null(value=False) | told_by_days).alias("removal"),
        )
        groups = [name for name in rows.columns if name.startswith(GROUP)]
        return finished.select(*CANONICAL, *groups)

    def is_removal(self, response: str) -> bool:
        """Does a response remove, by the mapping if it says so, else by the vocabulary?"""
        if self.mapping.removals is None:
            return labels.is_removal(response)
        return label_key(response) in {
            label_key(label) for label in self.mapping.removals
        }


def hash_ids(ids: pl.Series) -> pl.Series:
    """Hash incident ids; a zero is what programs write when there is none.

    >>> hash_ids(pl.Series(["7", " 7 ", "0000", "N/A", None])).is_null().to_list()
    [False, False, True, True, True]
    """
    texts = ids.cast(pl.String).str.strip_chars()
    hashes = pl.Series(digest_texts("id", texts.fill_null("")))
    absences = pl.Series(digest_texts("id", absent_ids()))
    absent = hashes.is_in(absences.implode()) | ids.is_null()
    if not absent.any():
        return hashes
    return hashes.to_frame().select(pl.when(~absent).then(hashes)).to_series()


@cache
def absent_ids() -> pl.Series:
    """List what programs write where there is no incident id, zeros among them."""
    words = {"none", *labels.missing_labels()}
    spellings = {spelling for w in words for spelling in (w, w.upper(), w.title())}
    zeros = {"0" * length for length in range(LONGEST_ZEROS + 1)}
    return pl.Series(sorted(spellings | zeros))


def spread_cells(column: Distinct) -> pl.DataFrame:
    """Give every label of a column a row of its own, with the place of its row."""
    parts = split_cells(column)
    lists = column.change(
        lambda texts: [parts[text] for text in texts], pl.List(pl.String)
    )
    frame = pl.DataFrame({"at": pl.int_range(len(lists), eager=True), "text": lists})
    return frame.explode("text").drop_nulls("text")


def clean_schools(renames: Mapping[str, str], texts: Sequence[str]) -> list[str | None]:
    """Tidy schools' names; one that begins with its year is the same school next year.

    >>> clean_schools({}, ["25-26 Madrone Valley Middle", "2024-2025 Madrone Valley Middle"])
    ['Madrone Valley Middle', 'Madrone Valley Middle']
    """
    tidy = [clean_label(YEAR_BEFORE.sub("", text)) for text in texts]
    return [name and renames.get(label_key(name), name) for name in tidy]


def key_places(column: Distinct) -> pl.Series:
    """Tell places apart by what was written, also those whose labels are not shown."""
    return column.change(
        lambda texts: [label and label_key(label) for label in map(clean_label, texts)],
        pl.String,
    )


def read_number(text: str) -> float | None:
    """Read the number that a text begins with.

    >>> read_number("2.5 days"), read_number("none")
    (2.5, None)
    """
    found = re.match(r"\s*(\d+(?:\.\d+)?)", text)
    return float(found[1]) if found else None


def change_labels(
    column: pl.Series, change: Callable[[str], Any], kind: Any
) -> pl.Series:
    """Change the labels of a column that was kept, one distinct label at a time."""
    if not isinstance(column.dtype, pl.Enum) or not len(column.dtype.categories):
        return make_distinct(column.cast(pl.String)).change(
            lambda texts: map(change, texts), kind
        )
    changed = pl.Series(
        [change(label) for label in column.dtype.categories], dtype=kind
    )
    return changed.gather(column.to_physical())


def keep_rows(column: pl.Series, rows: pl.Series | None) -> pl.Series:
    """Keep some of the rows; None keeps all."""
    return column if rows is None else column.filter(rows)
