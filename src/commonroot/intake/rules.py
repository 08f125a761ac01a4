"""Why a row is not used: one rule and one code for each reason.

The codes are explained in `docs/intake.md`, which a test keeps complete.
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from commonroot.intake.dates import name_school_year
from commonroot.intake.distinct import count_distinct
from commonroot.intake.headers import normalise
from commonroot.intake.labels import is_missing
from commonroot.languages import gettext as _
from commonroot.languages import gettext_noop

DUPLICATE = "exact-duplicate"
REASONS = {
    "blank-row": gettext_noop("Nothing is written in the row."),
    "repeated-header": gettext_noop(
        "The row repeats the header (a page break in the export)."
    ),
    "totals-row": gettext_noop("The row is a total, not an incident."),
    "report-text": gettext_noop("The row is a title or footer of the report."),
    "too-many-cells": gettext_noop(
        "The row has more cells than the header, so cells may have shifted."
    ),
    DUPLICATE: gettext_noop("Every cell is the same as in an earlier row."),
    "deleted-record": gettext_noop("The system marks the record as deleted."),
    "award-row": gettext_noop("The row is an award or another positive record."),
    "no-incident-row": gettext_noop(
        "The row says that nothing happened (documentation only)."
    ),
    "left-out-by-mapping": gettext_noop(
        "The mapping says that rows with this label are not incidents."
    ),
    "no-date": gettext_noop("The row has no date."),
    "unreadable-date": gettext_noop("The date cannot be read."),
    "excel-serial-out-of-range": gettext_noop(
        "The date is an Excel number of no likely day."
    ),
    "swapped-day-month": gettext_noop(
        "Day and month are swapped against the rest of the column."
    ),
    "date-outside-school-years": gettext_noop(
        "The date lies outside the school years of the file."
    ),
    "same-id-two-dates": gettext_noop(
        "One incident id stands under two dates, and neither is proven."
    ),
}

TOTAL = re.compile(
    r"(grand |sub|report |school |district |state )?totals?\b.*|all schools.*|"
    r"(record|row|incident)s? ?count\b.*|count\b:?.*|sum\b:?.*",
    re.I,
)
SMALLEST_OTHER_BLOCK = 0.2
DATE_SHAPED = re.compile(
    r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})|[1-9]\d{4}(?:\.\d+)?|"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? \d{1,2},? \d{4}|"
    r"\d{1,2}[- ](?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}[- ]\d{2,4})"
    r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[ap]m)?)?",
    re.I,
)


def explain_undated(
    cells: Mapping[str, str | None], date_header: str, *, ragged: bool
) -> str:
    """Say why a row without a readable date is not an incident.

    >>> explain_undated({"School": "All Schools", "Date": None, "N": "41"}, "Date",
    ...                 ragged=False)
    'totals-row'
    """
    filled = {
        header: cell for header, cell in cells.items() if cell and not is_missing(cell)
    }
    if not filled:
        return "blank-row"
    same = sum(normalise(cell) == normalise(header) for header, cell in filled.items())
    if same * 2 > len(filled):
        return "repeated-header"
    if any(TOTAL.fullmatch(cell.strip()) for cell in filled.values()):
        return "totals-row"
    if ragged:
        return "too-many-cells"
    if len(filled) == 1 and len(cells) > 2:
        return "report-text"
    return "unreadable-date" if date_header in filled else "no-date"


def find_school_years(
    counts: Mapping[dt.date, int], *, today: dt.date
) -> tuple[frozenset[str], list[str]]:
    """Find the school years that the data are about; give them and what lies outside.

    A year belongs when it touches the block of years that holds most rows, or when
    its own block holds a fifth of them. A year that has not begun does not belong.

    >>> found = find_school_years({dt.date(2025, 9, 3): 40, dt.date(2029, 9, 3): 1},
    ...                           today=dt.date(2026, 5, 1))
    >>> sorted(found[0]), found[1]
    (['2025-26'], ['2029-30'])
    """
    rows: dict[int, int] = {}
    for day, count in counts.items():
        start = day.year - (day.month < 7)
        rows[start] = rows.get(start, 0) + count
    this_year = today.year - (today.month < 7)
    begun = sorted(start for start in rows if start <= this_year)
    blocks = split_blocks(begun)
    total = sum(rows.values())
    sizes = [sum(rows[start] for start in block) for block in blocks]
    largest = max(sizes, default=0)
    kept = {
        start
        for block, size in zip(blocks, sizes, strict=True)
        if size == largest or size >= SMALLEST_OTHER_BLOCK * total
        for start in block
    }
    names = {start: name_school_year(dt.date(start, 9, 1)) for start in rows}
    return (
        frozenset(names[start] for start in kept),
        sorted(names[start] for start in rows if start not in kept),
    )


def split_blocks(years: Sequence[int]) -> list[list[int]]:
    """Split sorted years into runs without a gap.

    >>> split_blocks([2015, 2016, 2025])
    [[2015, 2016], [2025]]
    """
    blocks: list[list[int]] = []
    for year in years:
        if blocks and year == blocks[-1][-1] + 1:
            blocks[-1].append(year)
        else:
            blocks.append([year])
    return blocks


def find_duplicates(frame: pl.DataFrame, row_numbers: pl.Series) -> dict[int, int]:
    """Find the rows that repeat an earlier row; give position -> first row's number.

    Rows of one record (a list inside a JSON object) are not copies of each other.
    """
    hashes = frame.hash_rows(seed=1)
    if count_distinct(hashes) == frame.height:
        return {}
    suspects = frame.with_columns(
        pl.int_range(frame.height, dtype=pl.UInt32, eager=True).alias("::position"),
        row_numbers.alias("::row"),
    ).filter(hashes.is_duplicated())
    first: dict[tuple[str | None, ...], int] = {}
    found = {}
    for *cells, position, row in suspects.iter_rows():
        earlier = first.setdefault(tuple(cells), row)
        if earlier != row and any(cells):
            found[position] = earlier
    return found


def show_value(text: str | None) -> str:
    """Give a value as it may be printed: what is shaped like a date, and nothing else.

    >>> show_value("13/13/2026"), show_value("Sep 31, 2025"), show_value("5035550142")
    ('13/13/2026', 'Sep 31, 2025', '(not shown)')
    """
    if text is None or is_missing(text):
        return ""
    return text if DATE_SHAPED.fullmatch(text.strip()) else "(not shown)"


def say_reason(code: str) -> str:
    """Say what a reason's code means; an older one that is gone is said as it is.

    >>> say_reason("no-date"), say_reason("long-gone")
    ('The row has no date.', 'long-gone')
    """
    return _(REASONS[code]) if code in REASONS else code


def count_reasons(reasons: Iterable[str]) -> dict[str, int]:
    """Count rows by reason, in the order in which the reasons are explained."""
    counts: dict[str, int] = {}
    for reason in reasons:
        counts[reason] = counts.get(reason, 0) + 1
    return {reason: counts[reason] for reason in REASONS if reason in counts}
