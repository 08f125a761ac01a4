"""Labels that are kept: tidied, renamed where the mapping says so, safe to show."""

from collections.abc import Callable, Mapping, Sequence

import polars as pl

from commonroot.intake import labels
from commonroot.intake.distinct import Distinct
from commonroot.intake.labels import WITHHELD, clean_label, label_key

YES_NO = {"y": "Yes", "yes": "Yes", "true": "Yes", "n": "No", "no": "No", "false": "No"}
Unmapped = dict[str, dict[str, int]]
Judge = Callable[[str], str | None]


class LabelKeeper:
    """Keeps labels of several fields, and counts those that the vocabulary lacks.

    `renames` are the mapping's own, by field: what a school calls a place, and what it
    is to be called here.
    """

    def __init__(self, renames: Mapping[str, Mapping[str, str]]) -> None:
        self.renames = {
            field: {label_key(old): new for old, new in table.items()}
            for field, table in renames.items()
        }
        self.unmapped: Unmapped = {}

    def judge(self, field: str, column: Distinct, judge: Judge) -> pl.Series:
        """Replace labels by what they mean; those that mean nothing to us are counted."""
        renames = self.renames.get(field, {})

        def judge_one(text: str) -> str | None:
            label = clean_label(text)
            return (
                None if label is None else judge(renames.get(label_key(label), label))
            )

        for text, rows in column.counts.items():
            label = clean_label(text)
            if label is not None and judge_one(text) is None:
                shown = labels.may_be_shown(field, label)
                self.note(field, label if shown else WITHHELD, rows)
        return column.change(lambda texts: map(judge_one, texts), pl.String)

    def keep(
        self, field: str, column: Distinct, name: Callable[[str], str] = str
    ) -> pl.Series:
        """Keep the school's own labels, one spelling each, hiding what could be a name."""
        shown = self.choose(field, column, name)
        return column.change(
            lambda texts: [shown.get(text) for text in texts], pl.String
        )

    def choose(
        self, field: str, column: Distinct, name: Callable[[str], str]
    ) -> dict[str, str]:
        """Choose, for each text, the label to show."""
        rows = column.counts
        renames = self.renames.get(field, {})
        chosen = set(renames.values())
        tidy = {}
        for text in rows:
            label = clean_label(text)
            if label is not None:
                renamed = renames.get(label_key(label), label)
                tidy[text] = renamed if renamed in chosen else name(renamed)
        spelled = labels.merge_spellings(add_rows(tidy, rows))
        merged = {text: spelled[label] for text, label in tidy.items()}
        shown = {}
        for label, number in add_rows(merged, rows).items():
            safe = label in chosen or labels.may_be_shown(field, label)
            shown[label] = label if safe else WITHHELD
            if label not in chosen and not labels.is_known_label(field, label):
                self.note(field, shown[label], number)
        return {text: shown[label] for text, label in merged.items()}

    def note(self, field: str, label: str, rows: int) -> None:
        """Count a label that the vocabulary does not hold."""
        found = self.unmapped.setdefault(field, {})
        found[label] = found.get(label, 0) + rows


def add_rows(labels_of: Mapping[str, str], rows: Mapping[str, int]) -> dict[str, int]:
    """Add up the rows of the texts that share a label."""
    total: dict[str, int] = {}
    for text, label in labels_of.items():
        total[label] = total.get(label, 0) + rows[text]
    return total


def keep_groups(column: Distinct) -> pl.Series:
    """Keep a student group's labels; yes and no have one spelling."""

    def show(text: str) -> str | None:
        label = clean_label(text)
        if label is None:
            return None
        safe = labels.may_be_shown("group", label)
        return YES_NO.get(label_key(label), label if safe else WITHHELD)

    return column.change(lambda texts: map(show, texts), pl.String)


def keep_reporters(column: Distinct) -> pl.Series:
    """Keep the kind of reporter when it is a kind; a person's name is not one."""

    def show(text: str) -> str | None:
        label = clean_label(text)
        return label if label and labels.is_known_label("reporter", label) else None

    return column.change(lambda texts: map(show, texts), pl.String)


def split_cells(column: Distinct) -> dict[str, Sequence[str]]:
    """Split the texts that hold several labels, with semicolons between them.

    >>> from commonroot.intake.distinct import make_distinct
    >>> split_cells(make_distinct(pl.Series(["Defiance; Theft", "Tardy"])))
    {'Defiance; Theft': ['Defiance', 'Theft'], 'Tardy': ['Tardy']}
    """
    return {
        text: [part.strip() for part in text.split(";") if part.strip()]
        for text in column.texts
    }
