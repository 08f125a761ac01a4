"""From counts to the files of a release."""

import csv
import datetime as dt
import io
import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2

from commonroot.analysis.disclosure.design import TOTAL_LABEL, Design, DesignError, Key
from commonroot.analysis.disclosure.hiding import Progress
from commonroot.analysis.disclosure.releasing import Release, ReleasedCell, release
from commonroot.analysis.disclosure.seal import require_released
from commonroot.briefs.releases.ledger_folder import (
    add_entry,
    count_entries,
    read_ledger,
)
from commonroot.briefs.releases.read_files import read_counts, read_design
from commonroot.briefs.render import read_template

CSV, CERTIFICATE, PAGE = "released.csv", "certificate.json", "released.html"


@dataclass(frozen=True)
class ReleaseRequest:
    """What to release, how, and where to."""

    counts: Path
    design: Path
    out: Path
    ledger: Path | None = None
    seconds: float = 300.0
    seed: int = 0
    on: dt.date | None = None


def make_release(
    request: ReleaseRequest, *, tell: Callable[[Progress], None] = lambda progress: None
) -> Release:
    """Release counts and write every file; the ledger is written before the rest."""
    for folder in (request.out, request.ledger):
        if folder is not None and folder.exists() and not folder.is_dir():
            raise DesignError(
                f"{folder} is a file; a folder is needed. Nothing was released."
            )
    if not math.isfinite(request.seconds):
        raise DesignError("The time limit must be a number of seconds.")
    on = request.on or dt.date.today()
    design = read_design(request.design)
    counts = read_counts(request.counts, design)
    newest = count_entries(request.ledger) if request.ledger else 0
    ledger = read_ledger(request.ledger, on) if request.ledger else []
    found = release(
        counts,
        design,
        ledger,
        released_on=on.isoformat(),
        seconds=request.seconds,
        seed=request.seed,
        tell=tell,
    )
    request.out.mkdir(parents=True, exist_ok=True)
    if request.ledger:
        add_entry(request.ledger, found.entry, newest)
    for name, text in write_files(found, design).items():
        draft = request.out / f".{name}.draft"
        draft.write_text(text, encoding="utf-8", newline="")
        draft.replace(request.out / name)
    return found


def write_files(found: Release, design: Design) -> dict[str, str]:
    """Write the table, the certificate and the page; refuses what is not released."""
    require_released(found, Release)
    return {
        CSV: write_csv(found),
        CERTIFICATE: json.dumps(found.certificate, separators=(",", ":")) + "\n",
        PAGE: render_release(found, design),
    }


def write_csv(found: Release) -> str:
    """Write every published cell: labels, incidents (empty when hidden), status."""
    require_released(found, Release)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*found.columns, "incidents", "status"])
    for key, cell in found.cells.items():
        number = "" if cell.incidents is None else cell.incidents
        writer.writerow([*key, number, cell.status])
    return text.getvalue()


def render_release(found: Release, design: Design) -> str:
    """Render the page: the promise in words, then every table."""
    require_released(found, Release)
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True
    )
    page = environment.from_string(read_template("released.html"))
    shown = [cell for cell in found.cells.values() if cell.status == "shown"]
    return page.render(
        css=read_template("sheet.css"),
        threshold=design.threshold,
        released_on=found.certificate.get("released_on", ""),
        sentence=found.sentence,
        hidden=found.hidden,
        shown=len(shown),
        tables=[shape_table(found, design, table) for table in design.tables],
    )


def shape_table(
    found: Release, design: Design, table: tuple[str, ...]
) -> Mapping[str, Any]:
    """Shape one table: its last dimension across, the others down."""
    across = table[-1]
    rows: dict[Key, dict[Key, ReleasedCell]] = {}
    columns: dict[Key, None] = {}
    for key, cell in found.cells.items():
        parts = split_key(design, found.columns, key)
        outside = [name for name in parts if name not in table]
        if any(set(parts[name]) != {TOTAL_LABEL} for name in outside):
            continue
        down = tuple(label for name in table[:-1] for label in parts.get(name, ()))
        rows.setdefault(down, {})[parts.get(across, ())] = cell
        columns[parts.get(across, ())] = None
    return {
        "caption": f"Incidents by {' and '.join(table)}",
        "columns": [name_labels(label) for label in columns],
        "rows": [
            {
                "name": name_row(design, table[:-1], down),
                "cells": [cells.get(label) for label in columns],
            }
            for down, cells in rows.items()
        ],
    }


def split_key(design: Design, columns: tuple[str, ...], key: Key) -> dict[str, Key]:
    """Split a key into the labels of each dimension that is published."""
    labels = dict(zip(columns, key, strict=True))
    return {
        name: tuple(labels[column] for column in own if column in labels)
        for name, own in design.dimensions.items()
        if any(column in labels for column in own)
    }


def name_labels(labels: Key) -> str:
    """Name a place in a hierarchy by its finest label; everything is "all"."""
    named = [label for label in labels if label != TOTAL_LABEL]
    return named[-1] if named else "all"


def name_row(design: Design, dimensions: tuple[str, ...], labels: Key) -> str:
    """Name a row by the labels of its dimensions."""
    names, at = [], 0
    for name in dimensions:
        depth = len(design.dimensions[name])
        names.append(name_labels(labels[at : at + depth]))
        at += depth
    return ", ".join(names) or "all"
