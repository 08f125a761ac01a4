"""The page of a release: the promise in words, and every table as sentence, bars, table."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import jinja2
from markupsafe import Markup

from commonroot.analysis.disclosure.design import TOTAL_LABEL, Design, Key
from commonroot.analysis.disclosure.releasing import Release, ReleasedCell
from commonroot.analysis.disclosure.seal import require_released
from commonroot.analysis.words import count_incidents, write_list
from commonroot.briefs.read_template import read_template

EVERYTHING = "All"


@dataclass(frozen=True)
class Page:
    """What a page is called, of when its counts are, and whom to ask about them."""

    title: str = ""
    period: str = ""
    contact: str = ""


NO_WORDS = Page()


@dataclass(frozen=True)
class Table:
    """One published table: its dimensions, and its cells by their labels in each."""

    dimensions: tuple[str, ...]
    cells: Mapping[tuple[Key, ...], ReleasedCell]

    def list_labels(self, at: int) -> list[Key]:
        """List the labels of one dimension, a total before its parts."""
        order: dict[str, int] = {TOTAL_LABEL: -1}
        for key in self.cells:
            for label in key[at]:
                order.setdefault(label, len(order))
        found = dict.fromkeys(key[at] for key in self.cells)
        return sorted(found, key=lambda labels: [order[label] for label in labels])

    def find_total(self) -> ReleasedCell | None:
        """Find the cell of everything."""
        return next(
            (cell for key, cell in self.cells.items() if all(map(is_total, key))), None
        )


def is_total(labels: Key) -> bool:
    """Do these labels of one dimension stand for all of it?"""
    return set(labels) <= {TOTAL_LABEL}


def render_release(found: Release, design: Design, words: Page = NO_WORDS) -> str:
    """Render the page. Raises UnreleasedError for what is not a release."""
    require_released(found, Release)
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True
    )
    page = environment.from_string(read_template("released.html"))
    statuses = [cell.status for cell in found.cells.values()]
    return page.render(
        css=Markup(read_template("sheet.css")),
        words=words,
        threshold=design.threshold,
        released_on=found.certificate.get("released_on", ""),
        sentence=found.sentence,
        hidden=statuses.count("hidden"),
        shown=statuses.count("shown"),
        pooled="pooled" in statuses,
        proven=bool(found.proven or not found.hidden),
        tables=[
            write_table(table)
            for names in design.tables
            if (table := cut_out(found, design, names)).cells
        ],
    )


def cut_out(found: Release, design: Design, names: tuple[str, ...]) -> Table:
    """Cut one table out of the release, as far as its columns were published."""
    published = [
        name
        for name in names
        if any(column in found.columns for column in design.dimensions[name])
    ]
    cells = {}
    for key, cell in found.cells.items():
        labels = split_key(design, found.columns, key)
        if all(is_total(own) for name, own in labels.items() if name not in names):
            cells[tuple(labels[name] for name in published)] = cell
    return Table(tuple(published), cells)


def split_key(design: Design, columns: tuple[str, ...], key: Key) -> dict[str, Key]:
    """Split a key into the labels of each dimension that is published."""
    labels = dict(zip(columns, key, strict=True))
    return {
        name: tuple(labels[column] for column in own if column in labels)
        for name, own in design.dimensions.items()
        if any(column in labels for column in own)
    }


def write_table(table: Table) -> dict[str, Any]:
    """Write one table: its last dimension across, the others down."""
    *down, across = range(len(table.dimensions))
    columns = table.list_labels(across)
    rows: Iterable[tuple[Key, ...]] = [()]
    for at in down:
        rows = [(*row, labels) for row in rows for labels in table.list_labels(at)]
    return {
        "title": f"Incidents by {write_list(list(table.dimensions))}",
        "sentence": describe(table),
        "bars": write_bars(table),
        "dimension": table.dimensions[-1],
        "heads": [table.dimensions[at] for at in down],
        "columns": [write_head(labels) for labels in columns],
        "rows": [
            {
                **write_row(row),
                "cells": [table.cells.get((*row, labels)) for labels in columns],
            }
            for row in rows
            if any((*row, labels) in table.cells for labels in columns)
        ],
    }


def write_row(row: tuple[Key, ...]) -> dict[str, Any]:
    """Write a row's head: the labels of its dimensions, the first one's total before."""
    heads = [write_head(labels) for labels in row]
    named = [str(head["name"]) for head in heads if head["level"]]
    return {
        "name": ", ".join(named) or EVERYTHING,
        "level": len(named) + max((head["level"] - 1 for head in heads), default=0),
        "total": any(head["total"] for head in heads),
        "block": len(heads) > 1 and not any(head["level"] for head in heads[1:]),
    }


def write_head(labels: Key) -> dict[str, Any]:
    """Write a head: its finest label, how deep it is, and whether it is a total."""
    named = [label for label in labels if label != TOTAL_LABEL]
    return {
        "name": named[-1] if named else EVERYTHING,
        "level": len(named),
        "total": len(named) < len(labels),
    }


def describe(table: Table) -> str:
    """Say in a sentence or two what the table tells."""
    told = []
    total = table.find_total()
    if total is not None and total.incidents is not None:
        told.append(f"There were {count_incidents(total.incidents)} in all.")
    statuses = [cell.status for cell in table.cells.values() if cell.status != "pooled"]
    told.append(
        f"{statuses.count('hidden'):,} of {len(statuses):,} "
        f"{'number' if len(statuses) == 1 else 'numbers'} in this table are hidden."
    )
    return " ".join(told)


def write_bars(table: Table) -> list[dict[str, Any]]:
    """Write a bar for each first part of the last dimension, with all of the others.

    They stand in the order of the table. Sorted by size they would rank places.
    """
    parts = [
        (write_head(key[-1]), cell)
        for key, cell in table.cells.items()
        if all(map(is_total, key[:-1])) and cell.status != "pooled"
    ]
    first = [(head["name"], cell) for head, cell in parts if head["level"] == 1]
    longest = max((cell.incidents or 0 for _, cell in first), default=0)
    return [
        {
            "name": name,
            "incidents": cell.incidents,
            "width": round(100 * (cell.incidents or 0) / max(1, longest), 1),
        }
        for name, cell in first
    ]
