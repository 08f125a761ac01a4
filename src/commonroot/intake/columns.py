"""A look into the columns: what may not be kept, and which say the same thing."""

import re
from collections.abc import Mapping

from commonroot.intake.distinct import Distinct, make_distinct
from commonroot.intake.headers import find_candidates, is_dropped
from commonroot.intake.labels import clean_label
from commonroot.intake.mapping import LABELLED, ColumnMap, settle_pairs
from commonroot.intake.names import looks_like_a_person, looks_like_a_story
from commonroot.intake.sources import Source
from commonroot.languages import gettext_noop

LOOKED_AT_ROWS = 20_000
LEAST_ROWS = 20
LARGEST_DISTINCT_SHARE = 0.5
LARGEST_PERSONAL_SHARE = 0.3


def find_refused(
    source: Source, mapping: ColumnMap, coded: Mapping[str, Distinct]
) -> dict[str, str]:
    """Find the columns that look like names or free text, with the reason.

    The dropped ones are not looked at; they go anyway. A mapped column of labels is
    looked at as hard as one that is not mapped.
    """
    numbers = {
        header
        for name, headers in mapping.columns.items()
        if name not in LABELLED
        for header in headers
    }
    looked_at = [
        header
        for header in source.headers
        if header not in numbers
        and not (is_dropped(header) and not is_mapped(header, mapping))
    ]
    refused = {}
    for header in looked_at:
        # A column that is not mapped goes nowhere; a look at its beginning names it.
        column = coded.get(header) or make_distinct(
            source.frame[header].head(LOOKED_AT_ROWS)
        )
        why = explain_refusal(column)
        if why:
            refused[header] = why
    return refused


def is_mapped(header: str, mapping: ColumnMap) -> bool:
    """Does the mapping use this column?"""
    return header in mapping.groups or any(
        header in headers for headers in mapping.columns.values()
    )


def explain_refusal(column: Distinct) -> str | None:
    """Say why a column may not be kept; None when it may.

    >>> import polars as pl
    >>> explain_refusal(make_distinct(pl.Series(["Zorn, Ann", "Quexada, Li"] * 15)))
    'looks like names'
    """
    labels = [(clean_label(text) or "", rows) for text, rows in column.counts.items()]
    if not labels:
        return None
    wordy = [(label, rows) for label, rows in labels if has_words(label)]
    rows = sum(rows for _, rows in labels)
    personal = sum(rows for label, rows in wordy if looks_like_a_person(label))
    if personal > LARGEST_PERSONAL_SHARE * rows and len(wordy) > 1:
        return gettext_noop("looks like names")
    if any(looks_like_a_story(label) for label, _ in wordy):
        stories = sum(rows for label, rows in wordy if looks_like_a_story(label))
        if stories > 0.05 * rows:
            return gettext_noop("looks like free text")
    if rows >= LEAST_ROWS and len(wordy) > LARGEST_DISTINCT_SHARE * rows:
        return gettext_noop(
            "looks like free text (most rows say something of their own)"
        )
    return None


def has_words(label: str) -> bool:
    """Does a label hold words, rather than a number, a code or a date?"""
    return len(re.findall(r"[^\W\d_]", label)) >= 3


def settle_school(mapping: ColumnMap, source: Source) -> ColumnMap:
    """Take the name where a school's name and its code stand side by side.

    Only when each code has one name and each name one code, row by row: then they
    say the same thing, and the name can be read.
    """
    candidates = find_candidates(source.headers).get("school", [])
    asked = any(question.about == "school" for question in mapping.asked)
    if not asked:
        return mapping
    pairs = source.frame.select(candidates).unique()
    same = all(pairs[header].n_unique() == pairs.height for header in candidates)
    if not same:
        return mapping

    def wordiness(header: str) -> int:
        return sum(has_words(text) for text in pairs[header].drop_nulls().to_list())

    return settle_pairs(mapping, {"school": max(candidates, key=wordiness)})
