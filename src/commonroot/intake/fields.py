"""Canonical fields: what each mapped column becomes.

Row by row the work is done by polars; the judgement is made once for each distinct
text. Nothing of a dropped or unmapped column is touched here.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import polars as pl

from commonroot.intake import labels
from commonroot.intake.dates import DateReading, name_school_year, read_clock
from commonroot.intake.distinct import look_up
from commonroot.intake.grain import find_conflicts, key_events
from commonroot.intake.labels import WITHHELD, clean_label, label_key
from commonroot.intake.mapping import SEVERAL, ColumnMap
from commonroot.intake.rules import show_value
from commonroot.intake.secret import make_keys
from commonroot.intake.sources import Source

GROUP = "group: "
DEFAULT_SHARE = 0.25
LEAST_ROWS_AT_DEFAULT = 5
YEAR_BEFORE = re.compile(r"^\s*(?:20)?\d{2}\s*-\s*(?:20)?\d{2}\s+(?=\D)")
YES_NO = {"y": "Yes", "yes": "Yes", "true": "Yes", "n": "No", "no": "No", "false": "No"}


@dataclass
class Built:
    """Canonical rows, conflicts found on the way, and what is to be told."""

    rows: pl.DataFrame
    conflicts: list[tuple[int, str, str]]
    account: dict[str, Any]


@dataclass
class Builder:
    """The columns of the rows in use, and the account that grows beside them."""

    frame: pl.DataFrame
    mapping: ColumnMap
    account: dict[str, Any]

    def cells(self, field: str) -> pl.Series | None:
        """Give the mapped column of a field, or None."""
        header = self.mapping.header(field)
        return None if header is None else self.frame[header]

    def empty(self, kind: Any) -> pl.Series:
        """Give a column in which nothing is known."""
        return pl.Series([None] * self.frame.height, dtype=kind)


def build_rows(
    source: Source,
    mapping: ColumnMap,
    dates: pl.Series,
    reading: DateReading,
    used: pl.Series,
    secret: bytes,
) -> Built:
    """Build canonical rows out of the source rows in use."""
    whole = bool(used.all())
    needed = list(
        dict.fromkeys(
            [*(h for found in mapping.columns.values() for h in found), *mapping.groups]
        )
    )
    frame = source.frame.select(needed)
    positions = pl.Series("position", range(frame.height), dtype=pl.UInt32)
    table = frame.with_columns(
        dates.alias("::date"),
        source.row_numbers.alias("::row"),
        positions.alias("::position"),
    )
    builder = Builder(
        table if whole else table.filter(used), mapping, {"unmapped_labels": {}}
    )
    rows = build_fields(builder, reading, secret)
    rows, conflicts = leave_conflicts(builder, rows)
    rows = spread(rows, "behaviour")
    rows = spread(rows, "response")
    return Built(finish(rows, builder), conflicts, builder.account)


def build_fields(builder: Builder, reading: DateReading, secret: bytes) -> pl.DataFrame:
    """Build every field that stands in one column; lists where several columns do."""
    frame, account = builder.frame, builder.account
    columns: dict[str, pl.Series] = {
        "row": frame["::row"],
        "position": frame["::position"],
        "date": frame["::date"],
        "school_year": look_up_dates(frame["::date"]),
        "minute": build_minutes(builder, reading),
        "school": build_plain(builder, "school"),
        "incident_id": build_plain(builder, "incident_id"),
        "student": build_students(builder, secret),
        "grade": build_judged(builder, "grade", labels.find_grade),
        "role": build_judged(builder, "role", labels.find_role),
        "days_removed": build_days(builder),
        "reporter": build_reporters(builder),
        "location": build_labels(builder, "location", labels.name_place),
        "period": build_labels(builder, "period"),
        "severity": build_judged(builder, "severity", labels.find_severity),
    }
    for field in SEVERAL:
        columns[field] = build_several(builder, field)
    for header in builder.mapping.groups:
        columns[GROUP + header] = build_group(builder, header)
    if not account["unmapped_labels"]:
        account["unmapped_labels"] = {}
    return pl.DataFrame([series.alias(name) for name, series in columns.items()])


def look_up_dates(dates: pl.Series) -> pl.Series:
    """Name the school year of every date."""
    distinct = dates.unique().drop_nulls()
    names = pl.Series([name_school_year(day) for day in distinct], dtype=pl.String)
    return dates.replace_strict(distinct, names, default=None, return_dtype=pl.String)


def build_plain(builder: Builder, field: str) -> pl.Series:
    """Keep a text as it is, tidied."""
    cells = builder.cells(field)
    if cells is None:
        return builder.empty(pl.String)
    if field == "incident_id":
        tidy = cells.str.strip_chars()
        absent = tidy.is_in(
            ["", "0", "NULL", "N/A", "null", "None"]
        ) | tidy.str.contains(r"^0+$")
        return pl.select(pl.when(~absent).then(tidy)).to_series()
    renames = rename_table(builder.mapping, field)
    return look_up(cells, partial(clean_schools, renames), pl.String)


def clean_schools(renames: dict[str, str], texts: Sequence[str]) -> list[str | None]:
    """Tidy schools' names; one that begins with its year is the same school next year.

    >>> clean_schools({}, ["25-26 Madrone Valley Middle", "2024-2025 Madrone Valley Middle"])
    ['Madrone Valley Middle', 'Madrone Valley Middle']
    """
    tidy = [clean_label(YEAR_BEFORE.sub("", text)) for text in texts]
    return [name and renames.get(label_key(name), name) for name in tidy]


def build_minutes(builder: Builder, reading: DateReading) -> pl.Series:
    """Read the minute of the day, and set apart minutes that are nobody's."""
    cells = builder.cells("time")
    if cells is not None:
        minutes = look_up(
            cells, lambda texts: [read_clock(text) for text in texts], pl.Int16
        )
        unread = int(
            (
                minutes.is_null()
                & look_up(cells, labels.clean_labels, pl.String).is_not_null()
            ).sum()
        )
        if unread:
            builder.account["times_not_read"] = unread
    else:
        header = builder.mapping.columns["date"][0]
        if not reading.minutes:
            return builder.empty(pl.Int16)
        minutes = look_up(
            builder.frame[header],
            lambda texts: [reading.minutes.get(text) for text in texts],
            pl.Int16,
        )
    return set_defaults_apart(builder, minutes)


def set_defaults_apart(builder: Builder, minutes: pl.Series) -> pl.Series:
    """Find minutes that a program filled in: midnight, and any with over a quarter.

    Such a minute becomes -1: known to be written, and known to mean nothing.
    """
    counted = minutes.drop_nulls().value_counts(name="rows")
    height = len(minutes)
    defaults = [
        minute
        for minute, rows in zip(counted[minutes.name], counted["rows"], strict=True)
        if minute == 0
        or (rows > DEFAULT_SHARE * height and rows >= LEAST_ROWS_AT_DEFAULT)
    ]
    if not defaults:
        return minutes
    builder.account["entry_time_defaults"] = [
        f"{minute // 60:02d}:{minute % 60:02d}" for minute in sorted(defaults)
    ]
    flagged = minutes.is_in(defaults)
    builder.account["rows_with_default_time"] = int(flagged.sum())
    return pl.select(
        pl.when(flagged).then(pl.lit(-1, pl.Int16)).otherwise(minutes)
    ).to_series()


def build_students(builder: Builder, secret: bytes) -> pl.Series:
    """Turn students' numbers into keys."""
    cells = builder.cells("student")
    if cells is None:
        return builder.empty(pl.String)
    missing = sorted(labels.missing_labels())
    tidy = cells.str.strip_chars()
    present = (
        pl.select(pl.when(~tidy.str.to_lowercase().is_in(missing)).then(tidy))
        .to_series()
        .alias("student")
    )
    distinct = present.drop_nulls().unique()
    if distinct.is_empty():
        return present
    keys = pl.Series(make_keys(distinct.to_list(), secret), dtype=pl.String)
    return present.replace_strict(distinct, keys, default=None, return_dtype=pl.String)


def build_days(builder: Builder) -> pl.Series:
    """Read the number of days removed."""
    cells = builder.cells("days_removed")
    if cells is None:
        return builder.empty(pl.Float64)
    days = cells.str.extract(r"^\s*(\d+(?:\.\d+)?)").cast(pl.Float64, strict=False)
    written = look_up(cells, labels.clean_labels, pl.String).is_not_null()
    unread = int((days.is_null() & written).sum())
    if unread:
        builder.account["days_not_read"] = unread
    return days


def build_judged(builder: Builder, field: str, judge: Any) -> pl.Series:
    """Replace a label by what it means; what means nothing to us is counted."""
    cells = builder.cells(field)
    if cells is None:
        return builder.empty(pl.String)
    renames = rename_table(builder.mapping, field)

    def change(texts: Sequence[str]) -> list[str | None]:
        return [judge_one(text, renames, judge) for text in texts]

    judged = look_up(cells, change, pl.String)
    tell_unmapped(builder, field, cells, judged)
    return judged


def judge_one(text: str, renames: dict[str, str], judge: Any) -> str | None:
    """Judge one label."""
    label = clean_label(text)
    if label is None:
        return None
    judged = judge(renames.get(label_key(label), label))
    return judged if judged is None else str(judged)


def tell_unmapped(
    builder: Builder, field: str, cells: pl.Series, judged: pl.Series
) -> None:
    """Count the labels that could not be judged; they are not used."""
    unknown = cells.filter(judged.is_null()).drop_nulls()
    for text, rows in count_texts(unknown).items():
        label = clean_label(text)
        if label is not None:
            shown = label if labels.may_be_shown(field, label, rows) else WITHHELD
            add_unmapped(builder, field, shown, rows)


def add_unmapped(builder: Builder, field: str, label: str, rows: int) -> None:
    """Add to the account of labels that the map does not hold."""
    found = builder.account["unmapped_labels"].setdefault(field, {})
    found[label] = found.get(label, 0) + rows


def count_texts(cells: pl.Series) -> dict[str, int]:
    """Count how many rows hold each text."""
    counted = cells.drop_nulls().value_counts(name="::rows", sort=True)
    return dict(zip(counted[cells.name], counted["::rows"], strict=True))


def rename_table(mapping: ColumnMap, field: str) -> dict[str, str]:
    """Give the mapping's renames of a field, by label key."""
    return {label_key(old): new for old, new in mapping.labels.get(field, {}).items()}


def build_labels(builder: Builder, field: str, name: Any = None) -> pl.Series:
    """Keep the school's own labels, one spelling each, hiding what could be a name."""
    cells = builder.cells(field)
    if cells is None:
        return builder.empty(pl.String)
    return keep_labels(builder, field, cells, name)


def keep_labels(
    builder: Builder, field: str, cells: pl.Series, name: Any = None
) -> pl.Series:
    """Tidy, rename, merge spellings, and hide what may not be shown."""
    rows = count_texts(cells)
    renames = rename_table(builder.mapping, field)
    chosen = set(renames.values())
    tidy: dict[str, str] = {}
    for text in rows:
        label = clean_label(text)
        if label is not None:
            renamed = renames.get(label_key(label), label)
            tidy[text] = renamed if renamed in chosen or name is None else name(renamed)
    counts: dict[str, int] = {}
    for text, label in tidy.items():
        counts[label] = counts.get(label, 0) + rows[text]
    spelled = labels.merge_spellings(counts)
    totals: dict[str, int] = {}
    for label, one in spelled.items():
        totals[one] = totals.get(one, 0) + counts[label]
    shown = {
        label: label
        if label in chosen or labels.may_be_shown(field, label, number)
        else WITHHELD
        for label, number in totals.items()
    }
    for label, number in totals.items():
        if label not in chosen and not labels.is_known_label(field, label):
            add_unmapped(builder, field, shown[label], number)

    def change(texts: Sequence[str]) -> list[str | None]:
        return [shown[spelled[tidy[text]]] if text in tidy else None for text in texts]

    return look_up(cells, change, pl.String)


def build_several(builder: Builder, field: str) -> pl.Series:
    """Build a field that may stand in several columns, or several times in a cell."""
    headers = builder.mapping.columns.get(field, ())
    if not headers:
        return builder.empty(pl.String)
    if len(headers) == 1:
        cells = builder.frame[headers[0]]
        if not any(";" in text for text in count_texts(cells)):
            return keep_labels(builder, field, cells)
    parts = [
        builder.frame.select(pl.col(header).str.split(";")).to_series()
        for header in headers
    ]
    joined = pl.select(
        pl.concat_list(
            [
                part.fill_null(pl.Series([[]], dtype=pl.List(pl.String)))
                for part in parts
            ]
        )
    ).to_series()
    flat = pl.DataFrame({"at": range(len(joined)), "text": joined}).explode("text")
    kept = flat.with_columns(keep_labels(builder, field, flat["text"]).alias("text"))
    gathered = kept.group_by("at", maintain_order=True).agg(
        pl.col("text").drop_nulls().unique(maintain_order=True)
    )
    return gathered.sort("at")["text"]


def spread(rows: pl.DataFrame, field: str) -> pl.DataFrame:
    """Give every label of a list a row of its own."""
    return rows.explode(field) if rows[field].dtype == pl.List(pl.String) else rows


def build_reporters(builder: Builder) -> pl.Series:
    """Keep the kind of reporter when it is a kind; a person's name is not one."""
    cells = builder.cells("reporter")
    if cells is None:
        return builder.empty(pl.String)

    def change(texts: Sequence[str]) -> list[str | None]:
        tidy = [clean_label(text) for text in texts]
        return [
            label if label and labels.is_known_label("reporter", label) else None
            for label in tidy
        ]

    return look_up(cells, change, pl.String)


def build_group(builder: Builder, header: str) -> pl.Series:
    """Keep a student group's labels."""
    rows = count_texts(builder.frame[header])

    def change(texts: Sequence[str]) -> list[str | None]:
        return [show_group(clean_label(text), rows.get(text, 0)) for text in texts]

    return look_up(builder.frame[header], change, pl.String)


def show_group(label: str | None, rows: int) -> str | None:
    """Give a group's label if it cannot be a person's name."""
    if label is None:
        return None
    if label_key(label) in YES_NO:
        return YES_NO[label_key(label)]
    if labels.may_be_shown("group", label, rows):
        return label
    return WITHHELD


def leave_conflicts(
    builder: Builder, rows: pl.DataFrame
) -> tuple[pl.DataFrame, list[tuple[int, str, str]]]:
    """Give every row its event, and leave behind ids that stand under two dates."""
    rows = rows.with_columns(key_events(rows))
    if builder.mapping.header("incident_id") is None:
        merged = rows["row"].n_unique() - rows["event"].n_unique()
        builder.account["incidents_proposed_by"] = "school, date, time and location"
        builder.account["rows_merged_into_incidents"] = max(0, merged)
    wrong = find_conflicts(rows)
    if wrong is None:
        return rows, []
    header = builder.mapping.columns["date"][0]
    cells = dict(zip(builder.frame["::position"], builder.frame[header], strict=True))
    conflicts = [
        (position, header, show_value(cells[position]))
        for position in rows.filter(wrong)["position"].to_list()
    ]
    return rows.filter(~wrong), conflicts


def finish(rows: pl.DataFrame, builder: Builder) -> pl.DataFrame:
    """Add what follows from the labels, and put the columns in their order."""
    mapping = builder.mapping
    behaviour, response = rows["behaviour"], rows["response"]
    removals = (
        {label_key(label) for label in mapping.removals}
        if mapping.removals is not None
        else None
    )

    def removes(texts: Sequence[str]) -> list[bool]:
        if removals is not None:
            return [label_key(text) in removals for text in texts]
        return [labels.is_removal(text) for text in texts]

    severity = rows["severity"]
    if severity.is_null().all():
        severity = look_up(
            behaviour, partial(map_list, labels.find_severity), pl.String
        )
    roles = rows["role"]
    if mapping.header("role") and not (roles == "offender").any():
        roles = roles.replace({"participant": "offender"})
    told_by_days = response.is_null() & (rows["days_removed"] > 0).fill_null(
        value=False
    )
    finished = rows.with_columns(
        severity.alias("severity"),
        roles.alias("role"),
        look_up(behaviour, partial(map_list, labels.is_subjective), pl.Boolean).alias(
            "subjective"
        ),
        (
            look_up(response, removes, pl.Boolean).fill_null(value=False) | told_by_days
        ).alias("removal"),
    )
    groups = [name for name in rows.columns if name.startswith(GROUP)]
    return finished.select(*CANONICAL, *groups)


def map_list(change: Any, texts: Sequence[str]) -> list[Any]:
    """Change every text of a list."""
    return [change(text) for text in texts]


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
)
