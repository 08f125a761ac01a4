"""From counts to the files of a release."""

import csv
import datetime as dt
import io
import json
import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from commonroot.analysis.disclosure.design import Design, DesignError
from commonroot.analysis.disclosure.hiding import Progress
from commonroot.analysis.disclosure.releasing import Release, release
from commonroot.analysis.disclosure.seal import require_released
from commonroot.briefs.releases.ledger_folder import (
    add_entry,
    count_entries,
    read_ledger,
)
from commonroot.briefs.releases.make_page import render_release
from commonroot.briefs.releases.read_files import read_counts, read_design

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
